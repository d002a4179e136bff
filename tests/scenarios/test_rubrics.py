"""Rubrics: the writer sees what is lacking, the approver what it is, headquarters the mix."""

import pytest

from domain.people import Role
from domain.ports import UnitOfWork
from domain.rubrics import Rubric
from tests.harness import Headquarters, Phone

RUBRICS = (
    Rubric("history", "Local history", "История края", 50, 0),
    Rubric("deeds", "What was done", "Что сделано", 30, 1),
    Rubric("people", "People", "Люди", 20, 2),
)


async def load(uow: UnitOfWork) -> None:
    await uow.rubrics.replace(RUBRICS)


async def approved(anna: Phone, boris: Phone, text: str, rubric: str = "") -> None:
    await anna.send(text)
    await anna.press("VK Казань")
    if rubric:
        await anna.press("Рубрика")
        await anna.press(rubric)
    await anna.press("Отправить")
    await boris.send("/queue")
    assert not rubric or f"🏷 {rubric}" in boris.screen
    await boris.press("Одобрить")
    await boris.hq.advance(minutes=2)


async def test_the_writer_sees_what_is_lacking_and_the_approver_what_it_is(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await anna.send("Без рубрик в плане")
    await anna.press("VK Казань")
    assert not any("Рубрика" in label for label in anna.labels)
    await hq.run(load)
    await approved(anna, boris, "Наш двор сто лет назад", "История края")
    await anna.send("Ещё один")
    await anna.press("VK Казань")
    # Four places today and tomorrow, one of them with the text about the yard.
    assert "не хватает рубрик: «История края» 1 из 2, «Что сделано» 0 из 1, «Люди» 0 из 1" in anna.screen
    await anna.press("Рубрика")
    assert "▲ Люди" in anna.labels
    await anna.press("▲ Люди")
    assert "🏷 Люди" in anna.screen
    await anna.press("Рубрика")
    assert "✓ Люди" in anna.labels
    await anna.press("Ни к какой")
    assert (await hq.read(lambda uow: uow.drafts.get(3))).rubric == ""


@pytest.mark.slow  # takes seconds
async def test_headquarters_sees_the_mix_wanted_against_published(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    maria = await hq.join("Мария", Role.MANAGER, language="en")
    await anna.send("/mix")
    assert "Рубрики" not in anna.screen
    await maria.send("/mix")
    assert "The plan names no rubrics" in maria.screen
    await hq.run(load)
    await maria.send("/mix")
    assert "No data yet" in maria.screen
    await approved(anna, boris, "Наш двор сто лет назад", "История края")
    await hq.advance(hours=3)
    await anna.press("Опубликовано ✓")
    await anna.send("https://vk.com/wall-123_77")
    await maria.send("/mix")
    assert "✓ Local history: 100% (n = 1), wanted 50% (n = 1)" in maria.screen
    await maria.press("Омск")
    assert "Rubrics: Омск" in maria.screen
    assert "No data yet" in maria.screen
    await boris.send("/mix")
    assert "История края: 100 % (n = 1)" in boris.screen.replace("\u00a0", " ")
    assert not any("Омск" in label for label in boris.labels)
