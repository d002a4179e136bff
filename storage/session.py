"""One transaction's way to run statements, the same for both engines."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult, Executable, Table, insert
from sqlalchemy.ext.asyncio import AsyncConnection

Params = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class Session(Protocol):
    """Counts its statements: what a tap costs is a tested promise."""

    dialect: str
    statements: int

    async def execute(self, statement: Executable, params: Params = None) -> CursorResult[Any]: ...

    async def fill(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert many rows, in the order of the table's columns; on SQLite their values are as its driver takes them."""


class DirectSession:
    """SQLite: runs inside aiosqlite's own thread, so awaiting it never suspends."""

    dialect = "sqlite"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.statements = 0

    async def execute(self, statement: Executable, params: Params = None) -> CursorResult[Any]:
        self.statements += 1
        return self._connection.execute(statement, params)

    async def fill(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        self.statements += 1
        marks = ", ".join("?" for _ in table.columns)
        self._connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", list(rows))  # noqa: S608 - our own table's name


class NetworkSession:
    """PostgreSQL over asyncpg."""

    dialect = "postgresql"

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.statements = 0

    async def execute(self, statement: Executable, params: Params = None) -> CursorResult[Any]:
        self.statements += 1
        return await self._connection.execute(statement, params)

    async def fill(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        self.statements += 1
        names = table.columns.keys()
        await self._connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
