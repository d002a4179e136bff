"""Answers to button presses, and reactions."""

from __future__ import annotations

from typing import Any

from playground import errors, limits
from playground.model import Toast
from playground.registry import Call, method
from playground.world import World

Json = dict[str, Any]


@method("answerCallbackQuery")
def answer_callback_query(world: World, call: Call) -> bool:
    """Once, and within 150 seconds of the press."""
    text = call.text("text")
    if len(text) > limits.ANSWER_TEXT.value:
        raise errors.ANSWER_TOO_LONG.error()
    query = world.queries.get(call.text("callback_query_id"))
    now = world.clock.now()
    if query is None or query.answered_at is not None or now >= query.expires_at:
        raise errors.QUERY_TOO_OLD.error()
    url = call.text("url")
    if url and not url.startswith((f"https://t.me/{world.bot['username']}?", "tg://")):
        raise errors.ANSWER_URL.error()
    query.answered_at = now
    query.answer = {name: call.params[name] for name in ("text", "show_alert", "url") if name in call.params}
    pressed = {"chat_id": query.message.chat.chat_id, "message_id": query.message.message_id, "data": query.data}
    world.tell({"kind": "answered", "user_id": query.user_id, **pressed})
    if text:
        toast = Toast(text, call.flag("show_alert"))
        world.users[query.user_id].toasts.append(toast)
        world.tell({"kind": "toast", "user_id": query.user_id, "text": toast.text, "alert": toast.alert})
    return True


@method("setMessageReaction")
def set_message_reaction(world: World, call: Call) -> bool:
    """The bot's own reaction: one emoji at most, an empty list takes it away."""
    chat = world.chat_for(call.params["chat_id"])
    message = chat.find(call.integer("message_id"))
    if message is None:
        raise errors.REACT_NOT_FOUND.error()
    reactions: list[Json] = call.get("reaction") or []
    if len(reactions) > 1 or not all(map(_possible, reactions)):
        raise errors.REACTION_INVALID.error()
    message.reactions[world.bot["id"]] = [item["emoji"] for item in reactions]
    world.tell_chat(chat)
    return True


def _possible(reaction: Json) -> bool:
    return reaction["type"] == "emoji" and reaction["emoji"].replace("\ufe0f", "") in limits.REACTIONS
