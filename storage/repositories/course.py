"""The short course for newcomers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from domain.course import Course, CourseState
from domain.people import EVERYWHERE, PersonStatus
from domain.ports.course import Learner
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import course, membership, person


class TrainingRepository(Repository):
    """See `domain.ports.course.Training`."""

    async def find(self, person_id: int) -> Course | None:
        row = (await self._session.execute(select(course).where(course.c.person_id == person_id))).one_or_none()
        return None if row is None else as_(Course, row)

    async def begin(self, person_id: int, now: datetime) -> Course:
        values = {"person_id": person_id, "state": CourseState.READING, "card": 1, "started_at": now}
        await self._session.execute(self._insert(course).values(values).on_conflict_do_nothing())
        row = (await self._session.execute(select(course).where(course.c.person_id == person_id))).one()
        return as_(Course, row)

    async def save(self, changed: Course) -> bool:
        statement = (
            update(course)
            .where(course.c.person_id == changed.person_id, course.c.version == changed.version)
            .values(state=changed.state, card=changed.card, ended_at=changed.ended_at, version=changed.version + 1)
        )
        return (await self._session.execute(statement)).rowcount == 1

    async def learners(self, regions: frozenset[str] | None) -> Sequence[Learner]:
        held = select(membership.c.person_id)
        if regions is not None and EVERYWHERE not in regions:
            held = held.where(membership.c.region.in_(regions))
        statement = (
            select(person.c.id.label("person_id"), person.c.name, person.c.region, course.c.state)
            .join(course, course.c.person_id == person.c.id, isouter=True)
            .where(person.c.status == PersonStatus.ACTIVE, person.c.id.in_(held))
            .order_by(person.c.name, person.c.id)
        )
        found = all_(Learner, await self._session.execute(statement))
        return sorted(found, key=lambda one: one.state is CourseState.FINISHED)
