"""The first screen of everybody who has joined."""

from datetime import datetime

from markupsafe import Markup

from domain.people import Actor
from domain.rights import may
from domain.usecases.team import Home
from handlers.screens.base import Screen, button, grid, lines, paragraphs
from handlers.screens.campaign_line import not_running
from handlers.screens.commands import NEEDS
from handlers.screens.nav import Go
from texts.roles import role_lines
from texts.words import Words, mark_plain

_BUTTONS: tuple[tuple[str, str], ...] = (
    ("today", mark_plain("My day")),
    ("draft", mark_plain("Write a post")),
    ("queue", mark_plain("To approve")),
    ("drafts", mark_plain("My drafts")),
    ("report", mark_plain("Figures")),
    ("status", mark_plain("Status")),
    ("commit", mark_plain("Commitments")),
    ("export", mark_plain("Files")),
    ("plan", mark_plain("The day's plan")),
    ("pages", mark_plain("Pages")),
    ("team", mark_plain("Team")),
    ("stop", mark_plain("⛔ Stop")),
    ("settings", mark_plain("Settings")),
    ("help", mark_plain("Help")),
)


def allowed(actor: Actor, *, keeps_pages: bool) -> frozenset[str]:
    """The commands this person may use."""
    return frozenset(to for to, action in NEEDS.items() if may(actor, action, mine=keeps_pages and to == "report"))


def home(view: Home, w: Words, now: datetime, line: Markup | None = None) -> Screen:
    """`line`: what has just happened, above everything."""
    person = view.actor.person
    names = [w("<b>{name}</b>", name=person.name), *role_lines(view.actor.memberships, view.regions, w)]
    ahead = w("Next post: {when}", when=w.moment(view.next_at, person.zone, now)) if view.next_at else None
    overdue = [
        w("⚠ Overdue: {time} {page}", time=w.time(v.assignment.at, person.zone), page=v.page.title)
        for v in view.overdue
    ]
    if view.actor.memberships:
        hint = w("Send a text, a photo or a forwarded message, and it becomes a draft.")
    else:
        hint = w("You have no role at the moment. Ask your coordinator.")
    outside = not_running(view.not_running, now, w) if view.not_running is not None else None
    may_use = allowed(view.actor, keeps_pages=view.keeps_pages)
    buttons = [button(w.plain(text), Go(to=to)) for to, text in _BUTTONS if to in may_use]  # texts: dynamic
    fill = w.plain_n("Fill in: {n} text of headquarters", "Fill in: {n} texts of headquarters", view.masters)
    masters = ((button(fill, Go(to="masters")),),) if view.masters else ()
    return Screen(paragraphs(line, lines(*overdue), lines(*names), outside, ahead, hint), (*masters, *grid(buttons, 2)))


def how_posted(w: Words) -> Screen:
    """To "done" without a link."""
    text = w("👍 So that it counts: open the post's card, press “Posted ✓” and send the link to it.")
    return Screen(text, ((button(w.plain("My day"), Go(to="today")),),))


def no_draft(w: Words) -> Screen:
    """To "ok" and "thanks"."""
    return Screen(w("👌 I made no draft of this. The text of a post becomes one when you send it here."))
