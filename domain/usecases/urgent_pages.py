"""What an urgent call is put together from: the approved text, how its pages stand, and who posts on them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from domain import urgent as rules
from domain.authority import ensure_authorised
from domain.availability import Availability
from domain.drafts import Draft, DraftState
from domain.halts import HaltHolds
from domain.imprints import ImprintGone
from domain.pages import Page
from domain.people import Actor, Person
from domain.plan import Slot, SlotState
from domain.planning import Asked, PlanRules
from domain.ports import UnitOfWork
from domain.ports.drafts import ApprovedDraft
from domain.ports.urgent import NamedAsk
from domain.recalls import TextRecalled
from domain.rights import Action, ensure_may
from domain.urgent import (
    CallState,
    NotApproved,
    NothingToPost,
    NotSettled,
    NotToday,
    PageFacts,
    Standing,
    UrgentCall,
    UrgentChanged,
    UrgentSilent,
)
from domain.usecases.authority_plan import Owners
from domain.usecases.imprints import Lines
from domain.usecases.publishing import Gate
from domain.usecases.staffing import Crew

_DAY = timedelta(days=1)


async def ready(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, now: datetime) -> Draft:
    """The approved, settled text in exactly this version, on a day on which it may be published."""
    draft = await uow.drafts.get(draft_id)
    ensure_may(actor, Action.URGENT, draft.region)
    if draft.state is not DraftState.APPROVED or draft.version != version:
        raise NotApproved
    if await uow.recalls.is_declared(draft_id):
        raise TextRecalled
    zone = actor.person.zone
    if draft.settled_at is None:
        raise NotSettled(await _settles(uow, draft, now), zone, now)
    if draft.not_before is not None and now < draft.not_before:
        raise NotToday(draft.not_before, zone, now)
    if draft.expires_at is not None and draft.expires_at <= now:
        raise NotToday(None, zone, now)
    return draft


async def _settles(uow: UnitOfWork, draft: Draft, now: datetime) -> datetime:
    """Until when the approval can be undone; a minute from now when its settling is just due."""
    made = [one for one in await uow.drafts.decisions(draft.id) if one.version == draft.version]
    ahead = [one.undo_until for one in made if one.undo_until is not None and one.undo_until > now]
    return max(ahead, default=now + timedelta(minutes=1))


def ensure_preparing(call: UrgentCall, version: int | None) -> None:
    """Raise `UrgentChanged` unless it is still being put together, at the version seen (None: any)."""
    if call.state is not CallState.PREPARING or version not in {None, call.version}:
        raise UrgentChanged


def ensure_open(facts: PageFacts, actor: Actor, now: datetime) -> None:
    """Raise why a page cannot take the text now: a silence with its end, or because it has it."""
    if facts.standing is Standing.SILENT:
        raise UrgentSilent(facts.until, actor.person.zone, now)
    if facts.standing is Standing.HALTED:
        raise HaltHolds(facts.until or now, actor.person.zone, now)
    if facts.standing is Standing.UNLINED:
        ensure_authorised([facts.page], now)
        raise ImprintGone(facts.page.title)
    if facts.standing is not Standing.OPEN:
        raise NothingToPost


async def posters(uow: UnitOfWork, pages: Sequence[Page], now: datetime, plan: PlanRules) -> dict[str, list[Person]]:
    """By page: whoever posts there in the plan, and its keeper; nobody who is away."""
    absent = await uow.away.absent(now)
    crew = await Crew.load(uow, pages, now, plan)
    keepers = {p.id: p for p in await uow.plan.active_people({p.keeper_id for p in pages if p.keeper_id is not None})}
    found = {}
    for page in pages:
        keeper = [keepers[page.keeper_id]] if page.keeper_id in keepers else []
        found[page.code] = [
            person
            for person in {p.id: p for p in (*keeper, *crew.by_page[page.code])}.values()
            if person.id not in absent
        ]
    return found


async def resting(uow: UnitOfWork, people: Iterable[Person], now: datetime) -> frozenset[int]:
    """Who is asked only after a warning: it is night for them, a day off, or an hour at which they do not post."""
    known = {person.id: person for person in people}
    declared = await uow.availability.of(known)
    return frozenset(
        number
        for number, person in known.items()
        if person.is_quiet(now) or not declared.get(number, Availability(number)).allows(person, now)
    )


async def bookings(uow: UnitOfWork, crew: dict[str, list[Person]], now: datetime) -> dict[int, list[Asked]]:
    """What these people were asked for lately."""
    found: dict[int, list[Asked]] = {}
    everybody = sorted({person.id for some in crew.values() for person in some})
    for one in await uow.plan.bookings(everybody, now - 30 * _DAY):
        found.setdefault(one.person_id, []).append(Asked(one.slot_id, one.at, one.state))
    return found


async def page_facts(
    uow: UnitOfWork, call: UrgentCall, draft: Draft, now: datetime, asks: Sequence[NamedAsk]
) -> tuple[PageFacts, ...]:
    """How each page of the text stands."""
    pages = await uow.campaign.pages(draft.pages)
    norms = {code: norm.on(pages[code].local_day(now)) for code, norm in (await uow.campaign.norms(pages)).items()}
    gate = await Gate.load(uow)
    text = ApprovedDraft(draft.id, call.draft_version, now)
    lines = await Lines.load(uow, [text])
    days = {page.local_day(now) + n * _DAY for page in pages.values() for n in (-1, 0, 1)}
    slots = [s for s in await uow.plan.slots_of_pages(pages, days) if s.state in {SlotState.FILLED, SlotState.POSTED}]
    owns = {slot.page: slot for slot in await uow.plan.slots_of_draft(draft.id)}
    found = []
    owners = await Owners.load(uow, pages.values())
    for code, page in pages.items():
        if not owners.allow(page, draft.id):  # its owner stopped this text
            continue
        own = owns.get(code)
        others = [s for s in slots if s.page == code and (own is None or s.id != own.id)]
        today = sum(s.day == page.local_day(now) for s in others)
        silent = gate.silences.hold(page.region, now)
        halt = gate.stopped(page)
        standing = _standing(own, now)
        if standing is Standing.OPEN and (silent or halt):
            standing = Standing.SILENT if silent else Standing.HALTED
        elif standing is Standing.OPEN and not _may_carry(lines, page, text, now):
            standing = Standing.UNLINED
        mine = [one for one in asks if one.ask.page == code]
        found.append(
            PageFacts(
                page=page,
                # A page that has got the text meanwhile drops out by itself; a silence refuses the whole.
                chosen=code in call.pages and standing not in {Standing.POSTED, Standing.UNDERWAY},
                standing=standing,
                until=gate.silences.end(page.region, now) if silent else halt.at if halt else None,
                planned=own if own is not None and own.state is SlotState.FILLED and own.at > now else None,
                excesses=rules.excesses(code, norms.get(code), [s.posted_at or s.at for s in others], today, now),
                asked=tuple(f"{one.name} 🌙" if one.ask.loud else one.name for one in mine),
                people=tuple(one.ask.person_id for one in mine),
            )
        )
    return tuple(found)


def _may_carry(lines: Lines, page: Page, text: ApprovedDraft, now: datetime) -> bool:
    """Its imprint line and, on somebody else's page, their written authority."""
    day = page.local_day(now)
    return page.may_publish_on(day) and lines.allow(page, day, text)


def _standing(own: Slot | None, now: datetime) -> Standing:
    """Somebody whose moment has come may be publishing it this very minute: it is not taken from them."""
    if own is None or (own.state is SlotState.FILLED and own.at > now and own.urgent_id is None):
        return Standing.OPEN
    return Standing.POSTED if own.state is SlotState.POSTED else Standing.UNDERWAY
