"""/evergreen: texts that come back after a cool-down, and marking one."""

from datetime import datetime

from markupsafe import Markup

from domain.drafts import Draft
from domain.evergreen import COOL_DOWNS, EvergreenText
from domain.ports.drafts import DraftSheet
from domain.usecases.evergreen import Listing
from handlers.screens import nav
from handlers.screens.base import Row, Screen, button, label, lines
from handlers.screens.draft_parts import excerpt, files, quote, where
from handlers.screens.evergreen_row import EvergreenButton
from handlers.screens.keyboards import pager
from texts.words import Words


def listing(view: Listing, zone: str, now: datetime, w: Words) -> Screen:
    """Those that are evergreen, or (not `marked`) what was published and could be."""
    head = w("♻ <b>Evergreen texts</b>") if view.marked else w("<b>Which text shall come back?</b>")
    if view.marked:
        told = w("They are published again on the same pages when nothing fresh waits and their pause is over.")
        nothing = w("None yet.")
    else:
        told = w("These were published; the newest first.")
        nothing = w("Nothing was published that could come back.")
    rows = [(button(label(f"♻ {excerpt(one.text, 40)}", _rest(one, zone, now, w)), _open(one)),) for one in view.texts]
    verb = "list" if view.marked else "more"
    turning = pager(view.page, view.pages, lambda to: EvergreenButton(verb=verb, page=to))
    other = (
        (button(w.plain("＋ Choose a text"), EvergreenButton(verb="more")), *nav.home(w))
        if view.marked
        else (button(w.plain("‹ Back"), EvergreenButton(verb="list")), *nav.home(w))
    )
    return Screen(lines(head, told, None if view.texts else nothing), (*rows, *turning, other))


def _open(one: EvergreenText) -> EvergreenButton:
    return EvergreenButton(verb="open", id=one.draft_id, version=one.version)


def _rest(one: EvergreenText, zone: str, now: datetime, w: Words) -> str:
    if one.cool_days is not None:
        return w.plain(", {n} d", n=one.cool_days)
    return f", {w.moment(one.last, zone, now)}" if one.last else ""


def text(sheet: DraftSheet, w: Words, line: Markup | None = None) -> Screen:
    """One text, and after how many days it may come back. `line`: what has just happened."""
    draft = sheet.draft
    if draft.cool_days is None:
        stands = w("It is published once on each page.")
    else:
        stands = w.n(
            "♻ It may come back on a page {n} day after it was published there.",
            "♻ It may come back on a page {n} days after it was published there.",
            draft.cool_days,
        )
    shown = lines(
        line,
        stands,
        quote(draft.text, 900) or files(draft.media, w),
        w("By {author}", author=sheet.author_name),
        where(sheet.pages, w) if sheet.pages else None,
        w("Fresh texts always go first. On personal pages nothing is repeated."),
    )
    days = tuple(button(_days(draft, n, w), _set(draft, n)) for n in COOL_DOWNS)
    rows: list[Row] = [days]
    if draft.cool_days is not None:
        rows.append((button(w.plain("✕ No longer"), _set(draft, 0)),))
    return Screen(shown, (*rows, (button(w.plain("♻ All"), EvergreenButton(verb="list")), *nav.home(w))))


def _days(draft: Draft, n: int, w: Words) -> str:
    name = w.plain_n("{n} day", "{n} days", n)
    return f"✓ {name}" if draft.cool_days == n else name


def _set(draft: Draft, days: int) -> EvergreenButton:
    return EvergreenButton(verb="set", id=draft.id, version=draft.version, days=days)


def marked(sheet: DraftSheet, w: Words) -> Markup:
    """What the last tap did."""
    return w("✓ Saved.") if sheet.draft.cool_days is not None else w("✓ It does not come back any more.")
