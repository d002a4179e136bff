"""The second yes to a decision that two people make, or a no: with it what was proposed is done in the same transaction."""

from datetime import datetime

from domain.errors import Forbidden, NotFound
from domain.people import Actor, PersonStatus
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.people import TeamMember
from domain.two_people import Kind, Wish, WishOver, WishState, ensure_second
from domain.usecases import erasure, standing, succession, suspension, team_roles, two_people
from domain.usecases.two_people import ACTIONS


async def confirm(
    uow: UnitOfWork, actor: Actor, wish_id: int, *, now: datetime, rules: PlanRules
) -> two_people.WishView:
    """The second yes: it is done in this transaction. Rights are those of this moment, the proposer's too."""
    wish, target = await _decide(uow, actor, wish_id, WishState.DONE, now)
    if wish.by_id is not None:
        first = await uow.people.find_actor_by_person(wish.by_id)
        if first is None:
            raise WishOver
        standing.ensure_manages_member(first, ACTIONS[wish.kind], target)
    await _carry_out(uow, actor, wish, now, rules)
    await two_people.record(uow, actor, "wish.confirmed", wish, now)
    return await _tell(uow, actor, wish, now)


async def decline(uow: UnitOfWork, actor: Actor, wish_id: int, *, now: datetime) -> two_people.WishView:
    """No: nothing happens, and whoever proposed it is told."""
    wish, _ = await _decide(uow, actor, wish_id, WishState.DECLINED, now)
    await two_people.record(uow, actor, "wish.declined", wish, now)
    return await _tell(uow, actor, wish, now)


async def _decide(
    uow: UnitOfWork, actor: Actor, wish_id: int, state: WishState, now: datetime
) -> tuple[Wish, TeamMember]:
    wish = await uow.standing.get_wish(wish_id)
    ensure_second(wish, actor, now)
    target = await standing.member(uow, wish.person_id)
    if wish.kind is not Kind.ERASE and target.person.status is not PersonStatus.ACTIVE:
        raise NotFound("person")
    standing.ensure_manages_member(actor, ACTIONS[wish.kind], target)
    if not two_people.may_give(actor, wish):
        raise Forbidden(ACTIONS[wish.kind].value)
    if not await uow.standing.decide_wish(wish_id, state, actor.id, now):
        raise WishOver
    return wish, target


async def _carry_out(uow: UnitOfWork, actor: Actor, wish: Wish, now: datetime, rules: PlanRules) -> None:
    if wish.kind is Kind.ERASE:
        await erasure.erase(uow, wish.person_id, now=now, rules=rules)
        return
    target = await standing.target(uow, wish.person_id)
    if wish.kind is Kind.SUSPEND_LEADER:
        successor = await succession.find_successor(uow, target, wish.successor_id, now=now)
        await suspension.close(uow, actor, target, successor, now=now, rules=rules)
    elif wish.role is not None:
        await team_roles.put(uow, actor, target, wish.role, wish.region, now=now)


async def _tell(uow: UnitOfWork, actor: Actor, wish: Wish, now: datetime) -> two_people.WishView:
    """Whoever proposed it hears how it ended, but for the operator, who asks again; the other cards show it."""
    await uow.outbox.cancel(wish.subject, ["wish.asked"])
    if wish.by_id is not None:
        await uow.outbox.add(two_people.notice("wish.decided", wish, wish.by_id, now))
    holding = {copy.person_id for copy in await uow.cards.of_subject(wish.subject, "wish")}
    readers = sorted(holding - {actor.id, wish.person_id})
    await uow.outbox.add(*(two_people.notice("wish.redraw", wish, reader, now) for reader in readers))
    return await two_people.view(uow, wish.id)
