"""/silence: what holds, announcing a mourning, and lifting by two people."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.people import EVERYWHERE
from domain.ports.record import Expectation
from domain.rights import Action, may
from domain.usecases import silence_desk, silence_lifts
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.screens import silences as screens
from handlers.screens.nav import Go
from handlers.screens.silences import SilenceButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="silences")
router.message.filter(Private())

SILENCE, LIFT = needs(Action.SILENCE), needs(Action.SILENCE_LIFT)


@router.message(Command("silence"), flags=SILENCE)
@router.callback_query(Go.filter(F.to == "silence"), flags=SILENCE)
@router.callback_query(SilenceButton.filter(F.verb == "open"), flags=SILENCE)
async def desk(event: Message | CallbackQuery, turn: Turn) -> None:
    view = await turn.read(silence_desk.desk, now=turn.now)
    await show(event, screens.desk(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(SilenceButton.filter(F.verb == "where"), flags=SILENCE)
async def where(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    view = await turn.read(silence_desk.desk, now=turn.now)
    await show(query, screens.where(view, _number(callback_data.arg), turn.words))


@router.callback_query(SilenceButton.filter(F.verb == "when"), flags=SILENCE)
async def when(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    _, name = await turn.read(silence_desk.find_region, callback_data.key)
    await show(query, screens.when(callback_data.key, name, turn.words))


@router.callback_query(SilenceButton.filter(F.verb == "days"), flags=SILENCE)
async def days(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    _, name = await turn.read(silence_desk.find_region, callback_data.key)
    await show(query, screens.days(callback_data.key, name, callback_data.arg, turn.words))


@router.callback_query(SilenceButton.filter(F.verb == "span"), flags=SILENCE)
async def span(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    start, _, count = callback_data.arg.partition("-")
    tomorrow = start == "tomorrow"
    name, starts, ends = await turn.run(
        silence_desk.prepare, callback_data.key, _number(count), tomorrow=tomorrow, now=turn.now
    )
    await show(query, screens.ask_reason(name, starts, ends, turn.words))


@router.message(Expecting(silence_desk.REASON), F.text, flags=SILENCE)
async def reason(message: Message, expectation: Expectation, turn: Turn) -> None:
    view = await turn.run(silence_desk.write, expectation.params, message.text or "", now=turn.now)
    await show(message, screens.mourning(view, turn.words))


@router.callback_query(SilenceButton.filter(F.verb == "announce"), flags=SILENCE)
async def announce(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    view = await turn.run(silence_desk.announce, callback_data.id, now=turn.now)
    await show(query, screens.mourning(view, turn.words))


# -- lifting ----------------------------------------------------------------------------------------------------------


@router.callback_query(SilenceButton.filter(F.verb == "see"), flags=SILENCE)
async def see(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    view, names = await turn.read(silence_desk.see, callback_data.id, now=turn.now)
    await show(query, screens.silence(view, names, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(SilenceButton.filter(F.verb == "region"), flags=LIFT)
async def region(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    view, names = await turn.read(silence_desk.see, callback_data.id, now=turn.now)
    everywhere = may(turn.actor, Action.SILENCE_LIFT, EVERYWHERE)
    await show(query, screens.region(view, names, everywhere, _number(callback_data.arg), turn.words))


@router.callback_query(SilenceButton.filter(F.verb == "hours"), flags=LIFT)
async def hours(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    _, name = await turn.read(silence_desk.find_region, callback_data.key)
    await show(query, screens.hours(callback_data.id, callback_data.key, name, turn.words))


@router.callback_query(SilenceButton.filter(F.verb == "lift"), flags=LIFT)
async def lift(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    count = _number(callback_data.arg)
    wish = await turn.run(silence_lifts.choose, callback_data.id, callback_data.key, count, now=turn.now)
    await show(query, screens.ask_lift_reason(wish, turn.words))


@router.message(Expecting(silence_lifts.REASON), F.text, flags=LIFT)
async def lift_reason(message: Message, expectation: Expectation, turn: Turn) -> None:
    view = await turn.run(silence_lifts.propose, expectation.params, message.text or "", now=turn.now)
    await show(message, screens.lift(view, turn.actor.id, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(SilenceButton.filter(F.verb == "look"), flags=LIFT)
async def look(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    view = await turn.read(silence_lifts.look, callback_data.id, now=turn.now)
    await show(query, screens.lift(view, turn.actor.id, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(SilenceButton.filter(F.verb == "yes"), flags=LIFT)
async def agree(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    view = await turn.run(silence_lifts.confirm, callback_data.id, now=turn.now)
    await show(query, screens.lift(view, turn.actor.id, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(SilenceButton.filter(F.verb == "no"), flags=LIFT)
async def refuse(query: CallbackQuery, callback_data: SilenceButton, turn: Turn) -> None:
    view = await turn.run(silence_lifts.drop, callback_data.id, now=turn.now)
    await show(query, screens.lift(view, turn.actor.id, turn.words, turn.actor.person.zone, turn.now))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
