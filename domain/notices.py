"""What must reach a person: rows of the outbox. A reminder is a notice whose `due_at` lies ahead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any


class Guarantee(StrEnum):
    """A: at least once (assignments, decisions). B: at most once (nudges, digests)."""

    A = "A"
    B = "B"


class Priority(IntEnum):
    """Smaller goes first; a person's own reply (0) is sent by its handler and overtakes everything."""

    REPLY = 0
    URGENT = 5
    DECISION = 10
    ASSIGNMENT = 20
    REMINDER = 30
    DIGEST = 40
    BULK = 50


@dataclass(frozen=True)
class Notice:
    """`subject` ("draft:12") is what cancels it; `dedup_key` is what makes it unique for ever. Params are JSON.

    `person_id` names the reader; only somebody who has not joined is addressed by `chat_id`.
    """

    kind: str
    subject: str
    due_at: datetime
    dedup_key: str
    person_id: int | None = None
    chat_id: int | None = None
    guarantee: Guarantee = Guarantee.B
    priority: Priority = Priority.REMINDER
    params: Mapping[str, Any] = field(default_factory=dict)


def card_gone(copy: int, chat_id: int, subject: str, now: datetime) -> Notice:
    """The copy of a card disappears from a chat in which nothing works any more."""
    return Notice(
        kind="card.gone",
        subject=subject,
        due_at=now,
        dedup_key=f"card.gone:{copy}:{now.isoformat()}",
        chat_id=chat_id,
        priority=Priority.DIGEST,
        params={"copy": copy},
    )


UNREACHABLE = "unreachable"
"""`last_error` of what Telegram cannot deliver: kept for the reader's return, or given up."""


class NoticeStatus(StrEnum):
    """`uncertain`: class B that may or may not have arrived when the process died; listed, never repeated."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class QueuedNotice(Notice):
    """A notice as claimed for sending."""

    id: int = 0
    attempts: int = 0


Reader = tuple[int | None, int | None]
"""Who reads a notice: (person_id, None), or (None, chat_id) of somebody who has not joined. Each gets theirs in order."""


def reader_of(notice: Notice) -> Reader:
    return (notice.person_id, None) if notice.person_id is not None else (None, notice.chat_id)


@dataclass(frozen=True)
class DueTask:
    """Work that falls due, as a row: `kind` names the use case, `key` makes it unique, `subject` cancels it."""

    key: str
    kind: str
    subject: str
    due_at: datetime
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CardCopy:
    """One message (with its content messages) that shows a subject to a person. `purpose`: "queue", "card", "reminder"…"""

    id: int
    person_id: int
    chat_id: int
    message_id: int
    content_ids: tuple[int, ...]
    subject: str
    purpose: str
    version: int
    fingerprint: str
    drawn_at: datetime


def redrawn(
    kind: str,
    copy: CardCopy,
    mark: str,
    now: datetime,
    params: Mapping[str, Any],
    *,
    priority: Priority = Priority.DECISION,
) -> Notice:
    """A copy of a card shows how things stand, once for each `mark`: what has happened."""
    return Notice(
        kind=kind,
        subject=f"copy:{copy.id}",
        due_at=now,
        dedup_key=f"{kind}:{copy.id}:{mark}",
        person_id=copy.person_id,
        priority=priority,
        params={**params, "copy": copy.id},
    )
