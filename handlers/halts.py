"""/stop: halting a page, a region or everything, and letting it go on."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.halts import HaltReason
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import halts
from handlers.access import needs
from handlers.filters import Expecting, Private, chosen
from handlers.screens import halts as screens
from handlers.screens.halts import HaltButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn

router = Router(name="halts")
router.message.filter(Private())

STOP = needs(Action.HALT)


@router.message(Command("stop"), flags=STOP)
@router.callback_query(Go.filter(F.to == "stop"), flags=STOP)
@router.callback_query(HaltButton.filter(F.verb == "open"), flags=STOP)
async def desk(event: Message | CallbackQuery, turn: Turn) -> None:
    view = await turn.read(halts.desk)
    await show(event, screens.desk(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(HaltButton.filter(F.verb == "regions"), flags=STOP)
async def regions(query: CallbackQuery, callback_data: HaltButton, turn: Turn) -> None:
    await show(query, screens.regions(await turn.read(halts.desk), _page(callback_data), turn.words))


@router.callback_query(HaltButton.filter(F.verb == "pages"), flags=STOP)
async def pages(query: CallbackQuery, callback_data: HaltButton, turn: Turn) -> None:
    await show(query, screens.pages(await turn.read(halts.desk), _page(callback_data), turn.words))


@router.callback_query(HaltButton.filter(F.verb == "pick"), flags=STOP)
async def pick(query: CallbackQuery, callback_data: HaltButton, turn: Turn) -> None:
    _, title, region_name, work = await turn.read(halts.choose, callback_data.scope)
    await show(query, screens.why(callback_data.scope, title, region_name, work, turn.words))


@router.callback_query(HaltButton.filter(F.verb == "why"), flags=STOP)
async def stop(query: CallbackQuery, callback_data: HaltButton, turn: Turn) -> None:
    """The tap on the reason is the stop."""
    reason = chosen(HaltReason, callback_data.arg)
    view = await turn.run(halts.stop, callback_data.scope, reason, now=turn.now)
    await show(query, screens.stopped(view, turn.words, turn.actor.person.zone, turn.now))


@router.message(Expecting(halts.NOTE), F.text, flags=STOP)
async def note(message: Message, expectation: Expectation, turn: Turn) -> None:
    view = await turn.run(halts.note, expectation.subject_id, message.text or "", now=turn.now)
    await show(message, screens.stopped(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(HaltButton.filter(F.verb == "see"), flags=STOP)
async def see(query: CallbackQuery, callback_data: HaltButton, turn: Turn) -> None:
    view = await turn.read(halts.look, callback_data.id)
    await show(query, screens.state(view, turn.actor.id, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(HaltButton.filter(F.verb == "resume"), flags=needs(Action.HALT_RESUME))
async def resume(query: CallbackQuery, callback_data: HaltButton, turn: Turn) -> None:
    view = await turn.run(halts.resume, callback_data.id, now=turn.now)
    await show(query, screens.state(view, turn.actor.id, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(HaltButton.filter(F.verb == "no"), flags=needs(Action.HALT_RESUME))
async def take_back(query: CallbackQuery, callback_data: HaltButton, turn: Turn) -> None:
    view = await turn.run(halts.take_back, callback_data.id, now=turn.now)
    await show(query, screens.state(view, turn.actor.id, turn.words, turn.actor.person.zone, turn.now))


def _page(cb: HaltButton) -> int:
    return int(cb.arg) if cb.arg.isdecimal() else 0
