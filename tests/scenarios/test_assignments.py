"""A day of posting: digest, card, proof, undo, substitutes, reminders, silences."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from domain.errors import Forbidden
from domain.norms import Norm, Window
from domain.notices import DueTask
from domain.people import Role
from domain.plan import Assignment, AssignmentState, SlotState
from domain.ports import UnitOfWork
from domain.silence import Blackout
from domain.usecases import assignments, proofs
from playground import Message
from storage.tables import rollup
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from tests.scenarios.test_drafts import png

LINK = "https://vk.com/kazan_hq?w=wall-123_77"
TEXT = "Завтра встреча во дворе, приходите!"
MORNING = datetime(2026, 9, 7, 7, 30, tzinfo=UTC)  # 10:30 in Kazan


async def text_for(hq: Headquarters, *pages: str, text: str = TEXT) -> int:
    """A text approved by somebody who posts nothing."""
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    return await hq.run(approve, press.id, press.id, text, *pages, now=hq.now)


async def slot_states(hq: Headquarters, page: str = "vk-kazan") -> list[SlotState]:
    day = (hq.now + timedelta(hours=3)).date()
    return [view.slot.state for view in await hq.read(lambda uow: uow.plan.slots_of_day(day, [page]))]


async def assignments_on(hq: Headquarters, page: str = "vk-kazan") -> list[Assignment]:
    """Of the page's first slot today."""
    day = (hq.now + timedelta(hours=3)).date()
    first = (await hq.read(lambda uow: uow.plan.slots_of_day(day, [page])))[0]
    found: list[Assignment] = await hq.read(lambda uow: uow.plan.assignments_of(first.slot.id))
    return found


async def states(hq: Headquarters) -> list[AssignmentState]:
    return [assignment.state for assignment in await assignments_on(hq)]


async def tap_posted(anna: Phone, message: Message | None = None) -> None:
    """[Posted]; more than an hour ahead it is asked once more."""
    await anna.press("Опубликовано", message)
    if "Уже опубликовано?" in anna.said:
        await anna.press("Да, опубликовано")


async def posted(anna: Phone, link: str = LINK) -> None:
    await tap_posted(anna)
    await anna.send(link)


# -- posting ----------------------------------------------------------------------------------------------------------------


async def test_done_without_a_link_is_answered_with_how_it_counts(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.send("Готово!")
    assert "нажмите «Опубликовано ✓» и пришлите ссылку" in anna.screen
    await anna.press("Мой день")
    assert "VK Казань" in anna.screen


async def test_a_volunteer_gets_the_text_posts_it_and_proves_it_with_a_link(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    assert anna.messages[0].body == f"{TEXT}\n\nШтаб кандидата"
    assert "VK Казань" in anna.screen
    assert "10:30" in anna.screen
    await hq.move_to(MORNING + timedelta(minutes=-5))
    await posted(anna)
    assert "✓ Опубликовано 10:25, спасибо!" in anna.screen
    assert all("Через" not in message.body for message in anna.messages), "the reminder is gone"
    assert sum("✓ Опубликовано" in message.body for message in anna.messages) == 2, "the card says so too"
    assert (await slot_states(hq))[0] is SlotState.POSTED
    await hq.move_to(MORNING + timedelta(hours=2))
    assert "Пора" not in anna.said


async def test_the_evening_plans_tomorrow_and_the_morning_brings_one_list_and_each_card_when_due(
    hq: Headquarters,
) -> None:
    await hq.move_to(datetime(2026, 9, 7, 18, 30, tzinfo=UTC))
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    for number in (1, 2):
        await hq.run(approve, press.id, press.id, f"Пост {number}", "vk-kazan", now=hq.now)
    assert anna.messages == []
    await hq.move_to(datetime(2026, 9, 8, 5, 0, tzinfo=UTC))
    (digest,) = anna.messages
    assert "2 поста на сегодня" in digest.body
    assert "○ 10:30 · ○ 19:30" in digest.body
    assert "Пост 1" not in anna.said
    await hq.move_to(datetime(2026, 9, 8, 7, 0, tzinfo=UTC))
    assert [message.body.splitlines()[0] for message in anna.messages[1:]] == ["Пост 1", "VK Казань · ВКонтакте"]
    assert "⏰" not in anna.said, "the card that has just come is the reminder"
    await hq.move_to(datetime(2026, 9, 8, 7, 30, tzinfo=UTC))
    assert "⏰ Пора" in anna.screen
    assert "Пост 2" not in anna.said


async def test_a_link_to_another_page_is_refused_and_so_is_one_used_before(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await tap_posted(anna)
    await anna.send("https://vk.com/wall-999_5")
    assert "другую страницу" in anna.screen
    await anna.send("https://ok.ru/group/5123/topic/99")
    assert "VK Казань" in anna.screen
    await anna.send("готово")
    assert "нет ссылки" in anna.screen
    await anna.send("вот: https://m.vk.com/wall-123_77")
    assert "✓ Опубликовано" in anna.screen
    await hq.run(approve, anna.id, anna.id, "Ещё текст", "vk-kazan", now=hq.now)
    await tap_posted(anna, anna.find("19:30"))
    await anna.send(LINK)
    assert "уже присылали" in anna.screen


async def test_a_mistaken_posted_is_undone_and_the_reminders_come_back(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await posted(anna)
    await anna.press("Снять отметку")
    assert "Отметка снята" in anna.screen
    assert sum("Скопируйте текст выше" in message.body for message in anna.messages) == 1, "the card, in place"
    assert (await slot_states(hq))[0] is SlotState.FILLED
    await hq.move_to(MORNING)
    assert "Пора публиковать" in anna.screen
    await posted(anna)  # the same link is free again
    assert "✓ Опубликовано 10:30" in anna.screen
    assert "Пора публиковать" not in anna.said


async def test_a_bare_link_is_offered_as_the_proof(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.send(LINK)
    assert "Это ссылка на пост" in anna.screen
    await anna.press("Да, опубликовано")
    assert "✓ Опубликовано" in anna.screen


async def test_a_word_beside_the_link_makes_no_draft_of_it_but_another_link_is_a_post(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.send("https://vk.cc/cAbCd")
    assert "не видно, куда она ведёт" in anna.screen
    await anna.send(f"вот ссылка: {LINK}")
    assert "Это ссылка на пост" in anna.screen
    await anna.press("Да, опубликовано")
    assert "✓ Опубликовано" in anna.screen
    await anna.send("Смотрите: https://vk.com/wall-555_1")
    assert "Черновик" in anna.screen


async def test_a_double_tap_and_a_tap_on_an_old_card_do_nothing_twice(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await posted(anna)
    card, answer = (message for message in anna.messages if "спасибо" in message.body)
    anna.user.press("Снять отметку", message=card)
    anna.user.press("Снять отметку", message=answer)
    await hq.settle()
    assert anna.toasts == ["Это задание и так открыто."], "the second learns that it is done"
    assert await states(hq) == [AssignmentState.ASSIGNED]
    assert "Отметка снята" in answer.body, "it shows how the assignment stands"
    await posted(anna)
    assert answer.deleted, "the newer answer takes its place"
    assert await states(hq) == [AssignmentState.POSTED]


async def test_my_day_lists_what_is_to_be_done_and_opens_a_card(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/today")
    assert "заданий нет" in anna.screen
    await text_for(hq, "vk-kazan")
    await anna.send("/today")
    assert "○ 10:30 VK Казань" in anna.screen
    cards = sum("Скопируйте" in message.body for message in anna.messages)
    await anna.press("10:30")
    assert "Скопируйте" in anna.screen, "the card is at the bottom again"
    assert sum("Скопируйте" in message.body for message in anna.messages) == cards == 1
    assert sum(TEXT in message.body for message in anna.messages) == 1


# -- reminders and substitutes ------------------------------------------------------------------------------------------------


async def test_there_is_one_open_reminder_then_a_substitute_is_asked_then_the_press_secretary(
    hq: Headquarters,
) -> None:
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING - timedelta(minutes=30))
    assert "Через 30 минут" in anna.screen
    await hq.move_to(MORNING)
    assert sum("⏰" in message.body for message in anna.messages) == 1
    assert boris.messages == []
    await hq.move_to(MORNING + timedelta(minutes=20))
    assert "Сможете выручить?" in boris.screen
    assert TEXT not in boris.said
    await hq.move_to(MORNING + timedelta(minutes=60))
    assert "⚠ Опаздываем" in press.screen
    assert "Анна" in press.screen
    await press.press("Поручить, перенести")
    assert "У кого: Анна" in press.screen
    assert "Поручить…" in press.labels, "the next step is one tap away"


async def test_a_substitute_steps_in_and_the_first_one_is_told(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(MORNING + timedelta(minutes=21))
    await boris.press("Возьмусь")
    assert TEXT in boris.said
    assert "Вас подменили" in anna.screen
    assert "⏰" not in anna.said
    await posted(boris)
    assert "✓ Опубликовано" in boris.screen
    assert await states(hq) == [AssignmentState.REPLACED, AssignmentState.POSTED]


async def test_the_first_posts_after_all_and_the_offer_is_withdrawn(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(MORNING + timedelta(minutes=21))
    offer = boris.messages[-1]
    await posted(anna)
    assert "Уже не нужно" in boris.screen
    assert offer.deleted is False
    assert boris.labels == []


async def test_whoever_cannot_is_replaced_at_once_and_nobody_left_is_reported(hq: Headquarters) -> None:
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    await anna.press("Не получится")
    await anna.press("Болею")
    assert "Спасибо, что предупредили" in anna.screen
    assert "Сможете подменить коллегу?" in boris.screen
    await boris.press("Не смогу")
    assert "спросим кого-нибудь ещё" in boris.screen
    assert "Замену не нашли" in press.screen
    assert (await slot_states(hq))[0] is SlotState.EMPTY
    await hq.move_to(MORNING + timedelta(hours=2))
    assert "Опаздываем" not in press.said


async def test_a_slot_that_nobody_posts_is_missed_and_the_manager_hears_of_it(hq: Headquarters) -> None:
    manager = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(datetime(2026, 9, 7, 17, 30, tzinfo=UTC))
    assert "вышло не всё" in manager.screen
    assert "10:30 VK Казань · Анна" in manager.screen
    await hq.move_to(datetime(2026, 9, 7, 21, 1, tzinfo=UTC))
    views = await hq.read(lambda uow: uow.plan.slots_of_day(MORNING.date(), ["vk-kazan"]))
    assert [view.slot.state for view in views] == [SlotState.MISSED, SlotState.EMPTY]
    assert "День закончился" in anna.said
    assert "⏰" not in anna.said


async def test_the_press_secretary_hears_the_evening_before_what_is_empty(hq: Headquarters) -> None:
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.move_to(datetime(2026, 9, 7, 16, 0, tzinfo=UTC))
    assert "пустых мест в плане" in press.screen
    assert "Нет одобренного текста" in press.screen
    assert "10:30 VK Казань" in press.screen
    assert "VK Омск" not in press.screen


# -- silence, rights, questions -----------------------------------------------------------------------------------------------


async def silence(hq: Headquarters, start: str, end: str) -> None:
    blackout = Blackout("kazan", datetime.fromisoformat(start), datetime.fromisoformat(end), "день тишины")
    await hq.run(lambda uow: uow.campaign.save_blackouts([blackout]))


async def test_in_a_silence_no_text_goes_out_and_the_card_comes_after_it(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await silence(hq, "2026-09-07T07:00", "2026-09-07T10:00")
    await text_for(hq, "vk-kazan")
    assert anna.messages == []
    await anna.send("/today")
    await anna.press("10:30")
    assert TEXT not in anna.said
    assert "период тишины" in anna.toasts[-1]
    assert "10:00" in anna.toasts[-1]
    await hq.move_to(datetime(2026, 9, 7, 7, 0, tzinfo=UTC))
    assert TEXT in anna.said


async def test_a_slot_that_falls_silent_is_cancelled_with_a_word_to_whoever_had_it(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await silence(hq, "2026-09-07T10:00", "2026-09-07T12:00")
    await hq.move_to(MORNING)
    assert "задание отменено" in anna.screen
    assert "период тишины" in anna.screen
    assert "⏰" not in anna.said
    assert "✓" not in "".join(anna.labels)


async def test_somebody_elses_card_is_refused(hq: Headquarters) -> None:
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    (assignment,) = await assignments_on(hq)
    with pytest.raises(Forbidden):
        await hq.run(assignments.resend, boris.actor, assignment.id, now=hq.now)
    with pytest.raises(Forbidden):
        await hq.run(proofs.ask_link, boris.actor, assignment.id, assignment.version, now=hq.now)


async def test_a_question_reaches_the_press_secretary_and_the_answer_comes_back(hq: Headquarters) -> None:
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    await anna.press("Вопрос")
    await anna.send("Можно добавить фото двора <нашего>?")
    assert "у пресс-секретаря" in anna.screen
    assert "фото двора <нашего>" in press.screen
    await press.press("Ответить")
    await press.send("Да, конечно")
    assert "Да, конечно" in anna.screen
    assert "Отвечает Вера" in olga.screen
    assert olga.labels == []


# -- what else happens ----------------------------------------------------------------------------------------------------------


async def test_a_page_taken_out_of_the_plan_cancels_what_people_know(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")

    async def take_out(uow: UnitOfWork) -> None:
        await uow.campaign.deactivate_pages(["vk-kazan"])
        await uow.tasks.add(DueTask("plan.recheck:test", "plan.recheck", "campaign", hq.now))

    await hq.run(take_out)
    assert "задание отменено" in anna.screen
    assert "больше не в плане" in anna.screen
    assert await slot_states(hq) == []
    await hq.move_to(MORNING + timedelta(hours=1))
    assert "⏰" not in anna.said


async def test_an_earlier_last_day_cancels_what_people_know_and_leaves_the_days_before(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    before = await slot_states(hq)

    async def end(uow: UnitOfWork, last: date) -> None:
        campaign = await uow.campaign.find_campaign()
        assert campaign is not None
        await uow.campaign.save_campaign(replace(campaign, starts=last, phase_end=last, ends=last))
        await uow.tasks.add(DueTask(f"plan.recheck:{last}", "plan.recheck", "campaign", hq.now))

    await hq.run(end, MORNING.date())
    assert await slot_states(hq) == before
    assert "задание отменено" not in anna.said
    await hq.run(end, MORNING.date() - timedelta(days=1))
    assert "задание отменено" in anna.screen
    assert "Сроки кампании изменились" in anna.screen
    assert await slot_states(hq) == []
    await hq.move_to(MORNING + timedelta(hours=1))
    assert "⏰" not in anna.said


async def test_after_a_substitute_took_over_the_next_message_is_not_taken_for_a_link(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(MORNING + timedelta(minutes=21))
    await tap_posted(anna)
    await boris.press("Возьмусь")
    await anna.send("Хорошая новость: открыли новую школу")
    assert "нет ссылки" not in anna.said


async def test_somebody_who_blocked_the_bot_is_replaced_before_the_slot(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.act(lambda user: user.block())
    await hq.move_to(MORNING - timedelta(minutes=30))
    assert "Сможете подменить" in boris.screen


async def test_the_press_secretary_sees_in_one_message_how_a_late_post_ended(hq: Headquarters) -> None:
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING + timedelta(minutes=20))
    assert "Замену не нашли" in press.screen
    await hq.move_to(MORNING + timedelta(minutes=65))
    assert "Опаздываем" in press.screen
    assert "Замену не нашли" not in press.said
    await posted(anna)
    assert "Всё-таки опубликовано" in press.screen
    rollups = await hq.read(_measures, "vk-kazan")
    assert rollups == {"slots": 2, "filled": 1, "late": 1}


async def test_an_undone_post_is_taken_out_of_the_counts_again(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await posted(anna)
    assert (await hq.read(_measures, "vk-kazan"))["on_time"] == 1
    await anna.press("Снять отметку")
    assert (await hq.read(_measures, "vk-kazan"))["on_time"] == 0
    (assignment,) = await assignments_on(hq)
    assert await hq.read(lambda uow: uow.tasks.find(f"figures.post:{assignment.slot_id}")) is None


async def test_a_day_later_nothing_can_be_undone(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await posted(anna)
    await hq.move_to(MORNING + timedelta(days=1))
    await anna.press("Снять отметку")
    assert "уже закрыт" in anna.toasts[-1]


async def test_english_speakers_read_english(hq: Headquarters) -> None:
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await text_for(hq, "vk-kazan")
    assert "Copy the text above" in anna.screen
    await anna.press("Can't do it")
    assert "I am ill" in anna.labels


async def _measures(uow: UnitOfWork, page: str) -> dict[str, int]:
    rows = await uow.session.execute(  # type: ignore[attr-defined]  # a test looks into the tables
        select(rollup.c.measure, rollup.c.value).where(rollup.c.page == page, rollup.c.day == MORNING.date())
    )
    return {row.measure: row.value for row in rows}


async def test_a_photo_travels_from_the_author_to_whoever_posts_it(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await anna.send_photo(png(), "Новый двор готов")
    await anna.press("VK Казань")
    await anna.press("Отправить")
    await vera.press("Открыть очередь")
    await vera.press("Одобрить")
    await hq.advance(minutes=1)  # it stands
    shown = anna.find("Новый двор готов\n\nШтаб кандидата")
    assert shown.caption == "Новый двор готов\n\nШтаб кандидата"
    assert shown.photo
    await posted(anna)
    assert "✓ Опубликовано" in anna.screen


async def test_a_slot_late_in_the_evening_gets_its_time_before_it_is_missed(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    late = Norm("vk-kazan", (1,) * 7, (Window(time(23, 30), time(23, 40)),), 60, 1)

    async def stay_up(uow: UnitOfWork) -> None:
        await uow.campaign.save_norms([late])
        await uow.people.update(anna.id, quiet_from=time(2), quiet_to=time(7))

    await hq.run(stay_up)
    tomorrow = datetime(2026, 9, 8, 20, 35, tzinfo=UTC)  # 23:35 in Kazan
    await text_for(hq, "vk-kazan")
    await hq.move_to(tomorrow + timedelta(minutes=50))
    day = tomorrow.date()
    views = await hq.read(lambda uow: uow.plan.slots_of_day(day, ["vk-kazan"]))
    assert [view.slot.state for view in views] == [SlotState.FILLED], "the day is over, its hour is not"
    await hq.move_to(tomorrow + timedelta(minutes=61))
    views = await hq.read(lambda uow: uow.plan.slots_of_day(day, ["vk-kazan"]))
    assert [view.slot.state for view in views] == [SlotState.MISSED]
