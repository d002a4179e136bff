"""The network took a post down: it counts apart, and a press secretary says whether it goes out again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain import planning as placing
from domain.errors import Conflict
from domain.mishaps import REMOVED_WITHIN, MishapSettled, TooLateToSay
from domain.notices import Guarantee, Notice, Priority
from domain.people import Actor
from domain.plan import (
    AssignmentClosed,
    AssignmentState,
    DoubleBooked,
    Excuse,
    SlotState,
)
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.recalls import TextRecalled
from domain.rights import Action, ensure_may
from domain.rollups import Measure
from domain.timing import is_expired
from domain.usecases import card_copies, recall_tasks, staffing
from domain.usecases.assignments import ensure_version, look
from domain.usecases.publishing import Gate

_SOON = timedelta(minutes=30)
"""How long after [Post again] the new slot lies."""
_STEP = timedelta(minutes=5)
_AHEAD = timedelta(days=14)
"""No plan reaches farther."""
_TRIES = 24 * 12


# -- the network removed a post ---------------------------------------------------------------------------------------------------


async def look_posted(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int | None = None, *, now: datetime
) -> AssignmentView:
    """One of the actor's own that can be said to be taken down. Read-only."""
    view = await look(uow, actor, assignment_id)
    if view.assignment.state is not AssignmentState.POSTED or view.slot.posted_at is None:
        raise AssignmentClosed(view.assignment.state)
    ensure_version(view.assignment, version)
    if view.slot.excuse is not None:
        raise MishapSettled
    if now - view.slot.posted_at > REMOVED_WITHIN:
        raise TooLateToSay
    return view


async def removed(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> AssignmentView:
    """[The network removed it]: it stays posted and counts apart; the press secretary says whether it goes out again."""
    view = await look_posted(uow, actor, assignment_id, version, now=now)
    slot, page = await uow.plan.save_slot(replace(view.slot, excuse=Excuse.REMOVED)), view.page
    await uow.rollups.add(page.code, page.region, slot.day, {Measure.EXCUSED: 1})
    await uow.tasks.cancel(slot.subject, ["figures.post"])
    await uow.outbox.cancel(view.assignment.subject, ["published.differs"])
    await recall_tasks.gone(uow, actor, slot.draft_id or 0, slot.id, now=now)
    params = {"assignment": view.assignment.id}
    readers = [reader for reader in await staffing.press(uow, page.region) if reader.id != actor.id]
    await tell(uow, "post.removed", f"removed:{slot.id}", readers, params, f"{slot.version}", now)
    await uow.journal.add(
        at=now, actor=actor.number, action="post.removed", object_=view.assignment.subject, version=slot.version
    )
    return replace(view, slot=slot)


async def tell(
    uow: UnitOfWork, kind: str, subject: str, readers: Iterable[Actor], params: dict[str, int], mark: str, now: datetime
) -> None:
    await uow.outbox.add(
        *(
            Notice(
                kind=kind,
                subject=subject,
                due_at=placing.outside_quiet(reader.person, now),
                dedup_key=f"{kind}:{subject}:{mark}:{reader.id}",
                person_id=reader.id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params=params,
            )
            for reader in readers
        )
    )


@dataclass(frozen=True)
class Answered:
    """What was decided about a removed post. `again`: the new assignment, None: it is left."""

    view: AssignmentView
    again: AssignmentView | None


async def answer(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, again: bool, now: datetime, rules: PlanRules
) -> Answered:
    """[Post again] or [Leave it], once; `version`: of the slot."""
    view = await uow.plan.view(assignment_id)
    ensure_may(actor, Action.SPOT_CHECK, view.page.region)
    if view.slot.version != version or view.slot.excuse is not Excuse.REMOVED:
        raise MishapSettled
    try:
        slot = await uow.plan.save_slot(view.slot)  # its version says that it is answered
    except Conflict:
        raise MishapSettled from None
    new = await _post_again(uow, view, now, rules) if again else None
    await uow.outbox.cancel(f"removed:{slot.id}", ["post.removed"])
    params = {"assignment": assignment_id, "again": new.assignment.id if new else 0}
    await card_copies.redraw(uow, f"removed:{slot.id}", "post.removed.redraw", f"{slot.version}", now, params)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="post.again" if again else "post.left",
        object_=view.assignment.subject,
        version=slot.version,
    )
    return Answered(replace(view, slot=slot), new)


async def _post_again(uow: UnitOfWork, view: AssignmentView, now: datetime, rules: PlanRules) -> AssignmentView:
    """A new slot beyond the norm with the same text and person, soon, outside silences and the person's quiet hours."""
    page, person = view.page, view.person
    if await uow.recalls.is_declared(view.slot.draft_id or 0):
        raise TextRecalled
    (await Gate.load(uow)).ensure_open(page, person.zone, now)
    at = await _moment(uow, view, placing.outside_quiet(person, now + _SOON), now)
    (slot,) = await uow.plan.add_slots([(page.code, page.local_day(at), at)])
    filled = await uow.plan.save_slot(
        replace(
            slot,
            state=SlotState.FILLED,
            draft_id=view.slot.draft_id,
            draft_version=view.slot.draft_version,
            again=view.slot.again + 1,
            extra=True,
        )
    )
    assignment = await uow.plan.put_assignment(filled, person.id, AssignmentState.ASSIGNED, substitute=False, now=now)
    await uow.rollups.add(page.code, page.region, filled.day, {Measure.SLOTS: 1, Measure.FILLED: 1})
    await uow.outbox.add(*staffing.told(assignment, person, now, rules))
    await staffing.start_ladder(uow, filled, now, rules)
    return await uow.plan.view(assignment.id)


async def _moment(uow: UnitOfWork, view: AssignmentView, earliest: datetime, now: datetime) -> datetime:
    """The first five minutes from `earliest` on at which the page may publish, has no slot and the person nothing else."""
    gate, page = await Gate.load(uow), view.page
    days = {page.local_day(earliest), page.local_day(earliest + timedelta(days=1))}
    taken = {slot.at for slot in await uow.plan.slots_of_pages([page.code], days)}
    taken |= {booked.at for booked in await uow.plan.bookings([view.person.id], now)}
    at = earliest.replace(second=0, microsecond=0)
    at += timedelta(minutes=-at.minute % 5)
    for _ in range(_TRIES):
        if at not in taken and gate.is_open(page, at) and not is_expired(view, at) and not view.person.is_quiet(at):
            return at
        at += _STEP
    raise DoubleBooked
