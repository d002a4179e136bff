"""What leads to /drafts from other features' screens."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from domain.drafts import Draft
from handlers.screens.base import button
from texts.words import Words


class MyButton(CallbackData, prefix="md"):
    """`verb`: list, search, story, version, whole, withdraw, withdraw!, copy. `arg`: a state. `page`: of the list; a version's number."""

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""
    page: int = 0


def story_button(draft: Draft, w: Words) -> InlineKeyboardButton:
    """What became of it, its versions, copying it."""
    return button(w.plain("🕘 History"), MyButton(verb="story", id=draft.id, version=draft.version))
