"""A day of the plan changed by hand: the board, a slot, the questions on the way, and what others hear."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.assignments import view as assignment_view
from bot.gallery.samples.data import (
    AHEAD,
    HTML_NAME,
    HTML_TITLE,
    LONG,
    LONG_NAME,
    LONG_TITLE,
    NOW,
    ODD,
    PAGES,
    REGIONS,
    SHORT,
    TODAY,
    VK,
    ZONE,
    minutes,
    person,
)
from domain.day_plan import Cause, Change, Doubt, Doubtful, Kind, Standing
from domain.day_plan_people import Candidate, Why
from domain.people import EVERYWHERE
from domain.plan import AssignmentState, EmptyReason, Excuse, Slot, SlotState
from domain.platforms import Platform
from domain.ports.day_plan import DayRow, TextLine
from domain.usecases.day_plan import Board, Sheet
from domain.usecases.day_plan_dry import DryLine, DryRun
from domain.usecases.day_plan_moves import Choice
from domain.usecases.day_plan_people import Choice as PeopleChoice
from domain.usecases.day_plan_texts import TextChoice
from handlers.screens import assignments, day_plan, day_plan_dry, day_plan_news, day_plan_parts
from texts.words import Words

chapter = Chapter("A day of the plan, changed by hand")
WORDS = SHORT[:69] + "…"
OMSK = "Asia/Omsk"


def row(
    state: SlotState = SlotState.FILLED,
    at: int = 60,
    *,
    who: str | None = "Анна Соколова",
    title: str = "Наша Казань",
    words: str = WORDS,
    zone: str = ZONE,
    asked: tuple[str, ...] = (),
    why: EmptyReason | None = None,
    excuse: Excuse | None = None,
    number: int = 5,
) -> DayRow:
    """`at`: minutes from now."""
    bare = state in {SlotState.EMPTY, SlotState.CANCELLED}
    slot = Slot(
        number, "vk-kazan", TODAY, minutes(at), state, why, None if bare else 12, None if bare else 1,
        minutes(-5) if state is SlotState.POSTED else None, 3, excuse=excuse,
    )  # fmt: skip
    name = None if bare else who
    return DayRow(
        slot, title, Platform.VK, "kazan", zone, None if name is None else 1, name, "" if bare else words, asked
    )


SKIPPED = row(SlotState.CANCELLED, excuse=Excuse.SKIPPED)
EMPTY = row(SlotState.EMPTY, 120, why=EmptyReason.NO_TEXT)
NOBODY = row(SlotState.EMPTY, 150, why=EmptyReason.NO_PERSON)
ASKED = row(who=None, asked=(LONG_NAME, HTML_NAME))
DAY = (
    row(SlotState.POSTED, -200), row(at=-30), row(), ASKED, EMPTY, NOBODY, SKIPPED,
    row(SlotState.MISSED, -400, title=LONG_TITLE, who=LONG_NAME),
)  # fmt: skip


def board(*rows: DayRow, **more: object) -> Board:
    counts = {state: sum(one.slot.state is state for one in rows) for state in SlotState}
    regions = (*REGIONS.items(), (EVERYWHERE, ""))
    seen = Board("kazan", regions, TODAY, TODAY, rows, counts, False, 0, 1, 12, True)
    return replace(seen, **more)  # type: ignore[arg-type]  # fields by name


@chapter.shows(day_plan.board)
def the_board(w: Words) -> Iterator[Take]:
    yield "A day with everything in it", day_plan.board(board(*DAY, pages=3), w, ZONE, NOW)
    yield (
        "For somebody who may only look",
        day_plan.board(board(row(), may_change=False, regions=(("kazan", "Казань"),)), w, ZONE, NOW),
    )
    yield "Personal pages aside", day_plan.board(board(row(), aside=1176), w, ZONE, NOW)
    yield "Personal pages", day_plan.board(board(row(), aside=12, personal=True), w, ZONE, NOW)
    yield "By other clocks", day_plan.board(board(row(zone=OMSK)), w, ZONE, NOW)
    yield "By several clocks", day_plan.board(board(row(zone=OMSK), row(zone="Asia/Tomsk")), w, ZONE, NOW)
    yield "The pages of the whole campaign", day_plan.board(board(region=EVERYWHERE, wanted=0), w, ZONE, NOW)
    yield "Before the campaign", day_plan.board(board(wanted=0, not_running=AHEAD), w, ZONE, NOW)
    day = TODAY + timedelta(days=7)
    yield "Not planned yet", day_plan.board(board(day=day), w, ZONE, NOW)
    yield "Not planned yet, one post", day_plan.board(board(day=day, wanted=1), w, ZONE, NOW)
    yield "Too late for today", day_plan.board(board(), w, ZONE, NOW)
    nothing = board(only_empty=True, counts={SlotState.POSTED: 4})
    yield "Nothing is empty", day_plan.board(nothing, w, ZONE, NOW)
    odd = row(title=HTML_TITLE, who=HTML_NAME, words="<b>1 < 2</b> & дальше")
    yield "Titles, names and texts with HTML", day_plan.board(board(*[odd] * 8), w, ZONE, NOW)


@chapter.shows(day_plan.days, day_plan.regions)
def where_and_when(w: Words) -> Iterator[Take]:
    yield "Any day", day_plan.days(TODAY, w)
    yield "Any region", day_plan.regions(board().regions, 0, w)


def change(kind: Kind, reason: str = "") -> Change:
    nothing = Standing((), ())
    return Change(9, kind, 5, 2, minutes(-2), reason, nothing, nothing)


def sheet(of: DayRow, *, done: Kind | None = None, reason: str = "", may_change: bool = True) -> Sheet:
    made = None if done is None else change(done, reason)
    by = "" if made is None else "Вера Лебедева"
    return Sheet(of, VK, may_change, made, by, done not in {None, Kind.UNDO}, done)


@chapter.shows(day_plan.sheet)
def one_slot(w: Words) -> Iterator[Take]:
    for title, of in (
        ("With somebody", row()),
        ("Late", row(at=-30)),
        ("Somebody is asked", ASKED),
        ("No text", EMPTY),
        ("Nobody to post it", NOBODY),
        ("Posted", row(SlotState.POSTED)),
        ("Missed", row(SlotState.MISSED)),
        ("Out of the plan", row(SlotState.CANCELLED)),
        ("By another clock", row(zone=OMSK)),
        ("A title and a name with HTML", row(title=HTML_TITLE, who=HTML_NAME)),
    ):
        yield title, day_plan.sheet(sheet(of), w, ZONE, NOW)
    urgent = replace(row(), slot=replace(row().slot, urgent_id=3))
    yield "Urgent", day_plan.sheet(sheet(urgent), w, ZONE, NOW)
    extra = replace(EMPTY, slot=replace(EMPTY.slot, extra=True))
    yield "Beyond the norm", day_plan.sheet(sheet(extra), w, ZONE, NOW)
    yield "For somebody who may only look", day_plan.sheet(sheet(row(), may_change=False), w, ZONE, NOW)
    for kind in Kind:
        of = SKIPPED if kind is Kind.SKIP else row()
        yield f"After {kind.value}", day_plan.sheet(sheet(of, done=kind), w, ZONE, NOW)
    for cause in Cause:
        yield f"Because: {cause.value}", day_plan.sheet(sheet(row(), done=Kind.MOVE, reason=cause.value), w, ZONE, NOW)
    own = sheet(SKIPPED, done=Kind.SKIP, reason="Ждём решения <суда> & не только его" * 5)
    yield "Because, in own words", day_plan.sheet(own, w, ZONE, NOW)


HALF_HOURS = tuple(minutes(40 + 30 * n) for n in range(12))


@chapter.shows(day_plan_parts.moments, day_plan_parts.doubtful, day_plan_parts.own_reason)
def moving(w: Words) -> Iterator[Take]:
    yield "Where to?", day_plan_parts.moments(Choice(VK, TODAY, HALF_HOURS, 5, 3, minutes(60)), w, NOW)
    yield "Nothing fits the norm", day_plan_parts.moments(Choice(LONG, TODAY, (), 5, 3, minutes(60)), w, NOW)
    yield "When is the extra post?", day_plan_parts.moments(Choice(VK, TODAY, HALF_HOURS[:5]), w, NOW)
    all_ = Doubtful(minutes(90), tuple(Doubt), ZONE)
    yield "Against the norm", day_plan_parts.doubtful(all_, 5, 3, "", w)
    yield "An extra one against the norm", day_plan_parts.doubtful(all_, 0, 0, "0a1b2c3d", w)
    yield "In own words", day_plan_parts.own_reason(5, w)
    yield "In own words, about an extra one", day_plan_parts.own_reason(0, w)


@chapter.shows(day_plan_parts.skip, day_plan_parts.pages)
def out_and_in(w: Words) -> Iterator[Take]:
    yield "Why is it taken out?", day_plan_parts.skip(sheet(row()), w, ZONE)
    yield "An extra post: on which page?", day_plan_parts.pages(PAGES, TODAY, 0, w)


def candidates() -> tuple[Candidate, ...]:
    free = [Candidate(person(n, name), n % 3, n, None) for n, name in enumerate((LONG_NAME, HTML_NAME, "Ким"), 1)]
    others = [Candidate(person(10 + n, LONG_NAME if n else "Ким"), 0, 0, why) for n, why in enumerate(Why)]
    return (*free, *others)


@chapter.shows(day_plan_parts.people, day_plan_parts.ask)
def giving(w: Words) -> Iterator[Take]:
    yield "Free ones first", day_plan_parts.people(PeopleChoice(row(), candidates()), 0, w)
    yield "The second page", day_plan_parts.people(PeopleChoice(row(), candidates()), 1, w)
    yield "Nobody is free", day_plan_parts.people(PeopleChoice(row(), candidates()[3:5]), 0, w)
    yield "Nobody else posts there", day_plan_parts.people(PeopleChoice(row(title=HTML_TITLE), ()), 0, w)
    night = row(at=9 * 60)
    yield "In quiet hours", day_plan_parts.ask(sheet(night), Candidate(person(2, LONG_NAME), 0, 0, Why.QUIET), w, ZONE)
    yield "Not their hours", day_plan_parts.ask(sheet(row()), Candidate(person(2, "Ким"), 0, 0, Why.HOURS), w, ZONE)


@chapter.shows(day_plan_parts.texts, day_plan_parts.swap, day_plan_parts.partners)
def texts_and_swaps(w: Words) -> Iterator[Take]:
    lines = tuple(TextLine(n, 1, words, LONG_NAME) for n, words in enumerate((WORDS, "", "<b>1 < 2</b> & дальше"), 1))
    later = (row(at=24 * 60), row(at=26 * 60, words=""))
    yield "Which text?", day_plan_parts.texts(TextChoice(row(), lines, later), w, ZONE, NOW)
    yield "The second page", day_plan_parts.texts(TextChoice(row(), lines * 2, (), 1, 2), w, ZONE, NOW)
    yield "No other text", day_plan_parts.texts(TextChoice(EMPTY, ()), w, ZONE, NOW)
    yield "What changes places?", day_plan_parts.swap(sheet(row()), w, ZONE)
    found = [
        row(title=title, who=who, number=n) for n, (title, who) in enumerate(((LONG_TITLE, LONG_NAME), ("Двор", "Ким")))
    ]
    for texts in (True, False):
        name = "texts" if texts else "people"
        yield f"With which one: {name}", day_plan_parts.partners(sheet(row()), found, 0, w, ZONE, NOW, texts=texts)
    yield "Nothing to swap with", day_plan_parts.partners(sheet(row()), [], 0, w, ZONE, NOW, texts=True)


def dry(at: int, *, new: bool, reason: EmptyReason | Excuse | None = None) -> DryLine:
    named = reason is None
    return DryLine(LONG if new else VK, minutes(at), new, WORDS if named else "", LONG_NAME if named else "", reason)


@chapter.shows(day_plan_dry.dry_run)
def dry_run(w: Words) -> Iterator[Take]:
    tomorrow = TODAY + timedelta(days=1)
    reasons = (None, EmptyReason.NO_TEXT, EmptyReason.NO_PERSON, Excuse.DAY_OFF)
    lines = tuple(dry(60 * n, new=n % 2 == 0, reason=why) for n, why in enumerate(reasons * 2, 20))
    yield "Tomorrow", day_plan_dry.dry_run(DryRun("kazan", "Казань", tomorrow, 5, 12, 6, lines, 0, 2), w)
    yield "One of each", day_plan_dry.dry_run(DryRun("kazan", "Казань", tomorrow, 1, 1, 1, lines[:2], 0, 1), w)
    yield "Nothing to plan", day_plan_dry.dry_run(DryRun(EVERYWHERE, "", tomorrow, 8, 0, 0, (), 0, 1), w)


@chapter.shows(day_plan_news.moved, day_plan_news.other_text, day_plan_news.off, assignments.offer)
def what_others_hear(w: Words) -> Iterator[Take]:
    yield "Moved", day_plan_news.moved(assignment_view(at=90), minutes(30), w, NOW)
    yield "Another text", day_plan_news.other_text(assignment_view(at=90), w, NOW)
    for kind in (Kind.SKIP, Kind.GIVE, Kind.TEXT_OFF, Kind.SWAP_PEOPLE, Kind.UNDO):
        of = assignment_view(AssignmentState.CANCELLED, at=90, page=ODD)
        yield f"No longer theirs: {kind.value}", day_plan_news.off(of, kind, w, NOW)
    asked = assignment_view(AssignmentState.OFFERED, at=90)
    yield "Asked to take one", assignments.offer(asked, w, NOW)
    night = assignment_view(AssignmentState.OFFERED, at=9 * 60)
    yield "Asked in quiet hours", assignments.offer(night, w, NOW)
    stand_in = replace(asked, assignment=replace(asked.assignment, substitute=True))
    yield "Asked to step in", assignments.offer(stand_in, w, NOW)
