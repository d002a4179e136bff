"""Handing an assignment on, and stepping in for somebody."""

from dataclasses import replace
from datetime import datetime

from domain import timing
from domain.notices import Guarantee, Notice, Priority
from domain.pages import Page
from domain.people import Actor
from domain.plan import (
    Assignment,
    AssignmentClosed,
    AssignmentState,
    DeclineReason,
    DoubleBooked,
    Slot,
    SlotState,
)
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.rights import Action, ensure_may
from domain.rollups import Measure
from domain.usecases import rungs, staffing, urgent_card
from domain.usecases.assignments import ensure_version, instead, my_open


async def ask_note(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> AssignmentView:
    """[Something else]: the person's next message says what."""
    view = await my_open(uow, actor, assignment_id, version)
    await instead(uow, actor, view, now)
    await uow.expectations.set(actor.id, "decline.note", view.assignment.subject, now=now, version=version)
    return view


async def decline(
    uow: UnitOfWork,
    actor: Actor,
    assignment_id: int,
    version: int,
    reason: DeclineReason,
    *,
    now: datetime,
    rules: PlanRules,
    note: str = "",
) -> AssignmentView:
    """[Can't do it]: a substitute is asked at once; with nobody left the slot is empty and the press secretary told."""
    view = await my_open(uow, actor, assignment_id, version)
    declined = await end_declined(uow, actor, view, reason, now, note)
    await next_one(uow, view.slot, view.page, now, rules)
    return replace(view, assignment=declined)


async def end_declined(
    uow: UnitOfWork, actor: Actor, view: AssignmentView, reason: DeclineReason, now: datetime, note: str = ""
) -> Assignment:
    """It is theirs no longer; what becomes of its slot is for the caller to say."""
    declined, _ = await staffing.end(uow, view.assignment, AssignmentState.DECLINED, now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="assignment.declined",
        object_=declined.subject,
        version=declined.version,
        payload={"reason": reason.value, **({"note": note} if note else {})},
    )
    return declined


async def next_one(uow: UnitOfWork, slot: Slot, page: Page, now: datetime, rules: PlanRules) -> None:
    """Ask somebody else unless somebody has it or is being asked; nobody left is told."""
    others = await uow.plan.assignments_of(slot.id)
    if any(other.state is AssignmentState.OFFERED for other in others):
        return
    asked = await staffing.offer(uow, slot, page, now, rules)
    if asked is not None:
        await uow.journal.add(at=now, actor=0, action="substitute.asked", object_=asked.subject, version=asked.version)
        await urgent_card.changed(uow, slot, now)
        return
    if not any(other.state is AssignmentState.ASSIGNED for other in others):
        slot = await staffing.leave_empty(uow, slot, page, now)
    await staffing.tell_press(uow, "slot.nobody", slot, page, now)


async def _offered(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int) -> AssignmentView:
    view = await uow.plan.view(assignment_id)
    ensure_may(actor, Action.SUBSTITUTE, mine=view.assignment.person_id == actor.id)
    if view.assignment.state is not AssignmentState.OFFERED:
        raise AssignmentClosed(view.assignment.state)
    ensure_version(view.assignment, version)
    return view


async def accept_offer(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime
) -> AssignmentView:
    """[I'll do it]: it is theirs at once, with the card; whoever had it is told. The first tap wins."""
    view = await _offered(uow, actor, assignment_id, version)
    slot, page = view.slot, view.page
    timing.ensure_current(view, actor.person.zone, now)
    if slot.state is not SlotState.FILLED:
        raise AssignmentClosed(AssignmentState.CANCELLED)
    busy = {AssignmentState.ASSIGNED, AssignmentState.POSTED}
    if any(b.at == slot.at and b.state in busy for b in await uow.plan.bookings([actor.id], slot.at)):
        raise DoubleBooked
    for other in await uow.plan.assignments_of(slot.id):
        if other.state is AssignmentState.ASSIGNED:
            replaced, _ = await staffing.end(uow, other, AssignmentState.REPLACED, now)
            await tell_replaced(uow, replaced, now)
    await staffing.end_offers(uow, slot, now, besides=assignment_id)
    accepted = await uow.plan.save_assignment(replace(view.assignment, state=AssignmentState.ASSIGNED, accepted_at=now))
    await uow.outbox.add(staffing.card(accepted, now))
    await rungs.taken_over(uow, slot, now)
    await staffing.redraw(uow, accepted, now)
    if accepted.substitute:  # not what somebody was asked by hand to take in the first place
        await uow.rollups.add(page.code, page.region, slot.day, {Measure.SUBSTITUTES: 1})
    await urgent_card.changed(uow, slot, now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="substitute.accepted",
        object_=accepted.subject,
        version=accepted.version,
    )
    return replace(view, assignment=accepted)


async def tell_replaced(uow: UnitOfWork, replaced: Assignment, now: datetime) -> None:
    """Whoever had it hears that a colleague has it now."""
    await uow.outbox.add(
        Notice(
            kind="assignment.replaced",
            subject=replaced.subject,
            due_at=now,
            dedup_key=f"assignment.replaced:{replaced.id}:{replaced.version}",
            person_id=replaced.person_id,
            guarantee=Guarantee.A,
            priority=Priority.ASSIGNMENT,
            params={"assignment": replaced.id},
        )
    )


async def refuse_offer(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime, rules: PlanRules
) -> AssignmentView:
    """[Not me]: the next one is asked."""
    view = await _offered(uow, actor, assignment_id, version)
    refused, _ = await staffing.end(uow, view.assignment, AssignmentState.DECLINED, now)
    await uow.journal.add(
        at=now, actor=actor.number, action="substitute.refused", object_=refused.subject, version=refused.version
    )
    if view.slot.state is SlotState.FILLED:
        await next_one(uow, view.slot, view.page, now, rules)
    return replace(view, assignment=refused)
