"""Backups while people work: each is restored, and nothing damaged ever is.

    python -m bench.backup --cycles 50 --damaged 100 --json - [--db sqlite|postgres]

A process of its own hands in and approves drafts all the time. Each backup is restored into an empty database of the same engine, verified
there, and compared with what had been committed when the backup ended: `stale_s_max` is the age of the oldest write that is not in it.
"""

import argparse
import asyncio
import contextlib
import itertools
import random
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.backup_side import marks_of, prepare
from bench.damage import DAMAGES
from bench.databases import databases
from bench.printed import put
from storage.backup import make
from storage.database import open_database
from storage.restore import restore
from storage.sealed import Refused
from storage.tally import facts_of_drafts
from storage.verify import verify

STALE_S = 60.0
"""The promise: a backup holds everything that is older than this."""
OTHER_KEY = "another_key"


async def backup(cycles: int, damaged: int, engine: str = "sqlite", seed: int = 1) -> dict[str, Any]:
    """Take, restore and look over `cycles` backups under load, then try to restore `damaged` damaged ones."""
    with (
        tempfile.TemporaryDirectory(prefix="hq-bench-", ignore_cleanup_errors=True) as name,
        databases(engine, Path(name)) as new,
    ):
        folder, url, key = Path(name), new(), secrets.token_bytes(32)
        await prepare(url, folder / "media")
        async with _writing(url, folder):
            result, good = await _cycles(cycles, url, new, folder, key)
        chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        refused = await _damaged(_copies(good, damaged, chance), new(), folder / "restored", key)
        await restore(good, key, new(), folder / "restored")  # undamaged, it is taken
        return {"db": engine, **result, "damaged": damaged, "refused": refused}


async def _cycles(
    cycles: int, url: str, new: Callable[[], str], folder: Path, key: bytes
) -> tuple[dict[str, Any], Path]:
    """What came of them, and the last backup."""
    restored, failures, stale, rows, slowest = 0, 0, 0.0, 0, 0.0
    for number in range(cycles):
        began = time.time()
        # A folder each: names go by the second, and two can fall into one.
        made = await make(url, folder / "media", folder / f"backups-{number}", key, now=datetime.now(UTC))
        ended = time.time()
        marks = marks_of(folder / "marks")
        place, media = new(), folder / f"media-{number}"
        await restore(made.path, key, place, media)
        restored += 1
        failures += bool(await verify(place, media) or made.problems)
        there = await _numbers(place)
        missing = [at for mark, at in marks.items() if mark not in there and at <= ended]
        failures += bool(there) and max(there) - min(there) + 1 != len(there)  # one lacks what was before another
        stale = max([stale, *(ended - at for at in missing)])
        rows, slowest = made.rows, max(slowest, ended - began)
    return {
        "cycles": cycles,
        "restored": restored,
        "stale_s_max": round(stale, 2),
        "verify_failures": failures,
        "rows": rows,
        "backup_s_max": round(slowest, 2),
    }, made.path


async def _numbers(url: str) -> set[int]:
    """The numbers of the drafts that are there."""
    db = await open_database(url, migrate=False)
    texts, _ = await db.read(facts_of_drafts)
    await db.close()
    return {int(text.rpartition(" ")[2]) for text in texts}


@contextlib.asynccontextmanager
async def _writing(url: str, folder: Path) -> AsyncIterator[None]:
    """People at work in a process of its own, until the end of the block."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.backup_side",
        str(folder),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert child.stdin is not None  # noqa: S101 - asked for above
    assert child.stdout is not None  # noqa: S101 - asked for above
    try:
        child.stdin.write(f"{url}\n".encode())
        await child.stdout.readline()  # it has begun
        yield
        if child.returncode is not None:
            raise RuntimeError(f"the writer ended by itself with {child.returncode}")
    finally:
        if child.returncode is None:
            child.terminate()
        await child.wait()


async def _damaged(copies: Iterator[tuple[str, Path]], place: str, media: Path, key: bytes) -> int:
    """How many were refused with nothing written."""
    refused = 0
    for kind, copy in copies:
        try:
            await restore(copy, secrets.token_bytes(32) if kind == OTHER_KEY else key, place, media)
        except Refused:
            refused += not _exists(media)
    return refused


def _copies(good: Path, times: int, chance: random.Random) -> Iterator[tuple[str, Path]]:
    """Kinds of damage in turn, each with a copy that has it."""
    data, copy = good.read_bytes(), good.with_name("damaged")
    kinds = itertools.cycle([*DAMAGES, OTHER_KEY])
    for kind in itertools.islice(kinds, times):
        copy.write_bytes(DAMAGES[kind](data, chance) if kind in DAMAGES else data)
        yield kind, copy


def _exists(path: Path) -> bool:
    return path.exists()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.backup")
    parser.add_argument("--cycles", type=int, default=5)
    parser.add_argument("--damaged", type=int, default=24)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    result = asyncio.run(backup(options.cycles, options.damaged, options.db, options.seed))
    put(result, options.json)
    fine = result["restored"] == options.cycles and result["refused"] == options.damaged
    return int(not fine or bool(result["verify_failures"]) or result["stale_s_max"] > STALE_S)


if __name__ == "__main__":
    sys.exit(main())
