"""/days: the campaign's own calendar."""

from datetime import date

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.calendar_days import DayGone, DayState
from domain.errors import NotFound
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import calendar_days as days
from domain.usecases.calendar_days import DayView
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.screens import calendar_days as screens
from handlers.screens.calendar_days import CalendarButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn

router = Router(name="calendar_days")
router.message.filter(Private())

NORM = needs(Action.NORM_SET)


@router.message(Command("days"), flags=NORM)
async def command(message: Message, command: CommandObject, turn: Turn) -> None:
    """Alone: what is ahead. With dates: an entry for them."""
    if not command.args:
        await _list(message, turn, 0)
        return
    await _entry(message, turn, await turn.run(days.typed, 0, command.args, now=turn.now))


@router.callback_query(Go.filter(F.to == "days"), flags=NORM)
async def first(query: CallbackQuery, turn: Turn) -> None:
    await _list(query, turn, 0)


@router.callback_query(CalendarButton.filter(F.verb == "list"), flags=NORM)
async def turn_over(query: CallbackQuery, callback_data: CalendarButton, turn: Turn) -> None:
    await _list(query, turn, callback_data.at)


async def _list(event: Message | CallbackQuery, turn: Turn, at: int) -> None:
    view = await turn.read(days.calendar, turn.settings.work.is_holiday, now=turn.now)
    await show(event, screens.calendar(view, at, turn.words))


async def _entry(event: Message | CallbackQuery, turn: Turn, view: DayView) -> None:
    """Where it holds is asked first; then, and once it has ended, it can be looked at as a whole."""
    if view.entry.region or view.entry.state is not DayState.OPEN:
        await show(event, screens.card(view, turn.words))
    else:
        await show(event, screens.places(await turn.read(days.places, view.entry.id), 0, turn.words))


@router.callback_query(CalendarButton.filter(F.verb.in_({"new", "why"})), flags=NORM)
async def ask(query: CallbackQuery, callback_data: CalendarButton, turn: Turn) -> None:
    await turn.run(days.ask, callback_data.id, now=turn.now)
    await show(query, screens.ask_reason(turn.words) if callback_data.id else screens.ask_dates(turn.words))


@router.message(Expecting(days.TEXT), F.text, flags=NORM)
async def typed(message: Message, expectation: Expectation, turn: Turn) -> None:
    entry = int(expectation.params["entry"])
    await _entry(message, turn, await turn.run(days.typed, entry, message.text or "", now=turn.now))


@router.callback_query(CalendarButton.filter(F.verb == "holiday"), flags=NORM)
async def holiday(query: CallbackQuery, callback_data: CalendarButton, turn: Turn) -> None:
    start, _, end = callback_data.arg.partition(".")
    try:
        span = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        raise NotFound("button") from None
    await _entry(query, turn, await turn.run(days.holiday, *span, now=turn.now))


@router.callback_query(CalendarButton.filter(F.verb == "see"), flags=NORM)
async def see(query: CallbackQuery, callback_data: CalendarButton, turn: Turn) -> None:
    await _entry(query, turn, await turn.read(days.see, callback_data.id, now=turn.now))


@router.callback_query(CalendarButton.filter(F.verb == "where"), flags=NORM)
async def where(query: CallbackQuery, callback_data: CalendarButton, turn: Turn) -> None:
    view = await turn.read(days.places, callback_data.id)
    await show(query, screens.places(view, callback_data.at, turn.words))


@router.callback_query(CalendarButton.filter(F.verb.in_({"place", "posts", "save", "drop", "out"})), flags=NORM)
async def change(query: CallbackQuery, callback_data: CalendarButton, turn: Turn) -> None:
    try:
        view = await _changed(callback_data, turn)
    except DayGone:  # an old or doubled tap gets it as it stands
        view = await turn.read(days.see, callback_data.id, now=turn.now)
    await _entry(query, turn, view)


async def _changed(cb: CalendarButton, turn: Turn) -> DayView:
    match cb.verb:
        case "place":
            return await turn.run(days.place, cb.id, cb.version, cb.arg, now=turn.now)
        case "posts":
            if not cb.arg.isdecimal() or int(cb.arg) > screens.MOST:
                raise NotFound("button")
            return await turn.run(days.posts, cb.id, cb.version, int(cb.arg), now=turn.now)
        case "save":
            return await turn.run(days.save, cb.id, cb.version, now=turn.now)
        case "out":
            return await turn.run(days.remove, cb.id, cb.version, now=turn.now)
        case _:
            return await turn.run(days.drop, cb.id, cb.version, now=turn.now)
