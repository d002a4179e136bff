"""A person's day: one list in the morning, saying yes to it, files, and a day on which it does not work out."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from domain.notices import DueTask
from domain.people import Role
from domain.plan import AssignmentState
from domain.ports import UnitOfWork
from storage.tables import draft
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import LINK, assignments_on, states, tap_posted, text_for
from tests.scenarios.test_drafts import png

EVENING = datetime(2026, 9, 7, 18, 30, tzinfo=UTC)
MORNING = datetime(2026, 9, 8, 5, 0, tzinfo=UTC)
"""Tuesday, 08:00 in Kazan."""
FIRST = datetime(2026, 9, 8, 7, 30, tzinfo=UTC)


async def two_posts(hq: Headquarters, language: str = "ru") -> Phone:
    """Anna on Tuesday morning with her list: 10:30 and 19:30."""
    await hq.move_to(EVENING)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan", language)
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    for number in (1, 2):
        await hq.run(approve, press.id, press.id, f"Пост {number}", "vk-kazan", now=hq.now)
    await hq.move_to(MORNING)
    return anna


async def test_one_tap_says_yes_to_the_whole_list_and_the_press_secretary_sees_it(hq: Headquarters) -> None:
    anna = await two_posts(hq)
    await anna.press("Сделаю всё")
    assert "● 10:30 · ● 19:30" in anna.screen
    assert "рассчитываю на вас" in anna.screen
    assert "Сделаю всё" not in anna.labels
    found = await hq.read(lambda uow: uow.plan.slots_of_day(FIRST.date(), ["vk-kazan"]))
    assert [view.accepted_at for view in found] == [hq.now, hq.now]
    await hq.move_to(FIRST - timedelta(minutes=1))
    assert "Вы взялись за этот пост" in anna.screen, "the card says so too"
    assert "⏰" not in anna.said


async def test_nobody_says_yes_to_what_they_have_not_read(hq: Headquarters) -> None:
    anna = await two_posts(hq)
    await anna.press("10:30 VK Казань")
    await anna.press("Не получится")
    await anna.press("Болею")
    await anna.press("Сделаю всё", anna.find("2 поста на сегодня"))
    assert "изменилось" in anna.toasts[-1]
    assert "1 пост на сегодня" in anna.said
    found = await hq.read(lambda uow: uow.plan.slots_of_day(FIRST.date(), ["vk-kazan"]))
    assert [view.accepted_at for view in found] == [None, None]
    await anna.press("Сделаю", anna.find("1 пост на сегодня"))
    found = await hq.read(lambda uow: uow.plan.slots_of_day(FIRST.date(), ["vk-kazan"]))
    assert [view.accepted_at for view in found] == [None, hq.now]


async def test_a_tap_in_the_list_brings_the_text_at_once_and_the_list_stays(hq: Headquarters) -> None:
    anna = await two_posts(hq)
    await anna.press("10:30 VK Казань")
    assert "Пост 1" in anna.said
    assert "Пост 2" not in anna.said
    assert "2 поста на сегодня" in anna.said
    await hq.move_to(FIRST - timedelta(minutes=30))
    assert sum("Пост 1" in message.body for message in anna.messages) == 1, "it does not come twice"
    assert "⏰ Через 30 минут" in anna.screen


async def test_a_post_in_the_list_that_has_ended_is_told_and_the_list_stays(hq: Headquarters) -> None:
    anna = await two_posts(hq)
    await anna.press("10:30 VK Казань")
    await anna.press("Не получится")
    await anna.press("Болею")
    await anna.press("10:30 VK Казань", anna.find("поста на сегодня"))
    assert "уже отказались" in anna.toasts[-1]
    assert "2 поста на сегодня" in anna.said


async def test_who_cannot_today_says_so_in_one_tap_and_can_take_it_back(hq: Headquarters) -> None:
    anna = await two_posts(hq)
    await anna.press("Сегодня не могу", anna.find("2 поста на сегодня"))
    assert "выходной" in anna.screen
    found = await hq.read(lambda uow: uow.plan.slots_of_day(FIRST.date(), ["vk-kazan"]))
    assert [view.assignee for view in found] == [None, None]
    await anna.press("Всё-таки могу")
    found = await hq.read(lambda uow: uow.plan.slots_of_day(FIRST.date(), ["vk-kazan"]))
    assert [view.assignee for view in found] == ["Анна", "Анна"]


async def test_yesterdays_list_says_nothing_about_today(hq: Headquarters) -> None:
    anna = await two_posts(hq)
    old = anna.find("2 поста на сегодня")
    await hq.move_to(MORNING + timedelta(days=1))
    await anna.press("Сегодня не могу", old)
    assert "День закончился" in anna.toasts[-1]
    assert not (await hq.read(lambda uow: uow.availability.get(anna.id))).days_off


async def test_who_says_yes_on_the_card_is_not_reminded_of_what_has_just_come(hq: Headquarters) -> None:
    await text_for(hq, "vk-kazan")
    await hq.move_to(datetime(2026, 9, 7, 6, 15, tzinfo=UTC))
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, anna.id, anna.id, "Ещё текст", "vk-kazan", now=hq.now)  # planned again: Anna is there now
    assert await states(hq) == [AssignmentState.ASSIGNED]
    await anna.press("Сделаю", anna.find("10:30"))
    assert "Записано" in anna.toasts[-1]
    assert "Вы взялись за этот пост" in anna.said
    (assignment,) = await assignments_on(hq)
    assert assignment.accepted_at == hq.now
    await hq.move_to(datetime(2026, 9, 7, 7, 29, tzinfo=UTC))
    assert "⏰" not in anna.said
    await hq.move_to(datetime(2026, 9, 7, 7, 30, tzinfo=UTC))
    await tap_posted(anna, anna.find("10:30"))
    await anna.send(LINK)
    assert await states(hq) == [AssignmentState.POSTED]


async def test_what_is_taken_out_of_the_plan_is_told_to_whoever_read_it_in_the_list(hq: Headquarters) -> None:
    anna = await two_posts(hq)

    async def take_out(uow: UnitOfWork) -> None:
        await uow.campaign.deactivate_pages(["vk-kazan"])
        await uow.tasks.add(DueTask("plan.recheck:test", "plan.recheck", "campaign", hq.now))

    await hq.run(take_out)
    assert anna.said.count("задание отменено") == 2
    assert "Пост 1" not in anna.said


async def test_a_card_waits_until_its_text_may_be_public(hq: Headquarters) -> None:
    anna = await two_posts(hq)
    public = FIRST - timedelta(minutes=10)

    async def embargo(uow: UnitOfWork) -> None:
        await uow.session.execute(update(draft).values(not_before=public))  # type: ignore[attr-defined]  # past the desk

    await hq.run(embargo)
    await hq.move_to(public - timedelta(minutes=1))
    assert "Пост 1" not in anna.said
    await hq.move_to(public)
    assert "Пост 1" in anna.said
    assert sum("Скопируйте текст" in message.body for message in anna.messages) == 1


async def test_pictures_come_as_files_once_asked_and_an_albums_text_is_a_message_of_its_own(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await anna.act(lambda user: user.send_album([png(), png("blue")], "Новый двор готов"))
    await anna.press("VK Казань")
    await anna.press("Отправить")
    await vera.press("Открыть очередь")
    await vera.press("Одобрить")
    await hq.advance(minutes=1)  # it stands
    assert anna.find("Новый двор готов\n\nШтаб кандидата").text == "Новый двор готов\n\nШтаб кандидата"
    await anna.press("Файлами")
    files = [message.document for message in anna.messages if message.document]
    assert [file["file_name"] for file in files] == ["vk-kazan-1.jpg", "vk-kazan-2.jpg"]


async def test_english_speakers_read_the_list_in_english(hq: Headquarters) -> None:
    anna = await two_posts(hq, "en")
    assert "2 posts today" in anna.screen
    await anna.press("Will do them all")
    assert "I count on you" in anna.screen


async def test_the_list_shows_by_itself_what_is_posted_and_taken_back(hq: Headquarters) -> None:
    anna = await two_posts(hq)
    shown = anna.find("2 поста на сегодня")
    await hq.move_to(FIRST)
    await tap_posted(anna, anna.find("Пост 1") if "Опубликовано" in anna.labels else None)
    await anna.send(LINK)
    messages = len(anna.messages)
    assert "○ 10:30" in shown.body, "not at every tap"
    await hq.advance(minutes=1)
    assert "✓ 10:30 · ○ 19:30" in shown.body
    assert len(anna.messages) == messages, "edited in place"
    await anna.press("Снять отметку")
    await hq.advance(minutes=1)
    assert "○ 10:30 · ○ 19:30" in shown.body


async def test_a_day_off_keeps_its_message(hq: Headquarters) -> None:
    anna = await two_posts(hq)
    await anna.press("10:30 VK Казань")
    await tap_posted(anna)
    await anna.send(LINK)
    await anna.press("Сегодня не могу", anna.find("2 поста на сегодня"))
    await hq.advance(minutes=2)
    assert "Могу снова" in anna.said or "2 поста на сегодня" not in anna.said
