"""Tomorrow's empty slots before those who can fill them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import CROWD, HTML_TITLE, LONG, LONG_TITLE, NOW, ODD, TODAY, VK, ZONE, minutes
from bot.gallery.samples.slots import NO_PERSON, NO_TEXT
from domain.day_plan_people import Candidate, Why
from domain.usecases.who_posts import WhoPosts
from handlers.screens import gaps
from texts.words import Words

chapter = Chapter("Tomorrow's empty slots")

TOMORROW = TODAY + timedelta(days=1)
EVENING = replace(NO_TEXT, slot=replace(NO_TEXT.slot, at=minutes(32 * 60)))
MANY = [
    replace(NO_TEXT, slot=replace(NO_TEXT.slot, page=f"p{n}"), page_title=title)
    for n, title in enumerate([LONG_TITLE, HTML_TITLE, *(f"Наш двор {n}" for n in range(10))])
]


@chapter.shows(gaps.write_for)
def write_for(w: Words) -> Iterator[Take]:
    yield "One page, twice", gaps.write_for(TOMORROW, [NO_TEXT, EVENING], w, ZONE)
    yield "Twelve pages", gaps.write_for(TOMORROW, MANY, w, ZONE)


@chapter.shows(gaps.ask_text)
def ask_text(w: Words) -> Iterator[Take]:
    yield "For a page", gaps.ask_text(VK, w)
    yield "A title with HTML", gaps.ask_text(ODD, w)


@chapter.shows(gaps.nobody_to_post)
def nobody_to_post(w: Words) -> Iterator[Take]:
    yield "One page", gaps.nobody_to_post(TOMORROW, [NO_PERSON], w, ZONE)
    yield "Twelve pages", gaps.nobody_to_post(TOMORROW, MANY, w, ZONE)


@chapter.shows(gaps.who_could)
def who_could(w: Words) -> Iterator[Take]:
    free = tuple(Candidate(person, n % 3, n, None) for n, person in enumerate(CROWD[2:5]))
    asked = Candidate(CROWD[5], 0, 2, Why.QUIET)
    busy = tuple(Candidate(person, 3, 9, why) for person, why in zip(CROWD[6:12], Why, strict=False))
    yield "Some could", gaps.who_could(WhoPosts(VK, NO_PERSON, (*free, asked, *busy)), w, ZONE, NOW)
    yield "Nobody is free", gaps.who_could(WhoPosts(VK, NO_PERSON, busy[:1]), w, ZONE, NOW)
    yield "Nobody may", gaps.who_could(WhoPosts(LONG, NO_PERSON, ()), w, ZONE, NOW)
    crowd = tuple(Candidate(person, 1, 4, None) for person in CROWD)
    yield "200 people", gaps.who_could(WhoPosts(ODD, NO_PERSON, crowd), w, ZONE, NOW)
    yield "Nothing planned", gaps.who_could(WhoPosts(LONG, None, ()), w, ZONE, NOW)
