"""What a phone would not let its owner do; tests that try it are wrong, so it is an AssertionError."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from playground import limits, rights
from playground.model import Chat, Message

if TYPE_CHECKING:
    from playground.actors import User

Json = dict[str, Any]

_PAYLOAD: Final = re.compile(rf"[A-Za-z0-9_-]{{0,{limits.START_PAYLOAD.value}}}")


def ensure_can_tap(user: User, chat: Chat) -> None:
    """The chat is open on their phone: they can press, react and vote."""
    name = user.first_name
    assert not user.deactivated, f"{name}'s account is deleted"
    if chat.private:
        assert user.started, f"{name} has not pressed START yet: call start() first"
        assert not user.blocked, f"{name} has blocked the bot: call unblock() or start() first"
    else:
        assert chat.kind == "channel" or user.user_id in chat.members, f"{name} is not in {chat.title}"


def ensure_can_react(user: User, chat: Chat, emoji: str | None) -> None:
    """One of Telegram's reactions, or None to take theirs away."""
    ensure_can_tap(user, chat)
    assert emoji is None or emoji.replace("\ufe0f", "") in limits.REACTIONS, f"{emoji} is no reaction"


def ensure_payload(payload: str) -> None:
    """What a link can carry after ?start= (D Deep linking)."""
    assert _PAYLOAD.fullmatch(payload), "a start payload has at most 64 letters (A-Z, a-z), digits, _ and -"


def ensure_one_message(text: str) -> None:
    """A phone sends no empty message, and a long text in pieces."""
    assert text, "a phone sends no empty message"
    assert len(text) <= limits.TEXT.value, "a phone sends so long a text as several messages"


def ensure_can_edit(user: User, message: Message) -> None:
    """Their own, in a chat that is open to them."""
    mine = (message.sender or {}).get("id") == user.user_id and message.forward_origin is None and not message.service
    assert mine, "people edit their own messages only"
    ensure_can_tap(user, message.chat)


def ensure_can_delete(user: User, message: Message) -> None:
    """In a private chat either side may; elsewhere it is their own message, or they govern the chat."""
    chat = message.chat
    mine = (message.sender or {}).get("id") == user.user_id
    governs = "can_delete_messages" in rights.granted(chat, user.user_id)
    assert chat.private or mine or governs, f"{user.first_name} may not delete that message"


def ensure_can_write(user: User, chat: Chat, fields: Json, now: datetime) -> None:
    """They may send a message of these fields there."""
    ensure_can_tap(user, chat)
    name = user.first_name
    assert chat.migrated_to is None, f"{chat.title} has become the supergroup {chat.migrated_to}"
    if chat.private:
        return
    kind = next(iter(fields.get("content") or ()), "text")
    assert rights.person_may_send(chat, user.user_id, kind, now), f"{name} may not send {kind} to {chat.title}"
    if not chat.forum:
        return
    thread_id = fields.get("thread_id")
    assert not thread_id or thread_id in chat.topics, f"{chat.title} has no topic {thread_id}"
    topic = chat.topics[thread_id] if thread_id else chat.general
    governs = "can_manage_topics" in rights.granted(chat, user.user_id)
    assert not topic.closed or governs, f"the topic {topic.name} is closed"
