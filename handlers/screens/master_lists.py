"""The approver's view of fills: only what was filled in, on a card or ten regions on one list."""

from collections.abc import Mapping

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.drafts import Draft
from domain.ports.drafts import StoredMedia
from domain.usecases.master_lists import Cleared, Line, LineState, ListView
from domain.usecases.master_origin import Filled
from domain.wordings import with_names
from handlers.screens import nav
from handlers.screens.base import Content, Row, Screen, button, grid, lines, paragraphs
from handlers.screens.draft_parts import contents, excerpt
from handlers.screens.masters import MasterButton, master_title
from handlers.screens.nav import Go
from texts.roles import place_name
from texts.words import Words, mark

MASTER_SHOWN = 900
"""Characters of the master on a card: what was filled in is never cut, so there is no room for more."""
LIST_SHOWN = 400
_STATES = {
    LineState.LEFT_OUT: mark("left out"),
    LineState.AGREED: mark("✓ approved by you"),
    LineState.CHANGED: mark("⚠ changed since, read it on its own"),
    LineState.DECIDED: mark("decided or taken back meanwhile"),
    LineState.APART: mark("⚠ has to be read on its own"),
    LineState.CLAIMED: mark("🙋 somebody else is on it"),
}


# --- on the card of one draft ----------------------------------------------------------------------------------------


def only_fills(filled: Filled | None) -> bool:
    """Whether the card says all there is to read by what was filled in: its text is not sent above it."""
    return filled is not None and filled.as_filled


def filled_facts(filled: Filled, draft: Draft, w: Words) -> list[Markup | str | None]:
    """What was filled in, marked; the master folded once; what else is to know."""
    older = w("Filled from an older wording.") if filled.origin.older else None
    if not filled.as_filled:
        return [w("⚠ Begun from a master and changed since: read all of it."), older, _many(filled, w)]
    shown = excerpt(with_names(filled.origin.text), MASTER_SHOWN)
    return [
        w("<b>Filled into a master:</b>"),
        _words(draft, "\n"),
        Markup("<blockquote expandable>{}</blockquote>").format(shown),
        older,
        _many(filled, w),
    ]


def _words(draft: Draft, between: str) -> Markup:
    words = (Markup("{}: <u>{}</u>").format(name, said) for name, said in draft.fills)
    return Markup(between).join(words)  # noqa: S704 - a line break or a semicolon


def _many(filled: Filled, w: Words) -> Markup | None:
    if filled.waiting < 2:
        return None
    name = master_title(filled.origin.text, 30)
    return w.n(
        "Master “{title}”: <b>{n} text</b> waits", "Master “{title}”: <b>{n} texts</b> wait", filled.waiting, title=name
    )


def filled_rows(filled: Filled, draft: Draft, w: Words) -> tuple[Row, ...]:
    """Ten regions at once, and the text as a whole."""
    rows: list[Row] = []
    if filled.waiting > 1:
        look = w.plain_n("Look through all {n} ›", "Look through all {n} ›", filled.waiting)
        rows.append((button(look, MasterButton(verb="look", id=draft.id)),))
    if filled.as_filled:
        whole = MasterButton(verb="whole", id=draft.id, version=draft.version)
        rows.append((button(w.plain("Show whole text"), whole),))
    return tuple(rows)


# --- the list --------------------------------------------------------------------------------------------------------


def fill_list(view: ListView, w: Words, note: Markup | None = None) -> Screen:
    """What the regions filled in, one line each; taps leave lines out. `note`: what the last tap led to."""
    left = sum(line.state in {LineState.WAITING, LineState.LEFT_OUT} for line in view.lines)
    text = paragraphs(
        note,
        lines(
            w("<b>Master “{title}”</b>", title=master_title(view.text, 60)),
            w("Filled from an older wording.") if view.older else None,
            Markup("<blockquote expandable>{}</blockquote>").format(excerpt(with_names(view.text), LIST_SHOWN)),
        ),
        lines(*(_line(line, view, w) for line in view.lines)),
        w("Tap a number to leave it out.") if left else None,
    )
    return Screen(text, (*grid(_toggles(view), 4), *_verbs(view, w)))


def _line(line: Line, view: ListView, w: Words) -> Markup:
    draft = line.sheet.draft
    photos = f" 📷{len(draft.media)}" if draft.media else ""
    head = Markup("{}. <b>{}</b>, {}{}").format(
        line.number, place_name(draft.region, view.regions, w), line.sheet.author_name, photos
    )
    if line.state is LineState.WAITING:
        return head + ": " + _words(draft, "; ")
    state = w(_STATES[line.state])  # texts: dynamic
    if line.state in {LineState.LEFT_OUT, LineState.CLAIMED}:
        return head + ": " + _words(draft, "; ") + Markup(" (<i>{}</i>)").format(state)
    return head + Markup(": <i>{}</i>").format(state)


def _toggles(view: ListView) -> list[InlineKeyboardButton]:
    marks = {LineState.WAITING: "☑", LineState.LEFT_OUT: "☐"}
    return [
        button(f"{marks[line.state]} {line.number}", _do(view, "out", str(line.draft_id)))
        for line in view.lines
        if line.state in marks
    ]


def _do(view: ListView, verb: str, arg: str = "") -> MasterButton:
    return MasterButton(verb=verb, id=view.list.id, version=view.list.version, arg=arg)


def _verbs(view: ListView, w: Words) -> tuple[Row, ...]:
    here = str(view.page)
    rows: list[Row] = []
    if view.chosen:
        approve = w.plain_n("✓ Approve this {n}", "✓ Approve these {n}", len(view.chosen))
        rows.append((button(approve, _do(view, "clear", here)),))
    if any(line.undoable for line in view.lines):
        rows.append((button(w.plain("↩ Undo these approvals"), _do(view, "unclear", here)),))
    if any(line.sheet.draft.media for line in view.lines):
        rows.append((button(w.plain("Show the photos"), _do(view, "photos", here)),))
    if view.pages > 1:
        turn = [_do(view, "turn", str((view.page + step) % view.pages)) for step in (-1, 1)]
        rows.append(
            (
                button("‹", turn[0]),
                button(f"{view.page + 1} / {view.pages}", _do(view, "turn", here)),
                button("›", turn[1]),
            )
        )
    rows.append((button(w.plain("‹ Queue"), Go(to="queue")), *nav.home(w)))
    return tuple(rows)


def cleared_note(done: Cleared, w: Words) -> Markup:
    """Above the list: how many were approved, which were not."""
    approved = w.n("✓ <b>{n} text approved</b>", "✓ <b>{n} texts approved</b>", done.approved)
    if not done.failed:
        return approved
    numbers = ", ".join(map(str, done.failed))
    return lines(approved, w("⚠ Left alone, read them on their own: {numbers}", numbers=numbers))


def photos(view: ListView, stored: Mapping[str, StoredMedia], bot_id: int, w: Words) -> tuple[Content, ...]:
    """The pictures of a screen of the list, each under its number and region."""
    parts: list[Content] = []
    for line in view.lines:
        draft = line.sheet.draft
        if draft.media:
            caption = f"{line.number}. {place_name(draft.region, view.regions, w)}"
            parts += contents(caption, draft.media, stored, bot_id)
    return tuple(parts)
