"""What a person sees: text and buttons, with the content messages above them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from markupsafe import Markup

Row = tuple[InlineKeyboardButton, ...]

MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Bot API, sendMessage and sendPhoto: characters after parsing."""
COPY_LIMIT = 256
"""Bot API, CopyTextButton."""
LABEL_LIMIT, NARROW_LABEL_LIMIT = 40, 18
"""Characters that a phone shows of a button alone in its row, and of one of two."""


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """A button with typed data; `text` is plain."""
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def label(title: str, rest: str = "", limit: int = LABEL_LIMIT) -> str:
    """A button's text with a title that somebody chose: the title is cut so that all of `rest` can be read."""
    room = limit - len(rest)
    return (title if len(title) <= room else title[: room - 1].rstrip() + "…") + rest


def link(text: str, url: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, url=url)


def copy(text: str, value: str) -> InlineKeyboardButton:
    """A button that puts `value` (1–256 characters) on the phone's clipboard."""
    return InlineKeyboardButton(text=text, copy_text=CopyTextButton(text=value[:COPY_LIMIT]))


@dataclass(frozen=True)
class Screen:
    """One message: HTML text of Telegram's subset and rows of buttons."""

    text: Markup
    rows: tuple[Row, ...] = ()

    @property
    def keyboard(self) -> InlineKeyboardMarkup | None:
        return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in self.rows]) if self.rows else None

    @property
    def fingerprint(self) -> str:
        """Equal for equal screens: spares edits that Telegram would refuse as "not modified"."""
        labels = [(b.text, b.callback_data, b.url, b.copy_text and b.copy_text.text) for row in self.rows for b in row]
        return hashlib.sha256(repr((str(self.text), labels)).encode()).hexdigest()


@dataclass(frozen=True)
class MediaFile:
    """A file to show: by Telegram's id when known, else from the media folder. `kind` as in `domain.drafts.MediaRef`."""

    sha256: str
    kind: str
    file_id: str | None
    name: str = ""


@dataclass(frozen=True)
class Content:
    """Immutable content messages of a card: an album or one file with a caption, or text. Never carries buttons.

    `text` is plain, as people wrote it: it is sent without a parse mode, so nothing in it can act as markup. `entities` are Telegram's
    own formatting of it, where it is to be kept.
    """

    text: str
    media: tuple[MediaFile, ...] = ()
    entities: tuple[MessageEntity, ...] = ()


@dataclass(frozen=True)
class Card:
    """Content messages, then one short control message with the buttons (albums carry no keyboard)."""

    content: tuple[Content, ...]
    control: Screen


def lines(*parts: str | Markup | None) -> Markup:
    """Join paragraphs, leaving out empty ones; plain strings are escaped."""
    return Markup("\n").join(part for part in parts if part)


def paragraphs(*parts: str | Markup | None) -> Markup:
    """Join with an empty line between, leaving out empty ones; plain strings are escaped."""
    return Markup("\n\n").join(part for part in parts if part)


def grid(buttons: Sequence[InlineKeyboardButton], width: int) -> tuple[Row, ...]:
    """Buttons in rows of `width`; of two that stand side by side one too long for it gets a row of its own."""
    rows: list[list[InlineKeyboardButton]] = []
    for one in buttons:
        alone = width == 2 and len(one.text) > NARROW_LABEL_LIMIT
        if not rows or alone or len(rows[-1]) == width or (width == 2 and len(rows[-1][0].text) > NARROW_LABEL_LIMIT):
            rows.append([])
        rows[-1].append(one)
    return tuple(map(tuple, rows))
