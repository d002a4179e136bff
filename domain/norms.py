"""The agreed publication frequency of a page."""

from dataclasses import dataclass
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

    def wanted(self, day: date) -> int:
        """Posts wanted on `day`, never above the cap."""
        return min(self.per_weekday[day.weekday()], self.daily_cap)
