"""Where a figure comes from: its history and its screenshot."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.figures import FigureState, History, PastFigure
from domain.pages import Page
from handlers.screens.base import Screen, button, grid, lines, paragraphs
from handlers.screens.figures import FigureButton
from handlers.screens.nav import cancel, home
from texts.figures import counted
from texts.words import Words

SHOWN = 20


def history(view: History, w: Words, zone: str, now: datetime) -> Screen:
    """Newest first: what stands, what waits for a yes, what was corrected, each with who and when."""
    head = w("<b>{page}</b>, post of {day}", page=view.page.title, day=w.day(view.day))
    if view.slot_id is None:
        head = w("<b>{page}</b>, {day}", page=view.page.title, day=w.day(view.day))
    newest = view.entries[::-1]
    rest = len(newest) - SHOWN
    older = w.n("and {n} older figure", "and {n} older figures", rest) if rest > 0 else None
    told = [_entry(entry, w, zone, now) for entry in newest[:SHOWN]]
    return Screen(paragraphs(lines(head, w("History of the figures")), *told, older), (*_pictures(newest, w), home(w)))


def _entry(entry: PastFigure, w: Words, zone: str, now: datetime) -> Markup:
    figure = entry.figure
    said = counted(figure.metric, figure.value, w)
    match figure.state:
        case FigureState.CONFIRMED:
            said = w("✅ <b>{figure}</b>", figure=said)
        case FigureState.DOUBTFUL:
            said = w("❓ {figure}: waits for a yes", figure=said)
        case FigureState.REPLACED:
            said = w("▫ {figure}: updated later", figure=said)
    return lines(said, _source(entry, w, w.moment(figure.at, zone, now)))


def _source(entry: PastFigure, w: Words, when: str) -> Markup:
    if entry.file and not entry.typed_by:
        return w("<i>Imported on the server from {file}, {when}</i>", file=entry.file, when=when)
    if entry.file:
        return w("<i>Imported by {name} from {file}, {when}</i>", name=entry.typed_by, file=entry.file, when=when)
    if entry.figure.screenshot:
        return w("<i>Typed by {name} off a screenshot, {when}</i>", name=entry.typed_by, when=when)
    if entry.for_person is not None:
        return w("<i>Typed by {name} for {keeper}, {when}</i>", name=entry.typed_by, keeper=entry.for_person, when=when)
    return w("<i>Typed by {name}, {when}</i>", name=entry.typed_by, when=when)


def _pictures(entries: Sequence[PastFigure], w: Words) -> tuple[tuple[InlineKeyboardButton, ...], ...]:
    """One button for each screenshot, named by the figure it shows."""
    named: dict[str, PastFigure] = {}
    for entry in entries:
        if entry.figure.screenshot:
            named.setdefault(entry.figure.screenshot, entry)
    buttons = [
        button(f"📎 {w.number(entry.figure.value)}", FigureButton(verb="pic", key=str(entry.figure.id)))
        for entry in list(named.values())[:4]
    ]
    return grid(buttons, 2)


def ask_screenshot(page: Page, w: Words) -> Screen:
    return Screen(w("Send the screenshot for <b>{page}</b> as a photo or a file.", page=page.title), (cancel(w),))


def attached(page: Page, figure_id: int, w: Words) -> Screen:
    """The screenshot is kept; on to whatever else is to be reported."""
    rows = (
        (
            button(w.plain("To the figures"), FigureButton(verb="list")),
            button(w.plain("History"), FigureButton(verb="past", key=str(figure_id))),
        ),
    )
    return Screen(w("📎 The screenshot is kept with the figures of <b>{page}</b>.", page=page.title), rows)
