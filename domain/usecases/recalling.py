"""The steps that every recall shares: slots taken back, people asked, the ladder, lists redrawn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.recalls import PublishedPost
from domain.recalls import OUTSTANDING, Recall, RecallKind, RecallState, TaskState, chase_moments, opened
from domain.rights import DECIDERS
from domain.routing import who_decides
from domain.usecases import card_copies, staffing

CHASE = "recall.chase"
"""Kind of the due task that reminds those outstanding."""


async def withdraw(uow: UnitOfWork, draft_id: int, now: datetime) -> None:
    """Nobody posts it any more: what was still to come is taken back at once."""
    for slot in await uow.recalls.open_slots(draft_id):
        await staffing.withdraw(uow, slot, await uow.campaign.get_page(slot.page), now, "recall")


async def open_(
    uow: UnitOfWork,
    actor: Actor,
    recall: Recall,
    posts: Sequence[PublishedPost],
    now: datetime,
    allowed: timedelta,
    approved_by: int | None = None,
) -> Recall:
    """Everybody who posted it is asked, whatever is silent or stopped; the ladder begins."""
    saved = await uow.recalls.save(opened(recall, now, allowed, approved_by))
    await ask(uow, saved, posts, now)
    if saved.kind is RecallKind.REMOVE:
        for post in posts:  # nobody is asked how a removed post did
            await uow.tasks.cancel(f"slot:{post.slot_id}", ["figures.post"])
    region = (await uow.drafts.get(saved.draft_id)).region
    readers = who_decides(region, await uow.people.holders(DECIDERS, region), 0)
    await uow.outbox.cancel(saved.subject, ["recall.read"])
    people = sorted({saved.by_id, *(reader.id for reader in readers)})
    await uow.outbox.add(*(told("recall.panel", saved, person, now, f"{person}") for person in people))
    await add_chase(uow, saved, 0, now)
    await noted(uow, actor, "recall.begun", saved, now)
    return saved


async def ask(uow: UnitOfWork, recall: Recall, posts: Sequence[PublishedPost], now: datetime) -> None:
    """Each of these posts becomes the task of whoever posted it."""
    slots = {post.slot_id for post in posts}
    tasks = [task for task in await uow.recalls.add_tasks(recall.id, posts) if task.slot_id in slots]
    await uow.outbox.add(
        *(
            Notice(
                kind="recall.task",
                subject=task.subject,
                due_at=now,
                dedup_key=f"recall.task:{task.id}",
                person_id=task.person_id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params={"task": task.id},
            )
            for task in tasks
        )
    )


async def add_chase(uow: UnitOfWork, recall: Recall, step: int, begun: datetime) -> None:
    """The next step of the ladder, if there is one."""
    moments = chase_moments(begun, recall.deadline or begun)
    if step < len(moments):
        params = {"recall": recall.id, "step": step, "begun": begun.isoformat()}
        key = f"{CHASE}:{recall.id}:{step}:{begun:%Y%m%d%H%M%S}"
        await uow.tasks.add(DueTask(key, CHASE, recall.subject, moments[step], params))


def told(kind: str, recall: Recall, person_id: int, now: datetime, key: str, **more: int) -> Notice:
    return Notice(
        kind=kind,
        subject=recall.subject,
        due_at=now,
        dedup_key=f"{kind}:{recall.id}:{key}",
        person_id=person_id,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"recall": recall.id, "version": recall.version, **more},
    )


async def give_up(uow: UnitOfWork, recall: Recall, now: datetime) -> Recall:
    dropped = await uow.recalls.save(replace(recall, state=RecallState.DROPPED, closed_at=now))
    await uow.outbox.cancel(recall.subject)
    await uow.tasks.cancel(recall.subject)
    for view in await uow.recalls.tasks(recall.id):
        if view.task.state in OUTSTANDING:
            ended = await uow.recalls.save_task(replace(view.task, state=TaskState.CANCELLED))
            await uow.outbox.cancel(ended.subject)
            await card_copies.redraw(uow, ended.subject, "recall.card", f"{ended.version}", now, {"task": ended.id})
    await card_copies.redraw(uow, recall.subject, "recall.redraw", f"{dropped.version}", now, {"recall": recall.id})
    return dropped


async def noted(uow: UnitOfWork, actor: Actor, action: str, recall: Recall, now: datetime) -> None:
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action=action,
        object_=recall.subject,
        version=recall.version,
        payload={
            "draft": recall.draft_id,
            "kind": recall.kind.value,
            "reason": recall.reason.value,
            "note": recall.note,
        },
    )
