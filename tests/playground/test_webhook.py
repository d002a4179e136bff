"""Webhooks: rules of setWebhook, order in lanes, retries, answers that carry a method."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiogram.methods import SendDocument, TelegramMethod
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from playground import LocalTelegram, User

APPROVE = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Approve", callback_data="ok:1")]])
Answer = Callable[[dict[str, Any]], Awaitable[web.StreamResponse]]


class Receiver:
    """The bot's own address; `answer` decides what each update is answered with."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answer: Answer | None = None
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.got.append(body)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response() if self.answer is None else await self.answer(body)

    def texts(self) -> list[str]:
        """What came, in order: texts, and "press" for a press."""
        return [update["message"]["text"] if "message" in update else "press" for update in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Listening on a free port of this machine."""
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


def taken(tg: LocalTelegram) -> Awaitable[None]:
    """Until nothing waits any more."""
    return tg.world.until(lambda: not tg.world.updates.pending())


@pytest.mark.parametrize(
    ("url", "secret", "problem"),
    [
        ("http://example.org/hook", None, "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://example.org:8080/hook", None, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("ftp://example.org", None, "invalid webhook URL specified"),
        ("nonsense", None, "invalid webhook URL specified"),
        ("http://127.0.0.1:1/hook", "s" * 257, "secret token is too long"),
        ("http://127.0.0.1:1/hook", "sécret", "secret token contains unallowed characters"),
    ],
)
async def test_what_set_webhook_refuses(
    tg: LocalTelegram, bot: Bot, url: str, secret: str | None, problem: str
) -> None:
    """In Telegram's own words; each is a violation."""
    with pytest.raises(TelegramBadRequest, match=problem):
        await bot.set_webhook(url, secret_token=secret)

    assert len(tg.world.violations) == 1
    assert (await bot.get_webhook_info()).url == ""


async def test_info_tells_what_waits_and_what_went_wrong(
    tg: LocalTelegram, bot: Bot, anna: User, receiver: Receiver
) -> None:
    """With the moment of the latest error; a new webhook starts with a clean sheet."""

    async def fail(update: dict[str, Any]) -> web.StreamResponse:
        return web.Response(status=500, headers={"Retry-After": "3000"})

    receiver.answer = fail
    await bot.set_webhook(receiver.url, secret_token="s-1_A", max_connections=7, allowed_updates=["message"])
    anna.send("hello")
    await tg.world.until(lambda: bool(tg.world.updates.webhook.error))

    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == (receiver.url, 1, 7)
    assert info.allowed_updates == ["message"]
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.last_error_date == tg.world.clock.now()
    assert receiver.secrets == ["s-1_A"]

    await bot.delete_webhook(drop_pending_updates=True)
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.last_error_date) == ("", 0, None)
    assert info.allowed_updates == ["message"]


async def test_a_redirect_is_no_consent(tg: LocalTelegram, bot: Bot, anna: User, receiver: Receiver) -> None:
    """Only 2xx confirms, and nobody follows to another address (S)."""

    async def elsewhere(update: dict[str, Any]) -> web.StreamResponse:
        status = 307 if len(receiver.got) == 1 else 200
        return web.Response(status=status, headers={"Location": receiver.url})

    receiver.answer = elsewhere
    await bot.set_webhook(receiver.url)
    anna.send("hello")
    await taken(tg)

    assert receiver.texts() == ["hello", "hello"]
    problem = (await bot.get_webhook_info()).last_error_message
    assert problem == "Wrong response from the webhook: 307 Temporary Redirect"


async def test_retry_after_is_honoured(tg: LocalTelegram, bot: Bot, anna: User, receiver: Receiver) -> None:
    """Without it the second try comes at once, with it not before its time."""
    refusals = [web.Response(status=503), web.Response(status=429, headers={"Retry-After": "3000"})]

    async def refuse(update: dict[str, Any]) -> web.StreamResponse:
        return refusals.pop(0)

    receiver.answer = refuse
    await bot.set_webhook(receiver.url)
    anna.send("hello")
    await tg.world.until(lambda: "429" in tg.world.updates.webhook.error)

    assert len(receiver.got) == 2
    assert (await bot.get_webhook_info()).pending_update_count == 1


async def test_a_chat_keeps_its_order_and_stops_no_other(
    tg: LocalTelegram, bot: Bot, anna: User, receiver: Receiver
) -> None:
    """While one message of Anna's is being handled, her next one waits; her press and Boris's message do not."""
    boris = tg.world.add_user(7, "Boris", started=True)
    await bot.send_message(1001, "Draft", reply_markup=APPROVE)
    gate, three = asyncio.Event(), asyncio.Event()

    async def hold(update: dict[str, Any]) -> web.StreamResponse:
        if len(receiver.got) == 3:
            three.set()
        if receiver.texts()[-1] == "one":
            await gate.wait()
        return web.Response()

    receiver.answer = hold
    await bot.set_webhook(receiver.url)
    anna.send("one")
    anna.send("two")
    anna.press("Approve")
    boris.send("other")
    await asyncio.wait_for(three.wait(), 5)

    assert sorted(receiver.texts()) == ["one", "other", "press"]
    assert tg.world.confirmed_up_to < receiver.got[0]["update_id"]
    gate.set()
    await taken(tg)
    assert receiver.texts()[-1] == "two"
    assert tg.world.confirmed_up_to == tg.world.last_update_id


async def test_no_more_connections_than_allowed(tg: LocalTelegram, bot: Bot, anna: User, receiver: Receiver) -> None:
    """With two, the third person's message waits although nobody's order asks for it."""
    people = [anna, *(tg.world.add_user(number, f"Person {number}", started=True) for number in (7, 8))]
    gate, two = asyncio.Event(), asyncio.Event()

    async def hold(update: dict[str, Any]) -> web.StreamResponse:
        if len(receiver.got) == 2:
            two.set()
        await gate.wait()
        return web.Response()

    receiver.answer = hold
    await bot.set_webhook(receiver.url, max_connections=2)
    for person in people:
        person.send("x")
    await asyncio.wait_for(two.wait(), 5)
    await bot.get_me()

    assert len(receiver.got) == 2
    gate.set()
    await taken(tg)
    assert len(receiver.got) == 3


async def test_a_press_that_is_not_taken_dies_a_message_stays(
    tg: LocalTelegram, bot: Bot, anna: User, receiver: Receiver
) -> None:
    """150 seconds against a day, on the world's clock."""
    await bot.send_message(1001, "Draft", reply_markup=APPROVE)
    closed = True

    async def closed_for_now(update: dict[str, Any]) -> web.StreamResponse:
        return web.Response(status=502 if closed else 200)

    receiver.answer = closed_for_now
    await bot.set_webhook(receiver.url)
    anna.press("Approve")
    anna.send("text")
    await tg.world.until(lambda: {"press", "text"} <= set(receiver.texts()))
    tg.world.clock.advance(timedelta(seconds=151))
    assert (await bot.get_webhook_info()).pending_update_count == 1

    closed = False
    await taken(tg)

    assert receiver.texts()[-1] == "text"


async def test_a_method_in_the_answer_is_done(tg: LocalTelegram, bot: Bot, anna: User, receiver: Receiver) -> None:
    """As JSON; what is wrong with it is a violation like any other."""

    async def reply(update: dict[str, Any]) -> web.StreamResponse:
        text = update["message"]["text"]
        return web.json_response(
            {"method": "sendMessage", "chat_id": 1001, "text": text.upper() or None, "oops": text == "b"}
        )

    async def reply_well(update: dict[str, Any]) -> web.StreamResponse:
        return web.json_response({"method": "sendMessage", "chat_id": 1001, "text": "HELLO"})

    receiver.answer = reply_well
    await bot.set_webhook(receiver.url)
    anna.send("hello")
    await tg.world.until(lambda: anna.screen == "HELLO")
    assert tg.world.violations == []
    receiver.answer = reply
    anna.send("b")
    await tg.world.until(lambda: bool(tg.world.violations))
    assert 'unknown parameter "oops"' in tg.world.violations[0].description


async def test_aiograms_own_webhook_answers(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Its handler returns a method, which travels back as multipart, with a file in it."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> TelegramMethod[Any]:
        return SendDocument(chat_id=message.chat.id, document=BufferedInputFile(b"a,b", "a.csv"), caption=message.text)

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="s3cret").register(app, "/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await bot.set_webhook(url, secret_token="s3cret")
        anna.send("figures")
        await tg.world.until(lambda: anna.last is not None)
    finally:
        await bot.delete_webhook()
        await runner.cleanup()

    assert anna.last is not None
    assert anna.last.document is not None
    assert (anna.screen, anna.last.document["file_name"]) == ("figures", "a.csv")
    assert tg.world.violations == []


async def test_a_waiting_poller_is_told_of_the_webhook(tg: LocalTelegram, bot: Bot, receiver: Receiver) -> None:
    """With the second kind of 409."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.world.until(lambda: tg.world.updates.somebody_polls)
    await bot.set_webhook(receiver.url)

    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await poll


async def test_only_a_poller_that_has_to_wait_sends_another_away(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """With a backlog both get the same updates and no conflict."""
    anna.send("backlog")

    first, second = await asyncio.gather(bot.get_updates(timeout=30), bot.get_updates(timeout=30))

    assert [update.update_id for update in first] == [update.update_id for update in second]


async def test_an_offset_far_ahead_confirms_nothing(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """A bot that comes back with an old, larger offset still gets what waits."""
    update_id = anna.send("hello")

    assert [update.update_id for update in await bot.get_updates(offset=update_id + 1000)] == [update_id]


async def test_hasty_pollers_can_be_slowed_down_as_on_telegram(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Who asks again for the same offset at once gets one update only."""
    tg.world.updates.real_pauses = True
    first, second = anna.send("one"), anna.send("two")

    assert [update.update_id for update in await bot.get_updates(offset=first)] == [first, second]
    assert [update.update_id for update in await bot.get_updates(offset=first)] == [first]
    assert [update.update_id for update in await bot.get_updates(offset=second)] == [second]


async def test_the_choice_of_kinds_stays_until_the_next_one(
    tg: LocalTelegram, bot: Bot, anna: User, receiver: Receiver
) -> None:
    """An empty list brings the default back, which leaves out reactions and members."""
    group = tg.world.add_group(-1001, "Group", members=[anna])
    await bot.set_webhook(receiver.url, allowed_updates=["chat_member"])
    await bot.delete_webhook()
    assert anna.leave(group) == 0
    assert [update.event_type for update in await bot.get_updates()] == ["chat_member"]

    await bot.get_updates(allowed_updates=[], offset=-1)
    await bot.get_updates(offset=tg.world.last_update_id + 1)
    anna.join(group)

    assert [update.event_type for update in await bot.get_updates()] == ["message"]
    assert (await bot.get_webhook_info()).allowed_updates is None


async def test_the_address_may_be_anything_on_this_machine(bot: Bot) -> None:
    """Plain http and any port, because there are no certificates here."""
    assert await bot.set_webhook("http://localhost:9/hook")

    assert (await bot.get_webhook_info()).ip_address == "127.0.0.1"
