"""The approver: the queue, the card, reasons, what was decided."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.gallery.exhibits import Alert, Chapter, Take
from bot.gallery.samples.data import (
    ALBUM,
    BOT_ID,
    HTML_NAME,
    HTML_TEXT,
    LONG_NAME,
    LONG_TITLE,
    NOW,
    PAGES,
    SHORT,
    VK,
    ZONE,
    X,
    decision,
    draft,
    files,
    minutes,
    sheet,
    stored,
    text_of,
)
from domain.diff import word_diff
from domain.drafts import Decision, Draft, DraftState, Reason, Verdict
from domain.pages import Page
from domain.people import EVERYWHERE
from domain.ports.drafts import DraftSheet
from domain.queue import Facet, Only
from domain.silence import Blackout
from domain.usecases.approvals import NOTE_LIMIT, CardFacts, Decided
from handlers.screens import approval_outcomes, approvals
from texts.words import Words

chapter = Chapter("To approve")

READER = 2
"""Who looks at these cards: Вера Лебедева."""
KAZAN = Only(Facet.REGION, "kazan", "Казань")
LONG_PAGE = Only(Facet.PAGE, "vk-komsomolsk", LONG_TITLE)
SILENCE = Blackout(EVERYWHERE, datetime(2026, 9, 7), datetime(2026, 9, 8), "День тишины")  # noqa: DTZ001 - wall-clock times


def _facts(of: Draft, *made: Decision, pages: tuple[Page, ...] = (VK,), author: str = "Анна Соколова") -> CardFacts:
    about = DraftSheet(of, author, ZONE, pages, made)
    return CardFacts(about, of.version, "Казань", stored(of.media), (), None)


def _waiting(text: str = SHORT, *, version: int = 1, due: int = 100) -> Draft:
    return draft(text, DraftState.SUBMITTED, version=version, due=due)


def _changed(before: str, after: str) -> CardFacts:
    facts = _facts(_waiting(after, version=2))
    return replace(facts, seen=1, changes=tuple(word_diff(before, after)))


@chapter.shows(approvals.card)
def card(w: Words) -> Iterator[Take]:
    for title, facts in (
        ("An ordinary one", _facts(_waiting())),
        ("Overdue, opened by two others", replace(_facts(_waiting(due=-30)), others=("Глеб Орлов", LONG_NAME))),
        ("In a silence", replace(_facts(_waiting()), silence=SILENCE)),
        ("1,500 characters with a photo", _facts(replace(_waiting(text_of(1500)), media=files("photo")))),
        ("9,000 characters", _facts(_waiting(text_of(9000)))),
        ("An album of 10", _facts(replace(_waiting(), media=ALBUM))),
        ("Forwarded, HTML in every name", _facts(
            replace(_waiting(HTML_TEXT, version=4), source="Соседи & <друзья>"), author=HTML_NAME)),
        ("60 pages", _facts(_waiting(), pages=PAGES)),
        ("Two approvals needed, one is there", _facts(
            _waiting(), decision(Verdict.APPROVE, by=3, name="Глеб Орлов"), pages=(X,))),
        ("Close to another person's text", replace(_facts(_waiting()), close=True)),
        ("Others wait behind it", replace(_facts(_waiting()), more=13)),
        ("Narrowed down to one region", replace(_facts(_waiting()), more=1, only=KAZAN)),
        ("A queue of thousands", replace(_facts(_waiting()), more=100)),
        ("The last of a page with a long name", replace(_facts(_waiting()), only=LONG_PAGE)),
        ("A federal page", replace(_facts(_waiting(), pages=(X,)), region="")),
    ):  # fmt: skip
        yield title, approvals.card(facts, READER, ZONE, NOW, w, BOT_ID)


@chapter.shows(approvals.control)
def control(w: Words) -> Iterator[Take]:
    after = SHORT.replace("спортивную площадку", "две спортивные площадки")
    yield "Changed since it was seen", approvals.control(_changed(SHORT, after), READER, ZONE, NOW, w)
    yield "Changed beyond recognition", approvals.control(_changed(text_of(6000), "А" * 6000), READER, ZONE, NOW, w)
    yield (
        "Its files changed",
        approvals.control(replace(_changed(SHORT, SHORT), media_changed=True), READER, ZONE, NOW, w),
    )
    yield "Submitted again unchanged", approvals.control(_changed(SHORT, SHORT), READER, ZONE, NOW, w)


@chapter.shows(approvals.reasons)
def reasons(w: Words) -> Iterator[Take]:
    yield "[Request changes] was tapped", approvals.reasons(12, 1, Verdict.RETURN, line=False, w=w)
    yield "[Reject] was tapped", approvals.reasons(12, 1, Verdict.REJECT, line=False, w=w)
    yield "[Add a line] was tapped", approvals.reasons(12, 1, Verdict.RETURN, line=True, w=w)


@chapter.shows(approvals.ask_line, approvals.no_line)
def ask_line(w: Words) -> Iterator[Take]:
    yield "The line is awaited", approvals.ask_line(12, 1, Verdict.RETURN, Reason.FACTS, w)
    yield "A text too long", approvals.no_line(12, 1, Verdict.RETURN, Reason.FACTS, NOTE_LIMIT + 700, w)
    yield "A photo instead", approvals.no_line(12, 1, Verdict.RETURN, Reason.FACTS, 0, w)


@chapter.shows(approval_outcomes.decided, approval_outcomes.told)
def decided(w: Words) -> Iterator[Take]:
    for verdict, state, reason, note in (
        (Verdict.APPROVE, DraftState.APPROVED, None, ""),
        (Verdict.RETURN, DraftState.RETURNED, Reason.FACTS, "Площадок две, а не одна."),
        (Verdict.REJECT, DraftState.REJECTED, Reason.PRIVATE_DATA, ""),
    ):
        done = Decided(sheet(draft(state=state)), decision(verdict, reason, note, by=READER), state, 1)
        yield f"{verdict.value.capitalize()}: the card just pressed", approval_outcomes.decided(done, ZONE, NOW, w)
        can = replace(done, decision=replace(done.decision, undo_until=minutes(1)))
        yield (
            f"{verdict.value.capitalize()}: it can be undone",
            approval_outcomes.decided(can, ZONE, NOW, w, more=False),
        )
        yield (
            f"{verdict.value.capitalize()}: nothing else waits",
            approval_outcomes.decided(can, ZONE, NOW, w, more=False, skipped=0),
        )
    yield "The end of the queue, 3 skipped", approval_outcomes.decided(can, ZONE, NOW, w, more=False, skipped=3)
    first = Decided(sheet(_waiting(), pages=(X,)), decision(Verdict.APPROVE), DraftState.SUBMITTED, 1)
    yield "The first of two approvals", approval_outcomes.decided(first, ZONE, NOW, w)
    alone = replace(first.sheet, lapsed=(decision(Verdict.APPROVE, by=3, name="Глеб Орлов"),))
    yield "The one before does not count any more", approval_outcomes.decided(replace(first, sheet=alone), ZONE, NOW, w)
    yield "Below the line that was written", approval_outcomes.told(first, ZONE, NOW, w)
    yield "The same while it can be undone", approval_outcomes.told(can, ZONE, NOW, w)


@chapter.shows(approval_outcomes.outcome)
def outcome(w: Words) -> Iterator[Take]:
    for title, state, made in (
        ("A colleague approved", DraftState.APPROVED, decision(Verdict.APPROVE, by=3, name="Глеб Орлов")),
        ("A colleague asked for changes", DraftState.RETURNED, decision(
            Verdict.RETURN, Reason.TOO_LONG, "Хватит двух абзацев.", by=3, name="Глеб Орлов")),
        ("A colleague rejected", DraftState.REJECTED, decision(Verdict.REJECT, Reason.NOT_NOW, by=3, name=LONG_NAME)),
        ("The reader decided", DraftState.APPROVED, decision(Verdict.APPROVE, by=READER)),
    ):  # fmt: skip
        facts = replace(_facts(draft(text_of(1500), state), made), more=1)
        yield title, approval_outcomes.outcome(facts, READER, ZONE, NOW, w)
    for title, by in (("The reader may undo it", READER), ("A colleague may undo it", 3)):
        fresh = replace(decision(Verdict.APPROVE, by=by, name="Глеб Орлов"), undo_until=minutes(1))
        yield title, approval_outcomes.outcome(_facts(draft(state=DraftState.APPROVED), fresh), READER, ZONE, NOW, w)
    yield (
        "Sent back before, its author is mending it",
        approval_outcomes.outcome(_facts(draft(state=DraftState.RETURNED)), READER, ZONE, NOW, w),
    )
    yield (
        "Taken back, no words",
        approval_outcomes.outcome(_facts(draft("", DraftState.WRITING, media=ALBUM)), READER, ZONE, NOW, w),
    )
    yield (
        "Reads on after their own yes",
        approval_outcomes.outcome(
            _facts(_waiting(), decision(Verdict.APPROVE, by=READER), pages=(X,)), READER, ZONE, NOW, w
        ),
    )
    yield (
        "The same after its pages' lane was loosened",
        approval_outcomes.outcome(
            _facts(_waiting(), decision(Verdict.APPROVE, by=READER), pages=(VK,)), READER, ZONE, NOW, w
        ),
    )


@chapter.shows(approval_outcomes.not_yours)
def not_yours(w: Words) -> Iterator[Take]:
    yield "No right to decide any more", approval_outcomes.not_yours(w)


@chapter.shows(
    approval_outcomes.changed_toast,
    approval_outcomes.decided_toast,
    approval_outcomes.done_toast,
    approval_outcomes.undone_toast,
)
def toasts(w: Words) -> Iterator[Take]:
    yield "Undone", Alert(approval_outcomes.undone_toast(w))
    yield "The author was faster", Alert(approval_outcomes.changed_toast(w))
    yield "Its imprint line is another one", Alert(approval_outcomes.changed_toast(w, relined=True))
    for verdict, state in (
        (Verdict.APPROVE, DraftState.APPROVED),
        (Verdict.RETURN, DraftState.RETURNED),
        (Verdict.REJECT, DraftState.REJECTED),
    ):
        facts = _facts(draft(state=state), decision(verdict, by=3, name=LONG_NAME))
        yield f"A colleague was faster: {verdict.value}", Alert(approval_outcomes.decided_toast(facts, ZONE, NOW, w))
    taken = _facts(draft(state=DraftState.WRITING))
    yield "Taken back", Alert(approval_outcomes.decided_toast(taken, ZONE, NOW, w))
    yield "A second tap", Alert(approval_outcomes.done_toast(w))
