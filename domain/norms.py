"""The agreed publication frequency of a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time


@dataclass(frozen=True)
class Window:
    """Hours of a page's local day in which a publication may open; `start` < `end`, inside one day."""

    start: time
    end: time


@dataclass(frozen=True)
class Norm:
    """`per_weekday`: posts wanted on Monday … Sunday. `gap_minutes`: least time between two posts. `daily_cap`: never more."""

    page: str
    per_weekday: tuple[int, int, int, int, int, int, int]
    windows: tuple[Window, ...]
    gap_minutes: int
    daily_cap: int
    peaks: tuple[Window, ...] = ()
    """Hours that are preferred inside the windows."""
    starts: date | None = None
    ends: date | None = None
    """First and last local day on which posts are wanted; None: open."""
    mix: tuple[tuple[str, int], ...] = ()
    """Rubric code and percent of the page's posts; empty: the campaign's own shares hold."""
    exceptions: Mapping[date, int] = field(default_factory=dict, hash=False)
    """Posts on that local day instead of the weekday's; 0: none."""
    before: "Norm | None" = None
    """What holds until the day before `starts`; None: nothing is wanted until then. It has none of its own."""

    def on(self, day: date) -> "Norm":
        """The norm whose windows, gap and counts hold on `day`."""
        early = self.before is not None and self.starts is not None and day < self.starts
        return self.before if early and self.before is not None else self

    def wanted(self, day: date) -> int:
        """Posts wanted on `day`, never above the cap."""
        norm = self.on(day)
        if (norm.starts is not None and day < norm.starts) or (norm.ends is not None and day > norm.ends):
            return 0
        return min(norm.exceptions.get(day, norm.per_weekday[day.weekday()]), norm.daily_cap)

    def is_excused(self, day: date) -> bool:
        """Whether the calendar takes `day` off a weekday on which posts are usual: it counts as kept."""
        norm = self.on(day)
        return norm.exceptions.get(day) == 0 and norm.per_weekday[day.weekday()] > 0

    def with_exceptions(self, below: Mapping[date, int], above: Mapping[date, int]) -> "Norm":
        """With other days under and over its own: its own win against `below`, `above` against its own."""
        if not below and not above:
            return self
        before = None if self.before is None else self.before.with_exceptions(below, above)
        return replace(self, exceptions={**below, **self.exceptions, **above}, before=before)
