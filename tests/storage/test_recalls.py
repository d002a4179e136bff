"""Recalls on both engines."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.people import EVERYWHERE, Actor, Role
from domain.plan import Proof, SlotState
from domain.ports import UnitOfWork
from domain.recalls import Recall, RecallChanged, RecallKind, RecallReason, RecallState, TaskState
from domain.usecases import recalls
from storage.database import Database
from tests.joining import joined
from tests.storage.test_plan import LINK, NOW, a_filled_slot


async def a_posted_text(uow: UnitOfWork) -> int:
    """Anna's text, posted and proven by her on VK. Returns the draft's id."""
    slot, assignment = await a_filled_slot(uow)
    await uow.plan.add_proof(Proof(slot.id, assignment.id, assignment.person_id, LINK, "vk:-123_1", NOW))
    posted = await uow.plan.save_slot(replace(slot, state=SlotState.POSTED, posted_at=NOW))
    assert posted.draft_id is not None
    return posted.draft_id


async def a_recall(uow: UnitOfWork, draft: int, by: int) -> Recall:
    return await uow.recalls.add(
        draft_id=draft,
        kind=RecallKind.REMOVE,
        state=RecallState.WRITING,
        reason=RecallReason.FACTS,
        text="",
        by_id=by,
        now=NOW,
    )


async def test_public_texts_are_listed_by_region_and_age(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        draft = await a_posted_text(uow)
        for regions in ({"kazan"}, {EVERYWHERE}, {"omsk", "kazan"}):
            (found,) = await uow.recalls.published(NOW - timedelta(days=1), regions, 10)
            assert (found.draft_id, found.text, found.posts, found.last) == (draft, "Текст", 1, NOW)
        assert await uow.recalls.published(NOW - timedelta(days=1), {"omsk"}, 10) == []
        assert await uow.recalls.published(NOW + timedelta(seconds=1), {EVERYWHERE}, 10) == []
        (post,) = await uow.recalls.posts(draft)
        assert (post.page_title, post.person, post.url) == ("VK Казань", "p1", LINK)
        assert await uow.recalls.open_slots(draft) == []

    await db.run(story)


async def test_a_declared_recall_keeps_its_text_out_of_the_plan_until_it_is_dropped(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, assignment = await a_filled_slot(uow)
        draft = slot.draft_id or 0
        await uow.plan.save_slot(replace(slot, state=SlotState.CANCELLED))
        recall = await a_recall(uow, draft, assignment.person_id)
        assert not await uow.recalls.is_declared(draft)
        declared = await uow.recalls.save(replace(recall, declared_at=NOW, state=RecallState.OPEN))
        assert await uow.recalls.is_declared(draft)
        assert await uow.drafts.approved_for_page("vk-kazan") == []
        assert await uow.recalls.find_unfinished(draft) == declared
        await uow.recalls.save(replace(declared, state=RecallState.DROPPED))
        assert not await uow.recalls.is_declared(draft)
        assert await uow.recalls.find_last(draft) is None
        with pytest.raises(RecallChanged):
            await uow.recalls.save(declared)
        with pytest.raises(NotFound):
            await uow.recalls.get(999)

    await db.run(story)


async def test_tasks_carry_page_person_and_recall_and_those_outstanding_come_first(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        draft = await a_posted_text(uow)
        posts = await uow.recalls.posts(draft)
        recall = await a_recall(uow, draft, posts[0].person_id)
        (task,) = await uow.recalls.add_tasks(recall.id, posts)
        view = await uow.recalls.task(task.id)
        assert (view.task, view.recall, view.page.code, view.person.name) == (task, recall, "vk-kazan", "p1")
        assert view.region == "kazan"
        done = await uow.recalls.save_task(replace(task, state=TaskState.DONE, proof_url=LINK, done_at=NOW))
        assert [one.task for one in await uow.recalls.tasks(recall.id)] == [done]
        await uow.recalls.save_task(replace(done, state=TaskState.CANCELLED))
        assert await uow.recalls.tasks(recall.id) == []

    await db.run(story)


async def test_of_three_who_remove_the_same_text_at_once_everybody_is_asked_once(db: Database) -> None:
    draft = await db.run(a_posted_text)

    async def enter(uow: UnitOfWork, number: int) -> Actor:
        return await joined(uow, f"v{number}", Role.PRESS_SECRETARY, "kazan", now=NOW, telegram_id=number)

    actors = [await db.run(enter, number) for number in (21, 22, 23)]

    async def remove(uow: UnitOfWork, actor: Actor) -> int:
        view = await recalls.remove(uow, actor, draft, RecallReason.FACTS, now=NOW, allowed=timedelta(hours=3))
        return view.recall.id if view.recall else 0

    await asyncio.gather(*(db.run(remove, actor) for actor in actors), return_exceptions=True)
    recall = await db.read(lambda uow: uow.recalls.find_unfinished(draft))
    assert recall is not None
    assert recall.state is RecallState.OPEN
    tasks = await db.read(lambda uow: uow.recalls.tasks(recall.id))
    assert [view.task.state for view in tasks] == [TaskState.OPEN]
