"""The campaign's own calendar: days on which pages post less, more or not at all."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.norms import Norm
from domain.people import EVERYWHERE
from domain.typed_dates import DATE, SPAN, BadDate, one_line, read_span
from domain.typed_norm import MOST_POSTS, TooManyPosts

REASON_LIMIT = 100
HOLIDAY = "*"
"""The reason of a public holiday: its words are each reader's."""
LONGEST = 60
"""Days of one entry: a campaign is two months."""


_COUNT = re.compile(r"\s*[:=]\s*(\d{1,2})(?![\w.:])")


class DayState(StrEnum):
    """Only a saved entry counts."""

    OPEN = "open"
    SAVED = "saved"
    DROPPED = "dropped"


@dataclass(frozen=True)
class CalendarDay:
    """From `first` to `last` (local days of each page) `posts` are wanted a day instead of the weekday's.

    `page` set: of this page only. Else of the pages of `region`, or (`EVERYWHERE`) of all; empty: not yet said.
    """

    id: int
    region: str
    page: str | None
    first: date
    last: date
    posts: int
    reason: str
    """`HOLIDAY`, in somebody's words, or empty."""
    by_id: int
    state: DayState = DayState.OPEN
    version: int = 1

    @property
    def subject(self) -> str:
        return f"days:{self.id}"

    def covers(self, region: str, page: str) -> bool:
        return self.page == page if self.page is not None else self.region in {EVERYWHERE, region}

    def days(self) -> Iterable[date]:
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass(eq=False)
class DayGone(Conflict):
    """The entry was taken out of the calendar, saved or changed meanwhile."""


@dataclass(eq=False)
class DaysTooLong(Invalid):
    """`days` in one entry, of `most`."""

    days: int
    most: int


@dataclass(eq=False)
class DaysPast(Invalid):
    """The last day is past already."""

    last: date


@dataclass(frozen=True)
class TypedDays:
    """`posts` None: nothing was said of them."""

    first: date
    last: date
    posts: int | None
    reason: str


def parse(text: str, today: date) -> TypedDays:
    """ "9 мая", "с 1 по 8 января каникулы", "4 Nov: 1 city day". Raises BadDate, DatesCrossed, DaysTooLong, DaysPast, TooManyPosts."""
    whole, low = one_line(text)
    found = re.match(rf"(?:(?:с|со|на|from|on)\s+)?(?P<days>{SPAN}|{DATE})", low)
    if found is None:
        raise BadDate(text.strip())
    first, last = read_span(found["days"], today)
    ensure_days(first, last, today)
    count = _COUNT.match(low, found.end())
    if count and int(count[1]) > MOST_POSTS:
        raise TooManyPosts(int(count[1]), MOST_POSTS)
    rest = whole[count.end() if count else found.end() :]
    return TypedDays(first, last, int(count[1]) if count else None, rest.strip(" ,;:.–—-")[:REASON_LIMIT])


def ensure_days(first: date, last: date, today: date) -> None:
    if last < today:
        raise DaysPast(last)
    days = (last - first).days + 1
    if days > LONGEST:
        raise DaysTooLong(days, LONGEST)


def holiday_spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days that follow each other as one, in order."""
    spans: list[tuple[date, date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def exceptions(entries: Iterable[CalendarDay]) -> dict[date, int]:
    """By day: a region's entries win against everybody's, later ones against earlier."""
    ranked = sorted(entries, key=lambda one: (one.region != EVERYWHERE, one.id))
    return {day: one.posts for one in ranked for day in one.days()}


def with_calendar(
    norms: Mapping[str, Norm], regions: Mapping[str, str], entries: Iterable[CalendarDay]
) -> dict[str, Norm]:
    """Norms as the calendar changes them. A page's own entries win against its norm's exceptions, and those against entries
    of its region or of all. Only saved entries count. `regions`: by page."""
    known = tuple(one for one in entries if one.state == DayState.SAVED)  # by value: rows are read as they lie
    if not known:
        return dict(norms)
    single = {one.page for one in known if one.page is not None}
    shared: dict[str, dict[date, int]] = {}
    made = {}
    for code, norm in norms.items():
        region = regions[code]
        if region not in shared:
            shared[region] = exceptions(one for one in known if one.page is None and one.covers(region, ""))
        own = exceptions(one for one in known if one.page == code) if code in single else {}
        made[code] = norm.with_exceptions(shared[region], own)
    return made
