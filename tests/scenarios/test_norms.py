"""How often a page publishes: a norm in one line or step by step, the week it means, and what it does to planned slots."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from domain.norms import Norm
from domain.people import Role
from domain.plan import Slot, SlotState
from domain.ports.norms import OwnNorm
from domain.silence import Blackout
from tests.drafting import approve
from tests.harness import START, Headquarters, headquarters

TEXT = "Открыли двор"
LINE = "/norm VK-Kazan 2 daily 09-12,18-21 Mon-Sat"
EVENING = datetime(2026, 9, 7, 18, 30, tzinfo=UTC)
"""21:30 in Kazan: tomorrow is planned."""


async def norm_of(hq: Headquarters, page: str = "vk-kazan") -> Norm:
    found: dict[str, OwnNorm] = await hq.read(lambda uow: uow.norms.own([page]))
    return found[page].norm


async def slots(hq: Headquarters, day: date, page: str = "vk-kazan") -> list[Slot]:
    found = await hq.read(lambda uow: uow.plan.slots_of_pages([page], [day]))
    return [slot for slot in found if slot.state is not SlotState.CANCELLED]


def clocks(found: list[Slot]) -> list[str]:
    return [f"{slot.at + timedelta(hours=3):%H:%M}" for slot in found]


async def test_a_press_secretary_sets_a_norm_in_one_line_and_sees_the_week_before_it_holds(hq: Headquarters) -> None:
    vera = await hq.join("Vera", Role.PRESS_SECRETARY, "kazan", language="en")
    before = await norm_of(hq)
    await vera.send(LINE)
    assert "VK Казань: the new norm" in vera.screen
    assert "Mon–Sat 2, Sun 0" in vera.screen
    assert "Tue 8 Sept · +10:30, +19:30" in vera.screen, "tomorrow is planned at once"
    assert "Wed 9 Sept · 10:30, 19:30" in vera.screen
    assert "Sun 13 Sept · no posts" in vera.screen
    assert await norm_of(hq) == before, "nothing holds before the last tap"
    await vera.press("Save")
    assert "the norm is saved" in vera.screen
    saved = await norm_of(hq)
    assert saved.per_weekday == (2, 2, 2, 2, 2, 2, 0)
    assert saved.starts == date(2026, 9, 8)
    assert saved.wanted(date(2026, 9, 7)) == 2, "today goes on as it was"
    assert clocks(await slots(hq, date(2026, 9, 8))) == ["10:30", "19:30"]
    await hq.move_to(EVENING + timedelta(days=5))
    assert await slots(hq, date(2026, 9, 13)) == [], "nothing on Sunday"


async def test_the_same_step_by_step_in_russian_leads_to_the_same_preview(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/norm")
    await vera.press("VK Казань")
    await vera.press("Изменить")
    await vera.press("Дни")
    await vera.press("✓ вс")
    assert "вс" in vera.labels, "Sunday is off"
    await vera.press("Назад")
    await vera.press("Перерыв")
    await vera.send("полтора часа")
    assert "не меньше 1 ч 30 мин" in vera.screen
    await vera.press("Лучшие часы")
    await vera.press("18–20")
    await vera.press("С какого и до")
    await vera.press("По сб, 31 октября")
    await vera.press("Показать неделю")
    assert "VK Казань: новая норма" in vera.screen
    assert "пн–сб 2, вс 0" in vera.screen
    assert "Лучшие часы: 18–20" in vera.screen
    assert "вс, 13 сентября · постов нет" in vera.screen
    await vera.press("Сохранить")
    saved = await norm_of(hq)
    assert (saved.per_weekday, saved.gap_minutes, saved.ends) == ((2, 2, 2, 2, 2, 2, 0), 90, date(2026, 10, 31))


async def test_what_is_planned_is_kept_as_far_as_it_fits_and_whoever_knew_is_told(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    assert TEXT in anna.said
    assert clocks(await slots(hq, START.date())) == ["10:30", "19:30"]
    await vera.send("/norm vk-kazan 1 в день 18-21 сразу")
    assert "<s>10:30</s>" in vera.user.chat.messages[-1].html or "10:30" in vera.screen
    assert "уйдёт 2" in vera.screen, "this morning's and tomorrow's"
    assert "Анна" in vera.screen
    assert TEXT in anna.said, "a preview takes nothing away"
    await vera.press("Сохранить")
    assert clocks(await slots(hq, START.date())) == ["19:30"]
    assert clocks(await slots(hq, date(2026, 9, 8))) == ["19:30"]
    assert "отмен" in anna.said.lower() or "снят" in anna.said.lower()
    assert (await slots(hq, START.date()))[0].state is SlotState.FILLED, "the text goes where there is room"
    await vera.press("Вернуть прежнюю норму")
    assert "+10:30, 19:30" in vera.screen
    await vera.press("Сохранить")
    assert (await norm_of(hq)).per_weekday == (2,) * 7
    assert clocks(await slots(hq, START.date())) == ["10:30", "19:30"]


async def test_a_post_moved_by_hand_for_a_reason_stays_there_while_the_day_wants_it(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await vera.send("/plan")
    await vera.press("1 · 10:30")
    await vera.press("Перенести")
    await vera.send("12:45")
    await vera.press("Привязано к событию")
    assert clocks(await slots(hq, START.date())) == ["12:45", "19:30"]
    await vera.send("/norm vk-kazan 2 в день перерыв 1 ч сразу")
    assert "ничего не меняется" in vera.screen
    await vera.press("Сохранить")
    assert clocks(await slots(hq, START.date())) == ["12:45", "19:30"]
    assert "отмен" not in anna.said.lower()
    await vera.send("/norm vk-kazan 1 в день сразу")
    await vera.press("Сохранить")
    assert clocks(await slots(hq, START.date())) == ["12:45"], "it goes before what no hand has placed"
    await vera.send("/days сегодня траур")
    await vera.press("VK Казань", vera.find("Для кого это?"))
    await vera.press("Сохранить")
    assert await slots(hq, START.date()) == [], "a day off is for all posts"


async def test_what_is_not_understood_is_named_and_nothing_changes(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    before = await norm_of(hq)
    await vera.send("/norm vk-kazan 2 в день утром")
    assert "Не понимаю «утром»" in vera.screen
    assert "2 в день 9-12,18-21 пн-сб" in vera.screen, "with an example"
    await vera.send("/norm казань 2 в день")
    assert "подходит нескольким" in vera.screen
    assert "/norm ok-kazan 2 в день" in vera.screen, "ready to be sent"
    await vera.send("/norm кзань 2 в день")
    assert "нет «кзань»" in vera.screen
    await vera.send("/norm vk-kazan 3 раза в неделю")
    assert "1 пн, ср, пт" in vera.screen
    await vera.send("/norm vk-kazan 3 в день не больше 2")
    assert "не больше 3" in vera.screen
    await vera.send("/norm vk-omsk 2 в день")
    assert "нет «vk-omsk»" in vera.screen, "another region's page"
    assert await norm_of(hq) == before


async def test_volunteers_and_coordinators_have_no_norms_to_set(hq: Headquarters) -> None:
    for role in (Role.VOLUNTEER, Role.COORDINATOR):
        somebody = await hq.join(role.value, role, "kazan")
        await somebody.send(LINE)
        assert "VK Казань" not in somebody.said
    manager = await hq.join("Мария", Role.MANAGER)
    await manager.send("/norm x-main 3 в день")
    assert "Кандидат в X: новая норма" in manager.screen


async def test_two_people_set_one_norm_and_the_second_sees_the_first_before_replacing_it(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/norm vk-kazan 3 в день")
    await boris.send("/norm vk-kazan 1 в день")
    await boris.press("Сохранить")
    await vera.press("Сохранить")
    assert "другую норму" in vera.screen
    assert (await norm_of(hq)).per_weekday == (1,) * 7
    await vera.press("Заменить моей")
    await vera.press("Сохранить")
    assert (await norm_of(hq)).per_weekday == (3,) * 7
    await vera.press("Норма")
    assert "Задано в чате" in vera.screen


async def test_posts_are_shown_where_a_silence_leaves_room_for_them(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    starts, ends = (datetime.fromisoformat(f"2026-09-08T{clock}") for clock in ("00:00", "11:00"))
    mourning = Blackout("kazan", starts, ends, "Траур")
    await hq.run(lambda uow: uow.campaign.save_blackouts([mourning]))
    await vera.send("/norm vk-kazan 2 в день 9-10")
    assert "вт, 8 сентября · тишина: нет места для 2" in vera.screen, "it is not the hours that are too narrow"
    await vera.send("/norm vk-kazan 2 в день с 30 октября")
    assert "вс, 1 ноября · публиковать нельзя" in vera.screen, "the campaign is over"
    await vera.send("/norm vk-kazan 1 в день 9-12")
    assert "вт, 8 сентября · +11:30" in vera.screen
    assert "ср, 9 сентября · 10:30" in vera.screen
    await vera.press("Сохранить")
    assert clocks(await slots(hq, date(2026, 9, 8))) == ["11:30"]


async def test_an_old_preview_saves_nothing_twice_and_cancelled_stays_cancelled(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/norm vk-kazan 3 в день")
    first = vera.find("новая норма")
    await vera.send("/norm vk-kazan 1 в день")
    await vera.press("Сохранить", first)
    assert "Оставили как было" in first.body
    await vera.press("Отмена")
    assert "Оставили как было" in vera.screen
    assert (await norm_of(hq)).per_weekday == (2,) * 7


async def test_a_norm_from_a_later_day_leaves_the_present_one_until_then(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/norm vk-kazan 1 в день 18-21 с 10 сентября")
    assert "До этого дня действует прежняя норма" in vera.screen
    assert "чт, 10 сентября · 19:30" in vera.screen
    await vera.press("Сохранить")
    await hq.move_to(EVENING)
    assert clocks(await slots(hq, date(2026, 9, 8))) == ["10:30", "19:30"]
    await hq.move_to(EVENING + timedelta(days=2))
    assert clocks(await slots(hq, date(2026, 9, 10))) == ["19:30"]


@pytest.mark.slow  # takes seconds
async def test_a_played_fortnight_keeps_the_norm_that_was_typed(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/norm vk-kazan пн-пт 2, сб 1, 9-12 и 18-21, перерыв 2ч, кроме 16 сентября")
    await vera.press("Сохранить")
    for _ in range(14):
        await hq.advance(days=1)
    wanted = [2, 2, 2, 2, 1, 0, 2, 2, 0, 2, 2, 1, 0]
    days = [date(2026, 9, 8) + timedelta(days=n) for n in range(len(wanted))]
    assert [len(await slots(hq, day)) for day in days] == wanted


# -- the campaign's own calendar ------------------------------------------------------------------------------------------


async def test_a_day_off_for_the_region_takes_planned_slots_out_and_back_in(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.move_to(EVENING)
    tomorrow = date(2026, 9, 8)
    assert len(await slots(hq, tomorrow)) == 2
    await vera.send("/days 8 сентября День города")
    await vera.press("Казань", vera.find("Для кого это?"))
    assert "Причина: День города" in vera.screen
    assert "Из плана уйдут" in vera.screen
    await vera.press("Сохранить")
    assert "✓ В календаре" in vera.screen
    assert await slots(hq, tomorrow) == []
    assert len(await slots(hq, tomorrow, "vk-omsk")) == 2, "only in her region"
    await vera.send("/days")
    assert "Казань · постов нет (День города)" in vera.screen
    await vera.press("вт, 8 сентября")
    await vera.press("Убрать из календаря")
    assert len(await slots(hq, tomorrow)) == 2


async def test_one_page_posts_otherwise_on_some_days_in_english(hq: Headquarters) -> None:
    vera = await hq.join("Vera", Role.PRESS_SECRETARY, "kazan", language="en")
    await vera.send("/days")
    await vera.press("Add days")
    await vera.send("some day")
    assert "is no day I know" in vera.screen
    await vera.send("10–11 Sep debates")
    await vera.press("VK Казань")
    await vera.press("4")
    assert "4 a day" in vera.screen
    await vera.press("Save")
    norm = await hq.read(lambda uow: uow.campaign.norms(["vk-kazan", "ok-kazan"]))
    assert norm["vk-kazan"].wanted(date(2026, 9, 10)) == 3, "never above the cap"
    assert norm["ok-kazan"].wanted(date(2026, 9, 10)) == 2


async def test_days_off_for_all_pages_are_for_the_whole_campaign(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/days 1 октября")
    assert "Все страницы" not in vera.labels
    await vera.press("Отмена")
    assert "В календаре этого нет" in vera.screen, "given up before it was said where"
    manager = await hq.join("Мария", Role.MANAGER)
    await manager.send("/days 1 октября")
    await manager.press("Все страницы")
    await manager.press("Сохранить")
    norms = await hq.read(lambda uow: uow.campaign.norms())
    assert {norm.wanted(date(2026, 10, 1)) for norm in norms.values()} == {0}
    await vera.send("/days")
    assert "все страницы · постов нет" in vera.screen
    await vera.press("чт, 1 октября")
    assert "Убрать из календаря" not in vera.labels, "not hers to take out"
    await manager.send("/days")
    await manager.press("чт, 1 октября")
    await manager.press("Убрать из календаря")
    assert await hq.read(lambda uow: uow.norms.calendar(date(2026, 9, 1))) == []


async def test_public_holidays_are_offered_for_the_calendar_and_for_one_norm(hq_url: str, tmp_path: Path) -> None:
    # A country that has public holidays inside the little campaign: today and 12 October.
    async with headquarters(hq_url, tmp_path, approvals={"country": "US"}) as hq:
        vera = await hq.join("Vera", Role.PRESS_SECRETARY, "kazan", language="en")
        await vera.send("/norm vk-kazan 2 daily no holidays")
        assert "Mon 12 Oct: 0" in vera.screen
        await vera.press("Save")
        assert (await norm_of(hq)).exceptions == {date(2026, 9, 7): 0, date(2026, 10, 12): 0}
        await vera.send("/days")
        await vera.press("Mon 12 Oct")
        await vera.press("Казань")
        await vera.press("Save")
        assert "public holiday" in vera.screen
        norms = await hq.read(lambda uow: uow.campaign.norms(["ok-kazan", "vk-omsk"]))
        assert (norms["ok-kazan"].wanted(date(2026, 10, 12)), norms["vk-omsk"].wanted(date(2026, 10, 12))) == (0, 2)
        assert hq.troubles() == []


async def test_a_norm_that_begins_later_is_named_as_such_and_the_list_shows_what_holds_today(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/norm vk-kazan 5 в день перерыв 1ч не больше 6 с 20 сентября")
    await vera.press("Сохранить")
    await vera.send("/norm")
    assert any("VK Казань · 2 в день" in label for label in vera.labels)
    await vera.press("VK Казань")
    await vera.press("Изменить")
    assert "Это будущая норма, её начало: вс, 20 сентября. До этого дня действует нынешняя: 2 в день." in vera.screen
    await vera.send("/norm ok-kazan")
    await vera.press("Изменить")
    assert "Будет действовать с завтрашнего дня" in vera.screen


async def test_a_post_that_is_sent_while_a_norm_is_being_set_becomes_a_draft(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/norm")
    await vera.press("VK Казань")
    await vera.press("Изменить")
    steps = vera.messages[-1]
    await vera.send("Сегодня в Казани 200 человек вышли на субботник: спасибо всем!")
    assert "Как это прочтут" in vera.labels, "the panel of a draft"
    assert "Не понимаю" not in vera.screen
    await vera.press("Показать неделю", steps)
    assert "VK Казань: новая норма" in vera.said, "the norm waits where it was"
