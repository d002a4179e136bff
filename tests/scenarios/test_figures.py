"""Step 8: the evening's figures, and how posts did a day later."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from domain.people import Role
from domain.ports import UnitOfWork
from domain.record import Kind
from domain.typed_figures import Metric
from domain.usecases import figures_posts
from handlers.screens.journal_button import JournalButton
from playground import Message
from storage.tables import figure
from tests.harness import Headquarters, Phone
from tests.reporting import MONDAY, posted
from tests.rows import rows_of
from tests.scenarios.test_drafts import png

EVENING = timedelta(hours=12)
"""From Monday 08:00 to 20:00 in Moscow."""


async def a_keeper(hq: Headquarters, *pages: str, language: str = "ru") -> Phone:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan", language)
    for page in pages:
        await hq.run(lambda uow, code=page: uow.campaign.set_keeper(code, anna.id))
    return anna


async def confirmed(hq: Headquarters) -> list[tuple[str, int]]:
    rows = await hq.read(
        rows_of(select(figure.c.page, figure.c.value).where(figure.c.state == "confirmed").order_by(figure.c.id))
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
    await anna.send("12,400к")
    assert "Сейчас 12 400. Всё верно?" in anna.screen.replace("\u00a0", " ")
    assert "Вы написали «12,400к», я понял как 12 400." in anna.screen.replace("\u00a0", " ")
    assert await confirmed(hq) == [], "it could have been twelve million: nothing counts before the yes"
    await anna.press("Да, верно")
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


async def test_what_was_refused_as_figures_becomes_a_draft_by_a_tap_once(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await hq.move_to(hq.now + EVENING)
    await anna.send("Завтра в 18:00 у клуба!")
    refusal = anna.messages[-1]
    assert "Если это текст для поста, нажмите «Это пост»" in refusal.body
    anna.user.press("Это пост", message=refusal)
    await anna.press("Это пост", refusal)
    (draft,) = await hq.read(lambda uow: uow.drafts.of_author(anna.id))
    assert draft.text == "Завтра в 18:00 у клуба!"
    assert "Завтра в 18:00 у клуба!" in anna.find("Завтра в 18:00").body, "the refusal became the draft's panel"
    assert "не похоже на число" not in anna.said
    await anna.send("12,4к")
    assert await confirmed(hq) == [("vk-kazan", 12_400)], "the question stood"


async def test_a_sentence_is_a_draft_also_while_the_next_posts_figures_are_asked_for(hq: Headquarters) -> None:
    anna = await a_keeper(hq)
    first = await out(hq, "vk-kazan", anna.id, hq.now)
    second = await out(hq, "ok-kazan", anna.id, hq.now + timedelta(minutes=5))
    await hq.advance(hours=3)
    await anna.send("340 просмотров 12 лайков")
    assert "Дальше\nОК Казань, пост" in anna.screen, "the bot went on by itself"
    text = "Спросили 40 соседей, чего не хватает во дворе. Чаще всего отвечали: лавочек и тени."
    await anna.send(text)
    assert "— не понимаю" not in anna.said
    assert [d.text for d in await hq.read(lambda uow: uow.drafts.of_author(anna.id))] == [text]
    await anna.send("На сейчас 500 просмотров, 20 лайков и 7 кликов")
    assert "«кликов» — не понимаю" in anna.screen, "an attempt at figures gets its question"
    await anna.send("500 просмотров")
    of_first, of_second = [await hq.read(lambda uow, n=n: uow.figures.of_slot(n)) for n in (first, second)]
    assert {f.value for f in of_first} == {340, 12}
    assert {f.value for f in of_second} == {500}


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


async def test_while_a_posts_figures_are_awaited_the_evening_asks_for_a_tap(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await out(hq, "vk-kazan", anna.id, hq.now)
    await hq.move_to(hq.now + EVENING)
    assert "Нажмите на страницу и напишите число" in anna.screen
    await anna.press("VK Казань")
    await anna.send("9000")
    await anna.press("Верно")
    assert await confirmed(hq) == [("vk-kazan", 9000)]


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


async def test_two_at_once_and_the_older_message_shows_what_stands(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    maria = await hq.join("Мария", Role.COORDINATOR, "kazan")
    for phone in (anna, maria):
        await phone.send("/report")
        await phone.press("VK Казань")
    await anna.send("12400")
    await maria.send("12450")
    await anna.press("Верно")
    assert "уже исправили" in anna.toasts[-1]
    await anna.press("Исправить")
    assert "Пока записано: 12 450." in anna.screen.replace("\u00a0", " ")


async def test_who_keeps_the_page_no_more_is_told_once_and_then_left_alone(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await hq.move_to(hq.now + EVENING)
    ben = await hq.join("Бен", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("vk-kazan", ben.id))
    await anna.send("12500")
    assert "нет прав" in anna.screen
    assert await confirmed(hq) == []
    await anna.send("Доброе утро!")
    assert [d.text for d in await hq.read(lambda uow: uow.drafts.of_author(anna.id))] == ["Доброе утро!"]


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


async def out(hq: Headquarters, page: str, person: int, at: datetime) -> int:
    """A publication, proven at `at`, whose figures will be asked for."""
    slot_id = await hq.run(posted, page, person, at)
    await hq.run(figures_posts.expect_figures, slot_id, at)
    return slot_id


def asked_of(anna: Phone) -> list[Message]:
    return [message for message in anna.messages if "просмотров 12 лайков" in message.body]


async def test_some_hours_after_posting_the_person_is_asked_how_it_did(hq: Headquarters) -> None:
    anna = await a_keeper(hq)
    await out(hq, "vk-kazan", anna.id, hq.now)
    second = await out(hq, "ok-kazan", anna.id, hq.now + timedelta(minutes=5))
    await hq.advance(hours=2)
    assert "Ваш пост (пн, 7 сентября), VK Казань: как он себя показал?" in anna.screen
    (question,) = asked_of(anna)
    await hq.advance(minutes=6)
    assert [message.message_id for message in asked_of(anna)] == [question.message_id], (
        "added in place to the question that stands"
    )
    assert "По 2 вашим постам нужны свежие цифры." in anna.screen.replace("\u00a0", " ")
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


@pytest.mark.slow  # takes seconds
async def test_it_is_asked_again_after_a_day_and_a_week_unless_somebody_has_looked(hq: Headquarters) -> None:
    anna = await a_keeper(hq)
    slot_id = await out(hq, "vk-kazan", anna.id, hq.now)
    await hq.advance(hours=2)
    await anna.send("340 просмотров 12 лайков")
    await anna.press("Верно")
    await hq.advance(hours=20)
    assert len(asked_of(anna)) == 1
    await hq.advance(hours=2)
    assert len(asked_of(anna)) == 2, "the first hours say nothing of the day"
    await anna.send("900 просмотров 30 лайков")
    await anna.press("Верно")
    await hq.advance(days=3)
    assert len(asked_of(anna)) == 2
    await anna.send("/cancel")
    await hq.run(typed, anna, slot_id, "1100 просмотров", hq.now)
    await hq.advance(days=5)
    assert len(asked_of(anna)) == 2, "somebody has looked in the meantime"
    figures = await hq.read(lambda uow: uow.figures.of_slot(slot_id))
    assert {f.metric: f.value for f in figures} == {Metric.VIEWS: 1_100, Metric.LIKES: 30}


async def typed(uow: UnitOfWork, anna: Phone, slot_id: int, text: str, now: datetime) -> None:
    assert anna.actor is not None
    await figures_posts.report(uow, anna.actor, slot_id, text, now=now)


async def test_nobody_is_asked_in_their_quiet_hours_and_a_recalled_post_not_at_all(hq: Headquarters) -> None:
    anna = await a_keeper(hq)
    await hq.move_to(hq.now + timedelta(hours=13))
    await out(hq, "vk-kazan", anna.id, hq.now)
    await hq.advance(hours=9)
    assert asked_of(anna) == [], "21:00 and two hours are eleven at night"
    await hq.advance(hours=2)
    assert len(asked_of(anna)) == 1


async def test_a_post_that_falls_waits_for_a_yes(hq: Headquarters) -> None:
    anna = await a_keeper(hq)
    await out(hq, "vk-kazan", anna.id, hq.now)
    await hq.advance(hours=2)
    await anna.send("3400 просмотров")
    await anna.send("340 просмотров")
    assert "В прошлый раз было: 3 400 просмотров. Всё верно?" in anna.screen.replace("\u00a0", " ")
    await anna.press("Да, верно")
    assert "✅ 340 просмотров" in anna.screen.replace("\u00a0", " ")


async def test_a_screenshot_comes_with_the_figures_or_after_them_and_the_history_shows_all(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await anna.send("/report")
    await anna.press("VK Казань")
    await anna.send("12300")
    await anna.send_photo(png(), "12,4к подписчиков")
    assert "Записано: Анна, со скриншотом, 08:00" in anna.screen
    assert await confirmed(hq) == [("vk-kazan", 12_400)]
    await anna.press("История")
    assert "✅ 12 400 участников\nЗаписано: Анна, со скриншотом, 08:00" in anna.screen.replace("\u00a0", " ")
    assert "▫ 12 300 участников: потом обновлено\nЗаписано: Анна, 08:00" in anna.screen.replace("\u00a0", " ")
    before = len(anna.messages)
    await anna.press("📎 12")
    assert len(anna.messages) == before + 1, "the picture itself"
    await anna.send("/report")
    await anna.press("✅ VK Казань")
    await anna.send("12 410")
    await anna.press("📎 Скриншот")
    assert "Пришлите скриншот: VK Казань." in anna.screen
    await anna.send_photo(png())
    assert "Скриншот сохранён вместе с цифрами: VK Казань" in anna.screen
    await anna.press("История")
    assert anna.screen.count("со скриншотом") == 2


async def test_the_history_comes_below_and_what_is_asked_above_it_stays(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await anna.send("/report")
    await anna.press("VK Казань")
    await anna.send("12 410")
    await anna.send("/report")
    await anna.press("✅ VK Казань")
    question = anna.messages[-1]
    await anna.press("История")
    assert "История цифр" in anna.screen
    assert "Сколько сейчас участников?" in question.body
    await anna.send("12 420")
    told = anna.messages[-1]
    await anna.press("История", told)
    await anna.press("📎 Скриншот", told)
    await anna.send_photo(png())
    assert "Скриншот сохранён вместе с цифрами: VK Казань" in anna.screen


async def test_a_picture_with_a_text_is_a_post_also_while_a_screenshot_is_asked_for(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await anna.send("/report")
    await anna.press("VK Казань")
    await anna.send("12 410")
    await anna.press("📎 Скриншот")
    await anna.send_photo(png(), "Новые лавочки во дворе: спасибо всем, кто помогал их ставить!")
    assert "Скриншот сохранён" not in anna.said
    (draft,) = await hq.read(lambda uow: uow.drafts.of_author(anna.id))
    assert draft.text.startswith("Новые лавочки")
    await anna.send_photo(png())
    assert "Скриншот сохранён вместе с цифрами: VK Казань" in anna.screen


async def test_a_picture_that_nobody_asked_for_is_a_post(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await hq.move_to(hq.now + EVENING)
    await anna.send_photo(png(), "Двор готов, нас было 40 человек")
    assert await confirmed(hq) == []
    assert len(await hq.read(lambda uow: uow.drafts.of_author(anna.id))) == 1


async def test_the_answer_may_come_after_midnight(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await hq.move_to(hq.now + EVENING)
    await hq.advance(hours=5)
    await anna.press("VK Казань")
    await anna.send("900")
    assert "VK Казань: 900 участников, пн, 7 сентября" in anna.screen.replace("\u00a0", " ")


async def test_figures_changed_in_their_message_are_answered_with_where_to_correct_them(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan", language="en")
    await hq.move_to(hq.now + EVENING)
    await anna.send("12.4k")
    sent = [message for message in anna.user.chat.messages if not message.from_bot][-1]
    await anna.press("Right")
    await anna.act(lambda user: user.edit(sent, "12.5k"))
    assert "what it said first counts" in anna.screen
    await anna.press("Figures")
    await anna.press("VK Казань")
    await anna.send("12.5k")
    assert await confirmed(hq) == [("vk-kazan", 12_500)]
    await anna.send("Открыли двор на улице Мира, приходите всей семьёй, будет концерт и чай")
    text = [message for message in anna.user.chat.messages if not message.from_bot][-1]
    before = len(anna.messages)
    await anna.act(lambda user: user.edit(text, "120"))
    assert len(anna.messages) == before, "the draft follows"


async def test_a_change_of_the_message_that_gave_a_figure_corrects_it(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan", "ok-kazan", language="en")
    await hq.move_to(hq.now + EVENING)
    await anna.press("VK Казань")
    await anna.send("12400")
    first = [message for message in anna.user.chat.messages if not message.from_bot][-1]
    await anna.act(lambda user: user.edit(first, "12500"))
    assert await confirmed(hq) == [("vk-kazan", 12_500)]
    assert "12,500" in anna.screen
    assert "Next" in anna.screen, "the other page is still asked for"
    await anna.send("900")
    await anna.act(lambda user: user.edit(first, "12600"))
    assert "what it said first counts" in anna.screen, "another figure was given since"
    second = [message for message in anna.user.chat.messages if not message.from_bot][-1]
    await anna.act(lambda user: user.edit(second, "910"))
    assert sorted(await confirmed(hq)) == [("ok-kazan", 910), ("vk-kazan", 12_500)]


async def test_the_pages_journal_tells_the_numbers_that_were_reported_and_where(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    boris = await hq.join("Борис", Role.MANAGER, "kazan")
    await hq.move_to(hq.now + EVENING)
    await anna.send("12400")
    await anna.press("Верно")
    await boris.send("/status")
    await boris.act(
        lambda user: user.press_raw(
            boris.messages[-1], JournalButton(verb="see", kind=Kind.PAGE, key="vk-kazan").pack()
        )
    )
    told = boris.screen.replace("\u00a0", " ")
    assert "Анна: внесены показатели — 12 400 участников · VK Казань" in told


async def test_figures_of_two_pages_in_one_line_are_read_as_two(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan", "ok-kazan")
    await hq.move_to(hq.now + EVENING)
    await anna.send("вк 12,4к, ок 11 900")
    said = anna.screen.replace("\u00a0", " ")
    assert "12 400 участников" in said
    assert "11 900 участников" in said
    assert "Черновик" not in anna.said
    assert await confirmed(hq) == [("vk-kazan", 12_400), ("ok-kazan", 11_900)]
    await anna.press("ОК Казань · исправить")
    await anna.send("11 800")
    assert await confirmed(hq) == [("vk-kazan", 12_400), ("ok-kazan", 11_800)]


async def test_of_figures_in_one_line_a_doubtful_one_waits_for_a_yes(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan", "ok-kazan", language="en")
    await anna.send("vk 12400, ok 5120")
    await hq.advance(days=1)
    await anna.send("vk 12450, ok 51200")
    assert await confirmed(hq) == [("vk-kazan", 12_400), ("ok-kazan", 5_120), ("vk-kazan", 12_450)]
    await anna.press("Yes, right")
    assert ("ok-kazan", 51_200) in await confirmed(hq)


async def test_networks_whose_pages_are_not_theirs_make_a_draft_as_before(hq: Headquarters) -> None:
    anna = await a_keeper(hq, "vk-kazan")
    await anna.send("вк 12,4к, ок 11 900")
    assert "Черновик" in anna.screen
