"""A norm as people type it: "2 daily 09-12,18-21 Mon-Sat", "по будням 2, по выходным 1, перерыв 2ч, пик 18-20, с 1 октября".

What is not said stays as it was. What is not understood is refused by name.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from domain import typed_norm_words as words
from domain.errors import Invalid
from domain.norms import Window
from domain.rubrics import Rubric
from domain.typed_dates import WEEKDAY, plain, read_date, read_span, weekday
from domain.typed_norm_hours import BadNorm, merged, minutes, window

MOST_POSTS = 24
"""A day; more is a slip of the finger."""
LONGEST_TEXT = 500
EVERY_DAY = frozenset(range(7))
WORKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})


@dataclass(eq=False)
class WeeklyNorm(Invalid):
    """A norm is said by days, not by weeks or every other day."""

    said: str


@dataclass(eq=False)
class NormRange(Invalid):
    """ "2-3 a day": a norm is one number; the cap says how many more there may be."""

    said: str


@dataclass(eq=False)
class NoCount(Invalid):
    """Posts a day are a whole number from 0: "-2", "2.5", "2,5"."""

    said: str
    most: int = MOST_POSTS


@dataclass(eq=False)
class TooManyPosts(Invalid):
    count: int
    most: int


@dataclass(eq=False)
class UnknownRubric(Invalid):
    """No rubric of the campaign is called so; `known`: their names."""

    said: str
    known: tuple[str, ...]


@dataclass(frozen=True)
class TypedNorm:
    """What was said; None and empty: nothing of it.

    `week`: counts by weekday where they differ or days were named with them, None where they stay. `count`: on every day that counts.
    """

    count: int | None = None
    week: tuple[tuple[int, int], ...] = ()
    days: frozenset[int] = frozenset()
    without: frozenset[int] = frozenset()
    windows: tuple[Window, ...] = ()
    gap_minutes: int | None = None
    daily_cap: int | None = None
    peaks: tuple[Window, ...] | None = None
    starts: date | None = None
    ends: date | None = None
    no_end: bool = False
    at_once: bool = False
    mix: tuple[tuple[str, int], ...] | None = None
    holidays: int | None = None
    exceptions: tuple[tuple[date, int], ...] = ()


@dataclass
class _Said:
    """What the scanner has heard so far. `order`: counts and days in turn, None is "a day"."""

    today: date
    rubrics: Sequence[Rubric]
    order: list[int | frozenset[int] | None] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    windows: list[Window] = field(default_factory=list)
    without: set[int] = field(default_factory=set)
    mix: list[tuple[str, int]] = field(default_factory=list)
    exceptions: dict[date, int] = field(default_factory=dict)


_Match = re.Match[str]
_Rule = tuple[re.Pattern[str], Callable[[_Said, _Match], None]]


def parse(text: str, today: date, rubrics: Sequence[Rubric] = ()) -> TypedNorm:
    """Everything after the page. Raises BadNorm and the other refusals of this module, BadDate, DatesCrossed."""
    said, rest = _Said(today, rubrics), plain(text[:LONGEST_TEXT])
    at = 0
    while at < len(rest):
        if rest[at] == " ":
            at += 1
            continue
        match = next(((rule, found) for pattern, rule in RULES if (found := pattern.match(rest, at))), None)
        if match is None:
            raise BadNorm(re.match(r"\S[^\s,;]*(?: -\d\S*)?", rest[at:])[0])  # type: ignore[index]  # it starts with no space
        rule, found = match
        rule(said, found)
        at = found.end()
    count, week, days = _counts(said.order)
    return TypedNorm(
        count=count,
        week=week,
        days=days,
        without=frozenset(said.without),
        windows=merged(said.windows),
        mix=tuple(said.mix) if said.mix else said.values.pop("mix", None),
        exceptions=tuple(sorted(said.exceptions.items())),
        **said.values,
    )


def _counts(
    order: Sequence[int | frozenset[int] | None],
) -> tuple[int | None, tuple[tuple[int, int], ...], frozenset[int]]:
    """One count for some days, or counts by weekday: "2 Mon-Fri, 1 Sat", "пн-пт 2, сб 1"."""
    numbers = [one for one in order if isinstance(one, int)]
    named = [one for one in order if isinstance(one, frozenset)]
    every = EVERY_DAY if any(one is None for one in order) else frozenset()
    if len(numbers) < 2:
        return (numbers[0] if numbers else None), (), frozenset().union(*named) or every
    pairs = [(n, days or EVERY_DAY) for n, days in _pairs([one for one in order if one is not None or not named])]
    usual = list(dict.fromkeys(number for number, days in pairs if days == EVERY_DAY))
    if len(usual) > 1:  # "2 daily 3", "2, 5": which of them is nobody's guess
        raise NormRange(", ".join(map(str, usual)))
    week: dict[int, int] = {}
    for number, days in sorted(pairs, key=lambda pair: pair[1] != EVERY_DAY):  # named days win, wherever they stand
        week |= dict.fromkeys(sorted(days), number)
    return None, tuple(sorted(week.items())), frozenset()


def _pairs(order: Sequence[int | frozenset[int] | None]) -> Iterator[tuple[int, frozenset[int]]]:
    """Counts with their days, which all stand behind or all before them."""
    behind = isinstance(order[0], int)
    held: frozenset[int] = frozenset()
    number: int | None = None
    for one in order:
        if isinstance(one, int):
            if behind and number is not None:
                yield number, held
            elif not behind:
                yield one, held
            number, held = one, frozenset()
        else:
            held |= EVERY_DAY if one is None else one
    if behind and number is not None:
        yield number, held


# -- rules ------------------------------------------------------------------------------------------------------------


def _number(text: str) -> int:
    count = int(text) if text.isdecimal() else words.NUMBER_WORDS[text]
    if count > MOST_POSTS:
        raise TooManyPosts(count, MOST_POSTS)
    return count


def _refuse(error: type[WeeklyNorm] | type[NormRange] | type[NoCount]) -> Callable[[_Said, _Match], None]:
    def rule(_: _Said, match: _Match) -> None:
        raise error(match[0])

    return rule


def _set(name: str, value: Any) -> Callable[[_Said, _Match], None]:
    def rule(said: _Said, _: _Match) -> None:
        said.values[name] = value

    return rule


def _gap(said: _Said, match: _Match) -> None:
    said.values["gap_minutes"] = minutes(match)


def _cap(said: _Said, match: _Match) -> None:
    said.values["daily_cap"] = _number(match["cap"])


def _peak(said: _Said, match: _Match) -> None:
    said.values["peaks"] = merged(window(one) for one in re.finditer(words.HOURS, match["peak"]))


def _span(said: _Said, match: _Match) -> None:
    said.values["starts"], said.values["ends"] = read_span(match["span"] or match["span_2"], said.today)


def _since(said: _Said, match: _Match) -> None:
    day = read_date(match["since"], said.today)
    if day == said.today:
        said.values["at_once"] = True
    else:
        said.values["starts"] = day


def _until(said: _Said, match: _Match) -> None:
    said.values["ends"] = read_date(match["until"], said.today)


def _holidays(said: _Said, match: _Match) -> None:
    said.values["holidays"] = _number(match["holidays"])


def _not_days(said: _Said, match: _Match) -> None:
    text = match["without"]
    said.without |= WEEKEND if re.match(r"weekend|выходн", text) else _weekdays(text)


def _weekdays(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in re.split(r"\s*(?:,|&|\bи\b|\band\b)\s*", text):
        days = [weekday(one[0]) for one in re.finditer(WEEKDAY, part)]
        found |= _from_to(days[0], days[-1])
    return frozenset(found)


def _from_to(first: int, last: int) -> frozenset[int]:
    return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))


def _not_dates(said: _Said, match: _Match) -> None:
    _except(said, match["off"], 0)


def _date_count(said: _Said, match: _Match) -> None:
    _except(said, match["on"], _number(match["on_count"]))


def _except(said: _Said, text: str, count: int) -> None:
    first, last = read_span(text, said.today)
    said.exceptions |= {first + timedelta(days=n): count for n in range((last - first).days + 1)}


def _mix(said: _Said, match: _Match) -> None:
    name, share = match["name"] or match["after"], match["share"] or match["share_2"]
    said.mix.append((_rubric(name, said.rubrics).code, int(share)))


def _rubric(name: str, rubrics: Sequence[Rubric]) -> Rubric:
    """By code, title or its beginning; the last letters of a word may be declined."""
    stem = name[: max(4, len(name) - 2)]
    for one in rubrics:
        if plain(name) in {plain(one.code), plain(one.title), plain(one.title_ru)}:
            return one
    close = [
        one
        for one in rubrics
        if any(word.startswith(stem) for title in (one.code, one.title, one.title_ru) for word in _parts(title))
    ]
    if len(close) != 1:
        raise UnknownRubric(name, tuple(one.code for one in rubrics))
    return close[0]


def _parts(title: str) -> Iterable[str]:
    whole = plain(title)
    return (whole, *re.split(r"[\s,-]+", whole))


def _days(said: _Said, match: _Match) -> None:
    if match["workdays"]:
        said.order.append(WORKDAYS)
    elif match["weekends"]:
        said.order.append(WEEKEND)
    elif match["weekday"]:
        said.order.append(frozenset({weekday(match["weekday"])}))
    else:
        said.order.append(_from_to(weekday(match["first"]), weekday(match["last"])))


def _every(said: _Said, _: _Match) -> None:
    said.order.append(None)


def _hours(said: _Said, match: _Match) -> None:
    said.windows.append(window(match))


def _count(said: _Said, match: _Match) -> None:
    said.order.append(_number(match["count"]))


def _off(said: _Said, _: _Match) -> None:
    said.order.append(0)


def _nothing(_: _Said, __: _Match) -> None: ...


RULES: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (words.WEEKLY, _refuse(WeeklyNorm)),
        (words.RANGE, _refuse(NormRange)),
        (words.SMALL_RANGE, _refuse(NormRange)),
        (words.NO_GAP, _set("gap_minutes", 0)),
        (words.GAP, _gap),
        (words.CAP, _cap),
        (words.NO_PEAK, _set("peaks", ())),
        (words.PEAK, _peak),
        (words.HOURS_WORD, _nothing),
        (words.AT_ONCE, _set("at_once", True)),
        (words.NO_END, _set("no_end", True)),
        (words.NO_MIX, _set("mix", ())),
        (words.NO_HOLIDAYS, _set("holidays", 0)),
        (words.HOLIDAYS, _holidays),
        (words.NO_DAY_OFF, _every),
        (words.NOT_DAYS, _not_days),
        (words.NOT_DATES, _not_dates),
        (words.DATE_COUNT, _date_count),
        (words.SINCE_UNTIL, _span),
        (words.SINCE, _since),
        (words.UNTIL, _until),
        (words.DAYS, _days),
        (words.EVERY, _every),
        (words.OFF, _off),
        (words.HOURS, _hours),
        (words.MIX_WORD, _nothing),
        (words.NO_COUNT, _refuse(NoCount)),
        (words.COUNT, _count),
        (words.NOISE, _nothing),
        (words.MIX, _mix),
    )
)
"""What is understood, and what it means; in the order in which they are tried."""
