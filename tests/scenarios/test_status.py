"""Step 9: where the campaign stands, in ten seconds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete

from domain.people import EVERYWHERE, Role
from domain.rollups import Measure
from domain.silence import Blackout
from reports import drawing
from storage.tables import rollup
from storage.uow import SqlUnitOfWork
from tests.harness import Headquarters, Phone
from tests.reporting import posted


@pytest.fixture(scope="module", autouse=True)
def _drawn_here() -> Iterator[None]:
    """Pictures come from a thread: starting a process takes seconds."""
    with ThreadPoolExecutor(1) as threads:
        drawing.use(threads)
        yield
        drawing.forget()


async def figures_of_a_week(uow: SqlUnitOfWork) -> None:
    for n in range(7):
        day = date(2026, 9, 1) + timedelta(days=n)
        await uow.rollups.set("vk-kazan", "kazan", day, {Measure.MEMBERS: 300_000 + 9_000 * n})
        await uow.rollups.set("x-main", "*", day, {Measure.FOLLOWERS: 9_000 + 10 * n})


async def test_a_manager_sees_problems_first_on_twelve_lines(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    await hq.run(figures_of_a_week)
    await boss.send("/status")
    lines = boss.screen.splitlines()
    assert len(lines) <= 12
    assert lines[0] == "Статус · пн, 7 сентября, 08:00 · все регионы"
    assert lines[1].startswith("🔴 Сегодня: пусто ")
    assert lines[2].replace("\u00a0", " ") == "🟡 6 страниц без ответственного"
    assert "Без свежих цифр" not in boss.screen, "those are the same pages"
    assert any(line.startswith("📅 В плане ") and ":" not in line for line in lines), "nothing is assigned yet"
    assert "🔴 Подписчики в X: 9,1 тыс. из 20 тыс." in boss.screen.replace("\u00a0", " ")
    assert "успеваем" in boss.screen
    assert "В порядке: " in boss.screen


async def test_in_another_zone_the_summary_keeps_its_hour_of_the_readers_clock(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    await boss.send("/status")
    await boss.press("Присылать")
    await boss.press("Каждый день")
    await boss.press("09:00")
    await boss.send("/settings")
    await boss.press("Часовой пояс")
    await boss.press("Владивосток")
    await hq.advance(hours=17)
    assert "Статус ·" not in boss.said, "09:00 in Moscow is 16:00 of her clock"
    await hq.advance(hours=2)
    assert "Статус · вт, 8 сентября, 09:00" in boss.said
    await boss.send("/settings")
    await boss.press("Часовой пояс")
    await boss.press("Москва")
    await hq.advance(days=1)
    assert boss.said.count("Статус · вт, 8 сентября") == 2, "today at nine in Moscow once more, and at no other hour"


async def test_a_forecast_from_old_figures_is_no_good_news(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    await hq.run(figures_of_a_week)
    await hq.advance(days=2)
    await boss.send("/status")
    assert "✅ Участники ВК и ОК" in boss.screen
    await hq.advance(days=1)
    await boss.send("/status")
    said = boss.screen.replace("\u00a0", " ")
    assert "🟡 Участники ВК и ОК: 354 тыс. из 500 тыс." in said
    assert "данных нет с пн, 7 сентября" in said
    assert "успеваем" not in said


async def test_drilling_down_edits_one_message_and_leads_back(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE, "en")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(posted, "vk-kazan", anna.id, hq.now - timedelta(minutes=5))
    await boss.send("/report")
    await boss.press("VK Казань")
    await boss.send("12400")
    await boss.send("/status")
    count = len(boss.messages)
    await boss.press("Regions")
    await boss.press("Казань")
    assert "Казань" in boss.screen
    await boss.press("VK Казань")
    assert "12,400, typed by Мария" in boss.screen
    assert "posted, Анна" in boss.screen
    await boss.press("Back")
    await boss.press("Back")
    await boss.press("Status")
    await boss.press("Targets")
    assert "Day 7 of" in boss.screen, "the board, with the campaign's clock"
    assert "Not enough data for a forecast" in boss.screen
    assert "No data from 2 of 3 pages" in boss.screen
    assert "No figures yet (1 page to report)." in boss.screen
    await boss.press("Menu")
    await boss.press("Status")
    await boss.press("Pages")
    await boss.press("Status")
    assert len(boss.messages) == count, "everything happened in one message"


async def test_the_list_and_the_screen_of_a_region_say_the_same(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    await boss.send("/status")
    await boss.press("Регионы")
    assert any(label.startswith("🔴 Казань · 0/") for label in boss.labels)
    await boss.press("Казань")
    assert "🔴 Сегодня: пусто" in boss.screen
    assert any(label.startswith("🔴 VK Казань") for label in boss.labels)


async def test_keepers_that_do_not_report_are_counted_apart(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("vk-kazan", anna.id))
    await boss.send("/status")
    said = boss.screen.replace("\u00a0", " ")
    assert "🟡 5 страниц без ответственного\n🟡 Без свежих цифр 1 страница" in said


async def test_a_running_silence_comes_first_and_what_is_empty_in_it_is_no_problem(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    monday = datetime.fromisoformat("2026-09-07")  # silences are wall-clock times
    silence = Blackout(EVERYWHERE, monday, monday + timedelta(days=1), "День тишины")
    await hq.run(lambda uow: uow.campaign.save_blackouts([silence]))
    await boss.send("/status")
    assert boss.screen.splitlines()[0] == "🔇 Тишина до завтра 00:00"
    assert "пусто" not in boss.screen
    await boss.press("Регионы")
    assert not any(label.startswith("🔴") for label in boss.labels)


async def test_the_pace_says_over_how_many_days(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    for n in range(2):
        day = date(2026, 9, 6) + timedelta(days=n)
        await hq.run(lambda uow, day=day, n=n: uow.rollups.set("vk-kazan", "kazan", day, {Measure.MEMBERS: 100 + n}))
    await boss.send("/status")
    await boss.press("Цели")
    assert "+1 в день за 1 день" in boss.screen.replace("\u00a0", " ")


async def test_the_chart_is_a_picture_with_words(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    await hq.run(figures_of_a_week)
    await boss.send("/status")
    await boss.press("График")
    picture = boss.messages[-1]
    assert "photo" in picture.content
    assert "Участники ВК и ОК: 354 тыс. из 500 тыс." in picture.body.replace("\u00a0", " ")
    await boss.press("‹ Статус")
    assert "все регионы" in boss.screen


async def test_impatient_taps_for_a_chart_bring_one_picture_and_later_ones_a_new_one(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    await hq.run(figures_of_a_week)
    await boss.send("/status")
    card = boss.messages[-1]
    for period in ("", "7 дней"):
        if period:
            await boss.press(period, card)
        before = pictures(boss)
        for _ in range(3):
            boss.user.press("График", message=card)  # without waiting for the picture
        await hq.settle()
        assert pictures(boss) == before + 1
        assert boss.toasts[-2:] == ["Эта картинка у вас уже есть, она чуть ниже."] * 2
        await hq.advance(minutes=1)
        await boss.press("График", card)
        assert pictures(boss) == before + 2


def pictures(phone: Phone) -> int:
    return sum("photo" in message.content for message in phone.messages)


async def test_since_you_last_looked_tells_what_is_new(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE, "en")
    await boss.send("/status")
    assert "your last look" not in boss.screen
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(posted, "vk-kazan", anna.id, hq.now)
    await hq.advance(hours=2)
    await boss.send("/status")
    assert "Since your last look, 2 h ago: +1 posted, +1 joined" in boss.screen
    await boss.press("Regions")
    await boss.press("Status")
    assert "+1 posted, +1 joined" in boss.screen, "going back within a sitting keeps it"


async def test_the_summary_comes_daily_at_the_chosen_hour(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    await boss.send("/status")
    await boss.press("Присылать…")
    await boss.press("Каждый день · нет")
    await boss.press("10:00")
    assert "Ближайшая сводка придёт: 10:00" in boss.screen
    before = len([m for m in boss.messages if "все регионы" in m.body])
    await hq.advance(days=2, hours=3)
    came = [m for m in boss.messages if "все регионы" in m.body and ", 10:00" in m.body]
    assert len(came) == 3
    assert before == 0
    await boss.press("Присылать…", came[-1])
    await boss.press("Каждый день · 10:00")
    await boss.press("Больше не присылать")
    await hq.advance(days=1)
    assert len([m for m in boss.messages if "все регионы" in m.body and ", 10:00" in m.body]) <= 3


async def test_a_coordinator_sees_their_region_and_a_volunteer_nothing(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.COORDINATOR, "omsk")
    await olga.send("/status")
    assert "· Омск" in olga.screen
    await olga.press("Регионы")
    assert not any("Казань" in label for label in olga.labels)
    vera = await hq.join("Вера", Role.VOLUNTEER, "omsk")
    await vera.send("/status")
    assert "нет прав" in vera.screen


async def test_a_week_is_told_beside_the_week_before_and_as_a_picture(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    for n in (1, 2, 3, 9):
        await hq.run(posted, "vk-kazan", anna.id, hq.now - timedelta(days=n), n == 2)
    await boss.send("/status")
    count = len(boss.messages)
    await boss.press("7 дней")
    said = boss.screen.replace("\u00a0", " ")
    assert said.startswith("7 дней · пн, 31 августа – вс, 6 сентября · все регионы")
    assert "📅 Норма: 100 %, вышло 3 из 3 постов = как было" in said
    assert "✅ Вовремя: 2 ▲ больше, было 1" in said
    assert "🕐 С опозданием: 1 ▲ больше, было 0" in said
    assert "📈 Цифр никто не сообщал." in said, "no data is not 0"
    assert "Сравнение: пн, 24 августа – вс, 30 августа." in said
    await boss.press("Месяц")
    assert "вт, 1 сентября – пн, 7 сентября" in boss.screen
    await boss.press("Всё")
    assert "Вся кампания" in boss.screen
    assert "▲" not in boss.screen
    assert len(boss.messages) == count, "everything happened in one message"
    await boss.press("7 дней")
    await boss.press("График")
    picture = boss.messages[-1]
    assert "photo" in picture.content
    assert "вышло 3 из 3" in picture.body.replace("\u00a0", " ")


async def test_a_late_commitment_stays_among_the_problems_until_it_is_settled(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    await boss.send("/commit найти зал до 08.09")
    await boss.press("Сохранить")
    await hq.advance(days=12)
    await boss.send("/status")
    assert "🟡 Обещания: просрочено 1" in boss.screen
    await boss.send("/commit")
    await boss.press("найти зал")
    await boss.press("✓ Сделано")
    await boss.send("/status")
    assert "просрочено" not in boss.screen


async def test_from_a_region_to_a_page_to_a_post(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE, "en")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(posted, "vk-kazan", anna.id, hq.now - timedelta(minutes=5))
    await boss.send("/status")
    await boss.press("Regions")
    await boss.press("Казань")
    await boss.press("7 days")
    assert "· Казань" in boss.screen
    await boss.press("‹ Back")
    assert "🔴 VK Казань" in "\n".join(boss.labels)
    await boss.press("VK Казань")
    assert "🔴 Today: 2 empty" in boss.screen, "why the page is red"
    await boss.press("7 days")
    assert "· VK Казань" in boss.screen
    assert "Deciding" not in boss.screen, "a page decides nothing"
    await boss.press("‹ Back")
    await boss.press("✅ 07:55")
    assert "✅ posted, 07:55" in boss.screen
    assert "✅ Анна: posted it" in boss.screen
    await boss.press("‹ Back")
    assert "Nobody keeps this page" in boss.screen


async def test_the_screen_tells_how_fast_texts_are_decided_on(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await boss.send("/status")
    assert "Ответ авторам" not in boss.screen
    await anna.send("Открыли спортивную площадку")
    await anna.press("VK Казань")
    await anna.press("Отправить")
    await hq.advance(minutes=25)
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    await boss.send("/status")
    said = boss.screen.replace("\u00a0", " ")
    assert "⏱ Ответ авторам, 7 дней: половина за 25 мин, 9 из 10 за 25 мин (1 решение)" in said


@pytest.mark.slow  # takes seconds
async def test_the_week_comes_on_mondays_with_its_chart_and_a_quiet_one_does_not_come(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, EVERYWHERE)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    olga = await hq.join("Ольга", Role.COORDINATOR, "omsk")
    await hq.run(lambda uow: uow.campaign.remove_norms(["vk-omsk"]))
    await hq.run(lambda uow: uow.session.execute(delete(rollup).where(rollup.c.page == "vk-omsk")))
    for reader in (boss, olga):
        await reader.send("/status")
        await reader.press("Присылать…")
        await reader.press("С графиком: нет")
        await reader.press("По понедельникам · нет")
        await reader.press("09:00")
    await hq.run(posted, "vk-kazan", anna.id, hq.now + timedelta(days=2))
    await hq.advance(days=8)
    came = [n for n, message in enumerate(boss.messages) if message.body.startswith("Неделя · пн, 7 сентября")]
    assert len(came) == 2, "the picture with its words, and the summary"
    assert "photo" in boss.messages[came[0]].content
    assert "Статус сейчас" in [button.label for button in boss.messages[came[1]].all_buttons()]
    assert not [message for message in olga.messages if message.body.startswith("Неделя")], "nothing happened there"


async def test_from_the_number_of_those_who_cannot_be_reached_one_tap_leads_to_them(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.MANAGER, "kazan")
    lost = [await hq.join(name, Role.VOLUNTEER, "kazan") for name in ("Анна", "Борис")]
    await hq.join("Вера", Role.VOLUNTEER, "kazan")
    for one in lost:
        await hq.run(lambda uow, number=one.id: uow.people.update(number, reachable=False))
    await boss.send("/status")
    assert "Нет связи с 2 людьми" in boss.screen.replace("\u00a0", " ")
    await boss.press("Нет связи: 2")
    assert "Анна" in " ".join(boss.labels)
    assert "Борис" in " ".join(boss.labels)
    assert "Вера" not in " ".join(boss.labels)


async def test_who_may_not_open_peoples_cards_is_given_no_button_to_them(hq: Headquarters) -> None:
    candidate = await hq.join("Иван", Role.CANDIDATE)
    lost = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.people.update(lost.id, reachable=False))
    await candidate.send("/status")
    assert "Нет связи с 1 человеком" in candidate.screen.replace("\u00a0", " ")
    assert "Нет связи" not in " ".join(candidate.labels)


async def test_who_may_not_open_peoples_cards_reads_how_many_cannot_be_reached_and_no_names(hq: Headquarters) -> None:
    candidate = await hq.join("Иван", Role.CANDIDATE)
    coordinator = await hq.join("Олег", Role.COORDINATOR, "kazan")
    lost = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.people.update(lost.id, reachable=False))
    for reader, said in ((candidate, "Нет связи с 1 человеком"), (coordinator, "Нет связи: Анна")):
        await reader.send("/status")
        assert said in reader.screen.replace("\u00a0", " ")
        if reader is candidate:
            assert "Анна" not in reader.screen
            await reader.press("Регионы")
            await reader.press("Казань")
            assert said in reader.screen.replace("\u00a0", " ")
            assert "Анна" not in reader.screen


async def test_pages_whose_texts_nobody_may_approve_are_a_problem_not_well(hq: Headquarters) -> None:
    omsk = await hq.join("Олег", Role.COORDINATOR, "omsk")
    await omsk.send("/status")
    assert "🔴 Не хватает одобряющих: 1 страница" in omsk.screen.replace("\u00a0", " ")
    assert "одобрен" not in omsk.screen.split("В порядке")[-1]
    await hq.join("Вера", Role.PRESS_SECRETARY, "omsk")
    await omsk.send("/status")
    assert "Не хватает одобряющих" not in omsk.screen
