"""Putting a screen before a person. Noise of Telegram (not modified, too old) is treated as noise."""

from contextvars import ContextVar

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, LinkPreviewOptions, Message

from handlers.screens.base import Screen

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")
_LATE = "query is too old"


async def show(event: CallbackQuery | Message, screen: Screen) -> None:
    """A press edits its message in place (or sends anew when that is impossible); a message is answered by a new one."""
    if isinstance(event, Message):
        await event.answer(screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW)
        return
    if isinstance(event.message, Message):
        try:
            await event.message.edit_text(screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW)
        except TelegramBadRequest as error:
            if _UNCHANGED in error.message:
                return
            if not any(text in error.message for text in _GONE):
                raise
        else:
            return
    await send(event, screen)


async def send(event: CallbackQuery | Message, screen: Screen) -> Message | None:
    """A new message below, whatever the event was."""
    bot = event.bot
    assert bot is not None  # noqa: S101 - updates are bound to the bot when validated
    chat_id = event.chat.id if isinstance(event, Message) else event.from_user.id
    return await bot.send_message(chat_id, screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW)


answered: ContextVar[bool] = ContextVar("press_answered", default=False)
"""Whether the press being handled was answered: Telegram takes one answer only."""


async def toast(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """Answer a press (at most 200 characters, Bot API); too late is not an error."""
    answered.set(True)
    try:
        await query.answer(text[:200] or None, show_alert=alert or None)
    except TelegramBadRequest as error:
        if _LATE not in error.message:
            raise
