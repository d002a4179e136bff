"""What stands on the page against what was approved, as the person who posted sees it: kindly, and how to put it right."""

from datetime import datetime

from markupsafe import Markup

from domain.ports.plan import AssignmentView
from domain.published import Comparison
from domain.usecases.published import Compared
from handlers.screens import changes
from handlers.screens.assignment_parts import ProofButton, line
from handlers.screens.base import Row, Screen, button, link, paragraphs
from handlers.screens.nav import Go
from texts.words import Words


def ask_text(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[Check the text], [I fixed it]: the published text is awaited."""
    text = w("Copy the text <b>from the page</b> and paste it here, or send a screenshot of it.")
    return Screen(paragraphs(line(view, w, now), text), (_later(view, w),))


def _later(view: AssignmentView, w: Words) -> Row:
    return (button(w.plain("Later"), ProofButton(verb="later", id=view.assignment.id)),)


def unlike(view: AssignmentView, w: Words) -> Screen:
    """The message has little in common with the approved text: which is it?"""
    text = w(
        "This has little in common with the text for <b>{page}</b>. Is it what stands on the page?",
        page=view.page.title,
    )
    number, version = view.assignment.id, view.assignment.version
    yes = button(w.plain("Yes, it is on the page"), ProofButton(verb="anyway", id=number, version=version))
    no = button(w.plain("No, it is something else"), ProofButton(verb="other", id=number))
    return Screen(text, ((yes,), (no,)))


def something_else(w: Words) -> Screen:
    """[No, it is something else]: nothing is awaited any more."""
    return Screen(w("Fine, I leave the check. Send that message again, and it becomes a draft."))


def compared(found: Compared, w: Words, now: datetime) -> Screen:
    """The outcome of a check."""
    view, comparison = found.view, found.comparison
    if found.unlike:
        return unlike(view, w)
    day = (button(w.plain("My day"), Go(to="today")),)
    if comparison is None:
        text = w("Thank you! The press secretary will read the screenshot.")
        return Screen(paragraphs(text, line(view, w, now)), (day,))
    if comparison.same_words and not comparison.imprint_missing:
        text = w("✓ Word for word as approved. Thank you for the care!")
        return Screen(paragraphs(text, line(view, w, now)), (day,))
    return Screen(paragraphs(line(view, w, now), *_found(view, comparison, w)), _rows(view, w))


def _found(view: AssignmentView, found: Comparison, w: Words) -> tuple[Markup | None, ...]:
    missing = w("The imprint line is missing. Please add it at the end of the post:") if found.imprint_missing else None
    imprint = Markup("<code>{}</code>").format(view.page.imprint) if found.imprint_missing else None
    if found.same_words:
        return missing, imprint, w("All the other words are as approved.")
    if view.held:  # the approved words are copy-ready text (H8)
        some = w("Some words differ from the approved text.")
        return missing, imprint, some, w("I can show which ones once this text may be published.")
    right = w("If you can, put it right on the page.")
    if not changes.fits(found.pieces):
        return missing, imprint, w("Most of the text is different."), right
    head = w("These words differ (struck out: approved, underlined: on the page):")
    return missing, imprint, head, changes.marked(found.pieces), right


def _rows(view: AssignmentView, w: Words) -> tuple[Row, ...]:
    number, version = view.assignment.id, view.assignment.version
    fixed = button(w.plain("I fixed it"), ProofButton(verb="text", id=number, version=version))
    stays = button(w.plain("It stays so"), ProofButton(verb="keep", id=number, version=version))
    open_: tuple[Row, ...] = ()
    if view.proof_url and not view.proof_media:
        open_ = ((link(w.plain("See the post"), view.proof_url),),)
    return (fixed, stays), *open_


def stays_so(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[It stays so]."""
    text = w("All right, I have told the press secretary. There is nothing more to do.")
    return Screen(paragraphs(text, line(view, w, now)), ((button(w.plain("My day"), Go(to="today")),),))
