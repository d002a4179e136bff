"""A file of figures: what it would change, what is wrong with it, what became of it."""

from collections.abc import Mapping

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.figure_import import Cell, Fault, ImportView, Mistake
from handlers.screens.base import Row, Screen, button, lines, paragraphs
from handlers.screens.nav import home
from texts.figures import counted
from texts.words import Words, mark

SHOWN_MISTAKES = 12
LONGEST_CELL = 40


class ImportButton(CallbackData, prefix="fi"):
    """`verb`: take or cancel."""

    verb: str
    id: int
    version: int


def preview(view: ImportView, w: Words) -> Screen:
    """What [Import] would do; mistakes, or that there is nothing to do."""
    if view.mistakes:
        return mistaken(view, w)
    if view.row is None:
        told = w("All figures of this file stand like that already: there is nothing to take in.")
        return Screen(paragraphs(_title(view, w), told), (home(w),))
    return Screen(paragraphs(_title(view, w), facts(view, w), w("Nothing is taken in before you tap.")), _rows(view, w))


def _rows(view: ImportView, w: Words) -> tuple[Row, ...]:
    assert view.row is not None  # noqa: S101 - only a file that waits has buttons
    row = view.row
    take = button(w.plain("Import"), ImportButton(verb="take", id=row.id, version=row.version))
    return ((take, button(w.plain("Cancel"), ImportButton(verb="cancel", id=row.id, version=row.version))),)


def _title(view: ImportView, w: Words) -> Markup:
    return w("<b>Figures from a file</b>: {file}", file=view.name)


def facts(view: ImportView, w: Words) -> Markup:
    """What changes, also for the command line."""
    figures = w.n("{n} figure", "{n} figures", view.figures)
    pages = w.n("{n} page", "{n} pages", view.pages)
    counts = w("{figures}, {pages}", figures=figures, pages=pages)
    if view.first is not None and view.last is not None:
        days = w.day(view.first) if view.first == view.last else f"{w.day(view.first)} – {w.day(view.last)}"
        counts = w("{counts}, {days}", counts=counts, days=days)
    rest = view.figures - len(view.cells)
    first = lines(*(_cell(cell, w) for cell in view.cells), w.n("and {n} more", "and {n} more", rest) if rest else None)
    notes = lines(
        w.n("{n} figure stands like that already.", "{n} figures stand like that already.", view.same)
        if view.same
        else None,
        w.n(
            "{n} figure replaces another, which stays in the history.",
            "{n} figures replace others, which stay in the history.",
            view.replaced,
        )
        if view.replaced
        else None,
        w.n(
            "⚠️ {n} figure lies far from the one before it: look at it twice.",
            "⚠️ {n} figures lie far from the ones before them: look at them twice.",
            view.jumps,
        )
        if view.jumps
        else None,
    )
    return paragraphs(counts, first, notes)


def _cell(cell: Cell, w: Words) -> Markup:
    figure = counted(cell.metric, cell.value, w)
    return w("{page}, {day}: {figure}", page=_short(cell.page), day=w.day(cell.day), figure=figure)


def mistaken(view: ImportView, w: Words) -> Screen:
    found = w.n(
        "{n} mistake, so nothing was taken in. Put it right and send the file again.",
        "{n} mistakes, so nothing was taken in. Put them right and send the file again.",
        len(view.mistakes),
    )
    return Screen(paragraphs(_title(view, w), found, mistakes(view, w)), (home(w),))


def mistakes(view: ImportView, w: Words) -> Markup:
    """Every mistake with its line and column, the first ones at least."""
    shown = view.mistakes[:SHOWN_MISTAKES]
    rest = len(view.mistakes) - len(shown)
    more = w.n("and {n} more", "and {n} more", rest) if rest else None
    return lines(*(_mistake(mistake, w) for mistake in shown), more)


def _mistake(mistake: Mistake, w: Words) -> Markup:
    why = _why(mistake, w)
    if not mistake.line:
        return why
    if not mistake.column:
        return w("Line {line}: {why}", line=mistake.line, why=why)
    return w("Line {line}, “{column}”: {why}", line=mistake.line, column=_short(mistake.column), why=why)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


_WHY: Mapping[Fault, str] = {
    Fault.NO_LINES: mark("there are no lines with figures"),
    Fault.HEAD_UNKNOWN: mark("no such column; there are page, date, metric and value, or page, date, members, views…"),
    Fault.HEAD_TWICE: mark("this column stands there twice"),
    Fault.HEAD_LACKS: mark("this column is missing"),
    Fault.CELLS: mark("there are more or fewer cells than in the first line"),
    Fault.BROKEN: mark("the quotation marks do not fit together"),
    Fault.PAGE_UNKNOWN: mark("there is no page “{cell}”"),
    Fault.PAGE_FOREIGN: mark("the page “{cell}” is not of your region"),
    Fault.DAY_UNREAD: mark("“{cell}” is no date; write 2026-09-07 or 07.09.2026"),
    Fault.DAY_AHEAD: mark("{cell} is still ahead"),
    Fault.DAY_OLD: mark("{cell} is more than two years ago"),
    Fault.METRIC_UNKNOWN: mark("“{cell}” is none of members, views, likes, comments, reposts"),
    Fault.VALUE_UNREAD: mark("“{cell}” is no whole number"),
    Fault.TWICE: mark("this page, date and figure stood in the file before"),
    Fault.HAS_POSTS: mark("the posts of this day have their own figures: {cell} would count them twice"),
}


def _why(mistake: Mistake, w: Words) -> Markup:
    return w(_WHY[mistake.fault], cell=_short(mistake.cell))  # texts: dynamic


def taken(view: ImportView, w: Words) -> Screen:
    if view.mistakes:
        return mistaken(view, w)
    done = w.n("✅ {n} figure is taken in.", "✅ {n} figures are taken in.", view.figures)
    source = w("<i>Imported by {name} from {file}</i>", name=view.by, file=view.name)
    return Screen(paragraphs(lines(done, source)), (home(w),))


def put_away(name: str, w: Words) -> Screen:
    return Screen(w("{file} is put away, nothing was taken in.", file=name), (home(w),))
