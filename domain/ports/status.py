"""Port: what status summaries read; sums come from the roll-ups."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Protocol

from domain.forecast import History
from domain.status import Kept, Marks, PageWeek, Seen, SilentPage, Slots, Waiting

Regions = frozenset[str]
"""Codes; with `EVERYWHERE` in it: all."""
Within = frozenset[str] | str
"""Regions, or exactly one code: "*" alone is then the pages of the whole campaign."""


class StatusReads(Protocol):
    async def slots_today(self, within: Within, now: datetime) -> dict[str, Slots]:
        """By region; every page on its own local day."""

    async def all_slots_today(self, within: Within, now: datetime) -> Slots:
        """The same, summed."""

    async def slots_of_pages(self, region: str, now: datetime) -> dict[str, Slots]:
        """Today's slots by page of one region."""

    async def empty_today(self, within: Within, now: datetime) -> list[tuple[str, str, datetime]]:
        """Region, page and moment of today's empty slots; every page on its own local day."""

    async def waiting(self, within: Within, now: datetime) -> dict[str, Waiting]:
        """Drafts that wait for a decision, by region."""

    async def kept(self, within: Within, today: date) -> Kept:
        """Of active pages over the last seven whole days."""

    async def weeks(self, within: Within, today: date) -> list[PageWeek]:
        """Active pages over the last seven whole days, as far as anything was planned; the worst first."""

    async def silent(self, within: Within, today: date) -> list[SilentPage]:
        """Active pages without a confirmed figure of the last days, the longest silent first."""

    async def unkept(self, within: Within) -> dict[str, str]:
        """The region of every active page that nobody keeps."""

    async def undecidable(self, within: Within) -> dict[str, int]:
        """By region: active pages whose texts fewer reachable people may approve than their lane takes."""

    async def unreachable(self, within: Within) -> list[tuple[str, str]]:
        """Region and name of active people whom Telegram does not reach."""

    async def histories(self, since: date | None) -> Mapping[str, History]:
        """Confirmed page figures by page and day. `since`: only what a fact, its path and a trend from then on need."""

    async def marks(self, regions: Regions, day: date) -> Marks:
        """Where the counters stand now, posts counted from `day` on."""

    async def changed(self, regions: Regions, marks: Marks) -> tuple[int, int, int]:
        """Posted, approved and joined since these marks."""

    async def seen(self, person_id: int) -> Seen: ...

    async def save_seen(self, person_id: int, seen: Seen) -> None: ...

    async def subscribe(self, person_id: int, **changed: time | bool | None) -> None:
        """By the names of `Seen`: daily_at, weekly_at, monthly_at, pictured."""
