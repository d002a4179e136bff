"""/export: choosing what the file shall hold, and asking for it."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.errors import NotFound
from domain.exports import PERIODIC, ExportFormat, ExportSubject, ExportWish
from domain.pages import region_by_key
from domain.rights import Action
from domain.usecases import exports
from domain.usecases.exports import ExportMenu
from handlers.access import needs
from handlers.filters import Private
from handlers.screens import exports as screens
from handlers.screens.exports import ExportButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn

router = Router(name="exports")
router.message.filter(Private())
_EXPORT = needs(Action.EXPORT)


def _wish(chosen: ExportButton, view: ExportMenu) -> ExportWish:
    """What the button says; a choice that is no more there becomes the usual one."""
    known = {span.code for span in view.spans}
    if chosen.fmt not in PERIODIC or (chosen.subject and chosen.subject not in set(ExportSubject)):
        raise NotFound("button")
    return ExportWish(
        format=ExportFormat(chosen.fmt),
        span=chosen.span if chosen.span in known else view.usual if view.usual in known else view.spans[-1].code,
        region=region_by_key(chosen.region, view.regions) if chosen.region else "",
        subject=chosen.subject if chosen.fmt == ExportFormat.CSV else "",
        comma=chosen.comma,
    )


async def _menu(event: Message | CallbackQuery, chosen: ExportButton, turn: Turn) -> None:
    view = await turn.read(exports.menu, now=turn.now)
    await show(event, screens.menu(view, _wish(chosen, view), turn.words))


@router.message(Command("export"), flags=_EXPORT)
async def command(message: Message, turn: Turn) -> None:
    await _menu(message, ExportButton(verb="menu"), turn)


@router.callback_query(Go.filter(F.to == "export"), flags=_EXPORT)
async def go(query: CallbackQuery, turn: Turn) -> None:
    await _menu(query, ExportButton(verb="menu"), turn)


@router.callback_query(ExportButton.filter(F.verb == "menu"), flags=_EXPORT)
async def menu(query: CallbackQuery, callback_data: ExportButton, turn: Turn) -> None:
    await _menu(query, callback_data, turn)


@router.callback_query(ExportButton.filter(F.verb == "spans"), flags=_EXPORT)
async def spans(query: CallbackQuery, callback_data: ExportButton, turn: Turn) -> None:
    view = await turn.read(exports.menu, now=turn.now)
    await show(query, screens.pick_span(view, _wish(callback_data, view), turn.words))


@router.callback_query(ExportButton.filter(F.verb == "regions"), flags=_EXPORT)
async def regions(query: CallbackQuery, callback_data: ExportButton, turn: Turn) -> None:
    view = await turn.read(exports.menu, now=turn.now)
    await show(query, screens.pick_region(view, _wish(callback_data, view), callback_data.n, turn.words))


@router.callback_query(ExportButton.filter(F.verb == "subjects"), flags=_EXPORT)
async def subjects(query: CallbackQuery, callback_data: ExportButton, turn: Turn) -> None:
    view = await turn.read(exports.menu, now=turn.now)
    await show(query, screens.pick_subject(_wish(callback_data, view), turn.words))


@router.callback_query(ExportButton.filter(F.verb == "make"), flags=_EXPORT)
async def make(query: CallbackQuery, callback_data: ExportButton, turn: Turn) -> None:
    view = await turn.read(exports.menu, now=turn.now)
    one = await turn.run(exports.ask, _wish(callback_data, view), now=turn.now)
    await show(query, screens.preparing(one, turn.words))
