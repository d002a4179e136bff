"""Embargo and expiry: choosing both ends, and the news of a text whose time is over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.assignments import view
from bot.gallery.samples.data import ALBUM, HTML_TEXT, LONG_NAME, NOW, OK, TODAY, VK, ZONE, draft, sheet, text_of
from domain.drafts import DraftState
from domain.timing import Edge
from domain.usecases.drafts import Panel
from handlers.screens import assignments, drafts, timing, timing_lines
from handlers.screens.base import Screen, lines
from texts.words import Words

chapter = Chapter("When it may be published")

TIMED = replace(draft(), not_before=NOW + timedelta(days=1), expires_at=NOW + timedelta(days=9))
OVER = replace(draft(state=DraftState.APPROVED), expires_at=NOW - timedelta(minutes=1))


@chapter.shows(timing_lines.ends, timing_lines.when_button, drafts.panel)
def ends(w: Words) -> Iterator[Take]:
    both = Panel(TIMED, (VK, OK), (VK, OK))
    yield "The author's panel with both ends", drafts.panel(both, ZONE, NOW, w)
    rows = ((timing_lines.when_button(OVER, w),),)
    yield "Expired", Screen(lines(*timing_lines.ends(OVER, ZONE, NOW, w)), rows)


@chapter.shows(timing_lines.for_poster)
def for_poster(w: Words) -> Iterator[Take]:
    of = replace(view(at=24 * 60), not_before=NOW + timedelta(hours=4), expires_at=NOW + timedelta(days=2))
    yield "Whoever posts it sees both ends", assignments.control(of, w, NOW)


@chapter.shows(timing.when)
def when(w: Words) -> Iterator[Take]:
    yield "[When] was tapped", timing.when(draft(), ZONE, NOW, w)
    yield "Both ends", timing.when(TIMED, "Asia/Vladivostok", NOW, w)


@chapter.shows(timing.choose, timing.hours, timing.no_moment)
def choose(w: Words) -> Iterator[Take]:
    yield "[Not before] was tapped", timing.choose(TIMED, Edge.AFTER, ZONE, NOW, w)
    yield (
        "[Not after] was tapped late in the evening",
        timing.choose(TIMED, Edge.UNTIL, ZONE, NOW + timedelta(hours=12), w),
    )
    yield "A day was tapped", timing.hours(TIMED, Edge.UNTIL, TODAY + timedelta(days=3), w)
    yield "A photo came instead", timing.no_moment(12, 1, w)


@chapter.shows(timing.expired)
def expired(w: Words) -> Iterator[Take]:
    yield "To its author, published nowhere", timing.expired(sheet(OVER), 0, own=True, zone=ZONE, now=NOW, w=w)
    some = replace(sheet(replace(OVER, text=HTML_TEXT)), author_name=LONG_NAME)
    yield "To the press secretary, on one of two pages", timing.expired(some, 1, own=False, zone=ZONE, now=NOW, w=w)
    waits = replace(OVER, state=DraftState.SUBMITTED, text="", media=ALBUM)
    yield "Not decided in time, an album", timing.expired(sheet(waits), 0, own=False, zone=ZONE, now=NOW, w=w)
    long = sheet(replace(OVER, text=text_of(9000)))
    yield "9,000 characters", timing.expired(long, 0, own=True, zone=ZONE, now=NOW, w=w)
