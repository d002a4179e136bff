"""What a recall asks of each person: done with proof, looked at by the press secretary, chased until it is."""

from dataclasses import replace
from datetime import datetime

from domain import links
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import Actor, Role
from domain.ports import UnitOfWork
from domain.ports.recalls import TaskView
from domain.recalls import (
    OUTSTANDING,
    OwnLook,
    ProofNeeded,
    Recall,
    RecallKind,
    RecallState,
    RecallTask,
    RecallTaskClosed,
    TaskState,
    chase_moments,
    closed,
)
from domain.rights import DECIDERS, Action, ensure_may
from domain.routing import who_decides
from domain.usecases import card_copies, proofs, recalling

PROOF = "recall.proof"
"""Expectation: the link again, or a screenshot."""
OVERSEERS = frozenset({Role.COORDINATOR, Role.MANAGER})
"""Who hears of a passed deadline beside those who decide."""


async def mine(uow: UnitOfWork, actor: Actor, task_id: int) -> TaskView:
    """One of the actor's own, however it stands. Read-only."""
    view = await uow.recalls.task(task_id)
    ensure_may(actor, Action.RECALL_ANSWER, mine=view.task.person_id == actor.id)
    return view


async def ask_proof(uow: UnitOfWork, actor: Actor, task_id: int, *, now: datetime) -> TaskView:
    """[Done]: the next message proves it."""
    view = await mine(uow, actor, task_id)
    if view.task.state not in OUTSTANDING:
        raise RecallTaskClosed(view.task.state)
    await uow.expectations.set(actor.id, PROOF, view.task.subject, now=now)
    return view


async def stop_asking(uow: UnitOfWork, actor: Actor, task_id: int) -> TaskView:
    """[Back]."""
    await uow.expectations.clear(actor.id, PROOF)
    return await mine(uow, actor, task_id)


async def prove_by_link(uow: UnitOfWork, actor: Actor, task_id: int, text: str, *, now: datetime) -> TaskView:
    """The link of the corrected post, which may be the old one. A removal is not proven by a link."""
    view = await mine(uow, actor, task_id)
    if view.recall.kind is RecallKind.REMOVE or not text.strip():
        raise ProofNeeded(picture=view.recall.kind is RecallKind.REMOVE)
    post = links.recognise(text)
    proofs.ensure_of_page(post, view.page)
    done = replace(closed(view.task, TaskState.DONE, now), proof_url=post.normal)
    return await _close(uow, actor, view, done, "recall.proven", now)


async def prove_by_picture(uow: UnitOfWork, actor: Actor, task_id: int, sha256: str, *, now: datetime) -> TaskView:
    """A screenshot."""
    view = await mine(uow, actor, task_id)
    done = replace(closed(view.task, TaskState.DONE, now), proof_media=sha256)
    return await _close(uow, actor, view, done, "recall.proven", now)


async def say_done(uow: UnitOfWork, actor: Actor, task_id: int, *, now: datetime) -> TaskView:
    """[I have no proof] or [It is gone already]: it stays outstanding until the press secretary has looked."""
    view = await mine(uow, actor, task_id)
    return await _close(uow, actor, view, closed(view.task, TaskState.SAID, now), "recall.said", now)


async def gone(uow: UnitOfWork, actor: Actor, draft_id: int, slot_id: int, *, now: datetime) -> None:
    """The network took the actor's post down: what a recall asks of it is said to be done, and somebody looks."""
    recall = await uow.recalls.find_unfinished(draft_id)
    for view in [] if recall is None else await uow.recalls.tasks(recall.id):
        if (view.task.slot_id, view.task.person_id, view.task.state) == (slot_id, actor.id, TaskState.OPEN):
            await say_done(uow, actor, view.task.id, now=now)


async def to_look(uow: UnitOfWork, actor: Actor, task_id: int) -> TaskView:
    """One of a recall's, for those who answer for it. Read-only."""
    view = await uow.recalls.task(task_id)
    ensure_may(actor, Action.RECALL, view.region)
    return view


async def looked(uow: UnitOfWork, actor: Actor, task_id: int, version: int, *, now: datetime) -> TaskView:
    """[I looked]: the press secretary opened the link themselves. Nobody looks at their own post."""
    view = await to_look(uow, actor, task_id)
    if view.task.person_id == actor.id:
        raise OwnLook
    if view.task.version != version and view.task.state not in OUTSTANDING:
        raise RecallTaskClosed(view.task.state)
    done = replace(closed(view.task, TaskState.DONE, now), looked_by=actor.id)
    return await _close(uow, actor, view, done, "recall.looked", now)


async def _close(
    uow: UnitOfWork, actor: Actor, view: TaskView, task: RecallTask, action: str, now: datetime
) -> TaskView:
    """Nothing more is sent for it, its card and the lists show it; the last one ends the recall."""
    saved = await uow.recalls.save_task(task)
    await uow.outbox.cancel(saved.subject, ["recall.task", "recall.reminder"])
    asked = await uow.expectations.find(saved.person_id, now)
    if asked is not None and asked.kind == PROOF and asked.subject == saved.subject:
        await uow.expectations.clear(saved.person_id, PROOF)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action=action,
        object_=saved.subject,
        version=saved.version,
        payload={"recall": saved.recall_id, "link": saved.proof_url, "picture": saved.proof_media},
    )
    await card_copies.redraw(uow, saved.subject, "recall.card", f"{saved.version}", now, {"task": saved.id})
    recall = view.recall
    left = [one for one in await uow.recalls.tasks(recall.id) if one.task.state in OUTSTANDING]
    if not left and recall.state is RecallState.OPEN:
        recall = await uow.recalls.save(replace(recall, state=RecallState.DONE, closed_at=now))
        await uow.tasks.cancel(recall.subject)
        await uow.outbox.cancel(recall.subject, ["recall.late"])
        await uow.outbox.add(_news("recall.done", recall, recall.by_id, now))
    drawn = f"{saved.id}.{saved.version}"
    await card_copies.redraw(uow, recall.subject, "recall.redraw", drawn, now, {"recall": recall.id})
    return replace(view, task=saved, recall=recall)


def _news(kind: str, recall: Recall, person_id: int, now: datetime) -> Notice:
    return Notice(
        kind=kind,
        subject=recall.subject,
        due_at=now,
        dedup_key=f"{kind}:{recall.id}:{recall.version}:{person_id}",
        person_id=person_id,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"recall": recall.id},
    )


async def chase(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`recall.chase`: those outstanding are reminded; at the deadline those who answer for the text and the regions hear."""
    recall = await uow.recalls.get(int(task.params["recall"]))
    if recall.state is not RecallState.OPEN:
        return
    step, begun = int(task.params["step"]), datetime.fromisoformat(task.params["begun"])
    if step + 1 < len(chase_moments(begun, recall.deadline or begun)):
        for view in await uow.recalls.tasks(recall.id):
            if view.task.state is TaskState.OPEN:
                await uow.outbox.cancel(view.task.subject, ["recall.reminder"])
                await uow.outbox.add(_reminder(view, step, now))
        await recalling.add_chase(uow, recall, step + 1, begun)
        return
    region = (await uow.drafts.get(recall.draft_id)).region
    readers = who_decides(region, await uow.people.holders(DECIDERS, region), 0)
    late = {view.page.region for view in await uow.recalls.tasks(recall.id) if view.task.state in OUTSTANDING}
    for where in sorted({region, *late}):  # a text stands in several regions: their people are called there
        readers = [*readers, *await uow.people.holders(OVERSEERS, where)]
    people = sorted({recall.by_id, *(reader.id for reader in readers)})
    await uow.outbox.add(*(_news("recall.late", recall, person, now) for person in people))


def _reminder(view: TaskView, step: int, now: datetime) -> Notice:
    return Notice(
        kind="recall.reminder",
        subject=view.task.subject,
        due_at=now,
        dedup_key=f"recall.reminder:{view.task.id}:{step}",
        person_id=view.task.person_id,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"task": view.task.id},
    )
