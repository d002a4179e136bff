"""SIGTERM while handlers wait 0 to 3 s for Telegram: nothing is lost, the end comes within 10 s, after a second signal within 1 s.

    python -m bench.sigterm --runs 200 --json -

In every fourth run a second signal follows. Texts are drafts: each must be there exactly once when all is over.
"""

import argparse
import asyncio
import random
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.forks import Forks, Run, forking
from bench.people import enrol
from bench.printed import put
from bot.demo.play import EXAMPLE, FIRST_DAY
from bot.demo.stage import TOKEN, Stage
from bot.running import ENDING
from domain.people import Role
from playground import FaultKind, LocalTelegram, User
from storage.database import open_database
from storage.tally import facts_of_drafts

VOLUNTEERS = 6
SPREAD = 0.4
"""Seconds over which a run's texts and its signal fall."""
SLOWEST = 3.0
SECOND_EVERY = 4
PATIENCE = 60.0


@dataclass
class Found:
    """What the runs have shown."""

    texts: list[str] = field(default_factory=list)
    exits: list[float] = field(default_factory=list)
    second: list[float] = field(default_factory=list)
    wrong_codes: int = 0


async def sigterm(runs: int, seed: int = 1) -> dict[str, Any]:
    """End the bot so often; returns the counts and the slowest ends."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    found = Found()
    with tempfile.TemporaryDirectory(prefix="hq-sigterm-") as folder:
        async with LocalTelegram(token=TOKEN) as telegram, forking() as forks:
            stage = Stage.build(telegram, Path(folder), FIRST_DAY)
            await stage.hq("plan", "load", str(EXAMPLE), "--yes")
            people = await _people(stage)
            for number in range(runs):
                await _one(stage, forks, people, number, chance, found)
            telegram.world.faults.clear()
            await _finish(stage, forks)
            written, _ = await _drafts(stage)
    drafts = Counter(written)
    return {
        "runs": runs,
        "texts": len(found.texts),
        "lost": sum(not drafts[text] for text in found.texts),
        "twice": sum(drafts[text] > 1 for text in found.texts),
        "wrong_exit_codes": found.wrong_codes,
        "exit_s_max": round(max(found.exits), 2),
        "second_signals": len(found.second),
        "second_signal_s_max": round(max(found.second, default=0.0), 2),
        "telegram_violations": len(telegram.world.violations),
    }


async def _people(stage: Stage) -> list[User]:
    db = await open_database(stage.database)
    people = [
        stage.world.add_user(2000 + number, f"Person {number}", language_code="en", started=True)
        for number in range(VOLUNTEERS)
    ]
    for user in people:
        await enrol(db, user, Role.VOLUNTEER, "kazan")
    await db.close()
    return people


async def _start(stage: Stage, forks: Forks, name: str) -> Run:
    log = stage.folder / f"{name}.log"
    run = await forks.start("run", "--config", str(stage.config), log=log)
    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(_says, log, "headquarters is running"):
            if run.over.done():
                raise RuntimeError(f"hq run ended before it was up: {await asyncio.to_thread(log.read_text)}")
            await asyncio.sleep(0.02)  # another process starts
    return run


def _says(log: Path, words: str) -> bool:
    return log.exists() and words in log.read_text("utf-8")


async def _one(
    stage: Stage, forks: Forks, people: list[User], number: int, chance: random.Random, found: Found
) -> None:
    run = await _start(stage, forks, f"run-{number}")
    faults = stage.world.faults
    faults.clear()
    for _ in people:
        faults.add(FaultKind.DELAY, method="sendMessage", seconds=chance.uniform(0, SLOWEST))
    for user in people:
        text = f"run {number:04d} of {user.user_id}."
        user.send(text)
        found.texts.append(text)
        await asyncio.sleep(chance.uniform(0, SPREAD / len(people)))  # spreads the load, waits for nothing
    await asyncio.sleep(chance.uniform(0, SPREAD))
    began = time.monotonic()
    run.signal(signal.SIGTERM)
    if number % SECOND_EVERY == SECOND_EVERY - 1:
        # Two signals that arrive before the first is heard are one: the kernel does not count them.
        log = stage.folder / f"run-{number}.log"
        while not run.over.done() and not await asyncio.to_thread(_says, log, ENDING):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.01)
        await asyncio.sleep(chance.uniform(0, SPREAD))
        if not run.over.done():
            again = time.monotonic()
            run.signal(chance.choice([signal.SIGTERM, signal.SIGINT]))
            code, ended = await run.ended()
            found.second.append(ended - again)
            found.wrong_codes += code == 0 and ended - again > 0.1  # it may just have been about to end by itself
            return
    code, ended = await run.ended()
    found.exits.append(ended - began)
    found.wrong_codes += code != 0


async def _finish(stage: Stage, forks: Forks) -> None:
    """One more start handles what the others have left."""
    run = await _start(stage, forks, "last")
    db = await open_database(stage.database, migrate=False)
    async with asyncio.timeout(PATIENCE):
        while not await db.read(_handled_up_to, stage.world.last_update_id):  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.05)
    await db.close()
    run.signal(signal.SIGTERM)
    await run.ended()


async def _handled_up_to(uow: Any, last: int) -> bool:
    return await uow.inbox.highest() >= last and not await uow.inbox.count("new")


async def _drafts(stage: Stage) -> tuple[list[str], dict[int, int]]:
    db = await open_database(stage.database, migrate=False)
    try:
        return await db.read(facts_of_drafts)
    finally:
        await db.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.sigterm")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    put(asyncio.run(sigterm(options.runs, options.seed)), options.json)


if __name__ == "__main__":
    main()
