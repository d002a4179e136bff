"""/hours: when somebody posts, their limits and days off, and what they have already."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.assignments import view as post
from bot.gallery.samples.data import LONG, ODD, TODAY, person
from domain.availability import MIDNIGHT, Availability
from domain.norms import Window
from domain.usecases.availability import HoursView
from handlers.screens import availability, settings
from texts.words import Words

chapter = Chapter("When I post")

ANNA = person()
LOUD = replace(ANNA, quiet_from=time(8), quiet_to=time(8))
MORNING, EVENING = Window(time(9), time(12)), Window(time(18), time(21))
NOTHING = HoursView(Availability(1), TODAY)
DECLARED = HoursView(
    Availability(
        1,
        (MORNING, EVENING),
        frozenset({1, 3, 5}),
        frozenset(TODAY + timedelta(days=n) for n in (0, 2, 3)),
        2,
        timedelta(minutes=90),
        True,
        3,
    ),
    TODAY,
)
MANY_DAYS = replace(NOTHING, declared=Availability(1, days_off=frozenset(date(2026, 9, day) for day in range(8, 31))))
ONE = replace(DECLARED, outside=(post(at=400),))
MANY = replace(DECLARED, outside=tuple(post(at=60 * n, page=LONG if n % 2 else ODD) for n in range(1, 10)))
NIGHT = HoursView(Availability(1, (MORNING, Window(time(18), MIDNIGHT))), TODAY)


@chapter.shows(
    availability.overview,
    availability.look_at_hours,
    availability.back_again,
    availability.passed_on,
    availability.kept,
    availability.day_off,
    availability.back_line,
)
def overview(w: Words) -> Iterator[Take]:
    yield "Nothing declared", availability.overview(NOTHING, ANNA, w)
    yield "Everything declared, today is a day off", availability.overview(DECLARED, ANNA, w)
    yield "Many days off, no quiet hours", availability.overview(MANY_DAYS, LOUD, w)
    yield "One post outside", availability.overview(ONE, ANNA, w)
    yield "Many posts outside", availability.overview(MANY, ANNA, w)
    yield "Quiet hours left two outside", settings.quiets(ANNA, w, availability.look_at_hours(MANY, w))
    yield "Quiet hours left one outside", settings.quiets(ANNA, w, availability.look_at_hours(ONE, w))
    for title, line in (
        ("Passed on", availability.passed_on(2, w)),
        ("Kept", availability.kept(w)),
        ("Can't today", availability.day_off(TODAY, 0, w)),
        ("Can't today, two posts", availability.day_off(TODAY, 2, w)),
        ("Back, everything is theirs again", availability.back_line((post(), post()), 0, w)),
        ("Back, one is with somebody else", availability.back_line((post(),), 1, w)),
    ):
        yield title, availability.overview(NOTHING, ANNA, w, line)


@chapter.shows(availability.hours, availability.type_hours, availability.weekdays)
def when(w: Words) -> Iterator[Take]:
    yield "All day", availability.hours(NOTHING, ANNA, w)
    yield "Two windows", availability.hours(DECLARED, ANNA, w)
    yield "Partly in quiet hours", availability.hours(NIGHT, ANNA, w)
    yield "A post falls outside", availability.hours(ONE, ANNA, w)
    yield "Typed", availability.type_hours(w)
    yield "Weekdays", availability.weekdays(DECLARED, ANNA, w)


@chapter.shows(availability.caps, availability.leads, availability.reminders)
def limits(w: Words) -> Iterator[Take]:
    yield "Posts a day", availability.caps(NOTHING, w)
    yield "Reminder before a post", availability.leads(DECLARED, w)
    yield "Reminders a day", availability.reminders(DECLARED, w)


@chapter.shows(availability.nights)
def nights(w: Words) -> Iterator[Take]:
    yield "Not agreed", availability.nights(NOTHING, ANNA, w)
    yield "Agreed", availability.nights(DECLARED, ANNA, w)
    yield "No quiet hours", availability.nights(NOTHING, LOUD, w)


@chapter.shows(availability.days, availability.type_days)
def days(w: Words) -> Iterator[Take]:
    yield "None yet", availability.days(NOTHING, ANNA, w)
    yield "Many, also later ones", availability.days(MANY_DAYS, ANNA, w)
    yield "Posts on a day off", availability.days(MANY, ANNA, w)
    yield "One came back", availability.days(NOTHING, ANNA, w, availability.back_line((post(),), 0, w))
    yield "Typed", availability.type_days(w)
