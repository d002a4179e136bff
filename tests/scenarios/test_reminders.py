"""Reminders that people do not mute: one message, few a day, later when asked; and the ladder of a page."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from domain.availability import Availability
from domain.norms import Norm, Window
from domain.notices import Notice
from domain.people import Role
from domain.plan import Assignment, AssignmentState
from domain.reminders import RemindersChanged, TooLateToSnooze
from domain.rollups import Measure
from domain.usecases import availability, settings
from domain.usecases import reminders as reminder_rules
from playground import Message
from storage.tables import norm, rollup, slot
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import LINK, TEXT, posted, states, text_for
from tests.scenarios.test_staff_chats import bound, written

SLOT = datetime(2026, 9, 7, 7, 30, tzinfo=UTC)
"""10:30 in Kazan."""
SOON, NOW, OPEN = "минут пора публиковать", "Пора публиковать", "ещё ждёт публикации"


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def reminders(person: Phone) -> list[Message]:
    """Those that stand in the chat now."""
    return [m for m in person.messages if m.body.startswith("⏰")]


def sounds(hq: Headquarters, person: Phone) -> list[bool]:
    """For each reminder sent to a person: whether it made a sound."""
    return [
        not entry.params.get("disable_notification")
        for entry in hq.telegram.world.wire
        if entry.method == "sendMessage"
        and entry.chat_id == person.user.user_id
        and str(entry.params["text"]).startswith("⏰")
    ]


async def declared(hq: Headquarters, person: Phone, **wishes: object) -> None:
    await hq.run(lambda uow: uow.availability.save(Availability(person.id, **wishes)))  # type: ignore[arg-type]  # by name


async def only_at(uow: Any, page: str, at: time) -> None:
    """One slot a day, at this moment."""
    await uow.session.execute(delete(slot).where(slot.c.page == page))
    await uow.campaign.save_norms([Norm(page, (1,) * 7, (Window(at, at),), 30, 3)])


async def two_posts_a_few_minutes_apart(hq: Headquarters) -> Phone:
    """10:30 and 10:33, both Anna's."""
    await hq.run(only_at, "vk-kazan", time(10, 30))
    await hq.run(only_at, "ok-kazan", time(10, 33))
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan", "ok-kazan")
    return anna


# -- the message -------------------------------------------------------------------------------------------------------------


async def test_before_the_post_it_is_silent_and_at_its_moment_it_rings_as_one_message(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(SLOT - minutes(30))
    assert [SOON in m.body for m in reminders(anna)] == [True]
    await hq.move_to(SLOT)
    assert [NOW in m.body for m in reminders(anna)] == [True]
    assert sounds(hq, anna) == [False, True]
    await posted(anna)
    assert reminders(anna) == []


async def test_two_posts_a_few_minutes_apart_are_one_message_with_a_button_each(hq: Headquarters) -> None:
    anna = await two_posts_a_few_minutes_apart(hq)
    await hq.move_to(SLOT - minutes(10))
    assert sounds(hq, anna) == [False], "the second came with the first"
    [reminder] = reminders(anna)
    assert "2 поста" in reminder.body
    await anna.press("10:33 · ОК Казань", reminder)
    await anna.press("Назад")
    await anna.press("10:30 · VK Казань", reminder)
    await anna.press("Опубликовано", reminder)
    await anna.send(LINK)
    [reminder] = reminders(anna)
    assert "ОК Казань" in reminder.body
    assert "VK Казань" not in reminder.body, "what is done is gone, the message is the same"
    await hq.move_to(SLOT + minutes(3))
    assert sounds(hq, anna) == [False, True]


async def test_at_the_moment_of_the_first_the_second_comes_with_it(hq: Headquarters) -> None:
    anna = await two_posts_a_few_minutes_apart(hq)
    await hq.move_to(SLOT + minutes(15))
    assert sounds(hq, anna) == [False, True]
    [reminder] = reminders(anna)
    assert "сейчас" in reminder.body


async def test_what_is_handed_on_is_reminded_of_no_more(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(SLOT - minutes(30))
    [reminder] = reminders(anna)
    await anna.press("Не получится", reminder)
    await anna.press("Нет времени")
    await hq.move_to(SLOT + minutes(5))
    assert reminders(anna) == []
    assert sounds(hq, anna) == [False]


async def test_an_emergency_stop_takes_the_reminder_away(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boss = await hq.join("Глеб", Role.MANAGER)
    await text_for(hq, "vk-kazan")
    await hq.move_to(SLOT - minutes(30))
    assert len(reminders(anna)) == 1
    await boss.send("/stop")
    await boss.press("Казань")
    await boss.press("Ошибка в тексте")
    assert reminders(anna) == []
    await hq.move_to(SLOT + minutes(1))
    assert sounds(hq, anna) == [False]


# -- few ------------------------------------------------------------------------------------------------------------------------


async def test_somebody_who_wants_one_a_day_gets_the_one_at_the_moment_and_hears_that_it_was_the_last(
    hq: Headquarters,
) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await declared(hq, anna, reminders_a_day=1)
    await text_for(hq, "vk-kazan")
    await hq.move_to(SLOT - minutes(5))
    assert reminders(anna) == []
    await hq.move_to(SLOT)
    [reminder] = reminders(anna)
    assert NOW in reminder.body
    assert "последнее напоминание на сегодня" in reminder.body
    assert sounds(hq, anna) == [True]


async def test_whoever_said_yes_lately_is_not_reminded_before(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.press("Сделаю")
    await hq.move_to(SLOT - minutes(1))
    assert reminders(anna) == []
    await hq.move_to(SLOT)
    assert sounds(hq, anna) == [True]


async def test_on_a_day_off_nobody_is_reminded_and_the_ladder_goes_on(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    has = anna if "VK Казань" in anna.said else boris
    other = boris if has is anna else anna
    await hq.run(lambda uow: uow.availability.add_day_off(has.id, date(2026, 9, 7)))
    await hq.move_to(SLOT + minutes(10))
    assert sounds(hq, has) == []
    await hq.move_to(SLOT + minutes(20))
    assert "Сможете выручить" in other.said


# -- later ----------------------------------------------------------------------------------------------------------------------


async def test_a_reminder_can_be_put_off_until_a_substitute_is_asked(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(SLOT)
    [reminder] = reminders(anna)
    assert "Через час" not in anna.labels, "a colleague is asked at 10:50"
    await anna.press("Через 15 мин", reminder)
    assert "напомню ещё раз, 10:45" in anna.said
    await hq.move_to(SLOT + minutes(14))
    assert reminders(anna) == []
    await hq.move_to(SLOT + minutes(15))
    assert sounds(hq, anna) == [False, True, True]
    [reminder] = reminders(anna)
    assert OPEN in reminder.body
    assert "Через 15 мин" not in anna.labels


async def test_put_off_beyond_its_moment_it_comes_once(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(SLOT - minutes(30))
    [reminder] = reminders(anna)
    await anna.press("Во сколько", reminder)
    await anna.press("10:45", reminder)
    await hq.move_to(SLOT + minutes(15))
    assert sounds(hq, anna) == [False, True]
    await hq.move_to(SLOT + minutes(40))
    assert sounds(hq, anna) == [False, True]


async def test_a_snooze_can_be_taken_back(hq: Headquarters) -> None:
    anna = await two_posts_a_few_minutes_apart(hq)
    await hq.move_to(SLOT - minutes(30))
    [reminder] = reminders(anna)
    await anna.press("Через 15 мин", reminder)
    assert reminders(anna) == []
    await anna.press("Напомнить сейчас")
    [reminder] = reminders(anna)
    assert "2 поста" in reminder.body


async def test_an_old_list_decides_nothing_and_nobody_waits_past_a_substitute(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(SLOT)
    assert anna.actor is not None
    seen = (await hq.read(reminder_rules.live, anna.actor.person, hq.now)).version
    for version, wait, refused in ((seen + 1, 15, RemindersChanged), (seen, 20, TooLateToSnooze)):
        with pytest.raises(refused):
            await hq.run(reminder_rules.snooze, anna.actor, version, hq.now + minutes(wait), now=hq.now)


async def test_done_while_put_off_nothing_comes(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(SLOT)
    await anna.press("Через 15 мин", reminders(anna)[0])
    await anna.send(LINK)
    await anna.press("Да, опубликовано")
    await hq.move_to(SLOT + minutes(30))
    assert sounds(hq, anna) == [False, True]
    assert "напомню" not in anna.said


# -- by their own clock ----------------------------------------------------------------------------------------------------------


async def test_a_longer_lead_time_moves_the_reminder_that_waits(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    assert anna.actor is not None
    await hq.run(availability.set_lead, anna.actor, 120, now=hq.now)
    await hq.move_to(SLOT - minutes(120))
    assert len(reminders(anna)) == 1
    await hq.move_to(SLOT - minutes(1))
    assert sounds(hq, anna) == [False], "once, at their own time"


async def test_later_quiet_hours_move_the_reminder_to_their_end(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await declared(hq, anna, lead=minutes(60))
    await text_for(hq, "vk-kazan")
    await anna.send("/settings")
    await anna.press("Тихие часы")
    await anna.press("10:00")
    await hq.move_to(SLOT - minutes(31))
    assert sounds(hq, anna) == [], "it would have come at 9:30"
    await hq.move_to(SLOT - minutes(30))
    assert sounds(hq, anna) == [False]


async def test_a_new_clock_moves_the_morning_list(hq: Headquarters) -> None:
    """The list of 9 o'clock in Moscow becomes one of 9 in Kaliningrad, an hour later."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.people.update(anna.id, digest_at=time(9)))
    await text_for(hq, "vk-kazan")
    assert anna.actor is not None
    await hq.run(settings.change_zone, anna.actor, "Europe/Kaliningrad", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 6, 59, tzinfo=UTC))
    assert anna.messages == []
    await hq.move_to(datetime(2026, 9, 7, 7, 0, tzinfo=UTC))
    assert "Доброе утро" in anna.said
    assert "09:30" in anna.said


async def test_who_stepped_in_is_reminded_and_whoever_had_it_is_not(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    for one in (anna, boris):
        await declared(hq, one, lead=minutes(40))
    await text_for(hq, "vk-kazan")
    has, other = (anna, boris) if "VK Казань" in anna.said else (boris, anna)
    await hq.move_to(SLOT - minutes(40))
    await has.press("Не получится", reminders(has)[0])
    await has.press("Нет времени")
    await other.press("Возьмусь")
    await hq.move_to(SLOT - minutes(1))
    assert sounds(hq, other) == [], "they have just said yes and got the card"
    await hq.move_to(SLOT)
    assert sounds(hq, other) == [True]
    assert sounds(hq, has) == [False]


# -- the ladder of a page ------------------------------------------------------------------------------------------------------


async def test_a_page_gets_a_ladder_of_its_own_in_chat(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.COORDINATOR, "kazan")
    await text_for(hq, "vk-kazan")
    await boris.send("/ladder")
    await boris.press("VK Казань")
    await boris.press("До публикации")
    await boris.press("1 ч")
    assert "● До публикации: за 1 ч" in boris.screen
    await boris.press("Своя строка")
    await boris.send("я" * 201)
    assert "Это 201 знак" in boris.screen
    await boris.send("Ответьте и на первые комментарии")
    assert "Своя строка: Ответьте" in boris.screen
    await boris.press("Как выглядит")
    assert "Ответьте и на первые комментарии" in boris.screen
    await boris.press("Назад")
    await boris.press("Просим коллегу")
    await boris.press("Без этого шага")
    await hq.move_to(SLOT - minutes(60))
    [reminder] = reminders(anna)
    assert "Ответьте и на первые комментарии" in reminder.body
    await hq.move_to(SLOT + minutes(40))
    assert [state.value for state in await states(hq)] == ["assigned"], "nobody else was asked"


async def test_the_ladder_in_english_and_two_who_change_it_at_once(hq: Headquarters) -> None:
    boris = await hq.join("Boris", Role.COORDINATOR, "kazan", language="en")
    vera = await hq.join("Vera", Role.MANAGER, language="en")
    for one in (boris, vera):
        await one.send("/ladder")
        await one.press("VK Казань")
        await one.press("Press secretary is told")
    await boris.press("1 h 30 min")
    assert "● Press secretary is told: 1 h 30 min later" in boris.screen
    await vera.press("2 h")
    assert vera.toasts[-1].startswith("Somebody else has just changed these reminders")
    assert "1 h 30 min later" in vera.screen
    await vera.press("All as usual")
    assert "● Press secretary is told: 1 h later" in vera.screen


async def test_whoever_may_not_manage_pages_has_no_ladder(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/ladder")
    assert "лесен" not in anna.screen
    assert "Напоминания страницы" not in anna.screen


# -- praise ------------------------------------------------------------------------------------------------------------------


@pytest.mark.slow  # takes seconds
async def test_the_first_post_is_welcomed_where_the_proof_is_answered(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan", text=TEXT)
    await hq.move_to(SLOT)
    await posted(anna)
    assert "Ваш первый пост вышел" in anna.screen


async def test_a_region_that_kept_its_week_is_thanked_in_its_group_and_nobody_is_named(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    group, _ = await bound(hq, irina)
    await hq.run(_a_week, "kazan", on_time=14)
    await hq.move_to(datetime(2026, 9, 14, 7, 59, tzinfo=UTC))
    assert not any("норму" in m.body for m in written(group))
    await hq.move_to(datetime(2026, 9, 14, 8, 0, tzinfo=UTC))  # Monday, 11:00
    [thanks] = [m for m in written(group) if "норму" in m.body]
    assert thanks.body == "🌟 Казань: на прошлой неделе все страницы выдержали норму, 14 постов. Спасибо всем!"
    assert thanks.silent
    assert anna.messages == [], "it is the team's"


@pytest.mark.slow  # takes seconds
async def test_a_group_hears_nothing_of_a_week_with_a_gap_and_no_name_of_who_missed(hq: Headquarters) -> None:
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    group, _ = await bound(hq, irina)
    await text_for(hq, "vk-kazan")
    await hq.move_to(datetime(2026, 9, 8, 0, 0, tzinfo=UTC))
    assert [state for state in await states_of(hq) if state is AssignmentState.MISSED]
    await hq.move_to(datetime(2026, 9, 14, 9, 0, tzinfo=UTC))
    said = "\n".join(m.body for m in written(group))
    assert "Анна" not in said
    assert "норму" not in said


async def states_of(hq: Headquarters) -> list[AssignmentState]:
    """Of the first slot of Monday."""
    [first, *_] = await hq.read(lambda uow: uow.plan.slots_of_day(date(2026, 9, 7), ["vk-kazan"]))
    return [one.state for one in await hq.read(lambda uow: uow.plan.assignments_of(first.slot.id))]


async def _a_week(uow: Any, region: str, on_time: int) -> None:
    """All that was wanted in the week of the 7th came; what the planner lays out besides is not looked at."""
    await uow.session.execute(delete(norm))
    await uow.session.execute(delete(slot))
    await uow.session.execute(delete(rollup))
    await uow.rollups.add("vk-kazan", region, date(2026, 9, 9), {Measure.SLOTS: on_time, Measure.ON_TIME: on_time})


# -- and besides -----------------------------------------------------------------------------------------------------------------


async def test_in_english_too_with_a_moment_to_choose(hq: Headquarters) -> None:
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await text_for(hq, "vk-kazan")
    await hq.move_to(SLOT - minutes(30))
    [reminder] = reminders(anna)
    assert "In 30 minutes it is time to post:" in reminder.body
    await anna.press("At …", reminder)
    assert "When shall I remind you again?" in anna.said
    await anna.press("10:15")
    assert "I will remind you again, 10:15" in anna.said
    await hq.move_to(SLOT - minutes(15))
    assert "In 15 minutes it is time to post:" in reminders(anna)[0].body


async def test_while_somebody_is_away_a_colleague_is_asked_instead(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    has, other = (anna, boris) if "VK Казань" in anna.said else (boris, anna)
    await hq.run(lambda uow: uow.away.add(has.id, hq.now, hq.now + timedelta(days=1), None, hq.now))
    await hq.move_to(SLOT - minutes(30))
    assert reminders(has) == []
    assert "Сможете подменить коллегу?" in other.said


async def test_who_said_yes_to_nights_is_reminded_there_without_a_sound(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await declared(hq, anna, at_night=True)
    await hq.run(lambda uow: uow.people.update(anna.id, quiet_from=time(9), quiet_to=time(11)))
    await text_for(hq, "vk-kazan")
    await hq.move_to(SLOT + minutes(1))
    assert sounds(hq, anna) == [False]


async def test_a_reminder_of_before_the_upgrade_still_comes(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    [mine] = [one for one in await states_with_ids(hq) if one.person_id == anna.id]
    old = Notice(
        "reminder", mine.subject, SLOT, f"reminder:{mine.id}:at:1", person_id=anna.id,
        params={"assignment": mine.id, "step": "at"},
    )  # fmt: skip
    await hq.run(lambda uow: uow.tasks.cancel(f"slot:{mine.slot_id}", ["ladder"]))
    await hq.run(lambda uow: uow.outbox.add(old))
    await hq.move_to(SLOT)
    assert sounds(hq, anna) == [True]


async def states_with_ids(hq: Headquarters) -> list[Assignment]:
    found: list[Assignment] = []
    for view in await hq.read(lambda uow: uow.plan.slots_of_day(date(2026, 9, 7), ["vk-kazan"])):
        number = view.slot.id
        found += await hq.read(lambda uow, number=number: uow.plan.assignments_of(number))
    return found[:1]
