"""Updates as Telegram handed them over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from storage.repositories.base import Repository
from storage.rows import all_
from storage.tables import inbox

KEEP_DONE = timedelta(days=3)
KEEP_ASIDE = timedelta(hours=72)


@dataclass(frozen=True)
class StoredUpdate:
    """`body` is None once the effect is committed ("done"): only its screen is still owed."""

    update_id: int
    lane: int
    status: str
    attempts: int
    body: dict[str, Any] | None


class InboxRepository(Repository):
    """See `domain.ports.record.Inbox`; the rest is for `bot.inbox`."""

    async def store(self, updates: Sequence[tuple[int, int, dict[str, Any]]], now: datetime) -> frozenset[int]:
        """Store a whole batch of (update_id, lane, body); returns the numbers that were new."""
        rows: list[dict[str, Any]] = [
            {"update_id": number, "lane": lane, "status": "new", "body": body, "received_at": now}
            for number, lane, body in updates
        ]
        known = (
            await self._session.execute(
                select(inbox.c.update_id).where(inbox.c.update_id.in_([row["update_id"] for row in rows]))
            )
        ).scalars()
        seen = frozenset(known)
        fresh: dict[int, dict[str, Any]] = {row["update_id"]: row for row in rows if row["update_id"] not in seen}
        if fresh:
            await self._session.execute(
                self._insert(inbox).on_conflict_do_nothing(index_elements=["update_id"]), list(fresh.values())
            )
        return frozenset(fresh)

    async def open(self) -> list[StoredUpdate]:
        """Everything not finished, in the order of arrival."""
        return all_(
            StoredUpdate,
            await self._session.execute(
                select(inbox).where(inbox.c.status.in_(["new", "done"])).order_by(inbox.c.update_id)
            ),
        )

    async def done(self, update_id: int) -> bool:
        statement = (
            update(inbox)
            .where(inbox.c.update_id == update_id, inbox.c.status == "new")
            .values(status="done", body=None)
        )
        return (await self._session.execute(statement)).rowcount == 1

    async def shown(self, update_id: int) -> None:
        """Handled and answered; nothing is owed. The lane goes too: a stranger's chat must not outlive the handling."""
        await self._session.execute(
            update(inbox).where(inbox.c.update_id == update_id).values(status="shown", body=None, lane=0)
        )

    async def failed(self, update_id: int, error: str, limit: int) -> int:
        """Count a failure; from `limit` on it is set aside. Returns the attempts."""
        statement = (
            update(inbox).where(inbox.c.update_id == update_id).values(attempts=inbox.c.attempts + 1, error=error[:300])
        )
        row = (await self._session.execute(statement.returning(inbox.c.attempts))).one()
        if row.attempts >= limit:
            await self._session.execute(
                update(inbox).where(inbox.c.update_id == update_id, inbox.c.status == "new").values(status="aside")
            )
        return int(row.attempts)

    async def count(self, status: str) -> int:
        return int((await self._session.execute(select(func.count()).where(inbox.c.status == status))).scalar() or 0)

    async def highest(self) -> int:
        return int((await self._session.execute(select(func.max(inbox.c.update_id)))).scalar() or 0)

    async def clean(self, now: datetime) -> None:
        """Delete finished rows once Telegram cannot hand them over again, and set-aside ones after their time."""
        await self._session.execute(
            delete(inbox).where(inbox.c.status == "shown", inbox.c.received_at < now - KEEP_DONE)
        )
        await self._session.execute(
            delete(inbox).where(inbox.c.status == "aside", inbox.c.received_at < now - KEEP_ASIDE)
        )
