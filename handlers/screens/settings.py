"""Language, clock and hours of one person: each changed by a tap, the result stands in the same message."""

from collections.abc import Sequence
from datetime import datetime, time

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.people import Person
from handlers.screens.base import Row, Screen, button, grid, lines, paragraphs
from handlers.screens.desk_talk import TalkButton
from handlers.screens.join import LANGUAGE_NAMES
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go, home
from texts.words import Words

DIGEST_HOURS = tuple(time(hour, minute) for hour in range(5, 12) for minute in (0, 30))
QUIET_FROM = tuple(time(hour) for hour in (18, 19, 20, 21, 22, 23, 0, 1))
QUIET_TO = (time(5), time(6), time(7), time(7, 30), time(8), time(9), time(10), time(11))


class SettingsButton(CallbackData, prefix="s"):
    """`verb`: langs, lang, zones, zone, digests, digest, quiets, quiet_from, quiet_to, loud. `value`: a language, a zone or 0830."""

    verb: str
    value: str = ""
    page: int = 0


def as_value(clock: time) -> str:
    """08:30 → 0830 (a colon separates fields of a button)."""
    return clock.strftime("%H%M")


def from_value(value: str) -> time:
    """0830 → 08:30; ValueError for anything else."""
    return time(int(value[:2]), int(value[2:]))


def overview(person: Person, w: Words, now: datetime, changed: Markup | None = None) -> Screen:
    """`changed`: what the last tap did."""
    quiet = f"{person.quiet_from:%H:%M}–{person.quiet_to:%H:%M}"
    silent = person.quiet_from != person.quiet_to
    text = lines(
        w("<b>Settings</b>"),
        w("Language: {language}", language=LANGUAGE_NAMES[w.language]),
        w("Time zone: {zone}, now {time}", zone=w.zone_name(person.zone, now), time=w.time(now, person.zone)),
        w("Morning digest: {time}", time=f"{person.digest_at:%H:%M}"),
        w("Quiet hours: {hours}", hours=quiet) if silent else w("No quiet hours are set."),
    )
    return Screen(
        paragraphs(changed, text, w("In quiet hours no task is given to you without your yes.") if silent else None),
        (
            (_go(w.plain("Language"), "langs"), _go(w.plain("Time zone"), "zones")),
            (_go(w.plain("Morning digest"), "digests"), _go(w.plain("Quiet hours"), "quiets")),
            (button(w.plain("When I post"), Go(to="hours")), button(w.plain("My calendar"), Go(to="feed"))),
            (button(w.plain("Weekly card"), TalkButton(verb="week")),),
            home(w),
        ),
    )


def languages(w: Words) -> Screen:
    buttons = [_choice(name, "lang", code, chosen=code == w.language) for code, name in LANGUAGE_NAMES.items()]
    return Screen(w("In which language shall I write?"), (tuple(buttons), _back(w)))


def zones(known: Sequence[str], own: str, page: int, w: Words, now: datetime) -> Screen:
    """`known`: from west to east, `own` among them."""
    rows = choices(
        known,
        lambda zone: _choice(f"{w.city(zone)}, {w.time(now, zone)}", "zone", zone, chosen=zone == own),
        page,
        lambda to: SettingsButton(verb="zones", page=to),
        width=2,
        size=12,
    )
    return Screen(w("Tap the city whose clock is yours."), (*rows, _back(w)))


def digests(person: Person, w: Words) -> Screen:
    buttons = [_choice(f"{at:%H:%M}", "digest", as_value(at), chosen=at == person.digest_at) for at in DIGEST_HOURS]
    text = w("When shall the day's tasks come in the morning? It is your local time.")
    return Screen(text, (*grid(buttons, 4), _back(w)))


def quiets(person: Person, w: Words, changed: Markup | None = None) -> Screen:
    """Two rows of hours: from, then to."""
    silent = person.quiet_from != person.quiet_to
    start = [
        _choice(f"{at:%H:%M}", "quiet_from", as_value(at), chosen=silent and at == person.quiet_from)
        for at in QUIET_FROM
    ]
    end = [_choice(f"{at:%H:%M}", "quiet_to", as_value(at), chosen=silent and at == person.quiet_to) for at in QUIET_TO]
    now = (
        w("Now: from {start} to {end}.", start=f"{person.quiet_from:%H:%M}", end=f"{person.quiet_to:%H:%M}")
        if silent
        else w("Now: no quiet hours.")
    )
    text = paragraphs(
        changed,
        w("<b>Quiet hours</b>, your local time. The upper hours are the beginning, the lower ones the end."),
        now,
    )
    loud = (button(w.plain("No quiet hours"), SettingsButton(verb="loud")),)
    return Screen(text, (*grid(start, 4), *grid(end, 4), loud, _back(w)))


def _go(label: str, verb: str) -> InlineKeyboardButton:
    return button(label, SettingsButton(verb=verb))


def _choice(label: str, verb: str, value: str, *, chosen: bool) -> InlineKeyboardButton:
    return button(f"✓ {label}" if chosen else label, SettingsButton(verb=verb, value=value))


def _back(w: Words) -> Row:
    return (button(w.plain("‹ Back"), Go(to="settings")),)
