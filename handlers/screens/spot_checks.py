"""Spot checks: a proof beside the approved text, why it is not right, and what the person who posted sees of it."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.diff import Change
from domain.ports.plan import AssignmentView
from domain.spot_checks import CheckState, PastProof, SpotCheck, Why, WrongReason
from domain.usecases.disputes import Disputes
from domain.usecases.spot_checks import CheckView, Looked
from handlers.screens import changes, nav
from handlers.screens.assignment_parts import AssignmentButton, given_for, line, page_line, ready_text
from handlers.screens.base import Row, Screen, button, label, lines, link, paragraphs
from texts.words import Words, Zone, mark, mark_plain

SHOWN = 6
"""Disputes with a button of their own."""
TEXT_LIMIT = 1500
"""Characters of the approved text beside a proof."""
REASONS: dict[WrongReason, str] = {
    WrongReason.OTHER_PAGE: mark_plain("It is on another page"),
    WrongReason.OTHER_TEXT: mark_plain("The text is another one"),
    WrongReason.IMPRINT: mark_plain("The imprint line is missing"),
    WrongReason.DEAD_LINK: mark_plain("The link does not open"),
    WrongReason.NOTE: mark_plain("In my own words"),
}
_ASKED: dict[WrongReason, str] = {
    WrongReason.OTHER_PAGE: mark("The post seems to be on another page."),
    WrongReason.OTHER_TEXT: mark("The text on the page seems to be another one."),
    WrongReason.IMPRINT: mark("The imprint line is missing in the post."),
    WrongReason.DEAD_LINK: mark("The link does not open the post."),
}
_WHY = {
    Why.DIFFERS: mark("What is on the page is not quite what was approved."),
    Why.PICTURE: mark("There is a screenshot to look at."),
    Why.AGAIN: mark("It was posted anew after a check."),
    Why.SAMPLE: mark("Chosen by chance."),
}


class CheckButton(CallbackData, prefix="sc"):
    """`verb`: next, fine, wrong, why, note, card, shot, shown (id: an assignment); sure, dispute, right, redo, past (id: a check).
    `value`: a reason."""

    verb: str
    id: int = 0
    version: int = 0
    value: str = ""


# -- looking ------------------------------------------------------------------------------------------------------------------


def _quoted(text: str) -> Markup:
    cut = text[:TEXT_LIMIT] + ("…" if len(text) > TEXT_LIMIT else "")
    return Markup("<blockquote expandable>{}</blockquote>").format(cut)


def card(found: CheckView, w: Words, zone: Zone, now: datetime, *, alone: bool = False) -> Screen:
    """One proof to look at; `alone`: it came by itself, not in the row of /checks."""
    view, text = found.assignment, found.text
    if alone:
        head = w("<b>Published a little differently</b>")
    else:
        left = w.n("{n} more after it", "{n} more after it", found.left) if found.left else w("the last one")
        head = w("<b>Does this match?</b> ({left})", left=left)
    who = lines(
        page_line(view.page, w),
        w("{name}, {time}", name=view.person.name, time=w.moment(found.proof.at, zone, now)),
        given_for(view, w),
        w(_WHY[found.why]),  # texts: dynamic
    )
    meant = w("{name} says that it is to stay so.", name=view.person.name) if text and text.meant else None
    before = lines(w("What was not right before:"), _because(found.before, w)) if found.before else None
    return Screen(paragraphs(head, who, before, *_texts(found, w), meant), _rows(found, w, alone=alone))


def _texts(found: CheckView, w: Words) -> tuple[Markup | None, ...]:
    """The approved text, and what was pasted against it."""
    view, text = found.assignment, found.text
    missing = w("The imprint line is missing.") if text is not None and text.imprint_missing else None
    approved = lines(w("Approved:"), _quoted(ready_text(view)))
    if text is None or not text.text:
        return (approved,)
    if not any(piece.change is not Change.SAME for piece in found.pieces):
        same = w("All the other words are as approved.") if missing else w("The text that was pasted is the same.")
        return missing, same, approved
    if changes.fits(found.pieces):
        return missing, lines(w("Struck out: approved, underlined: on the page."), changes.marked(found.pieces))
    return missing, lines(w("On the page:"), _quoted(text.text)), approved


def _rows(found: CheckView, w: Words, *, alone: bool) -> tuple[Row, ...]:
    view, proof = found.assignment, found.proof
    number, version = view.assignment.id, view.assignment.version
    page = w.plain("Open the page") if proof.media else w.plain("Open the post")
    rows: list[Row] = [(link(page, proof.url),)]
    if proof.media:
        rows.append((button(w.plain("Show the screenshot"), CheckButton(verb="shot", id=number)),))
    if found.text is not None and found.text.media:
        rows.append((button(w.plain("Screenshot of the text"), CheckButton(verb="shown", id=number)),))
    value = "alone" if alone else ""
    rows.append(
        (
            button(w.plain("Fine ✓"), CheckButton(verb="fine", id=number, version=version, value=value)),
            button(w.plain("Not right…"), CheckButton(verb="wrong", id=number, version=version, value=value)),
        )
    )
    return (*rows, *(() if alone else (nav.home(w),)))


def nothing(w: Words, disputes: Disputes = Disputes()) -> Screen:  # noqa: B008 - frozen, and empty
    """/checks with no proof left to look at; what is disputed is said all the same."""
    waits, mine = len(disputes.to_decide), disputes.mine
    text = paragraphs(
        w("✓ All looked at. New proofs to check come here by themselves, a fair few at a time."),
        lines(
            w.n(
                "⚖ {n} disputed post waits for your decision.",
                "⚖ {n} disputed posts wait for your decision.",
                waits,
            )
            if waits
            else None,
            w.n(
                "{n} look of yours is disputed: somebody else decides.",
                "{n} looks of yours are disputed: somebody else decides.",
                mine,
            )
            if mine
            else None,
        ),
    )
    rows = tuple(
        (button(label(f"⚖ {one.view.page.title}"), CheckButton(verb="dispute", id=one.check.id)),)
        for one in disputes.to_decide[:SHOWN]
    )
    return Screen(text, (*rows, nav.home(w)))


def waiting(count: int, w: Words) -> Screen:
    """In the evening: how many wait."""
    text = w.n(
        "{n} published post waits for a quick look: does it match what was approved?",
        "{n} published posts wait for a quick look: do they match what was approved?",
        count,
    )
    return Screen(text, ((button(w.plain("Have a look"), CheckButton(verb="next")),),))


def done(view: AssignmentView, w: Words) -> Screen:
    """[Fine] below a card that came by itself."""
    return Screen(paragraphs(w("✓ Fine, noted."), page_line(view.page, w)))


def reasons(found: CheckView, w: Words, value: str = "") -> Screen:
    """[Not right…] was tapped."""
    view = found.assignment
    number, version = view.assignment.id, view.assignment.version
    words = {reason: w.plain(text) for reason, text in REASONS.items()}  # texts: dynamic
    rows = [
        (button(label_, CheckButton(verb="why", id=number, version=version, value=reason.value)),)
        for reason, label_ in words.items()
    ]
    text = w(
        "What is not right? {name} gets the post back with your answer and three more hours.", name=view.person.name
    )
    back = button(w.plain("‹ Back"), CheckButton(verb="card", id=number, value=value))
    return Screen(paragraphs(page_line(view.page, w), text), (*rows, (back,)))


def ask_note(view: AssignmentView, w: Words) -> Screen:
    text = w("What is not right? Write it in one kind line: {name} will read it.", name=view.person.name)
    back = button(w.plain("‹ Back"), CheckButton(verb="card", id=view.assignment.id))
    return Screen(paragraphs(page_line(view.page, w), text), ((back,),))


def given_back(found: Looked, w: Words) -> Screen:
    """[Not right…] was answered."""
    name = found.view.person.name
    text = w("{name} has the post back and three more hours. If it is right after all, {name} can say so.", name=name)
    more = button(w.plain("Next check"), CheckButton(verb="next"))
    return Screen(paragraphs(page_line(found.view.page, w), text), ((more,), nav.home(w)))


# -- to the person who posted ---------------------------------------------------------------------------------------------------


def _because(check: SpotCheck, w: Words) -> Markup:
    if check.reason is None or check.reason is WrongReason.NOTE:
        return Markup("<blockquote>{}</blockquote>").format(check.note)
    return w(_ASKED[check.reason])  # texts: dynamic


def reopened(found: Looked, w: Words, now: datetime) -> Screen:
    """The assignment is theirs again."""
    check, view = found.check, found.view
    zone = view.person.zone
    if check.state is CheckState.UPHELD:
        head = w("A second person has looked: please put this post right. It is no trouble, there is time.")
    else:
        head = w("Could you have another look at this post? Something is not quite right yet.")
    until = w("There is time until <b>{time}</b>.", time=w.moment(check.deadline or now, zone, now))
    number, version = view.assignment.id, view.assignment.version
    again = AssignmentButton(verb="posted", id=number, version=version, value="sure")
    rows: list[Row] = [
        (
            button(w.plain("Put right ✓"), again),
            button(w.plain("Show the text"), AssignmentButton(verb="open", id=number, version=version)),
        )
    ]
    if check.state is CheckState.WRONG:
        sure = CheckButton(verb="sure", id=check.id, version=check.version)
        rows.append((button(w.plain("It is right as it is"), sure),))
    hint = w("When it is done, tap <b>Put right ✓</b> and send the link once more.")
    return Screen(paragraphs(head, line(view, w, now), _because(check, w), until, hint), tuple(rows))


def asked_others(found: Looked, w: Words, now: datetime) -> Screen:
    """[It is right as it is] was tapped."""
    text = w(
        "Thank you for saying so. Somebody else will look at it; until then nothing is due. "
        "If nobody decides within two days, the post counts as before."
    )
    return Screen(paragraphs(text, line(found.view, w, now)))


def right_after_all(found: Looked, w: Words, now: datetime) -> Screen:
    """A second person agrees with them, or nobody contradicted."""
    text = w("✓ Looked at again: your post is right and counts as before. Sorry for the trouble, and thank you!")
    return Screen(paragraphs(text, line(found.view, w, now)))


# -- a dispute ------------------------------------------------------------------------------------------------------------------


def dispute(found: Looked, past: PastProof | None, w: Words, zone: Zone, now: datetime) -> Screen:
    """To a second person: both sides, the post, the approved text. `past`: the proof in question."""
    check, view = found.check, found.view
    sides = lines(
        w("{name} posted it: “It is right as it is.”", name=view.person.name),
        w("{name} looked:", name=found.by_name),
        _because(check, w),
    )
    text = paragraphs(
        w("<b>Please decide: is this post right?</b>"),
        lines(page_line(view.page, w), w("Checked {time}", time=w.moment(check.at, zone, now))),
        sides,
        lines(w("Approved:"), _quoted(ready_text(view))),
    )
    yes = button(w.plain("It is right"), CheckButton(verb="right", id=check.id, version=check.version))
    no = button(w.plain("To be redone"), CheckButton(verb="redo", id=check.id, version=check.version))
    rows: list[Row] = []
    if past is not None:
        page = w.plain("Open the page") if past.media else w.plain("Open the post")
        rows.append((link(page, past.url),))
    if past is not None and past.media:
        rows.append((button(w.plain("Show the screenshot"), CheckButton(verb="past", id=check.id)),))
    return Screen(text, (*rows, (yes, no)))


def decided_by(found: Looked, w: Words) -> Screen:
    """To the others who were asked to decide: how it ended."""
    right, name, by = found.check.state is CheckState.RIGHT, found.view.person.name, found.settled_by
    if not by:
        text = w("Nobody decided within two days, so the post counts as before.")
    elif right:
        text = w("✓ {by} has decided: the post is right and counts again.", by=by)
    else:
        text = w("{by} has decided: {name} puts the post right.", by=by, name=name)
    return Screen(paragraphs(page_line(found.view.page, w), text))


def decided(found: Looked, w: Words) -> Screen:
    """What the second person said."""
    name = found.view.person.name
    text = (
        w("✓ The post counts again; {name} is told.", name=name)
        if found.check.state is CheckState.RIGHT
        else w("{name} is asked kindly to put it right and has three more hours.", name=name)
    )
    return Screen(paragraphs(page_line(found.view.page, w), text))
