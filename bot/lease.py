"""The lease of one process on PostgreSQL: who polls, does what is due and sends.

The term runs on the database's clock; this process knows its end from a clock of its own that nobody can set, so that a
process that was frozen sees that its term is over before it sends anything.
"""

import os
import secrets
import socket
import time
from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from domain.ports import Database
from storage.database import Database as Storage
from storage.repositories.lease import LeaseLost

P = ParamSpec("P")
T = TypeVar("T")

NAME = "main"
MARGIN = 0.1
"""Of a term: it ends here so much before it ends in the database; a send that was begun has that long to leave."""
_NEVER = float("-inf")


def uptime() -> float:
    """Seconds on a clock that cannot be set and that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def holder_name() -> str:
    """Unlike any other process that ever ran; for people it begins with the machine and the process number."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"


class Lease:
    """One process's view of the lease. `seconds` is the length of a term."""

    def __init__(self, db: Storage, seconds: float, holder: str, uptime: Callable[[], float] = uptime) -> None:
        self.seconds = seconds
        self.holder = holder
        self.term = 0
        self._db = db
        self._uptime = uptime
        self._ends = _NEVER

    @property
    def held(self) -> bool:
        """Whether this process's term still runs."""
        return self._uptime() < self._ends

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._ends - self._uptime())

    async def take(self) -> bool:
        """Try to become the holder."""
        if not await self._db.read(lambda uow: uow.lease.is_free(NAME)):
            return False
        asked = self._uptime()
        term = await self._db.keep(lambda uow: uow.lease.take(NAME, self.holder, self.seconds))
        if term is None:
            return False
        self.term = term
        self._runs_from(asked)
        return True

    async def renew(self) -> bool:
        """Make the term longer; False when it is over."""
        asked, term = self._uptime(), self.term
        renewed = self.held and await self._db.run(lambda uow: uow.lease.renew(NAME, self.holder, term, self.seconds))
        if renewed and term == self.term:
            self._runs_from(asked)
        else:
            self._ends = _NEVER
        return self.held

    async def release(self) -> None:
        """Let the next process take over at once."""
        term, self._ends = self.term, _NEVER
        if term:
            await self._db.keep(lambda uow: uow.lease.release(NAME, self.holder, term))

    def _runs_from(self, asked: float) -> None:
        # The database began to count after it was asked, so this end comes first.
        self._ends = asked + self.seconds * (1 - MARGIN)


class HeldDatabase:
    """The holder's database: each write checks in its own transaction that the term still runs, else `LeaseLost`."""

    def __init__(self, db: Database, lease: Lease) -> None:
        self._db = db
        self._lease = lease

    async def run(self, usecase: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `domain.ports.Database`. The term is that of the call: what an earlier term left over is refused."""
        lease = self._lease
        term = lease.term
        if not lease.held:
            raise LeaseLost(f"term {term} of the lease is over")

        async def guarded(uow: Any) -> T:
            await uow.lease.ensure_held(NAME, lease.holder, term)
            return await usecase(uow, *args, **kwargs)

        return await self._db.run(guarded)

    async def read(self, query: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `domain.ports.Database`."""
        return await self._db.read(query, *args, **kwargs)
