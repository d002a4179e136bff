"""An author's own drafts, their rubrics and ends, on both engines."""

from dataclasses import replace
from datetime import timedelta

from domain.drafts import DraftState, Variant, with_content
from domain.people import Role
from domain.plan import AssignmentState, Proof, SlotState
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.rubrics import Rubric
from storage.database import Database
from tests.harness import load_campaign
from tests.storage.test_drafts import NOW, person, waiting_draft
from tests.storage.test_plan import AT, DAY


async def test_own_drafts_are_counted_listed_and_searched_without_deleted_ones(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna, boris = await person(uow, "Анна", Role.VOLUNTEER), await person(uow, "Борис", Role.VOLUNTEER)
        first, gone = await waiting_draft(uow, anna, "Первый"), await waiting_draft(uow, anna, "Удалён")
        await waiting_draft(uow, boris, "Чужой")
        assert await uow.drafts.set_state(replace(gone, state=DraftState.WITHDRAWN), {DraftState.SUBMITTED})
        second = await uow.drafts.add(
            author_id=anna.id,
            region="kazan",
            text="Второй",
            media=(),
            source="",
            message_id=None,
            album="",
            now=NOW + timedelta(hours=1),
            variants=(Variant(Platform.X, "Коротко"),),
            rubric="deeds",
        )
        mine = uow.my_drafts
        assert await mine.counts(anna.id) == {DraftState.SUBMITTED: 1, DraftState.WRITING: 1}
        assert [d.id for d in await uow.drafts.of_author(anna.id, 8)] == [second.id, first.id]
        assert [d.id for d in await uow.drafts.of_author(anna.id, 8, 1)] == [first.id]
        assert [d.id for d in await uow.drafts.of_author(anna.id, state=DraftState.WRITING)] == [second.id]
        assert await mine.texts(anna.id, 1) == [(second.id, ("Второй", "", "Коротко"))]
        assert [d.id for d in await mine.of_ids([first.id, second.id])] == [second.id, first.id]
        stored = await uow.drafts.get(second.id)
        assert (stored.variants, stored.rubric) == (second.variants, "deeds")

    await db.run(story)


async def test_versions_and_publications_are_told(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna, vera = await person(uow, "Анна", Role.VOLUNTEER), await person(uow, "Вера", Role.PRESS_SECRETARY)
        draft = await waiting_draft(uow, anna)
        later = NOW + timedelta(hours=1)
        assert await uow.drafts.save_content(replace(with_content(draft, "Иначе", (), later), edited_by=vera.id), 1)
        told = await uow.my_drafts.versions(draft.id)
        assert [(one.version, one.at, one.edited_by) for one in told] == [(1, NOW, ""), (2, later, "Вера")]
        (slot,) = await uow.plan.add_slots([("vk-kazan", DAY, AT)])
        slot = await uow.plan.save_slot(replace(slot, state=SlotState.FILLED, draft_id=draft.id, draft_version=2))
        assert await uow.my_drafts.publications(draft.id) == []
        task = await uow.plan.put_assignment(slot, anna.id, AssignmentState.POSTED, substitute=False, now=NOW)
        await uow.plan.add_proof(Proof(slot.id, task.id, anna.id, "https://vk.com/wall-1_7", "vk:wall-1_7", AT))
        (link,) = await uow.my_drafts.publications(draft.id)
        assert (link.page, link.url, link.at) == ("VK Казань", "https://vk.com/wall-1_7", AT)

    await db.run(story)


async def test_ends_and_rubric_are_stored_only_while_it_is_the_authors_turn(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna = await person(uow, "Анна", Role.VOLUNTEER)
        draft = await waiting_draft(uow, anna)
        timed = replace(draft, not_before=NOW, expires_at=AT, rubric="deeds")
        assert not await uow.timing.save(timed)
        assert not await uow.rubrics.save(timed)
        open_ = replace(timed, state=DraftState.RETURNED)
        assert await uow.drafts.set_state(open_, {DraftState.SUBMITTED})
        assert await uow.timing.save(timed)
        assert await uow.rubrics.save(timed)
        assert not await uow.timing.save(replace(timed, version=2))
        stored = await uow.drafts.get(draft.id)
        assert (stored.not_before, stored.expires_at, stored.rubric) == (NOW, AT, "deeds")

    await db.run(story)


async def test_rubrics_are_replaced_and_counted_in_plan_and_fact(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna = await person(uow, "Анна", Role.VOLUNTEER)
        draft = await waiting_draft(uow, anna)
        assert await uow.drafts.set_state(replace(draft, state=DraftState.WRITING), {DraftState.SUBMITTED})
        assert await uow.rubrics.save(replace(draft, rubric="deeds"))
        two = [Rubric("deeds", "What was done", "Что сделано", 40, 0), Rubric("people", "People", "Люди", 20, 1)]
        await uow.rubrics.replace(two)
        assert await uow.rubrics.all() == two
        await uow.rubrics.replace(two[1:])
        assert await uow.rubrics.all() == two[1:]
        wanted = [("vk-kazan", DAY, AT + timedelta(hours=hours)) for hours in (-48, 0, 1)]
        _, taken, _ = sorted(await uow.plan.add_slots(wanted), key=lambda slot: slot.at)
        full = replace(taken, state=SlotState.FILLED, draft_id=draft.id, draft_version=1)
        full = await uow.plan.save_slot(full)
        # The first lies in the past and is empty: nobody can fill it any more.
        assert await uow.rubrics.planned(["vk-kazan"], DAY, NOW) == {"deeds": 1, "": 1}
        assert await uow.rubrics.planned(["vk-kazan"], DAY + timedelta(days=1), NOW) == {}
        assert await uow.rubrics.published(None, DAY) == {}
        await uow.plan.save_slot(replace(full, state=SlotState.POSTED, posted_at=AT))
        assert await uow.rubrics.published(None, DAY) == {"deeds": 1}
        assert await uow.rubrics.published(["kazan"], DAY) == {"deeds": 1}
        assert await uow.rubrics.published(["omsk"], DAY) == {}

    await db.run(story)
