"""Reminders: one message a person; and the ladder of a page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.assignments import POSTED_VIEW, view
from bot.gallery.samples.data import HTML_NAME, LONG, NOW, ODD, OK, OWN, VK, X, minutes, person
from domain.ladder import PageLadder, Step, rungs
from domain.plan import Assignment
from domain.planning import PlanRules
from domain.praise import Kind, Praise
from domain.usecases.ladder_settings import LadderView, example
from domain.usecases.praise import TeamWeek
from domain.usecases.reminders import Line, Live
from handlers.screens import ladder, praise, proofs, reminders
from texts.words import Words

chapter = Chapter("Reminders")

RULES = PlanRules(
    lead=timedelta(minutes=30),
    on_time=timedelta(minutes=60),
    substitute_after=timedelta(minutes=20),
    press_after=timedelta(minutes=60),
    person_daily_cap=3,
)
OWN_WORDS = "Please answer the first comments too <b>&</b> thank people 🙏"
LONGEST_LINE = ("Ответьте, пожалуйста, на первые комментарии. " * 5)[:200]


def _line(number: int = 7, *, at: int = 30, until: int | None = 50, text: str = "", page: int = 0) -> Line:
    """`at`, `until`: minutes from now."""
    shown = view(at=at, page=(VK, OK, X, LONG, ODD, OWN)[page % 6])
    assignment: Assignment = replace(shown.assignment, id=number)
    return Line(replace(shown, assignment=assignment), None if until is None else minutes(until), text)


ONE = Live((_line(),))
THREE = Live((_line(1, at=-40, until=None), _line(2, at=0, until=20, page=3), _line(3, at=25, until=45, page=4)))
PART = Live((_line(1, at=0, until=20),), ((_line(2, at=40, until=60, page=1), minutes(30)),))
LATER = Live((), ((_line(1, at=10, until=30), minutes(15)),))


@chapter.shows(reminders.reminder)
def reminder(w: Words) -> Iterator[Take]:
    yield "30 minutes before", reminders.reminder(ONE, w, NOW)
    yield "1 minute before", reminders.reminder(Live((_line(at=1, until=21),)), w, NOW)
    yield "Five hours before, at their own wish", reminders.reminder(Live((_line(at=300, until=320),)), w, NOW)
    yield "At its moment", reminders.reminder(Live((_line(at=0, until=20),)), w, NOW)
    yield "A colleague is being asked already", reminders.reminder(Live((_line(at=-30, until=None),)), w, NOW)
    yield "With the page's own line", reminders.reminder(Live((_line(text=OWN_WORDS),)), w, NOW)
    yield "The last of the day", reminders.reminder(ONE, w, NOW, last=True)
    yield "Three at once", reminders.reminder(THREE, w, NOW, last=True)
    twelve = Live(tuple(_line(n, at=n, text=LONGEST_LINE, page=n) for n in range(12)))
    yield "Twelve, with long lines of their own", reminders.reminder(twelve, w, NOW)
    yield "One now, one put off", reminders.reminder(PART, w, NOW)
    yield "Nothing is left", reminders.reminder(Live(()), w, NOW)


@chapter.shows(reminders.one)
def one(w: Words) -> Iterator[Take]:
    yield "One of several", reminders.one(THREE.lines[2], w, NOW)


@chapter.shows(reminders.later)
def later(w: Words) -> Iterator[Take]:
    yield "[In 15 min] was tapped", reminders.later(LATER, w, NOW)


@chapter.shows(reminders.nothing_left)
def nothing_left(w: Words) -> Iterator[Take]:
    yield "An old reminder was tapped", reminders.nothing_left(w)


@chapter.shows(reminders.choose_moment)
def choose_moment(w: Words) -> Iterator[Take]:
    yield "[At …] half an hour before", reminders.choose_moment(ONE, w, NOW)
    yield "[At …] six hours before", reminders.choose_moment(Live((_line(at=360, until=380),)), w, NOW)


# --- the ladder of a page --------------------------------------------------------------------------------------------


def _ladder(own: PageLadder) -> LadderView:
    return LadderView(VK, own, RULES, rungs(RULES, own, None))


USUAL = PageLadder(VK.code)
CHANGED = PageLadder(
    VK.code, timedelta(hours=2), None, timedelta(minutes=90), frozenset({Step.SUBSTITUTE}), OWN_WORDS, 4
)
WITHOUT = PageLadder(VK.code, off=frozenset(Step), version=2)


@chapter.shows(ladder.page_list)
def page_list(w: Words) -> Iterator[Take]:
    yield "/ladder", ladder.page_list([(VK, CHANGED), (OK, None), (LONG, WITHOUT), (ODD, None)], 0, w)
    yield "No pages", ladder.page_list([], 0, w)
    yield "Thirty pages", ladder.page_list([(replace(VK, code=f"p{n}"), None) for n in range(30)], 2, w)


@chapter.shows(ladder.page_ladder)
def page_ladder(w: Words) -> Iterator[Take]:
    yield "As everywhere", ladder.page_ladder(_ladder(USUAL), w)
    yield "With times of its own", ladder.page_ladder(_ladder(CHANGED), w)
    yield "Without any step", ladder.page_ladder(_ladder(WITHOUT), w)


@chapter.shows(ladder.choose_time)
def choose_time(w: Words) -> Iterator[Take]:
    for step in Step:
        yield f"[{step.value}] was tapped", ladder.choose_time(_ladder(CHANGED), step, w)


@chapter.shows(ladder.ask_text)
def ask_text(w: Words) -> Iterator[Take]:
    yield "[Own line] was tapped", ladder.ask_text(_ladder(USUAL), w)
    yield "There is one", ladder.ask_text(_ladder(CHANGED), w)


@chapter.shows(ladder.preview)
def preview(w: Words) -> Iterator[Take]:
    changed = _ladder(CHANGED)
    yield "[What it looks like] was tapped", ladder.preview(changed, example(changed, person(), NOW), w, NOW)


# --- praise ----------------------------------------------------------------------------------------------------------


@chapter.shows(praise.with_thanks)
def with_thanks(w: Words) -> Iterator[Take]:
    proved = proofs.proved(POSTED_VIEW, w, NOW)
    for said in (Praise(Kind.FIRST), Praise(Kind.RUN, 7), Praise(Kind.RUN, 100), Praise(Kind.MONTH, 1)):
        yield f"The link came: {said.kind.value} {said.number}", praise.with_thanks(proved, said, w)


@chapter.shows(praise.team_week)
def team_week(w: Words) -> Iterator[Take]:
    yield "To the region's group on Monday", praise.team_week(TeamWeek("Казань", 42), w)
    yield "A name with HTML", praise.team_week(TeamWeek(HTML_NAME, 1), w)
