"""What managers read, and how fast, of a campaign of sixty days: screens, the month pack, taps beside it, roll-ups against facts.

    python -m bench.status --regions 85 --pages 1000 --people 100000 --days 60 --json -

At a tenth of the size (`tenth`) every fact goes in through the use cases that chats call, corrections included: proofs taken back, found
wrong or removed, days off, figures corrected and confirmed. `rollups_differ` counts pages, days and measures for which the roll-ups say
something else than a raw scan. At full size it stands there ten times, by INSERT … SELECT; `build_seconds` is both together.
`screen_p95_ms` and `region_p95_ms`: from the question to the built screen, through the use cases, from SQLite on disk; `…_cpu_ms` says what
of it was work, where other programs share the machine. `growth`: how much
more the slowest grew than the size did (1: as much). `raw_scan_ratio`: what the sums of the roll-ups take out of the facts instead.
`--keep FOLDER`: the campaign is built there once, and later runs measure copies of it; after a change of tables take another folder.
"""

import argparse
import asyncio
import json
import logging
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.printed import put
from bench.status_acts import RULES
from bench.status_copies import copy
from bench.status_scan import counts, differences, sums
from bench.status_stage import ACCOUNT, MANAGER, stage
from bench.status_story import Story
from bench.status_taps import p95, packing
from bot.logs import configure
from bot.running import spare_collector
from domain.ports import Database
from domain.status import Overview, RegionView
from domain.usecases import status
from handlers.screens import status as screens
from handlers.screens import status_pages
from handlers.screens.base import Screen
from storage.database import open_database
from texts.words import words_for

FIRST = date(2026, 9, 1)
SMALL, FULL = "tenth.sqlite3", "hq.sqlite3"
PART = 10
"""The small campaign is this part of the full one."""
BUILD, SCREEN, REGION, PACK, TAPS = 300.0, 60.0, 30.0, 20.0, 2.0
LOOKS, SCANS = 200, 5
ON_TIME = int(RULES.on_time.total_seconds() // 60)


@dataclass(frozen=True)
class Campaign:
    """A file with a campaign that has reached `now`."""

    path: Path
    now: datetime
    regions: int
    days: int

    @property
    def today(self) -> str:
        return (FIRST + timedelta(days=self.days - 1)).isoformat()


# --- building ------------------------------------------------------------------------------------------------------------


async def lived(path: Path, regions: int, pages: int, people: int, days: int) -> Campaign:
    """The small one, day after day."""
    url = f"sqlite+aiosqlite:///{path}"
    await (await open_database(url)).close()
    await asyncio.to_thread(stage, str(path), regions, pages, people, FIRST, days)
    db = await open_database(url, migrate=False)
    spare_collector()
    try:
        found = await db.read(lambda uow: uow.campaign.pages())
        now = await Story(db, found, FIRST, days).live()
    finally:
        await db.close()
    with sqlite3.connect(path) as file:
        # What people were told is out, and what falls due later is not what is measured.
        for table in ("outbox", "due_task", "expectation"):
            file.execute(f"DELETE FROM {table}")  # noqa: S608 - ours
    return Campaign(path, now, regions, days)


# --- measuring -----------------------------------------------------------------------------------------------------------


async def looked_at(made: Campaign) -> dict[str, Any]:
    """Milliseconds of the first screen and of regions' screens, the manager having looked an hour ago."""
    db = await open_database(f"sqlite+aiosqlite:///{made.path}", migrate=False)
    spare_collector()
    try:
        earlier = made.now - timedelta(hours=1)
        view = await db.read(_overview, earlier)
        await db.run(_looked, view, earlier)
        began = time.process_time()
        first = [await _timed(partial(_first, db, made.now)) for _ in range(LOOKS)]
        first_cpu = time.process_time() - began
        codes = [f"r{n % made.regions:02}" for n in range(LOOKS)]
        began = time.process_time()
        region = [await _timed(partial(_region, db, code, made.now)) for code in codes]
        region_cpu = time.process_time() - began
    finally:
        await db.close()
    cpu = {"screen_cpu_ms": round(1000 * first_cpu / LOOKS, 2), "region_cpu_ms": round(1000 * region_cpu / LOOKS, 2)}
    return {**_spread("screen", first), **_spread("region", region), **cpu}


async def _timed(act: Callable[[], Awaitable[Screen]]) -> float:
    began = time.perf_counter()
    await act()
    return 1000 * (time.perf_counter() - began)


def _spread(name: str, taken: list[float]) -> dict[str, float]:
    warm = taken[len(taken) // 10 :]
    return {f"{name}_p50_ms": round(statistics.median(warm), 2), f"{name}_p95_ms": round(p95(warm), 2)}


async def _first(db: Database, now: datetime) -> Screen:
    return screens.overview(await db.read(_overview, now), words_for("ru"))


async def _region(db: Database, code: str, now: datetime) -> Screen:
    async def read(uow: Any) -> RegionView:
        return await status.region(uow, await uow.people.find_actor(ACCOUNT + MANAGER), code, now=now)

    return status_pages.region(await db.read(read), 0, words_for("ru"))


async def _overview(uow: Any, now: datetime) -> Overview:
    return await status.overview(uow, await uow.people.find_actor(ACCOUNT + MANAGER), now=now)


async def _looked(uow: Any, view: Overview, now: datetime) -> None:
    await status.looked(uow, await uow.people.find_actor(ACCOUNT + MANAGER), view.marks, now=now)


def scanned(made: Campaign) -> dict[str, Any]:
    """The campaign's sums out of roll-ups and out of facts, in turn."""
    taken: dict[bool, list[float]] = {False: [], True: []}
    with sqlite3.connect(made.path) as db:
        for _ in range(SCANS):
            for raw, kept in taken.items():
                began = time.perf_counter()
                sums(db, raw, ON_TIME, made.today)
                kept.append(1000 * (time.perf_counter() - began))
    rollups, raw_scan = (statistics.median(taken[raw]) for raw in (False, True))
    return {
        "rollups_ms": round(rollups, 2),
        "raw_scan_ms": round(raw_scan, 2),
        "raw_scan_ratio": round(raw_scan / rollups, 1),
    }


async def measured(made: Campaign, packs: int) -> dict[str, Any]:
    """Everything about a campaign that stands."""
    pack = {
        "url": f"sqlite+aiosqlite:///{made.path}",
        "folder": f"{made.path.parent}/media",
        "format": "pdf",
        "first": FIRST,
        "last": FIRST + timedelta(days=made.days // 2 - 1),
        "span": "m1",
        "regions": ("*",),
        "language": "ru",
        "now": made.now,
    }
    return {
        **counts(made.path),
        "megabytes": made.path.stat().st_size >> 20,
        **scanned(made),
        **await looked_at(made),
        **await packing(made.path, made.now, pack, packs),
    }


async def built(folder: Path, regions: int, pages: int, people: int, days: int) -> dict[str, Any]:
    """The campaign at a tenth and at full size in `folder`, unless it stands there; what building it took, and when it is there."""
    small, full, note = folder / SMALL, folder / FULL, folder / "built.json"
    wanted = {"regions": regions, "pages": pages, "people": people, "days": days}
    if note.exists():
        known: dict[str, Any] = json.loads(note.read_text())
        if any(known[name] != value for name, value in wanted.items()):
            raise SystemExit(f"{folder} holds another campaign: {known}")
        return known
    began = time.perf_counter()
    made = await lived(small, regions, pages // PART, people // PART, days)
    lived_for = time.perf_counter() - began
    began = time.perf_counter()
    await asyncio.to_thread(shutil.copy, small, full)
    await asyncio.to_thread(copy, full, PART)
    copied_for = time.perf_counter() - began
    known = {**wanted, "now": made.now.isoformat(), "lived_for": lived_for, "copied_for": copied_for}
    note.write_text(json.dumps(known))
    return known


async def bench(regions: int, pages: int, people: int, days: int, packs: int, kept: Path | None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="hq-status-") as here:
        folder = Path(here)
        known = await built(kept or folder, regions, pages, people, days)
        if kept is not None:
            for name in (SMALL, FULL):
                await asyncio.to_thread(shutil.copy, kept / name, folder / name)
        now = datetime.fromisoformat(known["now"])
        small, full = (Campaign(folder / name, now, regions, days) for name in (SMALL, FULL))
        apart = [line for made in (small, full) for line in differences(made.path, ON_TIME, made.today)]
        for line in apart[:20]:
            sys.stderr.write(f"{line}\n")
        tenth = await measured(small, 1)
        whole = await measured(full, packs)
    return {
        "regions": regions,
        "pages": pages,
        "people": people,
        "days": days,
        "build_seconds": round(known["lived_for"] + known["copied_for"], 1),
        "copy_seconds": round(known["copied_for"], 1),
        "rollups_differ": len(apart),
        **whole,
        "tenth": {"build_seconds": round(known["lived_for"], 1), **tenth},
        "growth": growth(tenth, whole),
        "rss_mb": max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        // 1024,
    }


def growth(tenth: dict[str, Any], whole: dict[str, Any]) -> float:
    """Of the medians, which say more about the work than the tails; 1 is linear."""
    names = ("screen_p50_ms", "region_p50_ms", "pack_seconds")
    return round(max(float(whole[name]) / float(tenth[name]) / PART for name in names), 2)


def within_bars(result: dict[str, Any]) -> bool:
    bars = {
        "rollups_differ": 0,
        "build_seconds": BUILD,
        "screen_p95_ms": SCREEN,
        "region_p95_ms": REGION,
        "pack_seconds": PACK,
        "tap_p95_ratio_while_packing": TAPS,
        "growth": 1,
    }
    return all(float(result[name]) <= bar for name, bar in bars.items())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.status")
    parser.add_argument("--regions", type=int, default=85)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--packs", type=int, default=3, help="month packs made beside taps, one after the other")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="build the campaign here once, measure copies of it"
    )
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    configure(level=logging.WARNING)  # standard output is for the JSON
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    result = asyncio.run(
        bench(options.regions, options.pages, options.people, options.days, options.packs, options.keep)
    )
    result["within_bars"] = within_bars(result)
    put(result, options.json)
    return int(not result["within_bars"])


if __name__ == "__main__":
    sys.exit(main())
