"""Step 8: the evening's figures, and how posts did a day later."""

from datetime import datetime, timedelta

from sqlalchemy import select

from domain.notices import DueTask
from domain.people import Role
from domain.ports import UnitOfWork
from domain.typed_figures import Metric
from storage.tables import figure
from tests.harness import Headquarters, Phone
from tests.reporting import MONDAY, posted

EVENING = timedelta(hours=12)
"""From Monday 08:00 to 20:00 in Moscow."""


async def a_keeper(hq: Headquarters, *pages: str, language: str = "ru") -> Phone:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan", language)
    for page in pages:
        await hq.run(lambda uow, code=page: uow.campaign.set_keeper(code, anna.id))
    return anna


async def confirmed(hq: Headquarters) -> list[tuple[str, int]]:
    rows = await hq.read(
        lambda uow: uow.session.execute(
            select(figure.c.page, figure.c.value).where(figure.c.state == "confirmed").order_by(figure.c.id)
        )
    )
    return [tuple(row) for row in rows]


async def test_in_the_evening_the_keeper_types_the_numbers_one_after_the_other(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan", "ok-kazan")
    await hq.move_to(hq.now + EVENING)
    asked = anna.find("Цифры за сегодня")
    assert "VK Казань: участников?" in asked.body
    await anna.press("VK Казань")
    assert "Сколько сейчас участников?" in anna.screen
    await anna.send("12,4к")
    assert "VK Казань: 12 400 участников, пн, 7 сентября. Верно?" in anna.screen.replace("\u00a0", " ")
    assert "Записано: Анна, 20:00" in anna.screen
    assert "Дальше\nОК Казань" in anna.screen, "the next page is asked straight away"
    assert "Запишу его за эту страницу. Ошиблись выше? Нажмите «Исправить»." in anna.screen
    await anna.press("Верно")
    assert "Дальше\nОК Казань" in anna.screen
    await anna.send("5 120")
    await anna.press("Верно")
    assert "Это всё" in anna.screen
    assert await confirmed(hq) == [("vk-kazan", 12_400), ("ok-kazan", 5_120)]


async def test_a_number_ten_times_yesterdays_is_asked_about_and_corrected(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan", language="en")
    await hq.move_to(hq.now + EVENING)
    await anna.send("12400")  # a single page needs no tap
    assert "12,400 members of VK Казань for Mon 7 Sept. Right?" in anna.screen
    await hq.advance(days=1)
    await anna.send("124,000")
    assert "Yesterday it was 12,400, now 124,000. Is this right?" in anna.screen
    assert await confirmed(hq) == [("vk-kazan", 12_400)]
    jump = anna.messages[-1]
    await anna.press("Correct it")
    await anna.send("12 410")
    assert "12,410 members of VK Казань for Tue 8 Sept. Right?" in anna.screen
    assert await confirmed(hq) == [("vk-kazan", 12_400), ("vk-kazan", 12_410)]
    assert jump.body != ""
    await hq.advance(days=1)
    await anna.send("124 100")
    await anna.press("Yes, right")
    assert (await confirmed(hq))[-1] == ("vk-kazan", 124_100)


async def test_abc_is_no_number_and_the_question_stays(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await anna.send("/report")
    await anna.press("VK Казань")
    await anna.send("abc")
    assert "«abc» не похоже на число" in anna.screen
    assert "Не сейчас" in [button.label for row in anna.messages[-1].buttons for button in row]
    await anna.send("12,400")
    assert "Вы написали «12,400», я понял как 12 400." in anna.screen.replace("\u00a0", " ")
    assert await confirmed(hq) == [("vk-kazan", 12_400)]


async def test_what_does_not_read_as_a_number_is_not_taken_for_an_answer_nobody_was_asked_by_tap(
    hq: Headquarters,
) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await hq.move_to(hq.now + EVENING)
    await anna.send("Сегодня 5000 человек пришли на встречу")
    assert "не похоже на число" not in anna.said
    assert await confirmed(hq) == []


async def test_a_short_text_after_the_evenings_question_is_answered_and_becomes_no_draft(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await hq.move_to(hq.now + EVENING)
    await anna.send("abc")
    assert "«abc» не похоже на число" in anna.screen
    assert await hq.read(lambda uow: uow.drafts.of_author(anna.id)) == []
    await anna.send("12,4к")
    assert await confirmed(hq) == [("vk-kazan", 12_400)]


async def test_not_now_lets_a_short_text_be_a_draft_and_a_link_is_one_at_once(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await hq.move_to(hq.now + EVENING)
    await anna.send("Наш сайт: example.org")
    assert "не похоже на число" not in anna.said
    await hq.advance(days=1)
    await anna.send("Доброе утро!")
    await anna.press("Не сейчас")
    await anna.send("Доброе утро!")
    assert "Доброе утро!" in anna.said
    assert anna.said.count("не похоже на число") == 0, "the refusal became the list"


async def test_another_number_typed_under_right_corrects_the_figure(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await hq.move_to(hq.now + EVENING)
    await anna.send("12400")
    assert "Ошиблись? Просто напишите верное число." in anna.screen
    await anna.send("12,5к")
    assert "VK Казань: 12 500 участников, пн, 7 сентября. Верно?" in anna.screen.replace("\u00a0", " ")
    await anna.press("Верно")
    assert "Это всё" in anna.screen
    assert await confirmed(hq) == [("vk-kazan", 12_500)]
    assert await hq.read(lambda uow: uow.expectations.find(anna.id, hq.now)) is None


async def test_of_the_evenings_questions_only_the_newest_unanswered_stays(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await hq.move_to(hq.now + EVENING)
    assert "Цифры за сегодня, пн, 7 сентября" in anna.screen
    await hq.advance(days=1)
    assert [m.body.splitlines()[0] for m in anna.messages if "Цифры за" in m.body] == [
        "Цифры за сегодня, вт, 8 сентября"
    ]
    await anna.send("12400")
    await anna.press("Верно")
    await hq.advance(days=1)
    asked = [m.body.splitlines()[0] for m in anna.messages if "Цифры за" in m.body]
    assert asked == ["Цифры за сегодня, вт, 8 сентября", "Цифры за сегодня, ср, 9 сентября"]


async def test_a_persons_page_has_followers_and_only_its_keeper_is_asked(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "my-anna")
    await hq.move_to(hq.now + EVENING)
    assert "Страница Анны: подписчиков?" in anna.screen
    await anna.send("340")
    assert "Страница Анны: 340 подписчиков" in anna.screen.replace("\u00a0", " ")


async def test_a_coordinator_reports_for_a_keeper_and_it_shows(hq: Headquarters) -> None:
    await a_keeper(hq, "vk-kazan")
    maria = await hq.join("Мария", Role.COORDINATOR, "kazan")
    await maria.send("/report")
    await maria.press("VK Казань")
    await maria.send("12400")
    assert "Записано: Мария (вместо: Анна)" in maria.screen
    await maria.press("Верно")
    await maria.send("/report")
    assert any(label.startswith("✅ VK Казань: 12") for label in maria.labels)


async def test_not_now_frees_the_person(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await anna.send("/report")
    await anna.press("VK Казань")
    await anna.press("Не сейчас")
    assert await hq.read(lambda uow: uow.expectations.find(anna.id, hq.now)) is None
    assert "Нет сегодняшних цифр: 1 ваша страница" in anna.screen.replace("\u00a0", " ")


async def test_somebody_without_pages_is_told_so_and_old_buttons_of_others_are_refused(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    vera = await hq.join("Вера", Role.VOLUNTEER, "kazan")
    await vera.send("/report")
    assert "Сообщать пока нечего" in vera.screen
    await anna.send("/report")
    data = next(b.data or "" for row in anna.messages[-1].buttons for b in row if "VK Казань" in b.label)
    await vera.act(lambda user: user.press_raw(vera.messages[-1], data))
    assert "нет прав" in vera.toasts[-1]


async def test_a_day_after_posting_the_person_is_asked_how_it_did(hq: Headquarters) -> None:
    anna = await a_keeper(hq)
    first = await hq.run(posted, "vk-kazan", anna.id, hq.now)
    second = await hq.run(posted, "ok-kazan", anna.id, hq.now + timedelta(minutes=5))
    for slot_id, at in ((first, hq.now), (second, hq.now + timedelta(minutes=5))):
        await hq.run(ask_tomorrow, slot_id, at + timedelta(days=1))
    await hq.advance(days=1)
    assert "Ваш пост (пн, 7 сентября), VK Казань: как он себя показал?" in anna.screen
    await hq.advance(minutes=6)
    asked = [message for message in anna.messages if "просмотров 12 лайков" in message.body]
    assert len(asked) == 1, "one message for all posts that wait"
    assert "По 2 вашим постам ещё нет цифр." in anna.screen.replace("\u00a0", " ")
    await anna.send("340")
    assert "«340» — не понимаю. Напишите, что это за цифры" in anna.screen
    assert "Не сейчас" in anna.labels
    await anna.send("340 просмотров 12 кликов")
    assert "«кликов» — не понимаю." in anna.screen
    await anna.send("Сегодня 40 соседей вышли на субботник в парке")
    assert "— не понимаю" not in anna.screen, "nothing was tapped: a sentence is a post"
    await anna.send("340 👁 12 ❤ 1 репост")  # nothing was tapped: the first one is meant
    assert "340 просмотров, 12 лайков и 1 репост. Верно?" in anna.screen.replace("\u00a0", " ")
    assert "Дальше\nОК Казань, пост" in anna.screen
    await anna.send("12 340 0 0")
    assert "Реакций больше, чем просмотров" in anna.screen
    await anna.send("340 12 0 0")
    await anna.press("Верно")
    assert "Это всё" in anna.screen
    figures = await hq.read(lambda uow: uow.figures.of_slot(second))
    assert {f.metric: f.value for f in figures} == {
        Metric.VIEWS: 340,
        Metric.LIKES: 12,
        Metric.COMMENTS: 0,
        Metric.REPOSTS: 0,
    }
    assert all(f.day == MONDAY for f in figures)


async def ask_tomorrow(uow: UnitOfWork, slot_id: int, at: datetime) -> None:
    await uow.tasks.add(DueTask(f"figures.post:{slot_id}", "figures.post", f"slot:{slot_id}", at, {"slot": slot_id}))


async def test_the_answer_may_come_after_midnight(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await hq.move_to(hq.now + EVENING)
    await hq.advance(hours=5)
    await anna.press("VK Казань")
    await anna.send("900")
    assert "VK Казань: 900 участников, пн, 7 сентября" in anna.screen.replace("\u00a0", " ")
