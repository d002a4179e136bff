"""The reminder: one of its posts, and being reminded later."""

from datetime import UTC, datetime, timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery

from domain.errors import NotFound
from domain.reminders import SNOOZES, RemindersChanged
from domain.rights import Action
from domain.usecases import reminders
from handlers.access import needs
from handlers.screens import reminders as screens
from handlers.screens.reminders import ReminderButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="reminders")

OWN = needs(Action.ASSIGNMENT_ANSWER)


@router.callback_query(ReminderButton.filter(F.verb == "all"), flags=OWN)
async def everything(query: CallbackQuery, turn: Turn) -> None:
    live = await turn.read(reminders.look, now=turn.now)
    await show(query, screens.reminder(live, turn.words, turn.now))


@router.callback_query(ReminderButton.filter(F.verb == "one"), flags=OWN)
async def one(query: CallbackQuery, callback_data: ReminderButton, turn: Turn) -> None:
    """One that is done meanwhile: the list as it is now."""
    live = await turn.read(reminders.look, now=turn.now)
    line = live.line_of(callback_data.id)
    if line is None or len(live.lines) == 1:
        await show(query, screens.reminder(live, turn.words, turn.now))
    else:
        await show(query, screens.one(line, turn.words, turn.now))


@router.callback_query(ReminderButton.filter(F.verb == "in"), flags=OWN)
async def in_a_while(query: CallbackQuery, callback_data: ReminderButton, turn: Turn) -> None:
    for wait in SNOOZES:
        if (
            wait // timedelta(minutes=1) == callback_data.value
        ):  # a number made by hand may be too large for a timedelta
            await _snoozed(query, turn, callback_data.version, turn.now + wait)
            return
    raise NotFound("button")


@router.callback_query(ReminderButton.filter(F.verb == "at"), flags=OWN)
async def at(query: CallbackQuery, turn: Turn) -> None:
    live = await turn.read(reminders.look, now=turn.now)
    await show(query, screens.choose_moment(live, turn.words, turn.now))


@router.callback_query(ReminderButton.filter(F.verb == "set"), flags=OWN)
async def at_that_time(query: CallbackQuery, callback_data: ReminderButton, turn: Turn) -> None:
    try:
        moment = datetime.fromtimestamp(callback_data.value * 60, UTC)
    except (OverflowError, ValueError, OSError):
        raise NotFound("button") from None
    await _snoozed(query, turn, callback_data.version, moment)


async def _snoozed(query: CallbackQuery, turn: Turn, version: int, moment: datetime) -> None:
    try:
        live = await turn.run(reminders.snooze, version, moment, now=turn.now)
    except RemindersChanged:
        await show(query, screens.reminder(await turn.read(reminders.look, now=turn.now), turn.words, turn.now))
        raise
    await show(query, screens.reminder(live, turn.words, turn.now))


@router.callback_query(ReminderButton.filter(F.verb == "wake"), flags=OWN)
async def wake(query: CallbackQuery, turn: Turn) -> None:
    """The reminder comes as a new message; this one is it until then."""
    live = await turn.run(reminders.wake, now=turn.now)
    if not live.snoozed:
        await show(query, screens.reminder(live, turn.words, turn.now))
