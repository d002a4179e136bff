"""/export: what kind of file, of which time and place; then it is prepared and comes as a message."""

from collections.abc import Sequence
from dataclasses import replace

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.exports import PERIODIC, Export, ExportFailure, ExportFormat, ExportSubject, ExportWish, Span
from domain.pages import page_key
from domain.usecases.exports import ExportMenu
from handlers.screens.base import Content, MediaFile, Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go, home
from texts.exports import format_name, span_name, subject_name
from texts.words import Words, mark


class ExportButton(CallbackData, prefix="ex"):
    """`verb`: menu, spans, regions, subjects, make. The rest is what is chosen; `region`: a short key, empty all.

    `n`: which screenful of a list.
    """

    verb: str
    fmt: str = ExportFormat.XLSX.value
    span: str = ""
    region: str = ""
    subject: str = ""
    comma: bool = True
    n: int = 0


_WHAT = {
    ExportFormat.XLSX: mark("Every table on a sheet of its own with filters, and a chart. For Excel and its kin."),
    ExportFormat.CSV: mark("The same tables as plain files, for other programs. They open right in Russian Excel."),
    ExportFormat.PDF: mark(
        "A few pages to hand on: the norm, approval times, targets, commitments, best posts, and what was not measured."
    ),
}


def _go(verb: str, wish: ExportWish, n: int = 0) -> ExportButton:
    region = page_key(wish.region) if wish.region else ""
    return ExportButton(
        verb=verb, fmt=wish.format, span=wish.span, region=region, subject=wish.subject, comma=wish.comma, n=n
    )


def menu(view: ExportMenu, wish: ExportWish, w: Words) -> Screen:
    """One screen, redrawn with each choice. `wish.span` is one of the menu's."""
    span = next((one for one in view.spans if one.code == wish.span), view.spans[-1])
    where = view.regions.get(wish.region) or _everywhere(view, w)
    kinds = [
        button(("● " if kind is wish.format else "") + format_name(kind, w), _go("menu", replace(wish, format=kind)))
        for kind in PERIODIC
    ]
    rows: list[Row] = [tuple(kinds[:2]), (kinds[2],)]
    rows.append((button(label(w.plain("Time: {span}", span=span_name(span, w))), _go("spans", wish)),))
    if len(view.regions) > 1:
        rows.append((button(label(w.plain("Place: {where}", where=where)), _go("regions", wish)),))
    if wish.format is ExportFormat.CSV:
        rows += _csv_rows(wish, w)
    rows.append((button(w.plain("✓ Make the file"), _go("make", wish)),))
    rows.append(home(w))
    text = paragraphs(
        w("<b>A file with what is known</b>"),
        lines(
            w("<b>{kind}.</b> {what}", kind=format_name(wish.format, w), what=w(_WHAT[wish.format])),  # texts: dynamic
        ),
        lines(_days(span, w), w("Place: {where}", where=where)),
    )
    return Screen(text, tuple(rows))


def _csv_rows(wish: ExportWish, w: Words) -> list[Row]:
    what = subject_name(ExportSubject(wish.subject), w) if wish.subject else w.plain("all tables")
    comma = w.plain("Decimals: 1,5") if wish.comma else w.plain("Decimals: 1.5")
    return [
        (button(label(w.plain("Table: {what}", what=what)), _go("subjects", wish)),),
        (button(comma, _go("menu", replace(wish, comma=not wish.comma))),),
    ]


def _everywhere(view: ExportMenu, w: Words) -> str:
    return w.plain("the whole campaign") if view.everywhere else w.list(sorted(view.regions.values()))


def _days(span: Span, w: Words) -> Markup:
    name = span_name(span, w)
    return w("{span}: {first} – {last}", span=name, first=w.day(span.first), last=w.day(span.last))


def _back(wish: ExportWish, w: Words) -> Row:
    return (button(w.plain("‹ Back"), _go("menu", wish)),)


def pick_span(view: ExportMenu, wish: ExportWish, w: Words) -> Screen:
    rows = grid([button(span_name(one, w), _go("menu", replace(wish, span=one.code))) for one in view.spans], 2)
    return Screen(w("Which time?"), (*rows, _back(wish, w)))


def pick_region(view: ExportMenu, wish: ExportWish, page: int, w: Words) -> Screen:
    def to(code: str) -> InlineKeyboardButton:
        name = view.regions[code] if code else _everywhere(view, w)
        return button(label(name), _go("menu", replace(wish, region=code)))

    codes = ["", *sorted(view.regions, key=lambda code: view.regions[code])]
    rows = choices(codes, to, page, lambda n: _go("regions", wish, n))
    return Screen(w("Which place?"), (*rows, _back(wish, w)))


def pick_subject(wish: ExportWish, w: Words) -> Screen:
    every = button(w.plain("all tables"), _go("menu", replace(wish, subject="")))
    some = [button(subject_name(one, w), _go("menu", replace(wish, subject=one.value))) for one in ExportSubject]
    return Screen(w("Which table?"), ((every,), *grid(some, 2), _back(wish, w)))


def preparing(one: Export, w: Words) -> Screen:
    """What it was asked for is in the file's own message; here it is only said that it comes."""
    text = w(
        "⏳ Preparing: {kind}, {span}. Usually it takes less than a minute. "
        "The file comes here as a message; you need not wait.",
        kind=format_name(one.format, w),
        span=span_name(Span(one.span, one.first, one.last), w),
    )
    return Screen(text, ((button(w.plain("Another file"), Go(to="export")),), home(w)))


def file(one: Export, regions: Sequence[str], w: Words) -> Content:
    """The finished file. `regions`: names, empty for the whole campaign. The text is a plain caption."""
    span = Span(one.span, one.first, one.last)
    where = w.list(regions) if regions else w.plain("the whole campaign")
    text = w.plain(
        "{kind}: {span}, {first} – {last}\nPlace: {where}\nIt holds names of people: pass it on with care.",
        kind=format_name(one.format, w),
        span=span_name(span, w),
        first=w.day(span.first),
        last=w.day(span.last),
        where=where,
    )
    return Content(text, (MediaFile(one.sha256, "document", None, one.name),))


_FAILURES = {
    ExportFailure.TOO_BIG: mark(
        "The file is larger than Telegram carries. Choose one region, a shorter time or a single table."
    ),
    ExportFailure.RIGHTS: mark("Your roles have changed meanwhile: this part of the campaign is not yours any more."),
    ExportFailure.BROKEN: mark(
        "It could not be made. Please try again a little later; whoever runs the bot finds why in its log."
    ),
}


def failed(why: ExportFailure, w: Words) -> Screen:
    """There is no file, and why."""
    text = lines(w("<b>The file was not made.</b>"), w(_FAILURES[why]))  # texts: dynamic
    return Screen(text, ((button(w.plain("Choose anew"), Go(to="export")),), home(w)))
