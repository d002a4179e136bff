"""The rules of the plan: its numbers, who gets one slot, and when they learn of it. Where slots lie: `domain.placing`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.availability import Availability
from domain.people import Person
from domain.placing import missing, moments, silence_ends
from domain.plan import AssignmentState

__all__ = [
    "Asked",
    "PlanRules",
    "burden",
    "choose",
    "digest_moment",
    "missing",
    "moments",
    "outside_quiet",
    "silence_ends",
]


@dataclass(frozen=True)
class PlanRules:
    """The numbers of the plan, from the configuration; minutes."""

    lead: timedelta
    on_time: timedelta
    substitute_after: timedelta
    press_after: timedelta
    person_daily_cap: int
    owner_notice: timedelta = timedelta(minutes=60)
    """How long before a post its page's owner, outside the staff, hears of it."""
    reminders_a_day: int = 6
    """At most so many a person."""
    steps_off: frozenset[str] = frozenset()
    """Steps of the ladder of reminders that are left out (`domain.ladder.Step`)."""
    per_second: float = 25.0
    """Messages a second, all in all: digests leave so much earlier that everybody has theirs by the hour."""


# -- who ------------------------------------------------------------------------------------------------------------------

_HELD = frozenset({AssignmentState.ASSIGNED, AssignmentState.OFFERED, AssignmentState.POSTED, AssignmentState.MISSED})
_BUSY = frozenset({AssignmentState.ASSIGNED, AssignmentState.POSTED})
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Asked:
    """One thing a person was asked for."""

    slot_id: int
    at: datetime
    state: AssignmentState


def outside_quiet(person: Person, at: datetime) -> datetime:
    """`at`, or the end of the person's quiet hours when it falls inside."""
    if not person.is_quiet(at):
        return at
    local = person.local(at)
    end = datetime.combine(local.date(), person.quiet_to, local.tzinfo)
    if local.time() >= person.quiet_to:
        end = datetime.combine(local.date() + timedelta(days=1), person.quiet_to, local.tzinfo)
    return end.astimezone(UTC)


def card_now(person: Person, now: datetime, slot_at: datetime, lead: timedelta) -> datetime:
    """When a card that is due already comes: after their quiet hours, but not after a post that they said yes to in these hours."""
    awake = outside_quiet(person, now)
    return awake if awake < slot_at or slot_at <= now else max(now, slot_at - lead)


def digest_moment(person: Person, slot_at: datetime, lead: timedelta) -> datetime:
    """When the person learns of a slot: at their digest hour of its day, in good time before it, not in quiet hours."""
    local = person.local(slot_at)
    digest = datetime.combine(local.date(), person.digest_at, local.tzinfo).astimezone(UTC)
    return outside_quiet(person, min(digest, slot_at - lead))


def burden(
    person: Person, slot_id: int, at: datetime, theirs: Sequence[Asked], daily_cap: int
) -> tuple[int, int, float, int] | None:
    """What a person has to do around `at`, for comparing: that day, in seven days, since when, id. None: they cannot take it.

    They cannot when at their cap, busy at that very moment, or asked for this slot before.
    """
    day = person.local(at).date()
    that_day = [one for one in theirs if person.local(one.at).date() == day]
    if any(one.slot_id == slot_id or (one.at == at and one.state in _BUSY) for one in theirs):
        return None
    if sum(one.state in _HELD for one in that_day) >= daily_cap:
        return None
    week = sum(at - _WEEK < one.at <= at + _WEEK for one in theirs)
    since = max((one.at.timestamp() for one in theirs), default=0.0)
    return len(that_day), week, since, person.id


def choose(
    people: Iterable[Person],
    slot_id: int,
    at: datetime,
    asked: Mapping[int, Sequence[Asked]],
    *,
    daily_cap: int,
    ring: tuple[datetime, datetime] | None = None,
    declared: Mapping[int, Availability] | None = None,
) -> Person | None:
    """Who gets a slot: fewest that day, fewest in seven days, longest since, then the lowest id. None: nobody can.

    Left out: unreachable, in quiet hours then or outside the hours and days they `declared`, at their cap, busy at that very
    moment, and whoever was asked for this slot before. `ring` (now, deadline): also whoever could only be told after the
    deadline because of their quiet hours.
    """
    best: tuple[tuple[int, int, float, int], Person] | None = None
    for person in people:
        own = (declared or {}).get(person.id) or Availability(person.id)
        if (
            not person.reachable
            or not own.allows(person, at)
            or (ring is not None and outside_quiet(person, ring[0]) > ring[1])
        ):
            continue
        cap = daily_cap if own.daily_cap is None else min(daily_cap, own.daily_cap)
        key = burden(person, slot_id, at, asked.get(person.id, ()), cap)
        if key is not None and (best is None or key < best[0]):
            best = key, person
    return None if best is None else best[1]
