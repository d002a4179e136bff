"""Exhibits as the messages they become: content goes through the bot's own `Post`, with somebody who notes in Telegram's place."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from aiogram.utils.text_decorations import html_decoration

from bot.gallery.exhibits import Alert, Exhibit, Picture
from bot.post import Post
from handlers.screens.base import Card, Content, Screen

ALERT, TOAST = "alert", "toast"


@dataclass(frozen=True)
class Shown:
    """One bubble. `kind`: text, alert, toast, or kinds of media joined by spaces; `html`: whether `text` is markup."""

    kind: str
    text: str
    html: bool = True
    keyboard: InlineKeyboardMarkup | None = None

    @property
    def rows(self) -> list[list[InlineKeyboardButton]]:
        return self.keyboard.inline_keyboard if self.keyboard else []

    @property
    def media(self) -> tuple[str, ...]:
        return () if self.kind in {"text", ALERT, TOAST} else tuple(self.kind.split())


def shown(exhibit: Exhibit) -> tuple[Shown, ...]:
    """The bubbles in order, the buttons under the last."""
    match exhibit:
        case Screen():
            return (Shown("text", exhibit.text, keyboard=exhibit.keyboard),)
        case Card():
            return (*_content(exhibit.content), *shown(exhibit.control))
        case Alert():
            return (Shown(TOAST if exhibit.toast else ALERT, exhibit.text, html=False),)
        case Picture():
            return (Shown("chart", exhibit.caption, keyboard=exhibit.keyboard),)
    return _content(exhibit)


def _content(parts: Sequence[Content]) -> tuple[Shown, ...]:
    """What `bot.post` would send."""
    notes = _Notes()
    try:
        Post(cast(Bot, notes), Path()).content(0, parts).send(None)  # nothing in it waits: one step is all of it
    except StopIteration:
        return tuple(notes.sent)
    raise RuntimeError("sending content waits for something: it needs an event loop here now")


class _Notes:
    """Takes `Bot`'s place: every send becomes a bubble."""

    def __init__(self) -> None:
        self.sent: list[Shown] = []

    async def send_message(
        self, _: int, text: str, *, entities: list[MessageEntity] | None = None, **__: object
    ) -> SimpleNamespace:
        return self._note("text", text, entities)

    async def send_media_group(self, _: int, items: Sequence[Any], **__: object) -> list[SimpleNamespace]:
        first = items[0]
        note = self._note(" ".join(item.type for item in items), first.caption or "", first.caption_entities)
        return [note] * len(items)

    def __getattr__(self, name: str) -> Any:
        async def send(
            _: int,
            __: object,
            *,
            caption: str | None,
            caption_entities: list[MessageEntity] | None = None,
            **___: object,
        ) -> SimpleNamespace:
            return self._note(name.removeprefix("send_"), caption or "", caption_entities)

        if not name.startswith("send_"):
            raise AttributeError(name)
        return send

    def _note(self, kind: str, text: str, entities: list[MessageEntity] | None) -> SimpleNamespace:
        marked = html_decoration.unparse(text, entities) if entities else text
        self.sent.append(Shown(kind, marked, html=bool(entities)))
        return SimpleNamespace(message_id=len(self.sent))
