"""/drafts: by state, by words, with their story; withdrawn, copied, every version readable."""

from datetime import timedelta

import pytest

from domain.drafts import DraftState
from domain.people import Role
from tests.harness import Headquarters, Phone


async def handed_in(author: Phone, text: str) -> None:
    await author.send(text)
    await author.press("VK Казань")
    await author.press("Отправить")


async def decide(boris: Phone, verdict: str, reason: str = "") -> None:
    await boris.send("/queue")
    await boris.press(verdict)
    if reason:
        await boris.press(reason)
    await boris.hq.advance(minutes=2)


async def test_drafts_are_found_by_state_and_by_words(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await handed_in(anna, "Открыли ПЛОЩАДКУ во дворе")
    await decide(boris, "Одобрить")
    await handed_in(anna, "Концерт отменён")
    await decide(boris, "Отклонить", "Факты")
    await anna.send("Ещё не готово")
    await anna.send("/drafts")
    assert anna.labels[:4] == ["• Все: 3", "✎ 1", "✓ 1", "✕ 1"]
    await anna.press("✕ 1")
    assert "✕ Концерт отменён" in anna.labels
    assert not any("готово" in label for label in anna.labels)
    await anna.press("Поиск")
    await anna.send("площадку ОТКРЫЛИ")
    assert "1 черновик с «площадку ОТКРЫЛИ»" in anna.screen
    await anna.press("Поиск")
    await anna.send("отменен")
    await anna.press("✕ Концерт отменён")
    assert "Отклонено" in anna.screen
    assert "Факты" in anna.screen
    assert any(label.startswith("⚖") for label in anna.labels)


async def test_the_story_names_publications_and_every_version_can_be_read(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await handed_in(anna, "Субботник в 12:00 на улице Мира")
    await decide(boris, "На доработку", "Факты")
    await anna.press("Исправить")
    await anna.send("Субботник в 14:00 на улице Мира")
    await anna.press("Отправить")
    await decide(boris, "Одобрить")
    await hq.advance(hours=4)
    await anna.press("Опубликовано ✓")
    await anna.send("https://vk.com/wall-123_77")
    await anna.send("/drafts")
    await anna.press("✓ Субботник")
    assert "Опубликовано:" in anna.screen
    assert "VK Казань" in anna.screen
    assert "(версия 1)" in anna.screen
    assert "Факты" in anna.screen
    assert not any(label == "Отозвать" for label in anna.labels)  # it is public: that is a recall
    await anna.press("Версии")
    await anna.press("‹ Версия 2")
    await anna.press("‹ Версия 1")
    assert "Субботник в 12:00" in anna.screen
    assert "Что изменилось в версии 2" in anna.screen
    assert "14" in anna.screen


@pytest.mark.slow  # takes seconds
async def test_an_approved_text_is_withdrawn_and_its_place_is_filled_anew(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    for text in ("Первый пост", "Второй пост", "Третий пост", "Четвёртый пост", "Пятый пост"):
        await handed_in(anna, text)
        await decide(boris, "Одобрить")
    (first,) = await hq.read(lambda uow: uow.plan.slots_of_draft(1))
    assert await hq.read(lambda uow: uow.plan.slots_of_draft(5)) == []
    await anna.send("/drafts")
    await anna.press("✓ Первый пост")
    await anna.press("Отозвать")
    await anna.press("Да, отозвать")
    assert "Отозвано" in anna.said
    assert await hq.read(lambda uow: uow.plan.slots_of_draft(1)) == []
    (taken,) = await hq.read(lambda uow: uow.plan.slots_of_draft(5))
    assert taken.at == first.at
    assert "Первый пост\n\nШтаб кандидата" not in anna.said  # its card is replaced by the one of the fifth
    assert "Пятый пост\n\nШтаб кандидата" in anna.said
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.WITHDRAWN


async def test_a_withdrawn_text_is_not_brought_back_by_undoing_its_approval(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await handed_in(anna, "Субботник в 12:00")
    await boris.send("/queue")
    await boris.press("Одобрить")
    card = boris.messages[-1]
    await anna.send("/drafts")
    await anna.press("✓ Субботник")
    await anna.press("Отозвать")
    await anna.press("Да, отозвать")
    assert "Отменить" not in "".join(boris.labels)
    await hq.advance(minutes=2)
    assert "Автор забрал" in card.body
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.WITHDRAWN
    assert await hq.read(lambda uow: uow.plan.slots_of_draft(1)) == []


async def test_a_copy_is_a_new_draft_with_the_pages_one_may_still_write_for(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await handed_in(anna, "Субботник в 12:00")
    await decide(boris, "Одобрить")
    await anna.send("/drafts")
    await anna.press("✓ Субботник")
    await anna.press("Новый на основе")
    assert "Это копия" in anna.screen
    assert "☑ VK Казань" in anna.labels
    first, second = [await hq.read(lambda uow, n=n: uow.drafts.get(n)) for n in (1, 2)]
    assert (second.text, second.pages, second.state) == (first.text, first.pages, DraftState.WRITING)
    assert second.updated_at - first.updated_at > timedelta(0)
