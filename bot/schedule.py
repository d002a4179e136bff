"""`tick(now)`: the only entry of everything due. APScheduler calls it in production, the demo and tests call it directly."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.clock import Clock
from domain.notices import DueTask
from domain.ports import Database, UnitOfWork
from storage.repositories.lease import LeaseLost

log = structlog.get_logger(__name__)

TaskUseCase = Callable[..., Awaitable[Any]]
"""`async def usecase(uow, task, *, now)`."""


FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)


class Schedule:
    """Runs due tasks, each in its own transaction together with its own "done" mark: once, whatever is killed."""

    def __init__(self, db: Database, clock: Clock, usecases: dict[str, TaskUseCase]) -> None:
        self._db = db
        self._clock = clock
        self._usecases = usecases
        self._lock = asyncio.Lock()
        self._last: datetime | None = None
        self.failures: list[str] = []

    async def tick(self, now: datetime | None = None) -> int:
        """Do everything due at `now` (default: the clock's); returns how many tasks ran."""
        async with self._lock:
            at = now or self._clock.now()
            if self._last is None or at < self._last - FIRST_PAUSE:
                await self._db.run(_pull_back, at)
            self._last = at
            done = 0
            while await self._one(now or self._clock.now()):
                done += 1
            return done

    async def _one(self, now: datetime) -> bool:
        # Looking first spares a write transaction a second when nothing is due.
        task: DueTask | None = await self._db.read(_first_due, now)
        if task is None:
            return False
        try:
            await self._db.run(self._run_one, task.key, now)
        except LeaseLost:
            raise  # not the task's failure
        except Exception as error:
            # One broken task must not hold up everybody else's: it is tried again, later and later.
            log.exception("due task failed", task=task.key, error=type(error).__name__)
            self.failures.append(f"{task.key}: {error!r}")
            await self._db.run(_postpone, task, now)
        return True

    async def _run_one(self, uow: UnitOfWork, key: str, now: datetime) -> None:
        task = await uow.tasks.claim(key, now)
        if task is not None:
            await self.run_now(uow, task, now)

    async def run_now(self, uow: UnitOfWork, task: DueTask, now: datetime) -> None:
        """Run the use case a task names inside the given transaction."""
        await self._usecases[task.kind](uow, task, now=now)


async def _first_due(uow: UnitOfWork, now: datetime) -> DueTask | None:
    return await uow.tasks.first_due(now)


async def _postpone(uow: UnitOfWork, task: DueTask, now: datetime) -> None:
    failed = int(task.params.get("failed", 0)) + 1
    await uow.tasks.reschedule(
        task.key, now + min(2**failed * FIRST_PAUSE, LONGEST_PAUSE), {**task.params, "failed": failed}
    )


async def _pull_back(uow: Any, now: datetime) -> None:
    """A failed task that waits longer than any pause was postponed by a clock that ran ahead: it is tried now."""
    for task in await uow.tasks.open_after(now + LONGEST_PAUSE):
        if "failed" in task.params:
            await uow.tasks.reschedule(task.key, now, task.params)
