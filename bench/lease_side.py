"""One process of `bench.lease`: the production lease, guarded writes and sends, and a wall clock that jumps about.

    python -m bench.lease_side URL SECONDS LOG SEED

LOG gets a line for each moment by the clock that cannot be set: `T term at` a term was asked for, `S term at` a send was allowed.
"""

import asyncio
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot.holder import Holder
from bot.lease import HeldDatabase, Lease, holder_name, uptime
from bot.logs import configure
from domain.notices import DueTask
from storage.database import Database, open_database

WRITE_EVERY, SEND_EVERY = 0.02, 0.01
JUMP_EVERY, LONGEST_JUMP = 0.05, 86_400
_TOLD = 40
"""Level of logging: errors."""


class Jumping:
    """Replaces `time.time`: hours forwards and backwards, many times a second."""

    def __init__(self, seed: int) -> None:
        self._real = time.time
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._offset = 0.0

    def time(self) -> float:
        return self._real() + self._offset

    async def jump(self) -> None:
        while True:
            self._offset = self._chance.uniform(-LONGEST_JUMP, LONGEST_JUMP)
            await asyncio.sleep(JUMP_EVERY)


class Side:
    """What the process does while it is the holder."""

    def __init__(self, db: Database, seconds: float, log: TextIO) -> None:
        self._log = log
        self._last = 0.0
        self.lease = Lease(db, seconds, holder_name(), self._uptime)
        self._held = HeldDatabase(db, self.lease)
        self.holder = Holder(self.lease, self._begin, {"write": self._write, "send": self._send})
        self._count = 0

    def _uptime(self) -> float:
        self._last = uptime()
        return self._last

    def _say(self, kind: str, at: float) -> None:
        self._log.write(f"{kind} {self.lease.term} {at:.6f}\n")
        self._log.flush()

    async def _begin(self) -> None:
        left = self.lease.seconds_left  # from when it was asked for
        self._say("T", self._last + left - self.lease.seconds * 0.9)
        await self._one_write()

    async def _one_write(self) -> None:
        self._count += 1
        term, now = self.lease.term, datetime.fromtimestamp(time.time(), UTC)
        task = DueTask(f"{self.lease.holder}:{self._count}", "bench", "bench", now, {"term": term})
        await self._held.run(lambda uow: uow.tasks.add(task))

    async def _write(self) -> None:
        while True:
            await self._one_write()
            await asyncio.sleep(WRITE_EVERY)

    async def _send(self) -> None:
        while True:
            if self.holder.may_send():
                self._say("S", self._last)
            await asyncio.sleep(SEND_EVERY)


async def main(url: str, seconds: float, log: Path, seed: int) -> None:
    jumping = Jumping(seed)
    time.time = jumping.time
    db = await open_database(url, migrate=False)
    with log.open("a", encoding="utf-8") as file:
        await Side(db, seconds, file).holder.start()
        await jumping.jump()


if __name__ == "__main__":
    configure(level=_TOLD)
    asyncio.run(main(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])))
