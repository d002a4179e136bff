"""What leads to a journal from other features' screens."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from domain.record import Kind
from handlers.screens.base import button
from texts.words import Words


class JournalButton(CallbackData, prefix="jr"):
    """`verb`: see, bundle, head. `kind`: whose journal (`domain.record.Kind`); `key`: a number or a page's code; `n`: the screen."""

    verb: str
    kind: str = ""
    key: str = ""
    n: int = 0


def journal_button(kind: Kind, key: int | str, w: Words) -> InlineKeyboardButton:
    """`key`: a number or a page's code."""
    return button(w.plain("🗒 Journal"), JournalButton(verb="see", kind=kind, key=str(key)))
