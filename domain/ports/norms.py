"""Port: norms set in chat, and the campaign's own calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.calendar_days import CalendarDay
from domain.norm_settings import NormSetting
from domain.norms import Norm


@dataclass(frozen=True)
class OwnNorm:
    """A page's norm without the calendar. `by_hand`: set in chat; then `planned` is what the plan said of the page."""

    norm: Norm
    version: int
    by_hand: bool
    planned: Norm | None


class Norms(Protocol):
    async def own(self, codes: Iterable[str] | None = None) -> dict[str, OwnNorm]:
        """By page, without the calendar."""

    async def set_by_hand(self, norm: Norm, seen: int) -> bool:
        """Store it as set in chat; False unless the page's norm is at version `seen` (0: there is none)."""

    async def begin(self, person_id: int, norm: Norm, seen: int, *, at_once: bool, now: datetime) -> NormSetting:
        """A norm being set; the person's other open one is dropped."""

    async def get_setting(self, setting_id: int) -> NormSetting:
        """Raises NotFound."""

    async def save_setting(self, changed: NormSetting) -> NormSetting:
        """Save with its version as the seen one; returns it with the next, or raises NormSettingChanged."""

    async def calendar(self, since: date) -> list[CalendarDay]:
        """Saved entries that end on `since` or later, by their first day."""

    async def get_day(self, day_id: int) -> CalendarDay:
        """Raises DayGone."""

    async def add_day(self, new: CalendarDay) -> CalendarDay:
        """Its id is given here."""

    async def save_day(self, changed: CalendarDay) -> CalendarDay:
        """Save with its version as the seen one; returns it with the next, or raises DayGone."""
