"""/hours: what somebody declares, what becomes of the posts they have, days off and "can't today"."""

from datetime import date, time, timedelta

from sqlalchemy import select

from domain.availability import Availability
from domain.norms import Window
from domain.people import Role
from domain.plan import AssignmentState, Excuse, SlotState
from domain.rollups import Measure
from storage.tables import rollup
from storage.uow import SqlUnitOfWork
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import states, text_for
from tests.scenarios.test_drafts import data_of
from tests.scenarios.test_urgent import approved, mark

TODAY = date(2026, 9, 7)


async def declared(hq: Headquarters, phone: Phone) -> Availability:
    found: Availability = await hq.read(lambda uow: uow.availability.get(phone.id))
    return found


async def states_on(hq: Headquarters, page: str) -> list[SlotState]:
    """Of today's slots that have a text."""
    views = await hq.read(lambda uow: uow.plan.slots_of_day(TODAY, [page]))
    return [view.slot.state for view in views if view.slot.draft_id is not None]


async def counted(hq: Headquarters, measure: Measure) -> int:
    async def ask(uow: SqlUnitOfWork) -> int:
        rows = await uow.session.execute(select(rollup.c.value).where(rollup.c.measure == measure.value))
        return sum(int(row.value) for row in rows)

    return await hq.read(ask)


async def test_a_volunteer_declares_hours_weekdays_and_limits_by_taps(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/settings")
    await anna.press("Когда я публикую")
    assert "Часы: весь день" in anna.screen
    await anna.press("Часы")
    await anna.press("9–12")
    await anna.press("18–21")
    await anna.press("21–24")
    assert "Сейчас: 09:00–12:00, 18:00–24:00" in anna.screen
    assert "ваши тихие часы 22:00–08:00" in anna.screen
    await anna.press("✓ 21–24")
    await anna.press("Назад")
    await anna.press("Дни недели")
    await anna.press("✓ вс")
    await anna.press("Назад")
    await anna.press("Постов в день")
    await anna.press("2")
    await anna.press("Напомнить за")
    await anna.press("1 ч 30 мин")
    await anna.press("Напоминания")
    await anna.press("3")
    for line in (
        "Часы: 09:00–12:00, 18:00–21:00",
        "Дни недели: пн, вт, ср, чт, пт, сб",
        "Постов в день: не больше 2",
        "Напоминание: за 1 ч 30 мин до поста",
        "Напоминаний в день: не больше 3",
        "Тихие часы 22:00–08:00: без постов",
    ):
        assert line in anna.screen
    assert await declared(hq, anna) == Availability(
        anna.id,
        (Window(time(9), time(12)), Window(time(18), time(21))),
        frozenset({1, 2, 3, 4, 5, 6}),
        daily_cap=2,
        lead=timedelta(minutes=90),
        reminders_a_day=3,
    )


async def test_the_same_in_english_and_the_yes_to_quiet_hours(hq: Headquarters) -> None:
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await anna.send("/hours")
    assert "Hours: all day" in anna.screen
    await anna.press("Quiet hours")
    assert "nobody takes a no amiss" in anna.screen
    await anna.press("Yes, you may")
    assert (await declared(hq, anna)).at_night is True
    await anna.press("Back")
    assert "Quiet hours 22:00–08:00: posts too" in anna.screen
    await anna.press("Hours")
    await anna.press("Type it")
    await anna.send("in the evening")
    assert "9-12, 18-21" in anna.screen
    await anna.send("from 18 to 20:30")
    assert "Now: 18:00–20:30" in anna.screen
    await anna.press("Back")
    await anna.press("Days off")
    await anna.press("Tue 8 Sept")
    assert "✓ Tue 8 Sept" in anna.labels


async def test_what_cannot_be_read_is_answered_with_an_example_and_nothing_is_lost(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/hours")
    await anna.press("Часы")
    await anna.press("Написать самому")
    for wrong in ("по вечерам", "25-26", "9-12, потом посмотрим"):
        await anna.send(wrong)
        assert "Напишите так: 9-12, 18-21" in anna.screen
    assert (await declared(hq, anna)).hours == ()
    await anna.send("с 9 до 12, 18-21")
    assert "Сейчас: 09:00–12:00, 18:00–21:00" in anna.screen
    await anna.press("Назад")
    await anna.press("Выходные")
    await anna.press("Написать даты")
    await anna.send("на той неделе")
    assert "Напишите так: 3-5 окт, 12 окт" in anna.screen
    await anna.send("2 сентября")
    assert "уже прошло" in anna.screen
    await anna.send("1 декабря")
    assert "больше 60 дней" in anna.screen
    await anna.send("3-5 окт")
    assert "✓ сб, 3 октября" in anna.labels
    assert (await declared(hq, anna)).days_off == {date(2026, 10, day) for day in (3, 4, 5)}
    await anna.press("✓ сб, 3 октября")
    assert (await declared(hq, anna)).days_off == {date(2026, 10, day) for day in (4, 5)}
    assert await hq.read(lambda uow: uow.drafts.find_unfinished(anna.id)) is None


async def test_the_last_weekday_stays_and_a_forged_one_changes_nothing(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/hours")
    await anna.press("Дни недели")
    for name in ("пн", "вт", "ср", "чт", "пт", "сб"):
        await anna.press(f"✓ {name}")
    await anna.press("✓ вс")
    assert "Хотя бы один день" in anna.toasts[-1]
    parts = data_of(anna.messages[-1], "пн").split(":")
    await anna.act(lambda user: user.press_raw(anna.messages[-1], ":".join([*parts[:2], "9", *parts[3:]])))
    assert (await declared(hq, anna)).weekdays == {7}


async def test_posts_outside_new_hours_are_asked_about_and_kept_or_passed_on(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")  # 10:30
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await anna.send("/hours")
    await anna.press("Часы")
    await anna.press("18–21")
    assert "У вас 1 пост вне этих часов" in anna.screen
    assert "10:30 VK Казань" in anna.screen
    assert await states(hq) == [AssignmentState.ASSIGNED]  # nothing is dropped silently
    await anna.press("Оставить за мной")
    assert "Оставляю за вами" in anna.screen
    assert await states(hq) == [AssignmentState.ASSIGNED]
    await anna.press("Постов в день")
    await anna.press("1")
    assert "вне этих часов" not in anna.screen  # asked once
    await anna.press("Дни недели")
    await anna.press("✓ пн")
    assert "вне этих часов" not in anna.screen  # it was outside already, and she keeps it
    await anna.press("пн")
    await anna.press("Назад")
    await anna.press("Часы")
    await anna.press("9–12")
    await anna.press("✓ 9–12")
    assert "У вас 1 пост вне этих часов" in anna.screen
    await anna.press("Передать другим")
    assert "Ищу, кто возьмёт 1 пост" in anna.screen
    assert await states(hq) == [AssignmentState.DECLINED, AssignmentState.OFFERED]
    assert "VK Казань" in boris.said


async def test_a_button_that_asked_about_other_posts_decides_nothing(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    for text in ("Первый", "Второй"):
        await hq.run(approve, press.id, press.id, text, "vk-kazan", now=hq.now)
    await anna.send("/hours")
    await anna.press("Часы")
    await anna.press("18–21")
    old = data_of(anna.messages[-1], "Передать другим")
    await anna.press("12–15")
    await anna.press("✓ 18–21")
    assert "У вас 2 поста вне этих часов" in anna.screen
    await anna.act(lambda user: user.press_raw(anna.messages[-1], old))
    assert anna.toasts[-1]
    assert await states(hq) == [AssignmentState.ASSIGNED]


async def test_not_today_needs_no_reason_and_what_nobody_took_comes_back(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    for text in ("Первый", "Второй"):
        await hq.run(approve, press.id, press.id, text, "vk-kazan", now=hq.now)
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await anna.send("/hours")
    await anna.press("Сегодня не могу")
    assert "пн, 7 сентября — ваш выходной" in anna.screen
    assert "Ищу, кто возьмёт 2 поста" in anna.screen
    assert await states(hq) == [AssignmentState.DECLINED, AssignmentState.OFFERED]
    await boris.press("Возьму", boris.find("10:30"))
    cards = len(anna.messages)
    await anna.send("/hours")
    await anna.press("Всё-таки могу")
    assert "1 пост снова ваш" in anna.screen or "1 пост снова ваш" in anna.said
    assert "1 пост уже у другого" in anna.said
    assert len(anna.messages) > cards
    assert await states(hq) == [AssignmentState.DECLINED, AssignmentState.ASSIGNED]
    assert (await declared(hq, anna)).days_off == frozenset()
    later = (await hq.read(lambda uow: uow.plan.slots_of_day(TODAY, ["vk-kazan"])))[1]
    assert (later.assignee, later.slot.state) == ("Анна", SlotState.FILLED)
    await hq.move_to(later.slot.at - timedelta(minutes=1))
    assert "Через" in anna.said  # its reminders are back too


async def test_not_today_twice_is_once_and_with_nobody_left_the_text_comes_back_with_her(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.send("/hours")
    button = data_of(anna.messages[-1], "Сегодня не могу")
    await anna.press("Сегодня не могу")
    await anna.act(lambda user: user.press_raw(anna.messages[-1], button))
    first = (await hq.read(lambda uow: uow.plan.slots_of_day(TODAY, ["vk-kazan"])))[0]
    assert first.slot.state is SlotState.EMPTY
    await anna.press("Всё-таки могу")
    assert await states(hq) == [AssignmentState.ASSIGNED]
    first = (await hq.read(lambda uow: uow.plan.slots_of_day(TODAY, ["vk-kazan"])))[0]
    assert first.slot.state is SlotState.FILLED
    assert first.slot.draft_id is not None


async def test_on_a_day_off_a_personal_page_rests_and_is_excused(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("my-anna", anna.id))
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.run(approve, anna.id, press.id, "Своими словами", "my-anna", now=hq.now)
    assert await states_on(hq, "my-anna") == [SlotState.FILLED]
    await anna.send("/hours")
    await anna.press("Сегодня не могу")
    slots = await hq.read(lambda uow: uow.plan.slots_of_pages(["my-anna"], [TODAY]))
    assert [(slot.state, slot.excuse) for slot in slots if slot.excuse] == [(SlotState.CANCELLED, Excuse.DAY_OFF)]
    assert await counted(hq, Measure.EXCUSED) == 1
    await anna.press("Всё-таки могу")
    assert "1 пост снова ваш" in anna.said
    assert await states_on(hq, "my-anna") == [SlotState.FILLED]
    assert await counted(hq, Measure.EXCUSED) == 0


async def test_quiet_hours_that_now_hold_a_post_are_asked_about_too(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")  # 10:30
    await anna.send("/settings")
    await anna.press("Тихие часы")
    await anna.press("11:00")
    assert "1 ваш пост теперь не подходит" in anna.screen
    assert await states(hq) == [AssignmentState.ASSIGNED]
    await anna.send("/hours")
    assert "10:30 VK Казань" in anna.screen
    await anna.press("Оставить за мной")
    assert await states(hq) == [AssignmentState.ASSIGNED]
    await anna.send("/hours")
    assert "10:30 VK Казань" not in anna.screen


async def test_an_urgent_call_does_not_ask_whoever_has_a_day_off_unless_it_is_meant(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    glasha = await hq.join("Глаша", Role.VOLUNTEER, "kazan")
    maria = await hq.join("Мария", Role.MANAGER)
    await anna.send("/hours")
    await anna.press("Сегодня не могу")
    await boris.send("/hours")
    await boris.press("Часы")
    await boris.press("18–21")  # it is eight in the morning
    await approved(hq, maria, "vk-kazan")
    await mark(maria)
    await maria.press("Что произойдёт")
    await maria.press("Да, отправить сейчас")
    assert "спросили до 08:10: Глаша" in maria.screen
    assert [phone for phone in (anna, boris, glasha) if "прямо сейчас?" in phone.said] == [glasha]


async def test_yesterdays_screen_says_nothing_about_today(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/hours")
    old = anna.messages[-1]
    await hq.advance(days=1)
    await anna.press("Сегодня не могу", old)
    assert (await declared(hq, anna)).days_off == frozenset()
    await anna.press("Сегодня не могу", old)  # it has been drawn anew
    assert (await declared(hq, anna)).days_off == {TODAY + timedelta(days=1)}


async def test_whoever_was_only_asked_to_step_in_is_not_waited_for(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    glasha = await hq.join("Глаша", Role.VOLUNTEER, "kazan")
    await anna.send("/hours")
    await anna.press("Сегодня не могу")
    assert "10:30" in boris.said
    await boris.send("/hours")
    await boris.press("Сегодня не могу")
    assert "10:30" in glasha.said
    found = {AssignmentState.DECLINED: 2, AssignmentState.OFFERED: 1}
    assert {state: (await states(hq)).count(state) for state in found} == found
    await boris.press("Всё-таки могу")
    assert "снова ваш" not in boris.said  # it never was
