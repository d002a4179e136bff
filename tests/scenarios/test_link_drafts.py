"""Somebody sends nothing but a link: the page behind it is proposed as a text."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from domain.people import Role
from tests.harness import Headquarters, headquarters


@pytest.fixture
async def page() -> AsyncIterator[str]:
    async def bridge(_: web.Request) -> web.Response:
        html = '<title>Новый мост</title><meta name="description" content="Его открыли утром.">'
        return web.Response(text=html, content_type="text/html")

    app = web.Application()
    app.router.add_get("/bridge", bridge)
    async with TestServer(app) as server:
        yield str(server.make_url("/bridge"))


@pytest.fixture
async def hq(hq_url: str, tmp_path: Path) -> AsyncIterator[Headquarters]:
    """One that reads pages of this machine."""
    async with headquarters(hq_url, tmp_path, links={"read": True, "allow_private": True}) as running:
        yield running
        assert running.troubles() == []


async def test_a_bare_link_becomes_a_text_about_its_page(hq: Headquarters, page: str) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send(page)
    assert "Так страница говорит о себе сама" in anna.screen
    assert f"Новый мост\n\nЕго открыли утром.\n\n{page}" in anna.screen
    assert "По ссылке: 127.0.0.1" in anna.screen
    await anna.press("Изменить текст")
    await anna.send("Мост, которого ждали")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == "Мост, которого ждали"


async def test_a_page_that_cannot_be_read_leaves_the_link_and_says_so(hq: Headquarters, page: str) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    gone = page.replace("bridge", "gone")
    await anna.send(gone)
    assert "Прочитать эту страницу не получилось" in anna.screen
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == gone


async def test_after_draft_a_link_is_read_too_and_a_link_in_a_sentence_is_not(hq: Headquarters, page: str) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/draft")
    await anna.send(page)
    assert "Новый мост" in anna.screen
    await anna.send(f"Смотрите: {page}")
    assert (await hq.read(lambda uow: uow.drafts.get(2))).text == f"Смотрите: {page}"


async def test_a_link_asked_for_as_the_new_text_stays_a_link(hq: Headquarters, page: str) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Текст")
    await anna.press("Изменить текст")
    await anna.send(page)
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == page
