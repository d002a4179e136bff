"""/hours: when somebody posts; and "can't today"."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeVar

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from domain.errors import NotFound
from domain.people import Person
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import availability
from domain.usecases.availability import DAYS_TEXT, HOURS_TEXT, HoursView
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.screens import availability as screens
from handlers.screens.availability import HoursButton
from handlers.screens.base import Screen
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn
from texts.words import Words

T = TypeVar("T")

router = Router(name="availability")
router.message.filter(Private())

HOURS = needs(Action.HOURS)

_SCREENS: dict[str, Callable[[HoursView, Person, Words], Screen]] = {
    "hours": screens.hours,
    "weekdays": screens.weekdays,
    "caps": lambda view, _, w: screens.caps(view, w),
    "leads": lambda view, _, w: screens.leads(view, w),
    "nags": lambda view, _, w: screens.reminders(view, w),
    "nights": screens.nights,
    "days": screens.days,
}
_NUMBERS: dict[str, Callable[..., Awaitable[HoursView]]] = {
    "cap": availability.set_daily_cap,
    "lead": availability.set_lead,
    "nag": availability.set_reminders,
}


@router.message(Command("hours"), flags=HOURS)
@router.callback_query(Go.filter(F.to == "hours"), flags=HOURS)
async def overview(event: Message | CallbackQuery, turn: Turn) -> None:
    await show(event, _overview(turn, await turn.read(availability.look, now=turn.now)))


@router.callback_query(HoursButton.filter(F.verb.in_(set(_SCREENS))), flags=HOURS)
async def part(query: CallbackQuery, callback_data: HoursButton, turn: Turn) -> None:
    view = await turn.read(availability.look, now=turn.now)
    await show(query, _SCREENS[callback_data.verb](view, turn.actor.person, turn.words))


# --- hours and weekdays: the screen stays open for more ---------------------------------------------------------------


@router.callback_query(HoursButton.filter(F.verb == "stretch"), flags=HOURS)
async def stretch(query: CallbackQuery, callback_data: HoursButton, turn: Turn) -> None:
    window = _read(screens.stretch, callback_data.value)
    view = await turn.run(availability.set_window, window, on=bool(callback_data.on), now=turn.now)
    await show(query, screens.hours(view, turn.actor.person, turn.words))


@router.callback_query(HoursButton.filter(F.verb == "all"), flags=HOURS)
async def all_day(query: CallbackQuery, turn: Turn) -> None:
    view = await turn.run(availability.set_all_day, now=turn.now)
    await show(query, screens.hours(view, turn.actor.person, turn.words))


@router.callback_query(HoursButton.filter(F.verb == "type"), flags=HOURS)
async def type_hours(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(availability.ask_for, HOURS_TEXT, now=turn.now)
    await show(query, screens.type_hours(turn.words))


@router.message(Expecting(HOURS_TEXT), flags=HOURS)
async def typed_hours(message: Message, turn: Turn, expectation: Expectation) -> None:  # noqa: ARG001 - the filter hands it over
    view = await turn.run(availability.write_hours, message.text or "", now=turn.now)
    await show(message, screens.hours(view, turn.actor.person, turn.words))


@router.callback_query(HoursButton.filter(F.verb == "weekday"), flags=HOURS)
async def weekday(query: CallbackQuery, callback_data: HoursButton, turn: Turn) -> None:
    number = _read(int, callback_data.value)
    view = await turn.run(availability.set_weekday, number, on=bool(callback_data.on), now=turn.now)
    await show(query, screens.weekdays(view, turn.actor.person, turn.words))


# --- numbers, quiet hours ---------------------------------------------------------------------------------------------


@router.callback_query(HoursButton.filter(F.verb.in_(set(_NUMBERS))), flags=HOURS)
async def number(query: CallbackQuery, callback_data: HoursButton, turn: Turn) -> None:
    chosen = _read(int, callback_data.value) if callback_data.value else None
    view = await turn.run(_NUMBERS[callback_data.verb], chosen, now=turn.now)
    await show(query, _overview(turn, view))


@router.callback_query(HoursButton.filter(F.verb == "night"), flags=HOURS)
async def night(query: CallbackQuery, callback_data: HoursButton, turn: Turn) -> None:
    view = await turn.run(availability.set_at_night, on=bool(callback_data.on), now=turn.now)
    await show(query, screens.nights(view, turn.actor.person, turn.words))


# --- days off ---------------------------------------------------------------------------------------------------------


@router.callback_query(HoursButton.filter(F.verb == "day"), flags=HOURS)
async def day(query: CallbackQuery, callback_data: HoursButton, turn: Turn) -> None:
    chosen, on = _read(date.fromisoformat, callback_data.value), bool(callback_data.on)
    done = await turn.run(availability.set_day_off, chosen, on=on, now=turn.now, rules=turn.settings.plan)
    came = screens.back_line(done.returned, done.gone, turn.words) if done.returned or done.gone else None
    await show(query, screens.days(done.view, turn.actor.person, turn.words, came))


@router.callback_query(HoursButton.filter(F.verb == "dates"), flags=HOURS)
async def type_days(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(availability.ask_for, DAYS_TEXT, now=turn.now)
    await show(query, screens.type_days(turn.words))


@router.message(Expecting(DAYS_TEXT), flags=HOURS)
async def typed_days(message: Message, turn: Turn, expectation: Expectation) -> None:  # noqa: ARG001 - the filter hands it over
    view = await turn.run(availability.write_days_off, message.text or "", now=turn.now)
    await show(message, screens.days(view, turn.actor.person, turn.words))


@router.callback_query(HoursButton.filter(F.verb == "today"), flags=HOURS)
async def not_today(query: CallbackQuery, callback_data: HoursButton, turn: Turn) -> None:
    """A screen of another day says nothing about today: it is drawn anew."""
    if _read(date.fromisoformat, callback_data.value) != (await turn.member()).person.local(turn.now).date():
        await show(query, _overview(turn, await turn.read(availability.look, now=turn.now)))
        return
    done = await turn.run(availability.not_today, now=turn.now, rules=turn.settings.plan)
    view = await turn.read(availability.look, now=turn.now)
    await show(query, _overview(turn, view, screens.day_off(done.day, done.posts, turn.words)))


@router.callback_query(HoursButton.filter(F.verb == "back"), flags=HOURS)
async def after_all(query: CallbackQuery, callback_data: HoursButton, turn: Turn) -> None:
    chosen = _read(date.fromisoformat, callback_data.value)
    done = await turn.run(availability.after_all, chosen, now=turn.now, rules=turn.settings.plan)
    await show(query, _overview(turn, done.view, screens.back_line(done.returned, done.gone, turn.words)))


# --- what they have already -------------------------------------------------------------------------------------------


@router.callback_query(HoursButton.filter(F.verb == "keep"), flags=HOURS)
async def keep(query: CallbackQuery, callback_data: HoursButton, turn: Turn) -> None:
    view = await turn.run(availability.keep, callback_data.mark, now=turn.now)
    await show(query, _overview(turn, view, screens.kept(turn.words)))


@router.callback_query(HoursButton.filter(F.verb == "pass"), flags=HOURS)
async def pass_on(query: CallbackQuery, callback_data: HoursButton, turn: Turn) -> None:
    done = await turn.run(availability.pass_on, callback_data.mark, now=turn.now, rules=turn.settings.plan)
    line = screens.passed_on(done.posts, turn.words) if done.posts else None
    await show(query, _overview(turn, done.view, line))


def _overview(turn: Turn, view: HoursView, line: Markup | None = None) -> Screen:
    return screens.overview(view, turn.actor.person, turn.words, line)


def _read(kind: Callable[[str], T], value: str) -> T:
    """What a button says; NotFound when no button of ours does."""
    try:
        return kind(value)
    except ValueError:
        raise NotFound("button") from None
