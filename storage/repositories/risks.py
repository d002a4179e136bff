"""Ticked risks of bold texts."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select

from domain.lanes import Check
from storage.repositories.base import Repository
from storage.rows import all_
from storage.tables import risk_check


class RiskRepository(Repository):
    """See `domain.ports.lanes.Risks`."""

    async def checks(self, draft_id: int, version: int, person_id: int) -> list[Check]:
        statement = select(risk_check).where(_of(draft_id, version, person_id)).order_by(risk_check.c.risk)
        return all_(Check, await self._session.execute(statement))

    async def set(self, draft_id: int, version: int, person_id: int, check: Check, now: datetime) -> None:
        row = {"draft_id": draft_id, "version": version, "person_id": person_id, "risk": check.risk}
        change = {"because": check.because, "at": now}
        statement = self._insert(risk_check).values(**row, **change)
        await self._session.execute(statement.on_conflict_do_update(index_elements=list(row), set_=change))

    async def clear(self, draft_id: int, version: int, person_id: int, risk: str) -> None:
        here = and_(_of(draft_id, version, person_id), risk_check.c.risk == risk)
        await self._session.execute(delete(risk_check).where(here))


def _of(draft_id: int, version: int, person_id: int) -> ColumnElement[bool]:
    return and_(risk_check.c.draft_id == draft_id, risk_check.c.version == version, risk_check.c.person_id == person_id)
