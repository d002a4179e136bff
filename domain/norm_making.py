"""From what was said to a norm: what was not said stays, and what cannot be kept is refused."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from domain.errors import Invalid
from domain.norms import Norm, Window
from domain.typed_norm import EVERY_DAY, TypedNorm
from domain.typed_norm_hours import merged

USUAL_WINDOWS = (Window(time(9), time(21)),)
USUAL_GAP = 120
HOLIDAYS_AHEAD = timedelta(days=370)
"""Where neither the norm nor the campaign has an end."""

Week = tuple[int, int, int, int, int, int, int]
IsHoliday = Callable[[date], bool]


@dataclass(eq=False)
class CapBelow(Invalid):
    """`count` posts are wanted on a day of which only `cap` are allowed."""

    count: int
    cap: int


@dataclass(eq=False)
class PeakOutside(Invalid):
    """A peak lies in none of the windows."""

    peak: Window


@dataclass(eq=False)
class MixAbove(Invalid):
    """The rubrics' shares add up to `total` percent."""

    total: int


@dataclass(eq=False)
class NormEnded(Invalid):
    """The last day is past already."""

    ends: date


@dataclass(eq=False)
class NormCrossed(Invalid):
    """The last day lies before the first."""

    starts: date
    ends: date


@dataclass(eq=False)
class GapTooLong(Invalid):
    """More than a day."""

    minutes: int


def blank(page: str) -> Norm:
    """Where nothing was agreed yet: one post a day."""
    return Norm(page, (1,) * 7, USUAL_WINDOWS, USUAL_GAP, 1)


def make(typed: TypedNorm, current: Norm, today: date, is_holiday: IsHoliday, until: date | None) -> Norm:
    """`current` with what was said. `until`: the campaign's last day, for its holidays. Raises the refusals of this module."""
    week = _week(typed, current)
    windows = typed.windows or current.windows
    new = replace(
        current,
        per_weekday=week,
        windows=windows,
        gap_minutes=current.gap_minutes if typed.gap_minutes is None else typed.gap_minutes,
        daily_cap=max(current.daily_cap, *week) if typed.daily_cap is None else typed.daily_cap,
        peaks=_inside(current.peaks, windows) if typed.peaks is None else typed.peaks,
        starts=typed.starts or (None if typed.at_once else current.starts),
        ends=None if typed.no_end else typed.ends or current.ends,
        mix=current.mix if typed.mix is None else typed.mix,
        exceptions={day: count for day, count in current.exceptions.items() if day >= today},
        before=None,
    )
    if typed.holidays is not None:
        days = _holidays(today, new.ends or until or today + HOLIDAYS_AHEAD, is_holiday)
        new = replace(new, exceptions={**new.exceptions, **dict.fromkeys(days, typed.holidays)})
    new = replace(new, exceptions={**new.exceptions, **dict(typed.exceptions)})
    ensure_sound(new, today)
    return new


def ensure_sound(norm: Norm, today: date) -> None:
    """Raise unless the norm can be kept as it is said."""
    most = max(*norm.per_weekday, *norm.exceptions.values())
    if most > norm.daily_cap:
        raise CapBelow(most, norm.daily_cap)
    if norm.gap_minutes > 24 * 60:
        raise GapTooLong(norm.gap_minutes)
    for peak in norm.peaks:
        if not any(one.start < peak.end and peak.start < one.end for one in norm.windows):
            raise PeakOutside(peak)
    total = sum(share for _, share in norm.mix)
    if total > 100:
        raise MixAbove(total)
    if norm.starts is not None and norm.ends is not None and norm.ends < norm.starts:
        raise NormCrossed(norm.starts, norm.ends)
    if norm.ends is not None and norm.ends < today:
        raise NormEnded(norm.ends)


def from_day(new: Norm, old: Norm | None, today: date, *, at_once: bool) -> Norm:
    """The norm as it is stored: from today or tomorrow on, or its own later first day; until then the old one holds."""
    first = today if at_once else today + timedelta(days=1)
    starts = max(first, new.starts) if new.starts is not None else first
    if starts <= today:
        return replace(new, starts=None, before=None)
    before = None if old is None else replace(old.on(today), before=None)
    return replace(new, starts=starts, before=before)


def _week(typed: TypedNorm, current: Norm) -> Week:
    counts = dict(enumerate(current.per_weekday))
    if typed.week:
        said = dict(typed.week)
        counts = {day: said.get(day, 0) for day in EVERY_DAY}
    elif typed.count is not None or typed.days:
        count = typed.count if typed.count is not None else max(1, *current.per_weekday)
        days = typed.days or frozenset(day for day, posts in counts.items() if posts) or EVERY_DAY
        counts = {day: count if day in days else 0 for day in EVERY_DAY}
    a, b, c, d, e, f, g = (0 if day in typed.without else counts[day] for day in range(7))
    return a, b, c, d, e, f, g


def _inside(peaks: tuple[Window, ...], windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """Old peaks as far as the new windows hold them."""
    cut = [
        Window(max(peak.start, one.start), min(peak.end, one.end))
        for peak in peaks
        for one in windows
        if one.start < peak.end and peak.start < one.end
    ]
    return merged(cut)


def _holidays(today: date, until: date, is_holiday: IsHoliday) -> list[date]:
    days = min((until - today).days, HOLIDAYS_AHEAD.days)
    return [day for n in range(days + 1) if is_holiday(day := today + timedelta(days=n))]
