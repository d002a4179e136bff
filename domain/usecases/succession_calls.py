"""Promises and urgent texts of somebody who goes: a promise is asked of the successor, an urgent text is never left alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.commitments import Commitment, CommitmentState
from domain.people import EVERYWHERE, Actor
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.commitments import Filter
from domain.rights import DECIDERS
from domain.succession import takes_promise
from domain.urgent import UrgentCall
from domain.usecases import commitment_steps, urgent_asking, urgent_card
from domain.usecases.campaign_days import today_of

_UNSETTLED = (CommitmentState.ASKED, CommitmentState.OPEN)


async def promises(uow: UnitOfWork, person_id: int) -> list[Commitment]:
    """What somebody promised, or is asked to promise. Read-only."""
    return await uow.commitments.find(Filter(frozenset({EVERYWHERE}), person_id=person_id, states=_UNSETTLED))


async def calls(uow: UnitOfWork, person_id: int, now: datetime) -> list[UrgentCall]:
    """Urgent texts that somebody sent out and that have not got everywhere yet. Read-only."""
    running = [one.call_id for one in await uow.urgent.running([EVERYWHERE], now - urgent_card.RUNNING)]
    found = [await uow.urgent.get(one) for one in running]
    return [one for one in found if one.started_by == person_id]


async def move_promises(
    uow: UnitOfWork, target: Actor, successor: Actor | None, *, by: int, now: datetime
) -> tuple[list[int], int]:
    """Nobody promises for somebody else: the successor is asked, and may decline. Returns those, and how many stay as they are."""
    asked, stay = [], 0
    for one in await promises(uow, target.id):
        if successor is None or not takes_promise(one, successor):
            stay += 1
            continue
        leader = await _who_asks(uow, one, target, successor)
        changed = replace(one, person_id=successor.id, by_id=leader, state=CommitmentState.ASKED)
        if not await uow.commitments.save(changed):
            stay += 1
            continue
        saved = replace(changed, version=changed.version + 1)
        await uow.outbox.cancel(one.subject)
        await uow.tasks.cancel(one.subject)
        await commitment_steps.ask(uow, saved, now, before=target.id)
        await _note(uow, "commit.handed", saved, by, now)
        asked.append(one.id)
    return asked, stay


async def _who_asks(uow: UnitOfWork, one: Commitment, target: Actor, successor: Actor) -> int:
    """Who hears of the answer: as before, unless it was the one who goes; then somebody who leads there."""
    if one.by_id != target.id:
        return one.by_id
    leaders = await commitment_steps.leaders(uow, one)
    return next((leader.id for leader in leaders if leader.id not in {target.id, successor.id}), one.by_id)


async def drop_promises(uow: UnitOfWork, person_id: int, *, by: int, now: datetime) -> None:
    """Of somebody whose data are erased: the words go, so nobody could keep them."""
    for one in await promises(uow, person_id):
        changed = replace(one, state=CommitmentState.DROPPED, settled_on=await today_of(uow, now))
        if await uow.commitments.save(changed):
            saved = replace(changed, version=changed.version + 1)
            await commitment_steps.lay(uow, saved, now)
            await _note(uow, "commit.dropped", saved, by, now)


async def _note(uow: UnitOfWork, action: str, saved: Commitment, by: int, now: datetime) -> None:
    await uow.journal.add(
        at=now,
        actor=by,
        action=action,
        object_=saved.subject,
        version=saved.version,
        payload={"person": saved.person_id, "state": saved.state.value},
    )


async def move_calls(
    uow: UnitOfWork, target: Actor, successor: Actor | None, *, by: int, now: datetime
) -> tuple[list[int], int]:
    """Who watches over an urgent text hears when a page has nobody. Returns those of the successor, and how many others watch."""
    theirs, others = [], 0
    for call in await calls(uow, target.id, now):
        region = (await uow.drafts.get(call.draft_id)).region
        able = [one for one in await uow.people.holders(DECIDERS, region) if one.id != target.id]
        new = _watcher(able, successor)
        if new is None:
            continue
        await uow.urgent.hand_on(call.id, new.id)
        await urgent_card.redraw(uow, await uow.urgent.touch(call.id), now)
        await uow.journal.add(
            at=now, actor=by, action="urgent.handed", object_=call.subject, payload={"person": new.id}
        )
        if successor is not None and new.id == successor.id:
            theirs.append(call.id)
        else:
            others += 1
    return theirs, others


def _watcher(able: Sequence[Actor], successor: Actor | None) -> Actor | None:
    """The successor if they may decide there; else somebody who does, and can be reached."""
    chosen = next((one for one in able if successor is not None and one.id == successor.id), None)
    return chosen or next((one for one in able if one.person.reachable), None)


async def pass_asks(uow: UnitOfWork, target: Actor, *, by: int, now: datetime, rules: PlanRules) -> None:
    """Urgent posts they are asked for and have not answered: others are asked at once, for they will not answer."""
    while asks := await uow.urgent.open_asks(target.id):  # their no may ask them for another page of the same text
        for ask in asks:
            call, slot = await uow.urgent.get(ask.call_id), await uow.plan.get_slot(ask.slot_id or 0)
            await uow.outbox.cancel(ask.subject, ["urgent.ask"])
            await urgent_asking.refuse(uow, ask, call, slot, now, rules)
            await uow.journal.add(at=now, actor=by, action="urgent.passed_on", object_=ask.subject)
