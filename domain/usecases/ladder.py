"""One step of a slot's reminders: re-check that it is still needed, do it, put the next one in its place."""

from datetime import datetime, timedelta

from domain import ladder
from domain.ladder import Step
from domain.notices import DueTask
from domain.pages import Page
from domain.plan import Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.usecases import reminders, rungs, staffing
from domain.usecases.publishing import Gate

_HAIR = timedelta(seconds=1)


async def step(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`ladder`: params {"slot", "step"}; with "again" its person asked to be reminded now, and `step` comes afterwards."""
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
    own, person = await rungs.rungs_of(uow, slot, rules)
    current: Step | None = Step(task.params["step"])
    if task.params.get("again"):
        if not stopped:
            await reminders.tell(uow, slot, Step.BEFORE if now < slot.at else Step.AT, now, rules, again=True)
    elif current is not None and now < ladder.due(current, slot.at, own, person) - _HAIR:
        pass  # it was written for other times than hold now: it waits for its own
    else:
        if current is not None and current not in own.steps_off:
            await _do(uow, slot, page, current, now, own, rules, stopped=stopped)
        current = None if current is None else ladder.following(current, own.steps_off)
    current = None if current is None else ladder.from_on(current, own.steps_off)
    if current is not None:
        after = rungs.step_task(slot, current, own, person)
        await uow.tasks.reschedule(task.key, after.due_at, after.params)


async def _do(
    uow: UnitOfWork,
    slot: Slot,
    page: Page,
    step: Step,
    now: datetime,
    own: PlanRules,
    rules: PlanRules,
    *,
    stopped: bool,
) -> None:
    """`own`: the slot's times; `rules`: the campaign's, by which other slots of its person are looked at."""
    match step:
        case Step.BEFORE if stopped:
            pass  # nobody is reminded of what they may not do
        case Step.BEFORE | Step.AT:
            reached = await reminders.tell(uow, slot, step, now, rules)
            if not reached and step is Step.BEFORE and Step.SUBSTITUTE not in own.steps_off:
                await _ask_substitute(uow, slot, page, now, own)
        case Step.SUBSTITUTE:
            await _ask_substitute(uow, slot, page, now, own)
        case Step.PRESS:
            await staffing.tell_press(uow, "slot.late", slot, page, now)


async def _ask_substitute(uow: UnitOfWork, slot: Slot, page: Page, now: datetime, rules: PlanRules) -> None:
    asked = await staffing.offer(uow, slot, page, now, rules)
    if asked is None:
        await staffing.tell_press(uow, "slot.nobody", slot, page, now)
        return
    await uow.journal.add(at=now, actor=0, action="substitute.asked", object_=asked.subject, version=asked.version)
