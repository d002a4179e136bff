"""Pages: how they keep their norm, who keeps them and who posts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Invalid, NotFound
from domain.norms import Norm
from domain.notices import Guarantee, Notice, Priority
from domain.pages import Page, PageKind, page_key
from domain.people import EVERYWHERE, Actor, Person
from domain.plan import AssignmentState, SlotState
from domain.planning import outside_quiet
from domain.ports import UnitOfWork
from domain.ports.plan import Kept, SlotView
from domain.rights import Action, ensure_may, may
from domain.usecases import staffing
from domain.usecases.imprints import PageImprint, of_page

WEEK = timedelta(days=7)
AHEAD = 50
"""More slots than a page has ahead: today's and tomorrow's."""


@dataclass(eq=False)
class NotOfRegion(Invalid):
    """The person does not belong to the page's region."""


@dataclass(frozen=True)
class PageLine:
    page: Page
    kept: Kept

    @property
    def below(self) -> bool:
        return self.kept.posted < self.kept.due


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
    imprint: PageImprint | None = None


@dataclass(frozen=True)
class Candidates:
    """People who can be chosen for a page, with who is chosen now."""

    page: Page
    people: tuple[Person, ...]
    chosen: frozenset[int]


def _covers(actor: Actor, page: Page) -> bool:
    return page.keeper_id == actor.id or any(m.covers(page.region) for m in actor.memberships)


async def list_mine(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[PageLine]:
    """Pages of the reader's regions over the last seven days; those that need help first. Read-only."""
    ensure_may(actor, Action.PAGES_SEE)
    pages = [page for page in (await uow.campaign.pages()).values() if _covers(actor, page)]
    kept = await uow.plan.kept((now - WEEK).date(), now)
    lines = [PageLine(page, kept.get(page.code, Kept(0, 0))) for page in pages]
    return sorted(lines, key=_order)


def _order(line: PageLine) -> tuple[int, bool, str, int, str]:
    page = line.page
    return line.kept.posted - line.kept.due, page.region == EVERYWHERE, page.region, page.platform.order, page.title


async def _page(uow: UnitOfWork, actor: Actor, key: str) -> Page:
    """The page behind a button's short key; only where the reader has a role."""
    pages = await uow.campaign.pages()
    found = next((page for page in pages.values() if page_key(page.code) == key), None)
    if found is None:
        raise NotFound("page")
    ensure_may(actor, Action.PAGES_SEE, found.region, mine=found.keeper_id == actor.id)
    return found


async def card(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime) -> PageCard:
    """One page. Read-only."""
    page = await _page(uow, actor, key)
    kept = await uow.plan.kept((now - WEEK).date(), now)
    named = sorted(await uow.campaign.posters(page.code))
    names = await uow.people.names([*named, *([page.keeper_id] if page.keeper_id else [])])
    regions = await uow.campaign.regions()
    return PageCard(
        page=page,
        region=regions[page.region].name if page.region in regions else EVERYWHERE,
        norm=(await uow.campaign.norms([page.code])).get(page.code),
        kept=kept.get(page.code, Kept(0, 0)),
        keeper=names.get(page.keeper_id or 0),
        posters=tuple(names[number] for number in named if number in names),
        next_slots=tuple(await uow.plan.next_slots(page.code, now, 4)),
        may_manage=may(actor, Action.PAGE_MANAGE, page.region),
        may_set_lane=may(actor, Action.LANE_SET, page.region),
        imprint=await of_page(uow, page, now),
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
