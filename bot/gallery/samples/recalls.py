"""Recalls: finding a public text, correcting or removing it, who is outstanding; and what each person is asked."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    HTML_NAME,
    HTML_TEXT,
    LONG,
    LONG_NAME,
    LONG_TITLE,
    NOW,
    ODD,
    OK,
    SHORT,
    VK,
    ZONE,
    minutes,
    person,
    text_of,
)
from domain.links import NotALink
from domain.ports.recalls import PublishedPost, PublishedText, TaskView
from domain.recalls import ProofNeeded, Recall, RecallKind, RecallReason, RecallState, RecallTask, TaskState
from domain.usecases.recalls import RecallView
from handlers.screens import recall_tasks, recalls
from handlers.screens.base import Card, Screen
from texts.words import Words

chapter = Chapter("Recall: correct or remove")

URL = "https://vk.com/wall-1_1001"
POSTS = tuple(
    PublishedPost(n, title, n, name, URL, minutes(-60 * n))
    for n, (title, name) in enumerate(
        [
            (VK.title, "Анна Соколова"),
            (LONG_TITLE, LONG_NAME),
            (ODD.title, HTML_NAME),
            *[(OK.title, "Иван Громов")] * 6,
        ],
        1,
    )
)
REMOVAL = Recall(
    4, 12, RecallKind.REMOVE, RecallState.OPEN, RecallReason.PRIVATE_DATA, "", "", 2, minutes(-40), minutes(-40), None,
    minutes(140), None, 3,
)  # fmt: skip
CORRECTION = replace(REMOVAL, kind=RecallKind.CORRECT, reason=RecallReason.OTHER, text=SHORT.replace("Мира", "Победы"))


def _task(
    number: int,
    state: TaskState = TaskState.OPEN,
    *,
    recall: Recall = REMOVAL,
    reachable: bool = True,
    picture: str = "",
    looked_by: int | None = None,
) -> TaskView:
    page = (VK, LONG, ODD, OK)[number % 4]
    name = ("Анна Соколова", LONG_NAME, HTML_NAME, "Иван Громов")[number % 4]
    done_at = None if state is TaskState.OPEN else minutes(-5)
    task = RecallTask(number, recall.id, number, number, state, URL, "", picture, done_at, looked_by, 1)
    return TaskView(task, recall, page, person(number, name, reachable=reachable), "kazan")


TASKS = (
    _task(0), _task(1, TaskState.SAID), _task(2, reachable=False),
    *(_task(n, TaskState.DONE) for n in range(3, 9)),
)  # fmt: skip
PUBLIC = RecallView(12, SHORT, POSTS, 2, second_needed=False)
VIEW = replace(PUBLIC, recall=REMOVAL, tasks=TASKS, by="Вера Лебедева")
CORRECTED = replace(VIEW, recall=CORRECTION)


def _written(text: str) -> RecallView:
    recall = replace(CORRECTION, state=RecallState.WRITING, text=text, deadline=None)
    return replace(VIEW, recall=recall, tasks=(), by=HTML_NAME)


@chapter.shows(recalls.published)
def published(w: Words) -> Iterator[Take]:
    found = [PublishedText(n, "kazan", (SHORT, HTML_TEXT, "")[n % 3], n, minutes(-700 * n)) for n in range(1, 16)]
    yield "/recall", recalls.published(found, 1, "", w, ZONE, NOW)
    yield "Found by words, too many", recalls.published(found, 0, "двор", w, ZONE, NOW)
    yield "Nothing found", recalls.published([], 0, "<b>клоун & цирк</b>", w, ZONE, NOW)
    yield "Nothing is public", recalls.published([], 0, "", w, ZONE, NOW)


@chapter.shows(recalls.ask_words, recalls.only_text)
def ask_words(w: Words) -> Iterator[Take]:
    yield "[Search]", recalls.ask_words(w)
    yield "A photo came", recalls.only_text(w)


@chapter.shows(recalls.text)
def text(w: Words) -> Iterator[Take]:
    yield "Nine posts, two more planned", recalls.text(PUBLIC, w, ZONE, NOW)
    yield "Only planned so far", recalls.text(replace(PUBLIC, posts=()), w, ZONE, NOW)
    yield "One post, recalled already", recalls.text(replace(VIEW, posts=POSTS[:1], planned=0), w, ZONE, NOW)
    yield "9,000 characters", recalls.text(replace(PUBLIC, text=text_of(9000)), w, ZONE, NOW)


@chapter.shows(recalls.why)
def why(w: Words) -> Iterator[Take]:
    yield "[Remove]", recalls.why(PUBLIC, w)


@chapter.shows(recalls.ask_text, recalls.public_text)
def ask_text(w: Words) -> Iterator[Take]:
    yield "[Correct]", recalls.ask_text(w)
    yield "The public text", Card(recalls.public_text(PUBLIC), recalls.ask_text(w))


@chapter.shows(recalls.confirm)
def confirm(w: Words) -> Iterator[Take]:
    yield "On ordinary pages", recalls.confirm(_written(CORRECTION.text), w)
    yield "A second person is needed", recalls.confirm(replace(_written(HTML_TEXT), second_needed=True), w)


@chapter.shows(recalls.to_read, recalls.sent_back, recalls.refused)
def second(w: Words) -> Iterator[Take]:
    waiting = replace(_written(CORRECTION.text), recall=replace(CORRECTION, state=RecallState.WAITING))
    yield "To the second person", recalls.to_read(waiting, w)
    yield "[Not like this]", recalls.sent_back(waiting, w)
    yield "To whoever wrote it", recalls.refused(_written(CORRECTION.text), LONG_NAME, w)


@chapter.shows(recalls.begun, recalls.noted, recalls.dropped)
def begun(w: Words) -> Iterator[Take]:
    yield "It goes out", recalls.begun(VIEW, w, ZONE, NOW)
    other = replace(VIEW, recall=replace(REMOVAL, reason=RecallReason.OTHER))
    yield "Another reason: it is asked for", recalls.begun(other, w, ZONE, NOW)
    yield "It was written", recalls.noted(VIEW, w)
    yield "[Drop it]", recalls.dropped(w)


@chapter.shows(recalls.panel, recalls.late)
def panel(w: Words) -> Iterator[Take]:
    yield "Three of nine outstanding", recalls.panel(VIEW, 0, w, ZONE, NOW)
    yield "The second page", recalls.panel(CORRECTED, 1, w, ZONE, NOW)
    done = replace(VIEW, tasks=TASKS[3:], recall=replace(REMOVAL, state=RecallState.DONE, note="Просил <сам> Петя"))
    yield "Nobody is outstanding", recalls.panel(done, 0, w, ZONE, NOW)
    for state in (RecallState.WRITING, RecallState.WAITING, RecallState.DROPPED):
        stands = replace(_written(CORRECTION.text), recall=replace(CORRECTION, state=state))
        yield f"When {state.value}", recalls.panel(stands, 0, w, ZONE, NOW)
    yield "The time is over", recalls.late(VIEW, w, ZONE, NOW, acts=True)
    yield "The same for a coordinator", recalls.late(VIEW, w, ZONE, NOW, acts=False)


@chapter.shows(recalls.one)
def one(w: Words) -> Iterator[Take]:
    yield "Outstanding", recalls.one(TASKS[0], w, ZONE, NOW)
    yield "Said without proof", recalls.one(_task(1, TaskState.SAID, recall=CORRECTION), w, ZONE, NOW)
    yield "Said to be removed", recalls.one(_task(1, TaskState.SAID), w, ZONE, NOW)
    yield (
        "Shown by a picture",
        recalls.one(_task(2, TaskState.DONE, picture="0" * 64), w, ZONE, NOW),
    )
    yield "Looked at", recalls.one(_task(3, TaskState.DONE, looked_by=2), w, ZONE, NOW)
    yield "No longer asked", recalls.one(_task(0, TaskState.CANCELLED), w, ZONE, NOW)


@chapter.shows(recalls.recall_row)
def on_card(w: Words) -> Iterator[Take]:
    yield "Below an approved text", Screen(w("Public now:"), (recalls.recall_row(12, w),))


# -- the person who posted --------------------------------------------------------------------------------------------


@chapter.shows(recall_tasks.content, recall_tasks.card, recall_tasks.closed)
def card(w: Words) -> Iterator[Take]:
    fix = _task(0, recall=CORRECTION)
    yield "To be corrected", Card(recall_tasks.content(fix), recall_tasks.card(fix, w, NOW))
    long = _task(1, recall=replace(CORRECTION, text=text_of(3000)))
    yield "A long text, a long title", Card(recall_tasks.content(long), recall_tasks.card(long, w, NOW))
    yield "To be removed", recall_tasks.card(_task(2), w, NOW)
    yield "A reminder", recall_tasks.card(_task(0), w, NOW, again=True)
    for state in (TaskState.SAID, TaskState.DONE, TaskState.CANCELLED):
        yield f"When {state.value}", recall_tasks.closed(_task(0, state), w, NOW)


@chapter.shows(recall_tasks.ask_proof, recall_tasks.proof_refused)
def ask_proof(w: Words) -> Iterator[Take]:
    yield "[Done] of a removal", recall_tasks.ask_proof(_task(0), w)
    yield "[Done] of a correction", recall_tasks.ask_proof(_task(0, recall=CORRECTION), w)
    yield "A link for a removal", recall_tasks.proof_refused(_task(0), ProofNeeded(picture=True), w)
    yield "No link", recall_tasks.proof_refused(_task(0, recall=CORRECTION), NotALink("вот"), w)
