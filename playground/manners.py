"""What a phone would not let its owner do; tests that try it are wrong, so it is an AssertionError."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from playground import rights
from playground.model import Chat

if TYPE_CHECKING:
    from playground.actors import User

Json = dict[str, Any]


def ensure_can_tap(user: User, chat: Chat) -> None:
    """The chat is open on their phone: they can press, react and vote."""
    name = user.first_name
    assert not user.deactivated, f"{name}'s account is deleted"
    if chat.private:
        assert user.started, f"{name} has not pressed START yet: call start() first"
        assert not user.blocked, f"{name} has blocked the bot: call unblock() or start() first"
    else:
        assert chat.kind == "channel" or user.user_id in chat.members, f"{name} is not in {chat.title}"


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
