"""When somebody posts: the hours and days they declared, how much a day, and how long before they want to be reminded."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from domain.errors import Invalid
from domain.norms import Window
from domain.people import Person


@dataclass(frozen=True)
class Availability:
    """What a person declared; the defaults are those of somebody who declared nothing.

    `hours`: on their own clock, empty: all day. `weekdays`: ISO numbers (1 Monday) on which they post. `days_off`: single dates.
    `daily_cap`: None: the campaign's. `lead`: how long before a post they are reminded; None: the page's, else the campaign's.
    `at_night`: they said yes to posts in their quiet hours. `reminders_a_day`: None: the campaign's.
    """

    person_id: int
    hours: tuple[Window, ...] = ()
    weekdays: frozenset[int] = frozenset(range(1, 8))
    days_off: frozenset[date] = frozenset()
    daily_cap: int | None = None
    lead: timedelta | None = None
    at_night: bool = False
    reminders_a_day: int | None = None

    def is_day_off(self, day: date) -> bool:
        """`day` on the person's own clock."""
        return day.isoweekday() not in self.weekdays or day in self.days_off

    def allows(self, person: Person, at: datetime) -> bool:
        """Whether a post may be given to them at `at` (aware): their day, inside their hours, and outside quiet hours unless agreed."""
        local = person.local(at)
        if self.is_day_off(local.date()) or (person.is_quiet(at) and not self.at_night):
            return False
        return _inside(self.hours, local)


@dataclass(frozen=True)
class Passed:
    """What somebody handed on for a day off, and the text its slot had then: should nobody take it, it comes back with it."""

    assignment_id: int
    draft_id: int | None
    draft_version: int | None


def _inside(hours: Collection[Window], local: datetime) -> bool:
    clock = local.time().replace(fold=0)
    return not hours or any(one.start <= clock < one.end for one in hours)


# --- changing them ---------------------------------------------------------------------------------------------------

MIDNIGHT = time(23, 59)
"""The last minute stands for the end of the day: a window lies inside one day."""
MOST_A_DAY = 10
"""Posts or reminders that somebody can ask for a day."""
LONGEST_LEAD = timedelta(hours=12)
FARTHEST_DAY = 60
"""Days ahead in which single days off can be named; a longer time away is an absence."""


@dataclass(eq=False)
class NoWeekday(Invalid):
    """No weekday would be left: that is an absence, not a week."""


@dataclass(eq=False)
class BadAmount(Invalid):
    """A number that cannot be: at most `most`."""

    most: int


@dataclass(eq=False)
class DayPassed(Invalid):
    """A day off that lies in the past."""

    day: date


@dataclass(eq=False)
class DayTooFar(Invalid):
    """A day off more than `days` ahead."""

    days: int


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same hours without overlaps, in order; nothing when they are the whole day."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((_minute(one.start), _end(one.end)) for one in windows):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return () if found == [(0, _DAY)] else tuple(_window(start, end) for start, end in found)


def without(windows: Iterable[Window], gone: Window) -> tuple[Window, ...]:
    """The hours that are left."""
    first, last = _minute(gone.start), _end(gone.end)
    left = []
    for one in windows:
        start, end = _minute(one.start), _end(one.end)
        left += [(a, b) for a, b in ((start, min(end, first)), (max(start, last), end)) if a < b]
    return merged(_window(start, end) for start, end in left)


def holds(windows: Iterable[Window], asked: Window) -> bool:
    """Whether all of `asked` is among them."""
    return any(one.start <= asked.start and _end(asked.end) <= _end(one.end) for one in windows)


def overlaps_quiet(person: Person, windows: Iterable[Window]) -> bool:
    """Whether some of these hours lie in the person's quiet hours."""
    spans = [(_minute(one.start), _end(one.end)) for one in windows]
    start, end = _minute(person.quiet_from), _minute(person.quiet_to)
    quiet = [(start, end)] if start <= end else [(start, _DAY), (0, end)]
    return any(max(a, c) < min(b, d) for a, b in spans for c, d in quiet)


def with_weekday(declared: Availability, weekday: int, *, on: bool) -> Availability:
    """`weekday`: ISO number. Raises `NoWeekday`."""
    days = declared.weekdays | ({weekday} & _WEEK) if on else declared.weekdays - {weekday}
    if not days:
        raise NoWeekday
    return replace(declared, weekdays=days)


def ensure_amount(amount: int | None) -> int | None:
    """Raise `BadAmount` for what nobody can mean."""
    if amount is not None and not 1 <= amount <= MOST_A_DAY:
        raise BadAmount(MOST_A_DAY)
    return amount


def ensure_day(day: date, today: date) -> date:
    """Raise `DayPassed` or `DayTooFar`."""
    if day < today:
        raise DayPassed(day)
    if day > today + timedelta(days=FARTHEST_DAY):
        raise DayTooFar(FARTHEST_DAY)
    return day


_DAY = 24 * 60
_WEEK = frozenset(range(1, 8))


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _end(clock: time) -> int:
    return _DAY if clock == MIDNIGHT else _minute(clock)


def _window(start: int, end: int) -> Window:
    return Window(time(*divmod(start, 60)), MIDNIGHT if end == _DAY else time(*divmod(end, 60)))
