"""Reminders over clock changes in spring and autumn, while people decline, step in, travel, put off and take days off.

    python -m bench.reminders --days 2 --regions 4 --json -

The production use cases, `Schedule`, outbox, delivery and pacer on a SQLite file; Telegram is a stand-in with the strict rate profile;
time is moved. What is due is worked out apart from the program (`bench.reminders_oracle`) and compared with what was sent: `due` and
`sent` count steps of ladders (a message may answer several), `twice` messages that nobody was owed, `left_to_limits` steps of people
who want few reminders a day and had theirs.
"""

import argparse
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.fanout import _busy
from bench.moved import run_moved
from bench.printed import put
from bench.reminders_oracle import Oracle, holders
from bench.reminders_stage import build
from bench.reminders_story import Story
from bot.logs import configure
from bot.responses import keep_responses
from storage.database import open_database

CHANGES = {"spring": datetime(2027, 3, 28, 1, tzinfo=UTC), "autumn": datetime(2026, 10, 25, 1, tzinfo=UTC)}
"""Clocks in Europe change at these moments; those of New York a week or two apart."""
LATE = 60.0


async def season(change: datetime, days: int, regions: int, seed: int) -> dict[str, Any]:
    """So many days around a change of the clocks; returns the figures, with every lateness."""
    start = (change - timedelta(days=days / 2)).replace(hour=1)
    with tempfile.TemporaryDirectory(prefix="hq-reminders-") as folder:
        with _busy():
            db = await open_database(f"sqlite+aiosqlite:///{folder}/hq.sqlite3")
        try:
            stage = await build(db, Path(folder), start, regions=regions, days=days, seed=seed)
            oracle = Oracle(stage)
            story = Story(stage, oracle, random.Random(seed + 1))  # noqa: S311 - repeatable, not secret
            models = keep_responses()
            await story.note()
            oracle.begin()
            story.begin()
            await stage.run_until_the_end()
            del models
            with _busy():
                everything = await db.read(holders, [slot.id for slot in stage.slots])
            found = oracle.figures({one.id: one.slot_id for one in everything})
            return {**found, "acts": story.done, "failures": [*stage.schedule.failures, *stage.delivery.failures]}
        finally:
            with _busy():
                await db.close()


def _whole(seasons: dict[str, dict[str, Any]], days: int, regions: int, wall: float) -> dict[str, Any]:
    late = sorted(one for found in seasons.values() for one in found["late"])
    steps: Counter[str] = Counter()
    for found in seasons.values():
        steps += found["steps"]

    def total(name: str) -> int:
        return sum(int(found[name]) for found in seasons.values())

    return {
        "days": days * len(seasons),
        "regions": regions,
        "due": total("due"),
        "sent": total("sent"),
        "late_p99_s": round(late[max(0, -(-99 * len(late) // 100) - 1)], 2) if late else None,
        "late_max_s": round(late[-1], 2) if late else None,
        "twice": total("twice"),
        "to_wrong_person": total("to_wrong_person"),
        "in_quiet_hours": total("in_quiet_hours"),
        "over_limit": total("over_limit"),
        "left_to_limits": total("left_to_limits"),
        "messages": total("messages"),
        "steps": dict(steps),
        "changes_meanwhile": total("acts"),
        "unasked": [line for found in seasons.values() for line in found["unasked"]],
        "missing": [line for found in seasons.values() for line in found["missing"]],
        "failures": [line for found in seasons.values() for line in found["failures"]][:3],
        "wall_s": round(wall, 1),
        "cpu_s": round(time.process_time(), 1),
    }


def reminders(days: int, regions: int, seed: int = 1) -> dict[str, Any]:
    """Both changes of the clocks, one after the other."""
    began = time.monotonic()
    seasons = {name: run_moved(partial(season, change, days, regions, seed)) for name, change in CHANGES.items()}
    return _whole(seasons, days, regions, time.monotonic() - began)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.reminders")
    parser.add_argument("--days", type=int, default=2, help="around each change of the clocks")
    parser.add_argument("--regions", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    configure(level=logging.ERROR)  # standard output is for the JSON
    result = reminders(options.days, options.regions, options.seed)
    put(result, options.json)
    none = ("twice", "to_wrong_person", "in_quiet_hours", "over_limit")
    good = result["due"] > 0 and result["late_p99_s"] <= LATE and not any(result[name] for name in none)
    return int(not good or bool(result["failures"]))


if __name__ == "__main__":
    sys.exit(main())
