"""Requests are held against the Bot API; trouble comes when it is asked for."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import BotCommand, BotCommandScopeChat, MenuButtonCommands

from playground import FaultKind, LocalTelegram, Pace, User, errors

TOKEN = "42:TEST"


async def call(tg: LocalTelegram, method: str, body: dict[str, Any], token: str = TOKEN) -> tuple[int, dict[str, Any]]:
    """A raw request, as a program without aiogram would send it."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{tg.url}/bot{token}/{method}", json=body) as answer,
    ):
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    ("method", "body", "status", "problem"),
    [
        ("sendMessage", {"chat_id": 1001, "text": "x", "parse_moed": "HTML"}, 400, 'unknown parameter "parse_moed"'),
        ("sendMessage", {"text": "x"}, 400, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1001, "text": "x", "disable_notification": "maybe"}, 400, "disable_notification"),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "A", "calback": "x"}]]}},
            400,
            "reply_markup.calback",
        ),
        ("sendMediaGroup", {"chat_id": 1001, "media": [], "reply_markup": {}}, 400, "reply_markup"),
        ("sendGame", {"chat_id": 1001, "game_short_name": "x"}, 501, "not modelled"),
        ("sendCarrot", {"chat_id": 1001}, 404, "Not Found: method not found"),
        ("editMessageText", {"inline_message_id": "x", "text": "x"}, 501, "inline_message_id"),
        ("sendPhoto", {"chat_id": 1001, "photo": "attach://nothing"}, 400, "nothing"),
        ("sendChatAction", {"chat_id": 1001, "action": "dancing"}, 400, "wrong parameter action"),
    ],
)
async def test_malformed_requests_are_refused_and_remembered(
    tg: LocalTelegram, anna: User, method: str, body: dict[str, Any], status: int, problem: str
) -> None:
    """Each of them is a violation; nothing reaches the chat."""
    got, answer = await call(tg, method, body)

    assert got == status
    assert problem in answer["description"]
    assert answer["ok"] is False
    assert len(tg.world.violations) == 1
    assert anna.chat.messages == []


async def test_methods_are_found_in_any_case_and_by_query_string(tg: LocalTelegram, anna: User) -> None:
    """As on Telegram's own server."""
    async with aiohttp.ClientSession() as session:
        url = f"{tg.url}/bot42:TEST/sendmessage"
        async with session.get(url, params={"chat_id": "1001", "text": "hi"}) as answer:
            assert (await answer.json())["ok"] is True

    assert anna.screen == "hi"


async def test_another_token_is_refused(tg: LocalTelegram) -> None:
    """With 401, for methods and files alike."""
    async with Bot("43:OTHER", session=AiohttpSession(api=TelegramAPIServer.from_base(tg.url))) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()
    status, answer = await call(tg, "getMe", {}, token="nonsense")

    assert (status, answer["description"]) == (401, "Unauthorized: invalid token specified")


async def test_every_error_text_has_a_source() -> None:
    """S, T, D, A, or an honest dash."""
    assert {row.source for row in errors.TABLE.values()} <= {"S", "T", "D", "A", "-"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (FaultKind.TOO_MANY, TelegramRetryAfter),
        (FaultKind.TOO_MANY_BARE, TelegramAPIError),
        (FaultKind.FORBIDDEN, TelegramForbiddenError),
        (FaultKind.CONFLICT, TelegramConflictError),
        (FaultKind.SERVER_ERROR, TelegramServerError),
        (FaultKind.BAD_GATEWAY, TelegramServerError),
        (FaultKind.BAD_GATEWAY_HTML, ClientDecodeError),
        (FaultKind.DISCONNECT, TelegramNetworkError),
    ],
)
async def test_faults_strike_once_and_leave_nothing_behind(
    tg: LocalTelegram, bot: Bot, anna: User, kind: FaultKind, expected: type[Exception]
) -> None:
    """The next try goes through."""
    fault = tg.world.faults.add(kind, method="sendMessage", chat_id=1001, retry_after=7)

    with pytest.raises(expected) as struck:
        await bot.send_message(1001, "x")
    if isinstance(struck.value, TelegramRetryAfter):
        assert struck.value.retry_after == 7
    assert anna.last is None
    await bot.send_message(1001, "x")

    assert (fault.hits, len(anna.chat.messages)) == (1, 1)
    assert tg.world.violations == []


async def test_a_lost_reply_leaves_the_message_behind(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Applied, but the caller cannot know."""
    tg.world.faults.add("reply-lost", method="sendMessage", text="assignment")

    with pytest.raises(TelegramNetworkError):
        await bot.send_message(1001, "your assignment")

    assert anna.screen == "your assignment"
    assert (tg.world.wire[-1].status, tg.world.wire[-1].fault) == (0, "reply-lost")


async def test_the_nth_request_fails(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Counting only those that match."""
    tg.world.faults.add("500", method="sendMessage", text="b", nth=2, times=2)
    sent = []
    for text in ("a", "b1", "b2", "c", "b3", "b4"):
        try:
            await bot.send_message(1001, text)
            sent.append(text)
        except TelegramServerError:
            continue

    assert sent == ["a", "b1", "c", "b4"]


async def test_lost_and_doubled_updates(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """By kind and text."""
    tg.world.faults.add("drop-update", method="message", text="lost")
    tg.world.faults.add("duplicate-update", method="message", text="twice")
    anna.send("lost")
    twice = anna.send("twice")

    assert [update.update_id for update in await bot.get_updates()] == [twice, twice]


async def test_strict_pace_refuses_the_second_message_of_a_second(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """And goes on refusing while the pause lasts; answers and reads are free."""
    moment = [100.0]
    tg.world.pace = Pace("strict", now=lambda: moment[0])
    await bot.send_message(1001, "one")

    for _ in range(2):
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(1001, "two")
    assert refused.value.retry_after == 1
    await bot.get_chat(1001)
    moment[0] += 1.1
    await bot.send_message(1001, "two")

    report = tg.world.pace.report
    assert (report.sent, report.refused, report.most_in_a_second_per_chat) == (2, 2, 1)


async def test_documented_pace_lets_a_short_burst_pass(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Five at once to one chat, not six."""
    tg.world.pace = Pace("documented", now=lambda: 100.0)
    for number in range(5):
        await bot.send_message(1001, str(number))

    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(1001, "5")


async def test_commands_per_scope_and_language(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """The narrowest scope wins on the phone; the lists are kept apart."""
    everyone = [BotCommand(command="help", description="Help")]
    russian = [BotCommand(command="help", description="Помощь")]
    hers = [BotCommand(command="approve", description="Решить")]
    await bot.set_my_commands(everyone)
    await bot.set_my_commands(russian, language_code="ru")

    profile = tg.world.profile
    assert [c["description"] for c in profile.commands_seen(1001, "ru", 1001, administrator=False)] == ["Помощь"]
    assert [c["description"] for c in profile.commands_seen(1001, "de", 1001, administrator=False)] == ["Help"]
    await bot.set_my_commands(hers, scope=BotCommandScopeChat(chat_id=1001))
    assert [c["command"] for c in profile.commands_seen(1001, "ru", 1001, administrator=False)] == ["approve"]
    assert [command.description for command in await bot.get_my_commands()] == ["Help"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=1001))
    assert [c["command"] for c in profile.commands_seen(1001, "ru", 1001, administrator=False)] == ["help"]


async def test_the_bots_card_and_menu(bot: Bot, anna: User) -> None:
    """Name, descriptions and the menu button come back as they were set."""
    await bot.set_my_name("Headquarters")
    await bot.set_my_description("Штаб", language_code="ru")
    await bot.set_my_short_description("HQ")
    await bot.set_chat_menu_button(chat_id=1001, menu_button=MenuButtonCommands())

    assert (await bot.get_my_name()).name == "Headquarters"
    assert (await bot.get_my_description(language_code="ru")).description == "Штаб"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_short_description()).short_description == "HQ"
    assert (await bot.get_chat_menu_button(chat_id=1001)).type == "commands"


async def test_chats_and_members(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Who is where."""
    group = tg.world.add_group(-1001, "Group", members=[anna])
    tg.world.add_channel(-1002, "Channel", username="news")

    assert (await bot.get_chat(-1001)).title == "Group"
    assert (await bot.get_chat("@news")).id == -1002
    assert (await bot.get_chat_member(-1001, 1001)).status == "member"
    assert (await bot.get_chat_member(-1001, 42)).status == "administrator"
    assert await bot.get_chat_member_count(-1001) == 2
    assert [item.user.id for item in await bot.get_chat_administrators(-1001)] == [42]
    await bot.send_message("@news", "post")
    await bot.leave_chat(-1001)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group.chat_id, "x")


async def test_many_requests_side_by_side(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """A thousand messages; the rate is printed, not asserted."""
    started = time.perf_counter()
    for _ in range(20):
        await asyncio.gather(*(bot.send_message(1001, "<b>x</b>", parse_mode="HTML") for _ in range(50)))
    rate = 1000 / (time.perf_counter() - started)

    assert len(anna.chat.messages) == 1000
    print(f"{rate:.0f} messages a second")  # noqa: T201  a cheap look at the speed
