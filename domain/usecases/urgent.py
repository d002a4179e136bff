"""An approved text is marked urgent: for which pages, who is asked, how long they have, and what it would exceed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from domain import urgent as rules
from domain.drafts import Draft
from domain.errors import NotFound
from domain.pages import Page, page_key
from domain.people import Actor
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.urgent import ApprovedText, RunningCall
from domain.rights import DECIDERS, Action, ensure_may
from domain.urgent import (
    AT_ONCE,
    NOTE_LIMIT,
    CallState,
    Candidate,
    NoPageChosen,
    NothingToPost,
    PageFacts,
    PageProgress,
    Standing,
    UrgentCall,
    Why,
)
from domain.usecases import urgent_card, urgent_pages

QUESTION = "urgent.reason"
"""The expectation: the next message says why `urgent:N` exceeds a norm."""
FRESH = timedelta(days=14)
"""Older texts are not listed as possibly urgent."""
PER_PAGE = 6
_REFUSED = frozenset({Standing.SILENT, Standing.HALTED, Standing.UNLINED})
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class View:
    """A call before its reader. `pages` while it is prepared, `progress` from then on."""

    call: UrgentCall
    text: str
    pages: tuple[PageFacts, ...] = ()
    progress: tuple[PageProgress, ...] = ()

    @property
    def chosen(self) -> tuple[PageFacts, ...]:
        return tuple(facts for facts in self.pages if facts.chosen)

    @property
    def excesses(self) -> tuple[rules.Excess, ...]:
        return tuple(excess for facts in self.chosen for excess in facts.excesses)

    @property
    def covered(self) -> bool:
        """Whether the reason given answers for everything that would be exceeded."""
        return {excess.key for excess in self.excesses} <= set(self.call.over)


@dataclass(frozen=True)
class PeopleView:
    """Who can be asked for one page."""

    view: View
    page: Page
    people: tuple[Candidate, ...]


@dataclass(frozen=True)
class Listing:
    """/urgent: what is on its way, and what could be."""

    running: tuple[RunningCall, ...]
    texts: tuple[ApprovedText, ...]
    many: int
    page: int


# --- reading ---------------------------------------------------------------------------------------------------------


async def listing(uow: UnitOfWork, actor: Actor, page: int = 0, *, now: datetime) -> Listing:
    """/urgent. Read-only."""
    ensure_may(actor, Action.URGENT)
    regions = actor.regions(DECIDERS)
    texts, many = await uow.urgent.approved(regions, now - FRESH, PER_PAGE, page * PER_PAGE, now=now)
    running = await uow.urgent.running(regions, now - urgent_card.RUNNING)
    return Listing(tuple(running), tuple(texts), many, page)


async def view(uow: UnitOfWork, actor: Actor, call_id: int, *, now: datetime) -> View:
    """As it stands. Read-only."""
    call = await uow.urgent.get(call_id)
    draft = await uow.drafts.get(call.draft_id)
    ensure_may(actor, Action.URGENT, draft.region)
    if call.state is CallState.PREPARING:
        return await _view(uow, call, draft, now)
    text, _ = await uow.drafts.content(call.draft_id, call.draft_version)
    return View(call, text, progress=await urgent_card.progress(uow, call))


async def people(
    uow: UnitOfWork, actor: Actor, call_id: int, key: str, *, now: datetime, plan: PlanRules
) -> PeopleView:
    """Who can be asked for one of its pages. Read-only."""
    shown = await view(uow, actor, call_id, now=now)
    urgent_pages.ensure_preparing(shown.call, None)
    return await _people_of(uow, shown, key, now, plan)


async def _people_of(uow: UnitOfWork, shown: View, key: str, now: datetime, plan: PlanRules) -> PeopleView:
    page = page_of(shown, key).page
    chosen = [one.ask.person_id for one in await uow.urgent.asks(shown.call.id, page.code)]
    crew = await urgent_pages.posters(uow, [page], now, plan)
    ordered = rules.ranked(crew[page.code], await urgent_pages.bookings(uow, crew, now), now, cap=plan.person_daily_cap)
    return PeopleView(shown, page, rules.candidates(ordered, await urgent_pages.resting(uow, ordered, now), chosen))


def page_of(shown: View, key: str) -> PageFacts:
    """The page of a button; NotFound when the text is not meant for it (any more)."""
    facts = next((facts for facts in shown.pages if page_key(facts.page.code) == key), None)
    if facts is None:
        raise NotFound("page")
    return facts


# --- putting together ------------------------------------------------------------------------------------------------


async def mark(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, *, now: datetime, plan: PlanRules, minutes: int
) -> View:
    """[Urgent]: every page that can take it is chosen, and for each the fairest few who are awake."""
    draft = await urgent_pages.ready(uow, actor, draft_id, version, now)
    found = await uow.urgent.find_preparing(actor.id, draft_id, version)
    if found is not None:
        return await _view(uow, found, draft, now)
    call = await uow.urgent.add(
        draft_id=draft_id, draft_version=version, started_by=actor.id, pages=(), minutes=minutes, now=now
    )
    facts = (await _view(uow, call, draft, now)).pages
    if all(one.standing in {Standing.POSTED, Standing.UNDERWAY} for one in facts):
        raise NothingToPost
    open_ = [one.page for one in facts if one.standing is Standing.OPEN]
    if not open_:
        urgent_pages.ensure_open(next(one for one in facts if one.standing in _REFUSED), actor, now)
    staffed = await _propose(uow, call, open_, now, plan)
    return await _view(uow, await uow.urgent.save(replace(call, pages=staffed)), draft, now)


async def _propose(
    uow: UnitOfWork, call: UrgentCall, pages: Sequence[Page], now: datetime, plan: PlanRules
) -> tuple[str, ...]:
    """Choose people for each page, spread over the pages; returns the pages for which there is somebody."""
    crew = await urgent_pages.posters(uow, pages, now, plan)
    known = await urgent_pages.bookings(uow, crew, now)
    asleep = await urgent_pages.resting(uow, chain(*crew.values()), now)
    taken: list[int] = []
    staffed = []
    for page in pages:
        awake = [person for person in crew[page.code] if person.id not in asleep]
        chosen = [p.id for p in rules.ranked(awake, known, now, cap=plan.person_daily_cap, taken=taken)][:AT_ONCE]
        if chosen:
            await uow.urgent.choose(call.id, page.code, chosen)
            taken += chosen
            staffed.append(page.code)
    return tuple(staffed)


async def toggle_page(
    uow: UnitOfWork, actor: Actor, call_id: int, version: int, key: str, *, now: datetime, plan: PlanRules
) -> View:
    """To this page or not. A silent page is refused with the silence's end, one that has the text is left alone."""
    shown = await _preparing(uow, actor, call_id, version, now)
    facts = page_of(shown, key)
    call, code = shown.call, facts.page.code
    if facts.chosen:
        return await _changed(uow, replace(call, pages=tuple(p for p in call.pages if p != code)), now)
    urgent_pages.ensure_open(facts, actor, now)
    if not facts.asked:
        await _propose(uow, call, [facts.page], now, plan)
    return await _changed(uow, replace(call, pages=(*call.pages, code)), now)


async def toggle_person(
    uow: UnitOfWork,
    actor: Actor,
    call_id: int,
    version: int,
    key: str,
    person_id: int,
    *,
    warned: bool = False,
    now: datetime,
    plan: PlanRules,
) -> tuple[PeopleView, Candidate | None]:
    """Ask them or not. Somebody asleep is not chosen before a warning: then the second value says who it is."""
    shown = await _preparing(uow, actor, call_id, version, now)
    offered = await _people_of(uow, shown, key, now, plan)
    one = next((c for c in offered.people if c.person.id == person_id), None)
    if one is None:
        raise NotFound("person")
    if one.quiet and not one.chosen and not warned:
        return offered, one
    if one.chosen:
        await uow.urgent.unchoose(call_id, offered.page.code, person_id)
    else:
        await uow.urgent.choose(call_id, offered.page.code, [person_id], loud=one.quiet)
    after = await _changed(uow, shown.call, now)
    return await _people_of(uow, after, key, now, plan), None


async def set_minutes(
    uow: UnitOfWork, actor: Actor, call_id: int, version: int, minutes: int, *, now: datetime
) -> View:
    """How long people have to answer."""
    shown = await _preparing(uow, actor, call_id, version, now)
    if not 0 < minutes <= 24 * 60:
        raise NotFound("button")
    return await _changed(uow, replace(shown.call, minutes=minutes), now)


async def give_reason(
    uow: UnitOfWork, actor: Actor, call_id: int, version: int, why: Why, note: str = "", *, now: datetime
) -> View:
    """Why what is exceeded now is exceeded; for anything more it is asked again."""
    shown = await _preparing(uow, actor, call_id, version, now)
    await uow.expectations.clear(actor.id, QUESTION)
    over = tuple(excess.key for excess in shown.excesses)
    return await _changed(uow, replace(shown.call, over=over, why=why, note=note.strip()[:NOTE_LIMIT]), now)


async def ask_reason(uow: UnitOfWork, actor: Actor, call_id: int, version: int, *, now: datetime) -> View:
    """[In my own words]: the next message is the reason."""
    shown = await _preparing(uow, actor, call_id, version, now)
    await uow.expectations.set(actor.id, QUESTION, shown.call.subject, version=version, now=now)
    return shown


async def drop(uow: UnitOfWork, actor: Actor, call_id: int, version: int, *, now: datetime) -> None:
    """It is not sent after all."""
    shown = await _preparing(uow, actor, call_id, version, now)
    await uow.urgent.save(replace(shown.call, state=CallState.DROPPED))
    await uow.expectations.clear(actor.id, QUESTION)


async def look(uow: UnitOfWork, actor: Actor, call_id: int, version: int, *, now: datetime) -> View:
    """What would be sent, before the last tap. Read-only."""
    shown = await _preparing(uow, actor, call_id, version, now)
    if not shown.chosen:
        raise NoPageChosen
    return shown


# --- inside ------------------------------------------------------------------------------------------------------------


async def _preparing(uow: UnitOfWork, actor: Actor, call_id: int, version: int, now: datetime) -> View:
    shown = await view(uow, actor, call_id, now=now)
    urgent_pages.ensure_preparing(shown.call, version)
    return shown


async def _changed(uow: UnitOfWork, call: UrgentCall, now: datetime) -> View:
    saved = await uow.urgent.save(call)
    return await _view(uow, saved, await uow.drafts.get(saved.draft_id), now)


async def _view(uow: UnitOfWork, call: UrgentCall, draft: Draft, now: datetime) -> View:
    pages = await urgent_pages.page_facts(uow, call, draft, now, await uow.urgent.asks(call.id))
    text, _ = await uow.drafts.content(call.draft_id, call.draft_version)
    return View(call, text, pages)
