"""What a round of the planner has found, written: new slots in bulk, those that stand one by one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.notices import DueTask, Notice
from domain.pages import Page, PageKind
from domain.plan import AssignmentState, EmptyReason, Excuse, Slot, SlotState, filled_with
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.planner import Placed, PlanPage
from domain.rollups import Measure
from domain.sharing import Own, Seat
from domain.usecases import rungs, staffing
from domain.usecases.authority_plan import Owners
from domain.usecases.plan_round import Rested, Round
from domain.usecases.plan_telling import Tellings, as_person

Counts = dict[tuple[str, date], dict[Measure, int]]
"""By page and local day: what is added to the roll-ups."""


async def write(uow: UnitOfWork, found: Round, *, now: datetime, rules: PlanRules, times: float = 1.0) -> None:
    """`times`: as many people are told in the whole round as in this part of it."""
    pages = await _pages(uow, found)
    for standing, why, excuse in found.gone:
        slot = await uow.plan.get_slot(standing.id)
        await staffing.withdraw(uow, slot, pages[slot.page], now, why, excuse)
    tellings = Tellings(now, rules, await uow.reminders.ladders(), times)
    tellings.expect(found.told())
    counts: Counts = defaultdict(lambda: defaultdict(int))
    owners = await Owners.load(uow, pages.values())
    await _stand(uow, found, tellings, owners, counts)
    await _rest_again(uow, found, counts)
    await _add(uow, found, tellings, owners)
    for (code, day), deltas in counts.items():
        await uow.rollups.add(code, found.pages[code].region, day, deltas)


async def _pages(uow: UnitOfWork, found: Round) -> dict[str, Page]:
    """In full, those of which more is to be known: delegated ones, and where slots are withdrawn."""
    codes = {standing.page for standing, _, _ in found.gone}
    codes |= {seat.page for seat in found.seats if found.pages[seat.page].kind is PageKind.DELEGATED}
    return await uow.campaign.pages(sorted(codes)) if codes else {}


# --- slots that are new --------------------------------------------------------------------------------------------------


async def _add(uow: UnitOfWork, found: Round, tellings: Tellings, owners: Owners) -> None:
    added = [_own(one, tellings) for one in found.own]
    added += [_placed(seat, found.pages[seat.page], tellings, found) for seat in found.seats if seat.slot_id == 0]
    resting = (one for one in found.rested if (one.page, one.at) not in found.revived)
    added += [_resting(one, found.pages[one.page]) for one in resting]
    if not added:
        return
    made = await uow.planner.place(added, tellings.now)
    payload = {"slots": made}
    await uow.journal.add(at=tellings.now, actor=0, action="slots.planned", object_="plan", payload=payload)
    if owners.linked:
        notices: list[Notice] = []
        for one, (number, *_) in zip(added, made, strict=True):
            if one.person_id is not None:
                notices += owners.told(_as_slot(one, number), tellings.now, tellings.rules.owner_notice)
        await uow.outbox.add(*notices)


def _own(one: Own, tellings: Tellings) -> Placed:
    page, region, day, at, text, person_id, clock = one
    told = tellings.of(person_id, clock, at, page)
    words = (SlotState.FILLED, None, None, text.draft_id, text.version, text.again)
    return Placed(page, region, day, at, *words, person_id, told)


def _placed(seat: Seat, page: PlanPage, tellings: Tellings, found: Round) -> Placed:
    if seat.poster is None or seat.text is None:
        return Placed(*(seat.page, page.region, seat.day, seat.at, SlotState.EMPTY, found.reason(seat)))
    text, poster = seat.text, seat.poster
    told = tellings.of(poster.id, poster.clock, seat.at, seat.page, poster.declared)
    words = (SlotState.FILLED, None, None, text.draft_id, text.version, text.again)
    return Placed(seat.page, page.region, seat.day, seat.at, *words, poster.id, told)


def _resting(one: Rested, page: PlanPage) -> Placed:
    return Placed(one.page, page.region, one.day, one.at, SlotState.CANCELLED, excuse=one.excuse)


def _as_slot(one: Placed, number: int) -> Slot:
    return Slot(
        *(number, one.page, one.day, one.at, one.state, None, one.draft_id, one.draft_version, None),
        version=1,
        again=one.again,
    )


# --- slots that stand ----------------------------------------------------------------------------------------------------


async def _stand(uow: UnitOfWork, found: Round, tellings: Tellings, owners: Owners, counts: Counts) -> None:
    """Empty ones that are filled now, or are empty for another reason; cancelled ones that come back to life."""
    seats = [seat for seat in found.seats if seat.slot_id]
    reasons: dict[EmptyReason, list[int]] = defaultdict(list)
    slots = await _revived(uow, found, [seat for seat in seats if seat.slot_id not in found.standing], counts)
    slots |= await _loaded(uow, [s for s in seats if s.poster is not None and s.slot_id in found.standing])
    notices: list[Notice] = []
    for seat in seats:
        why, standing = found.reason(seat), found.standing.get(seat.slot_id)
        if why is None:
            told, step = await _take(uow, slots[seat.slot_id], seat, tellings, owners)
            notices += told
            if step is not None:
                await rungs.put(uow, step, tellings.now)
            counts[seat.page, seat.day][Measure.FILLED] += 1
        elif standing is None or standing.empty_reason is not why:
            reasons[why].append(seat.slot_id)
    await uow.planner.still_empty(reasons)
    await uow.outbox.add(*notices)


async def _loaded(uow: UnitOfWork, seats: Sequence[Seat]) -> dict[int, Slot]:
    wanted = {seat.slot_id for seat in seats}
    if not wanted:
        return {}
    there = await uow.plan.slots_of_pages({seat.page for seat in seats}, {seat.day for seat in seats})
    return {slot.id: slot for slot in there if slot.id in wanted}


async def _revived(uow: UnitOfWork, found: Round, seats: Sequence[Seat], counts: Counts) -> dict[int, Slot]:
    if not seats:
        return {}
    back = await uow.plan.add_slots([(seat.page, seat.day, seat.at) for seat in seats])
    for slot in back:
        counts[slot.page, slot.day][Measure.SLOTS] += 1
        if found.revived[slot.page, slot.at].excuse is not None:
            counts[slot.page, slot.day][Measure.EXCUSED] -= 1
    return {slot.id: slot for slot in back}


async def _rest_again(uow: UnitOfWork, found: Round, counts: Counts) -> None:
    """Cancelled slots in whose place a page rests: they say why from now on."""
    for one in found.rested:
        standing = found.revived.get((one.page, one.at))
        if standing is not None and standing.excuse is not one.excuse:
            await _excuse(uow, standing.id, one.excuse)
            counts[one.page, one.day][Measure.EXCUSED] += int(standing.excuse is None)


async def _excuse(uow: UnitOfWork, slot_id: int, excuse: Excuse) -> None:
    slot = await uow.plan.get_slot(slot_id)
    await uow.plan.save_slot(replace(slot, excuse=excuse))


async def _take(
    uow: UnitOfWork, slot: Slot, seat: Seat, tellings: Tellings, owners: Owners
) -> tuple[list[Notice], DueTask | None]:
    """An empty slot takes a text and a person. Returns what is told, and the first reminder."""
    text, poster, now = seat.text, seat.poster, tellings.now
    if text is None or poster is None:
        return [], None
    filled = await uow.plan.save_slot(filled_with(slot, text))
    given = await uow.plan.put_assignment(filled, poster.id, AssignmentState.ASSIGNED, substitute=False, now=now)
    payload = {"draft": text.draft_id, "assignment": given.id}
    await uow.journal.add(
        at=now, actor=0, action="slot.filled", object_=slot.subject, version=filled.version, payload=payload
    )
    told = staffing.told(given, as_person(poster), now, tellings.rules)
    told += owners.told(filled, now, tellings.rules.owner_notice)
    step = tellings.of(poster.id, poster.clock, seat.at, seat.page, poster.declared)
    if step.step is None or step.step_at is None:
        return told, None
    return told, DueTask(f"ladder:{slot.id}", "ladder", slot.subject, step.step_at, {"slot": slot.id, **step.step})
