"""Pages: what needs help first and why, narrowed down, the norm in words, keepers and posters."""

from datetime import UTC, datetime
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import delete

from domain.people import Role
from storage.tables import slot
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
    assert anna.labels == ["Написать текст", "‹ Страницы"]


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
    assert "⚠ Нужна помощь: 6 из 6" in olga.screen
    why = "нет текста для ближайшего поста; некому публиковать; сегодня отстаём: вышло 0 из 1"
    assert f"⚠ VK Казань: {why}" in olga.screen
    assert "VK Омск: тексты только на сегодня" in olga.screen
    assert [label for label in olga.labels[:3] if "0/1" in label] == olga.labels[:3], "no text at all goes before few"
    assert [label for label in olga.labels if "Омск" in label] == ["⚠ VK Омск · 1/1"]


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


async def forget_slots(uow: Any) -> None:
    await uow.session.execute(delete(slot))


async def test_before_anything_was_planned_no_page_is_praised(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.COORDINATOR, "kazan")
    await olga.send("/pages")
    assert "⚠ Нужна помощь: 4 из 4" in olga.screen
    assert "За последние 14 дней там ничего не планировалось" in olga.screen
    assert "не нужна" not in olga.screen
    await hq.run(lambda uow: uow.campaign.remove_norms(["vk-kazan", "ok-kazan", "tg-kazan", "my-anna"]))
    await hq.move_to(datetime(2026, 9, 9, 5, 0, tzinfo=UTC))
    await hq.run(forget_slots)
    await olga.send("/pages")
    assert "Ещё ничего не планировалось" in olga.screen


async def test_a_manager_narrows_the_list_down_to_a_region_and_to_those_that_need_help(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    for number in range(4):
        await hq.run(approve, olga.id, olga.id, f"Текст {number}", "vk-kazan", now=hq.now)
    await olga.send("/pages")
    assert "Текстов меньше чем на два дня: 5 страниц" in olga.screen
    await olga.press("Регион: все регионы")
    assert "Какой регион?" in olga.screen
    await olga.press("Казань · ⚠ 3/4 · ✍ 3")
    assert "Страницы, Казань" in olga.screen
    assert "Омск" not in olga.screen
    assert "✓ VK Казань" in olga.screen
    await olga.press("Только те, где нужна помощь")
    assert "VK Казань" not in olga.screen
    await olga.press("ОК Казань")
    await olga.press("‹ Страницы")
    assert "Страницы, Казань" in olga.screen, "back to the list as it was narrowed down"
    assert "VK Казань" not in olga.screen
    await olga.press("Все страницы")
    assert "VK Казань" in olga.screen


async def test_how_somebodys_own_page_fares_is_not_for_other_volunteers(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("my-anna", anna.id))
    await boris.send("/pages")
    assert "Страница Анны" not in boris.screen
    await anna.send("/pages")
    await anna.press("Страница Анны")
    assert "Для ближайшего поста нет нового текста" in anna.screen


async def test_a_button_of_the_list_from_before_the_upgrade_still_opens_it(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.COORDINATOR, "kazan")
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="‹ Старые", callback_data="g:list::0:1")]]
    )
    await hq.app.bot.send_message(olga.user.user_id, "Страница", reply_markup=keyboard)
    await olga.press("‹ Старые")
    assert "Страницы" in olga.screen
    assert "⚠ VK Казань · –" in olga.labels
