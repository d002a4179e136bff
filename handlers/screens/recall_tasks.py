"""What a recall asks of the person who posted: the card, the proof, thanks."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.errors import DomainError
from domain.ports.recalls import TaskView
from domain.readings import as_published
from domain.recalls import RecallKind, TaskState
from handlers.screens.base import COPY_LIMIT, Content, Row, Screen, button, copy, lines, link, paragraphs
from texts.errors import explain
from texts.words import Words


class RecallTaskButton(CallbackData, prefix="rt"):
    """`verb`: done, said, back."""

    verb: str
    id: int


def content(view: TaskView) -> tuple[Content, ...]:
    """The corrected text as this page publishes it, to copy; a removal has none."""
    if view.recall.kind is RecallKind.REMOVE or view.task.state is not TaskState.OPEN:
        return ()
    return (Content(as_published(view.recall.text, view.page.imprint)),)


def card(view: TaskView, w: Words, now: datetime, *, again: bool = False) -> Screen:
    """The message with the buttons, in whatever state the task is. `again`: a reminder."""
    match view.task.state:
        case TaskState.DONE:
            return Screen(lines(_post(view, w), w("✓ Done, thank you!")))
        case TaskState.CANCELLED:
            return Screen(lines(_post(view, w), w("This is no longer asked, thank you.")))
        case TaskState.SAID:
            said = w("Thank you. The press secretary will have a look; a screenshot would spare it.")
            return Screen(paragraphs(_post(view, w), said), (_show(view, w),))
    return _open(view, w, now, again)


def _post(view: TaskView, w: Words) -> Markup:
    return w('<a href="{url}">Your post</a> on <b>{page}</b>', url=view.task.url, page=view.page.title)


def _open(view: TaskView, w: Words, now: datetime, again: bool) -> Screen:
    when = w.moment(view.recall.deadline or now, view.person.zone, now)
    tools: Row = (link(w.plain("Open the post"), view.task.url),)
    if view.recall.kind is RecallKind.REMOVE:
        head = w("🗑 <b>Please remove your post by {when}</b>", when=when)
        hint = w("Delete it on the page, then tap <b>Done</b>.")
    else:
        head = w("✎ <b>Please correct your post by {when}</b>", when=when)
        hint = w("Replace its text by the one above, then tap <b>Done</b>.")
        text = as_published(view.recall.text, view.page.imprint)
        if 0 < len(text) <= COPY_LIMIT:
            tools = (*tools, copy(w.plain("Copy the text"), text))
    late = w("⏰ This is still open.") if again else None
    return Screen(paragraphs(late, head, _post(view, w), hint), (_show(view, w), tools))


def _show(view: TaskView, w: Words) -> Row:
    return (button(w.plain("Done ✓"), RecallTaskButton(verb="done", id=view.task.id)),)


def ask_proof(view: TaskView, w: Words) -> Screen:
    """[Done] was tapped: what shows it is awaited."""
    if view.recall.kind is RecallKind.REMOVE:
        ask = w("Wonderful! Now send a screenshot that shows that the post is gone.")
    else:
        ask = w("Wonderful! Now send the link to the post again, or a screenshot.")
    said = RecallTaskButton(verb="said", id=view.task.id)
    gone = () if view.recall.kind is RecallKind.REMOVE else ((button(w.plain("The post is gone already"), said),),)
    rows: tuple[Row, ...] = (
        *gone,
        (button(w.plain("I have no proof"), said),),
        (button(w.plain("‹ Back"), RecallTaskButton(verb="back", id=view.task.id)),),
    )
    return Screen(paragraphs(_post(view, w), ask), rows)


def closed(view: TaskView, w: Words, now: datetime) -> Screen:
    """The answer to a proof; the card above says the same."""
    return card(view, w, now)


def proof_refused(view: TaskView, error: DomainError, w: Words) -> Screen:
    """What came shows nothing; it is still awaited."""
    return Screen(paragraphs(_post(view, w), explain(error, w)), ask_proof(view, w).rows)
