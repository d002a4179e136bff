"""/open: posts that nobody has, and posts for which a substitute is asked."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.open_slots import SlotTaken
from domain.rights import Action
from domain.usecases import open_slots
from handlers.access import needs
from handlers.filters import Private
from handlers.screens import open_slots as screens
from handlers.screens.assignment_parts import line
from handlers.screens.base import Screen
from handlers.screens.nav import Go
from handlers.screens.open_slots import OpenButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="open_slots")
router.message.filter(Private())

OPEN = needs(Action.OPEN_SLOTS)


@router.message(Command("open"), flags=OPEN)
@router.callback_query(Go.filter(F.to == "open"), flags=OPEN)
async def listing(event: Message | CallbackQuery, turn: Turn) -> None:
    await show(event, await _listing(turn))


@router.callback_query(OpenButton.filter(F.verb == "list"), flags=OPEN)
async def other_page(query: CallbackQuery, callback_data: OpenButton, turn: Turn) -> None:
    await show(query, await _listing(turn, callback_data.page))


@router.callback_query(OpenButton.filter(F.verb == "take"), flags=OPEN)
async def take(query: CallbackQuery, callback_data: OpenButton, turn: Turn) -> None:
    """Whoever is too late sees what is still open."""
    try:
        view = await turn.run(
            open_slots.claim, callback_data.id, callback_data.version, now=turn.now, rules=turn.settings.plan
        )
    except SlotTaken:
        await show(query, await _listing(turn, taken=True))
    else:
        await show(query, screens.claimed(line(view, turn.words, turn.now), turn.words))


async def _listing(turn: Turn, page: int = 0, *, taken: bool = False) -> Screen:
    found = await turn.read(open_slots.list_open, now=turn.now)
    return screens.listing(found, page, turn.words, turn.actor.person.zone, turn.now, taken)
