"""Roles of somebody who is here: given and taken on their card; who answers for them hears of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.errors import Forbidden, NotFound
from domain.notices import Notice, Priority
from domain.people import EVERYWHERE, ROLE_ORDER, Actor, AlreadyJoined, Membership, Role
from domain.planning import PlanRules, outside_quiet
from domain.ports import UnitOfWork
from domain.rights import LEADERS, Action, ensure_may, may_grant
from domain.succession import Moved
from domain.team import NotAboutYourself
from domain.two_people import Kind, Wish, asks_two
from domain.usecases import standing, succession, two_people


@dataclass(frozen=True)
class RoleView:
    """Somebody's roles and what the reader could give. `wish`: an appointment that lacks its second yes."""

    person_id: int
    name: str
    held: tuple[Membership, ...]
    roles: tuple[Role, ...]
    regions: tuple[tuple[str, str], ...]
    """Code and name of where the reader may give a chosen role; `*` with an empty name first."""
    wish: Wish | None = None
    moved: Moved = field(default_factory=Moved)
    """What went to others with the last role."""


async def look(uow: UnitOfWork, actor: Actor, person_id: int, role: Role | None = None) -> RoleView:
    """The roles of somebody; with a `role` where it could be given. Read-only."""
    target = await _target(uow, actor, person_id)
    roles = tuple(one for one in ROLE_ORDER if any(may_grant(actor, one, m.region) for m in actor.memberships))
    regions: list[tuple[str, str]] = []
    if role is not None:
        known = [(EVERYWHERE, ""), *((code, one.name) for code, one in (await uow.campaign.regions()).items())]
        mine = {(m.role, m.region) for m in target.memberships}
        regions = [(code, name) for code, name in known if may_grant(actor, role, code) and (role, code) not in mine]
    return RoleView(target.id, target.person.name, target.memberships, roles, tuple(regions))


async def _target(uow: UnitOfWork, actor: Actor, person_id: int) -> Actor:
    ensure_may(actor, Action.ROLE_SET)
    if actor.id == person_id:
        raise NotAboutYourself
    return await standing.target(uow, person_id)


async def give(
    uow: UnitOfWork,
    actor: Actor,
    person_id: int,
    role: Role,
    region: str,
    *,
    now: datetime,
    two_for: frozenset[Kind] = frozenset(),
) -> RoleView:
    """One more role, up to the actor's own rank and inside their regions; of a leading one two may have to decide."""
    target = await _target(uow, actor, person_id)
    if not may_grant(actor, role, region):
        raise Forbidden(Action.ROLE_SET.value)
    if region != EVERYWHERE and region not in await uow.campaign.regions():
        raise NotFound("region")
    if any(one.role is role and one.region == region for one in target.memberships):
        raise AlreadyJoined(role, region)
    wish = None
    if asks_two(two_for, Kind.APPOINT_MANAGER, frozenset({role})):
        wish = await two_people.propose(uow, actor, Kind.APPOINT_MANAGER, target, role=role, region=region, now=now)
    else:
        await put(uow, actor, target, role, region, now=now)
    seen = await look(uow, actor, person_id)
    return RoleView(seen.person_id, seen.name, seen.held, seen.roles, seen.regions, wish)


async def put(uow: UnitOfWork, actor: Actor, target: Actor, role: Role, region: str, *, now: datetime) -> None:
    """The deed itself, once it is decided."""
    if not await uow.people.add_membership(target.id, role, region, actor.id, now):
        raise AlreadyJoined(role, region)
    await _record(uow, actor, "role.add", target.id, role, region, now)
    await tell(uow, target, role, region, actor.id, now)


async def look_taking(uow: UnitOfWork, actor: Actor, person_id: int, role: Role, region: str) -> RoleView:
    """Before a role is taken back; `Forbidden`, or NotFound when it is not held (any more). Read-only."""
    seen = await look(uow, actor, person_id)
    if not may_grant(actor, role, region):
        raise Forbidden(Action.ROLE_SET.value)
    if Membership(role, region) not in seen.held:
        raise NotFound("role")
    return seen


async def take(
    uow: UnitOfWork, actor: Actor, person_id: int, role: Role, region: str, *, now: datetime, rules: PlanRules
) -> RoleView:
    """A role is taken back. What the person has open stays theirs; with the last one their pages and posts go to others."""
    target = await _target(uow, actor, person_id)
    if not may_grant(actor, role, region):
        raise Forbidden(Action.ROLE_SET.value)
    if role is Role.OWNER:
        await standing.ensure_owner_stays(uow, [one for one in target.memberships if one.role is role])
    if not await uow.standing.remove_role(person_id, role, region):
        raise NotFound("role")
    await _record(uow, actor, "role.remove", person_id, role, region, now)
    await uow.outbox.add(_notice("role.gone", target.id, target, role, region, actor.id, now))
    moved, last = Moved(), len(target.memberships) == 1
    await tell_leaders(uow, target, role, region, actor.id, now, kind="role.taken", besides=actor.id, always=last)
    if last:  # nothing opens for them any more, so nothing may wait for them
        moved = await succession.move(uow, target, None, by=actor.number, now=now, rules=rules)
        await uow.expectations.clear(target.id)
    return replace(await look(uow, actor, person_id), moved=moved)


async def tell(uow: UnitOfWork, target: Actor, role: Role, region: str, by: int | None, now: datetime) -> None:
    """A kind line to the person, who did nothing for it."""
    await uow.outbox.add(_notice("role.mine", target.id, target, role, region, by, now))
    await tell_leaders(uow, target, role, region, by, now, besides=by)


async def tell_leaders(
    uow: UnitOfWork,
    target: Actor,
    role: Role,
    region: str,
    by: int | None,
    now: datetime,
    *,
    kind: str = "role.new",
    besides: int | None = None,
    always: bool = False,
) -> None:
    """To whoever answers for them. Of a volunteer's role only `always`: those come by thousands."""
    if role is Role.VOLUNTEER and not always:
        return
    readers = await succession.responsible(uow, [region])
    if role in LEADERS:
        readers |= {one.id: one for one in await uow.people.holders(LEADERS, region)}
    for reader in readers.values():
        if reader.id not in {target.id, besides}:
            await uow.outbox.add(_notice(kind, target.id, reader, role, region, by, now))


def _notice(kind: str, person_id: int, reader: Actor, role: Role, region: str, by: int | None, now: datetime) -> Notice:
    return Notice(
        kind=kind,
        subject=f"person:{person_id}",
        due_at=outside_quiet(reader.person, now),
        dedup_key=f"{kind}:{person_id}:{role.value}:{reader.id}:{now.isoformat()}",
        person_id=reader.id,
        priority=Priority.DIGEST,
        params={"person": person_id, "role": role.value, "region": region, "by": by},
    )


async def _record(
    uow: UnitOfWork, actor: Actor, action: str, person_id: int, role: Role, region: str, now: datetime
) -> None:
    payload = {"role": role.value, "region": region, "granted_by": actor.id}
    await uow.journal.add(at=now, actor=actor.number, action=action, object_=f"person:{person_id}", payload=payload)
