"""What writing a planned day costs by itself: the same rows, by bare SQLite with production's settings, in one transaction.

No planner that keeps these rows is quicker on the same machine, whatever it reads and reckons: `bench.plan` prints how near it comes.
"""

import sqlite3
import time
from pathlib import Path

from storage.sqlite import PRAGMAS

_TABLES = ("slot", "assignment", "outbox", "due_task", "rollup")
"""Where a day is written, in the order in which they refer to each other."""


def copied(path: Path, before: Path) -> None:
    """The file as it stands before a day is planned."""
    with sqlite3.connect(path) as one, sqlite3.connect(before) as other:
        one.backup(other)


def floor(before: Path, planned: Path) -> tuple[float, float]:
    """Wall and CPU seconds of writing into `before` the rows that `planned` has more."""
    db = sqlite3.connect(before, isolation_level=None)
    for pragma in PRAGMAS:
        db.execute(pragma).fetchall()
    db.execute("ATTACH ? AS planned", (str(planned),))
    last = {table: db.execute(f"SELECT coalesce(max(rowid), 0) FROM main.{table}").fetchone() for table in _TABLES}  # noqa: S608 - our own
    wall, cpu = time.perf_counter(), time.process_time()
    db.execute("BEGIN IMMEDIATE")
    for table in _TABLES:
        more = f"SELECT * FROM planned.{table} WHERE rowid > ? ORDER BY rowid"  # noqa: S608 - our own tables
        db.execute(f"INSERT INTO main.{table} {more}", last[table])
    db.execute("COMMIT")
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    db.close()
    return wall, cpu
