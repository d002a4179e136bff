"""One change of the plan by hand: written with everything that follows from it, and undone in the same way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.authority import NoAuthority
from domain.day_plan import (
    Change,
    Kind,
    MomentTaken,
    NotCarried,
    PageStopped,
    SilentMoment,
    Standing,
    Unfit,
    ensure_undoable,
)
from domain.day_plan_people import CannotTake, Why
from domain.pages import Page
from domain.people import Actor
from domain.plan import OPEN_ASSIGNMENTS, Assignment, AssignmentState, Excuse, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may
from domain.rollups import Measure
from domain.usecases import day_plan_news as news
from domain.usecases import staffing
from domain.usecases.authority_plan import Owners
from domain.usecases.publishing import Gate

_BUSY = frozenset({AssignmentState.ASSIGNED, AssignmentState.POSTED})
_OPEN = frozenset({SlotState.EMPTY, SlotState.FILLED})


@dataclass(frozen=True)
class Hand:
    """Who changes what, when, and why."""

    actor: Actor
    kind: Kind
    slot_id: int
    now: datetime
    rules: PlanRules
    reason: str = ""


@dataclass
class _Work:
    """What is being written. `pages`: those of the slots, by code."""

    hand: Hand
    before: Standing
    after: Standing
    pages: Mapping[str, Page]
    saved: dict[int, Slot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.saved = {slot.id: slot for slot in self.before.slots}

    @property
    def slot_ids(self) -> list[int]:
        return [slot.id for slot in self.before.slots]

    def pairs(self) -> Iterable[tuple[Slot, Slot]]:
        return ((slot, self.after.slot(slot.id)) for slot in self.before.slots)

    def text_changed(self, slot_id: int) -> bool:
        return _text(self.before.slot(slot_id)) != _text(self.after.slot(slot_id))


def _text(slot: Slot) -> tuple[int | None, int | None]:
    return slot.draft_id, slot.draft_version


async def apply(uow: UnitOfWork, hand: Hand, before: Standing, after: Standing) -> Change:
    """Write `after` in the place of `before`; raises what forbids it, and Conflict when `before` is not what stands."""
    pages = await uow.campaign.pages({slot.page for slot in before.slots}, inactive=True)
    work = _Work(hand, before, after, pages)
    await _ensure_places(uow, work)
    await _ensure_people(uow, work)
    await _end(uow, work)
    changed = [new for old, new in work.pairs() if new != old]
    work.saved |= {slot.id: slot for slot in await uow.day_plan.save_slots(changed)}
    await _open(uow, work)
    await _count(uow, work)
    await _follow(uow, work)
    return await _record(uow, work)


async def undo(uow: UnitOfWork, actor: Actor, change_id: int, *, now: datetime, rules: PlanRules) -> Change:
    """Everything is exactly as it was before, and those who had been told hear it; raises `ChangeStands`."""
    change = await uow.day_plan.get_change(change_id)
    current = await uow.day_plan.standing([slot.id for slot in change.before.slots])
    for page in (await uow.campaign.pages({slot.page for slot in current.slots}, inactive=True)).values():
        ensure_may(actor, Action.PLAN_CHANGE, page.region)
    ensure_undoable(change, current, now)
    versions = {one.id: one.version for one in current.assignments}
    back = Standing(
        tuple(replace(slot, version=current.slot(slot.id).version) for slot in change.before.slots),
        tuple(replace(one, version=versions[one.id]) for one in change.before.assignments),
    )
    await uow.day_plan.undone(change_id, now)
    hand = Hand(actor, Kind.UNDO, change.slot_id, now, rules)
    return await apply(uow, hand, current, back)


# -- what forbids it --------------------------------------------------------------------------------------------------


async def _ensure_places(uow: UnitOfWork, work: _Work) -> None:
    gate: Gate | None = None
    for old, new in work.pairs():
        reopened = new.state in _OPEN and old.state not in _OPEN
        if not (reopened or new.at != old.at or (new.state is SlotState.FILLED and new != old)):
            continue
        gate = gate or await Gate.load(uow)
        page = work.pages[new.page]
        if gate.stopped(page) is not None:
            raise PageStopped(page.title)
        if gate.silences.hold(page.region, new.at):
            raise SilentMoment
        if not page.may_publish_on(new.day):
            raise NoAuthority((page.title,))
        if new.at != old.at:
            await _clear(uow, new, page)
        if new.state is SlotState.FILLED and new.draft_id is not None and _text(new) != _text(old):
            there = await uow.day_plan.times_there(new.page, new.draft_id, work.slot_ids)
            if there > new.again:
                raise NotCarried(page.title, Unfit.THERE)


async def _clear(uow: UnitOfWork, slot: Slot, page: Page) -> None:
    """Nothing else of the page stands at the moment; what was taken out of the plan makes way."""
    other = await uow.day_plan.at_moment(slot.page, slot.at, slot.id)
    if other is None:
        return
    skipped = other.excuse is Excuse.SKIPPED
    if other.state is not SlotState.CANCELLED or skipped:
        raise MomentTaken(slot.at, page.zone, skipped)
    await uow.day_plan.make_way(other)


async def _ensure_people(uow: UnitOfWork, work: _Work) -> None:
    """Nobody has two posts at one moment."""
    held = {(one.person_id, one.at) for one in work.before.assignments if one.state in _BUSY}
    for one in work.after.assignments:
        if one.state is not AssignmentState.ASSIGNED or (one.person_id, one.at) in held:
            continue
        others = await uow.plan.bookings([one.person_id], one.at)
        if any(b.at == one.at and b.state in _BUSY and b.slot_id not in work.slot_ids for b in others):
            person = await uow.people.get(one.person_id)
            raise CannotTake(person.name, Why.BUSY)


# -- writing it -------------------------------------------------------------------------------------------------------


async def _end(uow: UnitOfWork, work: _Work) -> None:
    """Those who have nothing left to do; before anybody gets anything, so that no rule across rows is in the way."""
    after = {one.id: one for one in work.after.assignments}
    for one in work.before.assignments:
        new = after.get(one.id)
        if one.state not in OPEN_ASSIGNMENTS or (new is not None and new.state in OPEN_ASSIGNMENTS):
            continue
        state = AssignmentState.CANCELLED if new is None else new.state
        await uow.outbox.cancel(one.subject, news.KINDS)
        ended, knows = await staffing.end(uow, one, state, work.hand.now)
        if one.state is AssignmentState.ASSIGNED and knows:
            person = await uow.people.get(one.person_id)
            await uow.outbox.add(news.off(ended, person, work.hand.kind, work.hand.now))


async def _open(uow: UnitOfWork, work: _Work) -> None:
    before = {one.id: one for one in work.before.assignments}
    for new in work.after.assignments:
        if new.state not in OPEN_ASSIGNMENTS:
            continue
        old = before.get(new.id)
        if old is not None and old.state in OPEN_ASSIGNMENTS:
            if new != old or work.text_changed(new.slot_id):
                await _keep(uow, work, old, new)
            continue
        if new.id:
            saved = await uow.day_plan.save_assignment(new)
        else:
            slot = work.saved[new.slot_id]
            saved = await uow.plan.put_assignment(slot, new.person_id, new.state, substitute=False, now=work.hand.now)
        await _tell_new(uow, work, saved)


async def _tell_new(uow: UnitOfWork, work: _Work, saved: Assignment) -> None:
    """They have a slot, or are asked for one. A word that it was taken from them is not needed any more."""
    person, now = await uow.people.get(saved.person_id), work.hand.now
    await uow.outbox.cancel(saved.subject, [*news.KINDS, "assignment.card", "substitute.offer"])
    if saved.state is AssignmentState.OFFERED:
        await uow.outbox.add(news.offer(saved, person, now))
    else:
        await uow.outbox.add(*staffing.told(saved, person, now, work.hand.rules))


async def _keep(uow: UnitOfWork, work: _Work, old: Assignment, new: Assignment) -> None:
    """Somebody keeps what has another moment or text now: whoever knew the old one hears of it."""
    now, rules = work.hand.now, work.hand.rules
    unseen = await uow.outbox.cancel(old.subject, ["assignment.card", "substitute.offer"])
    await uow.outbox.cancel(old.subject, ["reminder", *news.KINDS])
    saved = await uow.day_plan.save_assignment(new)
    person = await uow.people.get(saved.person_id)
    if saved.state is AssignmentState.OFFERED:
        await uow.outbox.add(*([news.offer(saved, person, now)] if unseen else ()))
    else:
        if new.at != old.at and (not unseen or await news.listed(uow, old, person)):
            await uow.outbox.add(news.moved(saved, old.at, person, now))
        if unseen:
            await uow.outbox.add(*staffing.told(saved, person, now, rules))
        elif work.text_changed(saved.slot_id):
            await uow.outbox.add(news.other_text(saved, person, now), news.card(saved, person, now))
    await staffing.redraw(uow, saved, now)


async def _count(uow: UnitOfWork, work: _Work) -> None:
    for old, new in work.pairs():
        was, now = _counted(old), _counted(new)
        deltas = {measure: now[measure] - was[measure] for measure in was if now[measure] != was[measure]}
        if deltas:
            await uow.rollups.add(new.page, work.pages[new.page].region, new.day, deltas)


def _counted(slot: Slot) -> dict[Measure, int]:
    out = slot.state is SlotState.CANCELLED
    return {
        Measure.SLOTS: int(not out),
        Measure.FILLED: int(slot.state is SlotState.FILLED),
        Measure.EXCUSED: int(out and slot.excuse is not None),
    }


async def _follow(uow: UnitOfWork, work: _Work) -> None:
    """Reminders from the beginning, the page's owner and the press secretaries' messages."""
    now, rules = work.hand.now, work.hand.rules
    owners = await Owners.load(uow, work.pages.values())
    for old, new in work.pairs():
        if old == new and work.before.holder(new.id) == work.after.holder(new.id):
            continue
        slot = work.saved[new.id]
        await uow.tasks.cancel(slot.subject, ["ladder"])
        await uow.outbox.cancel(slot.subject, ["authority.posting", "slot.nobody"])
        if slot.state is SlotState.FILLED:
            await staffing.start_ladder(uow, slot, now, rules)
            await uow.outbox.add(*owners.told(slot, now, rules.owner_notice))
        if slot.state is SlotState.CANCELLED:
            await staffing.redraw_press(uow, slot, now)


async def _record(uow: UnitOfWork, work: _Work) -> Change:
    hand = work.hand
    after = await uow.day_plan.standing(work.slot_ids)
    change = Change(0, hand.kind, hand.slot_id, hand.actor.id, hand.now, hand.reason, work.before, after)
    number = await uow.day_plan.add_change(change)
    for old in work.before.slots:
        new = after.slot(old.id)
        payload = {"before": _told(work.before, old), "after": _told(after, new), "reason": hand.reason}
        await uow.journal.add(
            at=hand.now,
            actor=hand.actor.number,
            action=f"plan.{hand.kind.value}",
            object_=new.subject,
            version=new.version,
            payload=payload,
        )
    return replace(change, id=number)


def _told(standing: Standing, slot: Slot) -> dict[str, object]:
    holder = standing.holder(slot.id)
    return {
        "at": slot.at.isoformat(),
        "state": slot.state.value,
        "draft": slot.draft_id,
        "person": None if holder is None else holder.person_id,
    }
