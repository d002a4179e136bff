"""Files that were asked for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from domain.errors import NotFound
from domain.exports import Export, ExportState, ExportWish, Span
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import export


class ExportRepository(Repository):
    """See `domain.ports.exports.Exports`."""

    async def add(
        self, person_id: int, wish: ExportWish, span: Span, regions: Sequence[str], language: str, now: datetime
    ) -> Export:
        values = {
            **self._unused(export, now),
            "person_id": person_id,
            "format": wish.format,
            "span": span.code,
            "first": span.first,
            "last": span.last,
            "regions": sorted(regions),
            "subject": wish.subject,
            "comma": wish.comma,
            "language": language,
            "state": ExportState.WAITING,
            "asked_at": now,
        }
        return await self.get(await self._new_id(insert(export).values(**values)))

    async def get(self, export_id: int) -> Export:
        row = (await self._session.execute(select(export).where(export.c.id == export_id))).one_or_none()
        if row is None:
            raise NotFound("export")
        return as_(Export, row)

    async def save(self, changed: Export) -> bool:
        here = (export.c.id == changed.id, export.c.version == changed.version)
        values = {
            "state": changed.state,
            "failure": changed.failure,
            "tries": changed.tries,
            "sha256": changed.sha256,
            "name": changed.name,
            "size": changed.size,
            "made_at": changed.made_at,
            "version": changed.version + 1,
        }
        return (await self._session.execute(update(export).where(*here).values(**values))).rowcount == 1

    async def waiting(self) -> Export | None:
        next_one = select(export).where(export.c.state == ExportState.WAITING).order_by(export.c.tries, export.c.id)
        row = (await self._session.execute(next_one.limit(1))).one_or_none()
        return None if row is None else as_(Export, row)

    async def waiting_of(self, person_id: int) -> list[Export]:
        theirs = (export.c.person_id == person_id, export.c.state == ExportState.WAITING)
        return all_(Export, await self._session.execute(select(export).where(*theirs).order_by(export.c.id)))

    async def made_before(self, moment: datetime) -> list[Export]:
        old = (export.c.state == ExportState.MADE, export.c.made_at < moment)
        return all_(Export, await self._session.execute(select(export).where(*old).order_by(export.c.id)))
