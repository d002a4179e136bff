"""Closing somebody's access at once, opening it again, and leaving; what they had open finds a successor in the same transaction."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import NotFound
from domain.notices import Guarantee, Notice, Priority, card_gone
from domain.people import Actor, Person, PersonStatus
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may
from domain.succession import Choice, Moved
from domain.team import AlreadySuspended, NotSuspended
from domain.two_people import Kind, Wish, asks_two
from domain.usecases import broadcasts, standing, succession, team_lists, two_people
from domain.usecases.team_lists import PeoplePage


@dataclass(frozen=True)
class Closing:
    """How it ended. `wish`: nothing yet, since a second person has to agree."""

    person: Person
    moved: Moved
    successor: str = ""
    wish: Wish | None = None


# -- suspending ---------------------------------------------------------------------------------------------------------------


async def who(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime, rules: PlanRules) -> PeoplePage | None:
    """/suspend: whoever could be meant; without a name it is asked for (None)."""
    ensure_may(actor, Action.SUSPEND)
    if not text:
        await team_lists.ask_name(uow, actor, now=now)
        return None
    return await team_lists.search(uow, actor, text, now=now, rules=rules)


async def look(uow: UnitOfWork, actor: Actor, person_id: int, *, now: datetime) -> Choice:
    """What somebody has open and who could take it over, before their access is closed. Read-only."""
    target = await _target(uow, actor, person_id)
    return await succession.choice(uow, target, now=now)


async def _target(uow: UnitOfWork, actor: Actor, person_id: int) -> Actor:
    found = await standing.member(uow, person_id)
    standing.ensure_manages_member(actor, Action.SUSPEND, found)
    if found.person.status is PersonStatus.SUSPENDED:
        raise AlreadySuspended(found.person.name)
    target = await standing.target(uow, person_id)
    await standing.ensure_owner_stays(uow, target.memberships)
    return target


async def suspend(
    uow: UnitOfWork,
    actor: Actor,
    person_id: int,
    successor_id: int,
    *,
    now: datetime,
    rules: PlanRules,
    two_for: frozenset[Kind] = frozenset(),
) -> Closing:
    """From this transaction on nothing works for them: taps, links, feeds, messages under way. `successor_id` 0: nobody.

    Of somebody who leads, two people may have to decide it.
    """
    target = await _target(uow, actor, person_id)
    successor = await succession.find_successor(uow, target, successor_id, now=now)
    if asks_two(two_for, Kind.SUSPEND_LEADER, frozenset(one.role for one in target.memberships)):
        wish = await two_people.propose(
            uow, actor, Kind.SUSPEND_LEADER, target, successor_id=successor_id or None, now=now
        )
        return Closing(target.person, Moved(), "" if successor is None else successor.person.name, wish)
    return await close(uow, actor, target, successor, now=now, rules=rules)


async def close(
    uow: UnitOfWork, actor: Actor, target: Actor, successor: Actor | None, *, now: datetime, rules: PlanRules
) -> Closing:
    """The deed itself, once it is decided."""
    new = None if successor is None else successor.id
    if not await uow.standing.suspend(target.id, actor.id, new, now):
        raise AlreadySuspended(target.person.name)
    moved = await succession.move(uow, target, successor, by=actor.number, now=now, rules=rules)
    await broadcasts.stop_for(uow, await uow.standing.sending(target.id), actor.number, now=now)
    await lock_out(uow, target, now)
    await uow.outbox.add(_closed(target, now))
    await succession.tell_leaders(uow, "person.suspended", target, moved, successor, [actor.id], now)
    payload = {"successor": new, **moved.as_payload()}
    await _record(uow, actor.number, "person.suspended", target.id, payload, now)
    return Closing(
        replace(target.person, status=PersonStatus.SUSPENDED),
        moved,
        "" if successor is None else successor.person.name,
    )


async def lock_out(uow: UnitOfWork, target: Actor, now: datetime) -> None:
    """Nothing is asked of them any more, and the cards in their chat go away."""
    await uow.expectations.clear(target.id)
    absence = await uow.away.of_person(target.id, now)
    if absence is not None:
        await uow.away.remove(absence.id)
        await uow.tasks.cancel(absence.subject)
    copies = await uow.standing.live_copies(target.id)
    await uow.outbox.add(*(card_gone(copy, target.telegram_id, f"person:{target.id}", now) for copy in copies))


def _closed(target: Actor, now: datetime) -> Notice:
    return Notice(
        kind="person.closed",
        subject=f"person:{target.id}",
        due_at=now,
        dedup_key=f"person.closed:{target.id}:{now.isoformat()}",
        chat_id=target.telegram_id,
        priority=Priority.DECISION,
        params={"person": target.id, "language": target.language},
    )


async def _record(
    uow: UnitOfWork, number: int, action: str, person_id: int, payload: dict[str, object], now: datetime
) -> None:
    await uow.journal.add(at=now, actor=number, action=action, object_=f"person:{person_id}", payload=payload)


# -- opening again ------------------------------------------------------------------------------------------------------------


async def lift(uow: UnitOfWork, actor: Actor, person_id: int, *, now: datetime) -> Person:
    """Their roles hold again; what went to others stays with them."""
    found = await standing.member(uow, person_id)
    standing.ensure_manages_member(actor, Action.SUSPEND, found)
    if not await uow.standing.lift(person_id, actor.id, now):
        raise NotSuspended(found.person.name)
    await uow.outbox.add(
        Notice(
            kind="person.lifted",
            subject=f"person:{person_id}",
            due_at=now,
            dedup_key=f"person.lifted:{person_id}:{now.isoformat()}",
            person_id=person_id,
            guarantee=Guarantee.A,
            priority=Priority.DECISION,
        )
    )
    await _record(uow, actor.number, "person.lifted", person_id, {}, now)
    return await uow.people.get(person_id)


# -- leaving ------------------------------------------------------------------------------------------------------------------


async def look_leaving(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Choice:
    """What the reader has open and who could take it over. Read-only."""
    ensure_may(actor, Action.LEAVE, mine=True)
    await standing.ensure_owner_stays(uow, actor.memberships)
    return await succession.choice(uow, actor, now=now)


async def leave(uow: UnitOfWork, actor: Actor, successor_id: int, *, now: datetime, rules: PlanRules) -> Closing:
    """The actor goes: roles, feeds and notes about them end; what was done stays as history. `successor_id` 0: nobody."""
    ensure_may(actor, Action.LEAVE, mine=True)
    await standing.ensure_owner_stays(uow, actor.memberships)
    successor = await succession.find_successor(uow, actor, successor_id, now=now)
    moved = await succession.move(uow, actor, successor, by=actor.number, now=now, rules=rules, for_good=True)
    await succession.tell_leaders(uow, "person.left", actor, moved, successor, [], now)
    await lock_out(uow, actor, now)
    await uow.people.update(actor.id, status=PersonStatus.LEFT)
    await uow.people.remove_memberships(actor.id)
    for feed in await uow.feeds.of_person(actor.id):
        await uow.feeds.remove(feed.id, actor.id)
    await uow.team.forget_notes(actor.id)
    payload = {"successor": None if successor is None else successor.id, **moved.as_payload()}
    await _record(uow, actor.number, "person.left", actor.id, payload, now)
    return Closing(
        replace(actor.person, status=PersonStatus.LEFT), moved, "" if successor is None else successor.person.name
    )


# -- the account that opens nothing -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shut:
    """Why nothing works. `ask`: whom to talk to, may be empty. `moved`: the person has another account now."""

    ask: str
    moved: bool


async def shut(uow: UnitOfWork, telegram_id: int) -> Shut | None:
    """None: the account belongs to nobody who is here, or to somebody for whom everything works. Read-only."""
    found = await uow.standing.closed(telegram_id)
    return None if found is None else Shut(await whom_to_ask(uow, found.person.id), found.moved)


async def whom_to_ask(uow: UnitOfWork, person_id: int) -> str:
    """The name of somebody who may decide about this person; empty when nobody is there."""
    try:
        found = await standing.member(uow, person_id)
    except NotFound:
        return ""
    able = await standing.managers_of(uow, person_id, found.memberships, found.person.region)
    near = sorted(able, key=lambda one: (one.person.region != found.person.region, one.id))
    return next((one.person.name for one in near if one.person.reachable), "")
