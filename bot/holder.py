"""What only one process does at a time: polling, what falls due, sending, sealing, nightly care.

On SQLite the control socket lets only one process run, and it is the holder without a statement. On PostgreSQL the lease says which.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import structlog

from bot.lease import Lease, uptime
from bot.supervisor import Supervisor
from storage.repositories.lease import LeaseLost

log = structlog.get_logger(__name__)

RENEWALS = 3
"""A term is renewed that often while it runs: two renewals may fail."""
LOOK_SECONDS = 1.0
"""How often a waiting process looks whether the lease is free."""
PATIENCE = 2
"""Terms after which a question to the database is given up."""

Work = Callable[[], Awaitable[None]]


class Holder:
    """Runs `children` while this process is the holder; `begin` takes up what the one before left, each time anew."""

    def __init__(self, lease: Lease | None, begin: Work, children: Mapping[str, Work]) -> None:
        self._lease = lease
        self._begin = begin
        self._children = dict(children)
        self._running: Supervisor | None = None
        self._keeper = Supervisor()
        self._asking: asyncio.Future[bool] | None = None
        self._asked = 0.0
        self.stopping = False
        self.at_work = asyncio.Event()
        """Set while this process is the holder and has taken up what the one before left."""
        self.terms = 0
        """How often this process became the holder."""

    @property
    def held(self) -> bool:
        """Whether this process's term runs at this very moment."""
        return self._lease is None or self._lease.held

    @property
    def acting(self) -> bool:
        """Whether it does the holder's work."""
        return self._running is not None and self.held

    def may_send(self) -> bool:
        """Asked right before each send."""
        return self.held and not self.stopping

    async def start(self) -> None:
        """On SQLite take up the work; on PostgreSQL too if nobody else does, and keep trying otherwise."""
        mine = self._lease is None or await self._renew_or_take(self._lease)
        running = self._become() if mine else None
        if self._lease is not None:
            self._keeper.start("lease", self._keep)
        if running is not None:
            await self._work(running)
        else:
            log.info("another process is the holder; this one handles updates and waits")

    async def stop(self, finish: Callable[[], Awaitable[object]]) -> None:
        """Take up nothing new, let `finish` end what is on its way, hand the lease on."""
        self.stopping = True
        await finish()
        await self._keeper.stop()
        if self._asking is not None:
            self._asking.cancel()
        await self._step_down()
        if self._lease is not None and self._lease.term:
            try:
                await asyncio.wait_for(self._lease.release(), LOOK_SECONDS)
            except Exception as error:  # noqa: BLE001 - whatever the driver says: the term runs out by itself
                log.warning("the lease could not be handed on", error=type(error).__name__)

    async def _keep(self) -> None:
        """Renew the term or wait for one, for ever."""
        lease = self._lease
        assert lease is not None  # noqa: S101 - started only with one
        while True:
            await asyncio.sleep(self._pause(lease))
            await self._step_down_if_over(lease)
            await self._renew_or_take(lease)
            await self._step_down_if_over(lease)
            if lease.held and self._running is None:
                # Beside the renewals: taking up what was left may take longer than a term.
                running = self._become()
                running.start("begin", partial(self._work_on, running))

    async def _renew_or_take(self, lease: Lease) -> bool:
        """Ask the database, and do not forget a question that takes its time: its answer may be yes."""
        if self._asking is None:
            self._asking = asyncio.ensure_future(lease.renew() if lease.held else lease.take())
            self._asked = uptime()
        asking = self._asking
        done, _ = await asyncio.wait([asking], timeout=max(lease.seconds / RENEWALS, LOOK_SECONDS))
        if not done:
            log.warning("the database is slow to say who holds the lease")
            if uptime() - self._asked > PATIENCE * lease.seconds:  # a connection that died without a sound
                asking.cancel()
                self._asking = None
            return lease.held
        self._asking = None
        error = asking.exception() if not asking.cancelled() else None
        if error is not None:
            log.warning("the database does not say who holds the lease", error=type(error).__name__)
        return lease.held

    def _pause(self, lease: Lease) -> float:
        if lease.held:
            return min(lease.seconds / RENEWALS, lease.seconds_left)
        return min(LOOK_SECONDS, lease.seconds / RENEWALS)

    def _become(self) -> Supervisor:
        self._running = Supervisor()
        self.terms += 1
        if self._lease is not None:
            log.info("this process is the holder", term=self._lease.term)
        return self._running

    async def _work(self, running: Supervisor) -> None:
        await self._begin()
        for name, child in self._children.items():
            running.start(name, partial(self._while_held, child))
        self.at_work.set()

    async def _work_on(self, running: Supervisor) -> None:
        await self._work(running)
        await asyncio.Event().wait()  # a child that returns would be started again

    async def _while_held(self, child: Work) -> None:
        try:
            await child()
        except LeaseLost:
            await asyncio.Event().wait()  # no failure of the child's: it is stopped as soon as that is known here

    async def _step_down_if_over(self, lease: Lease) -> None:
        if self._running is not None and not lease.held:
            await self._step_down()

    async def _step_down(self) -> None:
        running, self._running = self._running, None
        self.at_work.clear()
        if running is not None:
            await running.stop()
            if self._lease is not None:
                log.info("this process is not the holder any more", term=self._lease.term)
