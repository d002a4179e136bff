"""Fill-in masters: headquarters writes and sends them."""

from collections.abc import Awaitable

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.errors import NotFound
from domain.masters import MasterChanged
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import masters
from domain.usecases.masters import View
from domain.wordings import BadMaster
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.screens import masters as screens
from handlers.screens.base import Screen
from handlers.screens.masters import MasterButton
from handlers.screens.nav import Go
from handlers.show import show, toast
from handlers.turn import Turn

router = Router(name="masters")
router.message.filter(Private())

FILL = needs(Action.MASTER_FILL)
WRITE = needs(Action.MASTER_WRITE)


# --- lists -----------------------------------------------------------------------------------------------------------


@router.message(Command("masters"), flags=FILL)
@router.callback_query(Go.filter(F.to == "masters"), flags=FILL)
async def listing(event: Message | CallbackQuery, turn: Turn) -> None:
    view = await turn.read(masters.listing, now=turn.now)
    await show(event, screens.listing(view, 0, turn.words))


@router.callback_query(MasterButton.filter(F.verb == "list"), flags=FILL)
async def listing_page(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    view = await turn.read(masters.listing, now=turn.now)
    await show(query, screens.listing(view, number(callback_data.arg), turn.words))


@router.callback_query(MasterButton.filter(F.verb == "own"), flags=WRITE)
async def written(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    view = await turn.read(masters.written, now=turn.now)
    await show(query, screens.written(view, number(callback_data.arg), turn.words))


# --- writing ---------------------------------------------------------------------------------------------------------


@router.callback_query(MasterButton.filter(F.verb == "new"), flags=WRITE)
async def new(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(masters.begin, now=turn.now)
    await show(query, screens.ask(turn.words))


@router.callback_query(MasterButton.filter(F.verb == "text"), flags=WRITE)
async def change_text(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    cb = callback_data
    try:
        master = await turn.run(masters.ask_text, cb.id, cb.version, now=turn.now)
    except MasterChanged:
        await _as_it_stands(query, turn, cb)
    else:
        await show(query, screens.ask_new_text(master, turn.words))


@router.message(Expecting(masters.QUESTION), flags=WRITE)
async def text_asked_for(message: Message, turn: Turn, expectation: Expectation) -> None:
    if not message.text:
        raise BadMaster("empty")  # a picture, a voice: the text is still awaited
    view = await turn.run(masters.write, expectation.subject_id, message.text, now=turn.now)
    await show(message, _panel(turn, view))


@router.callback_query(MasterButton.filter(F.verb == "open"), flags=WRITE)
async def open_master(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    await show(query, _panel(turn, await turn.read(masters.view, callback_data.id)))


# --- pages and the end -----------------------------------------------------------------------------------------------


@router.callback_query(MasterButton.filter(F.verb.in_({"sets", "places", "place", "until"})), flags=WRITE)
async def choose(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    """Screens on which something can be chosen; nothing changes yet."""
    cb, w = callback_data, turn.words
    view = await turn.read(masters.view, cb.id)
    if cb.verb == "sets":
        screen = screens.sets(view, w)
    elif cb.verb == "places":
        screen = screens.places(view, number(cb.arg), w)
    elif cb.verb == "place":
        key, _, page = cb.arg.partition(".")
        screen = screens.place_pages(view, key, number(page), w)
    else:
        screen = screens.until(view, turn.actor.person, turn.now, w)
    await show(query, screen)


@router.callback_query(MasterButton.filter(F.verb == "set"), flags=WRITE)
async def toggle_set(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    cb = callback_data
    view = await _changed(query, turn, cb, turn.run(masters.toggle_set, cb.id, cb.version, cb.arg, now=turn.now))
    if view is not None:
        await show(query, screens.sets(view, turn.words))


@router.callback_query(MasterButton.filter(F.verb == "page"), flags=WRITE)
async def toggle_page(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    cb = callback_data
    view = await _changed(query, turn, cb, turn.run(masters.toggle_page, cb.id, cb.version, cb.arg, now=turn.now))
    if view is not None:
        key, page = screens.place_of(view, cb.arg)
        await show(query, screens.place_pages(view, key, page, turn.words))


@router.callback_query(MasterButton.filter(F.verb == "until!"), flags=WRITE)
async def set_closing(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    cb = callback_data
    await _then_panel(query, turn, cb, turn.run(masters.set_closing, cb.id, cb.version, cb.arg, now=turn.now))


# --- off to the regions ----------------------------------------------------------------------------------------------


@router.callback_query(MasterButton.filter(F.verb.in_({"send", "close", "drop"})), flags=WRITE)
async def ask_before(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    """What cannot be taken back is asked once more."""
    cb = callback_data
    view = await turn.read(masters.view, cb.id)
    if view.master.version != cb.version:
        await _as_it_stands(query, turn, cb)
        return
    ask = {"send": screens.confirm_send, "close": screens.confirm_close, "drop": screens.confirm_drop}[cb.verb]
    await show(query, ask(view, turn.words))


@router.callback_query(MasterButton.filter(F.verb == "send!"), flags=WRITE)
async def send(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    cb = callback_data
    await _then_panel(query, turn, cb, turn.run(masters.send, cb.id, cb.version, now=turn.now))


@router.callback_query(MasterButton.filter(F.verb == "close!"), flags=WRITE)
async def close(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    cb = callback_data
    await _then_panel(query, turn, cb, turn.run(masters.close, cb.id, cb.version, now=turn.now))


@router.callback_query(MasterButton.filter(F.verb == "drop!"), flags=WRITE)
async def drop(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    cb = callback_data
    try:
        await turn.run(masters.drop, cb.id, cb.version, now=turn.now)
    except MasterChanged:
        await _as_it_stands(query, turn, cb)
    else:
        await show(query, screens.dropped(turn.words))


# --- inside ----------------------------------------------------------------------------------------------------------


def number(arg: str) -> int:
    """A number in a button's argument; whatever else a client may send counts as 0."""
    return int(arg) if arg.isdecimal() and len(arg) < 10 else 0


def _panel(turn: Turn, view: View) -> Screen:
    return screens.panel(view, turn.actor.person.zone, turn.now, turn.words)


async def _changed(query: CallbackQuery, turn: Turn, cb: MasterButton, act: Awaitable[View]) -> View | None:
    """What a press changed; None when its button was old: then it shows how things stand now."""
    try:
        return await act
    except MasterChanged:
        await _as_it_stands(query, turn, cb)
        return None


async def _then_panel(query: CallbackQuery, turn: Turn, cb: MasterButton, act: Awaitable[View]) -> None:
    view = await _changed(query, turn, cb, act)
    if view is not None:
        await show(query, _panel(turn, view))


async def _as_it_stands(query: CallbackQuery, turn: Turn, cb: MasterButton) -> None:
    try:
        view = await turn.read(masters.view, cb.id)
    except NotFound:
        view = None
    await toast(query, screens.stale_toast(turn.words))
    if view is not None:
        await show(query, _panel(turn, view))
