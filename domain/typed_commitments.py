"""A commitment as people type it: "открыть группу в Арске до 15.10 @Аня"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.typed_dates import DATE, WEEKDAY, one_line, plain, read_date

_BY = r"(?:не позднее|не позже|до|ко?|by|before|until|till|due)"
_DUE = re.compile(rf"(?<![\w.@]){_BY}\s+({DATE}|{WEEKDAY})|(?<![\w.@])({DATE})")
_CALLED = re.compile(r"@(\S+(?: \S+)?)")
_EDGES = " ,;:-–—."


@dataclass(frozen=True)
class Somebody:
    """Whom a line can name: by name, first name or account."""

    id: int
    name: str
    username: str = ""


@dataclass(frozen=True)
class Line:
    """What was understood. `people`: everybody whom the name fits (one is clear). `called`: the name as typed, or empty."""

    title: str
    due: date | None
    called: str
    people: tuple[int, ...]
    region: str
    """A region's code that is named in the line, or empty."""
    page: str


def read_line(
    text: str, today: date, people: Sequence[Somebody], regions: Mapping[str, str], pages: Mapping[str, str]
) -> Line:
    """`regions` and `pages`: names by code. Raises BadDate for a day that is none."""
    whole, called, found = _take_person(one_line(text)[0], people)
    rest, due = take_day(whole, today)
    title = rest.strip(_EDGES)
    page = _named(title, pages)
    return Line(title, due, called, found, "" if page else _named(title, regions), page)


def take_day(text: str, today: date) -> tuple[str, date | None]:
    """The line without its last day ("до 15.10", "by Friday", "20 Oct"), and that day. Raises BadDate."""
    whole, low = one_line(text)
    matches = list(_DUE.finditer(low))
    if not matches:
        return whole, None
    last = matches[-1]
    day = read_date(last[1] or last[2], today)
    return f"{whole[: last.start()].rstrip(_EDGES)} {whole[last.end() :].lstrip(_EDGES)}".strip(), day


def _take_person(text: str, people: Sequence[Somebody]) -> tuple[str, str, tuple[int, ...]]:
    match = _CALLED.search(text)
    if match is None:
        return text, "", ()
    two = match[1].rstrip(_EDGES)
    for called in (two, two.split(" ")[0].rstrip(_EDGES)):
        found = tuple(one.id for one in people if _fits(called, one))
        if found or " " not in two or called != two:
            before, after = text[: match.start()], text[match.start() + 1 + len(called) :]
            return f"{before.rstrip()} {after.lstrip(_EDGES)}".strip(), called, found
    return text, "", ()


def _fits(called: str, one: Somebody) -> bool:
    said, name = plain(called), plain(one.name)
    return said in {name, plain(one.username)} or said == name.split(" ")[0]


def _named(text: str, names: Mapping[str, str]) -> str:
    """The code whose longest name or code stands in the text as a whole word."""
    low, best, code = plain(text), "", ""
    for key, name in names.items():
        for said in (plain(name), plain(key)):
            if len(said) > max(len(best), 1) and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", low):
                best, code = said, key
    return code
