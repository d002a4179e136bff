"""Port: what the health of pages is read from; each read is one statement for all pages, or a fixed few."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from domain.people import Person
from domain.plan import EmptyReason
from domain.ports.drafts import ApprovedDraft
from domain.strip import DayCount

Codes = Collection[str] | None
"""Codes of pages; None: all."""


@dataclass(frozen=True)
class Gap:
    """A slot ahead that is empty."""

    page: str
    day: date
    at: datetime
    reason: EmptyReason | None


@dataclass(frozen=True)
class Able:
    """How many people may post: volunteers by region (`EVERYWHERE`: in all), named posters by page, keepers who can be asked.

    Only active people whom Telegram reaches; a page with named posters of whom none can be asked has 0.
    """

    volunteers: Mapping[str, int]
    named: Mapping[str, int]
    keepers: frozenset[int]


class PageReads(Protocol):
    async def days(
        self, since: date, until: date, now: datetime, on_time: timedelta, codes: Codes = None
    ) -> list[DayCount]:
        """By page and local day, since ≤ day ≤ until, as things stand at `now`; to the millisecond."""

    async def gaps(self, now: datetime, codes: Codes = None) -> list[Gap]:
        """Empty slots ahead, urgent ones left out, by moment."""

    async def shelf(self, codes: Codes = None) -> Mapping[str, Sequence[ApprovedDraft]]:
        """By page: what `Drafts.approved_for_page` gives, for all pages at once."""

    async def in_hand(self, codes: Codes = None) -> Mapping[str, int]:
        """By page: texts that wait for a decision."""

    async def able(self, codes: Codes = None) -> Able:
        """Three statements."""

    async def asked_least(self, kind: str, regions: Iterable[str], since: datetime, limit: int) -> list[Person]:
        """Active volunteers of these regions whom Telegram reaches, at most `limit`: those who got fewest notices of `kind`
        since then first, then those longest ago, then by number."""

    async def asked_since(self, kind: str, since: datetime) -> frozenset[int]:
        """Who got a notice of `kind` since then, or is about to."""
