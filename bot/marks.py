"""The marks that updates need nothing more, written together: each would be a transaction of its own for a single row.

What is not marked at a crash is only drawn once more: its effect is committed, and it is never run again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from storage.database import Database

T = TypeVar("T")

TOGETHER = 0.2
"""Seconds that a mark waits for others, unless a batch of updates is stored meanwhile: then it goes with that."""


class Marks:
    """`owe` one; `run` writes them down a little later. One process only: another might take an unmarked update for open."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._owed: list[int] = []
        self._some = asyncio.Event()

    def __contains__(self, number: int) -> bool:
        return number in self._owed

    def owe(self, number: int) -> None:
        """This update was answered."""
        self._owed.append(number)
        self._some.set()

    def take(self) -> list[int]:
        """All that are owed, for a transaction that is made anyway; hand it to `keep`."""
        owed, self._owed = self._owed, []
        self._some.clear()
        return owed

    async def keep(self, write: Callable[[Any], Awaitable[T]], taken: list[int]) -> T:
        """Make that transaction; should it fail the marks are owed as before."""
        try:
            return await self._db.keep(write)
        except BaseException:
            self._owed += taken
            self._some.set()
            raise

    async def write(self) -> None:
        """Write what is owed now."""
        taken = self.take()
        if taken:
            await self.keep(lambda uow: uow.inbox.shown(taken), taken)

    async def run(self) -> None:
        """For the supervisor, for ever."""
        while True:
            await self._some.wait()
            await asyncio.sleep(TOGETHER)
            await self.write()
