"""The short course: turned over, left out, taken up again; coordinators see who has finished it."""

from dataclasses import dataclass
from datetime import datetime

from domain.course import ENDED, Course, CourseOver, CourseState, at_card, at_practice, hand_in
from domain.course import skip as skipped
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.ports.course import Learner
from domain.rights import RULES, Action, ensure_may

LINK = "course.link"
"""What is expected at the practice post."""


@dataclass(frozen=True)
class Learners:
    """Who has finished, in the regions of whoever looks."""

    people: tuple[Learner, ...]

    def count(self, state: CourseState | None) -> int:
        return sum(one.state is state for one in self.people)


async def find(uow: UnitOfWork, actor: Actor) -> Course | None:
    """Where this person is; None: not begun."""
    return await uow.training.find(actor.id)


async def is_owed(uow: UnitOfWork, actor: Actor) -> bool:
    """Whether it was neither finished nor left out."""
    course = await uow.training.find(actor.id)
    return course is None or course.state not in ENDED


async def turn_to(uow: UnitOfWork, actor: Actor, card: int, *, now: datetime) -> Course:
    """A card, whether for the first time or again; 0 goes on where they were."""
    ensure_may(actor, Action.COURSE)
    await uow.expectations.clear(actor.id, LINK)
    course = await uow.training.begin(actor.id, now)
    return await _save(uow, course, at_card(course, card or course.card))


async def practise(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Course:
    """The practice post: their next message may be its link."""
    ensure_may(actor, Action.COURSE)
    course = await uow.training.begin(actor.id, now)
    changed = await _save(uow, course, at_practice(course))
    await uow.expectations.set(actor.id, LINK, f"course:{actor.id}", now=now)
    return changed


async def answer(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> Course:
    """The practice post's link, of which nothing is kept. Raises PracticeLink."""
    ensure_may(actor, Action.COURSE)
    course = await uow.training.begin(actor.id, now)
    changed = await _save(uow, course, hand_in(course, text, now))
    await uow.expectations.clear(actor.id, LINK)
    if course.state is not CourseState.FINISHED:
        await uow.journal.add(at=now, actor=actor.number, action="course.finish", object_=f"person:{actor.id}")
    return changed


async def skip(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Course:
    """Left out; /help brings it back."""
    ensure_may(actor, Action.COURSE)
    await uow.expectations.clear(actor.id, LINK)
    course = await uow.training.begin(actor.id, now)
    return await _save(uow, course, skipped(course, now))


async def _save(uow: UnitOfWork, course: Course, changed: Course) -> Course:
    if changed != course and not await uow.training.save(changed):
        raise CourseOver
    return changed


async def list_learners(uow: UnitOfWork, actor: Actor) -> Learners:
    """Everybody with a role in the regions of whoever looks, those not finished first."""
    ensure_may(actor, Action.INVITE)
    regions = actor.regions(RULES[Action.INVITE].roles)
    return Learners(tuple(await uow.training.learners(None if EVERYWHERE in regions else regions)))
