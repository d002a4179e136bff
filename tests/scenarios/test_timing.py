"""Embargo and expiry: chosen on the panel, kept by the plan, told when a text expires unpublished."""

from datetime import timedelta

import pytest

from domain.people import Role
from tests.harness import Headquarters, Phone


async def written(hq: Headquarters, text: str = "Субботник в 12:00") -> tuple[Phone, Phone]:
    """Anna's draft for VK Kazan, and Boris who decides."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await anna.send(text)
    await anna.press("VK Казань")
    return anna, boris


async def approve(boris: Phone) -> None:
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    await boris.hq.advance(minutes=2)


async def test_a_text_under_embargo_takes_the_first_place_after_it(hq: Headquarters) -> None:
    anna, boris = await written(hq)
    await anna.press("Когда")
    assert "В любое время" in anna.screen
    await anna.press("Не раньше")
    await anna.press("завтра 09:00")
    assert "Не раньше: завтра 09:00 (Москва)" in anna.screen
    await anna.press("Назад")
    await anna.press("Отправить")
    await boris.press("Открыть очередь")
    assert "Не раньше: завтра 09:00 (Москва)" in boris.screen
    await boris.press("Одобрить")
    await hq.advance(minutes=2)
    slots = await hq.read(lambda uow: uow.plan.slots_of_draft(1))
    await hq.move_to(hq.now.replace(hour=5, minute=30) + timedelta(days=1))
    assert "1 пост на сегодня" in anna.said
    await anna.press("VK Казань", anna.find("пост на сегодня"))
    assert "можно публиковать только с 09:00" in anna.toasts[-1]
    assert "Скопируйте текст" not in anna.said, "nobody holds a text before it may be public"
    await hq.move_to(hq.now.replace(hour=6, minute=0))
    await anna.press("VK Казань", anna.find("пост на сегодня"))
    assert anna.said.count("Скопируйте текст") == 1
    assert [slot.at >= hq.now.replace(hour=6, minute=0) for slot in slots] == [True]


@pytest.mark.slow  # takes seconds
async def test_what_expires_unpublished_is_told_once_and_leaves_the_plan(hq: Headquarters) -> None:
    anna, boris = await written(hq)
    await anna.press("Когда")
    await anna.press("Не позже")
    await anna.send("сегодня 18:00")
    assert "Не позже: 18:00 (Москва)" in anna.screen
    await anna.press("Назад")
    await anna.press("Отправить")
    await approve(boris)
    (slot,) = await hq.read(lambda uow: uow.plan.slots_of_draft(1))
    assert slot.at < hq.now.replace(hour=15, minute=0)
    await hq.move_to(hq.now.replace(hour=15, minute=1, second=0))
    assert await hq.read(lambda uow: uow.plan.slots_of_draft(1)) == []
    assert boris.said.count("Срок вышел, а публикации не было") == 1
    assert anna.said.count("Срок вышел, а публикации не было") == 1
    assert "Срок этого текста вышел. Если он уже опубликован" in anna.said
    await hq.advance(days=2)
    assert await hq.read(lambda uow: uow.plan.slots_of_draft(1)) == []


async def test_an_approved_text_with_an_end_is_promised_no_place_before_it(hq: Headquarters) -> None:
    anna, boris = await written(hq)
    await anna.press("Когда")
    await anna.press("Не позже")
    await anna.send("сегодня в 9")
    await anna.press("Назад")
    await anna.press("Отправить")
    await approve(boris)
    assert await hq.read(lambda uow: uow.plan.slots_of_draft(1)) == [], "the page's first place comes later"
    assert "Текст встанет в план, если до 09:00 найдётся место: VK Казань." in anna.said
    assert "Текст идёт в план" not in anna.said


async def test_bad_moments_are_refused_in_words_and_still_awaited(hq: Headquarters) -> None:
    anna, _ = await written(hq)
    await anna.press("Когда")
    await anna.press("Не раньше")
    await anna.send("когда-нибудь")
    assert "Нужны день и час" in anna.screen
    await anna.send("01.09 10:00")
    assert "Это время уже прошло" in anna.screen
    await anna.send("10.09 12:00")
    assert "Не раньше: чт, 10 сентября, 12:00" in anna.screen
    await anna.press("Не позже")
    await anna.press("завтра 09:00")
    assert "Конец должен быть позже начала" in anna.toasts[-1]
    await anna.press("пт, 11 сентября")
    await anna.press("18:00")
    assert "Не позже: пт, 11 сентября, 18:00" in anna.screen
    await anna.press("Убрать")
    assert "Не раньше" not in anna.screen.split("По вашим часам")[0]


async def test_an_expired_text_is_neither_handed_in_nor_approved(hq: Headquarters) -> None:
    anna, boris = await written(hq)
    await anna.press("Когда")
    await anna.press("Не позже")
    await anna.send("8:30")
    await anna.press("Назад")
    await anna.press("Отправить")
    await boris.press("Открыть очередь")
    card = boris.messages[-1]
    await hq.advance(hours=1)
    assert "Срок вышел раньше, чем приняли решение" in anna.said
    await boris.press("Одобрить", card)
    assert "Срок этого текста вышел: 08:30" in boris.toasts[-1]
    await boris.send("/queue")
    card = boris.messages[-1]
    assert "Срок вышел" in card.body
    assert not any("Одобрить" in button.label for button in card.all_buttons())  # it can only be given back
    await boris.press("На доработку", card)
    await boris.press("Не ко времени", card)
    await hq.advance(minutes=2)
    await anna.send("/drafts")
    await anna.press("Субботник")
    await anna.press("Отправить")
    assert "Срок этого текста вышел: 08:30" in anna.toasts[-1]


async def test_a_text_that_expires_soon_is_to_be_decided_before_that(hq: Headquarters) -> None:
    anna, boris = await written(hq)
    await anna.press("Когда")
    await anna.press("Не позже")
    await anna.send((hq.now + timedelta(hours=5)).strftime("%H:%M"))  # 08:00 in Moscow is 05:00 UTC: two hours ahead
    await anna.press("Назад")
    await anna.press("Отправить")
    await boris.press("Открыть очередь")
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert draft.expires_at == hq.now + timedelta(hours=2)
    assert draft.decide_by == hq.now + timedelta(hours=1)
    assert "Решить до 09:00" in boris.screen
