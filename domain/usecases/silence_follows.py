"""What follows from a mourning that begins, and from a silence that is lifted or holds again; run as due tasks."""

from collections import Counter
from datetime import datetime, timedelta

from domain.halts import Scope
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import EVERYWHERE, Role
from domain.plan import SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.rights import DECIDERS
from domain.silence import Blackout, LiftKind
from domain.usecases import planning, silence_cards, staffing
from domain.usecases.halted import HELD
from domain.usecases.publishing import Gate
from domain.usecases.silence_desk import inside
from domain.usecases.silence_lifts import notice

_DAY = timedelta(days=1)


async def began(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`silence.began`: everybody with something to post there hears of it, then what lies inside leaves the plan."""
    mourning = await uow.silences.get_mourning(int(task.params["mourning"]))
    if await uow.silences.find(mourning.silence.key) is None:
        return
    work = [one for one in await uow.halts.open_work(Scope(EVERYWHERE)) if mourning.silence.covers(one.region)]
    people = {one.assignment.person_id for one in work}
    posts = Counter(one.assignment.person_id for one in await inside(uow, mourning.silence, now))
    people |= {actor.id for actor in await uow.people.holders(DECIDERS, mourning.region)} - {mourning.by_id}
    await uow.outbox.add(
        *(
            Notice(
                kind="silence.told",
                subject=mourning.subject,
                due_at=now,
                dedup_key=f"silence.told:{mourning.id}:{person}",
                person_id=person,
                guarantee=Guarantee.A,
                priority=Priority.URGENT,
                params={"mourning": mourning.id, "posts": posts[person]},
            )
            for person in sorted(people)
        )
    )
    await _withdraw(uow, now)
    await silence_cards.lay_out(uow, now=now)
    await uow.tasks.add(DueTask(f"plan.recheck:{mourning.subject}", "plan.recheck", "campaign", now))


async def _withdraw(uow: UnitOfWork, now: datetime) -> None:
    """What somebody still had to post leaves the plan where it is silent now or at its moment."""
    silences = (await Gate.load(uow)).silences
    for one in await uow.halts.open_work(Scope(EVERYWHERE)):
        if silences.hold(one.region, max(one.assignment.at, now)):
            slot = await uow.plan.get_slot(one.assignment.slot_id)
            if slot.state is SlotState.FILLED:
                await staffing.withdraw(uow, slot, await uow.campaign.get_page(one.page), now, "silence")


async def lifted(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`silence.lifted`: owners and whoever asked hear of it; what was held goes out, the rest of the day is planned again."""
    lift = await uow.silences.get_lift(int(task.params["lift"]))
    owners = {actor.id for actor in await uow.people.holders(frozenset({Role.OWNER}), EVERYWHERE)}
    told = (owners | {lift.by_id}) - {lift.confirmed_by}
    await uow.outbox.add(*(notice(lift, "silence.lifted", person, now) for person in sorted(told)))
    region, starts, ends = lift.of
    named = Blackout(region, starts, ends, "")
    gate = await Gate.load(uow)
    free = [
        page
        for page in (await uow.campaign.pages()).values()
        if named.covers(page.region)
        and (lift.kind is LiftKind.END or lift.region in {EVERYWHERE, page.region})
        and gate.is_open(page, now)
    ]
    codes = {page.code for page in free}
    for person in {
        one.assignment.person_id for one in await uow.halts.open_work(Scope(EVERYWHERE)) if one.page in codes
    }:
        await uow.outbox.release(person, HELD, now)
    await silence_cards.look_again(uow, f"lifted:{lift.id}", now=now)
    days = {page.code: [page.local_day(now), page.local_day(now) + _DAY] for page in free}
    await planning.plan_days(uow, free, days, now=now, rules=rules)


async def again(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`silence.again`: an override is over; what was not posted in it leaves the plan, owners hear of it."""
    lift = await uow.silences.get_lift(int(task.params["lift"]))
    await _withdraw(uow, now)
    await silence_cards.look_again(uow, f"again:{lift.id}:{lift.version}", now=now)
    owners = {actor.id for actor in await uow.people.holders(frozenset({Role.OWNER}), EVERYWHERE)}
    told = {*owners, lift.by_id, *([] if lift.confirmed_by is None else [lift.confirmed_by])}
    await uow.outbox.add(*(notice(lift, "silence.again", person, now) for person in sorted(told)))
