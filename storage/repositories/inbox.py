"""Updates as Telegram handed them over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Insert, TextClause, and_, bindparam, delete, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.repositories.base import Repository, adding
from storage.rows import all_
from storage.tables import inbox, telegram_account

KEEP_DONE = timedelta(days=3)
KEEP_ASIDE = timedelta(hours=72)
"""From when it was stored: that long an update that was set aside can be replayed; then its content is gone."""
OPEN = ("new", "done")
HEARD = 0
"""Not an update (Telegram's numbers are positive): the row whose `received_at` says when Telegram was last heard."""
ERROR_LENGTH = 300


# What every tap runs is made once: making a statement costs as much as running it.
_DONE = (
    update(inbox)
    .where(inbox.c.update_id == bindparam("number"), inbox.c.status == "new")
    .values(status="done", body=None)
)
_SHOWN = (
    update(inbox)
    .where(inbox.c.update_id.in_(bindparam("numbers", expanding=True)))
    .values(status="shown", body=None, lane=0)
)


@cache
def _arriving(dialect: str) -> Insert:
    new = postgresql.insert(inbox) if dialect == "postgresql" else sqlite.insert(inbox)
    return new.on_conflict_do_update(
        index_elements=[inbox.c.update_id], set_={"status": "done", "body": None}, where=inbox.c.status == "new"
    )


@dataclass(frozen=True)
class StoredUpdate:
    """`body` is None once the effect is committed ("done"): only its screen is still owed."""

    update_id: int
    lane: int
    status: str
    attempts: int
    body: dict[str, Any] | None


@dataclass(frozen=True)
class Aside:
    """An update that was set aside, without its content. `number` below zero: it came without a number of its own."""

    number: int
    kind: str
    received_at: datetime
    attempts: int
    error: str


def kind_of(body: dict[str, Any] | None) -> str:
    """What Telegram calls this kind of update: "message", "callback_query"…"""
    return next((key for key in body or {} if key != "update_id"), "unknown")


class InboxRepository(Repository):
    """See `domain.ports.record.Inbox`; the rest is for `bot.inbox`."""

    async def store(self, updates: Sequence[tuple[int, int, dict[str, Any]]], now: datetime) -> frozenset[int]:
        """Store a whole batch of (update_id, lane, body); returns the numbers that were new."""
        rows = [
            {"update_id": number, "lane": lane, "status": "new", "body": body, "received_at": now}
            for number, lane, body in updates
        ]
        fresh = await self._session.execute(adding(self._session.dialect, inbox, inbox.c.update_id), rows)
        return frozenset(fresh.scalars())

    async def store_unreadable(self, content: str, error: str, now: datetime) -> int:
        """Keep what has no number of its own: set aside at once, under a number below zero."""
        lowest = int((await self._session.execute(select(func.min(inbox.c.update_id)))).scalar() or 0)
        number = min(lowest, 0) - 1
        values = {"lane": 0, "status": "aside", "attempts": 1, "error": error[:ERROR_LENGTH], "received_at": now}
        await self._session.execute(
            self._insert(inbox).values(update_id=number, body={"unreadable": content}, **values)
        )
        return number

    async def open_numbers(self, limit: int, lanes: Collection[int] | None = None) -> list[tuple[int, int]]:
        """(update_id, lane) of what is not finished, the oldest first; `lanes`: only in these."""
        statement = select(inbox.c.update_id, inbox.c.lane).where(_is_open())
        if lanes is not None:
            statement = statement.where(inbox.c.lane.in_(sorted(lanes)))
        rows = await self._session.execute(statement.order_by(inbox.c.update_id).limit(limit))
        return [(row.update_id, row.lane) for row in rows]

    async def load(self, numbers: Sequence[int]) -> list[StoredUpdate]:
        """Those of these updates that are not finished."""
        statement = select(inbox).where(inbox.c.update_id.in_(numbers), inbox.c.status.in_(OPEN))
        return all_(StoredUpdate, await self._session.execute(statement))

    async def waiting(self) -> tuple[int, datetime | None]:
        """How many are not finished, and when the oldest of them was stored."""
        statement = select(func.count().label("number"), func.min(inbox.c.received_at).label("oldest")).where(
            _is_open()
        )
        row = (await self._session.execute(statement)).one()
        return int(row.number), row.oldest

    async def done(self, update_id: int) -> bool:
        return (await self._session.execute(_DONE, {"number": update_id})).rowcount == 1

    async def arrived(self, update_id: int, lane: int, now: datetime) -> bool:
        """An update is stored, or was without its effect, and that is in this transaction. False: it was handled before."""
        row = {"update_id": update_id, "lane": lane, "status": "done", "body": None, "received_at": now}
        return (await self._session.execute(_arriving(self._session.dialect), row)).rowcount == 1

    async def shown(self, update_ids: Sequence[int]) -> None:
        """Handled and answered; nothing is owed. The lane goes too: a stranger's chat must not outlive the handling."""
        await self._session.execute(_SHOWN, {"numbers": list(update_ids)})

    async def failed(self, update_id: int, error: str, limit: int, sender: int | None = None) -> int:
        """Count a failure; from `limit` on it is set aside. Returns the attempts.

        Of a `sender` who has not joined nothing may outlive the handling: what would be set aside is deleted instead.
        """
        statement = (
            update(inbox)
            .where(inbox.c.update_id == update_id)
            .values(attempts=inbox.c.attempts + 1, error=error[:ERROR_LENGTH])
        )
        row = (await self._session.execute(statement.returning(inbox.c.attempts))).one()
        if row.attempts >= limit:
            known = sender is None or await self._has_joined(sender)
            aside = {"status": "aside"} if known else {"status": "shown", "body": None, "lane": 0}
            await self._session.execute(
                update(inbox).where(inbox.c.update_id == update_id, inbox.c.status == "new").values(aside)
            )
        return int(row.attempts)

    async def _has_joined(self, telegram_id: int) -> bool:
        account = select(telegram_account.c.person_id).where(telegram_account.c.telegram_id == telegram_id)
        return (await self._session.execute(account)).first() is not None

    # -- set aside ---------------------------------------------------------------------------------------------------

    async def list_aside(self, now: datetime) -> list[Aside]:
        """What can still be replayed, the oldest first."""
        rows = await self._session.execute(select(inbox).where(_kept_aside(now)).order_by(inbox.c.received_at))
        return [Aside(row.update_id, kind_of(row.body), row.received_at, row.attempts, row.error) for row in rows]

    async def replay(self, number: int | None, now: datetime) -> list[tuple[int, int]]:
        """Open one (None: all) again; returns (update_id, lane). One more failure sets it aside again."""
        statement = update(inbox).where(_kept_aside(now)).values(status="new")
        if number is not None:
            statement = statement.where(inbox.c.update_id == number)
        rows = await self._session.execute(statement.returning(inbox.c.update_id, inbox.c.lane))
        return sorted((row.update_id, row.lane) for row in rows)

    async def drop(self, number: int) -> bool:
        """Give one up: its content is deleted, its number stays known so that it is not taken for new."""
        statement = update(inbox).where(inbox.c.update_id == number, inbox.c.status == "aside")
        return (await self._session.execute(statement.values(status="shown", body=None, lane=0))).rowcount == 1

    # -- when Telegram was heard -------------------------------------------------------------------------------------

    async def heard(self, now: datetime) -> None:
        """Never back: another process may have heard it since."""
        values = {"lane": 0, "status": "shown", "received_at": now}
        statement = self._insert(inbox).values(update_id=HEARD, **values)
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["update_id"], set_={"received_at": now}, where=inbox.c.received_at < now
            )
        )

    async def last_heard(self) -> datetime | None:
        found: datetime | None = (
            await self._session.execute(select(inbox.c.received_at).where(inbox.c.update_id == HEARD))
        ).scalar()
        return found

    # -- counting and cleaning ---------------------------------------------------------------------------------------

    async def count(self, status: str) -> int:
        return int((await self._session.execute(select(func.count()).where(inbox.c.status == status))).scalar() or 0)

    async def highest(self) -> int:
        return int((await self._session.execute(select(func.max(inbox.c.update_id)))).scalar() or 0)

    async def clean(self, now: datetime) -> None:
        """Delete finished rows once Telegram cannot hand them over again, and set-aside ones after their time."""
        await self._session.execute(
            delete(inbox).where(
                inbox.c.status == "shown", inbox.c.update_id != HEARD, inbox.c.received_at < now - KEEP_DONE
            )
        )
        await self.clean_aside(now)

    async def clean_aside(self, now: datetime) -> int:
        """Delete what was set aside and has served its time."""
        old = delete(inbox).where(inbox.c.status == "aside", inbox.c.received_at < now - KEEP_ASIDE)
        return (await self._session.execute(old)).rowcount


def _is_open() -> TextClause:
    # Written out, not bound: only so do the databases see that the partial index answers it.
    return text("inbox.status in ('new', 'done')")


def _kept_aside(now: datetime) -> ColumnElement[bool]:
    return and_(inbox.c.status == "aside", inbox.c.received_at >= now - KEEP_ASIDE)
