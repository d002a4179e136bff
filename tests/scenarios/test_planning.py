"""The planner's evening as people meet it: peak hours, days off, and a personal page that rests."""

from datetime import date, time, timedelta

from domain.norms import Norm, Window
from domain.people import Role
from domain.plan import Excuse, SlotState
from domain.ports import UnitOfWork
from tests.drafting import approve
from tests.harness import WINDOWS, Headquarters
from tests.scenarios.test_assignments import MORNING
from tests.scenarios.test_slots import REPORT

TUESDAY = date(2026, 9, 8)
PEAK = (Window(time(19), time(20)),)


async def test_tomorrows_post_lies_in_the_peak_hour_and_goes_to_whoever_is_there(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Boris", Role.VOLUNTEER, "kazan", language="en")

    async def agree(uow: UnitOfWork) -> None:
        await uow.campaign.save_norms([Norm("vk-kazan", (0, 1, 0, 0, 0, 0, 0), WINDOWS, 120, 3, peaks=PEAK)])
        await uow.availability.add_day_off(anna.id, TUESDAY)

    await hq.run(agree)
    await hq.move_to(REPORT)  # today's slots are past
    await hq.run(approve, vera.id, vera.id, "Открыли площадку", "vk-kazan", now=hq.now)
    (view,) = await hq.read(lambda uow: uow.plan.slots_of_day(TUESDAY, ["vk-kazan"]))
    assert (view.assignee_id, view.slot.at.hour, view.slot.at.minute) == (boris.id, 16, 30)
    await hq.move_to(view.slot.at)
    assert "Открыли площадку" in boris.said
    assert "Открыли площадку" not in anna.said


async def test_a_personal_page_rests_on_its_keepers_day_off_and_nobody_is_late(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")

    async def agree(uow: UnitOfWork) -> None:
        await uow.campaign.set_keeper("my-anna", anna.id)
        await uow.campaign.save_norms([Norm("my-anna", (0, 1, 0, 0, 0, 0, 0), WINDOWS[:1], 120, 3)])
        await uow.campaign.remove_norms(["vk-kazan", "ok-kazan", "vk-omsk", "x-main"])
        await uow.availability.add_day_off(anna.id, TUESDAY)

    await hq.run(agree)
    await hq.move_to(REPORT)
    await hq.run(approve, anna.id, olga.id, "Мои слова", "my-anna", now=hq.now)
    (slot,) = await hq.read(lambda uow: uow.plan.slots_of_pages(["my-anna"], [TUESDAY]))
    assert (slot.state, slot.excuse) == (SlotState.CANCELLED, Excuse.DAY_OFF)
    await hq.move_to(MORNING + timedelta(days=2))
    assert "Мои слова" not in anna.said
    assert "Страница Анны" not in olga.screen
