"""A draft that waits too long: its approver is reminded, then another one asked, then the manager told."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain import deadlines as rules
from domain.appeals import others
from domain.away import present
from domain.deadlines import Step
from domain.drafts import Draft, DraftState
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import Actor, Role
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.rights import DECIDERS
from domain.routing import next_up, who_decides
from domain.usecases import group_cards
from domain.worktime import WorkRules, next_working

_AGAIN = timedelta(minutes=2)
"""Longer than a decision can be undone."""
_MANAGERS, _OWNERS = frozenset({Role.MANAGER}), frozenset({Role.OWNER})


async def step(uow: UnitOfWork, task: DueTask, *, now: datetime, work: WorkRules) -> None:
    """`draft.overdue`: params {"draft", "version", "step"}; rows stored before there were steps are at the deadline."""
    sheet = await uow.drafts.get_sheet(task.params["draft"])
    draft = sheet.draft
    if draft.version != task.params["version"] or draft.decide_by is None:
        return
    if draft.state is not DraftState.SUBMITTED:
        if _may_come_back(draft):
            await uow.tasks.reschedule(task.key, now + _AGAIN, task.params)
        return
    current = Step(task.params.get("step", Step.DEADLINE))
    holders = others(await uow.people.holders(DECIDERS, draft.region), sheet.appeal)
    absent = await uow.away.absent(now)
    asked = who_decides(draft.region, holders, draft.author_id, sheet.approvals_needed, absent)
    agreed = {decision.approver_id for decision in sheet.decisions}
    waited_for = [actor for actor in asked if actor.id not in agreed]
    match current:
        case Step.HALF:
            await _queues(uow, sheet, current, waited_for, now, work, ring=False)
        case Step.DEADLINE:
            await group_cards.overdue(uow, draft, now)
            await _queues(uow, sheet, current, waited_for, now, work, ring=True)
        case Step.ANOTHER:
            more = next_up(draft.region, holders, draft.author_id, [*(a.id for a in asked), *agreed], absent)
            await _queues(uow, sheet, current, more, now, work, ring=True)
        case Step.MANAGER:
            await _tell_managers(uow, sheet, waited_for, now, work)
    people = [actor.person for actor in asked]
    after = rules.following(current, now, draft.submitted_at or now, draft.decide_by, people, work)
    if after is not None:
        await uow.tasks.reschedule(task.key, after[1], {**task.params, "step": after[0].value})


def begin(draft: Draft, now: datetime) -> DueTask:
    """The ladder of a version that waits for a decision; its first step looks when the others are."""
    params = {"draft": draft.id, "version": draft.version, "step": Step.BEGIN.value}
    return DueTask(f"overdue:{draft.id}:{draft.version}", "draft.overdue", draft.subject, now, params)


def _may_come_back(draft: Draft) -> bool:
    """Decided, but it can still be undone: then the draft waits again."""
    decided = draft.state in {DraftState.APPROVED, DraftState.RETURNED, DraftState.REJECTED}
    return decided and draft.settled_at is None


async def _queues(
    uow: UnitOfWork,
    sheet: DraftSheet,
    current: Step,
    people: Iterable[Actor],
    now: datetime,
    work: WorkRules,
    *,
    ring: bool,
) -> None:
    """Their queue messages: redrawn in place, or anew with a ring when they work next."""
    draft = sheet.draft
    await uow.outbox.add(
        *(
            Notice(
                "queue",
                f"queue:{actor.id}",
                next_working(actor.person, now, work) if ring else now,
                f"queue:{actor.id}:{draft.id}:{current}:{draft.version}",
                person_id=actor.id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params={"draft": draft.id, "version": draft.version, "ask": ring, "again": ring},
            )
            for actor in people
        )
    )


async def _tell_managers(
    uow: UnitOfWork, sheet: DraftSheet, waited_for: Iterable[Actor], now: datetime, work: WorkRules
) -> None:
    draft, asked = sheet.draft, [actor.id for actor in waited_for]
    await uow.outbox.add(
        *(
            Notice(
                "draft.late",
                draft.subject,
                next_working(actor.person, now, work),
                f"draft.late:{draft.id}:{draft.version}:{actor.id}",
                person_id=actor.id,
                priority=Priority.REMINDER,
                params={"draft": draft.id, "version": draft.version, "asked": asked},
            )
            for actor in await managers(uow, draft.region, now, besides=draft.author_id)
        )
    )


async def managers(uow: UnitOfWork, region: str, now: datetime, besides: int = 0) -> list[Actor]:
    """Who answers for a region as a whole: its managers (or their deputies), else the owners."""
    absent = await uow.away.absent(now)
    everybody = await uow.people.holders(_MANAGERS | _OWNERS, region)
    for role in (_MANAGERS, _OWNERS):
        tier = [actor for actor in everybody if actor.holds(role, region) and actor.id != besides]
        found = [actor for actor in present(tier, everybody, absent) if actor.person.reachable and actor.id != besides]
        if found:
            return found
    return []
