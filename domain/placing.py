"""Where the slots of a page-day lie: pure, so that planning again gives the same plan."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.norms import Norm, Window
from domain.silence import Blackout, silence_at

_MINUTE = timedelta(minutes=1)
_ROUND = 5
"""People remember 10:30, not 10:28: moments go to a multiple of five minutes where the window allows."""

Span = tuple[datetime, datetime]
"""From the first moment up to, and without, the second."""


def moments(
    norm: Norm, day: date, zone: str, *, closed: Sequence[Span] = (), near: Collection[datetime] = ()
) -> tuple[datetime, ...]:
    """The day's ideal moments (UTC) inside the windows of `zone`'s clock, never closer than the gap.

    As many as the norm wants, fewer when the windows cannot hold them; as many of them as fit lie in its peak hours, else
    they are spread evenly. `closed`: nothing is published then. `near`: slots of the days before and after.
    """
    held = norm.on(day)
    blocked = tuple(sorted(near))
    return _ideal(held.windows, held.peaks, held.gap_minutes, norm.wanted(day), day, zone, tuple(closed), blocked)


def missing(
    norm: Norm,
    day: date,
    zone: str,
    existing: Collection[datetime],
    extra: Collection[datetime] = (),
    *,
    closed: Sequence[Span] = (),
    near: Collection[datetime] = (),
) -> tuple[datetime, ...]:
    """Moments to add to a day that has slots already: those stay where people know them, the norm's cap and gap hold.

    `extra` ones (urgent, by hand) do not count towards the norm, but keep their distance. What stands in the way of an ideal
    moment has it placed elsewhere in the windows.
    """
    ideal = moments(norm, day, zone, closed=closed, near=near)
    if not existing and not extra:
        return ideal
    held, most = norm.on(day), norm.wanted(day)
    gap = timedelta(minutes=max(held.gap_minutes, 1))
    taken, added = [*existing, *extra], list[datetime]()
    displaced = 0
    for moment in ideal:
        if len(existing) + len(added) >= most:
            break
        if all(abs(moment - other) >= gap for other in (*taken, *added)):
            added.append(moment)
        elif moment not in taken:
            displaced += 1
    lacking = min(displaced, most - len(existing) - len(added))
    if lacking > 0:
        added += _elsewhere(held, day, zone, lacking, closed, (*near, *taken, *added))
    return tuple(sorted(added))


def _elsewhere(
    norm: Norm, day: date, zone: str, count: int, closed: Sequence[Span], others: Collection[datetime]
) -> tuple[datetime, ...]:
    """Up to `count` moments of the windows that keep the gap from `others`."""
    around = tuple(sorted(others))
    return _ideal(norm.windows, norm.peaks, norm.gap_minutes, count, day, zone, tuple(closed), around)


@lru_cache(maxsize=4096)
def _ideal(
    windows: tuple[Window, ...],
    peaks: tuple[Window, ...],
    gap: int,
    count: int,
    day: date,
    zone: str,
    closed: tuple[Span, ...],
    near: tuple[datetime, ...],
) -> tuple[datetime, ...]:
    allowed = _free(_minutes(windows, day, zone), gap, closed, near)
    for many in range(count, 0, -1):
        placed = _place(allowed, many, gap)
        if placed is not None:
            if peaks:
                placed = _in_peaks(allowed, frozenset(_minutes(peaks, day, zone)), placed, gap)
            return tuple(datetime.fromtimestamp(minute * 60, UTC) for minute in placed)
    return ()


def _free(allowed: tuple[int, ...], gap: int, closed: tuple[Span, ...], near: tuple[datetime, ...]) -> tuple[int, ...]:
    """Of these minutes those at which something may be published, far enough from what is near."""
    if not closed and not near:
        return allowed
    apart = max(gap, 1) * 60
    shut = [(start.timestamp(), end.timestamp()) for start, end in closed]
    shut += [(at.timestamp() - apart + 1, at.timestamp() + apart) for at in near]
    return tuple(minute for minute in allowed if not any(start <= minute * 60 < end for start, end in shut))


def _in_peaks(allowed: Sequence[int], peak: frozenset[int], even: list[int], gap: int) -> list[int]:
    """The same number of moments, as many of them in peak hours as can be; evenly spread where that costs none."""
    inside = [minute for minute in allowed if minute in peak]
    best = _most_in_peaks(allowed, peak, len(even), gap)
    many = sum(minute in peak for minute in best)
    if sum(minute in peak for minute in even) == many:
        return even
    first = _place(inside, many, gap) or []
    rest = [m for m in allowed if m not in peak and all(abs(m - other) >= gap for other in first)]
    second = _place(rest, len(even) - many, gap) if many < len(even) else []
    return best if second is None or not first else sorted([*first, *second])


def _most_in_peaks(allowed: Sequence[int], peak: frozenset[int], count: int, gap: int) -> list[int]:
    """`count` minutes at least `gap` apart with the most in peak hours; there are so many (`_place` has found them)."""
    size, none = len(allowed), -(10**6)
    after = [bisect_left(allowed, minute + max(gap, 1)) for minute in allowed]
    # best[c][i]: the most peak minutes among c moments from the i-th minute on.
    best = [[0] * (size + 1)]
    for many in range(1, count + 1):
        row, fewer = [none] * (size + 1), best[many - 1]
        for i in range(size - 1, -1, -1):
            row[i] = max(row[i + 1], fewer[after[i]] + (allowed[i] in peak))
        best.append(row)
    chosen, at = list[int](), 0
    for many in range(count, 0, -1):
        while best[many][at] != best[many - 1][after[at]] + (allowed[at] in peak):
            at += 1
        chosen.append(allowed[at])
        at = after[at]
    return chosen


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
