"""/imprints, and approving again what a changed line brought back."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.rights import Action
from domain.usecases import imprints, relining
from domain.usecases.relining import OtherTexts
from handlers.access import needs
from handlers.screens import imprints as screens
from handlers.screens.imprints import ImprintButton
from handlers.screens.nav import Go
from handlers.screens.plain import as_plain
from handlers.show import show, toast
from handlers.turn import Turn
from texts.errors import explain

router = Router(name="imprints")


@router.message(Command("imprints"), flags=needs(Action.QUEUE))
@router.callback_query(Go.filter(F.to == "imprints"), flags=needs(Action.QUEUE))
async def overview(event: Message | CallbackQuery, turn: Turn) -> None:
    view = await turn.read(imprints.overview, now=turn.now)
    await show(event, screens.overview(view, turn.actor.person.local(turn.now).date(), turn.words))


@router.callback_query(ImprintButton.filter(F.verb == "list"), flags=needs(Action.QUEUE))
async def changed(query: CallbackQuery, turn: Turn) -> None:
    await show(query, screens.changed(await turn.read(imprints.waiting), turn.words))


@router.callback_query(ImprintButton.filter(F.verb == "look"), flags=needs(Action.QUEUE))
async def look(query: CallbackQuery, callback_data: ImprintButton, turn: Turn) -> None:
    await show(query, screens.look(await turn.read(imprints.waiting), callback_data.at, turn.words))


@router.callback_query(ImprintButton.filter(F.verb == "all"), flags=needs(Action.DRAFT_DECIDE))
async def approve_all(query: CallbackQuery, callback_data: ImprintButton, turn: Turn) -> None:
    """What waits may have changed since the button was drawn: then it is shown anew and nothing is approved."""
    try:
        result = await turn.run(relining.approve_all, callback_data.seen, now=turn.now)
    except OtherTexts as error:
        await toast(query, as_plain(explain(error, turn.words)), alert=True)
        await show(query, screens.changed(await turn.read(imprints.waiting), turn.words))
        return
    await show(query, screens.reapproved(result, turn.words))
