"""Decisions that two people make: the first yes, which waits a day for the second (`second_yes`)."""

from dataclasses import dataclass
from datetime import datetime

from domain.notices import Guarantee, Notice, Priority
from domain.people import Actor, Role
from domain.ports import UnitOfWork
from domain.rights import LEADERS, Action, may_grant
from domain.two_people import IN_TIME, Kind, NobodySecond, Wish, WishState, seconds
from domain.usecases import standing

ACTIONS = {Kind.SUSPEND_LEADER: Action.SUSPEND, Kind.APPOINT_MANAGER: Action.ROLE_SET, Kind.ERASE: Action.SUSPEND}
"""What whoever gives the second yes has to be allowed."""


@dataclass(frozen=True)
class WishView:
    """A wish with names, as its card shows it. `by` empty: the operator; `decided` empty: nobody has."""

    wish: Wish
    name: str
    by: str
    region: str
    successor: str = ""
    decided: str = ""


async def propose(
    uow: UnitOfWork,
    actor: Actor | None,
    kind: Kind,
    target: Actor,
    *,
    role: Role | None = None,
    region: str = "",
    successor_id: int | None = None,
    now: datetime,
) -> Wish:
    """The first yes; everybody who could give the second is asked. One that waits already is returned instead.

    `actor` None: the operator.
    """
    waiting = await uow.standing.open_wish(kind, target.id, now)
    if waiting is not None:
        return waiting
    wish = await uow.standing.add_wish(
        kind,
        target.id,
        None if actor is None else actor.id,
        role=role,
        region=region,
        successor_id=successor_id,
        now=now,
        expires_at=now + IN_TIME,
    )
    able = [one for one in seconds(await _holders(uow, target), wish, target) if may_give(one, wish)]
    if not any(one.person.reachable for one in able):
        raise NobodySecond
    await uow.outbox.add(*(notice("wish.asked", wish, one.id, now) for one in able))
    await record(uow, actor, "wish.made", wish, now)
    return wish


async def drop(uow: UnitOfWork, person_id: int, *, now: datetime) -> None:
    """Somebody is about to be erased: what waits about them is over, and its cards no longer name them."""
    for kind in Kind:
        wish = await uow.standing.open_wish(kind, person_id, now)
        if wish is None or not await uow.standing.decide_wish(wish.id, WishState.LAPSED, person_id, now):
            continue
        await uow.outbox.cancel(wish.subject, ["wish.asked"])
        readers = {copy.person_id for copy in await uow.cards.of_subject(wish.subject, "wish")}
        await uow.outbox.add(*(notice("wish.redraw", wish, reader, now) for reader in sorted(readers)))


def may_give(actor: Actor, wish: Wish) -> bool:
    """Of an appointment: whether they could appoint to that role themselves; of an erasure: whether they lead."""
    if wish.kind is Kind.ERASE:
        return actor.holds(LEADERS)
    return wish.role is None or may_grant(actor, wish.role, wish.region)


async def _holders(uow: UnitOfWork, target: Actor) -> list[Actor]:
    return await standing.managers_of(uow, target.id, target.memberships, target.person.region)


def notice(kind: str, wish: Wish, reader: int, now: datetime) -> Notice:
    """A word about a wish to one person."""
    return Notice(
        kind=kind,
        subject=wish.subject,
        due_at=now,
        dedup_key=f"{kind}:{wish.id}:{reader}",
        person_id=reader,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"wish": wish.id},
    )


async def view(uow: UnitOfWork, wish_id: int) -> WishView:
    """For its card. Read-only."""
    wish = await uow.standing.get_wish(wish_id)
    ids = [one for one in (wish.person_id, wish.by_id, wish.successor_id, wish.decided_by) if one]
    names = await uow.people.names(ids)
    regions = await uow.campaign.regions()
    region = regions[wish.region].name if wish.region in regions else wish.region
    name_of = {one: names.get(one, "") for one in ids}
    return WishView(
        wish,
        name_of.get(wish.person_id, ""),
        name_of.get(wish.by_id or 0, ""),
        region,
        name_of.get(wish.successor_id or 0, ""),
        name_of.get(wish.decided_by or 0, ""),
    )


async def record(uow: UnitOfWork, actor: Actor | None, action: str, wish: Wish, now: datetime) -> None:
    """In the journal of the person it is about."""
    payload = {
        "kind": wish.kind.value,
        "person": wish.person_id,
        "by": wish.by_id,
        "role": None if wish.role is None else wish.role.value,
        "region": wish.region,
    }
    await uow.journal.add(
        at=now,
        actor=0 if actor is None else actor.number,
        action=action,
        object_=f"person:{wish.person_id}",
        payload=payload,
    )
