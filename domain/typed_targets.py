"""A target as people type it: "kazan vk members 20000 15 Oct", "казань вк участники 20 тыс до 15 октября"."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches

from domain.awaited import SHORT, could_be_line
from domain.errors import Invalid
from domain.figure_words import FILLERS, Metric, metric_named
from domain.people import EVERYWHERE
from domain.platforms import Platform
from domain.typed_commitments import take_day
from domain.typed_dates import BadDate, one_line, plain, read_date
from domain.typed_figures import BadFigure, read_number

PLATFORM_WORDS: Mapping[Platform, str] = {
    Platform.VK: "vk|вк|вконтакте",
    Platform.OK: "ok|ок|одноклассники|odnoklassniki",
    Platform.X: "x|х|twitter|твиттер",
    Platform.TELEGRAM: "tg|тг|telegram|телеграм",
}
_ALL = re.compile(r"(?<!\w)(?:all|everywhere|все|всё|везде|вся кампания)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+\.?")
_UNITS = frozenset(("к", "k", "т", "тыс", "м", "m", "млн", "тысяч", "тысяча", "тысячи", "миллион", "миллиона"))


_NEGATIVE = re.compile(r"(?:^|(?<=\s))-\d\S*")
_PART = re.compile(r"\d+[.,]\d{1,2}")
_BEGINS = re.compile(r"\s*[-−–—]\s*\d[\d.,]*")
STRANGE = 2
"""So many words of an attempt at a target may be unknown: a name typed wrongly."""


_MARKS = " ,.;:=+!?"
_OWN = re.compile(r"(?<![\d.,])\d[\d.,]*\d|\d")
_LONGEST_NUMBER = 4
"""Words: "20 000 000 чел"."""
_LIKE, _FROM = 0.75, 4
"""How near a word must come to a name to be shown as meant, of 1, and its letters; it is only shown."""
AN_EXAMPLE, AHEAD = "20000", timedelta(days=30)
"""What a right line says where a number or a day was missing."""


@dataclass(eq=False)
class BadTarget(Invalid):
    """A target is a whole number from 1; `said`: what was typed instead (below nothing, 0, or 2.5). `line`: a right one."""

    said: str
    line: str = AN_EXAMPLE


@dataclass(eq=False)
class TargetIncomplete(Invalid):
    """A line lacks something: `lacks` is "value", "due" or "place". `line`: the same with it."""

    lacks: str
    line: str = AN_EXAMPLE


@dataclass(eq=False)
class TargetUnclear(Invalid):
    """`said`: the part of a line that says nothing known. `line`: a right one with what was understood."""

    said: str
    line: str = AN_EXAMPLE


@dataclass(eq=False)
class NoPageMetric(Invalid):
    """Only people of pages can be aimed at: other figures are those of single posts."""


@dataclass(frozen=True)
class TargetLine:
    """What was understood; empty or None: not said. `region` "*": said to be everywhere."""

    value: int
    due: date
    region: str = ""
    page: str = ""
    platforms: tuple[Platform, ...] = ()
    metric: Metric | None = None


def read_target(
    text: str, today: date, regions: Mapping[str, str], pages: Mapping[str, str], home: str = ""
) -> TargetLine:
    """`regions` and `pages`: names by code. `home`: the region for a right line where none was said, empty if none is needed.

    Raises BadDate, BadTarget, TargetIncomplete, TargetUnclear, NoPageMetric.
    """
    try:
        return _read(text, today, regions, pages)
    except (BadTarget, TargetUnclear) as error:
        raise replace(error, line=_right(text, today, regions, pages, error.said, home)) from None
    except TargetIncomplete as error:
        raise replace(error, line=_right(text, today, regions, pages, "", home)) from None


def _read(text: str, today: date, regions: Mapping[str, str], pages: Mapping[str, str]) -> TargetLine:
    rest, due = take_day(text, today)
    low, region, page = _take_place(plain(rest), regions, pages)
    low, platforms = _take_platforms(low)
    low, metric = _take_metric(low)
    negative = _NEGATIVE.search(low) or _BEGINS.match(text)
    if negative:
        raise BadTarget(negative[0].strip())
    number = " ".join(re.sub(r"(?<!\d)[,.;:=+!?]|[,.;:=+!?](?!\d)", " ", low).split()).strip("- ")
    if not number:
        raise TargetIncomplete("value")
    if _PART.fullmatch(number):
        raise BadTarget(number)
    try:
        value = read_number(number).value
    except BadFigure:
        raise TargetUnclear(_unclear(number.split())) from None
    if value <= 0:
        raise BadTarget(number)
    if due is None:
        raise TargetIncomplete("due")
    return TargetLine(value, due, region, page, platforms, metric)


def _unclear(words: list[str]) -> str:
    """What is left of the words beside the longest of them that are a number."""
    runs = [(at, end) for at in range(len(words)) for end in range(at + 1, min(at + _LONGEST_NUMBER, len(words)) + 1)]
    numbers = [(at, end) for at, end in runs if _is_number(words[at:end])]
    if not numbers:
        return " ".join(words)
    at, end = max(numbers, key=lambda run: len(" ".join(words[run[0] : run[1]])))
    if end < len(words) and words[end - 1] == "к":  # "5000 к вечеру" is not five million
        end -= 1
    return " ".join(words[:at] + words[end:])


def _is_number(words: list[str]) -> bool:
    try:
        return read_number(" ".join(words)).value > 0
    except BadFigure:
        return False


def _right(
    text: str, today: date, regions: Mapping[str, str], pages: Mapping[str, str], unclear: str, home: str
) -> str:
    """A line that can be read: what was typed without what is unclear, with what it lacks."""
    rest, due = take_day(text, today)
    low = _take_place(plain(rest), regions, pages)
    meant = "" if low[1] or low[2] else _meant(unclear, [*regions.values(), *pages.values()]) or home
    odd = set(unclear.split())
    kept = [word for word in one_line(rest)[0].split() if plain(word).strip(_MARKS) not in odd | {"", "-"}]
    names = " ".join(kept)
    day = f"{due or today + AHEAD:%d.%m}"
    day = day if due is None or read_date(day, today) == due else f"{due:%d.%m.%Y}"
    own = _OWN.search(unclear)
    for words in ((meant, names), (meant, names, own[0] if own else AN_EXAMPLE), (meant, names, AN_EXAMPLE)):
        line = " ".join(filter(None, (*words, day)))
        try:
            _read(line, today, regions, pages)
        except Invalid:
            continue
        return line
    return " ".join(filter(None, (meant, AN_EXAMPLE, day)))


def _meant(unclear: str, names: Iterable[str]) -> str:
    """The place that a misspelt word comes near; empty: none."""
    known = {plain(name): name for name in names}
    close = (get_close_matches(word, known, 1, _LIKE) for word in unclear.split() if len(word) >= _FROM)
    return next((known[found[0]] for found in close if found), "")


def meant_as_target(text: str, today: date, regions: Mapping[str, str], pages: Mapping[str, str]) -> bool:
    """Whether a text answers the question for a target, though perhaps it cannot be read, and is no post with numbers in it."""
    if not could_be_line(text):
        return False
    if len(text.strip()) <= SHORT:
        return True
    try:
        rest, _ = take_day(text, today)
    except BadDate:
        rest = text
    low, _, _ = _take_place(plain(rest), regions, pages)
    low, _ = _take_platforms(low)
    words = [word.rstrip(".") for word in _WORD.findall(low)]
    strange = [word for word in words if word not in _UNITS | FILLERS and metric_named(word) is None]
    return any(char.isdigit() for char in low) and len(strange) <= STRANGE


def _take_place(low: str, regions: Mapping[str, str], pages: Mapping[str, str]) -> tuple[str, str, str]:
    """The line without the place it names, and the region or page."""
    low, page = _take(low, pages)
    if page:
        return low, "", page
    low, region = _take(low, regions)
    if not region and _ALL.search(low):
        low, region = _ALL.sub(" ", low, count=1), EVERYWHERE
    return low, region, ""


def _take_platforms(low: str) -> tuple[str, tuple[Platform, ...]]:
    platforms = []
    for platform, said in PLATFORM_WORDS.items():
        low, found = re.subn(rf"(?<!\w)(?:{said})(?!\w)", " ", low)
        platforms += [platform] if found else []
    return low, tuple(platforms)


def _take(low: str, names: Mapping[str, str]) -> tuple[str, str]:
    """The line without the longest name or code in it, and whose that is."""
    best, code = "", ""
    for key, name in names.items():
        for said in (plain(name), plain(key)):
            if len(said) > max(len(best), 1) and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", low):
                best, code = said, key
    return (re.sub(rf"(?<!\w){re.escape(best)}(?!\w)", " ", low, count=1), code) if best else (low, "")


def _take_metric(low: str) -> tuple[str, Metric | None]:
    found: Metric | None = None
    for word in _WORD.findall(low):
        bare = word.rstrip(".")
        if bare in _UNITS:
            continue
        metric = metric_named(bare)
        if metric is None and bare not in FILLERS:
            continue
        if metric not in {None, Metric.MEMBERS, Metric.FOLLOWERS}:
            raise NoPageMetric
        found = found or metric
        low = re.sub(rf"(?<!\w){re.escape(word)}", " ", low, count=1)
    return low, found
