"""Figures from files."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from domain.errors import NotFound
from domain.figure_import import FigureImport, ImportState
from domain.figures import Figure, FigureSource, FigureState
from domain.ports.figure_imports import NewFigure, Rolled
from domain.typed_figures import Metric
from storage.many import among
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import figure, figure_import, rollup

_STANDING = (FigureState.CONFIRMED, FigureState.DOUBTFUL)


class FigureImportRepository(Repository):
    """See `domain.ports.figure_imports.FigureImports`."""

    async def add(
        self, *, person_id: int | None, name: str, text: str, state: ImportState, figures: int, at: datetime
    ) -> FigureImport:
        values: dict[str, Any] = {
            "version": 1,
            "person_id": person_id,
            "name": name,
            "text": text,
            "state": state,
            "figures": figures,
            "at": at,
            "decided_at": None if state is ImportState.WAITING else at,
        }
        return FigureImport(id=await self._new_id(insert(figure_import).values(values)), **values)

    async def get(self, import_id: int) -> FigureImport:
        row = (await self._session.execute(select(figure_import).where(figure_import.c.id == import_id))).one_or_none()
        if row is None:
            raise NotFound("import")
        return as_(FigureImport, row)

    async def decide(self, row: FigureImport, state: ImportState, now: datetime) -> FigureImport | None:
        statement = (
            update(figure_import)
            .where(
                figure_import.c.id == row.id,
                figure_import.c.version == row.version,
                figure_import.c.state == ImportState.WAITING,
            )
            .values(state=state, text="", decided_at=now, version=row.version + 1)
            .returning(figure_import)
        )
        decided = (await self._session.execute(statement)).one_or_none()
        return None if decided is None else as_(FigureImport, decided)

    async def put_away(self, person_id: int, now: datetime) -> None:
        await self._put_away(figure_import.c.person_id == person_id, now)

    async def forget(self, before: datetime) -> None:
        await self._put_away(figure_import.c.at < before, before)

    async def _put_away(self, which: ColumnElement[bool], now: datetime) -> None:
        waiting = update(figure_import).where(which, figure_import.c.state == ImportState.WAITING)
        away = {"state": ImportState.CANCELLED, "text": "", "decided_at": now, "version": figure_import.c.version + 1}
        await self._session.execute(waiting.values(away))

    async def names(self, import_ids: Collection[int]) -> dict[int, tuple[str, int | None]]:
        if not import_ids:
            return {}
        rows = await self._session.execute(
            select(figure_import.c.id, figure_import.c.name, figure_import.c.person_id).where(
                figure_import.c.id.in_(list(import_ids))
            )
        )
        return {row.id: (row.name, row.person_id) for row in rows}

    async def standing(self, pages: Collection[str], since: date, until: date) -> list[Figure]:
        statement = select(figure).where(
            among(self._session.dialect, figure.c.page, pages),
            figure.c.slot_id.is_(None),
            figure.c.state.in_(_STANDING),
            figure.c.day.between(since, until),
        )
        return all_(Figure, await self._session.execute(statement.order_by(figure.c.day, figure.c.id)))

    async def with_posts(self, pages: Collection[str], since: date, until: date) -> frozenset[tuple[str, date, Metric]]:
        statement = select(figure.c.page, figure.c.day, figure.c.metric).where(
            among(self._session.dialect, figure.c.page, pages),
            figure.c.slot_id.is_not(None),
            figure.c.state.in_(_STANDING),
            figure.c.day.between(since, until),
        )
        rows = await self._session.execute(statement.distinct())
        return frozenset((row.page, row.day, row.metric) for row in rows)

    async def write(self, figures: Sequence[NewFigure], import_id: int, at: datetime) -> None:
        rows = [
            {
                "page": new.page,
                "slot_id": None,
                "metric": new.metric,
                "value": new.value,
                "day": new.day,
                "state": FigureState.CONFIRMED,
                "source": FigureSource.IMPORTED,
                "typed_by": new.typed_by,
                "for_person": new.for_person,
                "at": at,
                "import_id": import_id,
            }
            for new in figures
        ]
        if rows:
            await self._session.execute(insert(figure), rows)

    async def replace(self, figure_ids: Sequence[int]) -> None:
        if figure_ids:
            old = update(figure).where(among(self._session.dialect, figure.c.id, figure_ids))
            await self._session.execute(old.values(state=FigureState.REPLACED))

    async def roll_up(self, latest: Sequence[Rolled], deltas: Sequence[Rolled]) -> None:
        new = self._insert(rollup)
        for rolled, value in ((latest, new.excluded.value), (deltas, rollup.c.value + new.excluded.value)):
            rows = [
                {"page": r.page, "region": r.region, "day": r.day, "measure": str(r.measure), "value": r.value}
                for r in rolled
            ]
            if rows:
                key = ["page", "day", "measure"]
                await self._session.execute(new.on_conflict_do_update(index_elements=key, set_={"value": value}), rows)
