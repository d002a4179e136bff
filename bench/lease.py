"""Changes of the holder of the lease on PostgreSQL: real processes are frozen and thawed, their wall clocks jump about.

    python -m bench.lease --changes 1000 --json -

`late_writes` are writes of a term whose commit lies after the commit of a later term's beginning (by the server's own commit
timestamps); `two_holders` are sends that a process allowed itself after another process had asked for its term.
"""

import argparse
import asyncio
import contextlib
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.databases import created, postgres
from bench.printed import put
from storage.database import Database, open_database
from storage.migrate import upgrade

PROCESSES = 3
LOOK = 0.02
PATIENCE = 60.0
"""Seconds for a change of holder before the bench calls it stuck; the processes have five times that to start."""
_LOGGED = """
CREATE TABLE took_over (term bigint);
CREATE FUNCTION log_term() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN INSERT INTO took_over VALUES (NEW.term); RETURN NEW; END $$;
CREATE TRIGGER log_term AFTER INSERT OR UPDATE OF term ON lease FOR EACH ROW EXECUTE FUNCTION log_term();
"""
_LATE = text(
    "SELECT count(*) FROM due_task t WHERE EXISTS (SELECT 1 FROM took_over o WHERE o.term > (t.params ->> 'term')::bigint"
    " AND pg_xact_commit_timestamp(o.xmin) < pg_xact_commit_timestamp(t.xmin))"
)


@dataclass
class Group:
    """Some processes over one database."""

    url: str
    folder: Path
    term: float
    chance: random.Random
    processes: dict[int, asyncio.subprocess.Process] = field(default_factory=dict)
    takeovers: list[float] = field(default_factory=list)

    async def start(self) -> None:
        for number in range(PROCESSES):
            log, seed = str(self.folder / f"{number}.log"), str(self.chance.randrange(10**6))
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bench.lease_side", self.url, str(self.term), log, seed
            )
            self.processes[process.pid] = process

    async def stop(self) -> None:
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def change(self, db: Database, times: int) -> None:
        """Freeze the holder at a random moment, wait for the next, thaw it at a random moment."""
        term, pid = await self._holder_after(db, 0, patience=5 * PATIENCE)
        for _ in range(times):
            await asyncio.sleep(self.chance.uniform(0, self.term))  # spreads the moments, waits for nothing
            holder = self.processes[pid]
            holder.send_signal(signal.SIGSTOP)
            began = time.monotonic()
            now_term, now_pid = await self._holder_after(db, term, but=pid)
            self.takeovers.append(time.monotonic() - began)
            await asyncio.sleep(self.chance.uniform(0, self.term / 4))
            holder.send_signal(signal.SIGCONT)
            term, pid = now_term, now_pid

    async def _holder_after(self, db: Database, term: int, but: int = 0, patience: float = PATIENCE) -> tuple[int, int]:
        async with asyncio.timeout(patience):
            while True:
                found = await db.read(_lease)
                if found is not None and found[0] > term and found[1] != but:
                    return found
                await asyncio.sleep(LOOK)

    async def count(self, db: Database) -> dict[str, int]:
        """What must be 0, and how much was tried."""
        asked: dict[int, float] = {}
        sends: list[tuple[int, float]] = []
        for kind, number, at in self._lines():
            if kind == "T":
                asked[number] = at
            else:
                sends.append((number, at))
        latest, later = float("inf"), {}
        for number in sorted(asked, reverse=True):
            later[number] = latest
            latest = min(latest, asked[number])
        writes, late = await db.read(_writes)
        return {
            "writes": writes,
            "sends": len(sends),
            "late_writes": late,
            "two_holders": sum(at >= later.get(number, float("inf")) for number, at in sends),
        }

    def _lines(self) -> Iterator[tuple[str, int, float]]:
        for log in self.folder.glob("*.log"):
            for line in log.read_text("utf-8").splitlines():
                parts = line.split()
                if len(parts) == 3:  # the last may have been cut off by the end of its process
                    yield parts[0], int(parts[1]), float(parts[2])


async def _lease(uow: Any) -> tuple[int, int] | None:
    found = (await uow.session.execute(text("SELECT term, holder FROM lease"))).first()
    return None if found is None else (int(found.term), int(found.holder.split(":")[1]))


async def _writes(uow: Any) -> tuple[int, int]:
    total = (await uow.session.execute(text("SELECT count(*) FROM due_task"))).scalar()
    return int(total), int((await uow.session.execute(_LATE)).scalar())


def _note_commits(server: Any) -> None:
    """From now on it notes when each transaction was committed."""
    server.psql("ALTER SYSTEM SET track_commit_timestamp = on;")
    server.stop()
    server.ensure_postgres_running()


async def lease(changes: int, term: float, groups: int, seed: int = 1) -> dict[str, Any]:
    """So many changes of holder, spread over `groups` databases side by side."""
    shares = [changes // groups + (number < changes % groups) for number in range(groups)]
    shares = [share for share in shares if share]
    with postgres() as server:
        _note_commits(server)
        await upgrade(created(server, "template_hq"))
        jobs = [(created(server, f"lease_{n}", "template_hq"), share) for n, share in enumerate(shares)]
        with tempfile.TemporaryDirectory(prefix="hq-lease-") as folder:
            results = await asyncio.gather(
                *(_one(url, Path(folder) / str(n), share, term, seed + n) for n, (url, share) in enumerate(jobs))
            )
    takeovers = [seconds for one, _ in results for seconds in one.takeovers]
    counts = {name: sum(found[name] for _, found in results) for name in results[0][1]}
    return {
        "changes": len(takeovers),
        "term_s": term,
        **counts,
        "takeover_s_max": round(max(takeovers), 2),
        "takeover_terms_max": round(max(takeovers) / term, 2),
    }


async def _one(url: str, folder: Path, share: int, term: float, seed: int) -> tuple[Group, dict[str, int]]:
    db = await open_database(url, migrate=False)
    await asyncio.to_thread(folder.mkdir)
    group = Group(url, folder, term, random.Random(seed))  # noqa: S311 - repeatable, not secret
    try:
        await db.run(_log_terms)
        await group.start()
        await group.change(db, share)
        return group, await group.count(db)
    finally:
        await group.stop()
        await db.close()


async def _log_terms(uow: Any) -> None:
    for statement in _LOGGED.split(";\n"):
        if statement.strip():
            await uow.session.execute(text(statement))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.lease")
    parser.add_argument("--changes", type=int, default=40)
    parser.add_argument("--term", type=float, default=0.8, help="seconds; the program's own default is 15")
    parser.add_argument("--groups", type=int, default=4, help="databases side by side, three processes each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    found = asyncio.run(lease(options.changes, options.term, options.groups, options.seed))
    put(found, options.json)


if __name__ == "__main__":
    main()
