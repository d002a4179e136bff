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
