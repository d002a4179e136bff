"""What leads to an evergreen text from other features' screens."""

from aiogram.filters.callback_data import CallbackData

from handlers.screens.base import Row, button
from texts.words import Words


class EvergreenButton(CallbackData, prefix="ev"):
    """`verb`: list, more, open, set. `days`: 0: no longer. `page`: of the list; `more`: of what could be marked."""

    verb: str
    id: int = 0
    version: int = 0
    days: int = 0
    page: int = 0


def evergreen_row(draft_id: int, version: int, w: Words) -> Row:
    """For the card of an approved text."""
    return (button(w.plain("♻ Evergreen"), EvergreenButton(verb="open", id=draft_id, version=version)),)
