"""Absences."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from domain.away import Absence, Absent
from storage.repositories.base import Repository, by_lot
from storage.rows import all_, as_
from storage.tables import absence


class AbsenceRepository(Repository):
    """See `domain.ports.away.Absences`."""

    async def of_person(self, person_id: int, now: datetime) -> Absence | None:
        return next(iter(await self.open(now, [person_id])), None)

    async def find(self, absence_id: int) -> Absence | None:
        row = (await self._session.execute(select(absence).where(absence.c.id == absence_id))).one_or_none()
        return None if row is None else as_(Absence, row)

    async def open(self, now: datetime, people: Iterable[int] | None = None) -> list[Absence]:
        statement = select(absence).where(absence.c.ends > now)
        if people is not None:
            statement = statement.where(absence.c.person_id.in_(list(people)))
        return all_(Absence, await self._session.execute(statement.order_by(absence.c.ends, absence.c.id)))

    async def absent(self, now: datetime) -> Absent:
        return {one.person_id: one.deputy_id for one in await self.open(now) if one.covers(now)}

    async def add(
        self, person_id: int, starts: datetime, ends: datetime, deputy_id: int | None, now: datetime
    ) -> Absence | None:
        over = delete(absence).where(absence.c.person_id == person_id, absence.c.ends <= now)
        await self._session.execute(over)
        # Drawn by lot: keys of tasks and notices hold for ever, and SQLite would give a removed row's number to the next.
        values = {
            "id": by_lot(),
            "person_id": person_id,
            "starts": starts,
            "ends": ends,
            "deputy_id": deputy_id,
        }
        added = self._insert(absence).values(**values).on_conflict_do_nothing(index_elements=["person_id"])
        row = (await self._session.execute(added.returning(absence))).one_or_none()
        return None if row is None else as_(Absence, row)

    async def remove(self, absence_id: int) -> bool:
        return (await self._session.execute(delete(absence).where(absence.c.id == absence_id))).rowcount == 1
