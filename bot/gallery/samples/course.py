"""The short course."""

from collections.abc import Iterator

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import CROWD, LONG_REGION, NOW, REGIONS, actor
from domain.course import CARDS, Course, CourseState
from domain.people import Role
from domain.ports.course import Learner
from domain.usecases.course import Learners
from handlers.screens import course
from handlers.screens.base import Screen
from texts.words import Words

chapter = Chapter("The short course")


@chapter.shows(course.card)
def card(w: Words) -> Iterator[Take]:
    anna = actor(Role.VOLUNTEER)
    for number in range(1, CARDS + 1):
        yield f"Card {number}", course.card(number, anna, REGIONS, None, w)
    done = Course(1, CourseState.FINISHED, 3, NOW, NOW, 4)
    yield "Read again, after it was finished", course.card(1, anna, REGIONS, done, w)


@chapter.shows(course.practice, course.finished)
def practice(w: Words) -> Iterator[Take]:
    yield "The practice post", course.practice(w)
    yield "Its link has come", course.finished(w)
    yield "Left out", Screen(course.skipped(w))


@chapter.shows(course.people)
def people(w: Words) -> Iterator[Take]:
    states = (None, *CourseState)
    crowd = tuple(Learner(p.id, p.name, LONG_REGION, states[n % len(states)]) for n, p in enumerate(CROWD))
    yield "Nobody yet", course.people(Learners(()), REGIONS, 0, w)
    yield "200 people", course.people(Learners(crowd), REGIONS, 0, w)
