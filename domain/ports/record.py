"""Ports: outbox, due work, journal, inbox, cards and expectations."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from domain.notices import CardCopy, DueTask, Notice, QueuedNotice, Reader


@dataclass(frozen=True)
class Expectation:
    """What a person's next plain message answers."""

    kind: str
    subject: str
    version: int
    params: Mapping[str, Any]
    expires_at: datetime

    @property
    def subject_id(self) -> int:
        """The number after the colon of "draft:12"."""
        return int(self.subject.rpartition(":")[2])


class Outbox(Protocol):
    async def add(self, *notices: Notice) -> None:
        """Queue notices; one whose dedup_key was ever used is silently left out."""

    async def cancel(self, subject: str, kinds: Iterable[str] | None = None) -> int:
        """Cancel what still waits for a subject (of these kinds)."""

    async def waits(self, subject: str, kinds: Iterable[str], until: datetime) -> bool:
        """Whether one of these kinds still waits for a subject, due by `until`. Read-only."""

    async def retime(self, subject: str, kinds: Iterable[str], due_at: datetime, now: datetime) -> int:
        """What waits for a subject beyond `now` falls due at another moment; returns how many."""

    async def claim(self, now: datetime, limit: int, busy: Collection[Reader] = ()) -> list[QueuedNotice]:
        """Due ones by priority then age, marked as being sent: one per reader, none for `busy` ones."""

    async def sent(self, notice_id: int, chat_id: int | None, message_id: int | None, now: datetime) -> None: ...

    async def dropped(self, notice_id: int, reason: str) -> None: ...

    async def retry(self, notice_id: int, at: datetime, error: str) -> None: ...

    async def postpone(self, notice_id: int, at: datetime, why: str) -> None:
        """Like `retry`, but nothing was tried: it does not count as an attempt."""

    async def failed(self, notice_id: int, error: str) -> None: ...

    async def uncertain(self, notice_id: int, error: str) -> None:
        """It may or may not have arrived, and is not repeated."""

    async def release(self, person_id: int, why: str, now: datetime) -> int:
        """What was postponed for this reason is due now; returns how many."""

    async def follow(self, old_chat: int, new_chat: int) -> None:
        """A group has another id now: what is for it or waits for it goes there."""

    async def forget_strangers(self, subject: str) -> None:
        """Remove the addresses of people who have not joined from what was sent about a subject."""

    async def next_due(self) -> datetime | None: ...

    async def any_due(self, now: datetime, busy: Collection[Reader]) -> bool:
        """Whether `claim` would find something. Read-only."""

    async def recover(self) -> tuple[int, int]:
        """After a restart: class A in flight waits again, class B becomes uncertain. Returns both counts."""


class Tasks(Protocol):
    async def add(self, *tasks: DueTask) -> None:
        """A key that was ever used is left out."""

    async def reschedule(self, key: str, due_at: datetime, params: Mapping[str, Any]) -> None:
        """Give an existing key its next step (or add it)."""

    async def cancel(self, subject: str, kinds: Iterable[str] | None = None) -> int: ...

    async def first_due(self, now: datetime) -> DueTask | None:
        """The oldest open one that is due."""

    async def claim(self, key: str, now: datetime) -> DueTask | None:
        """Mark one as done in this transaction; None when it was done or cancelled meanwhile."""

    async def next_due(self) -> datetime | None: ...

    async def find(self, key: str) -> DueTask | None:
        """An open task."""


@dataclass(frozen=True)
class Head:
    """The end of the journal's chain: how many entries stand in it, and the hash that all of them lead to (64 hex digits)."""

    place: int
    seal: str


class Journal(Protocol):
    async def add(
        self,
        *,
        at: datetime,
        actor: int,
        action: str,
        object_: str,
        version: int = 0,
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        """Append an entry; the payload is stored apart, under a salted digest."""

    async def seal(self) -> int:
        """Chain what is not sealed yet, in order; returns how many."""

    async def head(self) -> Head | None:
        """The end of the chain; None while nothing is sealed. Read-only."""


class Inbox(Protocol):
    async def done(self, update_id: int) -> bool:
        """Mark as handled, in the transaction of the effect, deleting the body. False: it was handled before."""


class Cards(Protocol):
    async def add(
        self,
        *,
        person_id: int,
        chat_id: int,
        message_id: int,
        content_ids: Sequence[int],
        subject: str,
        purpose: str,
        version: int,
        fingerprint: str,
        now: datetime,
    ) -> None: ...

    async def of_subject(self, subject: str, purpose: str | None = None) -> list[CardCopy]: ...

    async def of_subjects(self, subjects: Collection[str], purpose: str) -> list[CardCopy]:
        """Copies of many subjects at once."""

    async def of_person(self, person_id: int, purpose: str, subject: str | None = None) -> list[CardCopy]:
        """Newest first."""

    async def find(self, chat_id: int, message_id: int) -> CardCopy | None: ...

    async def get(self, copy_id: int) -> CardCopy | None: ...

    async def to_press(self, drawn_after: datetime) -> list[CardCopy]:
        """Copies whose buttons still decide something: queues, open drafts, assignments, slots, requests, questions."""

    async def drawn(self, copy_id: int, version: int, fingerprint: str, now: datetime) -> None: ...

    async def bared(self, copy_id: int) -> None:
        """Its content messages are deleted; the message with the buttons stays."""

    async def remove(self, copy_id: int) -> None: ...

    async def follow(self, old_chat: int, new_chat: int) -> None:
        """A group has another id now."""


class Expectations(Protocol):
    async def set(
        self,
        person_id: int,
        kind: str,
        subject: str,
        *,
        now: datetime,
        version: int = 0,
        params: Mapping[str, Any] | None = None,
        hours: int = 24,
    ) -> None:
        """Replace whatever was expected."""

    async def find(self, person_id: int, now: datetime) -> Expectation | None: ...

    async def clear(self, person_id: int, kind: str | None = None) -> bool: ...
