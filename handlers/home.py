"""The first screen, by command, by button and from other handlers of this package's general screens."""

from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from domain.usecases import team
from handlers.screens import home as screens
from handlers.show import show
from handlers.turn import Turn


async def show_home(event: Message | CallbackQuery, turn: Turn, line: Markup | None = None) -> None:
    """`line`: what has just happened, above everything."""
    view = await turn.read(team.home, now=turn.now)
    await show(event, screens.home(view, turn.words, turn.now, line))
