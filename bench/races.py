"""Decisions that race each other end in one of the ways that are right.

    python -m bench.races --rounds 1000 --db sqlite --json -
    python -m bench.races --rounds 1000 --db postgres --json -

Both sides of a race are started at once, in an order left to chance, through `Database.run` on the real database: the way a tap takes,
without Telegram. What came of it is judged from the rows. `wrong` counts outcomes that no order of the two explains; `won` says how
often each side was the faster one (a race that always has the same winner is none).
"""

import argparse
import asyncio
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.databases import databases
from bench.printed import put
from bench.race_kinds import KINDS, Race
from bench.race_stage import RaceStage
from bot.logs import configure
from storage.database import open_database

ENGINES = ("sqlite", "postgres")


async def races(rounds: int, engine: str = "sqlite", seed: int = 1) -> dict[str, Any]:
    """So many rounds of each kind; returns what they came to."""
    began = time.monotonic()
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    with tempfile.TemporaryDirectory(prefix="hq-races-") as folder, databases(engine, Path(folder)) as make:
        db = await open_database(make())
        try:
            stage = await RaceStage.build(db, chance)
            kinds = {race.name: await _race(stage, race, rounds) for race in KINDS}
        finally:
            await db.close()
    return {
        "db": engine,
        "seed": seed,
        "rounds": rounds,
        "wrong_outcomes": sum(kind["wrong"] for kind in kinds.values()),
        "races_with_one_winner": sum(len(kind["won"]) < 2 for kind in kinds.values()),
        "kinds": kinds,
        "seconds": round(time.monotonic() - began, 1),
    }


async def _race(stage: RaceStage, race: Race, rounds: int) -> dict[str, Any]:
    won: Counter[str] = Counter()
    wrong: list[str] = []
    for _ in range(rounds):
        try:
            won[await race.run(stage)] += 1
        except AssertionError as error:
            wrong.append(str(error).splitlines()[0] if str(error) else "?")
    return {"wrong": len(wrong), "won": dict(sorted(won.items())), **({"such_as": wrong[:3]} if wrong else {})}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.races")
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--db", choices=ENGINES, default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    configure(level=logging.ERROR)  # standard output is for the JSON
    result = asyncio.run(races(options.rounds, options.db, options.seed))
    put(result, options.json)
    return int(result["wrong_outcomes"] > 0 or result["races_with_one_winner"] > 0)


if __name__ == "__main__":
    sys.exit(main())
