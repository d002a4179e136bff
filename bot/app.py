"""Build and run: everything is put together here, and nowhere else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from aiogram import Dispatcher
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramServerError
from aiogram.types import User

from bot import erasing, evidence_file, export_file, figure_file, invite_file, metrics, moving, operations, set_aside
from bot.backup_watch import BackupWatch
from bot.chores import Chores
from bot.claims import Claims
from bot.client import make_bot
from bot.clock import Clock, MovableClock, SystemClock
from bot.config import Settings, control_path, sqlite_file
from bot.control import ControlServer
from bot.delivery import Delivery
from bot.exporting import Exporting
from bot.health import Health, TelegramSilent
from bot.hearing import Hearing
from bot.holder import Holder
from bot.inbox import Inbox
from bot.lease import HeldDatabase, Lease, holder_name
from bot.link_reader import Reader
from bot.media import Intake
from bot.menus import publish_menus
from bot.post import Post
from bot.responses import keep_responses
from bot.schedule import Schedule
from bot.site import Site
from bot.supervisor import LONGEST_PAUSE, Supervisor
from bot.traces import Traces
from bot.updates import GetRawUpdates
from bot.usecases import plan_rules, proof_rules, task_usecases
from bot.webhook import Webhook
from bot.worktime import work_rules
from domain.campaign_tags import TagRule
from domain.notices import Notice, Priority
from domain.ports import Database as AnyDatabase
from domain.ports import UnitOfWork
from domain.usecases import campaign_tags, outage
from handlers.by_button import ByButton
from handlers.lately import Lately
from handlers.middleware import Refusals
from handlers.routers import all_routers
from handlers.turn import HandlerSettings, Turn
from storage.database import Database, open_database
from storage.media import MediaFolder
from storage.queues import usable

log = structlog.get_logger(__name__)

HELLO_SECONDS = 15
"""One getMe at start; longer is no answer."""
FINISH_SECONDS = 6
"""For handlers and sends that are under way when the program is asked to end; 10 s are promised for all of it."""


class App:
    """The running program. `clock` and `scheduled` are for the demo and tests, which move time themselves."""

    def __init__(self, settings: Settings, db: Database, *, clock: Clock | None = None, scheduled: bool = True) -> None:
        self.settings = settings
        self.db = db
        self.clock = clock or SystemClock()
        # SQLite has one process (the control socket sees to it), and that one needs no lease.
        several = sqlite_file(settings) is None
        self.lease = Lease(db, settings.processes.lease_seconds, holder_name()) if several else None
        held: AnyDatabase = db if self.lease is None else HeldDatabase(db, self.lease)
        self.metrics = metrics.Metrics()
        self.bot = make_bot(settings)
        self._responses = keep_responses(GetRawUpdates)
        self._scheduled = scheduled
        self._ready = asyncio.Event()
        self.supervisor = Supervisor()
        self._handler_settings: HandlerSettings | None = None
        folder = MediaFolder(settings.storage.media_dir)
        self._media = Intake(self.bot, db, folder, self.clock)
        self.post = Post(self.bot, folder.folder)
        self.schedule = Schedule(held, self.clock, task_usecases(settings))
        self.delivery = Delivery(
            db=held, post=self.post, clock=self.clock, in_flight=settings.delivery.in_flight, may_send=self._may_send
        )
        self.chores = Chores(held, self.clock, self.schedule, self.delivery, lambda: self.holder.acting)
        self.traces = Traces(db, held, self.clock, settings.storage.media_dir, settings.backup.folder)
        self.chores.by_the_clock("traces", partial(self.traces.clear, thorough=True), hour=3, minute=50)
        self.backups = BackupWatch(held, settings, self.clock, self.metrics)
        self.exporting = Exporting(held, settings.storage.url, folder.folder, self.clock)
        self.chores.by_the_clock("exports", self.exporting.tidy, hour=3, minute=40)
        self.dispatcher = Dispatcher(disable_fsm=True)
        self.dispatcher.update.outer_middleware(metrics.TimedUpdates(self.metrics))
        for observer in (
            self.dispatcher.message,
            self.dispatcher.edited_message,
            self.dispatcher.callback_query,
            self.dispatcher.my_chat_member,
        ):
            observer.middleware(Refusals())
        self.dispatcher.include_router(ByButton(all_routers()))
        self.dispatcher["post"] = self.post
        self.dispatcher["lately"] = Lately()
        links = settings.links
        self.dispatcher["link_reader"] = Reader(allow_private=links.allow_private) if links.read else None
        self.inbox = Inbox(
            bot=self.bot,
            dispatcher=self.dispatcher,
            db=db,
            clock=self.clock,
            make_turn=self._make_turn,
            resume=self._resume,
            poll_timeout=settings.telegram.poll_timeout,
            hearing=Hearing(db, self.clock, self._offer_again),
            side_by_side=settings.inbox.side_by_side,
            claims=Claims(db, self.lease.holder) if self.lease is not None else None,
        )
        self.webhook = Webhook(self.bot, settings.telegram.webhook, self.inbox.hearing)
        children = {"poll": self._poll, "due": self.chores.due, "send": self.chores.send}
        if scheduled:
            children["beat"] = self.chores.beat
            children["backup"] = self.backups.run
            children["traces"] = self.traces.run
            children["exports"] = self.exporting.run
        self.holder = Holder(self.lease, self._begin, children)
        self.health = Health(
            self.metrics,
            give_up=settings.telegram.give_up_after,
            database=lambda: usable(db),
            working=lambda: self.holder.acting,
        )
        self.bot.session.middleware(metrics.CountedRequests(self.metrics, self.health.good_answer))
        db.on_commit.append(self.wake)
        path = control_path(settings)
        self._control = ControlServer(path, shared=several) if path is not None else None
        self.health.polling = not settings.telegram.webhook.url
        self._site = Site(
            settings, db, self.clock, self.health, self.metrics, self.inbox.accept_raw, lambda: self.holder.acting
        )

    # -- life --------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Take up what was left, then poll, tick and deliver until `stop`."""
        if self._control is not None:
            # First of all: it refuses a second process on the same database.
            operations.register(self._control, self)
            figure_file.register(self._control, self)
            invite_file.register(self._control, self)
            export_file.register(self._control, self)
            evidence_file.register(self._control, self)
            set_aside.register(self._control, self)
            erasing.register(self._control, self)
            if isinstance(self.clock, MovableClock):
                moving.register(self._control, self, self.clock, self._ready)
            await self._control.start()
        await self._site.open()
        me = await self._hello()
        settings = self.settings
        self._handler_settings = HandlerSettings(
            bot_username=me.username or "",
            invite_hours=settings.invites.expire_hours,
            decide_hours=settings.approvals.decide_hours,
            claim_minutes=settings.approvals.claim_minutes,
            undo_seconds=settings.approvals.undo_seconds,
            digest_at=settings.people.digest_at,
            quiet_from=settings.people.quiet_from,
            quiet_to=settings.people.quiet_to,
            owners=settings.staff.owners,
            on_time_minutes=settings.plan.on_time_minutes,
            plan=plan_rules(settings),
            send_rate=settings.pace.overall,
            recall_time=timedelta(hours=settings.recall.hours),
            work=work_rules(settings.approvals),
            proof=proof_rules(settings),
            urgent_minutes=settings.urgent.accept_minutes,
            calendar_url=settings.calendar.url,
            two_for=settings.people.two_for,
        )
        self.post.bot_username = me.username or ""
        self._site.feeds.bot_username = me.username or ""
        await publish_menus(self.bot)
        await self.inbox.load()
        self.supervisor.start("claims", self.inbox.run_claims)
        self.supervisor.start("marks", self.inbox.marks.run)
        await self.holder.start()
        self.supervisor.start("watch", partial(self.health.watch, self.supervisor.end))
        if self._scheduled:
            self.chores.start_clock()
        self.health.ready = True
        self._ready.set()
        log.info("headquarters is running", bot=me.username)

    async def _hello(self) -> User:
        """getMe, patiently: Telegram may be slow or blocked where the program starts. A refused token is final."""
        pause = 1.0
        while True:
            try:
                return await self.bot.get_me(request_timeout=HELLO_SECONDS)
            except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as error:
                if self.health.given_up:
                    raise TelegramSilent(f"no good answer from Telegram for {self.health.silence:.0f} s") from error
                log.warning("Telegram does not answer yet", error=type(error).__name__, again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def stop(self) -> None:
        """Finish what is being handled and sent (at most 6 s), keep the rest for the next start."""
        self.health.ready = False
        if self._control is not None:
            await self._control.close()
        self.chores.stop_clock()
        await self.holder.stop(self._finish)
        await self.supervisor.stop()
        await self._site.close()
        self.db.on_commit.remove(self.wake)
        await self.bot.session.close()

    async def _finish(self) -> None:
        """What handlers and sends are in the middle of; the journal's tail while this process may still seal it."""
        await asyncio.gather(self.inbox.close(FINISH_SECONDS), self._sent(FINISH_SECONDS))
        if self.holder.acting:
            await self.chores.seal()

    async def _sent(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.chores.finished()

    # -- the holder's work -----------------------------------------------------------------------------------------------

    async def _begin(self) -> None:
        self.health.new_term()
        tags = self.settings.tags
        await self.db.run(campaign_tags.settle, TagRule(tags.domains, tags.campaign), now=self.clock.now())
        await self.chores.begin()

    async def _poll(self) -> None:
        """Updates come in by polling, or by the webhook that Telegram is told of."""
        await (self.webhook.run() if self.settings.telegram.webhook.url else self.inbox.poll())

    def _may_send(self) -> bool:
        return self.holder.may_send()

    def wake(self) -> None:
        """Something may have fallen due."""
        self.chores.wake.set()

    async def do_due(self) -> int:
        """Run due tasks, send what is due, make the files that are owed; returns how much there was."""
        return await self.chores.do_due() + await self.exporting.make_owed()

    async def lay_out(self) -> None:
        """Have the day's round laid out (again) now, whoever is the holder: its keys are unique."""
        await self.chores.lay_out(self.db)

    async def at_work(self) -> None:
        """Until this process is the holder and has taken up what the one before left."""
        await self.holder.at_work.wait()

    async def settle(self, up_to: int = 0) -> None:
        """For the demo and tests: until every update up to this number is handled and nothing due is left.

        Only the holder can say so: another process waits here until it is one.
        """
        while True:
            await self.at_work()
            await self.inbox.wait_idle(up_to)
            if await self.do_due() == 0 and self.inbox.idle and self.holder.acting:
                return

    async def next_due(self) -> datetime | None:
        """When something falls due next."""
        both = await self.db.read(_next_due)
        return min((at for at in (*both, self.inbox.lanes.next_try()) if at is not None), default=None)

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

    async def _offer_again(self, since: datetime, until: datetime) -> None:
        """Presses of that time are lost: what waits for one is drawn again."""
        await self.db.run(outage.offer_again, since, now=until)


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
