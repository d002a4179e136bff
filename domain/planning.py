"""Where the slots of a page-day lie, and who gets them: pure, so that planning again gives the same plan."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.norms import Norm, Window
from domain.people import Person
from domain.plan import AssignmentState
from domain.silence import Blackout, silence_at

_MINUTE = timedelta(minutes=1)
_ROUND = 5
"""People remember 10:30, not 10:28: moments go to a multiple of five minutes where the window allows."""


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


# -- where ----------------------------------------------------------------------------------------------------------------


def moments(norm: Norm, day: date, zone: str) -> tuple[datetime, ...]:
    """The day's ideal moments (UTC): spread evenly inside the windows of `zone`'s clock, never closer than the gap.

    As many as the norm wants, fewer when the windows cannot hold them.
    """
    allowed = _minutes(norm.windows, day, zone)
    for count in range(norm.wanted(day), 0, -1):
        placed = _place(allowed, count, norm.gap_minutes)
        if placed is not None:
            return tuple(datetime.fromtimestamp(minute * 60, UTC) for minute in placed)
    return ()


def missing(
    norm: Norm, day: date, zone: str, existing: Collection[datetime], extra: Collection[datetime] = ()
) -> tuple[datetime, ...]:
    """Moments to add to a day that has slots already: those stay where people know them, the norm's cap and gap hold.

    `extra` ones (urgent) do not count towards the norm, but keep their distance.
    """
    ideal = moments(norm, day, zone)
    gap = timedelta(minutes=norm.gap_minutes)
    taken = sorted(existing)
    added: list[datetime] = []
    for moment in ideal:
        if len(taken) >= norm.wanted(day):
            break
        if all(abs(moment - other) >= gap and moment != other for other in (*taken, *extra)):
            taken.append(moment)
            added.append(moment)
    return tuple(added)


def _place(allowed: Sequence[int], count: int, gap: int) -> list[int] | None:
    """`count` of the allowed minutes, at least `gap` apart, near an even spread; None when they cannot lie so.

    Forwards each goes to its place or behind the one before; what ran over the end is pushed back. Both passes keep every moment
    at or after its earliest possible one, so a placement is found whenever there is one.
    """
    if not allowed:
        return None
    gap = max(gap, 1)
    placed: list[int] = []
    for i in range(count):
        wanted = _rounded(allowed, allowed[(2 * i + 1) * len(allowed) // (2 * count)])
        at = bisect_left(allowed, max(wanted, placed[-1] + gap) if placed else wanted)
        placed.append(allowed[min(at, len(allowed) - 1)])
    for i in range(count - 2, -1, -1):
        at = bisect_right(allowed, min(placed[i], placed[i + 1] - gap)) - 1
        if at < 0:
            return None
        placed[i] = allowed[at]
    return placed


def _rounded(allowed: Sequence[int], minute: int) -> int:
    down = minute - minute % _ROUND
    at = bisect_left(allowed, down)
    return down if allowed[at] == down else minute


@lru_cache(maxsize=4096)
def _minutes(windows: tuple[Window, ...], day: date, zone: str) -> tuple[int, ...]:
    """Minutes since the epoch at which `zone`'s clock stands inside a window on `day`; right on days of 23 and 25 hours too."""
    tz = ZoneInfo(zone)
    found: set[int] = set()
    for window in windows:
        # Both readings of a repeated hour; inside a skipped one they frame the jump.
        first = min(_utc(day, window.start, tz, fold) for fold in (0, 1))
        last = max(_utc(day, window.end, tz, fold) for fold in (0, 1))
        at = first
        while at <= last:
            local = at.astimezone(tz)
            if local.date() == day and window.start <= local.time().replace(fold=0) <= window.end:
                found.add(int(at.timestamp()) // 60)
            at += _MINUTE
    return tuple(sorted(found))


def _utc(day: date, clock: time, tz: ZoneInfo, fold: int) -> datetime:
    return datetime.combine(day, clock.replace(fold=fold), tz).astimezone(UTC)


def silence_ends(at: datetime, region: str, zones: Collection[str], blackouts: Sequence[Blackout]) -> datetime | None:
    """The first moment from `at` on at which no silence holds; None when nobody can tell (a zone that is not known)."""
    if silence_at(at, region, zones, blackouts) is None:
        return at
    ends = set()
    for zone in zones:
        try:
            tz = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            return None
        for silence in blackouts:
            # An hour that the clock repeats ends at its second pass: fail-closed.
            ends.add(silence.ends.replace(tzinfo=tz, fold=1).astimezone(UTC))
            ends.add(silence.ends.replace(tzinfo=tz, fold=0).astimezone(UTC))
    later = sorted(end for end in ends if end > at)
    return next((end for end in later if silence_at(end, region, zones, blackouts) is None), None)


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
) -> Person | None:
    """Who gets a slot: fewest that day, fewest in seven days, longest since, then the lowest id. None: nobody can.

    Left out: unreachable, in quiet hours then, at their cap, busy at that very moment, and whoever was asked for this slot
    before. `ring` (now, deadline): also whoever could only be told after the deadline because of their quiet hours.
    """
    best: tuple[tuple[int, int, float, int], Person] | None = None
    for person in people:
        if (
            not person.reachable
            or person.is_quiet(at)
            or (ring is not None and outside_quiet(person, ring[0]) > ring[1])
        ):
            continue
        key = burden(person, slot_id, at, asked.get(person.id, ()), daily_cap)
        if key is not None and (best is None or key < best[0]):
            best = key, person
    return None if best is None else best[1]
