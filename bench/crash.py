"""Kill -9 under load: what was confirmed is not lost, what happened does not happen twice.

    python -m bench.crash --cycles 3 --json -
    python -m bench.crash --cycles 500 --db postgres --seed 7 --json -

The real bot process is killed at random points, now and then while it is starting, while people write, press and decide, messages to
all go out and reminders fall due. The server of PostgreSQL is not killed: that it survives is its own promise.
"""

import argparse
import asyncio
import random
import tempfile
import time
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

from bench.crash_count import count, plant_nudges
from bench.crash_load import Load
from bench.crash_stage import CrashStage
from bench.databases import databases
from bench.forks import forking
from bench.people import enrol
from bench.printed import put
from bot.control import Refused
from bot.demo.play import EXAMPLE, FIRST_DAY
from bot.demo.stage import TOKEN, BotDied
from domain.people import EVERYWHERE, Role
from domain.ports import UnitOfWork
from playground import LocalTelegram, User
from storage.database import open_database

VOLUNTEERS = 8
ACTS = 50
"""Things people do in a cycle, double taps not counted."""
LONGEST_LIFE = 1.0
"""Seconds of load before a kill: from "nothing stored yet" to "everything answered"."""
KILLED_WHILE_STARTING = 0.1
LONGEST_START = 0.8
STEPS, STEP = 4, timedelta(seconds=10)
"""The clock's moves in a cycle. Telegram forgets a press after 150 s, which is no loss of ours: two cycles must be shorter."""
NUDGE_EVERY = timedelta(seconds=5)
SETTLE_EVERY = 5
"""Cycles after which the bot may catch up before it is killed again."""
TRIES = 30


async def crash(cycles: int, seed: int = 1, engine: str = "sqlite", minutes: float = 0) -> dict[str, Any]:
    """Kill the bot `cycles` times, or for so many minutes; returns the counts."""
    began = time.monotonic()
    until = began + minutes * 60 if minutes else float("inf")
    with tempfile.TemporaryDirectory(prefix="hq-crash-") as folder, databases(engine, Path(folder)) as make:
        async with LocalTelegram(token=TOKEN) as telegram, forking() as forks:
            telegram.world.clock.freeze()
            stage = CrashStage.build(telegram, Path(folder), FIRST_DAY).on(forks, make())
            await stage.hq("plan", "load", str(EXAMPLE), "--yes")
            *volunteers, press, manager = await _people(stage, cycles)
            chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
            load = Load(volunteers, press, manager, chance)
            first_update = stage.world.last_update_id
            kills = await _kill(stage, load, chance, cycles, until)
            updates = stage.world.last_update_id - first_update
            await stage.stop_bot()
            return {
                "db": engine,
                "seed": seed,
                "cycles": len(kills),
                "updates": updates,
                **await count(stage.database, load.deeds, volunteers, press, kills, stage.now),
                "telegram_violations": len(stage.world.violations),
                "seconds": round(time.monotonic() - began, 1),
            }


async def _people(stage: CrashStage, cycles: int) -> list[User]:
    """Volunteers of one region, a press secretary, a manager; and the nudges that will fall due."""
    roles = [(Role.VOLUNTEER, "kazan")] * VOLUNTEERS + [(Role.PRESS_SECRETARY, EVERYWHERE), (Role.MANAGER, EVERYWHERE)]
    db = await open_database(stage.database)
    users = []
    for number, (role, region) in enumerate(roles):
        user = stage.world.add_user(2000 + number, f"Person {number}", language_code="en", started=True)
        await enrol(db, user, role, region)
        users.append(user)
    ids = [await db.read(_person, user.user_id) for user in users]
    planned = int(cycles * STEPS * STEP / NUDGE_EVERY)
    readers = [ids[number % VOLUNTEERS] for number in range(planned)]
    await db.run(plant_nudges, readers, ids[VOLUNTEERS], stage.now.astimezone(UTC), NUDGE_EVERY)
    await db.close()
    return users


async def _person(uow: UnitOfWork, account: int) -> int:
    actor = await uow.people.find_actor(account)
    assert actor is not None  # noqa: S101 - just enrolled
    return actor.id


async def _kill(stage: CrashStage, load: Load, chance: random.Random, cycles: int, until: float) -> list[int]:
    """Returns the number of the newest message at each kill; at the end all is caught up with."""
    kills: list[int] = []
    while len(kills) < cycles and time.monotonic() < until:
        if chance.random() < KILLED_WHILE_STARTING:
            await stage.fork_bot()
            await asyncio.sleep(chance.uniform(0, LONGEST_START))
        else:
            await stage.start_bot()
            if len(kills) % SETTLE_EVERY == SETTLE_EVERY - 1:
                await _settle(stage)
            await _live(stage, load, chance)
        await stage.kill_bot()
        await asyncio.sleep(0.05)  # what left before the kill is still in Telegram's socket
        kills.append(max(user.chat.last_message_id for user in stage.world.users.values()))
    await stage.start_bot()
    for _ in range(STEPS):  # what was to be tried again is due by then
        await _settle(stage)
        await stage.move_to(stage.now + timedelta(minutes=5))
    await _settle(stage)
    return kills


async def _live(stage: CrashStage, load: Load, chance: random.Random) -> None:
    life = chance.uniform(0, LONGEST_LIFE)
    moves = set(chance.sample(range(ACTS), STEPS))
    for number in range(ACTS):
        load.act()
        if number in moves:
            await stage.move_to(stage.now + STEP)
        await asyncio.sleep(life / ACTS)  # spreads the load, waits for nothing


async def _settle(stage: CrashStage) -> None:
    """Patiently: a backlog may take longer than one command waits, and a process may be without the lease for a moment."""
    for left in reversed(range(TRIES)):
        try:
            await stage.settle()
        except (BotDied, TimeoutError, Refused) as error:
            if not left or not stage.is_up or (isinstance(error, Refused) and "LeaseLost" not in str(error)):
                raise
            await asyncio.sleep(0.5)  # until it has the lease again
        else:
            return


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.crash")
    parser.add_argument("--cycles", type=int, default=3)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0, help="end after so many, with fewer cycles")
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    result = asyncio.run(crash(options.cycles, options.seed, options.db, options.minutes))
    put(result, options.json)


if __name__ == "__main__":
    main()
