"""Due work as rows."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from domain.notices import DueTask
from storage.repositories.base import Repository, adding
from storage.rows import all_, as_
from storage.tables import due_task


class TaskRepository(Repository):
    """See `domain.ports.record.Tasks`."""

    async def add(self, *tasks: DueTask) -> None:
        if tasks:
            rows = [
                {"key": t.key, "kind": t.kind, "subject": t.subject, "due_at": t.due_at, "params": dict(t.params)}
                for t in tasks
            ]
            await self._session.execute(adding(self._session.dialect, due_task), rows)

    async def reschedule(self, key: str, due_at: datetime, params: Mapping[str, Any]) -> None:
        await self._session.execute(
            update(due_task).where(due_task.c.key == key).values(due_at=due_at, params=dict(params), done_at=None)
        )

    async def cancel(self, subject: str, kinds: Iterable[str] | None = None) -> int:
        statement = delete(due_task).where(due_task.c.subject == subject, due_task.c.done_at.is_(None))
        if kinds is not None:
            statement = statement.where(due_task.c.kind.in_(list(kinds)))
        return (await self._session.execute(statement)).rowcount

    async def first_due(self, now: datetime) -> DueTask | None:
        statement = select(due_task).where(due_task.c.done_at.is_(None), due_task.c.due_at <= now)
        row = (
            await self._session.execute(statement.order_by(due_task.c.due_at, due_task.c.key).limit(1))
        ).one_or_none()
        return None if row is None else as_(DueTask, row)

    async def claim(self, key: str, now: datetime) -> DueTask | None:
        statement = update(due_task).where(due_task.c.key == key, due_task.c.done_at.is_(None)).values(done_at=now)
        row = (await self._session.execute(statement.returning(due_task))).one_or_none()
        return None if row is None else as_(DueTask, row)

    async def next_due(self) -> datetime | None:
        statement = select(due_task.c.due_at).where(due_task.c.done_at.is_(None)).order_by(due_task.c.due_at).limit(1)
        found: datetime | None = (await self._session.execute(statement)).scalar()
        return found

    async def find(self, key: str) -> DueTask | None:
        row = (
            await self._session.execute(select(due_task).where(due_task.c.key == key, due_task.c.done_at.is_(None)))
        ).one_or_none()
        return None if row is None else as_(DueTask, row)

    async def open_after(self, moment: datetime) -> list[DueTask]:
        """Open ones that fall due after `moment`."""
        statement = select(due_task).where(due_task.c.done_at.is_(None), due_task.c.due_at > moment)
        return all_(DueTask, await self._session.execute(statement))

    async def clean(self, before: datetime) -> int:
        """Delete what was done before `before`."""
        return (await self._session.execute(delete(due_task).where(due_task.c.done_at < before))).rowcount
