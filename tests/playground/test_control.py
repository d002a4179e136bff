"""The control API: acting as people from another process, time, faults, the live feed, the page."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import web

from playground import LocalTelegram, TourStep, User, formatting
from playground.__main__ import seed

APPROVE = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Approve", callback_data="ok:1")]])


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A program in another process, or a browser."""
    async with aiohttp.ClientSession() as session:
        yield session


async def test_a_whole_conversation_over_http(tg: LocalTelegram, bot: Bot, http: aiohttp.ClientSession) -> None:
    """Create a person, start, send, press, read."""

    async def act(**body: Any) -> Any:
        async with http.post(f"{tg.admin_url}/users/7/act", json=body) as answer:
            return await answer.json()

    async with http.post(f"{tg.admin_url}/users", json={"id": 7, "first_name": "Vera"}) as answer:
        assert (await answer.json())["started"] is False
    assert "START" in (await act(do="send", text="too early"))["error"]
    started = await act(do="start", payload="inv-1")
    await act(do="send", text="draft")
    await act(do="send_photo", data=base64.b64encode(b"picture").decode(), caption="look")
    album = await act(do="send_album", photos=[base64.b64encode(b"a").decode(), base64.b64encode(b"b").decode()])
    await bot.send_message(7, "Decide", reply_markup=APPROVE)
    pressed = await act(do="press", label="Appr")
    wrong = await act(do="press", label="Reject")

    assert len(album["update_ids"]) == 2
    assert pressed["update_id"] == started["update_id"] + 5
    assert "Approve" in wrong["error"]
    assert [u.event_type for u in await bot.get_updates()] == ["message"] * 5 + ["callback_query"]
    async with http.get(f"{tg.admin_url}/chats/7/transcript") as answer:
        assert "Vera #1: /start inv-1" in await answer.text()
    async with http.get(f"{tg.admin_url}/chats/7/messages?limit=1") as answer:
        (message,) = (await answer.json())["messages"]
    assert (message["text"], message["from_bot"]) == ("Decide", True)


async def test_the_clock_moves_by_steps_and_named_moments(tg: LocalTelegram, http: aiohttp.ClientSession) -> None:
    """A moment returns where to go, or moves the clock itself."""
    start = tg.world.clock.now()

    async def tomorrow() -> datetime:
        return start + timedelta(days=1)

    tg.moments["tomorrow"] = tomorrow
    async with http.post(f"{tg.admin_url}/clock", json={"advance": 900}) as answer:
        assert datetime.fromisoformat((await answer.json())["now"]) == start + timedelta(minutes=15)
    async with http.post(f"{tg.admin_url}/moments/tomorrow") as answer:
        assert answer.status == 200
    assert tg.world.clock.now() == start + timedelta(days=1)
    async with http.post(f"{tg.admin_url}/clock", json={"to": "2026-12-01T10:00:00+03:00"}) as answer:
        assert (await answer.json())["now"] == "2026-12-01T07:00:00+00:00"


async def test_who_embeds_the_playground_may_travel_instead_of_jumping(
    tg: LocalTelegram, http: aiohttp.ClientSession
) -> None:
    """Steps, moments and "go to": all go the embedding program's way."""
    start, stops = tg.world.clock.now(), []

    async def travel(to: datetime) -> None:
        stops.append(to)
        tg.world.clock.move_to(to)

    async def tomorrow() -> datetime:
        return start + timedelta(days=1)

    tg.hooks.travel = travel
    tg.moments["tomorrow"] = tomorrow
    for path, body in (
        ("clock", {"advance": 900}),
        ("moments/tomorrow", {}),
        ("clock", {"to": "2036-12-01T10:00:00Z"}),
    ):
        async with http.post(f"{tg.admin_url}/{path}", json=body) as answer:
            assert answer.status == 200
    assert stops == [start + timedelta(minutes=15), start + timedelta(days=1), datetime(2036, 12, 1, 10, tzinfo=UTC)]


async def test_what_people_do_in_groups_over_http(
    tg: LocalTelegram, bot: Bot, anna: User, http: aiohttp.ClientSession
) -> None:
    """Topics, votes, the bot's rights, migration, posts."""

    async def act(**body: Any) -> Any:
        async with http.post(f"{tg.admin_url}/users/1001/act", json=body) as answer:
            return await answer.json()

    async def make(**body: Any) -> None:
        async with http.post(f"{tg.admin_url}/chats", json=body) as answer:
            assert answer.status == 200

    await make(id=-1001, title="Forum", forum=True, members=[1001], bot_rights=["can_pin_messages"])
    await make(id=-1002, title="News", kind="channel")
    await make(id=-5, title="Small", kind="group", members=[1001])
    thread = (await act(do="open_topic", chat_id=-1001, name="Kazan"))["update_id"]
    await act(do="send", chat_id=-1001, thread_id=thread, text="in the topic")
    await act(do="post", chat_id=-1002, text="news")
    await act(do="set_bot", chat_id=-1001, status="administrator", rights=["can_manage_topics"])
    await act(do="migrate", chat_id=-5, to=-10055)
    sent = await bot.send_poll(1001, "When?", ["a", "b"])
    await act(do="vote", message_id=sent.message_id, options=[1])
    wrong = await act(do="vote", message_id=sent.message_id, options=[7])

    assert tg.world.chats[-1001].topics[thread].name == "Kazan"
    assert tg.world.chats[-1001].bot_rights == {"can_manage_topics"}
    assert tg.world.chats[-5].migrated_to == -10055
    assert "no such option" in wrong["error"]
    kinds = ["message", "message", "channel_post", "my_chat_member", "message", "message", "poll"]
    assert [update.event_type for update in await bot.get_updates()] == kinds
    assert tg.world.violations == []


async def test_faults_wire_and_violations(tg: LocalTelegram, bot: Bot, anna: User, http: aiohttp.ClientSession) -> None:
    """Crash tests in another process can make trouble and look at what came of it."""
    async with http.post(f"{tg.admin_url}/faults", json={"kind": "reply-lost", "method": "sendMessage"}) as answer:
        assert (await answer.json())["kind"] == "reply-lost"
    await bot.get_me()

    async with http.get(f"{tg.admin_url}/wire?tail=5") as answer:
        rows = [json.loads(line) for line in (await answer.text()).splitlines()]
    assert [(row["method"], row["status"]) for row in rows] == [("getMe", 200)]
    async with http.get(f"{tg.admin_url}/violations") as answer:
        assert await answer.json() == []
    async with http.delete(f"{tg.admin_url}/faults") as answer:
        assert list(tg.world.faults) == []


async def test_the_feed_tells_of_new_messages(
    tg: LocalTelegram, bot: Bot, anna: User, http: aiohttp.ClientSession
) -> None:
    """Server-sent events, one JSON object each."""
    async with http.get(f"{tg.admin_url}/events") as feed:
        assert (await feed.content.readline()).startswith(b":")
        await bot.send_message(1001, "hello")
        line = b""
        while not line.startswith(b"data:"):
            line = await feed.content.readline()

    assert json.loads(line.removeprefix(b"data:")) == {"kind": "chat", "chat_id": 1001}


async def test_the_embedder_adds_pages_moments_and_a_tour(tg: LocalTelegram, http: aiohttp.ClientSession) -> None:
    """All of it reaches the page; the token does not."""

    async def gallery(request: web.Request) -> web.StreamResponse:
        return web.Response(text="gallery")

    tg.hooks.pages["gallery"] = gallery
    tg.hooks.tour.append(TourStep({"en": "Look", "ru": "Смотрите"}, user_id=1001))
    tg.hooks.banner = "A demo"

    async with http.get(f"{tg.url}/_pages/gallery") as answer:
        assert await answer.text() == "gallery"
    async with http.get(f"{tg.admin_url}/state") as answer:
        text = await answer.text()
    state = json.loads(text)
    assert (state["banner"], state["pages"][0]["name"], state["tour"][0]["user_id"]) == ("A demo", "gallery", 1001)
    assert "TEST" not in text


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Content-Type": "text/plain"}]
)
async def test_other_sites_in_the_same_browser_are_refused(
    tg: LocalTelegram, http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    """By name, by origin, and no form may stand in for JSON."""
    async with http.post(f"{tg.admin_url}/clock", data=b'{"advance": 60}', headers=headers) as answer:
        assert answer.status in {403, 415}


async def test_the_page_and_all_it_loads_come_from_here(tg: LocalTelegram, http: aiohttp.ClientSession) -> None:
    """No file is missing, and no address outside is named."""
    async with http.get(f"{tg.url}/") as answer:
        page = await answer.text()
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    for name in ("page.css", "page.js", "phone.js", "chat.js", "words.js"):
        async with http.get(f"{tg.admin_url}/page/{name}") as answer:
            assert answer.status == 200
            page += await answer.text()

    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "innerHTML" not in page


async def test_the_page_can_have_a_port_of_its_own(http: aiohttp.ClientSession) -> None:
    """Then the bot's side has no control API."""
    async with LocalTelegram(token="42:TEST", admin_port=0) as tg:
        assert tg.admin_url.rpartition(":")[0] == tg.url.rpartition(":")[0]
        async with http.get(f"{tg.admin_url}/state") as answer:
            assert answer.status == 200
        async with http.get(f"{tg.url}/_admin/state") as answer:
            assert answer.status == 404


async def test_the_seed_of_the_stand_alone_server(tg: LocalTelegram) -> None:
    """The cast that is promised in the README."""
    seed(tg.world)

    assert tg.world.users[1001].started
    assert tg.world.users[1003].blocked
    assert tg.world.chats[-1001001].forum
    assert tg.world.chats[-1001002].kind == "channel"


@pytest.mark.browser
async def test_a_person_in_a_browser(tg: LocalTelegram, bot: Bot) -> None:
    """START, a formatted message with a button, an answer as an alert; nothing in a message becomes markup."""
    playwright = pytest.importorskip("playwright.async_api")
    chromium = next((p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/google-chrome")) if p.exists()), None)
    if chromium is None:
        pytest.skip("no browser is installed")
    world = tg.world
    vera = world.add_user(1001, "Vera", language_code="en")
    await bot.set_my_commands([BotCommand(command="today", description="What to do today")])
    async with playwright.async_playwright() as play:
        browser = await play.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        page = await browser.new_page(locale="en-US")
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        await page.goto(f"{tg.url}/")
        await page.fill(".start input", "inv-1")
        await page.click(".start button")
        await world.until(lambda: vera.started)
        await bot.send_message(
            1001, "<b>Draft</b> &lt;img src=x onerror=alert(1)&gt;", parse_mode="HTML", reply_markup=APPROVE
        )
        await page.click("text=Approve")
        await world.until(lambda: bool(world.unanswered()))
        await bot.answer_callback_query(world.unanswered()[0].query_id, text="Approved", show_alert=True)
        await page.click(".alert >> text=OK")
        await page.click(".writer button >> nth=0")
        await page.click(".commands >> text=/today")
        await world.until(lambda: vera.sent().text == "/today")
        await page.fill(".writer textarea", "done\nhttps://example.org")
        await page.press(".writer textarea", "Enter")
        await world.until(lambda: vera.sent().text.startswith("done"))
        assert await page.locator(".theirs img").count() == 0
        if formatting.parser_available():
            assert await page.locator(".theirs b").inner_text() == "Draft"
        await browser.close()

    assert problems == []
    assert world.violations == []
    assert vera.chat.messages[0].text == "/start inv-1"
