"""Build and run: everything is put together here, and nowhere else."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramServerError
from aiogram.types import User
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import operations
from bot.clock import Clock, MovableClock, SystemClock
from bot.config import Settings, control_path
from bot.control import ControlServer
from bot.delivery import Delivery
from bot.inbox import Inbox
from bot.media import Intake, MediaFolder
from bot.menus import publish_menus
from bot.pace import PacedRequests, Pacer
from bot.post import Post
from bot.schedule import Schedule
from bot.supervisor import Supervisor
from bot.usecases import plan_rules, task_usecases
from domain.notices import DueTask, Notice, Priority
from domain.ports import UnitOfWork
from handlers.middleware import Refusals
from handlers.routers import all_routers
from handlers.turn import HandlerSettings, Turn
from storage.database import Database, in_transaction, open_database

log = structlog.get_logger(__name__)

KEEP_DONE_TASKS = timedelta(days=30)
"""A done task's key keeps it from being done again; nothing is due again that late."""


def make_bot(settings: Settings) -> Bot:
    """The bot's client: paced, through the configured address and proxy."""
    session = AiohttpSession(
        proxy=settings.telegram.proxy or None, api=TelegramAPIServer.from_base(settings.telegram.api_url)
    )
    pace = settings.pace
    session.middleware(PacedRequests(Pacer(pace.overall, pace.per_chat, pace.per_group_minute), in_transaction))
    return Bot(
        settings.telegram.token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )


class App:
    """The running program. `clock` and `scheduled` are for the demo and tests, which move time themselves."""

    def __init__(self, settings: Settings, db: Database, *, clock: Clock | None = None, scheduled: bool = True) -> None:
        self.settings = settings
        self.db = db
        self.clock = clock or SystemClock()
        self.bot = make_bot(settings)
        self._scheduled = scheduled
        self._wake = asyncio.Event()
        self._ready = asyncio.Event()
        self._supervisor = Supervisor()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._handler_settings: HandlerSettings | None = None
        folder = MediaFolder(settings.storage.media_dir)
        self._media = Intake(self.bot, db, folder, self.clock)
        self.post = Post(self.bot, folder.folder)
        self.schedule = Schedule(db, self.clock, task_usecases(settings))
        self.delivery = Delivery(db=db, post=self.post, clock=self.clock, in_flight=settings.delivery.in_flight)
        self.dispatcher = Dispatcher(disable_fsm=True)
        for observer in (
            self.dispatcher.message,
            self.dispatcher.edited_message,
            self.dispatcher.callback_query,
            self.dispatcher.my_chat_member,
        ):
            observer.middleware(Refusals())
        for router in all_routers():
            router._parent_router = None  # noqa: SLF001 - tests build several applications in one process over the same module-level routers
            self.dispatcher.include_router(router)
        self.dispatcher["post"] = self.post
        self.inbox = Inbox(
            bot=self.bot,
            dispatcher=self.dispatcher,
            db=db,
            clock=self.clock,
            make_turn=self._make_turn,
            resume=self._resume,
            poll_timeout=settings.telegram.poll_timeout,
        )
        db.on_commit.append(self._wake.set)
        path = control_path(settings)
        self._control = ControlServer(path) if path is not None else None

    # -- life --------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Take up what was left, then poll, tick and deliver until `stop`."""
        if self._control is not None:
            # First of all: it refuses a second process on the same database.
            self._teach(self._control)
            await self._control.start()
        me = await self._hello()
        settings = self.settings
        self._handler_settings = HandlerSettings(
            bot_username=me.username or "",
            invite_hours=settings.invites.expire_hours,
            decide_hours=settings.approvals.decide_hours,
            digest_at=settings.people.digest_at,
            quiet_from=settings.people.quiet_from,
            quiet_to=settings.people.quiet_to,
            owners=settings.staff.owners,
            on_time_minutes=settings.plan.on_time_minutes,
            plan=plan_rules(settings),
        )
        await self.delivery.recover()
        await self.lay_out()
        await publish_menus(self.bot)
        await self.inbox.load()
        self._supervisor.start("poll", self.inbox.poll)
        self._supervisor.start("due", self._do_due)
        if self._scheduled:
            # Wakes once a second what sleeps between commits; due times themselves are rows (misfires lose nothing).
            once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
            self._scheduler.add_job(self._wake_up, "interval", seconds=1, **once)
            self._scheduler.add_job(self._seal, "interval", seconds=5, **once)
            self._scheduler.add_job(self._care, "cron", hour=3, minute=30, **once)
            self._scheduler.start()
            # What was loaded so far lives for ever; looking through it again and again costs tail latency.
            gc.freeze()
            gc.set_threshold(50_000, 50, 100)
        self._ready.set()
        log.info("headquarters is running", bot=me.username)

    def _teach(self, control: ControlServer) -> None:
        operations.register(control, self)
        clock = self.clock
        if isinstance(clock, MovableClock):
            control.register("clock", partial(self._move_clock, clock))
            control.register("settle", self._settled)
            control.register("next_due", self._said_next_due)

    async def _move_clock(self, clock: MovableClock, request: Mapping[str, Any]) -> None:
        """Demo only: the director moves everybody's clock."""
        await self._ready.wait()
        clock.move_to(datetime.fromisoformat(request["now"]))
        self._wake.set()

    async def _settled(self, request: Mapping[str, Any]) -> None:
        await self._ready.wait()
        await self.settle(int(request.get("up_to", 0)))

    async def _said_next_due(self, _: Mapping[str, Any]) -> str | None:
        await self._ready.wait()
        due = await self.next_due()
        return due.isoformat() if due else None

    async def _hello(self) -> User:
        """getMe, patiently: Telegram may be slow or blocked where the program starts. A refused token is final."""
        pause = 1.0
        while True:
            try:
                return await self.bot.get_me()
            except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as error:
                log.warning("Telegram does not answer yet", error=type(error).__name__, again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 60)

    async def stop(self) -> None:
        """Finish what is being handled (at most 8 s), keep the rest for the next start."""
        if self._control is not None:
            await self._control.close()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        await self.inbox.close()
        await self._supervisor.stop()
        await self._seal()
        self.db.on_commit.remove(self._wake.set)
        await self.bot.session.close()

    async def _do_due(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self.do_due()

    async def do_due(self) -> int:
        """Run due tasks, then send what is due; returns how much there was."""
        return await self.schedule.tick() + await self.delivery.flush()

    async def _wake_up(self) -> None:
        self._wake.set()

    async def _seal(self) -> None:
        """Chain the journal's new entries."""
        if await self.db.read(lambda uow: uow.journal.has_unsealed()):
            await self.db.run(lambda uow: uow.journal.seal())

    async def _care(self) -> None:
        """Nightly: delete what has served its time."""
        now = self.clock.now()
        await self.db.run(lambda uow: uow.inbox.clean(now))
        await self.db.run(lambda uow: uow.tasks.clean(now - KEEP_DONE_TASKS))

    async def lay_out(self) -> None:
        """Have the day's round laid out (again) now: at start and after a plan was loaded."""
        now = self.clock.now()
        await self.db.run(lambda uow: self.schedule.run_now(uow, DueTask("calendar", "calendar", "campaign", now), now))

    async def settle(self, up_to: int = 0) -> None:
        """For the demo and tests: until every update up to this number is handled and nothing due is left."""
        while True:
            await self.inbox.wait_idle(up_to)
            if await self.do_due() == 0 and self.inbox.idle:
                return

    async def next_due(self) -> datetime | None:
        """When something falls due next."""
        both = await self.db.read(_next_due)
        return min((at for at in both if at is not None), default=None)

    # -- for the inbox ---------------------------------------------------------------------------------------------------

    def _make_turn(self, update_id: int, user: User | None, now: datetime) -> Turn:
        assert self._handler_settings is not None  # noqa: S101 - set in `start`, before the first update
        return Turn(
            db=self.db,
            bot=self.bot,
            now=now,
            update_id=update_id,
            user=user,
            settings=self._handler_settings,
            media=self._media,
        )

    async def _resume(self, lane: int, update_id: int) -> None:
        """The effect of an update is in the database but its screen may not have been seen: show where the person is."""
        now = self.clock.now()

        async def owe(uow: UnitOfWork) -> None:
            actor = await uow.people.find_actor(lane)
            if actor is not None:
                key = f"resume:{update_id}"
                await uow.outbox.add(
                    Notice("resume", f"person:{actor.id}", now, key, person_id=actor.id, priority=Priority.DECISION)
                )

        await self.db.run(owe)


async def _next_due(uow: Any) -> tuple[datetime | None, datetime | None]:
    return await uow.tasks.next_due(), await uow.outbox.next_due()


@contextlib.asynccontextmanager
async def running(settings: Settings, *, clock: Clock | None = None, scheduled: bool = True) -> AsyncIterator[App]:
    """The program between start and a clean stop."""
    db = await open_database(settings.storage.url)
    try:
        app = App(settings, db, clock=clock, scheduled=scheduled)
        try:
            await app.start()
            yield app
        finally:
            await app.stop()
    finally:
        await db.close()


async def serve(settings: Settings, clock: Clock | None = None) -> None:
    """`hq run`: until SIGTERM or SIGINT. With a `clock` of its own (the demo) time is moved from outside."""
    ended, started = asyncio.Event(), asyncio.Event()
    loop, main = asyncio.get_running_loop(), asyncio.current_task()

    def end() -> None:
        ended.set()
        if main is not None and not started.is_set():
            main.cancel()  # still waiting for Telegram or a lock: there is nothing to finish

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    try:
        async with running(settings, clock=clock, scheduled=clock is None):
            started.set()
            await ended.wait()
    except asyncio.CancelledError:
        if not ended.is_set():
            raise
