"""What those concerned hear of a change by hand."""

from datetime import datetime

from domain import planning
from domain.day_plan import Kind
from domain.notices import Guarantee, Notice, Priority
from domain.people import Person
from domain.plan import Assignment
from domain.ports import UnitOfWork
from domain.usecases import staffing

KINDS = ("plan.moved", "plan.text", "plan.off")


def _when(person: Person, now: datetime, at: datetime) -> datetime:
    """After their quiet hours, unless that would be too late."""
    later = planning.outside_quiet(person, now)
    return later if later <= at else now


async def listed(uow: UnitOfWork, assignment: Assignment, person: Person) -> bool:
    """Whether they know of it although its card has not come yet: it stood in the day's list, or they said yes."""
    if assignment.accepted_at is not None:
        return True
    lists = await uow.cards.of_person(person.id, "digest")
    return bool(lists) and lists[0].subject == staffing.digest_subject(person.local(assignment.at).date())


def _notice(kind: str, assignment: Assignment, person: Person, now: datetime, **params: str) -> Notice:
    return Notice(
        kind=kind,
        subject=assignment.subject,
        due_at=_when(person, now, assignment.at),
        dedup_key=f"{kind}:{assignment.id}:{assignment.version}",
        person_id=person.id,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"assignment": assignment.id, **params},
    )


def moved(assignment: Assignment, old: datetime, person: Person, now: datetime) -> Notice:
    return _notice("plan.moved", assignment, person, now, was=old.isoformat(), at=assignment.at.isoformat())


def other_text(assignment: Assignment, person: Person, now: datetime) -> Notice:
    return _notice("plan.text", assignment, person, now)


def off(assignment: Assignment, person: Person, kind: Kind, now: datetime) -> Notice:
    """It is no longer theirs."""
    return _notice("plan.off", assignment, person, now, why=kind.value)


def card(assignment: Assignment, person: Person, now: datetime) -> Notice:
    """The text that is to be posted now, in the place of the one before."""
    return staffing.card(assignment, _when(person, now, assignment.at))


def offer(assignment: Assignment, person: Person, now: datetime) -> Notice:
    """They are asked, and may say no."""
    return Notice(
        kind="substitute.offer",
        subject=assignment.subject,
        due_at=_when(person, now, assignment.at),
        dedup_key=f"substitute.offer:{assignment.id}:{assignment.version}",
        person_id=person.id,
        guarantee=Guarantee.A,
        priority=Priority.ASSIGNMENT,
        params={"assignment": assignment.id},
    )
