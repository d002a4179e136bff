"""A large backlog and a flooding person: what they cost everybody else.

    python -m bench.inbox --stored 100000 --json -

`memory_mb`: what a backlog takes in memory against `memory_all_mb`, the same updates kept whole. `others_flood_ms` against
`others_alone_ms`: the median time from storing somebody's update to its effect, with one person's flood ahead of them and without.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
import tracemalloc
from typing import Any

from aiogram import Bot

from bench.bare_inbox import bare_inbox
from bench.printed import put
from bot.clock import SystemClock
from handlers.turn import Turn
from storage.database import Database, open_database

FLOODER = 1
OTHERS = 40
FLOOD = 2000


def a_text(number: int, chat: int) -> dict[str, Any]:
    """A text message of usual length."""
    who = {"id": chat, "is_bot": False, "first_name": "Somebody", "language_code": "ru"}
    text = f"{number} " + "слово " * 40
    message = {"message_id": number, "date": 1_788_757_200, "chat": {"id": chat, "type": "private"}, "from": who}
    return {"update_id": number, "message": {**message, "text": text}}


class Effects:
    """An inbox whose handler writes one journal entry per update, as its effect."""

    def __init__(self, db: Database) -> None:
        self.at: dict[int, float] = {}
        self._waited: dict[int, asyncio.Event] = {}
        self.inbox = bare_inbox(db, Bot("42:BENCH"), SystemClock(), self._act)

    async def _act(self, _: int, update_id: int, turn: Turn) -> None:
        await turn.run_as_visitor(_effect, update_id)
        self.at[update_id] = time.perf_counter()
        if update_id in self._waited:
            self._waited[update_id].set()

    async def take(self, number: int, chat: int) -> float:
        """Milliseconds from storing an update to its effect."""
        self._waited[number] = asyncio.Event()
        began = time.perf_counter()
        await self.inbox.accept([a_text(number, chat)])
        await self._waited[number].wait()
        return 1000 * (self.at[number] - began)


async def _effect(uow: Any, _: Any, number: int) -> None:
    await uow.journal.add(at=SystemClock().now(), actor=0, action="bench", object_=f"update:{number}")


async def _store(uow: Any, batch: list[tuple[int, int, dict[str, Any]]]) -> None:
    await uow.inbox.store(batch, SystemClock().now())


async def backlog(url: str, stored: int) -> dict[str, float]:
    """Memory for a backlog that a stopped program finds at its start."""
    db = await open_database(url)
    for first in range(1, stored + 1, 5000):
        batch = [(n, n % 5000 + 1, a_text(n, n % 5000 + 1)) for n in range(first, min(first + 5000, stored + 1))]
        await db.run(_store, batch)
    effects = Effects(db)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    await effects.inbox.load()
    after, _ = tracemalloc.get_traced_memory()
    await effects.inbox.close()
    numbers = [n for n, _ in await db.read(lambda uow: uow.inbox.open_numbers(1000))]
    start, _ = tracemalloc.get_traced_memory()
    whole = await db.read(lambda uow: uow.inbox.load(numbers))
    end, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    await db.close()
    per_update = (end - start) / len(whole)
    return {"memory_mb": round((after - before) / 1e6, 1), "memory_all_mb": round(per_update * stored / 1e6, 1)}


async def fairness(url: str) -> dict[str, float]:
    """Others' updates one after the other: alone, then while one person's flood waits."""
    db = await open_database(url)
    effects = Effects(db)
    alone = [await effects.take(number, 100 + number) for number in range(1, OTHERS + 1)]
    for first in range(10_000, 10_000 + FLOOD, 100):
        await effects.inbox.accept([a_text(n, FLOODER) for n in range(first, first + 100)])
    flooded = [await effects.take(number, 100 + number) for number in range(20_001, 20_001 + OTHERS)]
    waiting = len(effects.inbox.lanes)
    await effects.inbox.close()
    await db.close()
    return {
        "others_alone_ms": round(statistics.median(alone), 1),
        "others_flood_ms": round(statistics.median(flooded), 1),
        "flood_still_waiting": waiting,
    }


async def bench(stored: int) -> dict[str, Any]:
    """All figures."""
    with tempfile.TemporaryDirectory(prefix="hq-inbox-") as folder:
        found = await backlog(f"sqlite+aiosqlite:///{folder}/backlog.sqlite3", stored)
        fair = await fairness(f"sqlite+aiosqlite:///{folder}/flood.sqlite3")
    return {"stored": stored, **found, **fair}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.inbox")
    parser.add_argument("--stored", type=int, default=100_000)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    put(asyncio.run(bench(options.stored)), options.json)


if __name__ == "__main__":
    main()
