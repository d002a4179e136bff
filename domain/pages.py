"""Regions and the pages the campaign publishes on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.platforms import Platform


class PageKind(StrEnum):
    """Whose page it is; decides who posts on it and whether a text may be shared (H6)."""

    OFFICIAL = "official"
    GROUP = "group"
    DELEGATED = "delegated"
    PERSONAL = "personal"


@dataclass(frozen=True)
class Region:
    """`zones`: every IANA zone of the region (a silence holds if any of them is inside); `zone`: the default."""

    code: str
    name: str
    zone: str
    zones: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """`region` is a code or `EVERYWHERE`. `keeper_id`: the person responsible. `addresses`: how links show it."""

    code: str
    platform: Platform
    kind: PageKind
    title: str
    region: str
    zone: str
    addresses: tuple[str, ...]
    imprint: str
    approvals_needed: int
    keeper_id: int | None
    active: bool

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def local_day(self, at: datetime) -> date:
        """The page's own calendar day at `at` (aware)."""
        return at.astimezone(self.tz).date()
