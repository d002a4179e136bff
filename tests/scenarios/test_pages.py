"""Pages: what needs help first, the norm in words, keepers and posters."""

from datetime import UTC, datetime

from domain.people import Role
from tests.drafting import approve
from tests.harness import Headquarters
from tests.scenarios.test_assignments import tap_posted


async def test_a_coordinator_sees_a_page_and_sets_its_keeper_and_posters(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await olga.send("/pages")
    assert not any("Омск" in label for label in olga.labels)
    await olga.press("VK Казань")
    assert "2 в день, 09–12 и 18–21, не чаще чем раз в 2 ч" in olga.screen
    assert "никто не отвечает" in olga.screen
    assert "все волонтёры региона" in olga.screen
    await olga.press("Ответственный")
    await olga.press("Анна")
    assert "✓ Анна" in olga.labels
    assert "Теперь вы отвечаете" in anna.screen
    await olga.press("Назад")
    await olga.press("Кто публикует")
    await olga.press("Борис")
    await olga.press("Назад")
    assert "Публикуют: Борис" in olga.screen
    assert "Отвечает: Анна" in olga.screen
    await hq.run(approve, olga.id, olga.id, "Текст", "vk-kazan", now=hq.now)
    assert "VK Казань" in boris.screen, "only a named poster is asked"
    assert "10:30" not in anna.said


async def test_a_volunteer_looks_but_does_not_manage(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/pages")
    await anna.press("ОК Казань")
    assert "Норма: 2 в день" in anna.screen
    assert anna.labels == ["‹ Страницы"]


async def test_a_page_below_its_norm_comes_first(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "omsk")
    vadim = await hq.join("Вадим", Role.VOLUNTEER, "omsk")
    for number in (1, 2):
        await hq.run(approve, press.id, press.id, f"Текст {number}", "vk-omsk", now=hq.now)
    await tap_posted(vadim)
    await vadim.send("https://vk.com/wall-456_1")
    await hq.move_to(datetime(2026, 9, 7, 14, 0, tzinfo=UTC))
    await olga.send("/pages")
    assert "ниже нормы" in olga.screen
    assert olga.labels[0].startswith("⚠")
    assert [label for label in olga.labels if "Омск" in label] == ["VK Омск · 1/1"]


async def test_a_personal_page_is_only_ever_given_to_its_keeper(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("my-anna", anna.id))
    await hq.run(approve, boris.id, boris.id, "Моими словами", "my-anna", now=hq.now)
    assert "Страница Анны" in anna.screen
    assert boris.messages == []
    await anna.press("Не получится")
    await anna.press("Нет времени")
    assert boris.messages == []


async def test_a_keeper_who_is_taken_off_a_page_is_told(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("my-anna", anna.id))
    await hq.run(approve, olga.id, olga.id, "Моими словами", "my-anna", now=hq.now)
    assert "Страница Анны" in anna.screen
    await olga.send("/pages")
    await olga.press("Страница Анны")
    await olga.press("Ответственный")
    await olga.press("Анна")
    assert "Вы больше не отвечаете за страницу Страница Анны" in anna.said
    assert "Задание отменено" in anna.said
    await hq.move_to(datetime(2026, 9, 7, 19, 0, tzinfo=UTC))
    assert "⏰" not in anna.said, "a personal page without a keeper is asked of nobody"


async def test_before_anything_was_planned_no_page_is_praised(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.COORDINATOR, "kazan")
    await olga.send("/pages")
    assert "Ещё ничего не планировалось" in olga.screen
    assert "держат все" not in olga.screen
