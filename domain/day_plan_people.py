"""Who could be given a slot by hand, and why others could not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.availability import Availability
from domain.away import Absence
from domain.errors import Invalid
from domain.people import Person
from domain.plan import AssignmentState, Slot
from domain.planning import Asked

_WEEK = timedelta(days=7)
_BUSY = frozenset({AssignmentState.ASSIGNED, AssignmentState.POSTED})
_HELD = _BUSY | {AssignmentState.OFFERED, AssignmentState.MISSED}


class Why(StrEnum):
    """Why somebody cannot be given a slot."""

    UNREACHABLE = "unreachable"
    AWAY = "away"
    DAY_OFF = "day_off"
    BUSY = "busy"
    CAP = "cap"
    DECLINED = "declined"
    QUIET = "quiet"
    HOURS = "hours"


ASKABLE = frozenset({Why.QUIET, Why.HOURS})
"""With their own yes they can have it all the same."""


@dataclass(eq=False)
class CannotTake(Invalid):
    """The person cannot have a slot then."""

    name: str
    why: Why


@dataclass(eq=False)
class MayNotPost(Invalid):
    """The person is none of those who post on the page."""

    name: str
    page: str


@dataclass(frozen=True)
class Candidate:
    """`that_day`, `week`: what they were asked for on the slot's day and in the seven days around it. `why` None: can have it."""

    person: Person
    that_day: int
    week: int
    why: Why | None


def candidate(
    person: Person,
    slot: Slot,
    theirs: Sequence[Asked],
    declared: Availability,
    absence: Absence | None,
    campaign_cap: int,
    now: datetime,
) -> Candidate:
    """How a person stands to a slot that is not theirs. One that is late is posted now, so now is what counts."""
    day = person.local(slot.at).date()
    others = [one for one in theirs if one.slot_id != slot.id and one.state in _HELD]
    that_day = sum(person.local(one.at).date() == day for one in others)
    week = sum(slot.at - _WEEK < one.at <= slot.at + _WEEK for one in others)
    why = _why_not(person, slot, max(slot.at, now), theirs, declared, absence)
    cap = declared.daily_cap if declared.daily_cap is not None else campaign_cap
    if that_day >= cap and why not in {Why.UNREACHABLE, Why.AWAY, Why.DAY_OFF, Why.BUSY}:
        why = Why.CAP
    return Candidate(person, that_day, week, why)


def _why_not(
    person: Person, slot: Slot, at: datetime, theirs: Sequence[Asked], declared: Availability, absence: Absence | None
) -> Why | None:
    """The first that holds; what nobody can help comes before what a yes can."""
    busy = any(one.at == slot.at and one.slot_id != slot.id and one.state in _BUSY for one in theirs)
    declined = any(one.slot_id == slot.id and one.state is AssignmentState.DECLINED for one in theirs)
    found = (
        (Why.UNREACHABLE, not person.reachable),
        (Why.AWAY, absence is not None and absence.covers(at)),
        (Why.DAY_OFF, declared.is_day_off(person.local(at).date())),
        (Why.BUSY, busy),
        (Why.DECLINED, declined),
        (Why.QUIET, person.is_quiet(at) and not declared.at_night),
        (Why.HOURS, not declared.allows(person, at)),
    )
    return next((why for why, holds in found if holds), None)


def in_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Those who can have it first, with the least to do first."""
    return tuple(sorted(candidates, key=lambda one: (one.why is not None, one.that_day, one.week, one.person.id)))
