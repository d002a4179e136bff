"""/targets: the list, setting one's own by buttons or in one line, changing and closing it."""

from dataclasses import replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.awaited import could_be_line, could_be_reason
from domain.ports.record import Expectation
from domain.rights import Action
from domain.typed_targets import BadTarget, TargetIncomplete, TargetUnclear
from domain.usecases import targets
from handlers.access import needs
from handlers.filters import Expecting, Fits, Private
from handlers.screens import target_board as screens
from handlers.screens.nav import Go
from handlers.screens.target_board import TargetButton
from handlers.screens.targets import name_of
from handlers.show import show
from handlers.turn import Turn

router = Router(name="targets")
router.message.filter(Private())

SEE, SET = needs(Action.STATUS), needs(Action.TARGET_SET)


_A_LINE = Fits(could_be_line)


class TypedTarget(Expecting):
    """A text that answers the question for a target; a post sent meanwhile is none, though it has numbers in it."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        if not await _A_LINE(message):
            return False
        found = await super().__call__(message, turn)
        return found if found and await turn.read(targets.is_line, message.text or "", now=turn.now) else False


@router.message(Command("targets"), flags=SEE)
async def command(message: Message, command: CommandObject, turn: Turn) -> None:
    """With words behind it a target is read from them."""
    if command.args:
        await _write(message, command.args, turn, fresh=True)
        return
    await _board(message, turn, 0)


@router.callback_query(Go.filter(F.to == "targets"), flags=SEE)
async def go(query: CallbackQuery, turn: Turn) -> None:
    await _board(query, turn, 0)


@router.callback_query(TargetButton.filter(F.verb == "list"), flags=SEE)
async def board(query: CallbackQuery, callback_data: TargetButton, turn: Turn) -> None:
    await _board(query, turn, callback_data.n)


async def _board(event: Message | CallbackQuery, turn: Turn, page: int) -> None:
    view = await turn.read(targets.board, now=turn.now)
    await show(event, screens.board(view, page, turn.words))


@router.callback_query(TargetButton.filter(F.verb == "add"), flags=SET)
async def add(query: CallbackQuery, callback_data: TargetButton, turn: Turn) -> None:
    found = await turn.read(targets.places)
    await show(query, screens.where(found, callback_data.n, turn.words))


@router.callback_query(TargetButton.filter(F.verb == "where"), flags=SET)
async def nets(query: CallbackQuery, callback_data: TargetButton, turn: Turn) -> None:
    found = await turn.read(targets.places, callback_data.arg)
    await show(query, screens.nets(found, callback_data.arg, callback_data.n, turn.words))


@router.callback_query(TargetButton.filter(F.verb == "net"), flags=SET)
async def choose(query: CallbackQuery, callback_data: TargetButton, turn: Turn) -> None:
    await turn.run(targets.choose, callback_data.arg, callback_data.net, now=turn.now)
    await show(query, screens.ask_value(turn.words))


@router.message(TypedTarget(targets.LINE), flags=SET)
async def line(message: Message, turn: Turn) -> None:
    await _write(message, message.text or "", turn, fresh=False)


async def _write(message: Message, text: str, turn: Turn, *, fresh: bool) -> None:
    try:
        draft = await turn.run(targets.write, text, fresh=fresh, now=turn.now)
    except (BadTarget, TargetIncomplete, TargetUnclear) as error:
        # Nothing is asked after a command: the line to copy is one.
        raise (replace(error, line=f"/targets {error.line}") if fresh else error) from None
    await show(message, screens.preview(draft, turn.words))


@router.callback_query(TargetButton.filter(F.verb == "save"), flags=SET)
async def save(query: CallbackQuery, callback_data: TargetButton, turn: Turn) -> None:
    outlook = await turn.run(targets.save, callback_data.n, now=turn.now)
    await show(query, screens.card(outlook, turn.words, screens.is_saved(turn.words)))


@router.callback_query(TargetButton.filter(F.verb == "see"), flags=SET)
async def see(query: CallbackQuery, callback_data: TargetButton, turn: Turn) -> None:
    outlook = await turn.read(targets.see, callback_data.arg, now=turn.now)
    await show(query, screens.card(outlook, turn.words))


@router.callback_query(TargetButton.filter(F.verb == "change"), flags=SET)
async def change(query: CallbackQuery, callback_data: TargetButton, turn: Turn) -> None:
    await turn.run(targets.begin_change, callback_data.arg, now=turn.now)
    await show(query, screens.ask_value(turn.words))


@router.callback_query(TargetButton.filter(F.verb == "close"), flags=SET)
async def ask_close(query: CallbackQuery, callback_data: TargetButton, turn: Turn) -> None:
    target = await turn.run(targets.begin_close, callback_data.arg, now=turn.now)
    await show(query, screens.ask_reason(name_of(target, turn.words), turn.words))


@router.message(Expecting(targets.CLOSE), Fits(could_be_reason), flags=SET)
async def close(message: Message, expectation: Expectation, turn: Turn) -> None:
    view = await turn.run(targets.close, expectation.params, message.text or "", now=turn.now)
    await show(message, screens.board(view, 0, turn.words))
