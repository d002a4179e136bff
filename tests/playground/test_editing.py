"""Changing messages, and answering presses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    ReactionTypeEmoji,
)

from playground import LocalTelegram, Toast, User

APPROVE = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="✅ Approve", callback_data="ok:1")]])
PHOTO = BufferedInputFile(b"picture", "a.png")


async def test_the_same_content_is_not_modified(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Text, entities and markup are compared; refusing it is ordinary life, not a violation."""
    sent = await bot.send_message(1001, "<b>one</b>", parse_mode="HTML", reply_markup=APPROVE)

    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new message content"):
        await bot.edit_message_text(
            "<b>one</b>", chat_id=1001, message_id=sent.message_id, parse_mode="HTML", reply_markup=APPROVE
        )
    await bot.edit_message_text("one", chat_id=1001, message_id=sent.message_id, reply_markup=APPROVE)
    await bot.edit_message_text("one", chat_id=1001, message_id=sent.message_id)

    assert anna.last is not None
    assert anna.last.buttons == []
    assert anna.last.edited_at == tg.world.clock.now()
    assert tg.world.violations == []


async def test_text_and_caption_are_edited_by_their_own_methods(bot: Bot, anna: User) -> None:
    """A photo has no text, a text no caption."""
    text = await bot.send_message(1001, "text")
    photo = await bot.send_photo(1001, PHOTO, caption="caption")

    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("x", chat_id=1001, message_id=photo.message_id)
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await bot.edit_message_caption(chat_id=1001, message_id=text.message_id, caption="x")
    await bot.edit_message_caption(chat_id=1001, message_id=photo.message_id, caption="new")

    assert anna.screen == "new"


async def test_what_cannot_be_edited(bot: Bot, anna: User) -> None:
    """A deleted message, somebody else's message."""
    gone = await bot.send_message(1001, "x")
    await bot.delete_message(1001, gone.message_id)
    anna.send("mine")

    with pytest.raises(TelegramBadRequest, match="Bad Request: message to edit not found"):
        await bot.edit_message_text("y", chat_id=1001, message_id=gone.message_id)
    with pytest.raises(TelegramBadRequest, match="Bad Request: message can't be edited"):
        await bot.edit_message_text("y", chat_id=1001, message_id=anna.sent().message_id)


async def test_media_is_replaced_in_place(bot: Bot, anna: User) -> None:
    """Inside an album its kind must stay."""
    photo = await bot.send_photo(1001, PHOTO, reply_markup=APPROVE)
    media = InputMediaDocument(media=BufferedInputFile(b"%PDF", "a.pdf"), caption="<b>file</b>", parse_mode="HTML")

    await bot.edit_message_media(media, chat_id=1001, message_id=photo.message_id)

    assert anna.last is not None
    assert (anna.last.kind, anna.last.message_id) == ("document", photo.message_id)
    album = await bot.send_media_group(1001, [InputMediaPhoto(media=PHOTO), InputMediaPhoto(media=PHOTO)])
    with pytest.raises(TelegramBadRequest, match="can't change media type in the album"):
        await bot.edit_message_media(media, chat_id=1001, message_id=album[0].message_id)


async def test_a_press_is_answered_once_and_in_time(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """The second answer, and one after 150 seconds, come too late."""
    await bot.send_message(1001, "Draft 1", reply_markup=APPROVE)
    anna.press("Approve")
    anna.press(data="ok:1")
    first, second = [update.callback_query for update in await bot.get_updates()]
    assert first is not None
    assert second is not None

    await bot.answer_callback_query(first.id, text="Done", show_alert=True)
    with pytest.raises(
        TelegramBadRequest, match="query is too old and response timeout expired or query ID is invalid"
    ):
        await bot.answer_callback_query(first.id)
    tg.world.clock.advance(timedelta(seconds=150))
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(second.id)

    assert anna.toasts == [Toast("Done", alert=True)]
    assert tg.world.violations == []


async def test_an_answer_has_at_most_200_characters(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Longer ones are malformed."""
    await bot.send_message(1001, "x", reply_markup=APPROVE)
    anna.press("Approve")
    query = (await bot.get_updates())[0].callback_query
    assert query is not None

    with pytest.raises(TelegramBadRequest):
        await bot.answer_callback_query(query.id, text="x" * 201)

    assert len(tg.world.violations) == 1


async def test_a_button_must_be_there_to_be_pressed(bot: Bot, anna: User) -> None:
    """The failure shows the labels; a forged press goes through."""
    sent = await bot.send_message(1001, "x", reply_markup=APPROVE)

    with pytest.raises(AssertionError, match="✅ Approve"):
        anna.press("Reject")
    message = anna.chat.find(sent.message_id)
    assert message is not None
    anna.press_raw(message, "forged:1")

    query = (await bot.get_updates())[0].callback_query
    assert query is not None
    assert query.data == "forged:1"


async def test_a_press_on_a_deleted_message_carries_an_inaccessible_one(bot: Bot, anna: User) -> None:
    """Its date is zero."""
    sent = await bot.send_message(1001, "x", reply_markup=APPROVE)
    message = anna.chat.find(sent.message_id)
    assert message is not None
    anna.delete(message)
    anna.press_raw(message, "ok:1")

    query = (await bot.get_updates())[0].callback_query

    assert query is not None
    assert isinstance(query.message, InaccessibleMessage)


async def test_pins_come_back_as_events(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """The bot is told of its own pin, not of its own message."""
    sent = await bot.send_message(1001, "home")
    await bot.pin_chat_message(1001, sent.message_id)

    updates = await bot.get_updates()

    assert [update.message.pinned_message.message_id for update in updates if update.message] == [sent.message_id]  # type: ignore[union-attr]
    assert anna.chat.pinned == [sent.message_id]
    await bot.unpin_chat_message(1001, message_id=sent.message_id)
    assert anna.chat.pinned == []


async def test_reactions(bot: Bot, anna: User) -> None:
    """One emoji at most."""
    anna.send("figures: 42")
    await bot.set_message_reaction(1001, anna.sent().message_id, [ReactionTypeEmoji(emoji="👍")])

    assert anna.sent().reactions == {42: ["👍"]}
