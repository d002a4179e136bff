"""Who has a slot: given to somebody by name, asked of somebody, or exchanged between two, by hand."""

from dataclasses import dataclass
from datetime import datetime

from domain import day_plan as rules_of
from domain.availability import Availability
from domain.day_plan import Kind, NothingToSwap
from domain.day_plan_people import ASKABLE, Candidate, CannotTake, MayNotPost, candidate, in_order
from domain.pages import Page
from domain.people import Actor
from domain.plan import Slot
from domain.planning import Asked, PlanRules
from domain.ports import UnitOfWork
from domain.ports.day_plan import DayRow
from domain.usecases import day_plan as board
from domain.usecases.day_plan import Sheet, sheet
from domain.usecases.day_plan_apply import Hand, apply
from domain.usecases.day_plan_texts import text_for
from domain.usecases.staffing import Crew


@dataclass(frozen=True)
class Choice:
    """Everybody who posts on the slot's page but for whoever has it; those who can have it first."""

    row: DayRow
    people: tuple[Candidate, ...]


async def _candidates(uow: UnitOfWork, slot: Slot, page: Page, now: datetime, rules: PlanRules) -> list[Candidate]:
    crew = await Crew.load(uow, [page], now, rules)
    people = crew.by_page[page.code]
    declared = await uow.availability.of([person.id for person in people])
    mine = {one.person_id: one for one in await uow.plan.assignments_of(slot.id)}
    found = []
    for person in people:
        theirs = [one for one in crew.asked.get(person.id, ()) if one.slot_id != slot.id]
        if person.id in mine:
            theirs.append(Asked(slot.id, slot.at, mine[person.id].state))
        wish = declared.get(person.id) or Availability(person.id)
        found.append(candidate(person, slot, theirs, wish, crew.away.get(person.id), rules.person_daily_cap, now))
    return found


async def people(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, *, now: datetime, rules: PlanRules
) -> Choice:
    """Read-only."""
    scene = await board.scene(uow, actor, slot_id, version, now)
    holder = scene.standing.holder(slot_id)
    found = await _candidates(uow, scene.slot, scene.page, now, rules)
    others = [one for one in found if holder is None or one.person.id != holder.person_id]
    return Choice(await uow.day_plan.get_row(slot_id), in_order(others))


async def look_at(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, person_id: int, *, now: datetime, rules: PlanRules
) -> tuple[Sheet, Candidate]:
    """Somebody who has to be asked; raises `CannotTake` where that would not help. Read-only."""
    scene = await board.scene(uow, actor, slot_id, version, now)
    found = await _find(uow, scene.slot, scene.page, person_id, now, rules)
    if found.why is not None and found.why not in ASKABLE:
        raise CannotTake(found.person.name, found.why)
    return await sheet(uow, actor, slot_id, now=now), found


async def give(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, person_id: int, *, now: datetime, rules: PlanRules
) -> Sheet:
    """It is theirs; whoever had it is told. An empty slot gets its text too. Outside their hours they have to be asked."""
    scene = await board.scene(uow, actor, slot_id, version, now)
    found = await _find(uow, scene.slot, scene.page, person_id, now, rules)
    if found.why is not None:
        raise CannotTake(found.person.name, found.why)
    after = rules_of.given(scene.standing, slot_id, person_id, await text_for(uow, scene))
    await apply(uow, Hand(actor, Kind.GIVE, slot_id, now, rules), scene.standing, after)
    return await sheet(uow, actor, slot_id, now=now, done=Kind.GIVE)


async def ask(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, person_id: int, *, now: datetime, rules: PlanRules
) -> Sheet:
    """They are asked for their explicit yes; until then it stays where it is."""
    scene = await board.scene(uow, actor, slot_id, version, now)
    found = await _find(uow, scene.slot, scene.page, person_id, now, rules)
    if found.why is not None and found.why not in ASKABLE:
        raise CannotTake(found.person.name, found.why)
    after = rules_of.asked(scene.standing, slot_id, person_id, await text_for(uow, scene))
    await apply(uow, Hand(actor, Kind.ASK, slot_id, now, rules), scene.standing, after)
    return await sheet(uow, actor, slot_id, now=now, done=Kind.ASK)


async def _find(uow: UnitOfWork, slot: Slot, page: Page, person_id: int, now: datetime, rules: PlanRules) -> Candidate:
    for one in await _candidates(uow, slot, page, now, rules):
        if one.person.id == person_id:
            return one
    raise MayNotPost((await uow.people.get(person_id)).name, page.title)


# -- exchanging -------------------------------------------------------------------------------------------------------


async def swap_people(
    uow: UnitOfWork,
    actor: Actor,
    seen: tuple[int, int],
    other: tuple[int, int],
    *,
    now: datetime,
    rules: PlanRules,
) -> Sheet:
    """The people of two filled slots exchange them. `seen`, `other`: id and version."""
    scene = await board.scene(uow, actor, *seen, now, other[0])
    two = scene.standing.slot(other[0])
    await board.ensure_seen(uow, actor, two, other[1])
    mine, theirs = scene.standing.holder(seen[0]), scene.standing.holder(other[0])
    if mine is None or theirs is None or mine.person_id == theirs.person_id:
        raise NothingToSwap
    await _ensure_can(uow, scene.slot, theirs.person_id, two.id, now, rules)
    await _ensure_can(uow, two, mine.person_id, scene.slot.id, now, rules)
    after = rules_of.people_swapped(scene.standing, mine, theirs)
    await apply(uow, Hand(actor, Kind.SWAP_PEOPLE, seen[0], now, rules), scene.standing, after)
    return await sheet(uow, actor, seen[0], now=now, done=Kind.SWAP_PEOPLE)


async def _ensure_can(
    uow: UnitOfWork, slot: Slot, person_id: int, instead: int, now: datetime, rules: PlanRules
) -> None:
    """Somebody may have `slot` instead of the slot `instead`, which counts no longer."""
    page = (await uow.campaign.pages([slot.page], inactive=True))[slot.page]
    crew = await Crew.load(uow, [page], now, rules)
    person = next((one for one in crew.by_page[page.code] if one.id == person_id), None)
    if person is None:
        raise MayNotPost((await uow.people.get(person_id)).name, page.title)
    theirs = [one for one in crew.asked.get(person_id, ()) if one.slot_id != instead]
    declared = await uow.availability.get(person_id)
    found = candidate(person, slot, theirs, declared, crew.away.get(person_id), rules.person_daily_cap, now)
    if found.why is not None:
        raise CannotTake(person.name, found.why)
