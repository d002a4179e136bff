"""What the playground once forgave and Telegram does not; and mistakes in the control API, which are the caller's."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from playground import LocalTelegram, User, formatting

needs_parser = pytest.mark.skipif(not formatting.parser_available(), reason="tdjson is not installed")
KEYS = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Yes")]])


def picture(width: int, height: int) -> BufferedInputFile:
    """The beginning of a PNG, which is all that is looked at."""
    return BufferedInputFile(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height), "chart.png")


@needs_parser
@pytest.mark.parametrize(
    ("offset", "length", "problem"),
    [
        (100, 5, "entity begins after the end of the text at UTF-16 offset 100"),
        (-1, 5, "receive an entity with incorrect offset -1"),
        (0, 50, "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 50"),
        (1, 1, "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        (0, 1, "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4"),
    ],
)
async def test_entities_lie_within_the_text(
    tg: LocalTelegram, bot: Bot, anna: User, offset: int, length: int, problem: str
) -> None:
    """A bot that counts letters instead of UTF-16 units learns of it."""
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(1001, "😀abc", entities=[MessageEntity(type="bold", offset=offset, length=length)])

    assert refused.value.message == f"Bad Request: {problem}"
    assert len(tg.world.violations) == 1


@needs_parser
async def test_entities_without_length_are_passed_over(bot: Bot, anna: User) -> None:
    """And the whole of a text may be marked."""
    empty, whole = (MessageEntity(type="bold", offset=0, length=length) for length in (0, 5))

    sent = await bot.send_message(1001, "😀abc", entities=[empty, whole])

    assert [(entity.offset, entity.length) for entity in sent.entities or ()] == [(0, 5)]


@pytest.mark.parametrize("markup", [KEYS, ReplyKeyboardRemove(), ForceReply()], ids=["keys", "removal", "reply"])
async def test_a_message_with_a_markup_of_the_chat_is_final(bot: Bot, anna: User, markup: Any) -> None:
    """Only messages without reply_markup or with an inline keyboard can be edited."""
    sent = await bot.send_message(1001, "Choose", reply_markup=markup)

    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("Chosen", chat_id=1001, message_id=sent.message_id)


async def test_reply_keyboards_know_their_place(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """None in channels; in groups none that ask for somebody's number."""
    tg.world.add_group(-1001, "Staff", members=[anna])
    tg.world.add_channel(-1002, "News")
    asking = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Number", request_contact=True)]])

    with pytest.raises(TelegramBadRequest, match="inline keyboard expected"):
        await bot.send_message(-1002, "Choose", reply_markup=KEYS)
    with pytest.raises(TelegramBadRequest, match="phone number can be requested in private chats only"):
        await bot.send_message(-1001, "Call", reply_markup=asking)
    await bot.send_message(-1001, "Choose", reply_markup=KEYS)
    await bot.send_message(1001, "Call", reply_markup=asking)


async def test_photos_have_bounds(bot: Bot, anna: User) -> None:
    """10,000 for both sides together, twenty to one."""
    await bot.send_photo(1001, picture(9000, 1000))
    await bot.send_photo(1001, picture(100, 2000))
    for width, height in ((9000, 1001), (100, 2001)):
        with pytest.raises(TelegramBadRequest, match="PHOTO_INVALID_DIMENSIONS"):
            await bot.send_photo(1001, picture(width, height))


async def test_half_a_symbol_is_no_text(tg: LocalTelegram, anna: User) -> None:
    """Neither as JSON nor inside a field of a form; and the page stays readable."""
    keys = '{"inline_keyboard": [[{"text": "\\ud83d", "callback_data": "a"}]]}'
    requests: list[dict[str, Any]] = [
        {"data": b'{"chat_id": 1001, "text": "\\ud83d"}', "headers": {"Content-Type": "application/json"}},
        {"data": {"chat_id": "1001", "text": "Choose", "reply_markup": keys}},
    ]
    async with aiohttp.ClientSession() as http:
        for request in requests:
            async with http.post(f"{tg.url}/bot42:TEST/sendMessage", **request) as answer:
                assert (await answer.json())["description"] == "Bad Request: strings must be encoded in UTF-8"
        async with http.get(f"{tg.admin_url}/chats/1001/messages") as answer:
            assert (await answer.json())["messages"] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("users", {"id": -5, "first_name": "Below nothing"}),
        ("users", {"id": 7, "first_name": "Somebody", "language_code": 5}),
        ("chats", {"id": 1001, "title": "In Anna's place", "kind": "group"}),
        ("chats", {"id": -7, "title": "Of no kind", "kind": "club"}),
        ("chats", {"id": -7, "title": "Under a boss", "bot_status": "boss"}),
        ("users/1001/act", {"do": "set_bot", "chat_id": -1001, "status": "boss"}),
        ("users/1001/act", {"do": "send", "text": "   "}),
        ("users/1001/act", {"do": "send", "text": "\ud83d"}),
        ("users/1001/act", {"do": "start", "payload": "привет"}),
        ("users/1001/act", {"do": "send_document", "data": "", "name": "empty.txt"}),
        ("users/1001/act", {"do": "send_photo", "data": base64.b64encode(bytes(11 << 20)).decode()}),
        ("users/1001/act", ["send"]),
        ("clock", {"advance": 1e308}),
        ("faults", {"kind": "429", "nth": "first"}),
        ("faults", {"kind": "delay", "seconds": "long"}),
        ("faults", {"kind": "random", "rate": 0.5, "text": 5}),
    ],
)
async def test_what_cannot_be_is_said_and_not_done(tg: LocalTelegram, anna: User, path: str, body: Any) -> None:
    """A mistake is an answer of 400 with words; nothing of it stays behind to break the bot's next request."""
    tg.world.add_group(-1001, "Staff", members=[anna])
    known = set(tg.world.users), set(tg.world.chats)

    async with aiohttp.ClientSession() as http:
        headers = {"Content-Type": "application/json"}
        async with http.post(f"{tg.admin_url}/{path}", data=json.dumps(body), headers=headers) as answer:
            assert answer.status == 400
            assert (await answer.json())["error"]

    assert (set(tg.world.users), set(tg.world.chats)) == known
    assert list(tg.world.faults) == []
    assert anna.chat.messages == []
    assert tg.world.updates.pending() == []


async def test_a_long_text_leaves_a_phone_in_pieces(tg: LocalTelegram, anna: User) -> None:
    """As people's apps do; in process the test says so itself."""
    body = {"do": "send", "text": "x" * 9000}
    async with aiohttp.ClientSession() as http, http.post(f"{tg.admin_url}/users/1001/act", json=body) as answer:
        assert len((await answer.json())["update_ids"]) == 3

    assert [len(message.body) for message in anna.chat.messages] == [4096, 4096, 808]
    with pytest.raises(AssertionError, match="several messages"):
        anna.send("x" * 4097)


async def test_other_peoples_messages_are_theirs(tg: LocalTelegram, anna: User) -> None:
    """Nobody edits or deletes them, and who is not in a group does not react there."""
    boris, vera = (tg.world.add_user(number, "Somebody") for number in (1002, 1003))
    group = tg.world.add_group(-1001, "Staff", members=[anna, boris])
    anna.send("mine", chat=group)
    message = anna.sent(group)

    for attempt in (
        lambda: boris.edit(message, "his"),
        lambda: boris.delete(message),
        lambda: vera.react(message, "👍"),
        lambda: boris.react(message, "foo"),
    ):
        with pytest.raises(AssertionError):
            attempt()
    group.members[boris.user_id] = "administrator"
    boris.delete(message)
    assert group.find(message.message_id) is None


async def test_control_asks_for_sensible_things_only(tg: LocalTelegram, anna: User) -> None:
    """A number is given once, positions count from zero, and nobody asks for nothing."""
    anna.send("one")
    tg.world.faults.add("500")
    async with aiohttp.ClientSession() as http:
        async with http.post(f"{tg.admin_url}/users", json={"id": 1001, "first_name": "Impostor"}) as answer:
            assert answer.status == 400
        async with http.delete(f"{tg.admin_url}/faults/-1") as answer:
            assert answer.status == 404
        async with http.get(f"{tg.admin_url}/wire?tail=0") as answer:
            assert (await answer.text()).count("\n") <= 1

    assert tg.world.users[1001] is anna
    assert len(list(tg.world.faults)) == 1
