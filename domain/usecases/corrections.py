"""Having something corrected about oneself: the name at once, region and the rest by whoever is responsible."""

from dataclasses import dataclass, field
from datetime import datetime

from domain import corrections as rules
from domain.corrections import AlreadyAsked, Correction, CorrectionDecided, CorrectionState, Wish
from domain.errors import Forbidden, NotFound
from domain.notices import Guarantee, Notice, Priority
from domain.pages import Region
from domain.people import EVERYWHERE, Actor, Person, Role
from domain.planning import outside_quiet
from domain.ports import UnitOfWork
from domain.rights import STAFF, Action, ensure_may, may, may_grant
from domain.succession import Estate
from domain.usecases import card_copies, naming, rungs, succession

CARD = "correction"
"""Purpose of the message that asks somebody to decide; it shows who did."""


@dataclass(frozen=True)
class CorrectionView:
    """What is asked, by whom, and where they live now."""

    correction: Correction
    person: Person
    regions: dict[str, Region]
    decided_by: str = ""
    estate: Estate = field(default_factory=Estate)
    """What they have open, while a move to another region waits to be decided."""


# -- alone --------------------------------------------------------------------------------------------------------------------


async def ask_name(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Their next message is their name."""
    ensure_may(actor, Action.SETTINGS, mine=True)
    await uow.expectations.set(actor.id, rules.NAME_QUESTION, f"person:{actor.id}", now=now)


async def change_name(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> str:
    """From now on colleagues see this name, and whoever answers for them is told; `BadName`, `NotAName`, `NameOfColleague`."""
    ensure_may(actor, Action.SETTINGS, mine=True)
    name, before = rules.clean_name(text), actor.person.name
    places = {one.region for one in actor.memberships} or {actor.person.region}
    rules.ensure_own_name(name, before, await naming.colleagues(uow, places, actor.id))
    await uow.expectations.clear(actor.id, rules.NAME_QUESTION)
    if name == before:
        return name
    await uow.people.update(actor.id, name=name)
    subject, payload = f"person:{actor.id}", {"name": name, "before": before}
    await uow.journal.add(at=now, actor=actor.number, action="person.renamed", object_=subject, payload=payload)
    for reader in (await _told(uow, actor, places)).values():
        await uow.outbox.add(_renamed(actor, reader.person, now))
    return name


async def _told(uow: UnitOfWork, actor: Actor, places: set[str]) -> dict[int, Actor]:
    """The coordinators of the regions; of somebody with a rank, or where there is no coordinator, the managers too."""
    found: dict[int, Actor] = {}
    for place in sorted(places):
        near = [] if actor.holds(STAFF) else await uow.people.holders(frozenset({Role.COORDINATOR}), place)
        found |= {one.id: one for one in near} or await succession.responsible(uow, [place])
    found.pop(actor.id, None)
    return found


def _renamed(actor: Actor, reader: Person, now: datetime) -> Notice:
    """Names stand in the details of the journal's entry, which leave with the person."""
    return Notice(
        kind="person.renamed",
        subject=f"person:{actor.id}",
        due_at=outside_quiet(reader, now),
        dedup_key=f"person.renamed:{actor.id}:{reader.id}:{now.isoformat()}",
        person_id=reader.id,
        priority=Priority.DIGEST,
        params={"person": actor.id, "at": now.isoformat()},
    )


# -- with somebody's help -----------------------------------------------------------------------------------------------------


async def regions(uow: UnitOfWork, actor: Actor) -> dict[str, str]:
    """The regions that are not theirs yet, by code. Read-only."""
    ensure_may(actor, Action.SETTINGS, mine=True)
    known = await uow.campaign.regions()
    return {code: region.name for code, region in sorted(known.items()) if code != actor.person.region}


async def ask_region(uow: UnitOfWork, actor: Actor, region: str, *, now: datetime) -> Correction:
    """Whoever answers for the new region is asked; NotFound, `AlreadyAsked`."""
    if region not in await regions(uow, actor):
        raise NotFound("region")
    return await _ask(uow, actor, Wish.REGION, region, [region], now)


async def ask_words(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Their next message says what is wrong."""
    ensure_may(actor, Action.SETTINGS, mine=True)
    await uow.expectations.set(actor.id, rules.WORDS_QUESTION, f"person:{actor.id}", now=now)


async def say_words(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> Correction:
    """It goes to those who answer for their region; `WordsNeeded`, `AlreadyAsked`."""
    ensure_may(actor, Action.SETTINGS, mine=True)
    said = rules.clean_words(text)
    await uow.expectations.clear(actor.id, rules.WORDS_QUESTION)
    places = {one.region for one in actor.memberships} or {actor.person.region}
    return await _ask(uow, actor, Wish.WORDS, said, places, now)


async def _ask(
    uow: UnitOfWork, actor: Actor, wish: Wish, value: str, places: list[str] | set[str], now: datetime
) -> Correction:
    made = await uow.corrections.add(actor.id, wish, value, now)
    if made is None:
        raise AlreadyAsked
    await uow.journal.add(at=now, actor=actor.number, action=f"correction.{wish.value}", object_=made.subject)
    for reader in (await succession.responsible(uow, places)).values():
        if reader.id != actor.id:
            await uow.outbox.add(_notice("correction.asked", made, reader.person, now))
    return made


# -- deciding -----------------------------------------------------------------------------------------------------------------


async def view(uow: UnitOfWork, correction_id: int, *, now: datetime) -> CorrectionView:
    """Read-only."""
    found = await uow.corrections.get(correction_id)
    names = await uow.people.names([found.decided_by] if found.decided_by else [])
    person = await uow.people.get(found.person_id)
    moving = found.wish is Wish.REGION and found.state is CorrectionState.OPEN
    estate = await succession.estate(uow, person.id, now=now) if moving else Estate()
    return CorrectionView(found, person, await uow.campaign.regions(), names.get(found.decided_by or 0, ""), estate)


async def find(uow: UnitOfWork, correction_id: int, *, now: datetime) -> CorrectionView | None:
    """The same; None when it left with whoever asked. Read-only."""
    try:
        return await view(uow, correction_id, now=now)
    except NotFound:
        return None


async def decide(uow: UnitOfWork, actor: Actor, correction_id: int, *, yes: bool, now: datetime) -> CorrectionView:
    """A region moves at once, with the roles held there; `CorrectionDecided` when somebody was faster."""
    asked = await uow.corrections.get(correction_id)
    whose = await uow.people.get(asked.person_id)
    region = asked.value if asked.wish is Wish.REGION else await _somewhere_mine(uow, actor, whose)
    ensure_may(actor, Action.CORRECTION_DECIDE, region)
    if actor.id == whose.id:
        raise Forbidden(Action.CORRECTION_DECIDE.value)
    state = CorrectionState.DONE if yes else CorrectionState.DECLINED
    if not await uow.corrections.settle(asked.id, state, actor.id, now):
        raise CorrectionDecided(asked.state)
    if yes and asked.wish is Wish.REGION:
        await _move(uow, actor, whose, asked.value, await uow.campaign.regions(), now)
    await uow.journal.add(at=now, actor=actor.number, action=f"correction.{state.value}", object_=asked.subject)
    await uow.outbox.add(_notice("correction.settled", asked, whose, now))
    params = {"correction": asked.id}
    await card_copies.redraw(uow, asked.subject, "correction.redraw", state, now, params, purpose=CARD)
    return await view(uow, correction_id, now=now)


async def _somewhere_mine(uow: UnitOfWork, actor: Actor, whose: Person) -> str:
    """One of the person's regions that the actor answers for; their home otherwise."""
    target = await uow.people.find_actor_by_person(whose.id)
    places = [] if target is None else [one.region for one in target.memberships]
    return next((place for place in places if may(actor, Action.CORRECTION_DECIDE, place)), whose.region)


async def _move(
    uow: UnitOfWork, actor: Actor, whose: Person, region: str, known: dict[str, Region], now: datetime
) -> None:
    """Only who could have brought them in there as what they are may move them there."""
    target = await uow.people.find_actor_by_person(whose.id)
    if target is None or region not in known:
        raise NotFound("person" if target is None else "region")
    held = [one for one in target.memberships if one.region == whose.region != EVERYWHERE]
    if not all(may_grant(actor, one.role, region) for one in held):
        raise Forbidden(Action.CORRECTION_DECIDE.value)
    before = known.get(whose.region)
    zone = known[region].zone if before is None or whose.zone == before.zone else whose.zone
    await uow.corrections.move(whose.id, region, zone)
    await rungs.retime_person(uow, whose.id, now)


def _notice(kind: str, asked: Correction, reader: Person, now: datetime) -> Notice:
    return Notice(
        kind=kind,
        subject=asked.subject,
        due_at=outside_quiet(reader, now),
        dedup_key=f"{kind}:{asked.id}:{reader.id}",
        person_id=reader.id,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"correction": asked.id},
    )
