"""A day of posting for a hundred thousand people: how long does planning it take, is it right, is it fair?

    python -m bench.plan --regions 85 --pages 1000 --people 100000 --days 3 --json -

Official and group pages at two posts a day, and one personal page for each volunteer at one a day, are planned day after day by
the due tasks of production (`plan.evening` and its portions) on a SQLite file, zone after zone as their evenings come; then the
morning's round plans the same day again. The time of a day is what its tasks take, transactions and commits included.
`write_floor_seconds` is what bare SQLite takes to write the rows of the last day, `to_write_floor` how much more processor time
planning that day took. `growth` repeats one day with a hundredth and a tenth of the people and pages: `to_n_log_n` is how much more
the time grew than n·log n.
"""

import argparse
import asyncio
import logging
import math
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench.plan_floor import copied, floor
from bench.plan_stage import GAP, ZONES
from bench.printed import put
from bot.config import Settings
from bot.logs import configure
from bot.running import spare_collector
from bot.usecases import task_usecases
from domain.notices import DueTask
from domain.ports import Database
from domain.usecases import calendar, planning
from storage.database import open_database
from storage.rows import as_
from storage.tables import due_task

FIRST = date(2026, 9, 7)
EVENING, MORNING = clock_time(18), clock_time(6)
SECONDS, MEMORY = 3.0, 400
NO_WORSE = 1.05
"""Than n·log n; the clock is not exact to the twentieth part."""


@dataclass
class Spent:
    """What the transactions of some tasks took."""

    wall: float = 0.0
    cpu: float = 0.0
    longest: float = 0.0
    longest_cpu: float = 0.0
    transactions: int = 0

    def add(self, wall: float, cpu: float) -> None:
        self.wall, self.cpu = self.wall + wall, self.cpu + cpu
        self.longest, self.longest_cpu = max(self.longest, wall), max(self.longest_cpu, cpu)
        self.transactions += 1


async def days_planned(path: Path, days: int) -> dict[str, Spent]:
    """Evening after evening: `plan`, the `last` of them by itself; the mornings: `again`. `path` + ".before": without the last day."""
    db = await open_database(f"sqlite+aiosqlite:///{path}", migrate=False)
    spare_collector()
    spent = {"plan": Spent(), "again": Spent(), "last": Spent()}
    try:
        for n in range(days):
            day = FIRST + timedelta(days=n)
            await asyncio.to_thread(_stage, path, day)
            before = spent["plan"].cpu
            if n == days - 1:
                await asyncio.to_thread(copied, path, _before(path))
            await _rounds(db, spent["plan"], day - timedelta(days=1), "plan.evening", EVENING)
            spent["last"] = Spent(cpu=spent["plan"].cpu - before)
            await _rounds(db, spent["again"], day, "plan.morning", MORNING)
    finally:
        await db.close()
    return spent


async def _rounds(db: Database, spent: Spent, day: date, kind: str, hour: clock_time) -> None:
    """The round of one local day, from the easternmost zone to the westernmost. Reminders that fall due meanwhile stay undone."""
    usecases = task_usecases(Settings.model_validate({"telegram": {"token": "1:" + "x" * 35}}))
    for now, zone in sorted((calendar.moment(day, hour, zone), zone) for zone in ZONES):
        params = {"zone": zone, "day": day.isoformat()}
        first = DueTask(f"{kind}:{zone}:{day}", kind, f"zone:{zone}", now, params)
        await db.run(_add, first)
        task: DueTask | None = first
        while task is not None:
            wall, cpu = time.perf_counter(), time.process_time()
            await db.run(_do, task.key, usecases, now)
            spent.add(time.perf_counter() - wall, time.process_time() - cpu)
            task = await db.read(_next, now)


def _before(path: Path) -> Path:
    return path.with_suffix(".before")


async def _add(uow: Any, task: DueTask) -> None:
    await uow.tasks.add(task)


async def _do(uow: Any, key: str, usecases: Mapping[str, Any], now: datetime) -> None:
    """As `bot.schedule` does: a task and that it is done, in one transaction."""
    task = await uow.tasks.claim(key, now)
    await usecases[task.kind](uow, task, now=now)


async def _next(uow: Any, now: datetime) -> DueTask | None:
    """The portion that is next."""
    due = select(due_task).where(
        due_task.c.kind == planning.PART, due_task.c.done_at.is_(None), due_task.c.due_at <= now
    )
    row = (await uow.session.execute(due.order_by(due_task.c.due_at, due_task.c.key).limit(1))).one_or_none()
    return None if row is None else as_(DueTask, row)


# --- what came of it -----------------------------------------------------------------------------------------------------

_APART = "julianday(at) - julianday(lag(at) OVER (PARTITION BY page ORDER BY at))"
_COUNTS = {
    "slots": "SELECT count(*) FROM slot WHERE state <> 'cancelled'",
    "excused": "SELECT count(*) FROM slot WHERE state = 'cancelled' AND excuse IS NOT NULL",
    "filled": "SELECT count(*) FROM slot WHERE state = 'filled'",
    "messages": "SELECT count(*) FROM outbox WHERE kind IN ('assignment.card', 'digest')",
    "gap_violations": f"SELECT count(*) FROM (SELECT {_APART} AS apart FROM slot WHERE state <> 'cancelled')"  # noqa: S608 - ours
    f" WHERE apart * 1440 < {GAP} - 0.01",
    "double_booked": "SELECT count(*) FROM (SELECT 1 FROM assignment WHERE state = 'assigned' GROUP BY person_id, at"
    " HAVING count(*) > 1)",
    "above_cap": "SELECT count(*) FROM (SELECT 1 FROM assignment a JOIN slot s ON s.id = a.slot_id WHERE a.state = 'assigned'"
    " GROUP BY a.person_id, s.day HAVING count(*) > 3)",
    "on_days_off": "SELECT count(*) FROM assignment a JOIN slot s ON s.id = a.slot_id JOIN day_off d"
    " ON d.person_id = a.person_id AND d.day = s.day WHERE a.state = 'assigned'",
    "without_reminder": "SELECT count(*) FROM slot s WHERE s.state = 'filled' AND NOT EXISTS"
    " (SELECT 1 FROM due_task t WHERE t.key = 'ladder:' || s.id)",
}


def counted(path: Path, people: int, wanted: int) -> dict[str, Any]:
    """What stands in the file, by SQL that is not the planner's. `load_gini`: over posts of everybody, 0 is equal."""
    with sqlite3.connect(path) as db:
        found: dict[str, Any] = {name: db.execute(statement).fetchone()[0] for name, statement in _COUNTS.items()}
        rows = db.execute("SELECT count(*) FROM assignment WHERE state = 'assigned' GROUP BY person_id").fetchall()
        shared = db.execute(
            "SELECT count(*) FROM assignment a JOIN slot s ON s.id = a.slot_id JOIN page p ON p.code = s.page"
            " WHERE p.kind <> 'personal' GROUP BY a.person_id"
        ).fetchall()
    loads = [int(row[0]) for row in rows]
    loads += [0] * (people - len(loads))
    most = max((int(row[0]) for row in shared), default=0)
    filled = 100 * (found["filled"] + found["excused"]) / wanted
    return {**found, "norm_filled_pct": round(filled, 3), "load_gini": round(gini(loads), 4), "most_shared": most}


def gini(values: list[int]) -> float:
    """0: all the same; near 1: one has everything."""
    ranked, total = sorted(values), sum(values)
    if not total:
        return 0.0
    return sum((2 * n - len(ranked) + 1) * value for n, value in enumerate(ranked)) / (len(ranked) * total)


def _stage(path: Path, day: date, *more: str) -> None:
    subprocess.run([sys.executable, "-m", "bench.plan_stage", str(path), "--day", day.isoformat(), *more], check=True)  # noqa: S603 - ourselves


def bench(regions: int, pages: int, people: int, days: int) -> dict[str, Any]:
    """One campaign."""
    with tempfile.TemporaryDirectory(prefix="hq-plan-") as folder:
        path = Path(folder) / "hq.sqlite3"
        asyncio.run(_migrated(path))
        amounts = {"regions": regions, "pages": pages, "people": people, "days": days}
        _stage(path, FIRST, *(word for name, amount in amounts.items() for word in (f"--{name}", str(amount))))
        spent = asyncio.run(days_planned(path, days))
        wanted = (2 * pages + people) * days
        plan, again = spent["plan"], spent["again"]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        found = counted(path, people, wanted)
        wall, cpu = floor(_before(path), path)
        return {
            **amounts,
            **found,
            "seconds_per_day": round(plan.wall / days, 3),
            "cpu_seconds_per_day": round(plan.cpu / days, 3),
            "again_seconds_per_day": round(again.wall / days, 3),
            "write_floor_seconds": round(wall, 3),
            "to_write_floor": round(spent["last"].cpu / cpu, 2),
            "transactions_per_day": plan.transactions // days,
            "longest_transaction_ms": round(1000 * max(plan.longest, again.longest)),
            "longest_transaction_cpu_ms": round(1000 * max(plan.longest_cpu, again.longest_cpu)),
            "rss_mb": memory,
        }


async def _migrated(path: Path) -> None:
    await (await open_database(f"sqlite+aiosqlite:///{path}")).close()


def growth(regions: int, pages: int, people: int, whole: dict[str, Any]) -> dict[str, Any]:
    """One day of a hundredth, of a tenth, and of all."""
    found = []
    for part in (100, 10):
        small = bench(regions, max(1, pages // part), people // part, 1)
        found.append((small["people"], small["slots"] + small["excused"], small["cpu_seconds_per_day"]))
    slots = (whole["slots"] + whole["excused"]) // whole["days"]
    found.append((people, slots, whole["cpu_seconds_per_day"]))
    steps = []
    for (_, few, before), (_, many, after) in pairwise(found):
        steps.append(round((after / before) / ((many * math.log(many)) / (few * math.log(few))), 2))
    names = ("people", "slots", "cpu_seconds")
    return {"growth": [dict(zip(names, one, strict=True)) for one in found], "to_n_log_n": steps}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.plan")
    parser.add_argument("--regions", type=int, default=85)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=3)
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    configure(level=logging.CRITICAL)
    result = bench(options.regions, options.pages, options.people, options.days)
    if not options.no_growth:
        result |= growth(options.regions, options.pages, options.people, result)
    wrong = ("gap_violations", "double_booked", "above_cap", "on_days_off", "without_reminder")
    result["within_bars"] = (
        result["seconds_per_day"] <= SECONDS
        and result["rss_mb"] <= MEMORY
        and not any(result[name] for name in wrong)
        and all(step <= NO_WORSE for step in result.get("to_n_log_n", ()))
    )
    put(result, options.json)


if __name__ == "__main__":
    main()
