"""`tick(now)`: the only entry of everything due. APScheduler calls it in production, the demo and tests call it directly."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import structlog

from bot.clock import Clock
from domain.notices import DueTask
from domain.ports import Database, UnitOfWork

log = structlog.get_logger(__name__)

TaskUseCase = Callable[..., Awaitable[Any]]
"""`async def usecase(uow, task, *, now)`."""


class Schedule:
    """Runs due tasks, each in its own transaction together with its own "done" mark: once, whatever is killed."""

    def __init__(self, db: Database, clock: Clock, usecases: dict[str, TaskUseCase]) -> None:
        self._db = db
        self._clock = clock
        self._usecases = usecases
        self._lock = asyncio.Lock()

    async def tick(self, now: datetime | None = None) -> int:
        """Do everything due at `now` (default: the clock's); returns how many tasks ran."""
        async with self._lock:
            done = 0
            while await self._one(now or self._clock.now()):
                done += 1
            return done

    async def _one(self, now: datetime) -> bool:
        # Looking first spares a write transaction a second when nothing is due.
        return await self._db.read(_anything_due, now) and await self._db.run(self._run_one, now)

    async def _run_one(self, uow: UnitOfWork, now: datetime) -> bool:
        task: DueTask | None = await uow.tasks.claim(now)
        if task is None:
            return False
        await self.run_now(uow, task, now)
        return True

    async def run_now(self, uow: UnitOfWork, task: DueTask, now: datetime) -> None:
        """Run the use case a task names inside the given transaction."""
        await self._usecases[task.kind](uow, task, now=now)


async def _anything_due(uow: UnitOfWork, now: datetime) -> bool:
    due = await uow.tasks.next_due()
    return due is not None and due <= now
