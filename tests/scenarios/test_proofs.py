"""What goes wrong around a proof: something else is sent, the prompt is left, a tap comes too early."""

from datetime import timedelta

import pytest

from domain.people import Role
from domain.plan import AssignmentState
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import LINK, MORNING, assignments_on, posted, tap_posted, text_for
from tests.scenarios.test_drafts import png
from tests.scenarios.test_proof_in_depth import given

LONG = "Завтра в десять утра открываем новый двор на улице Мира, приходите всей семьёй и зовите соседей!"


def card_labels(phone: Phone) -> list[str]:
    """Of the newest live card."""
    rows = phone.find("Скопируйте текст выше").buttons
    return [button.label for row in rows for button in row]


async def waiting_for_a_link(hq: Headquarters) -> Phone:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(MORNING - timedelta(minutes=45))
    await anna.press("Опубликовано")
    return anna


async def test_a_post_sent_while_a_link_is_awaited_becomes_a_draft_and_the_link_may_follow(hq: Headquarters) -> None:
    anna = await waiting_for_a_link(hq)
    await anna.send(LONG)
    await anna.send_photo(png(), "Двор готов")
    found = await hq.read(lambda uow: uow.drafts.of_author(anna.id))
    assert {draft.text for draft in found} == {LONG, "Двор готов"}
    await anna.send(LINK)
    assert "✓ Опубликовано" in anna.screen


async def test_a_refused_link_is_told_which_page_is_needed_and_how_to_leave(hq: Headquarters) -> None:
    anna = await waiting_for_a_link(hq)
    for wrong in ("abc", "https://facebook.com/posts/1", "https://vk.com/wall-999_5"):
        await anna.send(wrong)
        assert "Нужна ссылка на публикацию на странице VK Казань" in anna.screen
    await anna.press("Отмена")
    assert "Отменено" in anna.screen
    assert "Опубликовано ✓" in card_labels(anna)


async def test_leaving_by_command_gives_the_card_its_buttons_back(hq: Headquarters) -> None:
    anna = await waiting_for_a_link(hq)
    assert "Скопируйте текст выше" not in anna.said
    await anna.send("/cancel")
    assert "Опубликовано ✓" in card_labels(anna)


async def test_an_overdue_post_comes_first_at_home_and_in_my_day(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(MORNING + timedelta(minutes=40))
    await anna.start()
    assert anna.screen.startswith("⚠ Просрочено: 10:30 VK Казань")
    await anna.send("/today")
    assert "⚠ Просрочено: 10:30 VK Казань" in anna.screen


async def test_undo_on_the_answer_leaves_one_live_card(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.move_to(MORNING)
    await posted(anna)
    await anna.press("Снять отметку")
    assert sum("Скопируйте текст выше" in message.body for message in anna.messages) == 1
    await anna.press("Показать текст")
    assert sum("Скопируйте текст выше" in message.body for message in anna.messages) == 1
    assert "Скопируйте текст выше" in anna.screen


async def test_posted_hours_ahead_is_asked_once_more(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.press("Опубликовано")
    assert "До 10:30 ещё 2 ч" in anna.screen
    await anna.press("Ещё нет")
    assert "Скопируйте текст выше" in anna.screen
    await anna.press("Опубликовано")
    await anna.press("Да, опубликовано")
    await anna.send(LINK)
    assert "✓ Опубликовано 08:00" in anna.screen


async def test_a_link_sent_hours_ahead_says_so_while_it_asks(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.send(LINK)
    assert "До 10:30 ещё 2 ч" in anna.screen
    await anna.press("Да, опубликовано")
    assert "✓ Опубликовано" in anna.screen


async def test_while_one_link_is_awaited_one_to_another_open_post_counts_there(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan", "ok-kazan")
    await tap_posted(anna, anna.find("VK Казань"))
    await anna.send("https://ok.ru/group/5123/topic/99")
    assert "Ссылка со страницы ОК Казань" in anna.screen
    assert "тоже ждёт ссылки" in anna.screen
    await anna.send(LINK)
    assert "Ссылка со страницы" not in anna.screen
    for page in ("vk-kazan", "ok-kazan"):
        assert await given(hq, page) == [AssignmentState.POSTED]
    await anna.send("https://ok.ru/group/5123/topic/99")
    assert "Черновик" not in anna.said


async def test_another_open_posts_link_is_taken_in_english_too(hq: Headquarters) -> None:
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await text_for(hq, "vk-kazan", "ok-kazan")
    await anna.press("Posted", anna.find("VK Казань"))
    if "Is it posted already?" in anna.said:
        await anna.press("Yes, posted")
    await anna.send("https://ok.ru/group/5123/topic/99")
    assert "This link is from ОК Казань" in anna.screen
    assert "Still open" in anna.screen


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://vk.com/clip-123_45", "только видео или клип"),
        ("https://vk.com/photo-123_45", "только картинка"),
        ("https://vk.com/story-123_45", "исчезает через сутки"),
        ("https://vk.com/@kazan_hq-shkola", "только статья"),
    ],
)
async def test_a_link_to_a_piece_of_a_post_is_told_what_is_needed(hq: Headquarters, link: str, said: str) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await tap_posted(anna)
    await anna.send(link)
    assert said in anna.screen
    assert "Ссылки нет" in anna.labels
    await anna.send("https://vk.com/away.php?to=https%3A%2F%2Fvk.com%2Fwall-123_77")
    assert [one.state for one in await assignments_on(hq)] == [AssignmentState.POSTED]


async def test_a_link_put_right_in_its_own_message_counts_while_it_is_awaited(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await tap_posted(anna)
    await anna.send("https://vk.com/kazan_hq")
    sent = [message for message in anna.user.chat.messages if not message.from_bot][-1]
    await anna.act(lambda user: user.edit(sent, LINK))
    assert await given(hq) == [AssignmentState.POSTED]
    await anna.act(lambda user: user.edit(sent, "https://vk.com/wall-123_78"))
    assert "Изменённые сообщения я не перечитываю" in anna.screen
    assert "Снять отметку" in anna.screen
