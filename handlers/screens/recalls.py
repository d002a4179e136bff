"""Recalls as the press secretary sees them: the list, one text, the correction, who is outstanding."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.ports.recalls import PublishedText, TaskView
from domain.recalls import OUTSTANDING, RecallKind, RecallReason, RecallState, TaskState
from domain.usecases.recalls import RecallView
from handlers.screens import nav
from handlers.screens.base import Content, Row, Screen, button, label, lines, link, paragraphs
from handlers.screens.keyboards import choices
from texts.words import Words, mark_plain

EXCERPT = 300
SIZE = 6
"""Lines, and buttons, of one page of a list."""
REASONS: dict[RecallReason, str] = {
    RecallReason.FACTS: mark_plain("Wrong facts"),
    RecallReason.PRIVATE_DATA: mark_plain("Somebody's private data"),
    RecallReason.COMPLAINT: mark_plain("A complaint or a demand"),
    RecallReason.WRONG_PLACE: mark_plain("Wrong page or wrong time"),
    RecallReason.OTHER: mark_plain("Another reason"),
}


class RecallButton(CallbackData, prefix="rc"):
    """`verb`: list, search, open, correct, remove, why (id: the draft); send, drop, yes, no, panel (id: the recall);
    one, look, shot (id: a task). `arg`: a page, a reason."""

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""


def recall_row(draft_id: int, w: Words) -> Row:
    """For the card of an approved text."""
    return (button(w.plain("Correct or remove ›"), RecallButton(verb="open", id=draft_id)),)


# -- finding ----------------------------------------------------------------------------------------------------------


def published(found: Sequence[PublishedText], at: int, words: str, w: Words, zone: str, now: datetime) -> Screen:
    """/recall: what went public in the last 14 days."""
    search = button(w.plain("Search by words"), RecallButton(verb="search"))
    if not found:
        text = (
            w("Nothing found for “{words}”.", words=words) if words else w("Nothing went public in the last 14 days.")
        )
        return Screen(paragraphs(w("<b>Recall a public text</b>"), text), ((search,), nav.home(w)))
    head = w("Found for “{words}”:", words=words) if words else w("Public in the last 14 days. Which text is it?")
    # A search is not kept: what does not fit on its first page is found by more words.
    shown = found[:SIZE] if words else found

    def one(text: PublishedText) -> InlineKeyboardButton:
        when = w.moment(text.last, zone, now)
        return button(
            label(" ".join(text.text.split()) or "…", f" · {when}"), RecallButton(verb="open", id=text.draft_id)
        )

    rows = choices(shown, one, at, lambda to: RecallButton(verb="list", arg=str(to)), size=SIZE)
    more = len(found) - len(shown)
    rest = w.n("and {n} more: search by more words", "and {n} more: search by more words", more) if more > 0 else None
    return Screen(paragraphs(w("<b>Recall a public text</b>"), head, rest), (*rows, (search,), nav.home(w)))


def ask_words(w: Words) -> Screen:
    return Screen(w("Write one or more words of the text."), (nav.cancel(w),))


# -- one text ---------------------------------------------------------------------------------------------------------


def _quote(text: str) -> Markup:
    cut = text[:EXCERPT] + ("…" if len(text) > EXCERPT else "")
    return Markup("<blockquote>{}</blockquote>").format(cut) if cut else Markup("")


def text(view: RecallView, w: Words, zone: str, now: datetime) -> Screen:
    """A public text: where it stands, and what can be done."""
    shown = [
        Markup('{} <a href="{}">{}</a> · {}').format(w.moment(p.posted_at, zone, now), p.url, p.page_title, p.person)
        for p in view.posts[:SIZE]
    ]
    more = len(view.posts) - SIZE
    count = w("It is published nowhere yet.")
    if view.posts:
        count = w.n("Published {n} time:", "Published {n} times:", len(view.posts))
    planned = (
        w.n("{n} more is planned and will be taken back.", "{n} more are planned and will be taken back.", view.planned)
        if view.planned
        else None
    )
    rest = w.n("and {n} more", "and {n} more", more) if more > 0 else None
    return Screen(paragraphs(_quote(view.text), lines(count, *shown, rest), planned), _choices(view, w))


def _choices(view: RecallView, w: Words) -> tuple[Row, ...]:
    ask: Row = (
        button(w.plain("✎ Correct"), RecallButton(verb="correct", id=view.draft_id)),
        button(w.plain("🗑 Remove"), RecallButton(verb="remove", id=view.draft_id)),
    )
    there = (
        ((button(w.plain("The recall under way"), RecallButton(verb="panel", id=view.recall.id)),),)
        if view.recall is not None
        else ()
    )
    return (*there, ask, (button(w.plain("‹ Back"), RecallButton(verb="list")),))


def why(view: RecallView, w: Words) -> Screen:
    """The one question before a removal: the tap on a reason is the recall."""
    ask = w.n(
        "{n} post is to be removed. Why? <b>This tap sends it out at once.</b>",
        "{n} posts are to be removed. Why? <b>This tap sends it out at once.</b>",
        len(view.posts),
    )
    rows = [
        (button(w.plain(words), RecallButton(verb="why", id=view.draft_id, arg=reason.value)),)  # texts: dynamic
        for reason, words in REASONS.items()
    ]
    return Screen(paragraphs(_quote(view.text), ask), (*rows, _to_text(view, w)))


def _to_text(view: RecallView, w: Words) -> Row:
    return (button(w.plain("‹ Back"), RecallButton(verb="open", id=view.draft_id)),)


def ask_text(w: Words) -> Screen:
    """[Correct]: the corrected text is awaited."""
    ask = w("Send me the corrected text, whole. The pictures stay as they are, the imprint line is added by itself.")
    hint = w("The public text comes below, to copy it.")
    return Screen(paragraphs(ask, hint), (nav.cancel(w),))


def public_text(view: RecallView) -> tuple[Content, ...]:
    """What is public now, byte for byte."""
    return (Content(view.text),) if view.text else ()


def confirm(view: RecallView, w: Words) -> Screen:
    """The corrected text, before anybody is asked."""
    assert view.recall is not None  # noqa: S101 - drawn for a recall that is being written
    recall = view.recall
    count = w.n("{n} post is to be corrected.", "{n} posts are to be corrected.", len(view.posts))
    second = w("A second person reads it first.") if view.second_needed else w("It goes out at once.")
    rows: tuple[Row, ...] = (
        (button(w.plain("Send it ›"), RecallButton(verb="send", id=recall.id, version=recall.version)),),
        (
            button(w.plain("Another text"), RecallButton(verb="correct", id=view.draft_id)),
            button(w.plain("Drop it"), RecallButton(verb="drop", id=recall.id, version=recall.version)),
        ),
    )
    return Screen(paragraphs(w("The corrected text:"), _quote(recall.text), lines(count, second)), rows)


def to_read(view: RecallView, w: Words) -> Screen:
    """To the second person: what is public, what it shall become (in full above)."""
    assert view.recall is not None  # noqa: S101 - a notice about a recall
    recall = view.recall
    text = paragraphs(
        w("<b>{name} corrects a public text.</b> The corrected text stands above.", name=view.by),
        w("Public now:"),
        _quote(view.text),
        w.n("{n} post waits for your yes.", "{n} posts wait for your yes.", len(view.posts)),
    )
    yes = button(w.plain("✓ Send it out"), RecallButton(verb="yes", id=recall.id, version=recall.version))
    no = button(w.plain("Not like this"), RecallButton(verb="no", id=recall.id, version=recall.version))
    return Screen(text, ((yes,), (no,)))


def refused(view: RecallView, by: str, w: Words) -> Screen:
    """To whoever wrote it."""
    text = w("{name} does not agree with the corrected text. The posts are still public: write it anew.", name=by)
    rows = (button(w.plain("Another text"), RecallButton(verb="correct", id=view.draft_id)),)
    return Screen(paragraphs(text, _quote(view.recall.text if view.recall else "")), (rows,))


def sent_back(view: RecallView, w: Words) -> Screen:
    """The answer to [Not like this]."""
    return Screen(w("{name} is told and writes it anew.", name=view.by), (nav.home(w),))


def only_text(w: Words) -> Screen:
    """Something without words came where words are awaited."""
    return Screen(w("I need it as text here. Please write it, I am waiting."), (nav.cancel(w),))


def dropped(w: Words) -> Screen:
    return Screen(w("Nothing is recalled. Nobody was asked."), (nav.home(w),))


def begun(view: RecallView, w: Words, zone: str, now: datetime) -> Screen:
    """People are being asked; the list comes below."""
    assert view.recall is not None  # noqa: S101 - drawn for a recall
    recall = view.recall
    count = w.n("{n} person is being asked now.", "{n} people are being asked now.", len(view.tasks))
    by = w("They have time until {when}. The list comes below.", when=w.moment(recall.deadline or now, zone, now))
    ask = recall.kind is RecallKind.REMOVE and recall.reason is RecallReason.OTHER and not recall.note
    why = w("Write the reason in one line, or leave it as it is: it is on its way already.") if ask else None
    return Screen(paragraphs(lines(count, by), why), _end(view, w))


def noted(view: RecallView, w: Words) -> Screen:
    """The reason in their own words is kept."""
    return Screen(w("The reason is noted."), _end(view, w))


# -- who is outstanding -----------------------------------------------------------------------------------------------


def panel(view: RecallView, at: int, w: Words, zone: str, now: datetime, *, acts: bool = True) -> Screen:
    """ "Outstanding 3 of 9", with links; `acts`: the reader may look and close."""
    assert view.recall is not None  # noqa: S101 - drawn for a recall
    recall, left = view.recall, view.outstanding
    if recall.state is RecallState.WRITING:
        return confirm(view, w)
    if recall.state is RecallState.DROPPED:
        return Screen(paragraphs(_head(view, w), w("It was replaced by a later recall, or dropped.")), _end(view, w))
    if recall.state is RecallState.WAITING:
        return Screen(paragraphs(_head(view, w), w("A second person is reading it.")), _waits(view, w))
    rows = choices(
        view.tasks,
        lambda one: button(_label(one), RecallButton(verb="one", id=one.task.id)),
        at,
        lambda to: RecallButton(verb="panel", id=recall.id, arg=str(to)),
        size=SIZE,
    )
    deadline = w("By {when}", when=w.moment(recall.deadline or now, zone, now))
    count = (
        w("<b>Outstanding {left} of {all}</b>", left=len(left), all=len(view.tasks))
        if left
        else w("✓ <b>All {all} are done</b>", all=len(view.tasks))
    )
    shown = [_line(one, w) for one in left[: SIZE * 2]]
    body = paragraphs(_head(view, w), lines(count, deadline if left else None), lines(*shown))
    return Screen(body, (*rows, *_end(view, w)) if acts else ())


def _head(view: RecallView, w: Words) -> Markup:
    assert view.recall is not None  # noqa: S101 - drawn for a recall
    recall = view.recall
    if recall.kind is RecallKind.CORRECT:
        return lines(w("<b>Correction</b> by {name}", name=view.by), _quote(recall.text or view.text))
    why = recall.note or w.plain(REASONS[recall.reason])  # texts: dynamic
    return lines(w("<b>Removal</b> by {name}: {reason}", name=view.by, reason=why), _quote(view.text))


def _waits(view: RecallView, w: Words) -> tuple[Row, ...]:
    assert view.recall is not None  # noqa: S101 - drawn for a recall
    recall = view.recall
    drop = button(w.plain("Drop it"), RecallButton(verb="drop", id=recall.id, version=recall.version))
    return ((drop,), nav.home(w))


def _end(view: RecallView, w: Words) -> tuple[Row, ...]:
    return ((button(w.plain("The text"), RecallButton(verb="open", id=view.draft_id)), *nav.home(w)),)


_MARKS = {TaskState.OPEN: "○", TaskState.SAID: "?", TaskState.DONE: "✓", TaskState.CANCELLED: "–"}


def _label(view: TaskView) -> str:
    return label(
        f"{_MARKS[view.task.state]} {view.page.title}", f" · {label(view.person.name.partition(' ')[0], limit=12)}"
    )


def _line(view: TaskView, w: Words) -> Markup:
    state = (
        w("says it is done, have a look")
        if view.task.state is TaskState.SAID
        else None
        if view.person.reachable
        else w("cannot be reached")
    )
    post = Markup('{} <a href="{}">{}</a> · {}').format(
        _MARKS[view.task.state], view.task.url, view.page.title, view.person.name
    )
    return Markup("{}: {}").format(post, state) if state else post


def one(view: TaskView, w: Words, zone: str, now: datetime) -> Screen:
    """One person's post, for whoever looks."""
    task = view.task
    match task.state:
        case TaskState.DONE if task.looked_by is not None:
            state = w("✓ A colleague has looked, {time}", time=w.moment(task.done_at or now, zone, now))
        case TaskState.DONE:
            state = w("✓ Shown, {time}", time=w.moment(task.done_at or now, zone, now))
        case TaskState.SAID:
            state = (
                w("{name} says it is removed, without proof.", name=view.person.name)
                if view.recall.kind is RecallKind.REMOVE
                else w("{name} says it is corrected or gone, without proof.", name=view.person.name)
            )
        case TaskState.OPEN:
            state = w("{name} has not answered yet.", name=view.person.name)
        case _:
            state = w("This is no longer asked.")
    rows: list[Row] = [(link(w.plain("Open the post"), task.proof_url or task.url),)]
    if task.proof_media:
        rows.append((button(w.plain("The screenshot"), RecallButton(verb="shot", id=task.id)),))
    if task.state in OUTSTANDING:
        gone = view.recall.kind is RecallKind.REMOVE
        words = w.plain("👁 I looked: it is gone") if gone else w.plain("👁 I looked: it is in order")
        rows.append((button(words, RecallButton(verb="look", id=task.id, version=task.version)),))
    rows.append((button(w.plain("‹ Back"), RecallButton(verb="panel", id=task.recall_id)),))
    return Screen(paragraphs(lines(Markup("<b>{}</b>").format(view.page.title), view.person.name), state), tuple(rows))


def late(view: RecallView, w: Words, zone: str, now: datetime, *, acts: bool) -> Screen:
    """The deadline has passed."""
    shown = panel(view, 0, w, zone, now, acts=acts)
    return Screen(paragraphs(w("⚠ <b>The time is over, and not everybody has done it.</b>"), shown.text), shown.rows)
