"""Rubrics, and the mix of what was published."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, or_, select, update

from domain.drafts import UNFINISHED_STATES, Draft
from domain.plan import SlotState
from domain.rubrics import Rubric
from storage.repositories.base import Repository
from storage.rows import all_
from storage.tables import draft, page, rubric, slot

_CODE = func.coalesce(draft.c.rubric, "").label("code")


class RubricRepository(Repository):
    """See `domain.ports.rubrics.Rubrics`."""

    async def all(self) -> list[Rubric]:
        statement = select(rubric).order_by(rubric.c.place, rubric.c.code)
        return all_(Rubric, await self._session.execute(statement))

    async def replace(self, rubrics: Iterable[Rubric]) -> None:
        await self._session.execute(delete(rubric))
        names = tuple(Rubric.__dataclass_fields__)
        rows = [{name: getattr(one, name) for name in names} for one in rubrics]
        if rows:
            await self._session.execute(insert(rubric), rows)

    async def save(self, new: Draft) -> bool:
        statement = update(draft).where(
            draft.c.id == new.id, draft.c.version == new.version, draft.c.state.in_(UNFINISHED_STATES)
        )
        return (await self._session.execute(statement.values(rubric=new.rubric))).rowcount == 1

    async def planned(self, pages: Iterable[str], since: date, now: datetime) -> dict[str, int]:
        held = slot.c.state.in_([SlotState.FILLED, SlotState.POSTED])
        ahead = and_(slot.c.state == SlotState.EMPTY, slot.c.at > now)
        statement = (
            select(_CODE, func.count().label("n"))
            .select_from(slot)
            .join(draft, draft.c.id == slot.c.draft_id, isouter=True)
            .where(slot.c.page.in_(list(pages)), slot.c.day >= since, or_(held, ahead))
            .group_by(_CODE)
        )
        return _counts(await self._session.execute(statement))

    async def published(self, regions: Iterable[str] | None, since: date) -> dict[str, int]:
        statement = (
            select(_CODE, func.count().label("n"))
            .select_from(slot)
            .join(page, page.c.code == slot.c.page)
            .join(draft, draft.c.id == slot.c.draft_id, isouter=True)
            .where(slot.c.state == SlotState.POSTED, slot.c.day >= since)
            .group_by(_CODE)
        )
        if regions is not None:
            statement = statement.where(page.c.region.in_(list(regions)))
        return _counts(await self._session.execute(statement))


def _counts(rows: Iterable[Row[Any]]) -> dict[str, int]:
    return {row.code: int(row.n) for row in rows}
