"""An urgent text on its way: people are asked page by page, the first yes has it, a substitute follows each no or silence.

From the first yes on it is an ordinary assignment: card, proof by a link, figures.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain import ladder
from domain import urgent as rules
from domain.drafts import Draft, DraftState
from domain.ladder import Step
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.pages import Page
from domain.people import Actor, Person
from domain.plan import Assignment, AssignmentState, DoubleBooked, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.rights import Action, ensure_may
from domain.rollups import Measure
from domain.urgent import (
    UNANSWERED,
    AskState,
    CallState,
    NobodyChosen,
    PageFacts,
    ReasonNeeded,
    UrgentAsk,
    UrgentCall,
    UrgentOver,
    UrgentTaken,
    Why,
)
from domain.usecases import imprints, staffing, urgent_card, urgent_pages
from domain.usecases import urgent as desk
from domain.usecases.authority_plan import Owners
from domain.usecases.publishing import Gate
from domain.usecases.urgent import View

Answering = Callable[..., Awaitable[object]]
"""`accept` or `decline`."""
STEP = "urgent.step"
_SECOND = timedelta(seconds=1)


# --- sending ---------------------------------------------------------------------------------------------------------


async def start(uow: UnitOfWork, actor: Actor, call_id: int, version: int, *, now: datetime, plan: PlanRules) -> View:
    """The last tap: a slot per page, its text fixed, and everybody chosen is asked. All is checked once more."""
    shown = await desk.look(uow, actor, call_id, version, now=now)
    draft = await urgent_pages.ready(uow, actor, shown.call.draft_id, shown.call.draft_version, now)
    for facts in shown.chosen:
        urgent_pages.ensure_open(facts, actor, now)
    if not shown.covered:
        raise ReasonNeeded
    pages = [facts.page for facts in shown.chosen]
    codes = tuple(page.code for page in pages)
    call = await uow.urgent.save(replace(shown.call, state=CallState.ASKING, pages=codes, started_at=now))
    crew = await urgent_pages.posters(uow, pages, now, plan)
    freed = False
    for number, facts in enumerate(shown.chosen):
        page = facts.page
        asks = [one.ask for one in await uow.urgent.asks(call.id, page.code)]
        people = await _reached(uow, asks, crew[page.code], now)
        if not people:
            raise NobodyChosen(page.title)
        freed = await _free(uow, facts, now) or freed
        slot = await _add_slot(uow, call, page, now + number * _SECOND)
        await _ask(uow, call, slot, people, 0, now)
    for facts in shown.pages:
        await uow.urgent.unchoose(call.id, facts.page.code)  # pages that were left out, people who cannot be asked now
    if freed:
        await _replan(uow, draft, f"freed:{call.id}", now)
    await _journal_start(uow, actor, call, shown, now)
    await urgent_card.redraw(uow, call, now + urgent_card.EVERY)
    return await desk.view(uow, actor, call_id, now=now)


async def _reached(uow: UnitOfWork, asks: Sequence[UrgentAsk], crew: Sequence[Person], now: datetime) -> list[int]:
    """Who of those chosen may still post there and can be asked now; who sleeps or is off only after the warning."""
    asleep = await urgent_pages.resting(uow, crew, now)
    there = {person.id for person in crew if person.reachable}
    return [a.person_id for a in asks if a.person_id in there and (a.loud or a.person_id not in asleep)]


async def _free(uow: UnitOfWork, facts: PageFacts, now: datetime) -> bool:
    """The plan had the text there for later: it is taken from that slot, whoever had it is told."""
    if facts.planned is None:
        return False
    await staffing.cancel_open(uow, facts.planned, now, "urgent")
    await staffing.leave_empty(uow, facts.planned, facts.page, now)
    return True


async def _add_slot(uow: UnitOfWork, call: UrgentCall, page: Page, at: datetime) -> Slot:
    """Extra to the norm. Pages of one call are a second apart, so that one person can take several of them."""
    day = page.local_day(at)
    taken = {slot.at for slot in await uow.plan.slots_of_pages([page.code], [day])}
    while at in taken:
        at += _SECOND
    (slot,) = await uow.plan.add_slots([(page.code, day, at)])
    await uow.rollups.add(page.code, page.region, day, {Measure.SLOTS: 1, Measure.FILLED: 1})
    filled = await uow.plan.save_slot(
        replace(
            slot,
            state=SlotState.FILLED,
            draft_id=call.draft_id,
            draft_version=call.draft_version,
            urgent_id=call.id,
        )
    )
    owners = await Owners.load(uow, [page])  # the owner of somebody else's page hears of it at once
    await uow.outbox.add(*owners.told(filled, at, timedelta(0)))
    return filled


async def _ask(
    uow: UnitOfWork, call: UrgentCall, slot: Slot, people: Sequence[int], number: int, now: datetime
) -> None:
    """One round: its people are told at once, and what they have said is looked at when their time is over."""
    deadline = now + timedelta(minutes=call.minutes)
    asks = await uow.urgent.ask(call.id, slot.page, people, slot_id=slot.id, number=number, deadline=deadline, now=now)
    await uow.outbox.add(
        *(
            Notice(
                "urgent.ask",
                ask.subject,
                now,
                f"urgent.ask:{ask.id}",
                person_id=ask.person_id,
                guarantee=Guarantee.A,
                priority=Priority.URGENT,
                params={"ask": ask.id},
            )
            for ask in asks
        )
    )
    params = {"call": call.id, "slot": slot.id, "round": number}
    await uow.tasks.add(DueTask(f"{STEP}:{call.id}:{slot.page}:{number}", STEP, slot.subject, deadline, params))


async def _journal_start(uow: UnitOfWork, actor: Actor, call: UrgentCall, shown: View, now: datetime) -> None:
    payload = {"draft": call.draft_id, "pages": list(call.pages), "minutes": call.minutes}
    if shown.excesses:
        exceeded = [{"page": e.page, "rule": e.rule.value, "have": e.have, "agreed": e.agreed} for e in shown.excesses]
        payload |= {"exceeded": exceeded, "why": (call.why or Why.OWN).value, "note": call.note}
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="urgent.started",
        object_=call.subject,
        version=call.version,
        payload=payload,
    )


# --- answers ---------------------------------------------------------------------------------------------------------


async def accept(uow: UnitOfWork, actor: Actor, ask_id: int, *, now: datetime, plan: PlanRules) -> AssignmentView:
    """[I do it]: the first yes has the page; the others see whose it is. Also after the time to answer, while nobody has it."""
    ask, call, slot = await _asked(uow, actor, ask_id)
    page = await _ensure_wanted(uow, actor, call, slot, now)
    crew = await urgent_pages.posters(uow, [page], now, plan)
    ensure_may(actor, Action.URGENT_ANSWER, mine=any(person.id == actor.id for person in crew[page.code]))
    busy = {AssignmentState.ASSIGNED, AssignmentState.POSTED}
    if any(b.at == slot.at and b.state in busy for b in await uow.plan.bookings([actor.id], slot.at)):
        raise DoubleBooked
    if not await uow.urgent.answer(ask, AskState.ACCEPTED):
        raise UrgentOver
    assignment = await uow.plan.put_assignment(
        slot, actor.id, AssignmentState.ASSIGNED, substitute=ask.round > 0, now=now
    )
    await staffing.end_offers(uow, slot, now, besides=assignment.id)
    await uow.outbox.add(replace(staffing.card(assignment, now), priority=Priority.URGENT))
    await uow.tasks.cancel(slot.subject, [STEP])
    for other in await uow.urgent.asks(call.id, slot.page):
        await uow.outbox.cancel(other.ask.subject, ["urgent.ask"])
    if ask.round > 0:
        await uow.rollups.add(page.code, page.region, slot.day, {Measure.SUBSTITUTES: 1})
    await _start_ladder(uow, slot, now, plan)
    await uow.journal.add(
        at=now, actor=actor.number, action="urgent.accepted", object_=assignment.subject, version=assignment.version
    )
    await urgent_card.changed(uow, slot, now)
    view = await uow.plan.view(assignment.id)
    await imprints.ensure_holds(uow, view, now)  # H3: the text in the next message carries the line of today
    return view


async def _start_ladder(uow: UnitOfWork, slot: Slot, now: datetime, plan: PlanRules) -> None:
    """Who said yes has as long as everybody else before a substitute is asked, whenever they said it."""
    due = max(ladder.due(Step.SUBSTITUTE, slot.at, plan), now + plan.substitute_after)
    key, params = f"ladder:{slot.id}", {"slot": slot.id, "step": Step.SUBSTITUTE.value}
    await uow.tasks.add(DueTask(key, "ladder", slot.subject, due, params))
    await uow.tasks.reschedule(key, due, params)


async def decline(uow: UnitOfWork, actor: Actor, ask_id: int, *, now: datetime, plan: PlanRules) -> UrgentAsk:
    """[Not now]: somebody else is asked at once, unless somebody has it by now."""
    ask, call, slot = await _asked(uow, actor, ask_id)
    await refuse(uow, ask, call, slot, now, plan)
    await uow.journal.add(at=now, actor=actor.number, action="urgent.declined", object_=ask.subject)
    return replace(ask, state=AskState.DECLINED)


async def refuse(uow: UnitOfWork, ask: UrgentAsk, call: UrgentCall, slot: Slot, now: datetime, plan: PlanRules) -> None:
    """What a no does, whoever says it; `UrgentOver`."""
    if not await uow.urgent.answer(ask, AskState.DECLINED):
        raise UrgentOver
    if slot.state is SlotState.FILLED and await _holder(uow, slot) is None:
        # As for an assignment they gave back: they are not asked for this slot again.
        await uow.plan.put_assignment(slot, ask.person_id, AssignmentState.DECLINED, substitute=False, now=now)
        if call.state is CallState.ASKING:
            await _go_on(uow, call, slot, 1, now, plan)
    await urgent_card.changed(uow, slot, now)


async def look(uow: UnitOfWork, actor: Actor, ask_id: int) -> tuple[UrgentAsk, UrgentCall, Slot, str]:
    """An ask as it stands, with the name of whoever has the page (empty: nobody). Read-only."""
    ask = await uow.urgent.get_ask(ask_id)
    ensure_may(actor, Action.URGENT_ANSWER, mine=ask.person_id == actor.id)
    call, slot = await uow.urgent.get(ask.call_id), await uow.plan.get_slot(ask.slot_id or 0)
    holder = await _holder(uow, slot)
    names = {} if holder is None else await uow.people.names([holder.person_id])
    return ask, call, slot, "" if holder is None else names[holder.person_id]


async def _asked(uow: UnitOfWork, actor: Actor, ask_id: int) -> tuple[UrgentAsk, UrgentCall, Slot]:
    ask, call, slot, by = await look(uow, actor, ask_id)
    if ask.state not in UNANSWERED:
        raise UrgentTaken(by) if by else UrgentOver
    return ask, call, slot


async def _ensure_wanted(uow: UnitOfWork, actor: Actor, call: UrgentCall, slot: Slot, now: datetime) -> Page:
    """Raise why nobody is needed for it now: taken, over, its text no longer approved, a silence or a stop."""
    holder = await _holder(uow, slot)
    if holder is not None:
        raise UrgentTaken((await uow.people.names([holder.person_id]))[holder.person_id])
    page, draft = await uow.campaign.get_page(slot.page), await uow.drafts.get(call.draft_id)
    if slot.state is not SlotState.FILLED or not page.active or not await _still_approved(uow, draft, call, now):
        raise UrgentOver
    (await Gate.load(uow)).ensure_open(page, actor.person.zone, now)
    return page


async def _still_approved(uow: UnitOfWork, draft: Draft, call: UrgentCall, now: datetime) -> bool:
    approved = draft.state is DraftState.APPROVED and draft.version == call.draft_version
    current = draft.expires_at is None or now < draft.expires_at
    return approved and current and not await uow.recalls.is_declared(draft.id)


async def has_somebody(uow: UnitOfWork, slot: Slot) -> bool:
    """Whether somebody said yes and still has it, or has posted it."""
    return await _holder(uow, slot) is not None


async def _holder(uow: UnitOfWork, slot: Slot) -> Assignment | None:
    held = {AssignmentState.ASSIGNED, AssignmentState.POSTED}
    return next((a for a in await uow.plan.assignments_of(slot.id) if a.state in held), None)


# --- going on --------------------------------------------------------------------------------------------------------


async def step(uow: UnitOfWork, task: DueTask, *, now: datetime, plan: PlanRules) -> None:
    """`urgent.step`: a round's time is over: as many others are asked as have said nothing."""
    call, slot = await uow.urgent.get(int(task.params["call"])), await uow.plan.get_slot(int(task.params["slot"]))
    if call.state is not CallState.ASKING or slot.state is not SlotState.FILLED or await _holder(uow, slot) is not None:
        return
    page, draft = await uow.campaign.get_page(slot.page), await uow.drafts.get(call.draft_id)
    gate = await Gate.load(uow)
    if not page.active or not await _still_approved(uow, draft, call, now) or not gate.is_open(page, now):
        reason = "silence" if gate.silences.hold(page.region, now) else "page"
        await staffing.withdraw(uow, slot, page, now, reason)
        await _replan(uow, draft, f"held:{slot.id}", now)
        await _tell(uow, call, slot, reason, now)
        return
    silent = 0
    for one in await uow.urgent.asks(call.id, slot.page):
        if one.ask.state is AskState.ASKED and one.ask.round == task.params["round"]:
            await uow.urgent.answer(one.ask, AskState.SILENT)
            silent += 1
    if silent:
        await _go_on(uow, call, slot, silent, now, plan)
    await urgent_card.changed(uow, slot, now)


async def _go_on(uow: UnitOfWork, call: UrgentCall, slot: Slot, wanted: int, now: datetime, plan: PlanRules) -> None:
    """Ask the next fitting ones, none of whom was asked before; once nobody is left and nobody can still say yes, it is told."""
    page = await uow.campaign.get_page(slot.page)
    asks = [one.ask for one in await uow.urgent.asks(call.id, slot.page)]
    before = {ask.person_id for ask in asks} | {a.person_id for a in await uow.plan.assignments_of(slot.id)}
    crew = await urgent_pages.posters(uow, [page], now, plan)
    asleep = await urgent_pages.resting(uow, crew[page.code], now)
    fresh = [person for person in crew[page.code] if person.id not in before | asleep]
    ordered = rules.ranked(fresh, await urgent_pages.bookings(uow, crew, now), now, cap=plan.person_daily_cap)
    people = [person.id for person in ordered[:wanted]]
    if people:
        await _ask(uow, call, slot, people, max(ask.round for ask in asks) + 1, now)
    elif not any(ask.state is AskState.ASKED for ask in asks):
        await _tell(uow, call, slot, "nobody", now)


async def _tell(uow: UnitOfWork, call: UrgentCall, slot: Slot, why: str, now: datetime) -> None:
    """To whoever started it: this page has nobody ("nobody"), or was taken out ("silence", "page")."""
    await uow.outbox.add(
        Notice(
            "urgent.nobody",
            slot.subject,
            now,
            f"urgent.nobody:{slot.id}:{why}",
            person_id=call.started_by,
            guarantee=Guarantee.A,
            priority=Priority.DECISION,
            params={"call": call.id, "slot": slot.id, "why": why},
        )
    )


async def stop(uow: UnitOfWork, actor: Actor, call_id: int, *, now: datetime) -> View:
    """[Stop asking]: pages nobody has go back to the ordinary plan; whoever said yes goes on. Again: nothing more happens."""
    call = await uow.urgent.get(call_id)
    draft = await uow.drafts.get(call.draft_id)
    ensure_may(actor, Action.URGENT, draft.region)
    if call.state is CallState.ASKING:
        call = await uow.urgent.save(replace(call, state=CallState.STOPPED))
        pages = await uow.campaign.pages(call.pages, inactive=True)
        for view in await uow.plan.slots_of_call(call.id):
            if view.slot.state is SlotState.FILLED and await _holder(uow, view.slot) is None:
                for one in await uow.urgent.asks(call.id, view.slot.page):
                    await uow.outbox.cancel(one.ask.subject, ["urgent.ask"])
                await staffing.withdraw(uow, view.slot, pages[view.slot.page], now, "urgent")
        await _replan(uow, draft, f"stopped:{call.id}", now)
        await uow.journal.add(
            at=now, actor=actor.number, action="urgent.stopped", object_=call.subject, version=call.version
        )
        await urgent_card.redraw(uow, await uow.urgent.touch(call.id), now)
    return await desk.view(uow, actor, call_id, now=now)


async def _replan(uow: UnitOfWork, draft: Draft, why: str, now: datetime) -> None:
    """What is free again on the text's pages is filled in the ordinary way."""
    key = f"plan.fill:{draft.id}:{draft.version}:{why}"
    await uow.tasks.add(DueTask(key, "plan.fill", draft.subject, now, {"draft": draft.id}))
