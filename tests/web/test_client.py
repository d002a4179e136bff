"""What the bot's client puts on the wire, seen by a server that writes it down."""

import json
from typing import Any

from aiogram.enums import ParseMode
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.client import make_bot
from bot.config import Settings

TOKEN = "42:LOCAL-TEST-ONLY-AND-NEVER-A-SECRET"
CHAT = {"id": 5, "type": "private"}


async def _sent(act: Any) -> tuple[str, bytes]:
    """The content type and the body of the request that `act(bot)` makes."""
    seen: list[tuple[str, bytes]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.content_type, await request.read()))
        return web.json_response({"ok": True, "result": {"message_id": 1, "date": 1, "chat": CHAT}})

    app = web.Application()
    app.router.add_post("/{rest:.*}", answer)
    async with TestServer(app) as server:
        bot = make_bot(Settings.model_validate({"telegram": {"token": TOKEN, "api_url": str(server.make_url("/"))}}))
        try:
            await act(bot)
        finally:
            await bot.session.close()
    ((content_type, body),) = seen
    return content_type, body


async def test_words_go_as_json_with_two_bytes_for_a_russian_letter() -> None:
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="a:ok:1")]])
    content_type, body = await _sent(
        lambda bot: bot.send_message(5, "Двор открыт", reply_markup=keyboard, disable_notification=False)
    )
    assert content_type == "application/json"
    assert "Двор открыт".encode() in body
    assert json.loads(body) == {
        "chat_id": 5,
        "text": "Двор открыт",
        "parse_mode": ParseMode.HTML,
        "disable_notification": False,
        "reply_markup": {"inline_keyboard": [[{"text": "Да", "callback_data": "a:ok:1"}]]},
    }


async def test_a_file_goes_with_its_bytes() -> None:
    picture = BufferedInputFile(b"\x89PNG not quite", "двор.png")
    content_type, body = await _sent(lambda bot: bot.send_photo(5, picture, caption="Двор"))
    assert content_type == "multipart/form-data"
    assert b"\x89PNG not quite" in body
    assert "Двор".encode() in body
