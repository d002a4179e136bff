"""What every repository shares."""

from functools import cache
from typing import Any

from sqlalchemy import Column, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.session import Session

DialectInsert = sqlite.Insert | postgresql.Insert


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


def _primary_key(result: Any) -> int:
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101 - every table that is asked for it has a single generated key
    return int(key[0])
