"""The end of the day: what was not posted is closed, and the managers hear of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain import planning
from domain.halts import Halt
from domain.notices import DueTask, Notice, Priority
from domain.pages import Page
from domain.people import EVERYWHERE, Actor, Role
from domain.plan import GIVEN_UP, AssignmentState, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import SlotView
from domain.rollups import Measure
from domain.usecases import staffing
from domain.usecases.proofs import DEADLINE

_MANAGERS = frozenset({Role.MANAGER})
_DAY = timedelta(days=1)
_HALTS_SINCE = timedelta(days=15)
"""Days that were slept through are closed later (`domain.usecases.calendar`)."""
_OWNERS = frozenset({Role.OWNER})


async def close_day(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`day.close`: filled slots that nobody posted are missed, empty ones are counted. Late evening slots get their time."""
    day, again = date.fromisoformat(task.params["day"]), bool(task.params.get("again"))
    pages = {p.code: p for p in (await uow.campaign.pages(inactive=True)).values() if p.zone == task.params["zone"]}
    waiting: list[datetime] = []
    halts = await uow.halts.since(now - _HALTS_SINCE)
    given_back = await _given_back(uow, day)
    for view in await uow.plan.slots_of_day(day, pages):
        slot, page = view.slot, pages[view.slot.page]
        if slot.state in {SlotState.EMPTY, SlotState.FILLED} and _was_stopped(page, slot, halts):
            await staffing.withdraw(uow, slot, page, now, "halt")
        elif slot.state is SlotState.EMPTY and not again:
            await uow.rollups.add(page.code, page.region, day, {Measure.EMPTY: 1})
        elif slot.id in given_back:
            continue  # closed when its fresh time is over
        elif slot.state is SlotState.FILLED and slot.at + rules.on_time > now:
            waiting.append(slot.at + rules.on_time)
        elif slot.state is SlotState.FILLED:
            await miss(uow, slot, page, now)
    if waiting:
        await uow.tasks.reschedule(task.key, max(waiting), {**task.params, "again": True})


def _was_stopped(page: Page, slot: Slot, halts: Iterable[Halt]) -> bool:
    """Its moment fell into an emergency stop, or its page is stopped as the day ends: nobody is to blame."""
    return any(
        halt.held(page, slot.at) or (halt.in_force and halt.scope.covers(page.region, page.code)) for halt in halts
    )


async def _given_back(uow: UnitOfWork, day: date) -> frozenset[int]:
    """Slots of the day whose proof was not right and whose person still has time."""
    checks = await uow.proofs.given_back(day)
    return frozenset([one.slot_id for one in checks if await uow.tasks.find(f"{DEADLINE}:{one.id}") is not None])


def end_of_day(day: date, zone: str) -> datetime:
    """The midnight after a page's local day."""
    return datetime.combine(day + _DAY, time(0), ZoneInfo(zone))


async def miss(uow: UnitOfWork, slot: Slot, page: Page, now: datetime) -> None:
    """A filled slot is closed without a proof; counted and noted."""
    for assignment in await uow.plan.assignments_of(slot.id):
        if assignment.state is AssignmentState.ASSIGNED:
            await staffing.end(uow, assignment, AssignmentState.MISSED, now)
    await staffing.end_offers(uow, slot, now)
    await uow.tasks.cancel(slot.subject, ["ladder"])
    missed = await uow.plan.save_slot(replace(slot, state=SlotState.MISSED))
    await staffing.redraw_press(uow, missed, now)
    if missed.draft_id is not None and await uow.plan.times_missed(missed) == GIVEN_UP:
        await staffing.tell_press(uow, "text.given_up", missed, page, now)
    await uow.rollups.add(page.code, page.region, slot.day, {Measure.MISSED: 1})
    await uow.journal.add(at=now, actor=0, action="slot.missed", object_=slot.subject, version=slot.version)


@dataclass(frozen=True)
class DayTroubles:
    """What went wrong on a day, by moment. `before`: missed the day before, after that day's report."""

    before: tuple[SlotView, ...]
    missed: tuple[SlotView, ...]
    late: tuple[SlotView, ...]
    empty: tuple[SlotView, ...]

    def __bool__(self) -> bool:
        return bool(self.before or self.missed or self.late or self.empty)


@dataclass(frozen=True)
class DaySlots:
    """What a day's report is made from."""

    before: tuple[SlotView, ...]
    today: tuple[SlotView, ...]


async def slots_to_report(uow: UnitOfWork, day: date, at: datetime) -> DaySlots:
    """The slots of `day`, and those of the day before that were closed as missed since the report before `at`."""
    earlier = await uow.plan.slots_of_day(day - _DAY)
    missed = (v for v in earlier if v.slot.state is SlotState.MISSED and _closes(v) > at - _DAY)
    return DaySlots(tuple(missed), tuple(await uow.plan.slots_of_day(day)))


def _closes(view: SlotView) -> datetime:
    return end_of_day(view.slot.day, view.zone)


def troubles(views: DaySlots, now: datetime, rules: PlanRules) -> DayTroubles:
    """Missed, still open although its moment has passed or posted late, and empty although its moment has passed."""
    slots = views.today

    def is_late(slot: Slot) -> bool:
        overdue = slot.state is SlotState.FILLED and slot.at < now
        return overdue or (slot.posted_at is not None and slot.posted_at > slot.at + rules.on_time)

    return DayTroubles(
        views.before,
        tuple(v for v in slots if v.slot.state is SlotState.MISSED),
        tuple(v for v in slots if is_late(v.slot)),
        tuple(v for v in slots if v.slot.state is SlotState.EMPTY and v.slot.at < now),
    )


def within(views: DaySlots, reader: Actor) -> DaySlots:
    """What a manager answers for: the regions of that role (an owner: everything)."""
    regions = reader.regions(_MANAGERS | _OWNERS)

    def mine(some: Iterable[SlotView]) -> tuple[SlotView, ...]:
        return tuple(view for view in some if EVERYWHERE in regions or view.region in regions)

    return DaySlots(mine(views.before), mine(views.today))


async def manager_evening(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`manager.evening`: one message per manager whose regions had trouble today; none when all is well."""
    day = date.fromisoformat(task.params["day"])
    views = await slots_to_report(uow, day, now)
    if not troubles(views, now, rules):
        return
    team = await uow.people.team()
    readers = [a for a in team if any(m.role is Role.MANAGER for m in a.memberships)]
    readers = readers or [a for a in team if any(m.role is Role.OWNER for m in a.memberships)]
    for member in readers:
        actor = Actor(member.person, 0, 0, member.memberships)
        if troubles(within(views, actor), now, rules):
            await uow.outbox.add(
                Notice(
                    kind="manager.evening",
                    subject=f"day:{day}",
                    due_at=planning.outside_quiet(actor.person, now),
                    dedup_key=f"manager.evening:{actor.id}:{day}",
                    person_id=actor.id,
                    priority=Priority.DIGEST,
                    params={
                        "day": day.isoformat(),
                        "at": now.isoformat(),
                        "on_time": int(rules.on_time.total_seconds() // 60),
                    },
                )
            )
