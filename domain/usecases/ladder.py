"""One step of a slot's reminders: re-check that it is still needed, do it, put the next one in its place."""

from datetime import datetime

from domain import ladder
from domain.ladder import Step
from domain.notices import DueTask, Notice, Priority
from domain.pages import Page
from domain.people import PersonStatus
from domain.plan import AssignmentState, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.usecases import staffing
from domain.usecases.publishing import Gate


async def step(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`ladder`: params {"slot", "step"}."""
    slot = await uow.plan.get_slot(int(task.params["slot"]))
    if slot.state is not SlotState.FILLED:
        return
    page = await uow.campaign.get_page(slot.page)
    gate = await Gate.load(uow)
    stopped = gate.stopped(page) is not None
    if stopped and slot.at <= now:
        await staffing.withdraw(uow, slot, page, now, "halt")
        return
    if not page.active or gate.silences.hold(page.region, max(slot.at, now)):
        await staffing.withdraw(uow, slot, page, now, "silence" if page.active else "page")
        return
    if not page.may_publish_on(page.local_day(max(slot.at, now))):
        await staffing.withdraw(uow, slot, page, now, "authority")
        return
    current = Step(task.params["step"])
    match current:
        case Step.BEFORE if stopped:
            pass  # nobody is reminded of what they may not do
        case Step.BEFORE | Step.AT:
            await _remind(uow, slot, page, current, now, rules)
        case Step.SUBSTITUTE:
            await _ask_substitute(uow, slot, page, now, rules)
        case Step.PRESS:
            await staffing.tell_press(uow, "slot.late", slot, page, now)
    after = ladder.following(current)
    if after is not None:
        await uow.tasks.reschedule(task.key, ladder.due(after, slot.at, rules), {"slot": slot.id, "step": after.value})


async def _remind(uow: UnitOfWork, slot: Slot, page: Page, current: Step, now: datetime, rules: PlanRules) -> None:
    assigned = [a for a in await uow.plan.assignments_of(slot.id) if a.state is AssignmentState.ASSIGNED]
    for assignment in assigned:
        person = await uow.people.get(assignment.person_id)
        if not person.reachable or person.status is not PersonStatus.ACTIVE:
            if current is Step.BEFORE:  # reminding would reach nobody
                await _ask_substitute(uow, slot, page, now, rules)
            continue
        if person.is_quiet(now):
            continue
        await uow.outbox.cancel(assignment.subject, ["reminder"])
        await uow.outbox.add(
            Notice(
                kind="reminder",
                subject=assignment.subject,
                due_at=now,
                dedup_key=f"reminder:{assignment.id}:{current}:{assignment.version}",
                person_id=assignment.person_id,
                priority=Priority.REMINDER,
                params={"assignment": assignment.id, "step": current.value},
            )
        )


async def _ask_substitute(uow: UnitOfWork, slot: Slot, page: Page, now: datetime, rules: PlanRules) -> None:
    asked = await staffing.offer(uow, slot, page, now, rules)
    if asked is None:
        await staffing.tell_press(uow, "slot.nobody", slot, page, now)
        return
    await uow.journal.add(at=now, actor=0, action="substitute.asked", object_=asked.subject, version=asked.version)
