"""Daily roll-ups of pages."""

from collections.abc import Mapping
from datetime import date

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
        rows = [{"page": page, "region": region, "day": day, "measure": str(m), "value": v} for m, v in values.items()]
        if rows:
            insert = self._insert(rollup)
            await self._session.execute(
                insert.on_conflict_do_update(index_elements=_KEY, set_={"value": insert.excluded.value}), rows
            )
