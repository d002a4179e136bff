"""Evergreen: marked on an approved card or in /evergreen, by those who decide."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.people import Role
from domain.ports import UnitOfWork
from storage.tables import draft
from storage.uow import SqlUnitOfWork
from tests.drafting import approve
from tests.harness import START, Headquarters
from tests.scenarios.test_assignments import LINK, MORNING, posted


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


async def another_line(uow: UnitOfWork) -> None:
    """The page's imprint line from now on."""
    pages = await uow.campaign.pages()
    await uow.campaign.save_pages([replace(pages["vk-kazan"], imprint="Оплачено из фонда № 7")])


@pytest.mark.slow  # two weeks pass
@pytest.mark.parametrize("expires", [False, True])
async def test_it_rests_and_comes_back_with_the_line_of_that_day_unless_its_time_is_over(
    hq: Headquarters, expires: bool
) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    number = await hq.run(approve, vera.id, vera.id, "Как вызвать врача на дом", "vk-kazan", now=hq.now)

    async def evergreen(uow: SqlUnitOfWork) -> None:
        over = START + timedelta(days=10) if expires else None
        await uow.session.execute(update(draft).where(draft.c.id == number).values(cool_days=14, expires_at=over))

    await hq.run(evergreen)
    await hq.move_to(MORNING)
    await posted(anna, LINK)
    await hq.run(another_line)
    await hq.move_to(MORNING + timedelta(days=13))
    assert "фонда № 7" not in anna.said, "it rests"
    await hq.move_to(MORNING + timedelta(days=14))
    assert ("Как вызвать врача на дом\n\nОплачено из фонда № 7" in anna.said) is not expires
