"""Being away: choosing days and a deputy, and what others are told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import CROWD, HTML_NAME, LONG_NAME, NOW, TODAY, actor, person
from domain.away import Absence, midnight
from domain.people import Role
from domain.usecases.away import AwayView
from handlers.screens import away
from handlers.screens.base import Screen
from texts.words import Words

chapter = Chapter("Being away")

ANNA = person()
NOW_AWAY = Absence(3, ANNA.id, NOW - timedelta(days=1), midnight(ANNA, TODAY + timedelta(days=5)), 2)
LATER = replace(NOW_AWAY, starts=midnight(ANNA, TODAY + timedelta(days=1)))


@chapter.shows(away.start, away.is_back)
def start(w: Words) -> Iterator[Take]:
    yield "/away of an approver", away.start(AwayView(None, decides=True), w)
    yield "/away of a volunteer", away.start(AwayView(None), w)
    yield "Just back", away.start(AwayView(None, decides=True), w, away.is_back(w))


@chapter.shows(away.until)
def until(w: Words) -> Iterator[Take]:
    yield "From now", away.until(False, TODAY, w)
    yield "From tomorrow", away.until(True, TODAY, w)


@chapter.shows(away.deputy)
def deputy(w: Words) -> Iterator[Take]:
    some = [replace(actor(Role.PRESS_SECRETARY), person=one) for one in CROWD[:30]]
    yield "Thirty may stand in", away.deputy(some, False, "2026-09-11", 0, w)
    yield "Nobody may", away.deputy([], True, "2026-09-11", 0, w)


@chapter.shows(away.current)
def current(w: Words) -> Iterator[Take]:
    view = AwayView(NOW_AWAY, "Вера Лебедева", 0, decides=True)
    gone = AwayView(NOW_AWAY, "Вера Лебедева", 0, decides=True, deputy_gone=True)
    yield "Away, the deputy has left", away.current(gone, NOW_AWAY, ANNA, NOW, w)
    yield "Away, with a deputy", away.current(view, NOW_AWAY, ANNA, NOW, w)
    yield "From tomorrow, two posts planned", away.current(AwayView(LATER, "", 2), LATER, ANNA, NOW, w)


@chapter.shows(away.deputy_asked, away.deputy_done, away.welcome_back)
def told(w: Words) -> Iterator[Take]:
    yield "To the deputy", away.deputy_asked(HTML_NAME, NOW_AWAY, ANNA, NOW, w)
    yield "To the deputy, from tomorrow", away.deputy_asked(LONG_NAME, LATER, ANNA, NOW, w)
    yield "To the deputy, over", away.deputy_done("Анна Соколова", w)
    yield "Welcome back", away.welcome_back(w)


@chapter.shows(away.away_line, away.away_names)
def seen(w: Words) -> Iterator[Take]:
    for title, absence in (("Away", NOW_AWAY), ("From tomorrow", LATER)):
        seen_so = away.away_line(absence, ANNA, NOW, w)
        if seen_so is not None:
            yield f"On a person's card: {title}", Screen(seen_so)
    line = away.away_names([("Анна Соколова", NOW_AWAY), (HTML_NAME, NOW_AWAY)], ANNA, w)
    if line is not None:
        yield "In the manager's evening", Screen(line)
