"""Sending content, screens and cards: the one place that knows how messages are put together."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import FSInputFile, InputMediaDocument, InputMediaPhoto, InputMediaVideo, LinkPreviewOptions, Message

from handlers.screens.base import CAPTION_LIMIT, MESSAGE_LIMIT, Content, MediaFile, Screen
from handlers.screens.split import split_text, utf16_length

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_ALBUM_KINDS = {"photo": InputMediaPhoto, "video": InputMediaVideo, "document": InputMediaDocument}
_NOISE = (
    "message is not modified",
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message can't be deleted",
)


class Post:
    """Sends to one bot; `media_dir` is the content-addressed folder. Content goes without a parse mode: people's text, byte for byte."""

    def __init__(self, bot: Bot, media_dir: Path, *, silent: bool = False) -> None:
        self._bot = bot
        self._media_dir = media_dir
        self._silent = silent or None

    def quietly(self) -> Self:
        """The same without a sound, for somebody's quiet hours: it arrives, nobody wakes up."""
        return type(self)(self._bot, self._media_dir, silent=True)

    async def content(self, chat_id: int, parts: Sequence[Content]) -> list[int]:
        """Send content messages; returns their ids. A text too long for a caption follows its media."""
        sent: list[int] = []
        for part in parts:
            text = part.text
            if part.media:
                caption = text if utf16_length(text) <= CAPTION_LIMIT else ""
                sent += await self._media(chat_id, part.media, caption)
                text = "" if caption else text
            for piece in split_text(text, MESSAGE_LIMIT):
                message = await self._bot.send_message(
                    chat_id, piece, parse_mode=None, link_preview_options=NO_PREVIEW, disable_notification=self._silent
                )
                sent.append(message.message_id)
        return sent

    async def screen(self, chat_id: int, screen: Screen) -> int:
        """Send one screen; returns its message id."""
        message = await self._bot.send_message(
            chat_id,
            screen.text,
            reply_markup=screen.keyboard,
            link_preview_options=NO_PREVIEW,
            disable_notification=self._silent,
        )
        return message.message_id

    async def redraw(self, chat_id: int, message_id: int, screen: Screen) -> bool:
        """Edit a message in place; False when it is gone or was the same."""
        try:
            await self._bot.edit_message_text(
                screen.text,
                chat_id=chat_id,
                message_id=message_id,
                reply_markup=screen.keyboard,
                link_preview_options=NO_PREVIEW,
            )
        except TelegramBadRequest as error:
            if any(noise in error.message for noise in _NOISE):
                return False
            raise
        return True

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> None:
        """Delete messages; those already gone do not matter."""
        for message_id in message_ids:
            try:
                await self._bot.delete_message(chat_id, message_id)
            except TelegramBadRequest as error:
                if not any(noise in error.message for noise in _NOISE):
                    raise

    def _file(self, media: MediaFile) -> str | FSInputFile:
        if media.file_id:
            return media.file_id
        return FSInputFile(self._media_dir / media.sha256[:2] / media.sha256, filename=media.name or media.sha256[:12])

    async def _media(self, chat_id: int, files: Sequence[MediaFile], caption: str) -> list[int]:
        if len(files) == 1:
            return [(await self._single(chat_id, files[0], caption)).message_id]
        items = [
            _ALBUM_KINDS.get(f.kind, InputMediaDocument)(
                media=self._file(f), caption=(caption or None) if i == 0 else None, parse_mode=None
            )
            for i, f in enumerate(files[:10])
        ]
        album = await self._bot.send_media_group(chat_id, items, disable_notification=self._silent)
        return [message.message_id for message in album]

    async def _single(self, chat_id: int, media: MediaFile, caption: str) -> Message:
        file, text, quiet = self._file(media), caption or None, self._silent
        match media.kind:
            case "photo":
                return await self._bot.send_photo(
                    chat_id, file, caption=text, parse_mode=None, disable_notification=quiet
                )
            case "video":
                return await self._bot.send_video(
                    chat_id, file, caption=text, parse_mode=None, disable_notification=quiet
                )
            case "voice":
                return await self._bot.send_voice(
                    chat_id, file, caption=text, parse_mode=None, disable_notification=quiet
                )
            case "audio":
                return await self._bot.send_audio(
                    chat_id, file, caption=text, parse_mode=None, disable_notification=quiet
                )
            case "animation":
                return await self._bot.send_animation(
                    chat_id, file, caption=text, parse_mode=None, disable_notification=quiet
                )
            case _:
                return await self._bot.send_document(
                    chat_id, file, caption=text, parse_mode=None, disable_notification=quiet
                )
