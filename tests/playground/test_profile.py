"""What the bot says of itself, and what comes back from web apps."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    ChatAdministratorRights,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    WebAppInfo,
)

from playground import LocalTelegram, User

FORM = "https://example.org/form"
OPEN = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Open", web_app=WebAppInfo(url=FORM))]])


@pytest.mark.parametrize(
    ("command", "description", "problem"),
    [
        ("", "x", "command must be non-empty"),
        ("c" * 33, "x", "command length must not exceed 32"),
        ("Команда", "x", "BOT_COMMAND_INVALID"),
        ("help", " ", "command description must be non-empty"),
        ("help", "x" * 257, "command description length must not exceed 256"),
    ],
)
async def test_impossible_commands_are_violations(
    tg: LocalTelegram, bot: Bot, command: str, description: str, problem: str
) -> None:
    """The list stays as it was."""
    with pytest.raises(TelegramBadRequest, match=problem):
        await bot.set_my_commands([BotCommand(command=command, description=description)])

    assert await bot.get_my_commands() == []
    assert len(tg.world.violations) == 1


async def test_languages_are_two_letters(bot: Bot) -> None:
    """Country codes are no languages."""
    for attempt in (
        bot.set_my_commands([BotCommand(command="a", description="b")], language_code="ru-RU"),
        bot.set_my_name("Bot", language_code="RU"),
    ):
        with pytest.raises(TelegramBadRequest, match="invalid language code specified"):
            await attempt


async def test_a_wish_for_rights(tg: LocalTelegram, bot: Bot) -> None:
    """Groups and channels apart."""
    names = [name for name, field in ChatAdministratorRights.model_fields.items() if field.is_required()]
    wished = ChatAdministratorRights(**dict.fromkeys(names, False), can_pin_messages=True)
    await bot.set_my_default_administrator_rights(wished)

    assert (await bot.get_my_default_administrator_rights()).can_pin_messages
    assert (await bot.get_my_default_administrator_rights(for_channels=True)).can_post_messages is False
    assert tg.world.violations == []


async def test_a_web_app_answers_in_the_name_of_the_person(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Once for each launch; the bot is told of the message."""
    await bot.send_message(1001, "Fill in", reply_markup=OPEN)
    address, query_id = anna.open_web_app("Open")
    text = InputTextMessageContent(message_text="<b>42</b> leaflets", parse_mode="HTML")
    result = InlineQueryResultArticle(id="1", title="Form", input_message_content=text)

    await bot.answer_web_app_query(query_id, result)

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.via_bot is not None
    assert (update.message.from_user.id, update.message.via_bot.id) == (1001, 42)
    assert (address, anna.sent().text) == (FORM, "42 leaflets")
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_web_app_query(query_id, result)
    assert tg.world.violations == []


async def test_data_of_a_web_app_from_the_keyboard(bot: Bot, anna: User) -> None:
    """A service message with the button's text."""
    anna.send_web_app_data("Form", '{"leaflets": 42}')

    (update,) = await bot.get_updates()

    assert update.message is not None
    assert update.message.web_app_data is not None
    assert (update.message.web_app_data.button_text, update.message.web_app_data.data) == ("Form", '{"leaflets": 42}')
