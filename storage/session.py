"""One transaction's way to run statements, the same for both engines."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection

Params = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class Session(Protocol):
    """Counts its statements: what a tap costs is a tested promise."""

    dialect: str
    statements: int

    async def execute(self, statement: Executable, params: Params = None) -> CursorResult[Any]: ...


class DirectSession:
    """SQLite: runs inside aiosqlite's own thread, so awaiting it never suspends."""

    dialect = "sqlite"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.statements = 0

    async def execute(self, statement: Executable, params: Params = None) -> CursorResult[Any]:
        self.statements += 1
        return self._connection.execute(statement, params)


class NetworkSession:
    """PostgreSQL over asyncpg."""

    dialect = "postgresql"

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.statements = 0

    async def execute(self, statement: Executable, params: Params = None) -> CursorResult[Any]:
        self.statements += 1
        return await self._connection.execute(statement, params)
