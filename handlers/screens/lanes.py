"""Lanes in words: a page's, what a draft's asks of its author, what it asks of an approver, whom to appoint."""

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.drafts import OPEN_STATES, UNFINISHED_STATES, Draft
from domain.lanes import Lane, Risk, Shortage, strictest
from domain.people import EVERYWHERE, Role
from domain.usecases.approvals import CardFacts
from domain.usecases.draft_steps import Panel
from handlers.screens.base import Row, Screen, button, lines, paragraphs
from handlers.screens.draft_parts import quote
from handlers.screens.invites import InviteButton
from texts.words import Words, mark_plain

_NAMES = {
    Lane.ORDINARY: mark_plain("Ordinary lane"),
    Lane.STRICT: mark_plain("Strict lane"),
    Lane.BOLD: mark_plain("Bold lane"),
}


class LaneButton(CallbackData, prefix="ln"):
    """`verb`: page, set, set!, src, nosrc, list, tick, why, nowhy. `arg`: a page's key with lanes, or a risk."""

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""


def lane_name(lane: Lane, w: Words) -> str:
    return w.plain(_NAMES[lane])  # texts: dynamic


# --- the author's side -----------------------------------------------------------------------------------------------


def on_panel(view: Panel, w: Words) -> list[Markup | str | None]:
    """What the lane of the chosen pages asks of the author; nothing in the ordinary one."""
    lane = strictest(page.lane for page in view.pages)
    if lane is Lane.ORDINARY or view.draft.state not in OPEN_STATES:
        return []
    if lane is Lane.STRICT:
        return [w("⚖ Strict lane: two different people approve."), _short_line(view.short, w)]
    sources = sources_line(view.draft, w) or w("⚠ Name the sources before you hand it in.")
    return [w("🛡 Bold lane: two people approve; they check sources and risks."), sources, _short_line(view.short, w)]


def panel_rows(view: Panel, w: Words) -> tuple[Row, ...]:
    """[Sources] while the author can give them; the invite when they may appoint who is missing."""
    rows: tuple[Row, ...] = ()
    bold = strictest(page.lane for page in view.pages) is Lane.BOLD
    if bold and view.draft.state in UNFINISHED_STATES:
        asked = LaneButton(verb="src", id=view.draft.id, version=view.draft.version)
        rows = ((button(w.plain("🔗 Sources"), asked),),)
    return (*rows, *appoint_row(view.short if view.may_appoint else None, w))


def sources_line(draft: Draft, w: Words) -> Markup | None:
    """What the author named."""
    return w("🔗 Sources: {sources}", sources=draft.sources) if draft.sources else None


def ask_sources(draft: Draft, w: Words) -> Screen:
    """The author's next message names them."""
    text = lines(
        w("Where can what you claim be checked? Send links, or the name of the document."),
        w("For example: https://kremlin.ru/acts/1 or «Decree of the city council», № 214."),
        quote(draft.sources),
    )
    back = LaneButton(verb="nosrc", id=draft.id, version=draft.version)
    return Screen(text, ((button(w.plain("‹ Back"), back),),))


# --- the approver's side ---------------------------------------------------------------------------------------------


def on_card(facts: CardFacts, w: Words) -> list[Markup | str | None]:
    """Below the facts of a card."""
    shown: list[Markup | str | None] = [_short_line(facts.extra.short, w)]
    if facts.sheet.lane is not Lane.BOLD:
        return shown
    missing = w("⚠ The author has named no sources: it cannot be approved.")
    return [w("🛡 <b>Bold lane</b>"), sources_line(facts.sheet.draft, w) or missing, *shown]


def card_rows(facts: CardFacts, w: Words) -> tuple[Row, ...]:
    """The checklist of a bold text; the invite when the reader may appoint who is missing."""
    rows: tuple[Row, ...] = ()
    draft = facts.sheet.draft
    if facts.sheet.lane is Lane.BOLD:
        done = w.plain("☑ Risk checklist: {n} of {all}", n=len(facts.extra.checks), all=len(Risk))
        rows = ((button(done, LaneButton(verb="list", id=draft.id, version=draft.version)),),)
    return (*rows, *appoint_row(facts.extra.short if facts.extra.may_appoint else None, w))


# --- whom to appoint -------------------------------------------------------------------------------------------------


def _short_line(short: Shortage | None, w: Words) -> Markup | None:
    if short is None:
        return None
    if short.region == EVERYWHERE or not short.name:
        return w.n(
            "⚠ Too few people may approve it: {n} more press secretary for the whole campaign is needed. "
            "Nothing is approved until then.",
            "⚠ Too few people may approve it: {n} more press secretaries for the whole campaign are needed. "
            "Nothing is approved until then.",
            short.missing,
        )
    return w.n(
        "⚠ Too few people may approve it: {n} more press secretary is needed ({region}). "
        "Nothing is approved until then.",
        "⚠ Too few people may approve it: {n} more press secretaries are needed ({region}). "
        "Nothing is approved until then.",
        short.missing,
        region=short.name,
    )


def appoint_row(short: Shortage | None, w: Words) -> tuple[Row, ...]:
    """The invite that would help."""
    if short is None:
        return ()
    make = InviteButton(verb="make", role=Role.PRESS_SECRETARY, region=short.region)
    return ((button(w.plain("Invite a press secretary"), make),),)


def short_told(short: Shortage, author: str, title: str, w: Words) -> Screen:
    """To managers, once a day."""
    what = w("A text waits and cannot be approved: {author}, “{title}”.", author=author, title=title)
    return Screen(paragraphs(what, _short_line(short, w)), appoint_row(short, w))
