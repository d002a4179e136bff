"""What the holder does by the clock: taking up what was left, due work, sealing the journal, nightly care.

Beats are counted on a clock that cannot be set: an interval of APScheduler stands still for an hour after the machine's clock was
set back by one. APScheduler keeps what belongs to an hour of the day.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.delivery import Delivery
from bot.schedule import Schedule
from domain.figure_import import WAITS
from domain.notices import DueTask
from domain.ports import Database
from domain.usecases import best_posts

log = structlog.get_logger(__name__)

KEEP_DONE_TASKS = timedelta(days=30)
"""A done task's key keeps it from being done again; nothing is due again that late."""
DAY_OFF_OVER = timedelta(days=2)
"""By then the day is over on every clock."""
BEAT = 1.0
SEAL_EVERY, LOOK_EVERY, LAY_OUT_EVERY = 5, 60, 3600
"""Beats. The day's round is laid out again each hour: after a jump of the clock the day it was laid out for is not today."""


class Chores:
    """`db` is the holder's: its writes are refused as soon as another process is. `acting`: whether this process is the holder."""

    def __init__(
        self, db: Database, clock: Clock, schedule: Schedule, delivery: Delivery, acting: Callable[[], bool]
    ) -> None:
        self.wake = asyncio.Event()
        self._db = db
        self._clock = clock
        self._schedule = schedule
        self._delivery = delivery
        self._acting = acting
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self.by_the_clock("care", self.care, hour=3, minute=30)

    def by_the_clock(self, name: str, work: Callable[[], Awaitable[object]], *, hour: int, minute: int) -> None:
        """Do this daily (UTC) while this process is the holder; a moment missed while the machine slept is made up for."""

        async def job() -> None:
            if not self._acting():
                return
            try:
                await work()
            except Exception as error:
                log.exception("chore failed", chore=name, error=type(error).__name__)

        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(job, "cron", id=name, hour=hour, minute=minute, **options)

    def start_clock(self) -> None:
        """From now on the hours of the day are heard."""
        self._scheduler.start()

    def stop_clock(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    # -- the holder's work -------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Take up what an earlier process, or an earlier term, left."""
        await self._delivery.recover()
        await self.lay_out()
        self.wake.set()

    async def due(self) -> None:
        """For ever: due tasks, whenever something was committed or a beat has passed. Sending goes on beside them."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            self._delivery.wake()
            await self._schedule.tick()

    async def send(self) -> None:
        """For ever: notices that are due; a long stream of them holds up no due task."""
        await self._delivery.run()

    async def do_due(self) -> int:
        """Run due tasks, then send what is due; returns how much there was."""
        return await self._schedule.tick() + await self._delivery.flush()

    async def finished(self) -> None:
        """Until what is being done now is done."""
        await self._delivery.finished()

    async def beat(self) -> None:
        """For ever: wakes once a second what sleeps between commits (due times themselves are rows)."""
        beats = 0
        while True:
            await asyncio.sleep(BEAT)
            beats += 1
            self.wake.set()
            if beats % SEAL_EVERY == 0:
                await self.seal()
            if beats % LOOK_EVERY == 0 and self._scheduler.running:
                self._scheduler.wakeup()  # it sleeps until an hour of the day that a jump may have passed
            if beats % LAY_OUT_EVERY == 0:
                await self.lay_out()
                await self._db.run(lambda uow: uow.inbox.clean_aside(self._clock.now()))

    async def lay_out(self, db: Database | None = None) -> None:
        """Have the day's round laid out (again) now: at start, each hour and after a plan was loaded."""
        now = self._clock.now()
        await (db or self._db).run(
            lambda uow: self._schedule.run_now(uow, DueTask("calendar", "calendar", "campaign", now), now)
        )

    async def seal(self) -> None:
        """Chain the journal's new entries."""
        if await self._db.read(lambda uow: uow.journal.has_unsealed()):
            await self._db.run(lambda uow: uow.journal.seal())

    async def care(self) -> None:
        """Nightly: delete what has served its time."""
        now = self._clock.now()
        await self._db.run(lambda uow: uow.inbox.clean(now))
        await self._db.run(lambda uow: uow.tasks.clean(now - KEEP_DONE_TASKS))
        await self._db.run(lambda uow: uow.figure_imports.forget(now - WAITS))
        await self._db.run(lambda uow: uow.availability.clean((now - DAY_OFF_OVER).date()))
        await self._db.run(lambda uow: uow.retention.carry_out(now))
        await self._db.run(lambda uow: best_posts.catch_up(uow, now=now))
