"""What follows from a draft that was handed in, changed, withdrawn, decided on or left lying; run as due tasks."""

from collections.abc import Iterable
from datetime import datetime

from domain.drafts import DraftState
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.ports.record import Expectation
from domain.rights import DECIDERS
from domain.routing import next_up, who_decides
from domain.usecases import approvals, drafts


async def submitted(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """Handed in, changed or withdrawn: queue messages of who decides, and every open card."""
    sheet = await uow.drafts.get_sheet(task.params["draft"])
    mark = f"{task.params['what']}:{task.params['version']}"
    await _redraw_cards(uow, sheet, mark, now)
    await _redraw_queues(uow, sheet, mark, now, ring=await _asked(uow, sheet))


async def decided(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """Decided: the author hears, every copy shows it, queues shrink, the planner gets the approved text."""
    draft_id, version, approver = task.params["draft"], task.params["version"], task.params["approver"]
    sheet = await uow.drafts.get_sheet(draft_id)
    mark = f"decided:{version}:{approver}"
    await _redraw_cards(uow, sheet, mark, now, besides=tuple(task.params["pressed"]))
    await _redraw_queues(uow, sheet, mark, now)
    state = DraftState(task.params["state"])
    if state is not DraftState.SUBMITTED:
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


async def overdue(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """The promised moment has passed: whoever comes next in the routing is asked too."""
    sheet = await uow.drafts.get_sheet(task.params["draft"])
    draft = sheet.draft
    if draft.state is not DraftState.SUBMITTED or draft.version != task.params["version"]:
        return
    asked = await _asked(uow, sheet)
    holders = await uow.people.holders(DECIDERS, draft.region)
    more = next_up(draft.region, holders, draft.author_id, [actor.id for actor in asked])
    await _redraw_queues(uow, sheet, f"overdue:{draft.version}", now, ring=[*asked, *more], again=True)


async def left(uow: UnitOfWork, actor: Actor, expected: Expectation, now: datetime) -> None:
    """The actor answers no more: the panel or the card that asked shows the draft again instead of the question."""
    purpose = {drafts.QUESTION: "panel", approvals.QUESTION: "card"}.get(expected.kind)
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


async def _asked(uow: UnitOfWork, sheet: DraftSheet) -> list[Actor]:
    draft = sheet.draft
    holders = await uow.people.holders(DECIDERS, draft.region)
    return who_decides(draft.region, holders, draft.author_id, sheet.approvals_needed)


async def _redraw_cards(
    uow: UnitOfWork, sheet: DraftSheet, mark: str, now: datetime, besides: tuple[int, ...] = ()
) -> None:
    """Every copy of the card, and the author's panel once it shows a decision."""
    draft = sheet.draft
    copies = [
        copy
        for copy in await uow.cards.of_subject(draft.subject)
        if copy.purpose == "card" or (copy.purpose == "panel" and mark.startswith("decided"))
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
