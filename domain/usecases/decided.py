"""What follows from a draft that was handed in, changed, withdrawn, decided on or left lying; run as due tasks."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from domain.appeals import others
from domain.drafts import DraftState
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.ports.record import Expectation
from domain.rights import DECIDERS
from domain.routing import who_decides
from domain.usecases import alts, approvals, comments, drafts, edits, group_cards, lanes, timing, variants

ASKED_ON = {
    drafts.QUESTION: "panel",
    variants.QUESTION: "panel",
    alts.QUESTION: "panel",
    comments.ANSWER: "panel",
    approvals.QUESTION: "card",
    comments.ASK: "card",
    edits.QUESTION: "card",
    lanes.SOURCES: "panel",
    timing.QUESTION: "panel",
    lanes.BECAUSE: "card",
}
"""Expectations about a draft, and over which of its copies each was asked."""


async def submitted(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """Handed in, changed or withdrawn: queue messages of who decides, and every open card."""
    sheet = await uow.drafts.get_sheet(task.params["draft"])
    mark = f"{task.params['what']}:{task.params['version']}"
    await _redraw_cards(uow, sheet, mark, now)
    await _redraw_queues(uow, sheet, mark, now, ring=await _asked(uow, sheet, now))
    if sheet.draft.state is DraftState.SUBMITTED:
        await lanes.tell_shortage(uow, sheet, now)
    else:
        await uow.tasks.cancel(sheet.draft.subject, ["draft.overdue"])


async def decided(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """Decided: every copy shows it and queues shrink. The rest follows at once where nothing can be undone."""
    params = task.params
    sheet = await uow.drafts.get_sheet(params["draft"])
    settles = params.get("settles", True)  # tasks stored by versions without undo settle
    mark = f"decided:{params['version']}:{params.get('turn', params['approver'])}"
    await _redraw_cards(uow, sheet, mark, now, besides=tuple(params["pressed"]), panel=settles)
    await _redraw_queues(uow, sheet, mark, now)
    if settles:
        await _follow(uow, sheet, params, now)


async def settled(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """The decision stands: [Undo] disappears, the author hears, the planner gets the approved text."""
    params = task.params
    draft_id, version, state = params["draft"], params["version"], DraftState(params["state"])
    waits = state is DraftState.SUBMITTED  # the first of several approvals
    stands = waits or await uow.drafts.settle(draft_id, version, state, now)
    sheet = await uow.drafts.get_sheet(draft_id)
    await _redraw_cards(uow, sheet, f"settled:{version}:{params['turn']}", now, panel=True)
    if stands:
        await _follow(uow, sheet, params, now)


async def undone(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """Whoever decided has taken it back: every copy can be decided on again, and nobody's telephone rings."""
    params = task.params
    sheet = await uow.drafts.get_sheet(params["draft"])
    mark = f"undone:{params['version']}:{params['turn']}"
    await _redraw_cards(uow, sheet, mark, now, besides=tuple(params["pressed"]), panel=True)
    await _redraw_queues(uow, sheet, mark, now)


async def _follow(uow: UnitOfWork, sheet: DraftSheet, made: Mapping[str, Any], now: datetime) -> None:
    """What a decision that stands leads to. `made`: draft, version, approver and the state it led to."""
    draft_id, version, approver = made["draft"], made["version"], made["approver"]
    state = DraftState(made["state"])
    if state is not DraftState.SUBMITTED:
        await uow.tasks.cancel(sheet.draft.subject, ["draft.overdue"])
        params = {"draft": draft_id, "version": version, "approver": approver}
        await uow.outbox.add(
            Notice(
                "draft.decided",
                sheet.draft.subject,
                now,
                f"draft.decided:{draft_id}:{version}:{approver}",
                person_id=sheet.draft.author_id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params=params,
            )
        )
    if state is DraftState.APPROVED:
        key = f"plan.fill:{draft_id}:{version}"
        await uow.tasks.add(DueTask(key, "plan.fill", sheet.draft.subject, now, {"draft": draft_id}))


async def left(uow: UnitOfWork, actor: Actor, expected: Expectation, now: datetime) -> None:
    """The actor answers no more: the panel or the card that asked shows the draft again instead of the question."""
    purpose = ASKED_ON.get(expected.kind)
    if purpose is None:
        return
    copies = await uow.cards.of_person(actor.id, purpose, expected.subject)
    await uow.outbox.add(
        *(
            Notice(
                "card.redraw",
                expected.subject,
                now,
                f"card.redraw:{copy.id}:left:{now.isoformat()}",
                person_id=actor.id,
                priority=Priority.DECISION,
                params={"draft": expected.subject_id, "copy": copy.id, "anew": True},
            )
            for copy in copies
        )
    )


async def _asked(uow: UnitOfWork, sheet: DraftSheet, now: datetime) -> list[Actor]:
    draft = sheet.draft
    holders = await uow.people.holders(DECIDERS, draft.region)
    absent = await uow.away.absent(now)
    return who_decides(draft.region, others(holders, sheet.appeal), draft.author_id, sheet.approvals_needed, absent)


async def _redraw_cards(
    uow: UnitOfWork,
    sheet: DraftSheet,
    mark: str,
    now: datetime,
    besides: tuple[int, ...] = (),
    *,
    panel: bool = False,
) -> None:
    """Every copy of the card, also in groups; with `panel` also what the author has on the screen."""
    draft = sheet.draft
    await group_cards.redraw(uow, draft, mark, now)
    copies = [
        copy
        for copy in await uow.cards.of_subject(draft.subject)
        if copy.purpose == "card" or (copy.purpose == "panel" and panel)
        if (copy.chat_id, copy.message_id) != besides
    ]
    await uow.outbox.add(
        *(
            Notice(
                "card.redraw",
                draft.subject,
                now,
                f"card.redraw:{draft.id}:{mark}:{copy.id}",
                person_id=copy.person_id,
                priority=Priority.DECISION,
                params={"draft": draft.id, "copy": copy.id},
            )
            for copy in copies
        )
    )


async def _redraw_queues(
    uow: UnitOfWork, sheet: DraftSheet, mark: str, now: datetime, ring: Iterable[Actor] = (), *, again: bool = False
) -> None:
    """One queue message per approver: `ring`: who gets one if they have none; the others only see theirs redrawn."""
    draft = sheet.draft
    await group_cards.redraw_queues(uow, draft.region, now)
    asked = {actor.id for actor in ring}
    holders = await uow.people.holders(DECIDERS, draft.region)
    await uow.outbox.add(
        *(
            Notice(
                "queue",
                f"queue:{actor.id}",
                now,
                f"queue:{actor.id}:{draft.id}:{mark}",
                person_id=actor.id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params={"draft": draft.id, "ask": actor.id in asked, "again": again and actor.id in asked},
            )
            for actor in holders
            if actor.id != draft.author_id
        )
    )
