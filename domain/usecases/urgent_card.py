"""The cards of an urgent call follow what becomes of its pages: drawn anew at each change, in place."""

from collections.abc import Collection
from datetime import datetime, timedelta

from domain.notices import Guarantee, Notice, Priority
from domain.people import EVERYWHERE
from domain.plan import AssignmentState, Slot, SlotState
from domain.ports import UnitOfWork
from domain.ports.plan import SlotView
from domain.ports.urgent import NamedAsk
from domain.urgent import UNANSWERED, AskState, CallState, PageProgress, Progress, UrgentCall

EVERY = timedelta(seconds=3)
"""The card of whoever started it is edited at most that often."""
RUNNING = timedelta(hours=36)
"""Calls that were started longer ago are over."""


def card_subject(call_id: int) -> str:
    """What the live card is a copy of."""
    return f"urgent:{call_id}"


async def changed(uow: UnitOfWork, slot: Slot, now: datetime) -> None:
    """Something about a slot has changed; nothing follows when it belongs to no urgent call."""
    if slot.urgent_id is None:
        return
    call = await uow.urgent.touch(slot.urgent_id)
    await redraw(uow, call, now)
    for one in await uow.urgent.asks(call.id, slot.page):
        for copy in await uow.cards.of_subject(one.ask.subject):
            await uow.outbox.add(
                Notice(
                    "urgent.redraw",
                    one.ask.subject,
                    now,
                    f"urgent.redraw:{copy.id}:{call.version}",
                    person_id=copy.person_id,
                    priority=Priority.DECISION,
                    params={"ask": one.ask.id, "copy": copy.id},
                )
            )


async def stopped_or_not(uow: UnitOfWork, pages: Collection[str], mark: str, now: datetime) -> None:
    """An emergency stop holds these pages or lets them go on: whoever was asked there and has not answered hears it."""
    for running in await uow.urgent.running([EVERYWHERE], now - RUNNING):
        for view in await uow.plan.slots_of_call(running.call_id):
            if view.slot.page not in pages or view.slot.state is not SlotState.FILLED or view.assignee:
                continue
            for one in await uow.urgent.asks(running.call_id, view.slot.page):
                if one.ask.state not in UNANSWERED:
                    continue
                for copy in await uow.cards.of_subject(one.ask.subject):
                    await uow.outbox.add(
                        Notice(
                            "urgent.redraw",
                            one.ask.subject,
                            now,
                            f"urgent.redraw:{copy.id}:{mark}",
                            person_id=copy.person_id,
                            guarantee=Guarantee.A,
                            priority=Priority.DECISION,
                            params={"ask": one.ask.id, "copy": copy.id, "anew": True},
                        )
                    )


async def redraw(uow: UnitOfWork, call: UrgentCall, now: datetime) -> None:
    """Everybody who has the live card sees it as it stands; who started it gets one when they have none."""
    subject = card_subject(call.id)
    readers = {copy.person_id for copy in await uow.cards.of_subject(subject, "urgent")} | {call.started_by}
    await uow.outbox.cancel(subject, ["urgent.card"])
    await uow.outbox.add(
        *(
            Notice(
                "urgent.card",
                subject,
                now,
                f"urgent.card:{call.id}:{call.version}:{reader}",
                person_id=reader,
                priority=Priority.REMINDER,
                params={"call": call.id},
            )
            for reader in sorted(readers)
        )
    )


async def progress(uow: UnitOfWork, call: UrgentCall) -> tuple[PageProgress, ...]:
    """How each of its pages stands, in the order in which they were sent. Read-only."""
    asks = await uow.urgent.asks(call.id)
    found = []
    for view in await uow.plan.slots_of_call(call.id):
        mine = [one for one in asks if one.ask.page == view.slot.page]
        offered = False
        if view.slot.state is SlotState.FILLED and view.assignee is None:
            others = await uow.plan.assignments_of(view.slot.id)
            offered = any(other.state is AssignmentState.OFFERED for other in others)
        found.append(_page(view, mine, stopped=call.state is not CallState.ASKING, offered=offered))
    return tuple(found)


def _page(view: SlotView, asks: list[NamedAsk], *, stopped: bool, offered: bool) -> PageProgress:
    who = view.assignee or ""
    if view.slot.state is SlotState.POSTED:
        return PageProgress(view.page_title, Progress.POSTED, who)
    if view.slot.state is not SlotState.FILLED:
        return PageProgress(view.page_title, Progress.ENDED)
    if who:
        return PageProgress(view.page_title, Progress.ACCEPTED, who)
    waiting = [one for one in asks if one.ask.state is AskState.ASKED]
    return PageProgress(
        view.page_title,
        Progress.WAITING if (waiting and not stopped) or offered else Progress.NOBODY,
        waiting=tuple(one.name for one in waiting),
        silent=tuple(one.name for one in asks if one.ask.state is AskState.SILENT),
        until=max((one.ask.deadline for one in waiting if one.ask.deadline), default=None),
    )
