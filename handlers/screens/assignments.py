"""Assignments as people see them: the card, the day, the questions on the way."""

from datetime import datetime
from mimetypes import guess_extension

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.media_rules import PUBLISHABLE
from domain.page_links import page_url
from domain.pages import PageKind
from domain.plan import AssignmentState, DeclineReason, is_early
from domain.ports.drafts import StoredMedia
from domain.ports.plan import AssignmentView
from domain.silence import SilenceKind
from domain.spot_checks import CheckState
from domain.swaps import deadline
from handlers.screens import proofs
from handlers.screens.assignment_parts import AssignmentButton, ProofButton, back, line, ready_text
from handlers.screens.base import (
    COPY_LIMIT,
    MESSAGE_LIMIT,
    Content,
    MediaFile,
    Row,
    Screen,
    button,
    copy,
    grid,
    lines,
    link,
    paragraphs,
)
from handlers.screens.draft_parts import ALBUM_LIMIT, contents, descriptions
from handlers.screens.split import split_text
from handlers.screens.swap_buttons import SwapButton
from handlers.screens.timing_lines import for_poster
from texts.words import Words, mark, mark_plain


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

_WHY = {
    "silence": mark("There is a silence period then, so nothing is published."),
    "halt": mark("Publishing was stopped, and its time has passed. The text will be planned again."),
    "out": mark("The same text is out on this page already."),
    "recall": mark("The text is recalled. If it is out already, tell me at once."),
    "urgent": mark("It goes out as urgent: somebody is asked to publish it right now."),
    "expired": mark("The text was meant to be public until now only. If it is out already, tell me at once."),
    "withdrawn": mark("Its author has withdrawn the text. If it is out already, tell me at once."),
    "authority": mark("The written authority of the page's owner does not cover it."),
    "owner": mark("The page's owner has stopped this post. If it is out already, tell me at once."),
    "imprint": mark("The imprint line has changed, so the text is being approved anew."),
    "norm": mark("At that time the page does not post any more."),
    "campaign": mark("The campaign's days have changed, and nothing is planned for that day."),
}
"""Why what somebody knew of was taken out of the plan; else its page was."""


def content(view: AssignmentView, files: dict[str, StoredMedia], w: Words) -> tuple[Content, ...]:
    """The copy-ready messages above the card: the files that are published, the text, then what the pictures show.

    With one file the text is its caption, which is copied by one touch. An album's is not, so its text is a message of its own.
    """
    media = tuple(file for file in view.media if file.kind in PUBLISHABLE)
    text = ready_text(view)
    if not text and not media:
        return ()
    if sum(file.sha256 in files for file in media) > 1:
        return (*contents("", media, files, None), *([Content(text)] if text else []), *descriptions(media, w))
    return (*contents(text, media, files, None), *descriptions(media, w))


def documents(view: AssignmentView, files: dict[str, StoredMedia], w: Words) -> tuple[Content, ...]:
    """[As files]: pictures and videos as documents, which networks take at full size. Too large ones, known by Telegram's id only,
    come as they are."""
    known = [files[file.sha256] for file in view.media if file.kind in PUBLISHABLE and file.sha256 in files]
    made = []
    for number, stored in enumerate(known, 1):
        if stored.stored:
            name = f"{view.page.code}-{number}{guess_extension(stored.mime) or ''}"
            made.append(MediaFile(stored.sha256, "document", None, name))
    kept = [MediaFile(one.sha256, one.kind, one.file_id, one.name) for one in known if not one.stored]
    albums = [Content("", tuple(made[at : at + ALBUM_LIMIT])) for at in range(0, len(made), ALBUM_LIMIT)]
    too_large = w.plain("Too large for me to send as a file, so it comes as it is:")
    return (*albums, *(Content(too_large, (one,)) for one in kept))


def _buttons(view: AssignmentView, w: Words) -> tuple[Row, ...]:
    number, version = view.assignment.id, view.assignment.version
    return (
        (button(w.plain("Posted ✓"), AssignmentButton(verb="posted", id=number, version=version)),),
        (
            button(w.plain("Can't do it"), AssignmentButton(verb="cant", id=number, version=version)),
            button(w.plain("Question"), AssignmentButton(verb="ask", id=number, version=version)),
        ),
    )


# -- the card -----------------------------------------------------------------------------------------------------------------


def control(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """The message with the buttons below the text, in whatever state the assignment is."""
    match view.assignment.state:
        case AssignmentState.ASSIGNED if view.halted:
            return _stopped(view, w, now)
        case AssignmentState.ASSIGNED if view.check is CheckState.DISPUTED:
            return _disputed(view, w, now)
        case AssignmentState.ASSIGNED:
            return _open(view, w, now)
        case AssignmentState.OFFERED:
            return offer(view, w, now)
        case AssignmentState.POSTED:
            return proofs.posted(view, w, now)
    return Screen(paragraphs(line(view, w, now), w(_ENDED[view.assignment.state])))  # texts: dynamic


def _disputed(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """Nothing is asked of them; who wants to put it right all the same can."""
    number, version = view.assignment.id, view.assignment.version
    again = button(w.plain("Put right ✓"), AssignmentButton(verb="posted", id=number, version=version, value="sure"))
    ask = button(w.plain("Question"), AssignmentButton(verb="ask", id=number, version=version))
    return Screen(paragraphs(line(view, w, now), proofs.disputed(w)), ((again, ask),))


def _open(view: AssignmentView, w: Words, now: datetime) -> Screen:
    said = w("● You have said yes, thank you.") if view.assignment.accepted_at is not None else None
    facts = lines(said, for_poster(view, w, now))
    if view.not_before is not None and view.not_before > now:
        later = w("The text comes then, by itself.")
        return Screen(paragraphs(line(view, w, now), facts, later), _rows(view, "", w, now))
    if view.silence is not None:
        return Screen(paragraphs(line(view, w, now), facts, _silent(view, w, now)), _rows(view, "", w, now))
    if view.held:
        not_now = w("This must not be published at the moment, so I do not show the text. Later it is in /today.")
        return Screen(paragraphs(line(view, w, now), facts, not_now), _rows(view, "", w, now))
    text = ready_text(view)
    pieces = len(split_text(text, MESSAGE_LIMIT))
    hint = w("Copy the text above, publish it on the page, then tap <b>Posted ✓</b>.")
    long = (
        w.n(
            "The text stands above in {n} message.",
            "The text stands above in {n} messages: copy them one after another.",
            pieces,
        )
        if pieces > 1
        else None
    )
    return Screen(paragraphs(line(view, w, now), facts, hint, long), _rows(view, text, w, now))


_SILENT = {
    SilenceKind.VOTING: mark("🤫 <b>Days of voting</b>"),
    SilenceKind.MORATORIUM: mark("🤫 <b>A moratorium</b>"),
    SilenceKind.MOURNING: mark("🕯 <b>Mourning</b>"),
}


def _silent(view: AssignmentView, w: Words, now: datetime) -> Markup:
    """A silence holds: why there is no text, and until when."""
    kind = w(_SILENT[view.silence or SilenceKind.MORATORIUM])  # texts: dynamic
    if view.silent_until is None:
        return w("{kind}: nothing is published now. The text comes back here by itself.", kind=kind)
    until = w.moment(view.silent_until, view.person.zone, now)
    return w("{kind}: nothing is published until {when}. The text comes back here by itself.", kind=kind, when=until)


def _rows(view: AssignmentView, text: str, w: Words, now: datetime) -> tuple[Row, ...]:
    number, version = view.assignment.id, view.assignment.version
    posted, *others = _buttons(view, w)
    ahead = []
    if view.assignment.accepted_at is None and view.assignment.at > now:
        ahead.append(button(w.plain("Will do"), AssignmentButton(verb="accept", id=number, version=version)))
    if view.page.kind is not PageKind.PERSONAL and view.slot.urgent_id is None and deadline(view.assignment.at) > now:
        ahead.append(button(w.plain("Ask a colleague"), SwapButton(verb="who", id=number, version=version)))
    url, public = page_url(view.page), not view.held and (view.not_before is None or view.not_before <= now)
    media = public and any(file.kind in PUBLISHABLE for file in view.media)
    tools = [
        *([link(w.plain("Open the page"), url)] if url else []),
        *([copy(w.plain("Copy the text"), text)] if 0 < len(text) <= COPY_LIMIT else []),
        *([button(w.plain("As files"), AssignmentButton(verb="files", id=number, version=version))] if media else []),
    ]
    return (posted, *([tuple(ahead)] if ahead else []), *others, *grid(tools, 2))


def _stopped(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """An emergency stop holds the page: no text, nothing to copy; what is out already can still be proven."""
    number, version = view.assignment.id, view.assignment.version
    text = w("⛔ <b>Stop: please do not post this</b> until you hear from us.")
    hint = w("It will come back by itself. If it is out already, tell me.")
    done = button(
        w.plain("It is out already"), AssignmentButton(verb="posted", id=number, version=version, value="sure")
    )
    ask = button(w.plain("Question"), AssignmentButton(verb="ask", id=number, version=version))
    return Screen(paragraphs(text, line(view, w, now), hint), ((done, ask),))


def reasons(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[Can't do it] was tapped: why, in one tap."""
    number, version = view.assignment.id, view.assignment.version
    rows = [
        (button(_reason(reason, w), AssignmentButton(verb="why", id=number, version=version, value=reason.value)),)
        for reason in DeclineReason
    ]
    text = w("It happens. What is in the way? A colleague will be asked at once.")
    blocked = button(w.plain("My account is blocked"), ProofButton(verb="blocked", id=number, version=version))
    return Screen(paragraphs(line(view, w, now), text), (*rows, (blocked,), back(view, w)))


def ask_note(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """None of the reasons on the buttons: in a line, or without words."""
    number, version = view.assignment.id, view.assignment.version
    silent = button(w.plain("Without words"), AssignmentButton(verb="nowords", id=number, version=version))
    text = w("What is in the way? Write it in one line, the press secretary will read it.")
    return Screen(paragraphs(line(view, w, now), text), ((silent,), back(view, w)))


def _reason(reason: DeclineReason, w: Words) -> str:
    return w.plain(REASONS[reason])  # texts: dynamic


def ask_question(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[Question] was tapped: it is awaited."""
    text = w("Write your question. It goes to the press secretary, the answer comes here.")
    return Screen(paragraphs(line(view, w, now), text), (back(view, w),))


# -- stepping in --------------------------------------------------------------------------------------------------------------


def offer(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """Somebody is asked to step in."""
    number, version = view.assignment.id, view.assignment.version
    late = view.assignment.at < now
    if late:
        text = w("Can you step in? This post is overdue and still missing.")
    elif view.assignment.substitute:
        text = w("Can you step in for a colleague?")
    else:
        text = w("Can you take this post?")
    if not late and view.person.is_quiet(view.assignment.at):
        text = lines(text, w("It falls into your quiet hours, so it is yours only if you say yes."))
    row: Row = (
        button(w.plain("I'll do it"), OfferButton(verb="yes", id=number, version=version)),
        button(w.plain("Not me"), OfferButton(verb="no", id=number, version=version)),
    )
    return Screen(paragraphs(text, line(view, w, now)), (row,))


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
    return Screen(paragraphs(text, line(view, w, now)))


# -- news of it ---------------------------------------------------------------------------------------------------------------


def cancelled(view: AssignmentView, reason: str, w: Words, now: datetime) -> Screen:
    """What somebody knew of was taken out of the plan."""
    why = w(_WHY.get(reason, mark("The page is no longer in the plan.")))  # texts: dynamic
    text = paragraphs(w("Please do not post this, it is cancelled:"), line(view, w, now), why)
    if reason not in {"halt", "recall", "expired", "withdrawn", "silence", "owner"}:
        return Screen(text)
    out = AssignmentButton(verb="out", id=view.assignment.id, version=view.assignment.version)
    return Screen(text, ((button(w.plain("It is out already"), out),),))


def replaced(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """A substitute took it over."""
    text = w("A colleague has stepped in for you. There is nothing left to do.")
    if is_early(view.assignment, now):
        return Screen(paragraphs(line(view, w, now), text))
    out = AssignmentButton(verb="out", id=view.assignment.id, version=view.assignment.version)
    return Screen(paragraphs(line(view, w, now), text), ((button(w.plain("It is out already"), out),),))
