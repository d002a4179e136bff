"""The health of many pages at once: strips, runways, who could post. Read-only; a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from domain import planning
from domain.norms import Norm
from domain.page_health import PageHealth
from domain.pages import Page, PostedBy, keeper_posts_too, posted_by
from domain.people import EVERYWHERE
from domain.plan import EmptyReason
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.drafts import ApprovedDraft
from domain.ports.page_health import Able, Gap
from domain.runway import HORIZON, Runway, runway
from domain.strip import DAYS, DayCount, strip
from domain.targets import Campaign
from domain.usecases.authority_plan import Owners
from domain.usecases.evergreen import Resting
from domain.usecases.imprints import Lines
from domain.usecases.silences import Silences

_DAY = timedelta(days=1)
_NAMED_ONE_BY_ONE = 5000
"""With more pages than this everything is read and sorted here: naming them all costs more."""


async def load(uow: UnitOfWork, pages: Collection[Page], *, now: datetime, rules: PlanRules) -> dict[str, PageHealth]:
    """By code, as things stand at `now`. Read-only."""
    if not pages:
        return {}
    codes = {page.code for page in pages} if len(pages) <= _NAMED_ONE_BY_ONE else None
    counts: dict[str, list[DayCount]] = defaultdict(list)
    since, until = now.date() - (DAYS + 1) * _DAY, now.date() + (HORIZON + 1) * _DAY
    for count in await uow.page_health.days(since, until, now, rules.on_time, codes):
        counts[count.page].append(count)
    gaps: dict[str, list[Gap]] = defaultdict(list)
    for gap in await uow.page_health.gaps(now, codes):
        gaps[gap.page].append(gap)
    norms = await uow.campaign.norms(codes)
    able = await uow.page_health.able(codes)
    shelf = await Shelf.load(uow, pages, codes)
    ahead = Ahead(await uow.campaign.find_campaign(), await Silences.load(uow), now)
    return {
        page.code: _health(page, norms.get(page.code), counts[page.code], gaps[page.code], able, shelf, ahead)
        for page in pages
    }


def _health(
    page: Page,
    norm: Norm | None,
    counts: Sequence[DayCount],
    gaps: Sequence[Gap],
    able: Able,
    shelf: "Shelf",
    ahead: "Ahead",
) -> PageHealth:
    today = page.local_day(ahead.now)
    soon = [gap for gap in gaps if gap.day <= today + _DAY]
    return PageHealth(
        page=page,
        strip=strip(page.code, counts, today, None if norm is None else norm.is_excused),
        runway=None if norm is None else _runway(page, norm, counts, gaps, shelf, ahead),
        posters=posters(page, able),
        unposted=sum(gap.reason is EmptyReason.NO_PERSON for gap in soon),
    )


def posters(page: Page, able: Able) -> int:
    """How many people may be asked to post there; see `staffing.Crew.load`."""
    keeper = page.keeper_id in able.keepers
    match posted_by(page.kind, named=page.code in able.named):
        case PostedBy.KEEPER:
            return int(keeper)
        case PostedBy.NAMED:
            return able.named.get(page.code, 0)
        case PostedBy.VOLUNTEERS:
            many = sum(able.volunteers.get(region, 0) for region in {page.region, EVERYWHERE})
            return many + int(keeper and keeper_posts_too(page.region, volunteers=many > 0))


# -- texts ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shelf:
    """The approved texts of many pages, with what decides whether one may stand on a page."""

    fresh: Mapping[str, Sequence[ApprovedDraft]]
    resting: Mapping[str, Sequence[ApprovedDraft]]
    lines: Lines
    owners: Owners

    @classmethod
    async def load(cls, uow: UnitOfWork, pages: Collection[Page], codes: Collection[str] | None) -> "Shelf":
        fresh = await uow.page_health.shelf(codes)
        resting = (await Resting.load(uow, pages)).by_page
        return cls(
            fresh,
            resting,
            await Lines.load(uow, chain(*fresh.values(), *resting.values())),
            await Owners.load(uow, pages),
        )

    def allow(self, page: Page, text: ApprovedDraft, at: datetime) -> bool:
        """Approved with the line that the page carries on that day, and not stopped by the page's owner."""
        return self.owners.allow(page, text.draft_id) and self.lines.allow(page, page.local_day(at), text)


@dataclass(frozen=True)
class Ahead:
    """What decides which moments of the coming days are wanted at all."""

    campaign: Campaign | None
    silences: Silences
    now: datetime

    def moments(self, page: Page, norm: Norm, day: date) -> list[datetime]:
        """What the planner would ask for on a day that has no slots yet."""
        within = self.campaign is None or self.campaign.starts <= day <= self.campaign.ends
        if not within or not page.may_publish_on(day):
            return []
        return [
            at
            for at in planning.moments(norm, day, page.zone)
            if at > self.now and not self.silences.hold(page.region, at)
        ]


def _runway(
    page: Page, norm: Norm, counts: Iterable[DayCount], gaps: Iterable[Gap], shelf: Shelf, ahead: Ahead
) -> Runway:
    fresh, evergreen = shelf.fresh.get(page.code, ()), shelf.resting.get(page.code, ())
    planned = {count.day: count for count in counts if count.wanted or count.excused}
    empty: dict[date, list[datetime]] = defaultdict(list)
    for gap in gaps:
        empty[gap.day].append(gap.at)
    needs: list[list[datetime]] = []
    wants, asked, bare = False, 0, False
    for day in (page.local_day(ahead.now) + n * _DAY for n in range(HORIZON)):
        needs.append(empty[day] if day in planned else ahead.moments(page, norm, day))
        asked += len(needs[-1])
        open_ = planned[day].ahead if day in planned else len(needs[-1])
        if open_ and not wants:
            wants, bare = True, len(needs) > 1 and open_ == len(needs[-1])
        if asked > len(fresh) + len(evergreen):  # the texts end here, whichever way they are given out
            break
    return runway(needs, fresh, evergreen, lambda text, at: shelf.allow(page, text, at), wants=wants, bare=bare)
