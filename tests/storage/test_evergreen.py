"""Evergreen texts come back after their pause, on both engines."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.people import Role
from domain.plan import Slot, SlotState
from domain.ports import UnitOfWork
from domain.usecases import planning
from storage.database import Database
from tests.drafting import approve
from tests.harness import load_campaign
from tests.storage.test_plan import AT, DAY, NOW, RULES, join


async def posted(uow: UnitOfWork, page: str = "vk-kazan") -> tuple[int, Slot]:
    """A text published on a page on DAY, evergreen with a pause of 14 days."""
    await load_campaign(uow)
    anna, boris = await join(uow, 1), await join(uow, 2, role=Role.PRESS_SECRETARY)
    number = await approve(uow, anna, boris, "Как вызвать врача", page, now=NOW)
    (slot,) = await uow.plan.add_slots([(page, DAY, AT)])
    done = replace(slot, state=SlotState.POSTED, draft_id=number, draft_version=1, posted_at=AT)
    assert await uow.evergreen.save(replace(await uow.drafts.get(number), cool_days=14))
    return number, await uow.plan.save_slot(done)


async def texts_of(uow: UnitOfWork, page: str, day: date, now: datetime) -> list[int | None]:
    pages = await uow.campaign.pages([page])
    await planning.plan_days(uow, pages.values(), {page: [day]}, now=now, rules=RULES)
    return [slot.draft_id for slot in await uow.plan.slots_of_pages([page], [day])]


async def test_it_comes_back_after_its_pause_once_and_rests_again(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        number, _ = await posted(uow)
        early, late = DAY + timedelta(days=13), DAY + timedelta(days=15)
        assert await texts_of(uow, "vk-kazan", early, NOW + timedelta(days=13)) == [None, None]
        assert await texts_of(uow, "vk-kazan", late, NOW + timedelta(days=15)) == [number, None]
        (again,) = [s for s in await uow.plan.slots_of_draft(number) if s.day == late]
        assert again.again == 1
        # While it has a place there it is not offered, nor when it has just been published.
        assert await uow.evergreen.resting(["vk-kazan"]) == {}
        await uow.plan.save_slot(replace(again, state=SlotState.POSTED, posted_at=again.at))
        (text,) = (await uow.evergreen.resting(["vk-kazan"]))["vk-kazan"]
        assert (text.again, text.rests_until) == (2, again.at + timedelta(days=14))

    await db.run(story)


async def test_a_fresh_text_goes_first(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        number, _ = await posted(uow)
        later = NOW + timedelta(days=15)
        fresh = await approve(uow, 1, 2, "Сегодняшнее", "vk-kazan", now=later)
        assert await texts_of(uow, "vk-kazan", DAY + timedelta(days=15), later) == [fresh, number]

    await db.run(story)


async def test_nothing_comes_back_on_a_personal_page(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await posted(uow, "my-anna")
        await uow.campaign.set_keeper("my-anna", 1)
        later = NOW + timedelta(days=15)
        assert await texts_of(uow, "my-anna", DAY + timedelta(days=15), later) == [None, None]

    await db.run(story)


async def test_the_same_return_cannot_be_planned_twice(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        number, _ = await posted(uow)
        first, second = await uow.plan.add_slots([("vk-kazan", DAY, AT + timedelta(hours=n)) for n in (1, 2)])
        for slot in (first, second):
            taken = replace(slot, state=SlotState.FILLED, draft_id=number, draft_version=1, again=1)
            await uow.plan.save_slot(taken)

    with pytest.raises(IntegrityError):
        await db.run(story)


async def test_the_lists_are_of_ones_regions_and_tell_when_it_was_published(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        number, slot = await posted(uow)
        (one,), many = await uow.evergreen.listed({"kazan"}, 8, 0, marked=True)
        assert (one.draft_id, one.cool_days, one.posted, one.last, many) == (number, 14, 1, slot.posted_at, 1)
        assert await uow.evergreen.listed({"kazan"}, 8, 0, marked=False) == ([], 0)
        assert await uow.evergreen.listed({"omsk"}, 8, 0, marked=True) == ([], 0)
        assert await uow.evergreen.save(replace(await uow.drafts.get(number), cool_days=None))
        assert [text.draft_id for text in (await uow.evergreen.listed({"*"}, 8, 0, marked=False))[0]] == [number]

    await db.run(story)
