"""Several posts of one person handed on at once, and what nobody took coming back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain import timing
from domain.availability import Passed
from domain.pages import Page, PageKind
from domain.people import Actor
from domain.plan import Assignment, AssignmentState, DeclineReason, EmptyReason, Excuse, Slot, SlotState, filled_with
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.drafts import ApprovedDraft
from domain.ports.plan import AssignmentView
from domain.rollups import Measure
from domain.usecases import staffing, substitutes
from domain.usecases.authority_plan import Owners
from domain.usecases.imprints import Lines
from domain.usecases.silences import Silences

_BUSY = frozenset({AssignmentState.ASSIGNED, AssignmentState.POSTED})


async def hand_on(
    uow: UnitOfWork, actor: Actor, views: Iterable[AssignmentView], now: datetime, rules: PlanRules, *, day_off: bool
) -> list[Passed]:
    """The actor's own open ones among these go to substitutes; without a reason. Returns those that were theirs.

    On a day off a personal page, which nobody else may fill, rests: its slot is excused.
    """
    passed = []
    for view in views:
        one = view.assignment
        if one.state is AssignmentState.OFFERED:
            await substitutes.refuse_offer(uow, actor, one.id, one.version, now=now, rules=rules)
        elif one.state is AssignmentState.ASSIGNED:
            passed.append(Passed(one.id, view.slot.draft_id, view.slot.draft_version))
            if day_off and view.page.kind is PageKind.PERSONAL:
                await _rest(uow, actor, view, now)
            else:
                await substitutes.decline(uow, actor, one.id, one.version, DeclineReason.OTHER, now=now, rules=rules)
    return passed


async def _rest(uow: UnitOfWork, actor: Actor, view: AssignmentView, now: datetime) -> None:
    await substitutes.end_declined(uow, actor, view, DeclineReason.OTHER, now)
    await staffing.withdraw(uow, view.slot, view.page, now, "day_off", Excuse.DAY_OFF)


@dataclass(frozen=True)
class Back:
    """`gone`: how many of those handed on somebody has taken, or cannot be had any more."""

    returned: tuple[AssignmentView, ...]
    gone: int


async def give_back(uow: UnitOfWork, actor: Actor, passed: Sequence[Passed], now: datetime, rules: PlanRules) -> Back:
    """What nobody took is theirs again, with its card and its reminders."""
    found, gone = [], 0
    for one in passed:
        assignment = await uow.plan.get_assignment(one.assignment_id)
        slot = await uow.plan.get_slot(assignment.slot_id)
        if slot.at <= now:
            continue
        free = assignment.state is AssignmentState.DECLINED and assignment.person_id == actor.id
        mine = await _take(uow, actor, assignment, slot, one, now, rules) if free else None
        if mine is None:
            gone += 1
        else:
            found.append(await uow.plan.view(mine.id))
    return Back(tuple(found), gone)


async def _take(
    uow: UnitOfWork, actor: Actor, before: Assignment, slot: Slot, passed: Passed, now: datetime, rules: PlanRules
) -> Assignment | None:
    """None: somebody has it, they have something else at that moment, or its text is no more."""
    others = await uow.plan.assignments_of(slot.id)
    if any(other.state in _BUSY for other in others):
        return None
    if any(one.at == slot.at and one.state in _BUSY for one in await uow.plan.bookings([actor.id], slot.at)):
        return None
    page = await uow.campaign.get_page(slot.page)
    filled = slot if slot.state is SlotState.FILLED else await _with_text(uow, slot, page, passed, now, rules)
    if filled is None:
        return None
    await staffing.end_offers(uow, filled, now)
    mine = await uow.plan.put_assignment(
        filled, actor.id, AssignmentState.ASSIGNED, substitute=before.substitute, now=now
    )
    await uow.outbox.add(staffing.card(mine, now))
    await staffing.start_ladder(uow, filled, now, rules)
    await staffing.redraw_press(uow, filled, now)
    await uow.journal.add(
        at=now, actor=actor.number, action="assignment.returned", object_=mine.subject, version=mine.version
    )
    return mine


async def _with_text(
    uow: UnitOfWork, slot: Slot, page: Page, passed: Passed, now: datetime, rules: PlanRules
) -> Slot | None:
    """The slot that was left empty, or rested, with the text it had, if that is still waiting for a slot there."""
    rested = slot.state is SlotState.CANCELLED and slot.excuse is Excuse.DAY_OFF
    empty = slot.state is SlotState.EMPTY and slot.empty_reason is EmptyReason.NO_PERSON
    if not page.active or not (rested or empty):
        return None
    waiting = await uow.drafts.approved_for_page(page.code)
    mine = (passed.draft_id, passed.draft_version)
    text = next((one for one in waiting if (one.draft_id, one.version) == mine), None)
    owners = await Owners.load(uow, [page])
    if text is None or not owners.allow(page, text.draft_id) or not await _may_go(uow, slot, page, text):
        return None
    counts = {Measure.FILLED: 1, **({Measure.SLOTS: 1, Measure.EXCUSED: -1} if rested else {})}
    await uow.rollups.add(page.code, page.region, slot.day, counts)
    filled = await uow.plan.save_slot(filled_with(slot, text))
    await uow.outbox.add(*owners.told(filled, now, rules.owner_notice))
    return filled


async def _may_go(uow: UnitOfWork, slot: Slot, page: Page, text: ApprovedDraft) -> bool:
    """What the planner asks of a text for a slot."""
    silences = await Silences.load(uow)
    if not timing.fits(text, slot.at) or not page.may_publish_on(slot.day) or silences.hold(page.region, slot.at):
        return False
    return (await Lines.load(uow, [text])).allow(page, slot.day, text)
