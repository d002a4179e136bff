"""PostgreSQL through asyncpg: writers SERIALIZABLE, run again after a serialization failure."""

import asyncio
import random
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.database import Database, Job, statements_stand_alone
from storage.personal import erasable
from storage.session import NetworkSession
from storage.uow import SqlUnitOfWork

T = TypeVar("T")

RETRIES = 5
_RETRYABLE = frozenset({"40001", "40P01"})
"""serialization_failure and deadlock_detected (PostgreSQL, Appendix A)."""


_SESSION = {"application_name": "hq", "idle_in_transaction_session_timeout": "30000"}
"""A process that is frozen in the middle of a transaction (ms) must not keep its locks."""


def _is_retryable(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _RETRYABLE


class PostgresDatabase(Database):
    def __init__(self, url: str) -> None:
        super().__init__()
        engine: AsyncEngine = create_async_engine(
            url, pool_size=10, pool_pre_ping=True, hide_parameters=True, connect_args={"server_settings": _SESSION}
        )
        self._engine = engine
        self._writers = engine.execution_options(isolation_level="SERIALIZABLE")
        self._keepers = engine.execution_options(isolation_level="READ COMMITTED")

    async def _write(self, job: Job[T]) -> T:
        for attempt in range(1, RETRIES + 1):
            try:
                return await self._transact(self._keepers if statements_stand_alone() else self._writers, job)
            except DBAPIError as error:
                if attempt == RETRIES or not _is_retryable(error):
                    raise
            await asyncio.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - jitter, not a secret
        raise AssertionError("unreachable")

    async def _read(self, job: Job[T]) -> T:
        return await self._transact(self._engine, job, read_only=True)

    async def _transact(self, engine: AsyncEngine, job: Job[T], *, read_only: bool = False) -> T:
        async with engine.connect() as connection:
            if read_only:
                await connection.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
            async with connection.begin():
                uow = SqlUnitOfWork(NetworkSession(connection))
                result = await job(uow)
            self._count(uow)
            return result

    async def forget(self, *, thorough: bool) -> bool:
        """Write the tables that know people anew: a plain VACUUM leaves what was deleted inside their pages."""
        if not thorough:
            return False
        async with self._engine.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in erasable():
                await alone.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{table.name}"')
        return True

    async def close(self) -> None:
        await self._engine.dispose()
