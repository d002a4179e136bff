"""The strip of a page: one colour per local day, over the last two weeks."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAYS = 14
WEEK = 7
RECENT = 3
"""A red day so near is "lately"."""


class Colour(StrEnum):
    """KEPT: green. LATE: amber. MISSED: red. EXCUSED and NOTHING (nothing was wanted): grey, and never against a page."""

    KEPT = "kept"
    LATE = "late"
    MISSED = "missed"
    EXCUSED = "excused"
    NOTHING = "nothing"


@dataclass(frozen=True)
class DayCount:
    """The slots of one page on one local `day`; what is extra to the norm (urgent calls, by hand) is left out.

    `kept`: posted in time. `late`: posted later. `missed`: closed without a post, or empty when its moment came. `overdue`: still
    open longer than posting may take. `ahead`: still open, in time. `excused`: taken out with an excuse. `dropped`: taken out
    for a silence, a stop, an authority that ended or a changed norm. `removed`: of the posted ones, taken down by the network.
    """

    page: str
    day: date
    kept: int = 0
    late: int = 0
    missed: int = 0
    overdue: int = 0
    ahead: int = 0
    excused: int = 0
    dropped: int = 0
    removed: int = 0

    @property
    def posted(self) -> int:
        return self.kept + self.late

    @property
    def due(self) -> int:
        """Whose time is over."""
        return self.posted + self.missed + self.overdue

    @property
    def wanted(self) -> int:
        return self.due + self.ahead


def colour(count: DayCount, *, excused: bool = False) -> Colour:
    """The gravest of what happened; `excused`: the page's calendar takes the day off."""
    if count.missed:
        return Colour.MISSED
    if count.late or count.overdue:
        return Colour.LATE
    if count.kept:
        return Colour.KEPT
    return Colour.EXCUSED if excused or count.excused or count.dropped else Colour.NOTHING


@dataclass(frozen=True)
class Strip:
    """`days`: the whole days before `today`, the oldest first. `removed`: posts of these days that the network took down.

    `posted` of `due`: over the last week, today included.
    """

    days: tuple[tuple[date, Colour], ...]
    today: DayCount
    removed: int = 0
    posted: int = 0
    due: int = 0

    @property
    def colours(self) -> tuple[Colour, ...]:
        return tuple(found for _, found in self.days)

    @property
    def counts(self) -> Counter[Colour]:
        return Counter(self.colours)

    @property
    def is_blank(self) -> bool:
        """Nothing was planned there in these days."""
        return all(found is Colour.NOTHING for found in self.colours)

    @property
    def red_lately(self) -> int:
        """Red days among the last few."""
        return self.colours[-RECENT:].count(Colour.MISSED)

    @property
    def behind(self) -> bool:
        """Today something is missed or overdue already."""
        return bool(self.today.missed or self.today.overdue)

    def on(self, wanted: Colour) -> tuple[date, ...]:
        return tuple(day for day, found in self.days if found is wanted)


def strip(
    page: str, counts: Iterable[DayCount], today: date, is_excused: Callable[[date], bool] | None = None
) -> Strip:
    """The strip of `page` before its local `today`, from its counts (of any days; days without one had no slots)."""
    by_day = {count.day: count for count in counts}
    days = [today - timedelta(days=n) for n in range(DAYS, 0, -1)]
    known = [by_day.get(day, DayCount(page, day)) for day in days]
    now = by_day.get(today, DayCount(page, today))
    week = [*known[-(WEEK - 1) :], now]
    return Strip(
        days=tuple((one.day, colour(one, excused=is_excused is not None and is_excused(one.day))) for one in known),
        today=now,
        removed=sum(one.removed for one in known),
        posted=sum(one.posted for one in week),
        due=sum(one.due for one in week),
    )
