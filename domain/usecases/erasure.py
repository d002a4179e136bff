"""Erasing a person: what they had open finds its way first, then their identity and their words leave."""

from datetime import datetime

from domain import privacy
from domain.drafts import DraftState
from domain.errors import NotFound
from domain.people import Actor, Person, Stranger
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.privacy import NOBODY, Erased
from domain.succession import Moved
from domain.two_people import Kind, Wish, asks_two
from domain.usecases import account_move, my_data, my_drafts, standing, succession, succession_calls, two_people
from domain.usecases.my_data import Visitor


async def erase_me(uow: UnitOfWork, visitor: Visitor, asked_at: datetime, *, now: datetime, rules: PlanRules) -> Erased:
    """Their own wish, whether they still take part or have left; `ButtonTooOld`, `LastOwner`."""
    privacy.ensure_fresh(asked_at, now)
    person = await my_data.ensure_own(uow, visitor)
    return await _erase(uow, person.id, "self", now, rules)


async def find(uow: UnitOfWork, whom: str) -> Person:
    """By number, by @name or by "telegram:ID"; NotFound. Read-only."""
    person = None
    if whom.isdecimal():
        person = await uow.people.get(int(whom))
    elif whom.removeprefix("telegram:").isdecimal():
        person = await uow.people.find_person(int(whom.removeprefix("telegram:")))
    elif whom.startswith("@"):
        named = await uow.erasures.named(whom[1:])
        person = await uow.people.get(named) if named is not None else None
    if person is None or person.name == NOBODY:
        raise NotFound("person")
    return person


async def erase(uow: UnitOfWork, person_id: int, *, now: datetime, rules: PlanRules) -> Erased:
    """By the operator, who has been asked for it; `LastOwner`."""
    return await _erase(uow, person_id, "operator", now, rules)


async def order(
    uow: UnitOfWork, person_id: int, *, now: datetime, rules: PlanRules, two_for: frozenset[Kind]
) -> Erased | Wish:
    """The same at once, or a proposal that somebody who leads has to agree to; `NobodySecond`."""
    if not asks_two(two_for, Kind.ERASE, frozenset()):
        return await erase(uow, person_id, now=now, rules=rules)
    found = await standing.member(uow, person_id)
    if found.person.name == NOBODY:
        raise Stranger
    await standing.ensure_owner_stays(uow, found.memberships)
    target = Actor(found.person, 0, 0, found.memberships)  # whoever has left acts no more, and can still be erased
    return await two_people.propose(uow, None, Kind.ERASE, target, now=now)


async def _erase(uow: UnitOfWork, person_id: int, by: str, now: datetime, rules: PlanRules) -> Erased:
    person = await uow.people.get(person_id)
    if person.name == NOBODY:
        raise Stranger
    actor = await uow.people.find_actor_by_person(person_id)
    number = 0 if actor is None else actor.number
    if actor is not None:
        await standing.ensure_owner_stays(uow, actor.memberships)
        for draft_id, version in await uow.erasures.open_drafts(person_id):
            draft = await uow.drafts.get(draft_id)
            if draft.state is not DraftState.WRITING:
                await my_drafts.withdraw(uow, actor, draft_id, version, now=now)
        moved: Moved = await succession.move(uow, actor, None, by=number, now=now, rules=rules, for_good=True)
        await succession.tell_leaders(uow, "person.left", actor, moved, None, [], now)
    await succession_calls.drop_promises(uow, person_id, by=number, now=now)
    await two_people.drop(uow, person_id, now=now)
    await account_move.drop(uow, person_id, now=now)
    erased = await uow.erasures.erase(person_id, by_operator=by, now=now)
    await uow.journal.add(at=now, actor=number, action="person.erased", object_=f"person:{person_id}")
    return erased
