"""Dates as people type them: "1 Oct", "с 1 по 31 октября", "01.10–31.10.2026", "tomorrow", "понедельник"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import Invalid

_BACK = timedelta(days=90)
"""A day without a year that is longer ago than this is meant for the year to come."""

_MONTHS = (
    ("jan", "янв"),
    ("feb", "фев"),
    ("mar", "мар"),
    ("apr", "апр"),
    ("may", "ма[йя]"),
    ("jun", "июн"),
    ("jul", "июл"),
    ("aug", "авг"),
    ("sep", "сен"),
    ("oct", "окт"),
    ("nov", "ноя"),
    ("dec", "дек"),
)
_WEEKDAYS = (
    ("mon", "пн|понедельник"),
    ("tue", "вт|вторник"),
    ("wed", "ср(?!едн)|сред"),
    ("thu", "чт|четверг"),
    ("fri", "пт|пятниц"),
    ("sat", "сб|суббот"),
    ("sun", "вск?|воскресен"),
)


_EN_TAIL = r"(?:uary|ruary|ch|il|e|y|ust|t(?:ember)?|ober|ember)?"
MONTH = (
    rf"(?:(?:{'|'.join(en for en, _ in _MONTHS)}){_EN_TAIL}(?![a-z])|(?:{'|'.join(ru for _, ru in _MONTHS)})[а-я]*)\.?"
)
WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?(?![a-z])"
    r"|(?:пн|вт|ср|чт|пт|сб|вск?)(?![а-я])|(?:понедельник|вторник|сред[аыуе]|четверг|пятниц|суббот|воскресень)[а-я]*)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|-?го|-?е)?"
_YEAR = r"(?:,?\s*\d{4}(?!\d)(?:\s*г(?:ода|\.)?)?)?"
_NAMED = rf"(?:{_DAY}\s*(?:of\s+)?{MONTH}|{MONTH}\s*{_DAY}(?!\s*[:\d])){_YEAR}"
_DOTTED = r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])(?:\.(?:\d{4}|\d{2}))?(?!\d)"
_ISO = r"\d{4}-\d{2}-\d{2}"
_SAID = r"(?:today|tomorrow|сегодня(?:шнего дня)?|завтра(?:шнего дня)?)(?![a-zа-я])"
DATE = rf"(?:{_ISO}|{_NAMED}|{_DOTTED}|{_SAID})"
TO = r"(?:\s*-\s*|\s+(?:to|till|until|through|до|по)\s+)"
SPAN = rf"(?:{DATE}{TO}{DATE}|{_DAY}{TO}{_DAY}\s*{MONTH}{_YEAR}|{MONTH}\s*{_DAY}\s*-\s*{_DAY}(?!\d))"
"""Of two days: with a month each, or with one month for both."""
BARE_SPAN = rf"(?:{DATE}{TO}{DATE}|{_DAY}\s*-\s*{_DAY}\s*{MONTH}{_YEAR}|{MONTH}\s*{_DAY}\s*-\s*{_DAY}(?!\d))"
"""Where a number before the word "until" would be something else."""


@dataclass(eq=False)
class BadDate(Invalid):
    """`text` is no day of the calendar."""

    text: str


@dataclass(eq=False)
class DatesCrossed(Invalid):
    """The last day lies before the first."""

    first: date
    last: date


def plain(text: str) -> str:
    """For matching: small letters, one kind of dash and space."""
    return one_line(text)[1]


def one_line(text: str) -> tuple[str, str]:
    """With single spaces, as written and for matching: both of one length, so that a place in one is that in the other."""
    whole = re.sub(r"\s+", " ", text).strip()
    low = "".join(char.lower() if len(char.lower()) == 1 else char for char in whole)
    return whole, low.replace("ё", "е").translate(_ONE)


_ONE: Mapping[int, str] = {ord(char): "-" for char in "‐‑‒–—−"} | {ord("\u00a0"): " ", ord("×"): "x", ord("，"): ","}


def weekday(word: str) -> int:
    """Monday is 0; of a word that `WEEKDAY` matches."""
    return next(n for n, pair in enumerate(_WEEKDAYS) if re.match("|".join(pair), word))


def read_date(text: str, today: date) -> date:
    """A day that `DATE` or `WEEKDAY` matches; the next such weekday from tomorrow on. Raises BadDate."""
    said = plain(text)
    if re.fullmatch(_SAID, said):
        return today + timedelta(days=said.startswith(("tom", "зав")))
    if re.fullmatch(WEEKDAY, said):
        return today + timedelta(days=(weekday(said) - today.weekday() - 1) % 7 + 1)
    if re.fullmatch(_ISO, said):
        return _date(text, *map(int, said.split("-")))
    if re.fullmatch(_DOTTED, said):
        day, month, *years = map(int, said.split("."))
        return _date(text, years[0] % 100 + 2000, month, day) if years else _near(text, month, day, today)
    if re.fullmatch(_NAMED, said):
        month = next(n for n, pair in enumerate(_MONTHS, 1) if re.search(rf"(?<![a-zа-я])(?:{'|'.join(pair)})", said))
        numbers = [int(number) for number in re.findall(r"\d+", said)]
        return _date(text, numbers[1], month, numbers[0]) if len(numbers) > 1 else _near(text, month, numbers[0], today)
    raise BadDate(text)


def read_span(text: str, today: date) -> tuple[date, date]:
    """First and last of days that `SPAN` or `DATE` matches. Raises BadDate, DatesCrossed."""
    said = plain(text)
    if re.fullmatch(DATE, said):
        return (day := read_date(said, today)), day
    for joint in re.finditer(TO, said):
        left, right = said[: joint.start()], said[joint.end() :]
        if re.fullmatch(_DAY, left) and (month := re.search(MONTH, right)):
            left = f"{left} {month[0]}"
        if re.fullmatch(_DAY, right) and (month := re.search(MONTH, left)):
            right = f"{right} {month[0]}"
        if re.fullmatch(DATE, left) and re.fullmatch(DATE, right):
            return _ordered(read_date(left, today), read_date(right, today))
    raise BadDate(text)


def _ordered(first: date, last: date) -> tuple[date, date]:
    if last < first and (last - first).days < -180:  # over the end of the year
        last = last.replace(year=last.year + 1)
    if last < first:
        raise DatesCrossed(first, last)
    return first, last


def _near(text: str, month: int, day: int, today: date) -> date:
    found = _date(text, today.year, month, day)
    return found if found >= today - _BACK else _date(text, today.year + 1, month, day)


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDate(text) from None
