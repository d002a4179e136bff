"""Chats as readable text, and where a forwarded message came from."""

from __future__ import annotations

from typing import Any

from playground.model import Button, Chat, Message

Json = dict[str, Any]


def as_text(chat: Chat) -> str:
    """The visible messages of a chat, oldest first, one paragraph each."""
    return "\n".join(_line(message) for message in chat.messages)


def _line(message: Message) -> str:
    who = "bot" if message.from_bot else (message.sender or {}).get("first_name", message.chat.title)
    marks = [] if message.kind == "text" else [f"[{message.kind}]"]
    if message.forward_origin is not None:
        marks.append("[forwarded]")
    if message.edited_at is not None:
        marks.append("(edited)")
    head = f"{message.date:%d.%m %H:%M} {who} #{message.message_id}: "
    rows = ["    " + " ".join(map(_shown, row)) for row in message.buttons]
    return "\n".join([head + " ".join([*marks, message.body]).strip(), *rows])


def _shown(button: Button) -> str:
    if button.url is not None:
        return f"[{button.label} ↗]"
    return f"[{button.label} ⧉]" if button.copy_text is not None else f"[{button.label}]"


def origin_of(message: Message) -> Json:
    """The forward_origin of a message that is being forwarded."""
    if message.forward_origin is not None:
        return message.forward_origin
    date = int(message.date.timestamp())
    if message.chat.kind == "channel":
        return {"type": "channel", "date": date, "chat": message.chat.payload(), "message_id": message.message_id}
    return {"type": "user", "date": date, "sender_user": message.sender}
