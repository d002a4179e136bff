"""Updates in: stored before they are confirmed, handled once, in order within a chat, chats side by side."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import Update, User

from bot.clock import Clock
from domain.ports import Database
from handlers.turn import AlreadyHandled, Turn
from storage.database import Cost, measured
from storage.repositories.inbox import StoredUpdate

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
MAX_ATTEMPTS = 5
SIDE_BY_SIDE = 32
"""Chats handled at the same time."""
_KINDS_WITH_CHAT = ("message", "edited_message", "my_chat_member")

MakeTurn = Callable[[int, User | None, datetime], Turn]
Resume = Callable[[int, int], Awaitable[None]]
"""(lane, update_id): the effect is committed, the person is owed a screen."""


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates that keeps updates as JSON: one that cannot be parsed must not cost the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = 0
    limit: int = 100
    allowed_updates: tuple[str, ...] = ALLOWED_UPDATES


def lane_of(update: dict[str, Any]) -> int:
    """The chat (for presses: the person, whose private chat has the same id) within which order is kept."""
    for kind in _KINDS_WITH_CHAT:
        if kind in update:
            return int(update[kind]["chat"]["id"])
    if "callback_query" in update:
        return int(update["callback_query"]["from"]["id"])
    return 0


def user_of(update: Update) -> User | None:
    """Who caused it."""
    event = update.event
    user: User | None = getattr(event, "from_user", None)
    return user


class Inbox:
    """Owns polling and handling; `poll` and `work` are run by the supervisor."""

    def __init__(
        self,
        *,
        bot: Bot,
        dispatcher: Dispatcher,
        db: Database,
        clock: Clock,
        make_turn: MakeTurn,
        resume: Resume,
        poll_timeout: int,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._db = db
        self._clock = clock
        self._make_turn = make_turn
        self._resume = resume
        self._poll_timeout = poll_timeout
        self._lanes: dict[int, deque[StoredUpdate]] = defaultdict(deque)
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._changed = asyncio.Condition()
        self.highest = 0
        self.closing = False
        self.failures: list[str] = []
        self.costs: deque[Cost] = deque(maxlen=1000)
        """What handling each of the last updates cost the database: a promise that tests and a bench hold."""

    # -- in --------------------------------------------------------------------------------------------------------

    async def load(self) -> None:
        """Take up what an earlier process left: unhandled updates, and handled ones whose screen is owed."""
        for row in await self._db.read(lambda uow: uow.inbox.open()):
            self._enqueue(row)
        self.highest = await self._db.read(lambda uow: uow.inbox.highest())
        await self._notify()

    async def poll(self) -> None:
        """getUpdates for ever: store the whole batch in one transaction, only then ask for the next (which confirms it)."""
        offset: int | None = None
        while not self.closing:
            request = GetRawUpdates(offset=offset, timeout=self._poll_timeout)
            updates = await self._bot(request, request_timeout=self._poll_timeout + 10)
            if updates:
                await self.accept(updates)
                offset = max(int(update["update_id"]) for update in updates) + 1

    async def accept(self, updates: list[dict[str, Any]]) -> None:
        """Store a batch and hand it to its lanes; what was stored before is not handled again."""
        batch = [(int(update["update_id"]), lane_of(update), update) for update in updates]
        fresh = await self._db.run(lambda uow: uow.inbox.store(batch, self._clock.now()))
        for number, lane, body in batch:
            if number in fresh:
                self._enqueue(StoredUpdate(number, lane, "new", 0, body))
        self.highest = max(self.highest, *(number for number, _, _ in batch))
        await self._notify()

    # -- lanes -------------------------------------------------------------------------------------------------------

    def _enqueue(self, row: StoredUpdate) -> None:
        self._lanes[row.lane].append(row)
        if row.lane not in self._busy and not self.closing:
            self._busy[row.lane] = asyncio.ensure_future(self._work(row.lane))

    async def _work(self, lane: int) -> None:
        queue = self._lanes[lane]
        try:
            while queue and not self.closing:
                async with self._slots:
                    await self._handle(queue[0])
                queue.popleft()
        finally:
            del self._busy[lane]
            if not queue:
                self._lanes.pop(lane, None)
            await self._notify()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    @property
    def idle(self) -> bool:
        return not self._busy

    async def wait_idle(self, up_to: int = 0) -> None:
        """Until every update up to this number is stored and everything stored is handled."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.highest >= up_to and self.idle)

    async def close(self, seconds: float = 8) -> None:
        """Stop taking up work; what is being handled may finish, the rest stays stored for the next start."""
        self.closing = True
        if self._busy:
            await asyncio.wait(list(self._busy.values()), timeout=seconds)

    # -- one update --------------------------------------------------------------------------------------------------

    async def _handle(self, row: StoredUpdate) -> None:
        structlog.contextvars.bind_contextvars(update=row.update_id)
        if row.body is None:
            await self._redraw(row)
            return
        for attempt in range(row.attempts + 1, MAX_ATTEMPTS + 1):
            turn: Turn | None = None
            try:
                update = Update.model_validate(row.body, context={"bot": self._bot})
                turn = self._make_turn(row.update_id, user_of(update), self._clock.now())
                with measured() as cost:
                    await self._dispatcher.feed_update(self._bot, update, turn=turn)
                self.costs.append(cost)
            except AlreadyHandled:
                await self._redraw(row)
                return
            except Exception as error:
                # Whatever a handler raises, the update must not be lost nor stop its lane.
                log.exception("update failed", attempt=attempt, error=type(error).__name__)
                self.failures.append(repr(error))
                if turn is not None and turn.committed:
                    await self._redraw(row)
                    return
                await self._db.run(self._count_failure, row.update_id, type(error).__name__)
                if attempt == MAX_ATTEMPTS and turn is not None:
                    await self._apologise(row, turn)
                await asyncio.sleep(0.05 * 2**attempt)
            else:
                await self._db.run(lambda uow: uow.inbox.shown(row.update_id))
                return

    @staticmethod
    async def _count_failure(uow: Any, update_id: int, name: str) -> None:
        await uow.inbox.failed(update_id, name, MAX_ATTEMPTS)

    async def _redraw(self, row: StoredUpdate) -> None:
        try:
            await self._resume(row.lane, row.update_id)
        except Exception:
            log.exception("screen owed could not be shown")
        await self._db.run(lambda uow: uow.inbox.shown(row.update_id))

    async def _apologise(self, row: StoredUpdate, turn: Turn) -> None:
        """The person learns that something broke, with a number they can tell headquarters."""
        words = turn.words
        text = words(
            "Something went wrong on our side. Nothing you sent is lost. Incident number: <code>{number}</code>",
            number=row.update_id,
        )
        try:
            await self._bot.send_message(row.lane, text)
        except Exception:
            log.exception("apology could not be sent")
