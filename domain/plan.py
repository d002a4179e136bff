"""The posting plan: slots of pages and who was asked to fill them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.errors import Conflict, Invalid


class SlotState(StrEnum):
    """EMPTY: no text or no person. FILLED: somebody has it. POSTED: proven by a link. MISSED: closed without one.

    CANCELLED: taken out of the plan (the norm or a silence changed); counts for nothing.
    """

    EMPTY = "empty"
    FILLED = "filled"
    POSTED = "posted"
    MISSED = "missed"
    CANCELLED = "cancelled"


class EmptyReason(StrEnum):
    NO_TEXT = "no_text"
    NO_PERSON = "no_person"


class Excuse(StrEnum):
    """Why a slot counts apart from missed ones. REMOVED: published, then taken down by the network (it stays POSTED). The others
    are CANCELLED: BLOCKED: the network has blocked the account, SKIPPED: taken out by hand with a reason, DAY_OFF: its person's day off.
    """

    REMOVED = "removed"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    DAY_OFF = "day_off"


@dataclass(frozen=True)
class Slot:
    """A place for one publication on a page. `day` is the page's local date, `at` its moment in UTC."""

    id: int
    page: str
    day: date
    at: datetime
    state: SlotState
    empty_reason: EmptyReason | None
    draft_id: int | None
    draft_version: int | None
    posted_at: datetime | None
    version: int
    urgent_id: int | None = None
    """The urgent call it belongs to; extra to the norm."""
    again: int = 0
    """How often its (evergreen) text was on the page before."""
    excuse: Excuse | None = None
    """Set: it counts as excused, never as missed."""
    extra: bool = False
    """Placed by hand beyond the norm: the planner neither counts it nor takes it away."""

    @property
    def subject(self) -> str:
        return f"slot:{self.id}"


class Approved(Protocol):
    """A text that may fill a slot: which version, and how often it was on the page before."""

    @property
    def draft_id(self) -> int: ...

    @property
    def version(self) -> int: ...

    @property
    def again(self) -> int: ...


def filled_with(slot: Slot, text: Approved) -> Slot:
    """The slot with this text; somebody is about to have it."""
    return replace(
        slot,
        state=SlotState.FILLED,
        empty_reason=None,
        excuse=None,
        draft_id=text.draft_id,
        draft_version=text.version,
        again=text.again,
    )


GIVEN_UP = 2
"""A text missed so often on a page is not planned there again by itself."""


class AssignmentState(StrEnum):
    """ASSIGNED: theirs to do. OFFERED: asked to step in. Others are ends."""

    ASSIGNED = "assigned"
    OFFERED = "offered"
    POSTED = "posted"
    DECLINED = "declined"
    REPLACED = "replaced"
    MISSED = "missed"
    CANCELLED = "cancelled"


OPEN_ASSIGNMENTS = frozenset({AssignmentState.ASSIGNED, AssignmentState.OFFERED})


@dataclass(frozen=True)
class Assignment:
    """One person asked to publish one slot. `at` repeats the slot's moment so that double booking is a constraint."""

    id: int
    slot_id: int
    person_id: int
    at: datetime
    state: AssignmentState
    substitute: bool
    version: int
    accepted_at: datetime | None = None
    """When they said that they will do it; None: they have only been asked."""

    @property
    def subject(self) -> str:
        return f"assignment:{self.id}"


EARLY = timedelta(minutes=60)
"""Posting sooner than this before the moment is probably a slip of the finger."""


def is_early(assignment: Assignment, now: datetime) -> bool:
    """Whether [Posted] is so far ahead of the moment that it is asked again."""
    return assignment.at - now > EARLY


class DeclineReason(StrEnum):
    """Why somebody hands an assignment on; the words are in the catalogues."""

    BUSY = "busy"
    SICK = "sick"
    NO_ACCESS = "no_access"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True)
class Proof:
    """The link of a publication. `normal` is unique over the campaign: a link proves one slot only."""

    slot_id: int
    assignment_id: int
    person_id: int
    url: str
    normal: str
    at: datetime
    media: str = ""
    """SHA-256 of the screenshot of a post that has no link; `url` leads to its page then."""
    given_by: int | None = None
    """Who gave it, when that was not the person: a coordinator on their behalf."""


@dataclass(frozen=True)
class Question:
    """A question about an assignment's slot; the first answer counts."""

    id: int
    slot_id: int
    asked_by: int
    text: str
    asked_at: datetime
    answered_by: int | None
    answer: str
    answered_at: datetime | None

    @property
    def subject(self) -> str:
        return f"question:{self.id}"


@dataclass(eq=False)
class AssignmentClosed(Conflict):
    """The assignment is no longer open; `state` says how it ended."""

    state: AssignmentState


@dataclass(eq=False)
class LinkUsed(Invalid):
    """The link already proves another publication."""

    url: str


@dataclass(eq=False)
class LinkCounted(Invalid):
    """The person's own link, sent once more: it has proven its post, and nothing else is open on that page."""

    url: str


@dataclass(eq=False)
class WrongPage(Invalid):
    """The link leads to another page than the assignment's. `expected` is the page's title."""

    url: str
    expected: str


@dataclass(eq=False)
class NothingOpenThere(Invalid):
    """The person has no open assignment on the page of this link."""

    url: str


@dataclass(eq=False)
class DoubleBooked(Conflict):
    """The person has another publication at that very moment."""


@dataclass(eq=False)
class TooLateToUndo(Conflict):
    """The page's day is over and its counts are closed."""


@dataclass(eq=False)
class SilenceHolds(Conflict):
    """H8: no copy-ready text goes out `now`. `until` is None when nobody can tell when it ends; `zone` is the reader's."""

    until: datetime | None
    zone: str
    now: datetime


@dataclass(eq=False)
class AlreadyAnswered(Conflict):
    """Somebody answered the question before."""

    by: str
