"""Pages: how they keep their norm, who keeps them and who posts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.errors import Invalid, NotFound
from domain.norms import Norm
from domain.notices import Guarantee, Notice, Priority
from domain.page_health import Need, PageHealth, by_need
from domain.pages import Page, PageKind, open_to, page_key
from domain.people import EVERYWHERE, Actor, Person, Role
from domain.plan import AssignmentState, SlotState
from domain.planning import PlanRules, outside_quiet
from domain.ports import UnitOfWork
from domain.ports.plan import Kept, SlotView
from domain.rights import Action, ensure_may, may
from domain.usecases import page_health, staffing
from domain.usecases.imprints import PageImprint, of_page

MANY = 3000
"""Pages of one reader; with more of them, personal ones are left to the lists of their regions."""
AHEAD = 50
"""More slots than a page has ahead: today's and tomorrow's."""


@dataclass(eq=False)
class NotOfRegion(Invalid):
    """The person does not belong to the page's region."""


@dataclass(frozen=True)
class RegionHealth:
    """One region in numbers. `code` may be `EVERYWHERE`. `short`: pages whose texts last for less than two days."""

    code: str
    name: str
    pages: int
    needing: int
    short: int


@dataclass(frozen=True)
class PageList:
    """What /pages shows. `found`: those asked for, who needs help first. `chosen`: the region they are narrowed down to.

    `regions`: all of the reader's, who needs most help first; `pages`, `needing` and `short` count those of `chosen`, or of all.
    """

    found: tuple[PageHealth, ...]
    regions: tuple[RegionHealth, ...]
    chosen: RegionHealth | None = None
    only: bool = False
    left_out: int = 0
    """Personal pages that stand in the lists of their regions alone."""

    @property
    def pages(self) -> int:
        return self.chosen.pages if self.chosen else sum(region.pages for region in self.regions)

    @property
    def needing(self) -> int:
        return self.chosen.needing if self.chosen else sum(region.needing for region in self.regions)

    @property
    def short(self) -> int:
        return self.chosen.short if self.chosen else sum(region.short for region in self.regions)


@dataclass(frozen=True)
class PageCard:
    """Everything about one page. `may_manage`: the reader may set keeper and posters."""

    page: Page
    region: str
    norm: Norm | None
    kept: Kept
    keeper: str | None
    posters: tuple[str, ...]
    """Names; empty: every volunteer of the region."""
    next_slots: tuple[SlotView, ...]
    may_manage: bool
    may_set_lane: bool = False
    may_set_norm: bool = False
    imprint: PageImprint | None = None
    health: PageHealth | None = None
    may_write: bool = False
    """The reader may write texts for it."""


@dataclass(frozen=True)
class Candidates:
    """People who can be chosen for a page, with who is chosen now."""

    page: Page
    people: tuple[Person, ...]
    chosen: frozenset[int]


def _covers(actor: Actor, page: Page) -> bool:
    return page.keeper_id == actor.id or any(m.covers(page.region) for m in actor.memberships)


def _sees(actor: Actor, page: Page) -> bool:
    """How somebody's own page fares is for them and for those who lead, not for other volunteers."""
    mine = page.keeper_id == actor.id
    return (
        mine
        or page.kind is not PageKind.PERSONAL
        or any(m.covers(page.region) and m.role is not Role.VOLUNTEER for m in actor.memberships)
    )


async def list_mine(
    uow: UnitOfWork, actor: Actor, region: str = "", *, only: bool = False, now: datetime, rules: PlanRules
) -> PageList:
    """Pages of the reader's regions, those that need help first (see `domain.page_health.rank`). Read-only.

    `region`: `page_key` of the one wanted, empty: all. `only`: those that need help.
    """
    ensure_may(actor, Action.PAGES_SEE)
    pages = [page for page in (await uow.campaign.pages()).values() if _covers(actor, page) and _sees(actor, page)]
    shown = pages if len(pages) <= MANY else [page for page in pages if _of_list(actor, page, region)]
    known = by_need((await page_health.load(uow, shown, now=now, rules=rules)).values())
    regions = _regions(known, {code: found.name for code, found in (await uow.campaign.regions()).items()})
    chosen = next((one for one in regions if region and page_key(one.code) == region), None)
    found = (one for one in known if chosen is None or one.page.region == chosen.code)
    left_out = len(pages) - len(shown)
    return PageList(tuple(one for one in found if one.needs or not only), regions, chosen, only, left_out)


def _of_list(actor: Actor, page: Page, region: str) -> bool:
    """Where there are very many: personal pages stand in the list of their region alone."""
    return page.kind is not PageKind.PERSONAL or page.keeper_id == actor.id or page_key(page.region) == region


def _regions(known: Iterable[PageHealth], names: Mapping[str, str]) -> tuple[RegionHealth, ...]:
    by_region: dict[str, list[PageHealth]] = defaultdict(list)
    for one in known:
        by_region[one.page.region].append(one)
    made = [
        RegionHealth(
            code,
            names.get(code, EVERYWHERE),
            len(some),
            sum(bool(one.needs) for one in some),
            sum(Need.TEXTS in one.needs for one in some),
        )
        for code, some in by_region.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.needing, one.code == EVERYWHERE, one.name)))


async def _page(uow: UnitOfWork, actor: Actor, key: str) -> Page:
    """The page behind a button's short key; only where the reader has a role."""
    pages = await uow.campaign.pages()
    found = next((page for page in pages.values() if page_key(page.code) == key), None)
    if found is None or not _sees(actor, found):
        raise NotFound("page")
    ensure_may(actor, Action.PAGES_SEE, found.region, mine=found.keeper_id == actor.id)
    return found


async def card(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime, rules: PlanRules) -> PageCard:
    """One page. Read-only."""
    page = await _page(uow, actor, key)
    health = (await page_health.load(uow, [page], now=now, rules=rules))[page.code]
    named = sorted(await uow.campaign.posters(page.code))
    names = await uow.people.names([*named, *([page.keeper_id] if page.keeper_id else [])])
    regions = await uow.campaign.regions()
    return PageCard(
        page=page,
        region=regions[page.region].name if page.region in regions else EVERYWHERE,
        norm=(await uow.campaign.norms([page.code])).get(page.code),
        kept=Kept(health.strip.due, health.strip.posted),
        keeper=names.get(page.keeper_id or 0),
        posters=tuple(names[number] for number in named if number in names),
        next_slots=tuple(await uow.plan.next_slots(page.code, now, 4)),
        may_manage=may(actor, Action.PAGE_MANAGE, page.region),
        may_set_lane=may(actor, Action.LANE_SET, page.region),
        may_set_norm=may(actor, Action.NORM_SET, page.region),
        imprint=await of_page(uow, page, now),
        health=health,
        may_write=bool(open_to(actor, [page])) and may(actor, Action.DRAFT_WRITE),
    )


async def _people(uow: UnitOfWork, page: Page) -> list[Person]:
    """Who can be chosen: the people of the page's region, everybody for a federal page."""
    regions = None if page.region == EVERYWHERE else frozenset({page.region})
    return sorted((member.person for member in await uow.people.team(regions)), key=lambda p: (p.name, p.id))


async def keepers(uow: UnitOfWork, actor: Actor, key: str) -> Candidates:
    """Who could keep the page. Read-only."""
    page = await _page(uow, actor, key)
    ensure_may(actor, Action.PAGE_MANAGE, page.region)
    chosen = frozenset({page.keeper_id} if page.keeper_id else ())
    return Candidates(page, tuple(await _people(uow, page)), chosen)


async def posters(uow: UnitOfWork, actor: Actor, key: str) -> Candidates:
    """Who could post on the page. Read-only."""
    page = await _page(uow, actor, key)
    ensure_may(actor, Action.PAGE_MANAGE, page.region)
    return Candidates(page, tuple(await _people(uow, page)), await uow.campaign.posters(page.code))


async def set_keeper(uow: UnitOfWork, actor: Actor, key: str, person_id: int, *, now: datetime) -> Candidates:
    """Make a person responsible for the page (chosen again: nobody); they are told."""
    before = await keepers(uow, actor, key)
    person = _known(before, person_id)
    new = None if person_id in before.chosen else person_id
    await uow.campaign.set_keeper(before.page.code, new)
    gone = next((p for p in before.people if p.id in before.chosen), None)
    if gone is not None and gone.id != actor.id:
        await uow.outbox.add(_about_keeping("page.keeper.gone", before.page, gone, now))
    if gone is not None and before.page.kind is PageKind.PERSONAL:
        await _take_back(uow, before.page, now)
    if new is not None and new != actor.id:
        await uow.outbox.add(_about_keeping("page.keeper", before.page, person, now))
    await _record(uow, actor, "page.keeper", before.page, {"person": new}, now)
    return Candidates(before.page, before.people, frozenset({new} if new else ()))


async def _take_back(uow: UnitOfWork, page: Page, now: datetime) -> None:
    """Only its keeper posts on a personal page: what the former one had ahead is nobody's now."""
    for view in await uow.plan.next_slots(page.code, now, AHEAD):
        if view.assignment_id is not None and view.slot.state is SlotState.FILLED:
            held = await uow.plan.get_assignment(view.assignment_id)
            await staffing.end(uow, held, AssignmentState.CANCELLED, now)
            await staffing.leave_empty(uow, view.slot, page, now)


def _about_keeping(kind: str, page: Page, person: Person, now: datetime) -> Notice:
    return Notice(
        kind=kind,
        subject=f"page:{page.code}"[:64],
        due_at=outside_quiet(person, now),
        dedup_key=f"{kind}:{page_key(page.code)}:{person.id}:{now.isoformat()}",
        person_id=person.id,
        guarantee=Guarantee.A,
        priority=Priority.DIGEST,
        params={"page": page.code},
    )


async def toggle_poster(uow: UnitOfWork, actor: Actor, key: str, person_id: int, *, now: datetime) -> Candidates:
    """Name a person as a poster of the page, or take the name back; without any, every volunteer of the region posts."""
    before = await posters(uow, actor, key)
    _known(before, person_id)
    may_post = person_id not in before.chosen
    await uow.campaign.set_poster(before.page.code, person_id, may_post=may_post)
    await _record(uow, actor, "page.poster", before.page, {"person": person_id, "may_post": may_post}, now)
    return Candidates(before.page, before.people, before.chosen ^ {person_id})


def _known(candidates: Candidates, person_id: int) -> Person:
    found = next((person for person in candidates.people if person.id == person_id), None)
    if found is None:
        raise NotOfRegion
    return found


async def _record(
    uow: UnitOfWork, actor: Actor, action: str, page: Page, payload: dict[str, object], now: datetime
) -> None:
    await uow.journal.add(at=now, actor=actor.number, action=action, object_=f"page:{page.code}"[:64], payload=payload)
