"""Port: the campaign as loaded from a plan: regions, pages, norms, targets, silences."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from domain.lanes import Lane
from domain.norms import Norm
from domain.pages import Page, Region
from domain.silence import Blackout
from domain.targets import Campaign, Target


class CampaignStore(Protocol):
    async def find_campaign(self) -> Campaign | None: ...

    async def regions(self) -> dict[str, Region]:
        """By code, in the order of names."""

    async def pages(self, codes: Iterable[str] | None = None, *, inactive: bool = False) -> dict[str, Page]:
        """By code; active ones only unless asked."""

    async def pages_of(self, region_code: str) -> list[Page]:
        """Active ones of exactly this region, by code; "*": those of the whole campaign."""

    async def get_page(self, code: str) -> Page: ...

    async def set_keeper(self, page: str, person_id: int | None) -> None: ...

    async def set_lane(self, page: str, lane: Lane, seen: Lane) -> bool:
        """False when the page is not in lane `seen` any more."""

    async def posters(self, page: str) -> frozenset[int]:
        """Explicitly named posters; empty means every volunteer of the region."""

    async def set_poster(self, page: str, person_id: int, *, may_post: bool) -> None: ...

    async def norms(self, codes: Iterable[str] | None = None) -> dict[str, Norm]:
        """As they hold: with the campaign's own calendar (see `domain.calendar_days`)."""

    async def targets(self) -> list[Target]:
        """The plan's and those set in chat that are not closed, by their day."""

    async def blackouts(self) -> list[Blackout]: ...

    async def save_campaign(self, campaign: Campaign) -> None: ...

    async def save_regions(self, regions: Iterable[Region]) -> None: ...

    async def remove_regions(self, codes: Iterable[str]) -> None:
        """Only of regions to which nobody and no page belongs."""

    async def save_pages(self, pages: Iterable[Page]) -> None:
        """Insert or update by code; keepers are kept. Pages not named are deactivated by `deactivate_pages`."""

    async def deactivate_pages(self, codes: Iterable[str]) -> None: ...

    async def save_norms(self, norms: Iterable[Norm]) -> None:
        """As a plan says them; what was set in chat is replaced."""

    async def remove_norms(self, pages: Iterable[str]) -> None: ...

    async def save_targets(self, targets: Iterable[Target]) -> None:
        """Replaces the whole list, but for those set in chat."""

    async def save_blackouts(self, blackouts: Iterable[Blackout]) -> None:
        """Replaces the whole list, but for those announced by hand."""

    async def silence(self, region: str, at: datetime) -> Blackout | None:
        """The silence that holds for a region's pages at `at`, over all zones of the region (of every region for `*`)."""
