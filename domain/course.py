"""The short course: three cards and one practice post that counts nowhere."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import Conflict, Invalid

CARDS = 3
_LINK = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/\S+")


class CourseState(StrEnum):
    READING = "reading"
    PRACTICE = "practice"
    FINISHED = "finished"
    SKIPPED = "skipped"


ENDED = frozenset({CourseState.FINISHED, CourseState.SKIPPED})


@dataclass(frozen=True)
class Course:
    """Where somebody is. `card` counts from 1."""

    person_id: int
    state: CourseState
    card: int
    started_at: datetime
    ended_at: datetime | None
    version: int


@dataclass(eq=False)
class PracticeLink(Invalid):
    """The practice post's answer was no link."""


@dataclass(eq=False)
class CourseOver(Conflict):
    """The practice post was handed in, or left out, before."""


def at_card(course: Course, card: int) -> Course:
    """Turned to a card; whoever has finished once stays so, however often they read it again."""
    state = course.state if course.state is CourseState.FINISHED else CourseState.READING
    ended = course.ended_at if state is CourseState.FINISHED else None
    return replace(course, state=state, card=max(1, min(card, CARDS)), ended_at=ended)


def at_practice(course: Course) -> Course:
    if course.state is CourseState.FINISHED:
        return course
    return replace(course, state=CourseState.PRACTICE, card=CARDS, ended_at=None)


def hand_in(course: Course, text: str, now: datetime) -> Course:
    """The practice post's link; anything that looks like one will do. Raises PracticeLink."""
    if course.state is CourseState.FINISHED:
        return course
    if _LINK.search(text) is None:
        raise PracticeLink
    return replace(course, state=CourseState.FINISHED, ended_at=now)


def skip(course: Course, now: datetime) -> Course:
    if course.state in ENDED:
        return course
    return replace(course, state=CourseState.SKIPPED, ended_at=now)
