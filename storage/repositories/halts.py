"""Emergency stops."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from domain.errors import Conflict, NotFound
from domain.halts import Halt, HaltReason, Scope
from domain.people import EVERYWHERE
from domain.plan import OPEN_ASSIGNMENTS, Assignment, AssignmentState, SlotState
from domain.ports.halts import HeldWork
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import assignment, halt, page, slot

_IN_FORCE = halt.c.lifted_at.is_(None)
_HELD = (assignment, page.c.code.label("page"), page.c.title.label("page_title"), page.c.region)
STOPPED = (
    select(halt.c.id)
    .where(
        _IN_FORCE,
        or_(halt.c.page == page.c.code, and_(halt.c.page == "", halt.c.region.in_([EVERYWHERE, page.c.region]))),
    )
    .correlate(page)
    .exists()
)
"""Whether the page of a row is stopped: for statements that select from `page`."""


class HaltRepository(Repository):
    """See `domain.ports.halts.Halts`."""

    async def add(self, scope: Scope, reason: HaltReason, by_id: int, now: datetime) -> Halt | None:
        values = {"region": scope.region, "page": scope.page, "reason": reason, "by_id": by_id, "at": now}
        added = self._insert(halt).values(**values).on_conflict_do_nothing().returning(halt.c.id)
        row = (await self._session.execute(added)).one_or_none()
        return None if row is None else await self.get(row.id)

    async def get(self, halt_id: int) -> Halt:
        found = await self._list(halt.c.id == halt_id)
        if not found:
            raise NotFound("halt")
        return found[0]

    async def find_in_force(self, scope: Scope) -> Halt | None:
        found = await self._list(_IN_FORCE, halt.c.region == scope.region, halt.c.page == scope.page)
        return found[0] if found else None

    async def in_force(self) -> list[Halt]:
        return await self._list(_IN_FORCE)

    async def since(self, at: datetime) -> list[Halt]:
        return await self._list(or_(_IN_FORCE, halt.c.lifted_at > at))

    async def _list(self, *conditions: ColumnElement[bool]) -> list[Halt]:
        statement = select(halt).where(*conditions).order_by(halt.c.at, halt.c.id)
        return all_(Halt, await self._session.execute(statement))

    async def save(self, changed: Halt) -> Halt:
        values = {
            "note": changed.note,
            "resume_by": changed.resume_by,
            "resume_at": changed.resume_at,
            "lifted_by": changed.lifted_by,
            "lifted_at": changed.lifted_at,
            "version": changed.version + 1,
        }
        statement = update(halt).where(halt.c.id == changed.id, halt.c.version == changed.version)
        if (await self._session.execute(statement.values(**values))).rowcount != 1:
            raise Conflict
        return replace(changed, version=changed.version + 1)

    async def open_work(self, scope: Scope) -> list[HeldWork]:
        return await self._held(_work(select(*_HELD), scope))

    async def ended_unposted(self, region: str, since: date) -> list[HeldWork]:
        other = [*OPEN_ASSIGNMENTS, AssignmentState.POSTED]
        statement = (
            select(*_HELD)
            .join(slot, slot.c.id == assignment.c.slot_id)
            .join(page, page.c.code == slot.c.page)
            .where(slot.c.day >= since, page.c.region == region, assignment.c.state.not_in(other))
        )
        return await self._held(statement)

    async def _held(self, statement: Select[Any]) -> list[HeldWork]:
        rows = await self._session.execute(statement.order_by(assignment.c.at, assignment.c.id))
        return [as_(HeldWork, row, assignment=as_(Assignment, row)) for row in rows]

    async def count_work(self, scope: Scope) -> int:
        statement = _work(select(func.count()).select_from(assignment), scope)
        return int((await self._session.execute(statement)).scalar_one())


def _work(statement: Select[Any], scope: Scope) -> Select[Any]:
    chosen = (
        statement.join(slot, slot.c.id == assignment.c.slot_id)
        .join(page, page.c.code == slot.c.page)
        .where(assignment.c.state.in_(OPEN_ASSIGNMENTS), slot.c.state == SlotState.FILLED)
    )
    if scope.page:
        return chosen.where(page.c.code == scope.page)
    return chosen if scope.region == EVERYWHERE else chosen.where(page.c.region == scope.region)
