"""The ladder that holds for one slot, and the one live reminder of a person: what giving slots to people needs of reminders."""

from datetime import datetime

from domain import ladder
from domain.ladder import Step
from domain.notices import DueTask, redrawn
from domain.people import Person
from domain.plan import Assignment, AssignmentState, Slot
from domain.planning import PlanRules
from domain.ports import UnitOfWork

LIVE = "reminder"
"""Purpose of the card copy; its subject is `live_subject`, or (before there was one for all) an assignment's."""


def live_subject(person_id: int) -> str:
    """Of the one message in which somebody is reminded of everything."""
    return f"reminders:{person_id}"


async def holder(uow: UnitOfWork, slot: Slot) -> Assignment | None:
    """The open assignment of a filled slot; None while only substitutes are asked."""
    found = (a for a in await uow.plan.assignments_of(slot.id) if a.state is AssignmentState.ASSIGNED)
    return next(found, None)


async def rungs_of(uow: UnitOfWork, slot: Slot, rules: PlanRules) -> tuple[PlanRules, Person | None]:
    """The slot's own times, and who has it."""
    page, assignment = await uow.reminders.ladder(slot.page), await holder(uow, slot)
    if assignment is None:
        return ladder.rungs(rules, page, None), None
    declared = await uow.availability.get(assignment.person_id)
    return ladder.rungs(rules, page, declared), await uow.people.get(assignment.person_id)


async def retime_slot(uow: UnitOfWork, slot: Slot, now: datetime, rules: PlanRules, *, taken: bool = False) -> None:
    """The next step of a filled slot falls due when it should by what holds now; nothing is done twice, and a snooze stays.

    `taken`: somebody else has it now: they are reminded from the beginning, as far as that lies ahead.
    """
    row = None if taken else (await uow.reminders.rows([slot.id])).get(slot.id)
    if slot.urgent_id is not None or (row is not None and row.params.get("again")):
        return
    own, person = await rungs_of(uow, slot, rules)
    was = Step.BEFORE if row is None else Step(row.params["step"])
    step = ladder.first(slot.at, now, own, person) if was is Step.BEFORE else ladder.from_on(was, own.steps_off)
    if step is None:
        await uow.tasks.cancel(slot.subject, ["ladder"])
        return
    await put(uow, step_task(slot, step, own, person), now)


async def put(uow: UnitOfWork, task: DueTask, now: datetime) -> None:
    """It takes the place of the step there is, if there is one (or was: the key is used for ever); never due in the past."""
    await uow.tasks.add(task)
    await uow.tasks.reschedule(task.key, max(task.due_at, now), task.params)


def step_task(slot: Slot, step: Step, own: PlanRules, person: Person | None) -> DueTask:
    """The next step of a slot by its own times. `until` says when somebody else hears of it: so long its person can put it off."""
    params: dict[str, object] = {"slot": slot.id, "step": step.value}
    other = ladder.following(Step.AT, own.steps_off)
    if other is not None and ladder.reached(step, other):
        params["until"] = ladder.due(other, slot.at, own).isoformat()
    return DueTask(f"ladder:{slot.id}", "ladder", slot.subject, ladder.due(step, slot.at, own, person), params)


async def redraw_live(uow: UnitOfWork, person_id: int, mark: str, now: datetime) -> None:
    """Their live reminder shows how things stand; gone when there is nothing left to remind of. `mark`: what happened."""
    for copy in await uow.cards.of_person(person_id, LIVE, live_subject(person_id)):
        await uow.outbox.add(redrawn("reminder.redraw", copy, mark, now, {}))


RETIME = "reminders.retime"
"""Due task: a person's clock, hours or lead time changed: what is due to them falls due when it should now."""


async def retime_person(uow: UnitOfWork, person_id: int, now: datetime) -> None:
    """Written with the change, done right after it."""
    await put(uow, DueTask(f"{RETIME}:{person_id}", RETIME, f"person:{person_id}", now, {"person": person_id}), now)


TAKEN = "reminders.taken"
"""Due task: a slot that was on its way has another person."""


async def taken_over(uow: UnitOfWork, slot: Slot, now: datetime) -> None:
    """Written when they say yes, done right after it: their own ladder takes the place of the one before."""
    await put(uow, DueTask(f"{TAKEN}:{slot.id}", TAKEN, slot.subject, now, {"slot": slot.id}), now)
