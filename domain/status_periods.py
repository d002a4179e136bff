"""How a stretch of the campaign went: posts against the norm, answers, growth, promises; beside the stretch before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate

from domain.commitments import CommitmentSummary


class Period(StrEnum):
    """The value travels in buttons. WEEK: seven whole days. MONTH: the calendar month so far. ALL: since the start."""

    TODAY = "d"
    WEEK = "w"
    MONTH = "m"
    ALL = "a"


@dataclass(frozen=True)
class Span:
    """Local days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def spans(period: Period, today: date, starts: date) -> tuple[Span, Span | None]:
    """The stretch and the one it is compared with: as many days before it, a month's the same days of the month before."""
    day = timedelta(days=1)
    if period is Period.TODAY:
        return Span(today, today), Span(today - day, today - day)
    if period is Period.WEEK:
        return Span(today - 7 * day, today - day), Span(today - 14 * day, today - 8 * day)
    if period is Period.MONTH:
        return month_so_far(today)
    return Span(min(starts, today), today), None


def month_so_far(day: date) -> tuple[Span, Span]:
    """From the first of `day`'s month to `day`, and the same days of the month before (all of it at a month's end)."""
    first = day.replace(day=1)
    before = first - timedelta(days=1)
    ended = (day + timedelta(days=1)).month != day.month
    last = before if ended or before.day < day.day else before.replace(day=day.day)
    return Span(first, day), Span(before.replace(day=1), last)


def week_before(today: date) -> tuple[Span, Span]:
    """The last whole week from Monday to Sunday, and the one before it."""
    monday = today - timedelta(days=today.weekday() + 7)
    week = timedelta(days=7)
    end = timedelta(days=6)
    return Span(monday, monday + end), Span(monday - week, monday - week + end)


def month_before(today: date) -> tuple[Span, Span]:
    """The last whole calendar month, and the one before it."""
    return month_so_far(today.replace(day=1) - timedelta(days=1))


@dataclass(frozen=True)
class Tally:
    """Posts of a stretch. `planned`: what the norm wanted; `missed` is known once a day is closed. `ahead`: planned, and not due yet."""

    planned: int = 0
    on_time: int = 0
    late: int = 0
    missed: int = 0
    excused: int = 0
    ahead: int = 0

    @property
    def due(self) -> int:
        """What could have been posted by now."""
        return max(0, self.planned - self.ahead)

    @property
    def posted(self) -> int:
        return self.on_time + self.late

    @property
    def bare(self) -> int:
        """Due, neither posted nor missed by somebody: no text, nobody to post it, or today still late."""
        return max(0, self.due - self.posted - self.missed)

    @property
    def kept(self) -> float | None:
        """Posted of what was due, at most 1; None where nothing was, which is not 0."""
        return min(1.0, self.posted / self.due) if self.due else None

    @property
    def nothing(self) -> bool:
        return not any(getattr(self, one.name) for one in fields(self))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class Deciding:
    """How long decisions took from handing in, in seconds of whole minutes: the middle one and the one that nine in ten do not exceed.

    Without any (`count` 0) both are None. Decisions from before this was recorded are not among them.
    """

    count: int = 0
    median: int | None = None
    ninth: int | None = None


def deciding_of(minutes: Mapping[int, int]) -> Deciding:
    """From how many decisions took so many whole minutes. Of two in the middle it is the lower one."""
    count = sum(minutes.values())
    return Deciding(count, _at(minutes, (count + 1) // 2), _at(minutes, (count * 9 + 9) // 10)) if count else Deciding()


def _at(minutes: Mapping[int, int], place: int) -> int:
    """Seconds of the decision at this place of the order, counted from 1."""
    ordered = sorted(minutes)
    reached = accumulate(minutes[minute] for minute in ordered)
    return next(60 * minute for minute, passed in zip(ordered, reached, strict=True) if passed >= place)


@dataclass(frozen=True)
class Growth:
    """Members and followers that reported pages gained; `pages`: how many reported in the stretch, `all_pages` of how many.

    `gained` None: no page can be compared with an earlier figure.
    """

    pages: int = 0
    all_pages: int = 0
    gained: int | None = None
    last: date | None = None
    """Day of the newest figure in it."""


@dataclass(frozen=True)
class Stretch:
    """What is known of one span. `deciding` and `promised` None: not told of a single page."""

    span: Span
    tally: Tally
    growth: Growth
    deciding: Deciding | None = None
    promised: CommitmentSummary | None = None

    @property
    def nothing(self) -> bool:
        """Whether nothing at all happened in it."""
        told = (self.deciding is not None and self.deciding.count) or (
            self.promised is not None and self.promised.total
        )
        return self.tally.nothing and not self.growth.pages and not told


@dataclass(frozen=True)
class Place:
    """What it is about: a page's code, else a region's ("*": pages of the whole campaign), else all of the reader's."""

    region: str = ""
    page: str = ""


@dataclass(frozen=True)
class PeriodView:
    """`names`: the page, the region, or the reader's regions; empty for the whole campaign. `days`: what the chart shows."""

    now: datetime
    zone: str
    period: Period | None
    """None: a stretch of a summary, which no button names."""
    place: Place
    names: tuple[str, ...]
    here: Stretch
    before: Stretch | None
    days: Mapping[date, Tally] = field(default_factory=dict)


class Trend(StrEnum):
    """How a number stands beside the one before."""

    MORE = "more"
    FEWER = "fewer"
    SAME = "same"


def trend(now: float | None, before: float | None) -> Trend | None:
    """None where one of them is not known: "no data" is not 0."""
    if now is None or before is None:
        return None
    return Trend.MORE if now > before else Trend.FEWER if now < before else Trend.SAME
