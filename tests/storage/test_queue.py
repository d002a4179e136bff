"""What approvers narrow their queue down to, undoing and settling, on both engines."""

from datetime import timedelta

import pytest

from domain.drafts import Decision, DraftState, Verdict
from domain.people import EVERYWHERE, Role
from domain.ports import UnitOfWork
from domain.queue import Choice, Facet, Only
from storage.database import Database
from storage.tables import draft
from tests.harness import load_campaign
from tests.storage.test_drafts import NOW, person, waiting_draft


@pytest.mark.slow  # takes seconds
async def test_a_queue_is_counted_by_region_page_and_rubric_and_narrowed_down(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna, boris = await person(uow, "Анна", Role.VOLUNTEER), await person(uow, "Борис", Role.MANAGER, EVERYWHERE)
        first, second = await waiting_draft(uow, anna), await waiting_draft(uow, anna)
        await uow.drafts.set_page(second.id, "ok-kazan", chosen=False)
        await uow.session.execute(draft.update().where(draft.c.id == second.id).values(rubric="news"))  # type: ignore[attr-defined]
        assert await uow.queue.choices({EVERYWHERE}, boris.id) == [
            Choice(Only(Facet.REGION, "kazan", "Казань"), 2),
            Choice(Only(Facet.PAGE, "vk-kazan", "VK Казань"), 2),
            Choice(Only(Facet.PAGE, "ok-kazan", "ОК Казань"), 1),
            Choice(Only(Facet.RUBRIC, "news", "news"), 1),
        ]
        assert await uow.queue.choices({"omsk"}, boris.id) == []
        for only, found in (
            (Only(Facet.PAGE, "ok-kazan"), [first.id]),
            (Only(Facet.RUBRIC, "news"), [second.id]),
            (Only(Facet.REGION, "omsk"), []),
            (Only(Facet.REGION, "kazan"), [first.id, second.id]),
        ):
            assert [d.id for d in await uow.drafts.waiting({EVERYWHERE}, boris.id, only=only)] == found
            assert (await uow.drafts.count_waiting({EVERYWHERE}, boris.id, only=only))[0] == len(found)

    await db.run(story)


async def test_the_choice_is_one_per_person_and_carries_its_name(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        boris = await person(uow, "Борис", Role.PRESS_SECRETARY)
        assert await uow.queue.find(boris.id) is None
        await uow.queue.set(boris.id, Only(Facet.PAGE, "vk-kazan"))
        await uow.queue.set(boris.id, Only(Facet.REGION, "kazan"))
        assert await uow.queue.find(boris.id) == Only(Facet.REGION, "kazan", "Казань")
        await uow.queue.set(boris.id, Only(Facet.REGION, EVERYWHERE))
        assert await uow.queue.find(boris.id) == Only(Facet.REGION, EVERYWHERE)
        await uow.queue.set(boris.id, None)
        assert await uow.queue.find(boris.id) is None

    await db.run(story)


async def test_only_a_settled_approval_is_offered_to_a_page_and_none_is_undone_after_it(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna, boris = await person(uow, "Анна", Role.VOLUNTEER), await person(uow, "Борис", Role.PRESS_SECRETARY)
        made = await waiting_draft(uow, anna)
        until = NOW + timedelta(minutes=1)
        yes = Decision(made.id, 1, boris.id, "Борис", Verdict.APPROVE, None, "", NOW, until, 1)
        assert await uow.drafts.decide(yes, DraftState.APPROVED)
        assert (await uow.drafts.get_sheet(made.id)).decisions == (yes,)
        assert await uow.drafts.approved_for_page("vk-kazan") == []
        assert not await uow.drafts.undo(yes, 0, NOW)  # something has happened since
        assert await uow.drafts.undo(yes, 1, NOW)
        sheet = await uow.drafts.get_sheet(made.id)
        assert (sheet.draft.state, sheet.draft.turns, sheet.decisions) == (DraftState.SUBMITTED, 2, ())
        assert await uow.drafts.decide(yes, DraftState.APPROVED)
        assert not await uow.drafts.settle(made.id, 2, DraftState.APPROVED, until)
        assert not await uow.drafts.settle(made.id, 1, DraftState.RETURNED, until)
        assert await uow.drafts.settle(made.id, 1, DraftState.APPROVED, until)
        assert not await uow.drafts.undo(yes, 3, NOW)
        assert [text.draft_id for text in await uow.drafts.approved_for_page("vk-kazan")] == [made.id]

    await db.run(story)
