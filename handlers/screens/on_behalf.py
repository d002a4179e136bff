"""Reporting for somebody who cannot."""

from datetime import datetime

from domain.usecases.on_behalf import ForOther, Reported
from handlers.screens.base import Row, Screen, button, label, paragraphs
from handlers.screens.figures import FigureButton
from handlers.screens.team_lists import CrewButton, back_to
from texts.words import Words, local_date

SHOWN = 8
"""Posts, and pages, on one screen: those of about two days."""


def menu(view: ForOther, w: Words, zone: str, now: datetime) -> Screen:
    """What can be reported for them. `zone`: the reader's."""
    if not view.posts and not view.pages:
        return Screen(
            w("Nothing of {name} can be reported now: no open posts, no pages they keep.", name=view.name),
            (back_to(view.person_id, w),),
        )
    rows: list[Row] = [
        (
            button(
                label(
                    f"🔗 {one.page.title}",
                    f" · {w.day(local_date(one.slot.at, zone))} {w.time(one.slot.at, zone)}",
                ),
                CrewButton(verb="proof", id=one.assignment.id, page=one.assignment.version),
            ),
        )
        for one in view.posts[:SHOWN]
    ]
    rows += [
        (
            button(
                label(f"📊 {page.title}"), FigureButton(verb="page", key=page.code, day=page.local_day(now).isoformat())
            ),
        )
        for page in view.pages[:SHOWN]
    ]
    text = paragraphs(
        w("<b>Report for {name}</b>", name=view.name),
        w("🔗 the link of a post, 📊 the figure of a page. The record says that you typed it, and for whom."),
    )
    return Screen(text, (*rows, back_to(view.person_id, w)))


def ask(found: Reported, w: Words, zone: str) -> Screen:
    """The next message is the link."""
    view = found.view
    text = w(
        "The link of {name}'s post, please: {page}, {time}.",
        name=found.name,
        page=view.page.title,
        time=w.time(view.slot.at, zone),
    )
    return Screen(text, ((button(w.plain("‹ Back"), CrewButton(verb="for", id=view.assignment.person_id)),),))


def done(found: Reported, w: Words) -> Screen:
    """Taken down."""
    text = w(
        "✓ Reported for {name}: {page}. Typed by {by}; they are told.",
        name=found.name,
        page=found.view.page.title,
        by=found.by,
    )
    person_id = found.view.assignment.person_id
    more = (button(w.plain("More of theirs"), CrewButton(verb="for", id=person_id)),)
    return Screen(text, (more, back_to(person_id, w)))


def for_you(by: str, page: str, at: str, url: str, w: Words) -> Screen:
    """To whoever it was reported for."""
    text = w("{by} reported for you: {page}, {time}.\n{url}", by=by, page=page, time=at, url=url)
    return Screen(paragraphs(text, w("If it is not your post, please tell them.")))
