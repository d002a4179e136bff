"""/evergreen: texts that come back after a cool-down."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.rights import Action
from domain.usecases import evergreen
from handlers.access import needs
from handlers.filters import Private
from handlers.screens import evergreen as screens
from handlers.screens.evergreen_row import EvergreenButton
from handlers.screens.nav import Go
from handlers.show import send, show
from handlers.turn import Turn

router = Router(name="evergreen")
router.message.filter(Private())

EVERGREEN = needs(Action.EVERGREEN)


@router.message(Command("evergreen"), flags=EVERGREEN)
@router.callback_query(Go.filter(F.to == "evergreen"), flags=EVERGREEN)
async def listing(event: Message | CallbackQuery, turn: Turn) -> None:
    view = await turn.read(evergreen.listing)
    await show(event, screens.listing(view, turn.actor.person.zone, turn.now, turn.words))


@router.callback_query(EvergreenButton.filter(F.verb.in_({"list", "more"})), flags=EVERGREEN)
async def turn_page(query: CallbackQuery, callback_data: EvergreenButton, turn: Turn) -> None:
    view = await turn.read(evergreen.listing, callback_data.page, marked=callback_data.verb == "list")
    await show(query, screens.listing(view, turn.actor.person.zone, turn.now, turn.words))


@router.callback_query(EvergreenButton.filter(F.verb == "open"), flags=EVERGREEN)
async def text(query: CallbackQuery, callback_data: EvergreenButton, turn: Turn) -> None:
    """Below: the card of a decision stays as it is."""
    await send(query, screens.text(await turn.read(evergreen.look, callback_data.id), turn.words))


@router.callback_query(EvergreenButton.filter(F.verb == "set"), flags=EVERGREEN)
async def mark(query: CallbackQuery, callback_data: EvergreenButton, turn: Turn) -> None:
    cb = callback_data
    sheet = await turn.run(evergreen.mark, cb.id, cb.version, cb.days or None, now=turn.now)
    await show(query, screens.text(sheet, turn.words, screens.marked(sheet, turn.words)))
