"""One person floods the bot: what do the others feel?

    python -m bench.flood --seconds 4 --json -

`flood_ratio`: the 95th percentile of others' taps (pressed → answered by the bot) while one person sends `per_second` messages, as a
multiple of the same people's in the same run without; the two take turns. `lost`: messages of the flood that were not stored and handled
in the end (must be 0): a flood costs its sender patience, never a text. `left_waiting`: the most of it that was still waiting when
the others' taps ended. The bot runs in a process of its own, as Telegram does.
"""

import argparse
import asyncio
import contextlib
import itertools
import logging
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.desk_side import Side, desk
from bench.people import enrol
from bench.printed import put
from bench.rights_stage import MEMORY
from bot.config import Settings
from bot.demo.play import EXAMPLE, FIRST_DAY
from bot.logs import configure
from bot.operations import load_plan
from domain.people import Role
from playground import LocalTelegram, User
from storage.database import open_database

TOKEN = "42:LOCAL-BENCH-ONLY-AND-NEVER-A-SECRET"  # noqa: S105 - accepted by the local Telegram alone
PER_SECOND = 200
OTHERS = 20
TAPS_A_SECOND = 20
WAIT = 120.0
BAR = 2.0


async def measure(seconds: float, turns: int) -> dict[str, Any]:
    """All figures. Taps come at their own pace, whether or not the ones before were answered."""
    with tempfile.TemporaryDirectory(prefix="hq-flood-", dir=MEMORY) as folder:
        async with LocalTelegram(token=TOKEN) as telegram:
            settings = _settings(telegram.url, Path(folder))
            await load_plan(Settings.model_validate(settings), EXAMPLE, FIRST_DAY, apply=True)
            people = [telegram.world.add_user(3000 + n, f"Other {n}", started=True) for n in range(OTHERS)]
            flooder = telegram.world.add_user(2999, "Flooder", started=True)
            db = await open_database(settings["storage"]["url"])
            for user in (*people, flooder):
                await enrol(db, user, Role.VOLUNTEER, "kazan")
            await db.close()
            with Side(desk, settings):
                for user in people:
                    user.send("/today")
                await telegram.world.until(lambda: all(user.last is not None for user in people), WAIT)
                return await _compare(telegram, people, flooder, Path(folder) / "hq.sqlite3", seconds, turns)


def _settings(url: str, folder: Path) -> dict[str, Any]:
    return {
        "telegram": {"token": TOKEN, "api_url": url},
        "storage": {"url": f"sqlite+aiosqlite:///{folder}/hq.sqlite3", "media_dir": f"{folder}/media"},
        "pace": {"overall": 10_000, "per_chat": 10_000, "per_group_minute": 600_000},
    }


async def _compare(
    telegram: LocalTelegram, people: list[User], flooder: User, path: Path, seconds: float, turns: int
) -> dict[str, Any]:
    alone: list[float] = []
    flooded: list[float] = []
    await _taps(telegram, people, seconds / 2)  # warm
    sent = left = 0
    for _ in range(turns):
        alone += await _taps(telegram, people, seconds)
        stop = asyncio.Event()
        flood = asyncio.create_task(_flood(flooder, stop))
        flooded += await _taps(telegram, people, seconds)
        stop.set()
        sent += await flood
        left = max(left, sent - _texts_of(path))
        await _drained(path, sent)
    kept = _texts_of(path)
    p95 = [statistics.quantiles(some, n=20)[-1] * 1000 for some in (alone, flooded)]
    return {
        "per_second": round(sent / (seconds * turns)),
        "taps": len(alone) + len(flooded),
        "others_p95_ms": round(p95[0], 1),
        "others_p95_flooded_ms": round(p95[1], 1),
        "flood_ratio": round(p95[1] / p95[0], 2),
        "flood_sent": sent,
        "left_waiting": left,
        "lost": sent - kept,
        "telegram_violations": len(telegram.world.violations),
    }


def _texts_of(path: Path) -> int:
    """How many of the flood's texts are in the database as somebody's words."""
    with contextlib.closing(sqlite3.connect(path)) as looking:
        return int(looking.execute("select count(distinct text) from content where text like 'flood %'").fetchone()[0])


async def _flood(flooder: User, stop: asyncio.Event) -> int:
    began, sent = time.perf_counter(), 0
    for number in itertools.count(1):
        flooder.send(f"flood {number} {began}")
        sent += 1
        pause = began + number / PER_SECOND - time.perf_counter()
        await asyncio.sleep(max(pause, 0))
        if stop.is_set():
            break
    return sent


async def _taps(telegram: LocalTelegram, people: list[User], seconds: float) -> list[float]:
    """Seconds from each press to its answer."""
    began = time.perf_counter()
    waits = []
    for number in range(int(seconds * TAPS_A_SECOND)):
        await asyncio.sleep(max(0.0, began + number / TAPS_A_SECOND - time.perf_counter()))
        waits.append(asyncio.create_task(_tap(telegram, people[number % len(people)])))
    return list(await asyncio.gather(*waits))


async def _tap(telegram: LocalTelegram, user: User) -> float:
    assert user.last is not None  # noqa: S101 - they have had a screen
    began = time.perf_counter()
    update = user.press_raw(user.last, "n:today")
    query = next(query for query in reversed(telegram.world.queries.values()) if query.update_id == update)
    await telegram.world.until(lambda: query.answered_at is not None, WAIT)
    return time.perf_counter() - began


async def _drained(path: Path, sent: int) -> None:
    """Until every text of the flood is a draft, or nothing comes any more."""
    until = time.perf_counter() + WAIT
    while _texts_of(path) < sent and time.perf_counter() < until:  # noqa: ASYNC110 - another process cannot wake this one
        await asyncio.sleep(0.2)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.flood")
    parser.add_argument("--seconds", type=float, default=4.0, help="of each turn")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    configure(level=logging.ERROR)  # standard output is for the JSON
    result = asyncio.run(measure(options.seconds, options.turns))
    put(result, options.json)
    return int(result["flood_ratio"] > BAR or result["lost"] != 0)


if __name__ == "__main__":
    sys.exit(main())
