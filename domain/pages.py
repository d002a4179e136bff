"""Regions and the pages the campaign publishes on."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum, StrEnum, auto
from zoneinfo import ZoneInfo

from domain.errors import NotFound
from domain.lanes import Lane, lane_for, strictest
from domain.people import EVERYWHERE, Actor, Role
from domain.platforms import Platform

BY_RULES = "*"
"""`Page.imprint_rule` of a page whose line the imprint rules give, while none of them holds."""


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
    lane: Lane = Lane.ORDINARY
    """How carefully its texts are decided on; `approvals_needed` follows it."""
    imprint_rule: str = ""
    """Which imprint rule gave the line; empty: the plan's own line, `BY_RULES`: none holds."""
    imprint_from: date | None = None
    imprint_until: date | None = None
    """First and last local day on which that rule gives it; None: open."""
    authority_from: date | None = None
    authority_until: date | None = None
    """Delegated pages: first and last local day of their owner's written authority; None: there is none."""

    def __post_init__(self) -> None:
        # Plans and rows from before there were lanes say it by the number alone: the stricter of the two holds.
        lane = strictest((self.lane, lane_for(self.approvals_needed)))
        object.__setattr__(self, "lane", lane)
        object.__setattr__(self, "approvals_needed", lane.needed)

    @property
    def by_rules(self) -> bool:
        """Whether imprint rules give its line, instead of the plan itself."""
        return self.imprint_rule != ""

    def has_line_on(self, day: date) -> bool:
        """Whether `imprint` is its line on this local day, as far as the page itself knows."""
        if self.imprint_rule == BY_RULES:
            return False
        begun = self.imprint_from is None or self.imprint_from <= day
        return begun and (self.imprint_until is None or day <= self.imprint_until)

    def may_publish_on(self, day: date) -> bool:
        """Whether it is the campaign's own, or its owner's written authority covers this local day (N1.13)."""
        if self.kind is not PageKind.DELEGATED:
            return True
        if self.authority_from is None or self.authority_until is None:
            return False
        return self.authority_from <= day <= self.authority_until

    def in_lane(self, lane: Lane) -> "Page":
        return replace(self, lane=lane, approvals_needed=lane.needed)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def local_day(self, at: datetime) -> date:
        """The page's own calendar day at `at` (aware)."""
        return at.astimezone(self.tz).date()


class PostedBy(Enum):
    """Whose hands a page's posts are in: its keeper's alone, those of people named for it, the volunteers' of its region."""

    KEEPER = auto()
    NAMED = auto()
    VOLUNTEERS = auto()


def posted_by(kind: PageKind, *, named: bool) -> PostedBy:
    """`named`: somebody is. On somebody else's page nobody but its named editors posts."""
    if kind is PageKind.PERSONAL:
        return PostedBy.KEEPER
    return PostedBy.NAMED if named or kind is PageKind.DELEGATED else PostedBy.VOLUNTEERS


def keeper_posts_too(region: str, *, volunteers: bool) -> bool:
    """Beside volunteers: where there are none, and on the campaign's own pages."""
    return region == EVERYWHERE or not volunteers


_HEADQUARTERS = frozenset({Role.OWNER, Role.MANAGER, Role.PRESS_SECRETARY})


def page_key(code: str) -> str:
    """A short stand-in for a page's code: buttons have 64 bytes."""
    return hashlib.sha256(code.encode()).hexdigest()[:8]


def region_by_key(key: str, regions: Iterable[str]) -> str:
    """The region behind a button's short key, or `EVERYWHERE`; raises `NotFound`."""
    if key == EVERYWHERE:
        return key
    found = next((code for code in regions if page_key(code) == key), None)
    if found is None:
        raise NotFound("region")
    return found


def open_to(actor: Actor, pages: Iterable[Page]) -> list[Page]:
    """The pages this author may write for: of their regions, federal ones for headquarters, their own personal one.

    Pages they keep come first, then those of their home, then the other regions, federal ones last;
    within a region by network.
    """
    regions = actor.regions(frozenset(Role)) | {actor.person.region}
    federal = EVERYWHERE in regions or actor.holds(_HEADQUARTERS)
    chosen = [
        page
        for page in pages
        if (page.keeper_id == actor.id)
        or (
            page.kind is not PageKind.PERSONAL
            and (page.region in regions or EVERYWHERE in regions or (federal and page.region == EVERYWHERE))
        )
    ]
    home = actor.person.region
    return sorted(
        chosen,
        key=lambda p: (
            *(p.keeper_id != actor.id, p.region != home, p.region == EVERYWHERE),
            *(p.region, p.platform.order, p.code),
        ),
    )


def region_of(pages: Iterable[Page], home: str) -> str:
    """Whose press secretaries decide: all-region ones for a federal page; else the pages' region, else the author's."""
    regions = {page.region for page in pages}
    if EVERYWHERE in regions:
        return EVERYWHERE
    return regions.pop() if len(regions) == 1 else home
