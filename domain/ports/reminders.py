"""Port: ladders of pages, and how many reminders somebody has had."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from domain.ladder import PageLadder
from domain.notices import DueTask
from domain.praise import Result


class Reminders(Protocol):
    async def ladder(self, page: str) -> PageLadder:
        """A page's own; one that says nothing when it has none."""

    async def ladders(self, pages: Iterable[str] | None = None) -> Mapping[str, PageLadder]:
        """Those of these pages (None: all) that have one."""

    async def save(self, ladder: PageLadder) -> PageLadder:
        """Save with `ladder.version` as the seen one; returns it with the next version, or raises LadderChanged."""

    async def rows(self, slots: Iterable[int]) -> Mapping[int, DueTask]:
        """The open next step of each of these slots, as far as there is one."""

    async def told(self, person_id: int, day: date) -> int:
        """How many reminders a person has had on a day of theirs."""

    async def count(self, person_id: int, day: date) -> None:
        """One more."""

    async def results(self, person_id: int, limit: int) -> list[Result]:
        """How a person's posts ended, the newest first: posted and missed ones only."""

    async def kept(self, region: str, since: date, until: date) -> int:
        """Posts of a region's pages on local days since ≤ day < until; 0 unless all that were wanted came."""
