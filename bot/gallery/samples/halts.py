"""The emergency stop: choosing what, why, and how it goes on."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    HTML_NAME,
    LONG_NAME,
    LONG_TITLE,
    MANY_REGIONS,
    NOW,
    PAGES,
    REGIONS,
    VK,
    ZONE,
    minutes,
)
from domain.halts import Halt, HaltReason
from domain.people import EVERYWHERE
from domain.plan import Assignment, AssignmentState
from domain.ports.halts import HeldWork
from domain.usecases.halts import Desk, HaltView
from handlers.screens import halts
from texts.words import Words

chapter = Chapter("Emergency stop")


def _halt(reason: HaltReason = HaltReason.MISTAKE, *, region: str = EVERYWHERE, page: str = "", note: str = "") -> Halt:
    return Halt(3, region, page, reason, note, 2, minutes(-25), None, None, None, None, 1)


EVERYTHING = HaltView(_halt(HaltReason.MOURNING), "", "", "Вера Лебедева", "", "", 42, may_resume=True)
A_PAGE = HaltView(
    _halt(HaltReason.OTHER, region="kazan", page="vk-kazan", note="Взломали <админку> & сменили пароль 🌻"),
    LONG_TITLE, "Казань", HTML_NAME, "", "", 1, may_resume=True,
)  # fmt: skip
WANTED = replace(EVERYTHING, halt=replace(EVERYTHING.halt, resume_by=5, resume_at=minutes(-2)), resume_by=LONG_NAME)
LIFTED = replace(WANTED, halt=replace(WANTED.halt, lifted_by=6, lifted_at=NOW), lifted_by="Пётр Громов")
WORK = tuple(
    HeldWork(
        Assignment(n, n, 1, minutes(30 * n), AssignmentState.ASSIGNED, False, 1), page.code, page.title, page.region
    )
    for n, page in enumerate(PAGES[:12], 1)
)


@chapter.shows(halts.desk)
def desk(w: Words) -> Iterator[Take]:
    yield "Nothing is stopped", halts.desk(Desk((), {"kazan": "Казань"}, (VK,)), w, ZONE, NOW)
    yield "Two stops", halts.desk(Desk((WANTED, A_PAGE), REGIONS, PAGES), w, ZONE, NOW)
    yield "89 regions, six stops", halts.desk(Desk((A_PAGE,) * 6, MANY_REGIONS, PAGES), w, ZONE, NOW)
    theirs = replace(EVERYTHING, may_resume=False)
    yield "Stopped by others, nothing of one's own", halts.desk(Desk((theirs,), {}, ()), w, ZONE, NOW)


@chapter.shows(halts.regions, halts.pages)
def which(w: Words) -> Iterator[Take]:
    yield "Which region, of 89", halts.regions(Desk((), MANY_REGIONS, PAGES), 2, w)
    yield "Which page, of 60", halts.pages(Desk((), REGIONS, PAGES), 0, w)


@chapter.shows(halts.why)
def why(w: Words) -> Iterator[Take]:
    yield "Everything", halts.why(EVERYWHERE, "", "", 42, w)
    yield "A page with a long title", halts.why("p0123abcd", LONG_TITLE, "Казань", 0, w)


@chapter.shows(halts.stopped)
def stopped(w: Words) -> Iterator[Take]:
    yield "Stopped", halts.stopped(EVERYTHING, w, ZONE, NOW)
    own = replace(A_PAGE, halt=replace(A_PAGE.halt, note=""))
    yield "Another reason: it is asked for", halts.stopped(own, w, ZONE, NOW)
    yield "The reason in own words", halts.stopped(A_PAGE, w, ZONE, NOW)


@chapter.shows(halts.state, halts.ended)
def state(w: Words) -> Iterator[Take]:
    yield "Nobody has said yes", halts.state(EVERYTHING, 5, w, ZONE, NOW)
    yield "The first yes is mine", halts.state(WANTED, 5, w, ZONE, NOW)
    yield "The first yes is another's", halts.state(WANTED, 6, w, ZONE, NOW)
    yield "It goes on", halts.ended(LIFTED, w)


@chapter.shows(halts.stop, halts.told, halts.resume_asked, halts.over)
def told(w: Words) -> Iterator[Take]:
    yield "To whoever was to post", halts.stop(EVERYTHING, WORK[:2], w, ZONE, NOW)
    yield "With twelve posts", halts.stop(A_PAGE, WORK, w, ZONE, NOW)
    yield "To a manager", halts.told(EVERYTHING, w, ZONE, NOW)
    yield "To a keeper", halts.told(replace(A_PAGE, may_resume=False), w, ZONE, NOW)
    yield "To the second person", halts.resume_asked(WANTED, w, ZONE, NOW)
    yield "To whoever may post again", halts.over(LIFTED, w)
