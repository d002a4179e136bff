"""Proof as people see it: the link asked for, thanks, several at once, and the way back."""

from dataclasses import replace
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.errors import DomainError
from domain.plan import AssignmentState, Excuse, WrongPage, is_early
from domain.ports.plan import AssignmentView
from domain.spot_checks import CheckState
from domain.usecases.proof_lists import Several
from handlers.screens.assignment_parts import AssignmentButton, ProofButton, back, given_for, line, page_line, when
from handlers.screens.base import Row, Screen, button, grid, label, lines, link, paragraphs
from handlers.screens.nav import Go, cancel
from texts.errors import explain
from texts.words import Words

SHOWN = 10
"""Lines of a list before "and N more"."""
LIST = "list"
"""Where [Undo] stands: in the answer to several links."""


# -- proven -------------------------------------------------------------------------------------------------------------------


def posted(view: AssignmentView, w: Words, now: datetime, place: str = "") -> Screen:
    """Thanks, what can still be said about the post, and the way back from a mistaken tap. `place`: "below" the card."""
    at = view.slot.posted_at or now
    gone = view.slot.excuse is Excuse.REMOVED
    text = lines(
        w("✓ Posted {time}, thank you", time=w.moment(at, view.person.zone, now)),
        Markup("{}, {}").format(page_line(view.page, w), when(view, w, now)),
        w("Shown by a screenshot.") if view.proof_media else None,
        given_for(view, w),
        w("The network has taken it down. It counts as posted.") if gone else None,
    )
    number, version = view.assignment.id, view.assignment.version
    undo = button(w.plain("Undo"), AssignmentButton(verb="undo", id=number, version=version, value=place))
    seen = view.proof_url and not view.proof_media
    rows: list[Row] = [(link(w.plain("See the post"), view.proof_url), undo) if seen and view.proof_url else (undo,)]
    if not gone:
        rows.append(_more(view, w, place))
    return Screen(text, (*rows, (button(w.plain("My day"), Go(to="today")),)))


def _more(view: AssignmentView, w: Words, place: str) -> Row:
    number, version = view.assignment.id, view.assignment.version
    gone = button(w.plain("It was removed"), ProofButton(verb="gone", id=number, version=version, value=place))
    if not view.text:
        return (gone,)
    return (button(w.plain("Check the text"), ProofButton(verb="text", id=number, version=version, value=place)), gone)


def proved(view: AssignmentView, w: Words, now: datetime, *, asks: bool = False) -> Screen:
    """The answer to a link; the card above says the same. `asks`: the published text is awaited."""
    screen = posted(view, w, now, "below")
    if not asks:
        return screen
    later = button(w.plain("Later"), ProofButton(verb="later", id=view.assignment.id, value="below"))
    return Screen(paragraphs(screen.text, paste_please(w)), ((later,), *screen.rows))


def of_another(screen: Screen, view: AssignmentView, awaited: AssignmentView, w: Words, now: datetime) -> Screen:
    """Above the answer: the link belongs to another post than the one whose link was asked for."""
    taken = w("This link is from <b>{page}</b>, so I counted it for your post there.", page=view.page.title)
    open_ = w("Still open: {post}. Its link is awaited too.", post=line(awaited, w, now))
    return replace(screen, text=paragraphs(taken, screen.text, open_))


def paste_please(w: Words) -> Markup:
    """What is asked for after the proof."""
    return w(
        "One more thing: copy the text <b>from the page</b> and paste it here. I will compare it with the approved one, "
        "word for word. A screenshot will do too."
    )


def undone(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """What stands below a card after [Undo]; the card itself has its buttons again."""
    number, version = view.assignment.id, view.assignment.version
    again = button(w.plain("Show the text"), AssignmentButton(verb="open", id=number, version=version))
    return Screen(paragraphs(w("Taken back: this is to be posted again."), line(view, w, now)), ((again,),))


def answer(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """The answer to a proof as the assignment stands now; the card above is the one with all the buttons."""
    match view.assignment.state:
        case AssignmentState.POSTED:
            return posted(view, w, now, "below")
        case AssignmentState.ASSIGNED if view.check is CheckState.DISPUTED:
            return Screen(paragraphs(line(view, w, now), disputed(w)))
        case AssignmentState.ASSIGNED if view.check is not None:
            came_back = w("This post was looked at and came back to you: please put it right.")
            return Screen(paragraphs(line(view, w, now), came_back), undone(view, w, now).rows)
        case AssignmentState.ASSIGNED:
            return undone(view, w, now)
    return Screen(line(view, w, now))


def disputed(w: Words) -> Markup:
    """The person has said that the post is right."""
    return w("You have said that this post is right as it is. Somebody else decides; until then nothing is due.")


def several(done: Several, w: Words, now: datetime) -> Screen:
    """What became of a message with several links, line by line."""
    head = (
        w.n("✓ {n} link taken, thank you!", "✓ {n} links taken, thank you!", len(done.taken))
        if done.taken
        else w("None of these links fits.")
    )
    taken = [
        Markup('✓ <a href="{}">{}</a>, {}').format(view.proof_url, view.page.title, when(view, w, now))
        for view in done.taken[:SHOWN]
    ]
    refused = [Markup("✗ {}\n{}").format(url, explain(error, w)) for url, error in done.refused[:SHOWN]]
    hidden = max(0, len(done.taken) - SHOWN) + max(0, len(done.refused) - SHOWN)
    more = w.n("and {n} more", "and {n} more", hidden) if hidden else None
    undo = [
        button(
            label(view.page.title, w.plain(" · undo")),
            AssignmentButton(verb="undo", id=view.assignment.id, version=view.assignment.version, value=LIST),
        )
        for view in done.taken[:SHOWN]
    ]
    rows = (*grid(undo, 1), (button(w.plain("My day"), Go(to="today")),))
    asked = None
    if done.asked is not None:
        asked = w("Now please copy the text from <b>{page}</b> and paste it here.", page=done.asked.page.title)
        rows = (
            (button(w.plain("Later"), ProofButton(verb="later", id=done.asked.assignment.id, value="below")),),
            *rows,
        )
    return Screen(paragraphs(head, lines(*taken), *refused, more, asked), rows)


# -- asking -------------------------------------------------------------------------------------------------------------------


def _ahead(view: AssignmentView, w: Words, now: datetime) -> Markup:
    at = view.assignment.at
    return w("It is {ago} until {time}. Is it posted already?", ago=w.ago(at - now), time=w.time(at, view.person.zone))


def early(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[Posted] long before the moment."""
    number, version = view.assignment.id, view.assignment.version
    yes = button(w.plain("Yes, posted ✓"), AssignmentButton(verb="posted", id=number, version=version, value="sure"))
    no = button(w.plain("Not yet"), AssignmentButton(verb="back", id=number, version=version))
    return Screen(paragraphs(line(view, w, now), _ahead(view, w, now)), ((yes, no),))


def ask_link(view: AssignmentView, w: Words, now: datetime, *, pictures: bool = True) -> Screen:
    """[Posted] was tapped: the link is awaited. `pictures`: a screenshot may stand in for it."""
    text = w("Wonderful! Now send the link: open your post, tap <b>Copy link</b> and paste it here.")
    several_ = w("If you have posted more, send all the links in one message.")
    rows: tuple[Row, ...] = ((_no_link(view, w),), back(view, w)) if pictures else (back(view, w),)
    return Screen(paragraphs(line(view, w, now), text, several_ if pictures else None), rows)


def ask_picture(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[There is no link] was tapped: the screenshot is awaited."""
    text = w(
        "A story, a closed group, or the network hides the link? Then send me a screenshot of your post: the text and "
        "the page's name should be on it."
    )
    return Screen(paragraphs(line(view, w, now), text), (back(view, w),))


def picture_please(view: AssignmentView, w: Words) -> Screen:
    """Something else came while the screenshot was awaited; it still is."""
    text = w("Please send the screenshot as a picture, or the link after all.")
    number, version = view.assignment.id, view.assignment.version
    return Screen(text, ((button(w.plain("‹ Back"), AssignmentButton(verb="back", id=number, version=version)),),))


def picture_used(view: AssignmentView, w: Words) -> Screen:
    """The very screenshot proves another post already."""
    text = w(
        "This screenshot was sent for another post. Please send one of the post on <b>{page}</b>.", page=view.page.title
    )
    number, version = view.assignment.id, view.assignment.version
    return Screen(text, ((button(w.plain("‹ Back"), AssignmentButton(verb="back", id=number, version=version)),),))


def link_refused(view: AssignmentView, error: DomainError, w: Words, *, pictures: bool = True) -> Screen:
    """The link does not do; it is still awaited. `pictures`: a screenshot may stand in for it."""
    needed = w("Please send the link to the post on <b>{page}</b>.", page=view.page.title)
    text = paragraphs(explain(error, w), None if isinstance(error, WrongPage) else needed)
    return Screen(text, ((_no_link(view, w),), cancel(w)) if pictures else (cancel(w),))


def _no_link(view: AssignmentView, w: Words) -> InlineKeyboardButton:
    data = ProofButton(verb="nolink", id=view.assignment.id, version=view.assignment.version)
    return button(w.plain("There is no link"), data)


def found_for_link(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """A link came by itself: is it the proof?"""
    number, version = view.assignment.id, view.assignment.version
    yes = button(w.plain("Yes, posted ✓"), AssignmentButton(verb="linked", id=number, version=version))
    text = w("Is this your post for this assignment?")
    ahead = _ahead(view, w, now) if is_early(view.assignment, now) else None
    return Screen(paragraphs(line(view, w, now), text, ahead), ((yes,), (button(w.plain("No"), Go(to="cancel")),)))


def proof_or_question(view: AssignmentView, about: int, w: Words, now: datetime) -> Screen:
    """A link came where a question was awaited. `about`: the assignment that is asked about."""
    number, version = view.assignment.id, view.assignment.version
    yes = button(w.plain("Yes, posted ✓"), AssignmentButton(verb="linked", id=number, version=version))
    no = button(w.plain("It is my question"), AssignmentButton(verb="asklink", id=about))
    text = w("Is this your post for this assignment, or does it belong to your question?")
    words = w("You can also write the question now, I will add the link to it.")
    ahead = _ahead(view, w, now) if is_early(view.assignment, now) else None
    return Screen(paragraphs(line(view, w, now), text, ahead, words), ((yes,), (no,), cancel(w)))
