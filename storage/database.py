"""`Database`: opens transactions on SQLite or PostgreSQL and runs use cases in them."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.engine import make_url

from storage.uow import SqlUnitOfWork

P = ParamSpec("P")
T = TypeVar("T")
_open: ContextVar[bool] = ContextVar("transaction_open", default=False)


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


class Database(ABC):
    """See `domain.ports.Database`. `on_commit` is called (in the loop's thread) after each committed write."""

    def __init__(self) -> None:
        self.cost = Cost()
        self.on_commit: list[Callable[[], None]] = []

    async def run(self, usecase: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case in one write transaction. A cancelled caller does not interrupt it: no half-known outcome."""

        async def job(uow: SqlUnitOfWork) -> T:
            token = _open.set(True)
            try:
                return await usecase(uow, *args, **kwargs)
            finally:
                _open.reset(token)

        result = await asyncio.shield(asyncio.ensure_future(self._write(job)))
        for notify in self.on_commit:
            notify()
        return result

    async def read(self, query: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query in one read-only transaction."""

        async def job(uow: SqlUnitOfWork) -> T:
            return await query(uow, *args, **kwargs)

        return await self._read(job)

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
    async def close(self) -> None: ...


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
