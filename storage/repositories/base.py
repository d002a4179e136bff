"""What every repository shares."""

import secrets
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Insert, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.session import Session

DialectInsert = sqlite.Insert | postgresql.Insert

_given: dict[str, int] = {}
"""The newest number that this process drew for a table; SQLite has one thread that writes."""


@cache
def adding(dialect: str, table: Table, *returning: Column[Any]) -> DialectInsert:
    """INSERT of rows that break no unique key; made once, since making it costs as much as running it."""
    new = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    statement = new.on_conflict_do_nothing()
    return statement.returning(*returning) if returning else statement  # type: ignore[return-value]  # the same INSERT


class Repository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def _insert(self, table: Table) -> DialectInsert:
        """The dialect's INSERT, which knows ON CONFLICT on both engines."""
        return postgresql.insert(table) if self._session.dialect == "postgresql" else sqlite.insert(table)

    async def _new_id(self, insert: Insert) -> int:
        """Run an INSERT and return the row's `id`."""
        result = await self._session.execute(insert)
        return _primary_key(result)

    def _unused(self, table: Table, now: datetime) -> dict[str, Any]:
        """The `id` of a row to come, higher than all before, for tables whose rows are deleted: buttons and keys of notices hold
        for ever, and SQLite would give a removed row's number to the next. Empty where the engine sees to it.
        """
        if self._session.dialect == "postgresql":
            return {}
        # Not the clock's milliseconds alone: a row that came and left within one of them leaves nothing to be higher than.
        given = _given[table.name] = max(_given.get(table.name, 0) + 1, int(now.timestamp() * 1000))
        newest = select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery()
        return {"id": func.max(newest + 1, given)}


def by_lot() -> int:
    """The same where the order of rows says nothing, and no clock is at hand."""
    return secrets.randbelow(2**53 - 1) + 1


def _primary_key(result: Any) -> int:
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101 - every table that is asked for it has a single generated key
    return int(key[0])
