"""A person's day: the morning's list, /today, a day on which it does not work out."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Alert, Chapter, Take
from bot.gallery.samples.assignments import OPEN_VIEW, POSTED_VIEW, TOMORROW, view
from bot.gallery.samples.data import LONG, NOW, ODD, OK, OVER, TODAY, VK, X
from bot.gallery.samples.proofs import looked
from domain.plan import AssignmentState
from domain.ports.plan import AssignmentView
from domain.spot_checks import CheckState
from domain.usecases.assignments import MyDay
from domain.usecases.days import DayList
from handlers.screens import days
from texts.words import Words

chapter = Chapter("My day: the list")

_WRONG, _DISPUTED = view(at=-180), view(at=-120, page=LONG)
BACK = (replace(_WRONG, slot=replace(_WRONG.slot, id=901)), replace(_DISPUTED, slot=replace(_DISPUTED.slot, id=902)))
AGAIN = {901: looked().check, 902: replace(looked(CheckState.DISPUTED).check, deadline=None)}


def accepted(of: AssignmentView) -> AssignmentView:
    return replace(of, assignment=replace(of.assignment, accepted_at=NOW))


@chapter.shows(days.digest)
def digest(w: Words) -> Iterator[Take]:
    three = (view(at=10), view(at=200, page=OK), view(at=300), view(at=400, page=LONG))
    yield "The morning's list", days.digest(DayList(TODAY, three), w)
    yield "[Will do them all]", days.digest(DayList(TODAY, tuple(accepted(one) for one in three)), w)
    yield "One post", days.digest(DayList(TODAY, three[:1]), w)
    some = (POSTED_VIEW, accepted(view(at=200, page=OK)), view(at=400, page=ODD))
    yield "One is posted, one promised", days.digest(DayList(TODAY, some), w)
    yield "All is posted", days.digest(DayList(TODAY, (POSTED_VIEW,)), w)
    twenty = tuple(view(at=30 * n, page=(VK, OK, X, ODD)[n % 4]) for n in range(20))
    yield "Twenty posts", days.digest(DayList(TODAY, twenty), w)


@chapter.shows(days.off)
def off(w: Words) -> Iterator[Take]:
    yield "[Can't today], three posts", days.off(TODAY, 3, w)
    yield "Nothing was planned", days.off(TODAY, 0, w)


@chapter.shows(days.accepted_toast, days.files_toast)
def toasts(w: Words) -> Iterator[Take]:
    yield "[Will do] on a card", Alert(days.accepted_toast(w), toast=True)
    yield "[As files] on a card", Alert(days.files_toast(w), toast=True)


@chapter.shows(days.today)
def today(w: Words) -> Iterator[Take]:
    yield "Nothing to do", days.today(MyDay((), ()), w, TODAY, NOW)
    yield "The campaign is over", days.today(MyDay((), (), not_running=OVER), w, TODAY, NOW)
    done = (POSTED_VIEW, view(AssignmentState.MISSED, at=-300), OPEN_VIEW, view(at=60, page=OK))
    ahead = (accepted(view(at=TOMORROW, page=LONG)), view(AssignmentState.OFFERED, at=TOMORROW + 60))
    yield "A mixed day, one overdue", days.today(MyDay(done, ahead), w, TODAY, NOW)
    yield "One is to be put right, one is disputed", days.today(MyDay(BACK, (), AGAIN), w, TODAY, NOW)
    held = (replace(view(at=-20), halted=True), replace(view(at=60, page=LONG), halted=True))
    yield "An emergency stop holds two", days.today(MyDay(held, ()), w, TODAY, NOW)
    yield "Only tomorrow", days.today(MyDay((), ahead), w, TODAY, NOW)
    full = tuple(view(at=30 * n, page=(VK, OK, X, ODD)[n % 4]) for n in range(10))
    yield "Ten posts", days.today(MyDay(full, ()), w, TODAY, NOW)
