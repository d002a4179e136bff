"""Sending content, screens and cards: the one place that knows how messages are put together."""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    FSInputFile,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    MessageEntity,
)

from bot.outgoing import Drawn
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

Formatted = tuple[str, Sequence[MessageEntity]]
Request = Callable[[], Coroutine[Any, Any, list[Message]]]


@dataclass
class Progress:
    """What of several content messages has left already: a second try goes on from there."""

    requests: int = 0
    ids: list[int] = field(default_factory=list)
    drawn: int = 0
    """The message of a picture that was drawn for it."""


class Post:
    """Sends to one bot; `media_dir` is the content-addressed folder. Content goes without a parse mode: people's text, byte for byte."""

    def __init__(self, bot: Bot, media_dir: Path, *, silent: bool = False, thread_id: int = 0) -> None:
        self._bot = bot
        self._media_dir = media_dir
        self._silent = silent or None
        self._thread_id = thread_id or None
        self.bot_username = ""
        """Set once Telegram has said it: for links to the bot."""

    @property
    def bot_id(self) -> int:
        """A file_id belongs to one bot."""
        return self._bot.id

    def quietly(self) -> Self:
        """The same without a sound, for somebody's quiet hours: it arrives, nobody wakes up."""
        return type(self)(self._bot, self._media_dir, silent=True, thread_id=self._thread_id or 0)

    def within(self, thread_id: int) -> Self:
        """The same in one topic of a forum; 0: outside of topics, or General."""
        return type(self)(self._bot, self._media_dir, silent=bool(self._silent), thread_id=thread_id)

    async def content(self, chat_id: int, parts: Sequence[Content], progress: Progress | None = None) -> list[int]:
        """Send content messages; returns their ids. A text too long for a caption follows its media.

        `progress` is kept up to date, so that the same content can be sent on after a failure in the middle.
        """
        done = progress if progress is not None else Progress()
        requests = [request for part in parts for request in self._requests(chat_id, part)]
        for request in requests[done.requests :]:
            done.ids += [message.message_id for message in await request()]
            done.requests += 1
        return list(done.ids)

    async def drawn(self, chat_id: int, picture: Drawn, progress: Progress) -> int:
        """Draw and send a picture, once: what is sent on after a failure in the middle does not bring it again."""
        if not progress.drawn:
            file = BufferedInputFile(await picture.draw(), picture.name)
            message = await self._bot.send_photo(
                chat_id,
                file,
                caption=picture.caption,
                disable_notification=self._silent,
                message_thread_id=self._thread_id,
            )
            progress.drawn = message.message_id
        return progress.drawn

    async def screen(self, chat_id: int, screen: Screen) -> int:
        """Send one screen; returns its message id."""
        message = await self._bot.send_message(
            chat_id,
            screen.text,
            reply_markup=screen.keyboard,
            link_preview_options=NO_PREVIEW,
            disable_notification=self._silent,
            message_thread_id=self._thread_id,
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

    # -- content -----------------------------------------------------------------------------------------------------

    def _requests(self, chat_id: int, part: Content) -> Iterator[Request]:
        """One request per message or album, in order."""
        text = part.text
        if part.media:
            fits = utf16_length(text) <= CAPTION_LIMIT
            yield partial(self._media, chat_id, part.media, (text if fits else "", part.entities if fits else ()))
            text = "" if fits else text
        at = 0
        for piece in split_text(text, MESSAGE_LIMIT):
            length = utf16_length(piece)
            yield partial(self._text, chat_id, (piece, cut_entities(part.entities, at, length)))
            at += length

    async def _text(self, chat_id: int, text: Formatted) -> list[Message]:
        return [
            await self._bot.send_message(
                chat_id,
                text[0],
                parse_mode=None,
                entities=list(text[1]) or None,
                link_preview_options=NO_PREVIEW,
                disable_notification=self._silent,
                message_thread_id=self._thread_id,
            )
        ]

    def _file(self, media: MediaFile) -> str | FSInputFile:
        if media.file_id:
            return media.file_id
        return FSInputFile(self._media_dir / media.sha256[:2] / media.sha256, filename=media.name or media.sha256[:12])

    async def _media(self, chat_id: int, files: Sequence[MediaFile], caption: Formatted) -> list[Message]:
        if len(files) == 1:
            return [await self._single(chat_id, files[0], caption)]
        items = [
            _ALBUM_KINDS.get(f.kind, InputMediaDocument)(
                media=self._file(f),
                caption=(caption[0] or None) if i == 0 else None,
                caption_entities=(list(caption[1]) or None) if i == 0 else None,
                parse_mode=None,
            )
            for i, f in enumerate(files[:10])
        ]
        return await self._bot.send_media_group(
            chat_id, items, disable_notification=self._silent, message_thread_id=self._thread_id
        )

    async def _single(self, chat_id: int, media: MediaFile, caption: Formatted) -> Message:
        bot = self._bot
        ways: dict[str, Callable[..., Coroutine[Any, Any, Message]]] = {
            "photo": bot.send_photo,
            "video": bot.send_video,
            "voice": bot.send_voice,
            "audio": bot.send_audio,
            "animation": bot.send_animation,
        }
        return await ways.get(media.kind, bot.send_document)(
            chat_id,
            self._file(media),
            caption=caption[0] or None,
            caption_entities=list(caption[1]) or None,
            parse_mode=None,
            disable_notification=self._silent,
            message_thread_id=self._thread_id,
        )


def cut_entities(entities: Sequence[MessageEntity], start: int, length: int) -> tuple[MessageEntity, ...]:
    """Formatting of the piece of a text that begins at `start` (UTF-16 units), counted from the piece's own beginning."""
    cut = []
    for entity in entities:
        first, last = max(entity.offset, start), min(entity.offset + entity.length, start + length)
        if first < last:
            cut.append(entity.model_copy(update={"offset": first - start, "length": last - first}))
    return tuple(cut)
