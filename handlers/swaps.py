"""Asking a named colleague to take a post or to exchange it, and their answer."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from domain.ports.record import Expectation
from domain.rights import Action
from domain.swaps import SwapClosed
from domain.usecases import swaps
from handlers.access import needs
from handlers.filters import Expecting
from handlers.screens import assignments as cards
from handlers.screens import swaps as screens
from handlers.screens.plain import as_plain
from handlers.screens.swap_buttons import SwapButton
from handlers.show import show, toast
from handlers.turn import Turn
from texts.errors import explain

router = Router(name="swaps")

SWAP = needs(Action.SWAP)
NAME_LIMIT = 60


@router.callback_query(SwapButton.filter(F.verb.in_({"who", "list"})), flags=SWAP)
async def whom(query: CallbackQuery, callback_data: SwapButton, turn: Turn) -> None:
    cb = callback_data
    found = await turn.read(swaps.choice, cb.id, cb.version, now=turn.now, rules=turn.settings.plan)
    await show(query, screens.whom(found, cb.page, turn.words, turn.now))


@router.callback_query(SwapButton.filter(F.verb == "name"), flags=SWAP)
async def ask_name(query: CallbackQuery, callback_data: SwapButton, turn: Turn) -> None:
    view = await turn.run(swaps.ask_name, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.ask_name(view, turn.words, turn.now))


@router.message(Expecting(swaps.NAME), F.text.len() <= NAME_LIMIT, flags=SWAP)
async def named(message: Message, expectation: Expectation, turn: Turn) -> None:
    """What is longer is no name but a post."""
    number, version = expectation.subject_id, expectation.version
    found = await turn.run(
        swaps.find_by_name, number, version, message.text or "", now=turn.now, rules=turn.settings.plan
    )
    await show(message, screens.whom(found, 0, turn.words, turn.now))


@router.callback_query(SwapButton.filter(F.verb == "terms"), flags=SWAP)
async def for_what(query: CallbackQuery, callback_data: SwapButton, turn: Turn) -> None:
    cb = callback_data
    found = await turn.read(swaps.terms, cb.id, cb.version, cb.person, now=turn.now, rules=turn.settings.plan)
    await show(query, screens.for_what(found, turn.words, turn.now))


@router.callback_query(SwapButton.filter(F.verb == "ask"), flags=SWAP)
async def ask(query: CallbackQuery, callback_data: SwapButton, turn: Turn) -> None:
    cb = callback_data
    view = await turn.run(
        swaps.ask, cb.id, cb.version, cb.person, cb.other or None, now=turn.now, rules=turn.settings.plan
    )
    await show(query, screens.waiting(view, turn.words, turn.now))


@router.callback_query(SwapButton.filter(F.verb == "undo"), flags=SWAP)
async def take_back(query: CallbackQuery, callback_data: SwapButton, turn: Turn) -> None:
    view = await turn.run(swaps.take_back, callback_data.id, callback_data.version, now=turn.now)
    await show(query, cards.control(view.mine, turn.words, turn.now))


@router.callback_query(SwapButton.filter(F.verb == "yes"), flags=SWAP)
async def agree(query: CallbackQuery, callback_data: SwapButton, turn: Turn) -> None:
    try:
        view = await turn.run(
            swaps.agree, callback_data.id, callback_data.version, now=turn.now, rules=turn.settings.plan
        )
    except SwapClosed as error:
        await _closed(query, turn, callback_data.id, error)
    else:
        await show(query, screens.outcome(view, turn.words, turn.now))


@router.callback_query(SwapButton.filter(F.verb == "no"), flags=SWAP)
async def refuse(query: CallbackQuery, callback_data: SwapButton, turn: Turn) -> None:
    try:
        view = await turn.run(swaps.refuse, callback_data.id, callback_data.version, now=turn.now)
    except SwapClosed as error:
        await _closed(query, turn, callback_data.id, error)
    else:
        await show(query, screens.outcome(view, turn.words, turn.now))


async def _closed(query: CallbackQuery, turn: Turn, swap_id: int, error: SwapClosed) -> None:
    """Why nothing follows, and the message without its buttons."""
    await toast(query, as_plain(explain(error, turn.words)), alert=True)
    view = await turn.read(swaps.asked_of_me, swap_id, error.state)
    await show(query, screens.outcome(view, turn.words, turn.now))
