"""SQLite through aiosqlite, one hop per transaction.

A use case is a coroutine that awaits nothing but the unit of work. On SQLite the unit of work never suspends, so the whole use case can
run inside aiosqlite's worker thread on a synchronous SQLAlchemy connection over aiosqlite's own sqlite3 connection: one thread hop instead
of one per statement (measured: 2.7 times a bare echo instead of 12). The seam (`Connection._execute`, `Connection._conn`) is not public,
so aiosqlite is pinned and `tests/storage/test_sqlite_seam.py` holds it.
"""

import sqlite3
from collections.abc import Coroutine
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Self, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from storage.database import Database, Job
from storage.session import DirectSession
from storage.uow import SqlUnitOfWork

T = TypeVar("T")

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=5000",
    # The default of 2 MB is less than one portion of a day's plan touches: its pages would be read and written again and again.
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
    # 16 MB: the pages that every portion touches are copied into the database once for several.
    "PRAGMA wal_autocheckpoint=4000",
)


class UseCaseSuspended(RuntimeError):
    """A use case awaited something other than the unit of work: a programming error."""


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never suspends to its end, without a loop."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return cast("T", stop.value)
    coroutine.close()
    raise UseCaseSuspended(repr(coroutine))


_offered: ContextVar[sqlite3.Connection] = ContextVar("connection_offered")
_engine = create_engine("sqlite://", creator=_offered.get, poolclass=NullPool, hide_parameters=True)
"""One for all lines, for it keeps what statements were compiled to: each line (and each database of a test) would do that anew."""


class _Line:
    """One aiosqlite connection with a synchronous SQLAlchemy connection over it."""

    def __init__(self, connection: aiosqlite.Connection, begin: str) -> None:
        self._aio = connection
        self._begin = begin
        self._connection: Connection | None = None

    @property
    def _raw(self) -> sqlite3.Connection:
        raw: sqlite3.Connection = self._aio._conn  # noqa: SLF001 - the pinned seam, see the module's docstring
        return raw

    @classmethod
    async def open(cls, path: str, *, read_only: bool) -> Self:
        # isolation_level=None: we write our own BEGIN (DESIGN §8.2).
        aio = await aiosqlite.connect(path, isolation_level=None)
        for pragma in (*PRAGMAS, *(("PRAGMA query_only=ON",) if read_only else ())):
            async with aio.execute(pragma):
                pass
        return cls(aio, "BEGIN" if read_only else "BEGIN IMMEDIATE")

    async def transact(self, job: Job[T]) -> tuple[T, SqlUnitOfWork]:
        result = await self._aio._execute(self._transact, job)  # type: ignore[no-untyped-call]  # noqa: SLF001 - the pinned seam
        return cast("tuple[T, SqlUnitOfWork]", result)

    def _transact(self, job: Job[T]) -> tuple[T, SqlUnitOfWork]:
        """In aiosqlite's thread: BEGIN, the whole use case, COMMIT."""
        connection = self._connection = self._connection or self._connected()
        uow = SqlUnitOfWork(DirectSession(connection))
        try:
            connection.exec_driver_sql(self._begin)
            result = drive(cast("Coroutine[Any, Any, T]", job(uow)))
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        return result, uow

    def _connected(self) -> Connection:
        token = _offered.set(self._raw)
        try:
            return _engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        finally:
            _offered.reset(token)

    def _roll_back(self) -> None:
        """Also after a COMMIT that failed (a full disk): a transaction left open would make every later one fail.

        SQLite may have rolled back by itself, and what asks it must not hide why: the driver knows, without a statement.
        """
        if self._raw.in_transaction:
            self._raw.rollback()

    async def truncate_wal(self) -> bool:
        """Copy the log into the database and cut it to nothing; False while somebody reads an older state."""
        async with self._aio.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
            row = await cursor.fetchone()
        return row is not None and row[0] == 0

    async def close(self) -> None:
        await self._aio._execute(self._close)  # type: ignore[no-untyped-call]  # noqa: SLF001 - the pinned seam
        await self._aio.close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()


class SqliteDatabase(Database):
    """One writer, one reader on their own connections: a report never makes a write wait."""

    def __init__(self, writer: _Line, reader: _Line) -> None:
        super().__init__()
        self._writer = writer
        self._reader = reader

    @classmethod
    async def open(cls, path: str) -> Self:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return cls(await _Line.open(path, read_only=False), await _Line.open(path, read_only=True))

    async def _write(self, job: Job[T]) -> T:
        result, uow = await self._writer.transact(job)
        self._count(uow)
        return result

    async def _read(self, job: Job[T]) -> T:
        result, uow = await self._reader.transact(job)
        self._count(uow)
        return result

    async def forget(self, *, thorough: bool) -> bool:  # noqa: ARG002 - it is cheap here
        """What was deleted is overwritten at once (secure_delete); older states of pages lie in the log."""
        return await self._writer.truncate_wal()

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()


def integrity(path: str) -> str:
    """SQLite's own check: "ok" or what is broken."""
    with sqlite3.connect(path) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
