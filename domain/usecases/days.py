"""A person's list of a day: saying yes to all of it, and the files of a post as they were sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from domain import timing
from domain.errors import Conflict
from domain.handout import ensure_public
from domain.media_rules import PUBLISHABLE
from domain.notices import Guarantee, Notice, Priority, redrawn
from domain.people import Actor, Person
from domain.plan import Assignment, AssignmentState
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.rights import Action, ensure_may
from domain.usecases import imprints, staffing
from domain.usecases.assignments import my_open
from domain.usecases.publishing import Gate

DIGEST, REDRAW = "digest", "digest.redraw"
"""The morning's list, and the notice that draws it anew."""
LISTED = frozenset({AssignmentState.ASSIGNED, AssignmentState.POSTED})


@dataclass(frozen=True)
class DayList:
    """What somebody has on `day` of their own clock: still to be posted, or posted."""

    day: date
    views: tuple[AssignmentView, ...]

    @property
    def open(self) -> tuple[AssignmentView, ...]:
        return tuple(view for view in self.views if view.assignment.state is AssignmentState.ASSIGNED)

    @property
    def mark(self) -> int:
        """Changes with what is listed and when it is: a tap on another list says nothing about this one."""
        return crc32(" ".join(f"{view.assignment.id}@{view.assignment.at.isoformat()}" for view in self.views).encode())

    @property
    def unanswered(self) -> tuple[AssignmentView, ...]:
        return tuple(view for view in self.open if view.assignment.accepted_at is None)


async def of_day(uow: UnitOfWork, person: Person, day: date) -> DayList:
    """Nothing of pages that an emergency stop holds. Read-only."""
    zone = ZoneInfo(person.zone)
    start = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    views = await uow.plan.views_of_person(person.id, start, end)
    return DayList(day, tuple(view for view in views if view.assignment.state in LISTED and not view.halted))


async def look(uow: UnitOfWork, actor: Actor, day: date) -> DayList:
    """The reader's own. Read-only."""
    ensure_may(actor, Action.TODAY)
    return await of_day(uow, actor.person, day)


async def redraw_list(uow: UnitOfWork, person: Person, changed: Assignment, now: datetime) -> None:
    """The morning's list that names the assignment shows how it stands; what changes within a minute costs one edit."""
    at = (now + timedelta(minutes=1)).replace(second=0, microsecond=0)
    day = person.local(changed.at).date()
    for copy in await uow.cards.of_person(person.id, DIGEST, staffing.digest_subject(day)):
        again = redrawn(REDRAW, copy, at.isoformat(), at, {"day": day.isoformat()}, priority=Priority.DIGEST)
        await uow.outbox.add(again)


# --- saying yes --------------------------------------------------------------------------------------------------------


async def accept(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int | None, *, now: datetime
) -> AssignmentView:
    """[Will do]: nothing else follows than that those who answer for the page see it; a second tap changes nothing."""
    view = await my_open(uow, actor, assignment_id, version)
    if view.assignment.accepted_at is not None:
        return view
    accepted = await _accepted(uow, actor, view.assignment, now)
    await redraw_list(uow, actor.person, accepted, now)
    return replace(view, assignment=accepted)


async def accept_all(uow: UnitOfWork, actor: Actor, day: date, mark: int, *, now: datetime) -> DayList:
    """[Will do them all]: what they have read. Raises Conflict when the list is another one by now."""
    found = await look(uow, actor, day)
    if found.mark != mark:
        raise Conflict
    for view in found.unanswered:
        await _accepted(uow, actor, view.assignment, now)
    return await look(uow, actor, day)


async def _accepted(uow: UnitOfWork, actor: Actor, assignment: Assignment, now: datetime) -> Assignment:
    accepted = await uow.plan.save_assignment(replace(assignment, accepted_at=now))
    await staffing.restore(uow, accepted, now)
    await uow.journal.add(
        at=now, actor=actor.number, action="assignment.accepted", object_=accepted.subject, version=accepted.version
    )
    return accepted


# --- files -------------------------------------------------------------------------------------------------------------


def published(view: AssignmentView) -> Sequence[str]:
    """Hashes of the files that go out with the text."""
    return [file.sha256 for file in view.media if file.kind in PUBLISHABLE]


async def ask_files(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime
) -> AssignmentView:
    """[As files]: pictures and videos come once more as documents, uncompressed. Refused like the text itself (H8)."""
    view = await my_open(uow, actor, assignment_id, version)
    (await Gate.load(uow)).ensure_open(view.page, actor.person.zone, now)
    await imprints.ensure_holds(uow, view, now)
    timing.ensure_current(view, actor.person.zone, now)
    ensure_public(view.not_before, actor.person.zone, now)
    await uow.outbox.add(
        Notice(
            kind="assignment.files",
            subject=view.assignment.subject,
            due_at=now,
            dedup_key=f"assignment.files:{assignment_id}:{now.isoformat()}",
            person_id=actor.id,
            guarantee=Guarantee.A,
            priority=Priority.DECISION,
            params={"assignment": assignment_id},
        )
    )
    return view
