"""Updates in: stored before they are confirmed, handled once, in order within a chat, chats side by side."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramConflictError
from aiogram.types import Update, User
from pydantic import ValidationError

from bot.apology import apologise
from bot.arrivals import Arrivals
from bot.claims import Claims
from bot.clock import Clock
from bot.hearing import Hearing
from bot.lanes import BODIES, NUMBERS, Lanes
from bot.lease import uptime
from bot.marks import Marks
from bot.updates import GetRawUpdates, lane_of, needed, number_of, user_of
from handlers.turn import AlreadyHandled, Turn
from storage.database import Cost, Database, measured
from storage.repositories.inbox import StoredUpdate

log = structlog.get_logger(__name__)

OTHER_PROGRAM = "another program asks for this bot's updates: stop it, or /revoke the token at @BotFather"
MAX_ATTEMPTS = 5
PAUSE = 0.5
"""Seconds before the first new try of an update; each next pause is twice as long, so five tries take 7.5 s."""
SIDE_BY_SIDE = 32
"""Updates handled at the same time when not configured."""
_UNREADABLE = (ValidationError, LookupError)
"""aiogram's UpdateTypeLookupError, for kinds that are newer than this program, is a LookupError."""

MakeTurn = Callable[[int, User | None, datetime], Turn]
Resume = Callable[[int, int], Awaitable[None]]
"""(lane, update_id): the effect is committed, the person is owed a screen."""


class Inbox:
    """Owns storing and handling. `poll` is run by whoever polls; `accept` is also the webhook's."""

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
        hearing: Hearing,
        side_by_side: int = SIDE_BY_SIDE,
        claims: Claims | None = None,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._db = db
        self._clock = clock
        self._make_turn = make_turn
        self._resume = resume
        self._poll_timeout = poll_timeout
        self._claims = claims
        self._skipped = 0
        self._behind = False
        self.marks = Marks(db)
        may_work = (lambda _: True) if claims is None else claims.held
        self.lanes = Lanes(
            self._handle,
            self._read,
            clock,
            side_by_side=side_by_side,
            refill=self._refill,
            may_work=may_work,
            bodies=BODIES,
            numbers=NUMBERS,
        )
        self.arrivals = Arrivals(db, clock, self.lanes, self.marks)
        self.hearing = hearing
        self.highest = 0
        self.failures: list[str] = []
        self.costs: deque[Cost] = deque(maxlen=1000)
        """What handling each of the last updates cost the database: a promise that tests and a bench hold."""

    # -- in --------------------------------------------------------------------------------------------------------

    async def load(self) -> None:
        """Take up what an earlier process left: unhandled updates, and handled ones whose screen is owed."""
        self.highest = await self._db.read(lambda uow: uow.inbox.highest())
        if self._claims is None:
            await self._list()
        else:
            await self._claims.scan(self.lanes)
        self.lanes.stepped.set()

    async def poll(self) -> None:
        """getUpdates until closed: store the whole batch in one transaction, only then ask for the next (which confirms it)."""
        offset: int | None = None
        while not self.closing:
            request = GetRawUpdates(offset=offset, timeout=self._poll_timeout)
            try:
                updates = await self._bot(request, request_timeout=self._poll_timeout + 10)
            except TelegramConflictError as error:
                self.hearing.bad()
                if "webhook" not in error.message.lower():
                    log.error(OTHER_PROGRAM)  # noqa: TRY400 - the supervisor tells the rest
                    raise
                log.warning("a webhook is set, though polling is configured: it is deleted")
                await self._bot.delete_webhook()
                continue
            except BaseException:
                self.hearing.bad()
                raise
            await self.hearing.good()
            if updates:
                number = None if self._claims or self._behind else await self.arrivals.take(updates)
                if number is None:
                    await self.accept(updates)
                else:
                    self.highest = max(self.highest, number)
                    self.lanes.stepped.set()
                offset = max((n for n in map(number_of, updates) if n is not None), default=(offset or 0) - 1) + 1
        await asyncio.Event().wait()  # the supervisor stops it

    async def accept(self, updates: list[dict[str, Any]]) -> None:
        """Store a batch and hand it to its lanes; what was stored before is not handled again."""
        now = self._clock.now()
        batch = [(n, lane_of(update), needed(update)) for update in updates if (n := number_of(update)) is not None]
        strange = [update for update in updates if number_of(update) is None]
        lanes = {lane for _, lane, _ in batch}
        claims, active = self._claims, [lane for lane in lanes if self.lanes.is_active(lane)]
        room, asked = claims.room(self.lanes) if claims else 0, uptime()

        answered = self.marks.take()

        async def store(uow: Any) -> tuple[frozenset[int], frozenset[int]]:
            if answered:
                await uow.inbox.shown(answered)
            for update in strange:
                await uow.inbox.store_unreadable(json.dumps(update, ensure_ascii=False), "NoNumber", now)
            fresh: frozenset[int] = await uow.inbox.store(batch, now) if batch else frozenset()
            return fresh, await claims.take(uow, sorted(lanes), active, room) if claims else frozenset()

        if claims is not None:
            await claims.begin_storing(lanes)
        try:
            fresh, mine = await self.marks.keep(store, answered)
            rows = [StoredUpdate(n, lane, "new", 0, body) for n, lane, body in batch if n in fresh]
            if claims is None:
                if len(rows) < len(batch):
                    # Handed over before: perhaps stored by a commit whose answer was lost, and then nobody works on it.
                    await self._list()
                self._enqueue(rows)
            else:
                claims.took(mine, asked)
                await claims.list_all(self.lanes, mine, {row.update_id: row for row in rows})
                self._enqueue([row for row in rows if row.lane in mine])
        finally:
            if claims is not None:
                claims.end_storing(lanes)
        self.highest = max([self.highest, *(n for n, _, _ in batch)])
        self.lanes.stepped.set()

    async def accept_raw(self, body: bytes) -> None:
        """A webhook's request. What is no update is set aside: refused, Telegram would send it for ever."""
        try:
            update = json.loads(body)
        except (ValueError, RecursionError) as error:
            name, now = type(error).__name__, self._clock.now()
            log.warning("a request that is no update is set aside", error=name, bytes=len(body))
            text = body.decode("utf-8", "replace").replace("\0", "")
            await self._db.keep(lambda uow: uow.inbox.store_unreadable(text, name, now))
        else:
            await self.accept([update])
        await self.hearing.good()

    def _enqueue(self, rows: list[StoredUpdate]) -> None:
        for row in rows:
            # Once something was left out, everything is: what is newer must not overtake it.
            if self._behind or self.lanes.full:
                self._behind = True
                self._skipped += 1
            else:
                self.lanes.add(row.lane, row.update_id, row)

    async def _refill(self) -> None:
        if self._behind and self.lanes.half_empty:
            await self._list()

    async def _list(self) -> None:
        skipped = self._skipped
        await self.marks.write()  # else they would take up the list's room
        numbers = await self._db.read(lambda uow: uow.inbox.open_numbers(NUMBERS))
        for number, lane in numbers:
            if number not in self.marks:
                self.lanes.add(lane, number)
        self._behind = len(numbers) == NUMBERS or skipped != self._skipped

    async def _read(self, numbers: Any) -> list[StoredUpdate]:
        rows: list[StoredUpdate] = await self._db.read(lambda uow: uow.inbox.load(numbers))
        return rows

    async def reopen(self, number: int | None) -> list[int]:
        """Replay what was set aside (None: all of it); returns the numbers."""
        now = self._clock.now()
        rows: list[tuple[int, int]] = await self._db.keep(lambda uow: uow.inbox.replay(number, now))
        if self._claims is None:
            for update_id, lane in rows:
                self.lanes.add(lane, update_id)
        else:
            await self._claims.scan(self.lanes)
        return [update_id for update_id, _ in rows]

    # -- waiting and ending ------------------------------------------------------------------------------------------

    @property
    def closing(self) -> bool:
        return self.lanes.closing

    @property
    def idle(self) -> bool:
        return self.lanes.idle

    async def wait_idle(self, up_to: int = 0) -> None:
        """Until every update up to this number is stored and everything stored is handled or waits for another try."""
        self.lanes.wake_due()
        stepped = self.lanes.stepped
        while True:
            while not (self.highest >= up_to and self.idle):
                stepped.clear()
                await stepped.wait()
            await self.marks.write()
            if self._claims is None or not await self._left_to_others():
                return
            await asyncio.sleep(0.05)  # another process cannot wake this one

    async def _left_to_others(self) -> bool:
        """Whether something is open that is not in these lanes; what is free is taken up."""
        assert self._claims is not None  # noqa: S101 - checked by the caller
        await self._claims.scan(self.lanes)
        open_ = await self._db.read(lambda uow: uow.inbox.open_numbers(NUMBERS))
        return not self.idle or any(not self.lanes.is_active(lane) for _, lane in open_)

    async def run_claims(self) -> None:
        """Several processes: keep what is worked on claimed, take up what nobody works on. Until closed."""
        if self._claims is not None:
            await self._claims.run(self.lanes)
        await asyncio.Event().wait()

    async def close(self, seconds: float = 8) -> None:
        """Stop taking up work; what is being handled may finish, the rest stays stored for the next start."""
        await self.lanes.close(seconds)
        await self.marks.write()
        await self.hearing.save()
        if self._claims is not None:
            await self._claims.close()

    # -- one update --------------------------------------------------------------------------------------------------

    async def _handle(self, row: StoredUpdate) -> float | None:
        """Returns the seconds after which it is to be tried again; None: nothing more is to be done."""
        structlog.contextvars.bind_contextvars(update=row.update_id)
        if row.body is None:
            await self._redraw(row)
            return None
        turn: Turn | None = None
        arrival = self.arrivals.pop(row.update_id)
        try:
            update = Update.model_validate(row.body, context={"bot": self._bot})
            turn = self._make_turn(row.update_id, user_of(update), self._clock.now())
            if arrival is not None:
                turn.mark, turn.on_commit = arrival.mark, arrival.settled.set
            with measured() as cost:
                await self._dispatcher.feed_update(self._bot, update, turn=turn)
            self.costs.append(cost)
        except AlreadyHandled:
            if arrival is not None:
                arrival.end()  # handed over once more: whatever it was owed is in the lanes since the start
            elif self._claims is None or self._claims.held(row.lane):
                await self._redraw(row)
            return None
        except Exception as error:
            # Whatever a handler raises, the update must not be lost nor stop its lane.
            log.exception("update failed", attempt=row.attempts + 1, error=type(error).__name__)
            self.failures.append(repr(error))
            if turn is not None and turn.committed:
                await self._redraw(row)
                return None
            readable = turn is not None or not isinstance(error, _UNREADABLE)
            sender = (
                turn.visitor.telegram_id if turn is not None else row.lane
            )  # a private chat's number is its person's
            limit = MAX_ATTEMPTS if readable else 1
            if arrival is not None:
                await self.arrivals.store(arrival)
                arrival.settled.set()
            return await self._count_failure(row, type(error).__name__, limit, sender if sender > 0 else None)
        if arrival is None or arrival.stored or turn.committed:
            await self._finish(row)
        if arrival is not None:
            arrival.end()
        return None

    async def _finish(self, row: StoredUpdate) -> None:
        """Nothing is owed for it any more; with the last update of a lane its claim is given back."""
        claims = self._claims
        if claims is None:
            self.marks.owe(row.update_id)
            return
        # Whoever takes the lane over must not find it unmarked: several processes mark at once.
        if not self.lanes.is_last(row.lane) or not claims.begin_release(row.lane):
            await self._db.keep(lambda uow: uow.inbox.shown([row.update_id]))
            return

        async def finish(uow: Any) -> None:
            await uow.inbox.shown([row.update_id])
            await claims.release(uow, row.lane)

        try:
            await self._db.keep(finish)
        finally:
            claims.end_release(row.lane)

    async def _redraw(self, row: StoredUpdate) -> None:
        try:
            await self._resume(row.lane, row.update_id)
        except Exception:
            log.exception("screen owed could not be shown")
        await self._finish(row)

    async def _count_failure(self, row: StoredUpdate, error: str, limit: int, sender: int | None) -> float | None:
        attempts: int = await self._db.keep(lambda uow: uow.inbox.failed(row.update_id, error, limit, sender))
        if attempts < limit:
            return PAUSE * 2.0 ** (attempts - 1)
        log.error("update is set aside", kind=next(iter(set(row.body or {}) - {"update_id"}), ""), error=error)
        if attempts == limit and row.lane > 0:  # later ones are replays: they have been told
            await apologise(self._bot, self._db, row)
        return None
