"""Norms: the list, one page's, step by step, the preview; and the campaign's own calendar."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import CROWD, HTML_TITLE, LONG_TITLE, MANY_REGIONS, NOW, PAGES, TODAY, VK, ZONE
from domain.calendar_days import HOLIDAY, CalendarDay, DayState
from domain.norm_effects import DayEffect, of_day
from domain.norm_settings import NormSetting, SettingState
from domain.norms import Norm, Window
from domain.pages import Page, Region
from domain.peaks import peaks
from domain.people import EVERYWHERE
from domain.plan import Slot, SlotState
from domain.ports.norms import OwnNorm
from domain.rubrics import Rubric
from domain.usecases.calendar_days import Calendar, DayView, Places
from domain.usecases.norm_days import Effect
from domain.usecases.norms import NormLine, NormView
from handlers.screens import calendar_days as days
from handlers.screens import norm_words, norms
from texts.words import Words

chapter = Chapter("Norms")

DAY = timedelta(days=1)
MORNING, EVENING = Window(time(9), time(12)), Window(time(18), time(21, 30))
OLD = Norm(VK.code, (2,) * 7, (MORNING, EVENING), 120, 3)
NEW = Norm(VK.code, (2, 2, 2, 2, 2, 1, 0), (EVENING,), 90, 2)
FULL = replace(
    NEW,
    windows=(MORNING, Window(time(18), time(23, 59))),
    peaks=(Window(time(18), time(20)),),
    starts=TODAY + DAY,
    ends=date(2026, 10, 31),
    mix=(("news", 40), ("people", 30)),
    exceptions={TODAY + n * DAY: 0 for n in range(2, 12)},
    before=OLD,
)
RUBRICS = (Rubric("news", "News", "Новости", 40), Rubric("people", "Stories of people", "Истории людей", 30, 1))
WORKED = peaks({3: {19: 40}, 6: {38: 23}})
"""Evening posts had twice as much."""
OWN = OwnNorm(OLD, 3, by_hand=False, planned=None)


def _slot(number: int, hours: int, day: date = TODAY) -> Slot:
    at = NOW.replace(hour=hours - 3, minute=30) + (day - TODAY)
    return Slot(number, VK.code, day, at, SlotState.FILLED, None, 1, 1, None, 1)


TODAYS = (_slot(1, 10), _slot(2, 19), _slot(3, 20))


def _effect(norm: Norm, *slots: Slot, first: date = TODAY, people: tuple[str, ...] = ()) -> Effect:
    def day(n: int) -> DayEffect:
        here = [slot for slot in slots if slot.day == first + n * DAY]
        return of_day(norm, first + n * DAY, ZONE, here, NOW, lambda _, __: False)

    return Effect(tuple(day(n) for n in range(7)), people, frozenset({TODAY, TODAY + DAY}))


def _view(
    norm: Norm = NEW, *, page: Page = VK, state: SettingState = SettingState.OPEN, seen: int = 3, at_once: bool = False,
    effect: Effect | None = None,
) -> NormView:  # fmt: skip
    setting = NormSetting(5, 1, page.code, norm, seen, at_once, state, 2, NOW)
    return NormView(page, TODAY, OWN, setting, effect, RUBRICS, date(2026, 10, 31))


@chapter.shows(norms.norm_list)
def norm_list(w: Words) -> Iterator[Take]:
    lines = [NormLine(page, NEW if n else None) for n, page in enumerate(PAGES)]
    yield "/norm of a press secretary", norms.norm_list(lines, 0, w)
    yield "Nothing in their regions", norms.norm_list([], 0, w)


@chapter.shows(norms.card, norm_words.count)
def card(w: Words) -> Iterator[Take]:
    week = _effect(OLD, first=TODAY + DAY)
    yield "As the plan says it", norms.card(NormView(VK, TODAY, OWN, None, week, RUBRICS), w)
    own = OwnNorm(FULL, 4, by_hand=True, planned=OLD)
    page = replace(VK, title=HTML_TITLE)
    yield "Set in chat, from tomorrow", norms.card(NormView(page, TODAY, own, None, _effect(FULL), RUBRICS), w)
    yield "None yet", norms.card(NormView(VK, TODAY, None), w)
    told = NormView(VK, TODAY, OWN, None, week, RUBRICS, peaks=WORKED)
    yield "Evening posts did better", norms.card(told, w)


@chapter.shows(norms.steps, norms.step)
def steps(w: Words) -> Iterator[Take]:
    yield "Step by step", norms.steps(_view(), w)
    yield "Everything is said", norms.steps(_view(FULL), w)
    yield "Of the norm that begins later", norms.steps(replace(_view(FULL), old=replace(OWN, norm=FULL)), w)
    yield "From today", norms.steps(_view(at_once=True), w)
    others = {TODAY + n * DAY: n % 3 for n in range(1, 12)}
    yield "Many other days", norms.steps(_view(replace(NEW, exceptions=others)), w)
    for name in norms.STEPS:
        yield f"One step: {name}", norms.step(_view(), name, w)
    worked = replace(_view(OLD), peaks=WORKED)
    yield "One step: peak, with hours that worked", norms.step(worked, "peak", w)
    yield "A step of old: cancelled since", norms.step(_view(state=SettingState.DROPPED), "gap", w)


@chapter.shows(norms.preview)
def preview(w: Words) -> Iterator[Take]:
    tomorrow = _effect(NEW, first=TODAY + DAY)
    yield "From tomorrow", norms.preview(_view(effect=tomorrow), w)
    some = _effect(NEW, *TODAYS, people=("Анна Соколова", "Ким"))
    yield "At once: one stays, the past stays, one is taken out", norms.preview(_view(at_once=True, effect=some), w)
    crowd = tuple(person.name for person in CROWD[:30])
    many = _effect(replace(NEW, per_weekday=(0,) * 7), *TODAYS, people=crowd)
    yield "None at all, thirty people", norms.preview(_view(at_once=True, effect=many), w)
    tight = replace(NEW, per_weekday=(6, 3, 3, 3, 3, 3, 3), daily_cap=6)
    yield "More than fit", norms.preview(_view(tight, effect=_effect(tight, first=TODAY + DAY)), w)
    silent, over = (replace(one, added=()) for one in tomorrow.days[1:3])
    days = (tomorrow.days[0], replace(silent, silent=True), replace(over, closed=True), *tomorrow.days[3:])
    yield "A silence, and a day outside the campaign", norms.preview(_view(effect=replace(tomorrow, days=days)), w)
    keeps = _effect(OLD, _slot(1, 10, TODAY + DAY), _slot(2, 19, TODAY + DAY), first=TODAY + DAY)
    yield "Nothing changes", norms.preview(_view(OLD, effect=keeps), w)
    page = replace(VK, title=LONG_TITLE)
    yield "Everything is said", norms.preview(_view(FULL, page=page, effect=_effect(FULL, first=TODAY + DAY)), w)
    yield "Another was set meanwhile", norms.preview(_view(seen=2, effect=tomorrow), w)


@chapter.shows(norms.ended)
def ended(w: Words) -> Iterator[Take]:
    some = _effect(NEW, *TODAYS, people=("Анна Соколова",))
    saved = _view(state=SettingState.SAVED, effect=some)
    assert saved.setting is not None  # noqa: S101 - it is being set
    yield "Saved", norms.ended(replace(saved, setting=replace(saved.setting, replaced=OLD)), w)
    yield "Saved, the first one of the page", norms.ended(replace(saved, old=None), w)
    yield "Cancelled", norms.ended(_view(state=SettingState.DROPPED), w)


# -- the campaign's own calendar ----------------------------------------------------------------------------------------------

ENTRY = CalendarDay(7, "kazan", None, TODAY + DAY, TODAY + 3 * DAY, 0, "День города <Казань> & 🌳", 1)
REGIONS = tuple(Region(code, name, ZONE, (ZONE,)) for code, name in MANY_REGIONS.items())


@chapter.shows(days.calendar)
def calendar(w: Words) -> Iterator[Take]:
    saved = replace(ENTRY, state=DayState.SAVED)
    one = DayView(saved, "Казань")
    holiday = DayView(replace(saved, region=EVERYWHERE, last=saved.first, reason=HOLIDAY, posts=1), "")
    holidays = ((date(2026, 11, 4), date(2026, 11, 4)), (date(2027, 1, 1), date(2027, 1, 8)))
    yield "Two entries, two holidays ahead", days.calendar(Calendar((one, holiday), holidays, TODAY), 0, w)
    yield "Nothing in it", days.calendar(Calendar((), (), TODAY), 0, w)
    yield "Forty entries", days.calendar(Calendar((one, holiday) * 20, holidays * 4, TODAY), 2, w)


@chapter.shows(days.ask_dates, days.ask_reason, days.places)
def entry(w: Words) -> Iterator[Take]:
    yield "Which days?", days.ask_dates(w)
    yield "Why?", days.ask_reason(w)
    yield "Where, for a manager", days.places(Places(ENTRY, True, REGIONS, PAGES), 0, w)
    yield "Where, for a press secretary", days.places(Places(ENTRY, False, REGIONS[:1], PAGES[:3]), 0, w)


@chapter.shows(days.card, norm_words.span)
def day(w: Words) -> Iterator[Take]:
    yield "Two posts are taken out", days.card(DayView(ENTRY, "Казань", 2), w)
    yield "Of all pages", days.card(DayView(replace(ENTRY, region=EVERYWHERE, posts=2, reason=""), ""), w)
    yield "Nothing planned yet, of one page", days.card(DayView(replace(ENTRY, page=VK.code), LONG_TITLE, 0), w)
    yield "In the calendar", days.card(DayView(replace(ENTRY, state=DayState.SAVED), "Казань"), w)
    saved = replace(ENTRY, state=DayState.SAVED, region=EVERYWHERE)
    yield "In the calendar, set by others", days.card(DayView(saved, "", None, may_change=False), w)
    yield "Not in the calendar", days.card(DayView(replace(ENTRY, state=DayState.DROPPED), "Казань"), w)
