"""Going from one screen to another; each feature answers its own name, by command and by button."""

from aiogram.filters.callback_data import CallbackData

from handlers.screens.base import Row, button
from texts.words import Words


class Go(CallbackData, prefix="n"):
    """`to` is the name of a command: home, today, draft, drafts, queue, report, status, pages, imprints, team, invite, settings, help."""

    to: str


def home(w: Words) -> Row:
    """The way back to the first screen."""
    return (button(w.plain("‹ Menu"), Go(to="home")),)


def cancel(w: Words) -> Row:
    """The way out of whatever is being asked."""
    return (button(w.plain("Cancel"), Go(to="cancel")),)
