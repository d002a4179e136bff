"""Port: ladders of pages, and how many reminders somebody has had."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from domain.ladder import PageLadder
from domain.notices import DueTask
from domain.ports.plan import SlotView
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

    async def alert(self, slot_id: int, now: datetime) -> None:
        """Press secretaries are told that it is late."""

    async def alerted_at(self, slot_id: int) -> datetime | None:
        """When they were told; None: never."""

    async def alerted_between(self, start: datetime, end: datetime) -> list[tuple[SlotView, datetime]]:
        """What they were told of at start ≤ moment < end, by the posts' own moments, with that moment."""

    async def results(self, person_id: int, limit: int) -> list[Result]:
        """How a person's posts ended, the newest first: posted and missed ones only."""

    async def kept(self, region: str, since: date, until: date) -> int:
        """Posts of a region's pages on local days since ≤ day < until; 0 unless all that were wanted came."""
