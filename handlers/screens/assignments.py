"""Assignments as people see them: the card, the day, the questions on the way."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.errors import DomainError
from domain.ladder import Step
from domain.links import NotALink, NotAPage, SeveralLinks, UnknownPlatform, page_address
from domain.media_rules import PUBLISHABLE
from domain.pages import Page
from domain.plan import AssignmentState, DeclineReason, WrongPage, is_early
from domain.ports.drafts import StoredMedia
from domain.ports.plan import AssignmentView
from domain.readings import as_published
from handlers.screens.base import (
    COPY_LIMIT,
    Content,
    Row,
    Screen,
    button,
    copy,
    lines,
    link,
    paragraphs,
)
from handlers.screens.draft_parts import contents, descriptions
from handlers.screens.nav import Go, cancel
from handlers.screens.timing_lines import for_poster
from texts.errors import explain
from texts.names import platform_name
from texts.words import Words, mark, mark_plain


class AssignmentButton(CallbackData, prefix="p"):
    """`verb`: open, back, posted, undo, cant, why, nowords, ask, linked, out. `value`: a `DeclineReason`; "below": not on the card;
    "sure": also long before its moment."""

    verb: str
    id: int
    version: int = 0
    value: str = ""


class OfferButton(CallbackData, prefix="o"):
    """`verb`: yes, no."""

    verb: str
    id: int
    version: int


REASONS: dict[DeclineReason, str] = {
    DeclineReason.BUSY: mark_plain("I have no time"),
    DeclineReason.SICK: mark_plain("I am ill"),
    DeclineReason.NO_ACCESS: mark_plain("I cannot get into the page"),
    DeclineReason.TEXT: mark_plain("I do not want to post this text"),
    DeclineReason.OTHER: mark_plain("Something else"),
}
_ENDED = {
    AssignmentState.DECLINED: mark("You have passed this on. Thank you for saying so."),
    AssignmentState.REPLACED: mark("A colleague has taken this over. There is nothing left to do."),
    AssignmentState.MISSED: mark("The day is over, and no link came for this one."),
    AssignmentState.CANCELLED: mark("This is cancelled. There is nothing left to do."),
}


# -- pieces -------------------------------------------------------------------------------------------------------------------


def page_url(page: Page) -> str | None:
    """The page's address as a link; None when the plan gives none that can be opened."""
    for address in page.addresses:
        try:
            return page_address(address).normal
        except (NotALink, NotAPage, SeveralLinks, UnknownPlatform):
            continue
    return None


def _page(page: Page, w: Words) -> Markup:
    url = page_url(page)
    platform = platform_name(page.platform, w)
    if url is None:
        return Markup("<b>{}</b> · {}").format(page.title, platform)
    return Markup('<a href="{}"><b>{}</b></a> · {}').format(url, page.title, platform)


def _when(view: AssignmentView, w: Words, now: datetime) -> str:
    return w.moment(view.assignment.at, view.person.zone, now)


def ready_text(view: AssignmentView) -> str:
    """Exactly what is to be published: the approved version with the page's imprint line (H3)."""
    return as_published(view.text or "", view.page.imprint)


def content(view: AssignmentView, files: dict[str, StoredMedia], w: Words) -> tuple[Content, ...]:
    """The copy-ready messages above the card: the text with the files that are published, then what the pictures show."""
    media = tuple(file for file in view.media if file.kind in PUBLISHABLE)
    text = ready_text(view)
    if not text and not media:
        return ()
    return (*contents(text, media, files, None), *descriptions(media, w))


def _buttons(view: AssignmentView, w: Words) -> tuple[Row, ...]:
    number, version = view.assignment.id, view.assignment.version
    return (
        (button(w.plain("Posted ✓"), AssignmentButton(verb="posted", id=number, version=version)),),
        (
            button(w.plain("Can't do it"), AssignmentButton(verb="cant", id=number, version=version)),
            button(w.plain("Question"), AssignmentButton(verb="ask", id=number, version=version)),
        ),
    )


def _back(view: AssignmentView, w: Words) -> Row:
    number, version = view.assignment.id, view.assignment.version
    return (button(w.plain("‹ Back"), AssignmentButton(verb="back", id=number, version=version)),)


# -- the card -----------------------------------------------------------------------------------------------------------------


def control(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """The message with the buttons below the text, in whatever state the assignment is."""
    match view.assignment.state:
        case AssignmentState.ASSIGNED if view.halted:
            return _stopped(view, w, now)
        case AssignmentState.ASSIGNED:
            return _open(view, w, now)
        case AssignmentState.OFFERED:
            return offer(view, w, now)
        case AssignmentState.POSTED:
            return posted(view, w, now)
    return Screen(paragraphs(_line(view, w, now), w(_ENDED[view.assignment.state])))  # texts: dynamic


def _line(view: AssignmentView, w: Words, now: datetime) -> Markup:
    return Markup("{}\n<b>{}</b>").format(_page(view.page, w), _when(view, w, now))


def _open(view: AssignmentView, w: Words, now: datetime) -> Screen:
    text = ready_text(view)
    hint = w("Copy the text above, publish it on the page, then tap <b>Posted ✓</b>.")
    url = page_url(view.page)
    tools = [
        *([link(w.plain("Open the page"), url)] if url else []),
        *([copy(w.plain("Copy the text"), text)] if 0 < len(text) <= COPY_LIMIT else []),
    ]
    rows = _buttons(view, w) + ((tuple(tools),) if tools else ())
    return Screen(paragraphs(_line(view, w, now), for_poster(view, w, now), hint), rows)


def _stopped(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """An emergency stop holds the page: no text, nothing to copy; what is out already can still be proven."""
    number, version = view.assignment.id, view.assignment.version
    text = w("⛔ <b>Stop: please do not post this</b> until you hear from us.")
    hint = w("It will come back by itself. If it is out already, tell me.")
    done = button(
        w.plain("It is out already"), AssignmentButton(verb="posted", id=number, version=version, value="sure")
    )
    ask = button(w.plain("Question"), AssignmentButton(verb="ask", id=number, version=version))
    return Screen(paragraphs(text, _line(view, w, now), hint), ((done, ask),))


def posted(view: AssignmentView, w: Words, now: datetime, place: str = "") -> Screen:
    """Thanks, and the way back from a mistaken tap. `place`: "below" the card, which is another message."""
    at = view.slot.posted_at or now
    text = lines(
        w("✓ Posted {time}, thank you", time=w.moment(at, view.person.zone, now)),
        Markup("{}, {}").format(_page(view.page, w), _when(view, w, now)),
    )
    number, version = view.assignment.id, view.assignment.version
    undo = button(w.plain("Undo"), AssignmentButton(verb="undo", id=number, version=version, value=place))
    row: Row = (link(w.plain("See the post"), view.proof_url), undo) if view.proof_url else (undo,)
    return Screen(text, (row, (button(w.plain("My day"), Go(to="today")),)))


def proved(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """The answer to a link; the card above says the same."""
    return posted(view, w, now, "below")


def undone(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """What stands below a card after [Undo]; the card itself has its buttons again."""
    number, version = view.assignment.id, view.assignment.version
    again = button(w.plain("Show the text"), AssignmentButton(verb="open", id=number, version=version))
    return Screen(paragraphs(w("Taken back: this is to be posted again."), _line(view, w, now)), ((again,),))


def _ahead(view: AssignmentView, w: Words, now: datetime) -> Markup:
    at = view.assignment.at
    return w("It is {ago} until {time}. Is it posted already?", ago=w.ago(at - now), time=w.time(at, view.person.zone))


def early(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[Posted] long before the moment."""
    number, version = view.assignment.id, view.assignment.version
    yes = button(w.plain("Yes, posted ✓"), AssignmentButton(verb="posted", id=number, version=version, value="sure"))
    no = button(w.plain("Not yet"), AssignmentButton(verb="back", id=number, version=version))
    return Screen(paragraphs(_line(view, w, now), _ahead(view, w, now)), ((yes, no),))


def ask_link(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[Posted] was tapped: the link is awaited."""
    text = w("Wonderful! Now send the link: open your post, tap <b>Copy link</b> and paste it here.")
    return Screen(paragraphs(_line(view, w, now), text), (_back(view, w),))


def link_refused(view: AssignmentView, error: DomainError, w: Words) -> Screen:
    """The link does not do; it is still awaited."""
    needed = w("Please send the link to the post on <b>{page}</b>.", page=view.page.title)
    return Screen(paragraphs(explain(error, w), None if isinstance(error, WrongPage) else needed), (cancel(w),))


def reasons(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[Can't do it] was tapped: why, in one tap."""
    number, version = view.assignment.id, view.assignment.version
    rows = [
        (button(_reason(reason, w), AssignmentButton(verb="why", id=number, version=version, value=reason.value)),)
        for reason in DeclineReason
    ]
    text = w("It happens. What is in the way? A colleague will be asked at once.")
    return Screen(paragraphs(_line(view, w, now), text), (*rows, _back(view, w)))


def ask_note(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """None of the reasons on the buttons: in a line, or without words."""
    number, version = view.assignment.id, view.assignment.version
    silent = button(w.plain("Without words"), AssignmentButton(verb="nowords", id=number, version=version))
    text = w("What is in the way? Write it in one line, the press secretary will read it.")
    return Screen(paragraphs(_line(view, w, now), text), ((silent,), _back(view, w)))


def _reason(reason: DeclineReason, w: Words) -> str:
    return w.plain(REASONS[reason])  # texts: dynamic


def ask_question(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[Question] was tapped: it is awaited."""
    text = w("Write your question. It goes to the press secretary, the answer comes here.")
    return Screen(paragraphs(_line(view, w, now), text), (_back(view, w),))


def found_for_link(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """A link came by itself: is it the proof?"""
    number, version = view.assignment.id, view.assignment.version
    yes = button(w.plain("Yes, posted ✓"), AssignmentButton(verb="linked", id=number, version=version))
    text = w("Is this your post for this assignment?")
    ahead = _ahead(view, w, now) if is_early(view.assignment, now) else None
    return Screen(paragraphs(_line(view, w, now), text, ahead), ((yes,), (button(w.plain("No"), Go(to="cancel")),)))


# -- stepping in --------------------------------------------------------------------------------------------------------------


def offer(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """Somebody is asked to step in."""
    number, version = view.assignment.id, view.assignment.version
    late = view.assignment.at < now
    text = (
        w("Can you step in? This post is overdue and still missing.") if late else w("Can you step in for a colleague?")
    )
    row: Row = (
        button(w.plain("I'll do it"), OfferButton(verb="yes", id=number, version=version)),
        button(w.plain("Not me"), OfferButton(verb="no", id=number, version=version)),
    )
    return Screen(paragraphs(text, _line(view, w, now)), (row,))


def offer_outcome(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """The offer's message after an answer, or when it was withdrawn."""
    match view.assignment.state:
        case AssignmentState.OFFERED:
            return offer(view, w, now)
        case AssignmentState.ASSIGNED:
            text = w("Thank you! The text and the buttons come in the next message.")
        case AssignmentState.POSTED:
            text = w("✓ Posted, thank you for stepping in!")
        case AssignmentState.DECLINED:
            text = w("All right, somebody else will be asked.")
        case _:
            text = w("No longer needed, thank you.")
    return Screen(paragraphs(text, _line(view, w, now)))


# -- news of it ---------------------------------------------------------------------------------------------------------------


def reminder(view: AssignmentView, step: Step, w: Words, now: datetime) -> Screen:
    """Before and at the slot; replaced by the next, gone when it is done."""
    minutes = max(1, round((view.assignment.at - now).total_seconds() / 60))
    head = (
        w.n("⏰ In {n} minute it is time to post:", "⏰ In {n} minutes it is time to post:", minutes)
        if step is Step.BEFORE
        else w("⏰ It is time to post:")
    )
    number, version = view.assignment.id, view.assignment.version
    again = button(w.plain("Show the text"), AssignmentButton(verb="open", id=number, version=version))
    return Screen(paragraphs(head, _line(view, w, now)), (*_buttons(view, w), (again,)))


def cancelled(view: AssignmentView, reason: str, w: Words, now: datetime) -> Screen:
    """What somebody knew of was taken out of the plan."""
    match reason:
        case "silence":
            why = w("There is a silence period then, so nothing is published.")
        case "halt":
            why = w("Publishing was stopped, and its time has passed. The text will be planned again.")
        case "out":
            why = w("The same text is out on this page already.")
        case "recall":
            why = w("The text is recalled. If it is out already, tell me at once.")
        case "urgent":
            why = w("It goes out as urgent: somebody is asked to publish it right now.")
        case "expired":
            why = w("The text was meant to be public until now only. If it is out already, tell me at once.")
        case "withdrawn":
            why = w("Its author has withdrawn the text. If it is out already, tell me at once.")
        case "authority":
            why = w("The written authority of the page's owner does not cover it.")
        case "owner":
            why = w("The page's owner has stopped this post. If it is out already, tell me at once.")
        case "imprint":
            why = w("The imprint line has changed, so the text is being approved anew.")
        case _:
            why = w("The page is no longer in the plan.")
    text = paragraphs(w("Please do not post this, it is cancelled:"), _line(view, w, now), why)
    if reason not in {"halt", "recall", "expired", "withdrawn"}:
        return Screen(text)
    out = AssignmentButton(verb="out", id=view.assignment.id, version=view.assignment.version)
    return Screen(text, ((button(w.plain("It is out already"), out),),))


def replaced(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """A substitute took it over."""
    text = w("A colleague has stepped in for you. There is nothing left to do.")
    return Screen(paragraphs(_line(view, w, now), text))
