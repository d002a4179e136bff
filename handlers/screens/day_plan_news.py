"""What those who had a post hear when somebody changes the day by hand."""

from datetime import datetime

from markupsafe import Markup

from domain.day_plan import Kind
from domain.ports.plan import AssignmentView
from handlers.screens.assignment_parts import AssignmentButton
from handlers.screens.base import Row, Screen, button, paragraphs
from texts.words import Words, mark

_OFF: dict[Kind, str] = {
    Kind.SKIP: mark("This post is out of the plan: please do not publish it."),
    Kind.GIVE: mark("This post goes to a colleague now. There is nothing left for you to do."),
    Kind.TEXT_OFF: mark("The text of this post was taken back: please do not publish it."),
    Kind.SWAP_PEOPLE: mark("You have swapped this post for another one, which comes in a message of its own."),
    Kind.UNDO: mark("This post is no longer yours: the plan is again as it was before."),
}


def _show(view: AssignmentView, w: Words) -> tuple[Row, ...]:
    data = AssignmentButton(verb="open", id=view.assignment.id, version=view.assignment.version)
    return ((button(w.plain("Show the text"), data),),)


def _what(view: AssignmentView, at: datetime, w: Words, now: datetime) -> Markup:
    return Markup("<b>{}</b>, {}").format(view.page.title, w.moment(at, view.person.zone, now))


def moved(view: AssignmentView, was: datetime, w: Words, now: datetime) -> Screen:
    """Another moment, on the reader's own clock."""
    zone = view.person.zone
    text = w(
        "🕒 <b>Moved:</b> {was} → {new}", was=w.moment(was, zone, now), new=w.moment(view.assignment.at, zone, now)
    )
    return Screen(paragraphs(text, Markup("<b>{}</b>").format(view.page.title)), _show(view, w))


def other_text(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """The card with the new text follows."""
    text = w("This post has another text now. Please take the one that comes next, not the one from before.")
    return Screen(paragraphs(text, _what(view, view.assignment.at, w, now)))


def off(view: AssignmentView, kind: Kind, w: Words, now: datetime) -> Screen:
    """It is no longer theirs."""
    text = w(_OFF.get(kind, _OFF[Kind.UNDO]))  # texts: dynamic
    return Screen(paragraphs(text, _what(view, view.assignment.at, w, now)))
