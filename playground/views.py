"""The world as the control API and the page see it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from playground import transcript as transcripts
from playground.actors import User
from playground.faults import Fault
from playground.files import StoredFile
from playground.model import Chat, Message
from playground.pace import Pace
from playground.polls import Poll

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
# People's own recordings come as whatever their computer makes; told apart by their first bytes
_STARTS: Final = (
    ("photo", b"\x89PNG", "image/png"),
    ("photo", b"RIFF", "image/webp"),
    ("voice", b"\x1aE\xdf\xa3", "audio/webm"),
    ("voice", b"RIFF", "audio/wav"),
    ("voice", b"ID3", "audio/mpeg"),
    ("voice", b"\xff", "audio/mpeg"),
    ("audio", b"RIFF", "audio/wav"),
    ("video", b"\x1aE\xdf\xa3", "video/webm"),
)
COUNTED: Final = 99  # messages back that are counted as unread


def user(person: User) -> Json:
    """A person for the list of phones; `incoming` is what the private chat holds from the bot."""
    return person.payload() | {
        "started": person.started,
        "blocked": person.blocked,
        "deactivated": person.deactivated,
        "incoming": _incoming(person.chat),
    }


def chat(place: Chat) -> Json:
    """A group or channel for the list of chats; `members` are the people in it, by their status."""
    return place.payload() | {
        "members": sorted(place.members),
        "statuses": {str(user_id): status for user_id, status in place.members.items()},
        "bot_status": place.bot_status,
        "topics": [asdict(topic) for topic in place.topics.values()],
        "general": {"name": place.general.name, "closed": place.general.closed, "hidden": place.general_hidden},
        "migrated_to": place.migrated_to,
        "last_message_id": place.last_message_id,
        "incoming": _incoming(place),
    }


def _incoming(place: Chat) -> list[list[int]]:
    """The newest messages as [message id, sender id, thread id], for counting what somebody has not seen."""
    newest = itertools.islice((m for m in reversed(place.by_id.values()) if not m.deleted), COUNTED)
    shown = ((m, (m.sender or {}).get("id", 0)) for m in newest)
    return [[m.message_id, sender, m.thread_id or 0] for m, sender in shown if m.from_bot or not place.private]


def conversation(place: Chat, limit: int, polls: Mapping[str, Poll]) -> Json:
    """The newest visible messages, oldest first, and what stands around them; `polls` by id tell who chose what."""
    messages = place.messages
    pinned = [item for item in map(place.find, place.pinned) if item is not None]
    return {
        "chat": place.payload(),
        "messages": [_message(item, polls) for item in messages[-limit:]],
        "earlier": max(0, len(messages) - limit),
        "pinned": [item.message_id for item in pinned],
        "pinned_messages": [_message(item, polls) for item in pinned],
        "reply_keyboard": place.reply_keyboard,
        "action": place.action,
    }


def _message(item: Message, polls: Mapping[str, Poll]) -> Json:
    poll = polls.get(item.content["poll"]["id"]) if item.kind == "poll" else None
    votes = {} if poll is None else {"votes": {str(user_id): chosen for user_id, chosen in poll.votes.items()}}
    facts = {"from_bot": item.from_bot, "kind": item.kind, "service": item.service, "reactions": _reactions(item)}
    return item.payload() | votes | facts


def _reactions(item: Message) -> list[Json]:
    by_emoji: dict[str, list[int]] = {}
    for user_id, given in item.reactions.items():
        for emoji in given:
            by_emoji.setdefault(emoji, []).append(user_id)
    return [{"emoji": emoji, "by": sorted(people)} for emoji, people in sorted(by_emoji.items())]


def transcript(place: Chat) -> str:
    """The chat as readable text."""
    return transcripts.as_text(place)


def fault(rule: Fault) -> Json:
    """A fault rule with its counters."""
    return rule.payload()


def pace(measured: Pace) -> Json:
    """The rate report."""
    return {"profile": measured.profile.value, **asdict(measured.report)}


def content_type(stored: StoredFile) -> str:
    """What a browser may take a file for; documents are only ever downloaded."""
    return next(
        (mime for kind, start, mime in _STARTS if kind == stored.kind and stored.data.startswith(start)), ""
    ) or (_TYPES.get(stored.kind, "application/octet-stream"))
