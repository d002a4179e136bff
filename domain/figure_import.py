"""Figures from a table file: page;date;metric;value, or page;date;members;views… Every mistake by line and column."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import Invalid
from domain.figure_words import Metric, metric_named
from domain.figures import metric_of
from domain.pages import Page
from domain.typed_figures import BadFigure, read_number

MAX_BYTES = 1_000_000
MAX_LINES = 20_000
OLDEST = timedelta(days=730)
WAITS = timedelta(hours=24)
"""How long a read file can be taken in: what it was compared with grows old."""

PAGE, DAY, METRIC, VALUE = "page", "date", "metric", "value"
_HEADS = {
    **dict.fromkeys(("page", "страница", "паблик", "код", "code"), PAGE),
    **dict.fromkeys(("date", "day", "дата", "день"), DAY),
    **dict.fromkeys(("metric", "показатель", "метрика", "что"), METRIC),
    **dict.fromkeys(("value", "значение", "число", "цифра"), VALUE),
}
_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ZERO_FRACTION = re.compile(r"(?<=\d)[.,]0+$")


class ImportState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"


class Fault(StrEnum):
    """Why a cell, a line or the header cannot be taken."""

    NO_LINES = "no_lines"
    HEAD_UNKNOWN = "head_unknown"
    HEAD_TWICE = "head_twice"
    HEAD_LACKS = "head_lacks"
    CELLS = "cells"
    BROKEN = "broken"
    PAGE_UNKNOWN = "page_unknown"
    PAGE_FOREIGN = "page_foreign"
    DAY_UNREAD = "day_unread"
    DAY_AHEAD = "day_ahead"
    DAY_OLD = "day_old"
    METRIC_UNKNOWN = "metric_unknown"
    VALUE_UNREAD = "value_unread"
    TWICE = "twice"
    HAS_POSTS = "has_posts"


class FileFault(StrEnum):
    """Why a file is not even read."""

    LARGE = "large"
    LINES = "lines"
    NOT_TEXT = "not_text"


@dataclass(eq=False)
class BadFile(Invalid):
    """The file is refused as a whole."""

    fault: FileFault


@dataclass(eq=False)
class ImportOver(Invalid):
    """The file was taken in or put away since the button was drawn, or waited too long (`state` WAITING)."""

    state: ImportState


@dataclass(eq=False)
class NobodyToImportFor(Invalid):
    """There is no owner yet in whose name the operator could report."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """`line` counts from 1 (the header), `column` is the header's word; both may be missing (0, "")."""

    line: int
    column: str
    fault: Fault
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as it stands in the file."""

    line: int
    column: str
    page: str
    day: date
    metric: Metric
    value: int


@dataclass(frozen=True)
class Sheet:
    """A file as read, before it is compared with the campaign's pages."""

    lines: int
    cells: tuple[Cell, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    page_head: str = PAGE
    day_head: str = DAY
    """What the file itself calls these columns."""


@dataclass(frozen=True)
class FigureImport:
    """A file somebody sent. `person_id` None: the operator, on the server. `text` is emptied once it is decided."""

    id: int
    version: int
    person_id: int | None
    name: str
    text: str
    state: ImportState
    figures: int
    at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class ImportView:
    """What a file would change, or has changed. With mistakes there is no row: nothing of it is taken."""

    name: str
    lines: int
    cells: tuple[Cell, ...]
    """The first ones, to be looked at."""
    figures: int = 0
    pages: int = 0
    first: date | None = None
    last: date | None = None
    same: int = 0
    replaced: int = 0
    jumps: int = 0
    mistakes: tuple[Mistake, ...] = ()
    row: FigureImport | None = None
    by: str = ""


SHOWN_CELLS = 5


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 with or without its mark, UTF-16 with one, else Windows-1251. Raises BadFile."""
    if len(data) > MAX_BYTES:
        raise BadFile(FileFault.LARGE)
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1251")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise BadFile(FileFault.NOT_TEXT)


def read(text: str) -> Sheet:
    """Everything that can be said about a file alone. Cells are text: a formula is a wrong page or a wrong number."""
    rows = text.splitlines()
    if len(rows) > MAX_LINES + 1:
        raise BadFile(FileFault.LINES)
    head_line = next((n for n, row in enumerate(rows) if row.strip()), None)
    if head_line is None:
        return Sheet(0, mistakes=(Mistake(0, "", Fault.NO_LINES),))
    delimiter = max(";\t,", key=rows[head_line].count)
    try:
        heads = [cell.strip() for cell in next(csv.reader([rows[head_line]], delimiter=delimiter, strict=True))]
        columns, mistakes = _columns(heads, head_line + 1)
        return Sheet(0, mistakes=tuple(mistakes)) if mistakes else _body(rows, head_line, delimiter, heads, columns)
    except csv.Error:
        return Sheet(0, mistakes=(Mistake(head_line + 1, "", Fault.BROKEN),))


def _columns(heads: Sequence[str], line: int) -> tuple[list[str | Metric], list[Mistake]]:
    """What each column is, and what is wrong with the header."""
    found: list[str | Metric] = []
    mistakes = []
    for head in heads:
        word = head.lower()
        kind = _HEADS.get(word) or _metric(word)
        if kind is None:
            mistakes.append(Mistake(line, head, Fault.HEAD_UNKNOWN))
        elif kind in found:
            mistakes.append(Mistake(line, head, Fault.HEAD_TWICE))
        else:
            found.append(kind)
    wide = any(isinstance(kind, Metric) for kind in found)
    lacking = [name for name in ((PAGE, DAY) if wide else (PAGE, DAY, METRIC, VALUE)) if name not in found]
    if wide:
        mistakes += [
            Mistake(line, heads[n], Fault.HEAD_UNKNOWN) for n, kind in enumerate(found) if kind in {METRIC, VALUE}
        ]
    if not mistakes:
        mistakes = [Mistake(line, name, Fault.HEAD_LACKS) for name in lacking]
    return found, mistakes


def _body(
    rows: Sequence[str], head_line: int, delimiter: str, heads: Sequence[str], columns: Sequence[str | Metric]
) -> Sheet:
    cells: list[Cell] = []
    mistakes: list[Mistake] = []
    seen: set[tuple[str, date, Metric]] = set()
    lines = 0
    for number, row in enumerate(rows[head_line + 1 :], head_line + 2):
        if not row.strip(" \t;,"):
            continue
        lines += 1
        try:
            values = [cell.strip() for cell in next(csv.reader([row], delimiter=delimiter, strict=True))]
        except csv.Error:
            mistakes.append(Mistake(number, "", Fault.BROKEN))
            continue
        while len(values) > len(heads) and not values[-1]:
            values.pop()  # an empty column at the end, as spreadsheets like to leave
        if len(values) != len(heads):
            mistakes.append(Mistake(number, "", Fault.CELLS))
            continue
        for found in _line(number, heads, columns, values):
            if isinstance(found, Mistake):
                mistakes.append(found)
            elif (key := (found.page, found.day, found.metric)) in seen:
                mistakes.append(Mistake(number, found.column, Fault.TWICE))
            else:
                seen.add(key)
                cells.append(found)
    if not lines:
        mistakes.append(Mistake(0, "", Fault.NO_LINES))
    at = {kind: n for n, kind in enumerate(columns)}
    return Sheet(lines, tuple(cells), tuple(mistakes), heads[at[PAGE]], heads[at[DAY]])


def _metric(word: str) -> Metric | None:
    """A page has one number of people, whatever the file calls them."""
    metric = metric_named(word)
    return Metric.MEMBERS if metric is Metric.FOLLOWERS else metric


def _line(
    number: int, heads: Sequence[str], columns: Sequence[str | Metric], values: Sequence[str]
) -> Iterator[Cell | Mistake]:
    """The figures of one line; an empty cell is no figure, and never 0."""
    at = {kind: n for n, kind in enumerate(columns)}
    day = _day(values[at[DAY]])
    if day is None:
        yield Mistake(number, heads[at[DAY]], Fault.DAY_UNREAD, values[at[DAY]])
        return
    if METRIC in at:
        metric = _metric(values[at[METRIC]].lower())
        if metric is None:
            yield Mistake(number, heads[at[METRIC]], Fault.METRIC_UNKNOWN, values[at[METRIC]])
            return
        given = [(metric, at[VALUE])] if values[at[VALUE]] else []
    else:
        given = [(kind, n) for n, kind in enumerate(columns) if isinstance(kind, Metric) and values[n]]
    for metric, n in given:
        value = _value(values[n])
        if value is None:
            yield Mistake(number, heads[n], Fault.VALUE_UNREAD, values[n])
        else:
            yield Cell(number, heads[n], values[at[PAGE]], day, metric, value)


def _day(text: str) -> date | None:
    """2026-09-07 or 07.09.2026; nothing else, since 07/09 is two days."""
    try:
        if german := _GERMAN_DATE.fullmatch(text):
            return date(int(german[3]), int(german[2]), int(german[1]))
        return date.fromisoformat(text) if len(text) == len("2026-09-07") else None
    except ValueError:
        return None


def _value(text: str) -> int | None:
    try:
        typed = read_number(_ZERO_FRACTION.sub("", text))
    except BadFigure:
        return None
    return None if typed.ambiguous or typed.approximate else typed.value


def of_page(cell: Cell, page: Page) -> Metric:
    """What the file's word counts on this page: networks differ in what they call the people of a page."""
    return metric_of(page.platform) if cell.metric is Metric.MEMBERS else cell.metric
