"""Evergreen: marked on an approved card or in /evergreen, by those who decide."""

from domain.people import Role
from tests.harness import Headquarters


async def test_a_press_secretary_marks_an_approved_text_and_takes_it_back(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, language="en")
    await anna.send("Как вызвать врача на дом")
    await anna.press("VK Казань")
    await anna.press("Отправить")
    await boris.send("/queue")
    await boris.press("Одобрить")
    assert not any("Повторять" in label for label in boris.labels)  # it can still be undone
    await hq.advance(minutes=2)
    await boris.press("Повторять")
    assert "Выходит на каждой странице один раз" in boris.screen
    await boris.press("30 дней")
    assert "Сохранено" in boris.screen
    assert "✓ 30 дней" in boris.labels
    assert (await hq.read(lambda uow: uow.drafts.get(1))).cool_days == 30
    await vera.send("/evergreen")
    await vera.press("♻ Как вызвать врача на дом, 30 d")
    await vera.press("No longer")
    assert "does not come back any more" in vera.screen
    assert (await hq.read(lambda uow: uow.drafts.get(1))).cool_days is None
    await anna.send("/evergreen")
    assert "Вечнозелёные" not in anna.screen


async def test_a_text_for_a_personal_page_is_refused_in_words(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("my-anna", anna.id))
    await anna.send("Мой двор")
    await anna.press("Страница Анны")
    await anna.press("Отправить")
    await boris.send("/queue")
    await boris.press("Одобрить")
    await hq.advance(minutes=2)
    await boris.press("Повторять")
    await boris.press("14 дней")
    assert "там ничего не повторяется" in boris.toasts[-1]
    assert (await hq.read(lambda uow: uow.drafts.get(1))).cool_days is None
