"""Reminding one person: of everything at once, seldom, and later when they ask for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import handout, ladder
from domain.availability import Availability
from domain.ladder import Step
from domain.notices import DueTask, Notice, Priority
from domain.people import Actor, Person, PersonStatus
from domain.plan import Assignment, AssignmentState, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.reminders import TOGETHER, RemindersChanged, TooLateToSnooze, may_remind, may_wait
from domain.rights import Action, ensure_may
from domain.timing import is_expired
from domain.usecases import imprints, rungs, staffing
from domain.usecases.publishing import Gate

_DAY = timedelta(days=1)
_CHANGED_AHEAD = timedelta(days=14)
_TIMED = ("assignment.card",)
_SOFT = frozenset({Step.BEFORE})
_TO_PERSON = frozenset({Step.BEFORE, Step.AT})


@dataclass(frozen=True)
class Line:
    """One post in a reminder. `until`: when somebody else hears of it (None: has heard). `text`: the page's own line."""

    view: AssignmentView
    until: datetime | None
    text: str = ""

    @property
    def assignment(self) -> Assignment:
        return self.view.assignment


@dataclass(frozen=True)
class Live:
    """What somebody is reminded of now, by moment. `snoozed`: what they want to hear of later, and when."""

    lines: tuple[Line, ...]
    snoozed: tuple[tuple[Line, datetime], ...] = ()

    @property
    def version(self) -> int:
        """Changes whenever what is listed does: a tap on an older list decides nothing."""
        seen = [(line.assignment.id, line.assignment.version) for line in self.lines]
        seen += [(line.assignment.id, int(at.timestamp())) for line, at in self.snoozed]
        total = 0
        for number, version in seen:
            total = (total * 1_000_003 + number * 31 + version) % 1_000_000_007
        return total

    @property
    def untils(self) -> list[datetime | None]:
        return [line.until for line in self.lines]

    def line_of(self, assignment_id: int) -> Line | None:
        return next((line for line in self.lines if line.assignment.id == assignment_id), None)


# --- what is live ----------------------------------------------------------------------------------------------------


async def live(uow: UnitOfWork, person: Person, now: datetime) -> Live:
    """What the person has been reminded of and has not done. Never what is held, excused or expired. Read-only."""
    views = await _open(uow, person, now)
    rows = await uow.reminders.rows(view.slot.id for view in views)
    ladders = await uow.reminders.ladders({view.page.code for view in views}) if views else {}
    gate = await Gate.load(uow) if views else None
    lines: list[Line] = []
    snoozed: list[tuple[Line, datetime]] = []
    for view in views:
        row = rows.get(view.slot.id)
        if gate is None or not gate.is_open(view.page, now) or not await imprints.holds(uow, view, now):
            continue
        own = ladders.get(view.page.code)
        line = Line(view, _until(row), own.text if own else "")
        if row is not None and row.params.get("again") and row.due_at > now:
            snoozed.append((line, row.due_at))
        elif view.assignment.at <= now if row is None else Step(row.params["step"]) is not Step.BEFORE:
            lines.append(line)
    return Live(tuple(lines), tuple(snoozed))


async def _open(uow: UnitOfWork, person: Person, now: datetime) -> list[AssignmentView]:
    """Theirs from yesterday to tomorrow, by moment."""
    views = await uow.plan.views_of_person(person.id, now - _DAY, now + _DAY)
    return [v for v in views if _is_open(v) and not v.halted and not is_expired(v, now)]


def _is_open(view: AssignmentView) -> bool:
    return view.assignment.state is AssignmentState.ASSIGNED and view.slot.state is SlotState.FILLED


def _until(row: DueTask | None) -> datetime | None:
    until = None if row is None else row.params.get("until")
    return None if until is None else datetime.fromisoformat(until)


async def look(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Live:
    """The reader's own. Read-only."""
    ensure_may(actor, Action.ASSIGNMENT_ANSWER, mine=True)
    return await live(uow, actor.person, now)


# --- reminding -------------------------------------------------------------------------------------------------------


async def tell(
    uow: UnitOfWork, slot: Slot, step: Step, now: datetime, rules: PlanRules, *, again: bool = False
) -> bool:
    """Remind who has the slot, with whatever else of theirs falls due now. False: it would reach nobody."""
    assignment = await rungs.holder(uow, slot)
    if assignment is None:
        return True
    person = await uow.people.get(assignment.person_id)
    if not person.reachable or person.status is not PersonStatus.ACTIVE or await _away(uow, person, now):
        return False
    declared = await uow.availability.get(person.id)
    if not _at_work(person, declared, assignment, step, now) or (
        step in _SOFT and not again and await _spared(uow, assignment, now)
    ):
        return True
    others = [view for view in await _open(uow, person, now) if view.slot.id != slot.id]
    rows = await uow.reminders.rows(view.slot.id for view in others)
    day, soft = person.local(now).date(), step in _SOFT and not again
    copies = await uow.cards.of_person(person.id, rungs.LIVE, rungs.live_subject(person.id))
    in_place = soft and bool(copies) and now - copies[0].drawn_at < TOGETHER
    told, limit = await uow.reminders.told(person.id, day), declared.reminders_a_day or rules.reminders_a_day
    free = again or in_place  # what they asked for, and what does not ring, come on top
    own = int(step is Step.BEFORE and assignment.accepted_at is None)
    if not free and not may_remind(told, limit, step, assignment, own + _to_come(person, others, rows, now)):
        return True
    together = await _gather(uow, others, rows, now, rules, soft=soft)
    if not free:
        await uow.reminders.count(person.id, day)
    await uow.outbox.add(
        Notice(
            kind="reminder",
            subject=rungs.live_subject(person.id),
            due_at=now,
            dedup_key=f"reminder:{assignment.id}:{step}:{assignment.version}:{now.isoformat()}",
            person_id=person.id,
            priority=Priority.REMINDER,
            params={
                "assignment": assignment.id,
                "step": step.value,
                "told": [assignment.id, *together],
                "soft": soft,
                "in_place": in_place,
                "last": not free and told + 1 == limit,
            },
        )
    )
    return True


async def _away(uow: UnitOfWork, person: Person, now: datetime) -> bool:
    absence = await uow.away.of_person(person.id, now)
    return absence is not None and absence.covers(now)


def _at_work(person: Person, declared: Availability, assignment: Assignment, step: Step, now: datetime) -> bool:
    """Not in their quiet hours and not on their day off, unless it is the moment of what they said yes to."""
    agreed = step is Step.AT and assignment.accepted_at is not None
    if declared.is_day_off(person.local(now).date()) and not agreed:
        return False
    return not person.is_quiet(now) or (step is Step.AT and declared.at_night)


async def _spared(uow: UnitOfWork, assignment: Assignment, now: datetime) -> bool:
    """The card is just coming, or has just come: it says the same."""
    said = await said_by_card(uow, assignment, now)
    return await uow.outbox.waits(assignment.subject, ["assignment.card"], now + TOGETHER) if said is None else said


async def said_by_card(uow: UnitOfWork, assignment: Assignment, now: datetime) -> bool | None:
    """Whether the card with the text has just come (for who said yes: lately); None: it has not come at all. Read-only."""
    copies = await uow.cards.of_person(assignment.person_id, "assignment", assignment.subject)
    if not copies:
        return None
    return handout.spares_reminder(copies[0].drawn_at, now, accepted=assignment.accepted_at is not None)


def _to_come(person: Person, others: Iterable[AssignmentView], rows: Mapping[int, DueTask], now: datetime) -> int:
    """Posts of the rest of their day whose moment nobody has been reminded of, and to which they have not said yes."""
    today = person.local(now).date()
    return sum(
        view.assignment.at > now and view.assignment.accepted_at is None and view.slot.id in rows
        for view in others
        if person.local(view.assignment.at).date() == today
    )


async def _gather(
    uow: UnitOfWork,
    others: Iterable[AssignmentView],
    rows: Mapping[int, DueTask],
    now: datetime,
    rules: PlanRules,
    *,
    soft: bool,
) -> list[int]:
    """What of the person falls due within minutes comes with this message: its own step is done. A `soft` one brings nothing that rings."""
    gate, taken = await Gate.load(uow), []
    for view in others:
        row = rows.get(view.slot.id)
        if row is None or row.due_at > now + TOGETHER:
            continue
        theirs, again = Step(row.params["step"]), bool(row.params.get("again"))
        rings = again or theirs is Step.AT
        if not (again or theirs in _TO_PERSON) or (rings and soft):
            continue
        held = gate.silences.hold(view.page.region, max(view.assignment.at, now))
        if held or not view.page.active or not gate.is_open(view.page, now):
            continue
        if not rings and await _spared(uow, view.assignment, now):
            continue
        own, person = await rungs.rungs_of(uow, view.slot, rules)
        after = theirs if again else ladder.following(theirs, own.steps_off)
        if after is not None:
            task = rungs.step_task(view.slot, after, own, person)
            await uow.tasks.reschedule(task.key, max(task.due_at, now), task.params)
        else:
            await uow.tasks.cancel(view.slot.subject, ["ladder"])
        taken.append(view.assignment.id)
    return taken


# --- later -----------------------------------------------------------------------------------------------------------


async def snooze(uow: UnitOfWork, actor: Actor, version: int, at: datetime, *, now: datetime) -> Live:
    """Everything in the list that can wait is reminded of at `at`; what cannot stays. Nobody else is asked before."""
    current = await look(uow, actor, now=now)
    if current.version != version:
        raise RemindersChanged
    waiting = [line for line in current.lines if at > now and may_wait(line.until, at)]
    if not waiting:
        until = max((one for one in current.untils if one is not None), default=None)
        raise TooLateToSnooze(until, actor.person.zone, now)
    rows = await uow.reminders.rows(line.view.slot.id for line in waiting)
    for line in waiting:
        row = rows[line.view.slot.id]
        step = Step(row.params["step"])
        if step in _TO_PERSON and line.assignment.at <= at + TOGETHER:
            step = Step.SUBSTITUTE  # the moment itself is not told once more
        params = {**row.params, "step": step.value, "again": True}
        await uow.tasks.reschedule(row.key, at, params)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="reminder.snoozed",
        object_=f"person:{actor.id}",
        payload={"until": at.isoformat(), "assignments": [line.assignment.id for line in waiting]},
    )
    return await live(uow, actor.person, now)


async def wake(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Live:
    """What they wanted to hear of later is due now; done already, nothing follows."""
    current = await look(uow, actor, now=now)
    rows = await uow.reminders.rows(line.view.slot.id for line, _ in current.snoozed)
    for row in rows.values():
        await uow.tasks.reschedule(row.key, now, row.params)
    return current


# --- when somebody's hours change --------------------------------------------------------------------------------------


async def taken(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`reminders.taken`: who stepped in is reminded by their own times, not by those of whoever had it."""
    slot = await uow.plan.get_slot(int(task.params["slot"]))
    if slot.state is SlotState.FILLED:
        await rungs.retime_slot(uow, slot, now, rules, taken=True)


async def retime(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`reminders.retime`: reminders, the day's list and cards of a person that are not out fall due by their hours of now."""
    person = await uow.people.get(int(task.params["person"]))
    declared = await uow.availability.get(person.id)
    views = [v for v in await uow.plan.views_of_person(person.id, now, now + _CHANGED_AHEAD) if _is_open(v)]
    ladders = await uow.reminders.ladders({view.page.code for view in views}) if views else {}
    digests: dict[str, datetime] = {}
    for view in views:
        await rungs.retime_slot(uow, view.slot, now, rules)
        own = ladder.rungs(rules, ladders.get(view.page.code), declared)
        for notice in staffing.told(view.assignment, person, now, own):
            if notice.kind in _TIMED:
                await uow.outbox.retime(notice.subject, [notice.kind], notice.due_at, now)
            else:
                digests[notice.subject] = min(notice.due_at, digests.get(notice.subject, notice.due_at))
    for subject, at in digests.items():
        await uow.outbox.retime(subject, ["digest"], at, now)
