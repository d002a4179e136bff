"""Who may decide about whom, asked by every use case about people."""

from collections.abc import Iterable

from domain.errors import NotFound
from domain.people import Actor, Membership, Role
from domain.ports import UnitOfWork
from domain.ports.people import TeamMember
from domain.rights import LEADERS, Action, ensure_may
from domain.team import LastOwner, NotAboutYourself, OutOfReach, may_manage

_PEOPLE = LEADERS | {Role.COORDINATOR}


async def target(uow: UnitOfWork, person_id: int) -> Actor:
    """An active person; NotFound otherwise."""
    found = await uow.people.find_actor_by_person(person_id)
    if found is None:
        raise NotFound("person")
    return found


async def member(uow: UnitOfWork, person_id: int) -> TeamMember:
    """Somebody whatever their status; NotFound."""
    found = await uow.team.members([person_id])
    if not found:
        raise NotFound("person")
    return found[0]


def ensure_manages(
    actor: Actor, action: Action, person_id: int, name: str, held: Iterable[Membership], home: str
) -> None:
    """Raise unless `actor` may do `action`, and may decide about this person: up to their rank, in all their regions."""
    ensure_may(actor, action)
    if actor.id == person_id:
        raise NotAboutYourself
    if not may_manage(actor, person_id, held, home):
        raise OutOfReach(name)


def ensure_manages_actor(actor: Actor, action: Action, whom: Actor) -> None:
    """The same of an active person."""
    ensure_manages(actor, action, whom.id, whom.person.name, whom.memberships, whom.person.region)


def ensure_manages_member(actor: Actor, action: Action, whom: TeamMember) -> None:
    """The same of anybody."""
    ensure_manages(actor, action, whom.person.id, whom.person.name, whom.memberships, whom.person.region)


async def ensure_owner_stays(uow: UnitOfWork, held: Iterable[Membership]) -> None:
    """Raise `LastOwner` when the only owner is about to go."""
    if any(one.role is Role.OWNER for one in held) and await uow.standing.owners() <= 1:
        raise LastOwner


async def managers_of(uow: UnitOfWork, person_id: int, held: Iterable[Membership], home: str) -> list[Actor]:
    """Everybody who may decide about somebody, by id."""
    memberships = tuple(held)
    found: dict[int, Actor] = {}
    for region in sorted({one.region for one in memberships} or {home}):
        found |= {one.id: one for one in await uow.people.holders(_PEOPLE, region)}
    able = (one for one in found.values() if may_manage(one, person_id, memberships, home))
    return sorted(able, key=lambda one: one.id)
