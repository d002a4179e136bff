"""`Database`: opens transactions on SQLite or PostgreSQL and runs use cases in them."""

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from storage.uow import SqlUnitOfWork

log = structlog.get_logger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
_open: ContextVar[bool] = ContextVar("transaction_open", default=False)


_alone: ContextVar[bool] = ContextVar("statements_stand_alone", default=False)


def statements_stand_alone() -> bool:
    """Whether the transaction that is being opened is `Database.keep`'s."""
    return _alone.get()


def in_transaction() -> bool:
    """Whether the current task is inside a transaction: the bot's session refuses to call Telegram then."""
    return _open.get()


Job = Callable[[SqlUnitOfWork], Awaitable[T]]


@dataclass
class Cost:
    """What transactions have cost."""

    transactions: int = 0
    statements: int = 0

    def add(self, statements: int) -> None:
        """One more transaction of so many statements."""
        self.transactions += 1
        self.statements += statements


_measured: ContextVar[Cost | None] = ContextVar("measured_cost", default=None)


@contextmanager
def measured() -> Iterator[Cost]:
    """What the transactions begun inside (in this task) cost; on any database."""
    cost = Cost()
    token = _measured.set(cost)
    try:
        yield cost
    finally:
        _measured.reset(token)


class CannotWrite(RuntimeError):
    """The last write failed, and not because of what was to be written: the disk is full, another program holds the database…"""


class Database(ABC):
    """See `domain.ports.Database`. `on_commit` is called (in the loop's thread) after each committed write."""

    def __init__(self) -> None:
        self.cost = Cost()
        self.on_commit: list[Callable[[], None]] = []
        self.trouble = ""
        """In the engine's words, why the last write failed; empty once one has succeeded."""

    async def run(self, usecase: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case in one write transaction. A cancelled caller does not interrupt it: no half-known outcome."""

        async def job(uow: SqlUnitOfWork) -> T:
            token = _open.set(True)
            try:
                return await usecase(uow, *args, **kwargs)
            finally:
                _open.reset(token)

        writing = asyncio.ensure_future(self._watched(job))
        try:
            result = await asyncio.shield(writing)
        except asyncio.CancelledError:
            writing.add_done_callback(_nobody_waits)
            raise
        for notify in self.on_commit:
            notify()
        return result

    async def keep(self, usecase: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `run`, for bookkeeping whose statements are each right by themselves, whoever else writes meanwhile.

        On PostgreSQL it takes no part in serialization, so it neither fails for others' sake nor makes them fail.
        """
        token = _alone.set(True)
        try:
            return await self.run(usecase, *args, **kwargs)
        finally:
            _alone.reset(token)

    async def read(self, query: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query in one read-only transaction."""

        async def job(uow: SqlUnitOfWork) -> T:
            return await query(uow, *args, **kwargs)

        return await self._read(job)

    def ensure_writable(self) -> None:
        """`CannotWrite` when the last write could not be made. Who asks after a failure has it tried again by then."""
        if self.trouble:
            raise CannotWrite(self.trouble)

    async def _watched(self, job: Job[T]) -> T:
        try:
            result = await self._write(job)
        except DBAPIError as error:
            if not isinstance(error, IntegrityError | ProgrammingError):  # those are about what was written
                why = _first_line(error)
                if why != self.trouble:
                    log.error("the database cannot be written", why=why)  # noqa: TRY400 - who asked for the write logs the rest
                self.trouble = why
            raise
        if self.trouble:
            log.warning("the database can be written again", it_was=self.trouble)
            self.trouble = ""
        return result

    def _count(self, uow: SqlUnitOfWork) -> None:
        self.cost.add(uow.session.statements)
        inside = _measured.get()
        if inside is not None:
            inside.add(uow.session.statements)

    @abstractmethod
    async def _write(self, job: Job[T]) -> T: ...

    @abstractmethod
    async def _read(self, job: Job[T]) -> T: ...

    @abstractmethod
    async def forget(self, *, thorough: bool) -> bool:
        """Overwrite what deleted rows have left in the database's files; False when it has to be tried again.

        `thorough`: tables may be locked for it.
        """

    @abstractmethod
    async def close(self) -> None: ...


_QUOTE = re.compile("['\"`]")


def _first_line(error: DBAPIError) -> str:
    """What the engine says, without statement and values: up to the first thing it quotes, which may be somebody's words."""
    first = (str(error.orig).strip().splitlines() or [type(error).__name__])[0]
    return _QUOTE.split(first, maxsplit=1)[0].rstrip()


def _nobody_waits(task: asyncio.Future[Any]) -> None:
    """Take the failure of a write whose caller is gone; asyncio would print it, with whatever words are in it."""
    if not task.cancelled():
        task.exception()


async def open_database(url: str, *, migrate: bool = True) -> Database:
    """Open (and by default migrate) the database at `url`: `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`."""
    from storage.migrate import upgrade
    from storage.postgres import PostgresDatabase
    from storage.sqlite import SqliteDatabase

    parsed = make_url(url)
    if migrate:
        await upgrade(url)
    if parsed.get_backend_name() == "sqlite":
        return await SqliteDatabase.open(parsed.database or "")
    return PostgresDatabase(url)
