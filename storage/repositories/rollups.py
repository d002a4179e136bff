"""Daily roll-ups of pages."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select, update

from domain.rollups import Measure
from storage.repositories.base import Repository
from storage.tables import rollup

_KEY = ["page", "day", "measure"]


class RollupRepository(Repository):
    """See `domain.ports.rollups.Rollups`."""

    async def add(self, page: str, region: str, day: date, deltas: Mapping[Measure, int]) -> None:
        rows = [
            {"page": page, "region": region, "day": day, "measure": str(m), "value": v} for m, v in deltas.items() if v
        ]
        if rows:
            insert = self._insert(rollup)
            await self._session.execute(
                insert.on_conflict_do_update(
                    index_elements=_KEY, set_={"value": rollup.c.value + insert.excluded.value}
                ),
                rows,
            )

    async def set(self, page: str, region: str, day: date, values: Mapping[Measure, int]) -> None:
        for measure, value in values.items():
            here = (rollup.c.page == page, rollup.c.measure == str(measure))
            others = rollup.alias("others")
            around = (others.c.page == page, others.c.measure == str(measure))
            before = select(others.c.value).where(*around, others.c.day < day).order_by(others.c.day.desc()).limit(1)
            row = {"page": page, "region": region, "day": day, "measure": str(measure), "value": value}
            insert = self._insert(rollup).values(**row, grown=value - before.scalar_subquery())
            changed = {"value": insert.excluded.value, "grown": insert.excluded.grown}
            await self._session.execute(insert.on_conflict_do_update(index_elements=_KEY, set_=changed))
            # The next figure stands beyond this one now, whatever was known when it came.
            after = select(func.min(others.c.day)).where(*around, others.c.day > day).scalar_subquery()
            later = update(rollup).where(*here, rollup.c.day == after).values(grown=rollup.c.value - value)
            await self._session.execute(later)
