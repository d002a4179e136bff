"""The world as the control API and the page see it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from playground import transcript as transcripts
from playground.actors import User
from playground.faults import Fault
from playground.files import StoredFile
from playground.model import Chat, Message
from playground.pace import Pace

Json = dict[str, Any]

SHOWN_INLINE: Final = frozenset({"photo", "sticker", "video", "voice", "audio", "animation", "video_note"})
_TYPES: Final = {
    "photo": "image/jpeg",
    "sticker": "image/webp",
    "video": "video/mp4",
    "animation": "video/mp4",
    "video_note": "video/mp4",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
}


def user(person: User) -> Json:
    """A person for the list of phones."""
    return person.payload() | {
        "started": person.started,
        "blocked": person.blocked,
        "deactivated": person.deactivated,
        "unread": sum(1 for item in person.chat.messages if item.from_bot),
    }


def chat(place: Chat) -> Json:
    """A group or channel for the list of chats."""
    return place.payload() | {
        "members": sorted(place.members),
        "bot_status": place.bot_status,
        "topics": [asdict(topic) for topic in place.topics.values()],
        "last_message_id": place.last_message_id,
    }


def conversation(place: Chat, limit: int) -> Json:
    """The newest visible messages, oldest first, and what stands around them."""
    return {
        "chat": place.payload(),
        "messages": [_message(item) for item in place.messages[-limit:]],
        "pinned": [item for item in place.pinned if place.find(item) is not None],
        "reply_keyboard": place.reply_keyboard,
        "action": place.action,
    }


def _message(item: Message) -> Json:
    return item.payload() | {
        "from_bot": item.from_bot,
        "kind": item.kind,
        "service": item.service,
        "reactions": sorted({emoji for given in item.reactions.values() for emoji in given}),
    }


def transcript(place: Chat) -> str:
    """The chat as readable text."""
    return transcripts.as_text(place)


def fault(rule: Fault) -> Json:
    """A fault rule with its counters."""
    return asdict(rule)


def pace(measured: Pace) -> Json:
    """The rate report."""
    return {"profile": measured.profile.value, **asdict(measured.report)}


def content_type(stored: StoredFile) -> str:
    """What a browser may take a file for; documents are only ever downloaded."""
    if stored.kind == "photo" and stored.data[:4] == b"\x89PNG":
        return "image/png"
    return _TYPES.get(stored.kind, "application/octet-stream")
