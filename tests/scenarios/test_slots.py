"""What those who answer for the plan are told: why nobody is there, what came late, what is given up."""

from datetime import UTC, datetime, timedelta

from domain.people import Role
from tests.drafting import approve
from tests.harness import Headquarters
from tests.scenarios.test_assignments import MORNING, TEXT

REPORT = datetime(2026, 9, 7, 17, 30, tzinfo=UTC)  # 20:30 in Moscow


async def test_the_press_secretary_reads_in_whose_words_it_cannot_be_done(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await anna.press("Не получится")
    await anna.press("Другая причина")
    assert "одной строкой" in anna.screen
    await anna.send("Сижу в поезде без связи <до вечера>")
    assert "Спасибо, что предупредили" in anna.screen
    assert "Анна не может: Сижу в поезде без связи <до вечера>" in vera.screen


async def test_another_reason_needs_no_words(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await anna.press("Не получится")
    await anna.press("Другая причина")
    await anna.press("Без объяснений")
    await boris.press("Возьмусь")
    await boris.press("Не получится", boris.find("Скопируйте"))
    await boris.press("Нет времени")
    assert "Анна не может, причина не названа" in vera.screen
    assert "Борис не может: нет времени" in vera.screen


async def test_the_evening_lists_what_is_late_by_minutes_and_the_next_one_that_it_was_missed(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.move_to(MORNING + timedelta(hours=1))  # only the evening's slot is left
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(REPORT)
    assert "С опозданием:\n19:30 VK Казань · Анна" in olga.screen
    await hq.move_to(REPORT + timedelta(days=1))
    assert "Накануне так и не вышло:\n19:30 VK Казань · Анна" in olga.screen
    await hq.move_to(REPORT + timedelta(days=2))
    assert olga.screen.count("VK Казань · Анна") == 1, "the one of the day before, said once"


async def test_a_text_missed_twice_is_planned_no_more_and_the_press_secretary_is_told_once(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(REPORT + timedelta(days=1))
    assert "дважды" not in vera.said
    await hq.move_to(REPORT + timedelta(days=3))
    told = [message for message in vera.messages if "Текст дважды не вышел" in message.body]
    assert len(told) == 1
    assert TEXT in told[0].body
    for days in (2, 3):
        day = (MORNING + timedelta(days=days)).date()
        views = await hq.read(lambda uow, day=day: uow.plan.slots_of_day(day, ["vk-kazan"]))
        assert [view.slot.draft_id for view in views] == [None, None]
