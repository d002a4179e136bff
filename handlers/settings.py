"""Language, clock and hours."""

from datetime import time

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from domain.errors import Invalid
from domain.people import Person
from domain.rights import Action
from domain.usecases import availability, settings
from handlers.access import needs
from handlers.filters import Private
from handlers.screens import settings as screens
from handlers.screens.availability import look_at_hours
from handlers.screens.base import lines
from handlers.screens.nav import Go
from handlers.screens.settings import SettingsButton, from_value
from handlers.show import show
from handlers.turn import Turn
from texts.words import words_for

router = Router(name="settings")
router.message.filter(Private())


@router.message(Command("settings"), flags=needs(Action.SETTINGS))
@router.callback_query(Go.filter(F.to == "settings"), flags=needs(Action.SETTINGS))
async def overview(event: Message | CallbackQuery, turn: Turn) -> None:
    actor = await turn.member()
    await show(event, screens.overview(actor.person, turn.words, turn.now))


def _clock(data: SettingsButton) -> time:
    try:
        return from_value(data.value)
    except (ValueError, OverflowError):
        raise Invalid from None


async def _outside(turn: Turn, person: Person) -> Markup | None:
    """Posts that the change left outside the person's hours."""
    return look_at_hours(await turn.read(availability.look_as, person, now=turn.now), turn.words)


async def _changed(query: CallbackQuery, person: Person, turn: Turn, line: Markup) -> None:
    await show(query, screens.overview(person, words_for(person.language), turn.now, line))


@router.callback_query(SettingsButton.filter(F.verb == "langs"), flags=needs(Action.SETTINGS))
async def languages(query: CallbackQuery, turn: Turn) -> None:
    await turn.member()
    await show(query, screens.languages(turn.words))


@router.callback_query(SettingsButton.filter(F.verb == "lang"), flags=needs(Action.SETTINGS))
async def language(query: CallbackQuery, callback_data: SettingsButton, turn: Turn) -> None:
    person = await turn.run(settings.change_language, callback_data.value, now=turn.now)
    words = words_for(person.language)
    await _changed(query, person, turn, words("✓ I speak English with you now."))


@router.callback_query(SettingsButton.filter(F.verb == "zones"), flags=needs(Action.SETTINGS))
async def zones(query: CallbackQuery, callback_data: SettingsButton, turn: Turn) -> None:
    own = (await turn.member()).person.zone
    known = await turn.db.read(settings.list_zones, now=turn.now, own=own)
    await show(query, screens.zones(known, own, callback_data.page, turn.words, turn.now))


@router.callback_query(SettingsButton.filter(F.verb == "zone"), flags=needs(Action.SETTINGS))
async def zone(query: CallbackQuery, callback_data: SettingsButton, turn: Turn) -> None:
    person = await turn.run(settings.change_zone, callback_data.value, now=turn.now)
    await _changed(query, person, turn, lines(turn.words("✓ The time zone is changed."), await _outside(turn, person)))


@router.callback_query(SettingsButton.filter(F.verb == "digests"), flags=needs(Action.SETTINGS))
async def digests(query: CallbackQuery, turn: Turn) -> None:
    await show(query, screens.digests((await turn.member()).person, turn.words))


@router.callback_query(SettingsButton.filter(F.verb == "digest"), flags=needs(Action.SETTINGS))
async def digest(query: CallbackQuery, callback_data: SettingsButton, turn: Turn) -> None:
    person = await turn.run(settings.change_digest, _clock(callback_data), now=turn.now)
    line = turn.words("✓ The day's tasks will come at {time}.", time=f"{person.digest_at:%H:%M}")
    await _changed(query, person, turn, line)


@router.callback_query(SettingsButton.filter(F.verb == "quiets"), flags=needs(Action.SETTINGS))
async def quiets(query: CallbackQuery, turn: Turn) -> None:
    await show(query, screens.quiets((await turn.member()).person, turn.words))


@router.callback_query(SettingsButton.filter(F.verb.in_({"quiet_from", "quiet_to"})), flags=needs(Action.SETTINGS))
async def quiet(query: CallbackQuery, callback_data: SettingsButton, turn: Turn) -> None:
    """One end at a time: the screen stays open for the other."""
    at = _clock(callback_data)
    start, end = (at, None) if callback_data.verb == "quiet_from" else (None, at)
    person = await turn.run(settings.change_quiet, now=turn.now, start=start, end=end)
    await show(query, screens.quiets(person, turn.words, await _outside(turn, person)))


@router.callback_query(SettingsButton.filter(F.verb == "loud"), flags=needs(Action.SETTINGS))
async def loud(query: CallbackQuery, turn: Turn) -> None:
    person = await turn.run(settings.no_quiet, now=turn.now)
    await _changed(query, person, turn, turn.words("✓ There are no quiet hours now."))
