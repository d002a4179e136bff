"""python-telegram-bot, written by other people from the same documentation, is at home in the local Telegram too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import BadRequest, Forbidden
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from playground import LocalTelegram, User
from tests.playground.conftest import TOKEN

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00\x00\x02\x80\x00\x00\x01\xe0" + b"\x08\x02\x00\x00\x00"
REGION, FIGURE = range(2)


@pytest.fixture
async def app(tg: LocalTelegram) -> AsyncIterator[App]:
    """A program of the other library; add handlers, then `polling` it."""
    application = (
        ApplicationBuilder().token(TOKEN).base_url(f"{tg.url}/bot").base_file_url(f"{tg.url}/file/bot").build()
    )
    async with application:
        yield application


class polling:  # noqa: N801  reads as a statement
    """The application at work: long polling until the block ends."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __aenter__(self) -> None:
        assert self._app.updater is not None
        await self._app.start()
        await self._app.updater.start_polling(timeout=5)

    async def __aexit__(self, *_: object) -> None:
        assert self._app.updater is not None
        await self._app.updater.stop()
        await self._app.stop()


async def test_start_with_a_payload_a_press_an_answer_and_an_edit(tg: LocalTelegram, app: App) -> None:
    """The first minute of every bot."""

    async def start(update: Update, context: Context) -> None:
        assert update.effective_chat is not None
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Да", callback_data="yes")]])
        text = f"Приглашение <b>{(context.args or ['?'])[0]}</b>. Идём?"
        await update.effective_chat.send_message(text, parse_mode="HTML", reply_markup=markup)

    async def pressed(update: Update, context: Context) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer("Готово", show_alert=True)
        await query.edit_message_text(f"Вы нажали {query.data}")

    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(pressed))
    vera = tg.world.add_user(1002, "Вера")
    async with polling(app):
        vera.start("invite-7")
        await tg.world.until(lambda: vera.screen == "Приглашение invite-7. Идём?")
        assert vera.last is not None
        assert [entity["type"] for entity in vera.last.entities] == ["bold"]
        vera.press("Да")
        await tg.world.until(lambda: vera.screen == "Вы нажали yes")

    assert vera.toasts == [("Готово", True)]
    assert vera.labels == []
    assert tg.world.unanswered() == []
    assert tg.world.violations == []


async def test_photos_go_up_and_come_down(tg: LocalTelegram, app: App, anna: User) -> None:
    """Uploaded, described, downloaded byte for byte, sent again by id, both ways."""
    sent = await app.bot.send_photo(1001, PNG, caption="Площадка")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (640, 480)
    again = await app.bot.send_photo(1001, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    assert bytes(await (await sent.photo[-1].get_file()).download_as_bytearray()) == PNG

    received: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def photo(update: Update, context: Context) -> None:
        assert update.message is not None
        file = await update.message.photo[-1].get_file()
        received.set_result(bytes(await file.download_as_bytearray()))

    app.add_handler(MessageHandler(filters.PHOTO, photo))
    async with polling(app):
        anna.send_photo(PNG + b"hers")
        assert await asyncio.wait_for(received, 5) == PNG + b"hers"

    assert anna.screen == ""
    assert tg.world.violations == []


async def test_a_conversation_with_a_reply_keyboard(tg: LocalTelegram, app: App, anna: User) -> None:
    """Question, key, question, text, keyboard gone: by long polling, step by step."""

    async def begin(update: Update, context: Context) -> int:
        assert update.message is not None
        keys = ReplyKeyboardMarkup([["Казань", KeyboardButton("Пермь")]], resize_keyboard=True)
        await update.message.reply_text("Какой регион?", reply_markup=keys)
        return REGION

    async def region(update: Update, context: Context) -> int:
        assert update.message is not None
        assert context.user_data is not None
        context.user_data["region"] = update.message.text
        await update.message.reply_text("Сколько?", reply_markup=ReplyKeyboardRemove())
        return FIGURE

    async def figure(update: Update, context: Context) -> int:
        assert update.message is not None
        assert context.user_data is not None
        await update.message.reply_text(f"{context.user_data['region']}: {update.message.text}", do_quote=True)
        return ConversationHandler.END

    words = filters.TEXT & ~filters.COMMAND
    states: dict[object, Any] = {REGION: [MessageHandler(words, region)], FIGURE: [MessageHandler(words, figure)]}
    app.add_handler(ConversationHandler([CommandHandler("report", begin)], states, []))
    async with polling(app):
        anna.send("/report")
        await tg.world.until(lambda: anna.screen == "Какой регион?")
        assert anna.keys == ["Казань", "Пермь"]
        anna.press("Пермь")
        await tg.world.until(lambda: anna.screen == "Сколько?")
        assert anna.keys == []
        anna.send("17")
        await tg.world.until(lambda: anna.screen == "Пермь: 17")

    assert anna.last is not None
    assert anna.last.reply_to is not None
    assert anna.last.reply_to.text == "17"
    assert tg.world.violations == []


async def test_refusals_are_understood(tg: LocalTelegram, app: App, anna: User) -> None:
    """The other library sorts the same errors into its own classes."""
    sent = await app.bot.send_message(1001, "x")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await app.bot.send_message(5_000_000_000, "x")
    anna.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await app.bot.send_message(1001, "x")
