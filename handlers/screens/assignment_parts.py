"""What every screen of an assignment says: which page, when, the text that is to be published."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.page_links import page_url
from domain.pages import Page
from domain.ports.plan import AssignmentView
from domain.readings import as_published
from handlers.screens.base import Row, button
from texts.names import platform_name
from texts.words import Words


class AssignmentButton(CallbackData, prefix="p"):
    """`verb`: open, back, accept, files, posted, undo, cant, why, nowords, ask, asklink, linked, out.

    `value`: a `DeclineReason`; "below": not on the card; "sure": also long before its moment; "list": on a list that stays.
    """

    verb: str
    id: int
    version: int = 0
    value: str = ""


class ProofButton(CallbackData, prefix="pf"):
    """`verb`: nolink, text, later, anyway, keep, gone, took, fine, blocked, block (id: an assignment); again, leave (the same, version:
    of its slot); works, still (id: a block). `value`: "below": not on the card."""

    verb: str
    id: int
    version: int = 0
    value: str = ""


def page_line(page: Page, w: Words) -> Markup:
    url = page_url(page)
    platform = platform_name(page.platform, w)
    if url is None:
        return Markup("<b>{}</b> · {}").format(page.title, platform)
    return Markup('<a href="{}"><b>{}</b></a> · {}').format(url, page.title, platform)


def when(view: AssignmentView, w: Words, now: datetime) -> str:
    """On the reader's own clock; where the page keeps another one, with what its readers' clocks say then."""
    at, mine, theirs = view.assignment.at, view.person.zone, view.page.zone
    moment = w.moment(at, mine, now)
    if w.time(at, mine) == w.time(at, theirs):
        return moment
    return w.plain("{time} your time ({there} in {city})", time=moment, there=w.time(at, theirs), city=w.city(theirs))


def ready_text(view: AssignmentView) -> str:
    """Exactly what is to be published: the approved version with the page's imprint line (H3)."""
    return as_published(view.text or "", view.page.imprint)


def back(view: AssignmentView, w: Words) -> Row:
    number, version = view.assignment.id, view.assignment.version
    return (button(w.plain("‹ Back"), AssignmentButton(verb="back", id=number, version=version)),)


def line(view: AssignmentView, w: Words, now: datetime) -> Markup:
    return Markup("{}\n<b>{}</b>").format(page_line(view.page, w), when(view, w, now))


def given_for(view: AssignmentView, w: Words) -> Markup | None:
    """Where a proof is shown it says so when somebody else gave it."""
    return w("Typed by {by} for {name}.", by=view.given_by, name=view.person.name) if view.given_by else None
