"""The outbox goes out as a stream: up to `in_flight` notices on their way at once, each reader's in order, the most urgent first.

Class A is sent at least once: after a crash what was in flight waits again. Class B at most once: what was in flight is uncertain.
What has become of finished notices and the claim of the next ones are one transaction: however fast it goes, the database is asked once
per round, and never are more than `in_flight` sent but not marked.
"""

import asyncio
from collections import Counter
from collections.abc import Callable

import structlog

from bot.clock import Clock
from bot.post import Post
from bot.sending import Outcome, Sender, not_sent
from domain.notices import QueuedNotice, Reader, reader_of
from domain.ports import Database, UnitOfWork
from storage.repositories.lease import LeaseLost

log = structlog.get_logger(__name__)

TOGETHER = 0.1
"""Seconds in which sends that end are marked together, as long as others are under way and nothing new has come."""
LAST_SECONDS = 2.0
"""At a stop, what is on the wire may still arrive and be marked."""


class MarksOwed(RuntimeError):
    """The database still cannot be told what became of so many notices: nothing new is sent meanwhile."""


class Delivery:
    """`flush` sends what is due now; `run` does so whenever `wake` says that there may be something.

    `may_send` is asked before each claim and right before each request. What has been sent is marked all the same, and what has not left
    is given back: `db` itself refuses both as soon as another process is the holder.
    """

    def __init__(
        self,
        *,
        db: Database,
        post: Post,
        clock: Clock,
        in_flight: int,
        may_send: Callable[[], bool] = lambda: True,
    ) -> None:
        self._db = db
        self._clock = clock
        self._in_flight = in_flight
        self._may_send = may_send
        self._stopping = False
        self._sender = Sender(db, post, clock, lambda: not self._stopping and may_send())
        self._lock = asyncio.Lock()
        self._news = asyncio.Event()
        self._running: dict[asyncio.Task[Outcome], QueuedNotice] = {}
        self._after: set[asyncio.Task[None]] = set()
        self._round: asyncio.Task[list[QueuedNotice]] | None = None
        self._taken = 0
        self._unmarked: list[Outcome] = []
        self._unsure = False
        self.results: Counter[str] = Counter()
        """How notices ended: sent, dropped, kept, unreachable, postponed, again, uncertain, failed."""

    @property
    def failures(self) -> list[str]:
        """Notices that could not be rendered, or that Telegram found malformed."""
        return self._sender.failures

    async def recover(self) -> None:
        """Called before anything is sent: at start, and whenever this process gains the right to send."""
        again, uncertain = await self._db.run(lambda uow: uow.outbox.recover())
        self._unsure = False
        self._unmarked.clear()  # of an earlier term: it may have been sent again since
        if again or uncertain:
            log.warning("messages were in flight at the last stop", sent_again=again, uncertain=uncertain)

    def wake(self) -> None:
        """Something was committed, or time has passed: there may be something to send."""
        self._news.set()

    async def run(self) -> None:
        """For the supervisor: send whenever woken, until cancelled."""
        while True:
            await self._news.wait()
            await self.flush()

    async def finished(self) -> None:
        """Until the stream that is under way has ended."""
        async with self._lock:
            pass

    async def flush(self) -> int:
        """Send everything due; returns how many were taken up meanwhile (also by a flush that was under way)."""
        before = self._taken
        async with self._lock:
            try:
                await self._take_up_again()
                await self._stream()
            except BaseException:  # cancelled, or the database is gone: what is on its way must not be forgotten
                self._unsure = True
                await self._wind_up()
                raise
        return self._taken - before

    # -- inside ------------------------------------------------------------------------------------------------------

    async def _take_up_again(self) -> None:
        """After the database failed: marks that it still lacks, then what it may have kept as claimed though nobody sends it."""
        unmarked, self._unmarked = self._unmarked, []
        await self._mark_one_by_one(unmarked)
        if self._unmarked:
            raise MarksOwed(len(self._unmarked))
        if self._unsure and self._may_send():
            await self.recover()

    async def _stream(self) -> None:
        while True:
            self._news.clear()
            for notice in await self._settle_and_claim(self._collect()):
                self._running[asyncio.ensure_future(self._sender.send(notice))] = notice
            if not self._running and not self._after:
                return
            await self._something_happens()

    def _collect(self) -> list[Outcome]:
        finished = [task for task in self._running if task.done()]
        for task in finished:
            del self._running[task]
        return [task.result() for task in finished]

    async def _something_happens(self) -> None:
        """Sends end, or somebody adds a notice that may be more urgent than everything that waits."""
        loop, news = asyncio.get_running_loop(), asyncio.ensure_future(self._news.wait())
        until: float | None = None
        try:
            while True:
                pending = [task for task in (*self._running, *self._after) if not task.done()]
                if not pending or news.done() or (until is not None and loop.time() >= until):
                    return
                left = None if until is None else until - loop.time()
                await asyncio.wait([*pending, news], timeout=left, return_when=asyncio.FIRST_COMPLETED)
                until = loop.time() + TOGETHER if until is None else until
        finally:
            news.cancel()

    async def _settle_and_claim(self, ended: list[Outcome]) -> list[QueuedNotice]:
        """Write what has become of these, and take up as many due ones as may be in flight, in one transaction."""
        free = self._in_flight - len(self._running) if self._may_send() else 0
        busy: list[Reader] = [reader_of(notice) for notice in self._running.values()]
        if not ended and (free == 0 or not await self._db.read(self._anything_due, busy)):
            return []
        now = self._clock.now()

        async def round_(uow: UnitOfWork) -> list[QueuedNotice]:
            for outcome in ended:
                if outcome.mark is not None:
                    await outcome.mark(uow)
            return await uow.outbox.claim(now, free, busy) if free else []

        self._round = asyncio.ensure_future(self._db.run(round_))
        try:
            claimed = await asyncio.shield(self._round)
        except Exception:
            if not ended:
                raise
            log.exception("marks could not be written together")
            claimed, self._unsure = [], True
            await self._mark_one_by_one(ended)
        self._round = None
        self._taken += len(claimed)
        for outcome in ended:
            self._settled(outcome)
        return claimed

    async def _anything_due(self, uow: UnitOfWork, busy: list[Reader]) -> bool:
        """Looks first, since each commit wakes it again: what waits only for a busy reader must not make it write."""
        now, due = self._clock.now(), await uow.outbox.next_due()
        return due is not None and due <= now and await uow.outbox.any_due(now, busy)

    async def _mark_one_by_one(self, ended: list[Outcome]) -> None:
        for outcome in ended:
            try:
                if outcome.mark is not None:
                    await self._db.run(outcome.mark)
            except Exception as error:
                # It stays "sending" until the next flush; should the program end before that, its class decides.
                log.exception("a notice could not be marked", notice=outcome.notice.id, kind=outcome.notice.kind)
                if not isinstance(error, LeaseLost):  # else it is the next holder's to decide
                    self._unmarked.append(outcome)

    def _settled(self, outcome: Outcome) -> None:
        self.results[outcome.result] += 1
        if outcome.then is not None:
            task = asyncio.ensure_future(self._afterwards(outcome))
            self._after.add(task)
            task.add_done_callback(self._after.discard)

    async def _afterwards(self, outcome: Outcome) -> None:
        """An older copy is deleted once the newer one is remembered; when that fails it merely stays."""
        try:
            if outcome.then is not None:
                await outcome.then()
        except Exception as error:  # noqa: BLE001 - whatever Telegram says, nothing more can be done
            log.warning("an older copy stays", notice=outcome.notice.id, error=type(error).__name__)

    async def _wind_up(self) -> None:
        """Stopped in the middle: what is on the wire may end and is marked; what has not left is given back."""
        self._stopping = True
        try:
            claimed = await self._last_claim()
            if self._running:
                await asyncio.wait(list(self._running), timeout=LAST_SECONDS)
            for task in self._running:
                task.cancel()  # who still waits for a turn gives up; of who is on the wire nobody knows whether it arrived
            await asyncio.gather(*self._running, return_exceptions=True)
            ended = [task.result() for task in self._running if not task.cancelled()]
            self._running.clear()
            now = self._clock.now()
            await self._mark_one_by_one([*ended, *(not_sent(notice, now) for notice in claimed)])
        finally:
            self._stopping = False

    async def _last_claim(self) -> list[QueuedNotice]:
        """What the round that was under way has claimed: it was committed, though nobody waited for it."""
        if self._round is None:
            return []
        try:
            return await self._round
        except Exception as error:  # noqa: BLE001 - it is tried again at the next start
            log.warning("the last round failed", error=type(error).__name__)
            return []
