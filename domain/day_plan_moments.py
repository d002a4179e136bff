"""Moments of a page's day: which to suggest, what people type, and what speaks against one."""

import contextlib
import re
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.day_plan import BadClock, Doubt
from domain.norms import Norm, Window

STEP = timedelta(minutes=30)
SUGGESTED = 12
"""Moments on one screen."""
CLOCK_LIMIT = 20
"""Characters of a message that is taken for an hour."""
USUAL = (Window(time(9), time(21)),)
"""Hours of a page without a norm."""
_TYPED = re.compile(r"(?:(?:at|в|на)\s+)?(\d{1,2})(?:\s?[:.\- ]\s?(\d{2}))?")


def parse_clock(text: str) -> time:
    """ "18:40", "18.40", "в 18 40", "18"; raises `BadClock`."""
    found = _TYPED.fullmatch(" ".join(text.lower().split()))
    if found is None:
        raise BadClock
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise BadClock from None


def moment_of(day: date, clock: time, zone: str) -> datetime:
    """The moment (UTC) at which the page's clock shows `clock` on `day`, the first of two; `BadClock` where it never does."""
    local = datetime.combine(day, clock, ZoneInfo(zone))
    at = local.astimezone(UTC)
    if at.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise BadClock
    return at


def doubts(
    norm: Norm | None, at: datetime, zone: str, others: Collection[datetime], *, adding: bool = False
) -> tuple[Doubt, ...]:
    """`others`: the page's other slots of the day and its neighbours. `adding`: one more than there were."""
    if norm is None:
        return ()
    local = at.astimezone(ZoneInfo(zone))
    norm = norm.on(local.date())
    clock = local.time().replace(fold=0)
    found = []
    if not _inside(norm.windows, clock):
        found.append(Doubt.WINDOW)
    if any(abs(at - other) < timedelta(minutes=norm.gap_minutes) for other in others):
        found.append(Doubt.GAP)
    that_day = sum(other.astimezone(local.tzinfo).date() == local.date() for other in others)
    if adding and that_day >= norm.daily_cap:
        found.append(Doubt.CAP)
    return tuple(found)


def _inside(windows: Iterable[Window], clock: time) -> bool:
    return any(window.start <= clock <= window.end for window in windows)


def suggestions(
    norm: Norm | None,
    day: date,
    zone: str,
    others: Collection[datetime],
    now: datetime,
    silent: Callable[[datetime], bool],
    besides: datetime | None = None,
) -> tuple[datetime, ...]:
    """At most `SUGGESTED` half-hours ahead inside the windows that keep the gap, outside silences; `besides`: where it is now.

    Those of peak hours stay when there are too many.
    """
    windows = USUAL if norm is None else norm.on(day).windows
    peaks = () if norm is None else norm.on(day).peaks
    found = [
        at
        for at in _half_hours(windows, day, zone)
        if at > now and at != besides and not doubts(norm, at, zone, others) and not silent(at)
    ]
    if len(found) <= SUGGESTED:
        return tuple(found)
    best = [at for at in found if _inside(peaks, at.astimezone(ZoneInfo(zone)).time().replace(fold=0))][:SUGGESTED]
    rest = [at for at in found if at not in best]
    left = SUGGESTED - len(best)
    return tuple(sorted([*best, *(rest[i * len(rest) // left] for i in range(left))]))


def _half_hours(windows: Iterable[Window], day: date, zone: str) -> list[datetime]:
    found = set()
    for window in windows:
        clock = datetime.combine(day, window.start)
        clock += -timedelta(minutes=clock.minute % 30, seconds=clock.second) % STEP
        while clock.date() == day and clock.time() <= window.end:
            with contextlib.suppress(BadClock):  # an hour that the clock skips
                found.add(moment_of(day, clock.time(), zone))
            clock += STEP
    return sorted(found)
