"""Commitments: who promised what by when, for a region, a page or headquarters, and when they are reminded of it."""

import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.people import Person

TITLE_LIMIT = 300
REASON_LIMIT = 300
PROOF_LIMIT = 500
LONGEST = 366
"""Days ahead: beyond a year a date is a slip of the finger."""
WEEK = 7


class CommitmentState(StrEnum):
    """`asked`: a manager asked for it, the person has not answered. Late is not stored: it is open and past its day."""

    ASKED = "asked"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    DECLINED = "declined"


class Step(StrEnum):
    """The reminders: on the day before, on the day, on the day after."""

    EVE = "eve"
    DAY = "day"
    AFTER = "after"


@dataclass(frozen=True)
class Commitment:
    """`region` is a code or "*" (headquarters), `page` a code or empty. `by_id` wrote it down. Days are headquarters' own."""

    id: int
    title: str
    region: str
    page: str
    person_id: int
    by_id: int
    state: CommitmentState
    due: date
    first_due: date
    """The day of the first promise; moves do not change it."""
    reason: str
    """Why it was dropped or declined."""
    proof: str
    """A link, or words; may be empty."""
    settled_on: date | None
    created_at: datetime
    version: int
    picture: str = ""
    """SHA-256 of a picture that shows it; may be empty."""

    @property
    def subject(self) -> str:
        return f"commitment:{self.id}"

    @property
    def moved(self) -> bool:
        return self.due != self.first_due

    @property
    def settled(self) -> bool:
        return self.state not in {CommitmentState.ASKED, CommitmentState.OPEN}

    def is_late(self, today: date) -> bool:
        return self.state is CommitmentState.OPEN and self.due < today


@dataclass(frozen=True)
class Move:
    """One new date, with who set it and why."""

    at: datetime
    by_id: int
    due_before: date
    due_after: date
    reason: str


@dataclass(frozen=True)
class CommitmentSummary:
    """Accepted commitments whose present day lies in a period. `moved`: how many of `total` were moved at least once."""

    done_in_time: int = 0
    done_late: int = 0
    open: int = 0
    late: int = 0
    dropped: int = 0
    moved: int = 0

    @property
    def total(self) -> int:
        return self.done_in_time + self.done_late + self.open + self.late + self.dropped


@dataclass(eq=False)
class BadPromise(Invalid):
    """The words of a commitment are missing (`length` 0) or too long."""

    length: int
    limit: int


@dataclass(eq=False)
class BadReasonGiven(Invalid):
    """A reason is missing (`length` 0) or too long."""

    length: int
    limit: int


@dataclass(eq=False)
class DueDayBad(Invalid):
    """The day has passed or lies more than a year ahead."""

    day: date


@dataclass(eq=False)
class PromiseIncomplete(Invalid):
    """Something has to be said before it can be saved: `lacks` is "due", "place" or "person"."""

    lacks: str


@dataclass(eq=False)
class PromiseUnreadable(Invalid):
    """The person's next message named no day."""


@dataclass(eq=False)
class SameDay(Invalid):
    """It is due on that very day already."""


@dataclass(eq=False)
class PersonCannotPromise(Invalid):
    """That person has no role where the commitment is for."""


@dataclass(eq=False)
class CommitmentChanged(Conflict):
    """It was changed or settled since the screen was drawn."""


@dataclass(eq=False)
class PreviewOver(Conflict):
    """What was being written is saved or given up already, or another line took its place."""


def mark_of(parts: Mapping[str, object]) -> int:
    """What a preview's button carries, so that an older preview cannot save what was written after it."""
    return zlib.crc32(json.dumps(parts, sort_keys=True, default=str).encode())


def ensure_title(text: str) -> str:
    words = " ".join(text.split())
    if not words or len(words) > TITLE_LIMIT:
        raise BadPromise(len(words), TITLE_LIMIT)
    return words


def ensure_reason(text: str) -> str:
    words = " ".join(text.split())
    if not words or len(words) > REASON_LIMIT:
        raise BadReasonGiven(len(words), REASON_LIMIT)
    return words


def ensure_due(day: date, today: date) -> date:
    if day < today or day > today + timedelta(days=LONGEST):
        raise DueDayBad(day)
    return day


def answered(one: Commitment, seen: int, today: date, *, yes: bool) -> Commitment:
    """The person's answer to what a manager asked of them."""
    _ensure(one, seen, CommitmentState.ASKED)
    if yes:
        return replace(one, state=CommitmentState.OPEN)
    return replace(one, state=CommitmentState.DECLINED, settled_on=today)


def done(one: Commitment, seen: int, today: date) -> Commitment:
    _ensure(one, seen, CommitmentState.OPEN)
    return replace(one, state=CommitmentState.DONE, settled_on=today)


def moved(one: Commitment, seen: int, day: date, today: date) -> Commitment:
    """With a new day; a promise that was not accepted yet is not moved."""
    _ensure(one, seen, CommitmentState.OPEN)
    if ensure_due(day, today) == one.due:
        raise SameDay
    return replace(one, due=day)


def dropped(one: Commitment, seen: int, reason: str, today: date) -> Commitment:
    """Given up, or taken back before it was accepted."""
    _ensure(one, seen, CommitmentState.OPEN, CommitmentState.ASKED)
    return replace(one, state=CommitmentState.DROPPED, reason=ensure_reason(reason), settled_on=today)


def _ensure(one: Commitment, seen: int, *states: CommitmentState) -> None:
    if one.version != seen or one.state not in states:
        raise CommitmentChanged


def next_step(due: date, person: Person, off: Collection[date], now: datetime) -> tuple[Step, datetime] | None:
    """The next reminder after `now`, at the person's digest hour; None when all are past.

    On a day off nobody is reminded: the day before becomes the last working day of the week before it.
    """
    eve = next((day for day in (due - timedelta(days=n) for n in range(1, WEEK + 1)) if day not in off), None)
    days = [(Step.EVE, eve), (Step.DAY, None if due in off else due), (Step.AFTER, due + timedelta(days=1))]
    for step, day in days:
        if day is not None and (at := _morning(day, person)) > now:
            return step, at
    return None


def _morning(day: date, person: Person) -> datetime:
    local = person.local(datetime.combine(day, person.digest_at, UTC))
    return datetime.combine(day, person.digest_at, local.tzinfo).astimezone(UTC)
