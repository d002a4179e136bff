"""An approver clears the fills of one master on one list."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from domain.masters import MasterChanged, NothingChosen
from domain.rights import Action
from domain.usecases import approvals
from domain.usecases import master_lists as lists
from handlers.access import needs
from handlers.masters import number
from handlers.post import Poster
from handlers.screens import master_lists as screens
from handlers.screens import masters as master_screens
from handlers.screens.base import Content
from handlers.screens.masters import MasterButton
from handlers.show import send, show, toast
from handlers.turn import Turn

router = Router(name="master_lists")

QUEUE = needs(Action.QUEUE)
DECIDE = needs(Action.DRAFT_DECIDE)


@router.callback_query(MasterButton.filter(F.verb == "look"), flags=QUEUE)
async def look_through(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    """Below the card, which stays as it is."""
    view = await turn.run(lists.look_through, callback_data.id, now=turn.now)
    await send(query, screens.fill_list(view, turn.words))


@router.callback_query(MasterButton.filter(F.verb == "whole"), flags=DECIDE)
async def whole_text(_: CallbackQuery, callback_data: MasterButton, turn: Turn, post: Poster) -> None:
    """The text as it will stand, byte for byte, below its card."""
    facts = await turn.read(approvals.card, callback_data.id, now=turn.now)
    await post.content(turn.visitor.telegram_id, (Content(facts.sheet.draft.text),))


@router.callback_query(MasterButton.filter(F.verb == "turn"), flags=QUEUE)
async def turn_page(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    view = await turn.read(lists.view, callback_data.id, number(callback_data.arg), now=turn.now)
    await show(query, screens.fill_list(view, turn.words))


@router.callback_query(MasterButton.filter(F.verb == "photos"), flags=QUEUE)
async def photos(query: CallbackQuery, callback_data: MasterButton, turn: Turn, post: Poster) -> None:
    """The pictures, then the list again below them."""
    view, stored = await turn.read(lists.photos, callback_data.id, number(callback_data.arg), now=turn.now)
    await post.content(turn.visitor.telegram_id, screens.photos(view, stored, turn.bot.id, turn.words))
    await send(query, screens.fill_list(view, turn.words))


@router.callback_query(MasterButton.filter(F.verb == "out"), flags=QUEUE)
async def leave_out(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    cb = callback_data
    try:
        view = await turn.run(lists.toggle, cb.id, cb.version, number(cb.arg), now=turn.now)
    except MasterChanged:
        await _as_it_stands(query, turn, cb, 0)
    else:
        await show(query, screens.fill_list(view, turn.words))


@router.callback_query(MasterButton.filter(F.verb == "clear"), flags=DECIDE)
async def approve(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    cb, page, undo = callback_data, number(callback_data.arg), turn.settings.undo_seconds
    act = turn.run(lists.approve, cb.id, cb.version, page, undo_seconds=undo, now=turn.now)
    try:
        done = await act
    except (MasterChanged, NothingChosen):
        await _as_it_stands(query, turn, cb, page)
    else:
        await show(query, screens.fill_list(done.view, turn.words, screens.cleared_note(done, turn.words)))


@router.callback_query(MasterButton.filter(F.verb == "unclear"), flags=DECIDE)
async def undo(query: CallbackQuery, callback_data: MasterButton, turn: Turn) -> None:
    cb, page = callback_data, number(callback_data.arg)
    try:
        view = await turn.run(lists.undo_all, cb.id, cb.version, page, now=turn.now)
    except MasterChanged:
        await _as_it_stands(query, turn, cb, page)
    else:
        await show(query, screens.fill_list(view, turn.words))


async def _as_it_stands(query: CallbackQuery, turn: Turn, cb: MasterButton, page: int) -> None:
    """An old button: how the list stands now."""
    await toast(query, master_screens.stale_toast(turn.words))
    view = await turn.read(lists.view, cb.id, page, now=turn.now)
    await show(query, screens.fill_list(view, turn.words))
