"""What `bench.status` holds against the roll-ups: the same sums out of the facts, by SQL of its own."""

import sqlite3
from pathlib import Path
from typing import Any

_SLOTS = "SELECT page, day, '{name}', count(*) FROM slot WHERE id >= :least AND {where} GROUP BY page, day"
_LATE = "julianday(posted_at) - julianday(at) > :on_time / 1440.0 + 0.000001"
_WHERE = {
    "slots": "state <> 'cancelled'",
    "filled": "state IN ('filled', 'posted', 'missed')",
    "on_time": f"state = 'posted' AND NOT {_LATE}",
    "late": f"state = 'posted' AND {_LATE}",
    "missed": "state = 'missed'",
    "empty": "state = 'empty' AND day < :today",
    "excused": "excuse IS NOT NULL",
}
_SUBSTITUTES = """
    SELECT s.page, s.day, 'substitutes', count(*) FROM assignment a JOIN slot s ON s.id = a.slot_id
    WHERE s.id >= :least AND a.substitute AND a.state IN ('assigned', 'posted', 'missed') GROUP BY s.page, s.day"""
_PEOPLE = """
    SELECT page, day, metric, value FROM figure WHERE id IN (
        SELECT max(id) FROM figure WHERE id >= :least AND state = 'confirmed' AND metric IN ('members', 'followers')
        GROUP BY page, day, metric)"""
_REACTIONS = """
    SELECT page, day, metric, sum(value) FROM figure
    WHERE id >= :least AND state = 'confirmed' AND metric NOT IN ('members', 'followers') GROUP BY page, day, metric"""
RAW = "\nUNION ALL\n".join(
    [*(_SLOTS.format(name=name, where=where) for name, where in _WHERE.items()), _SUBSTITUTES, _PEOPLE, _REACTIONS]
)
"""Rows of page, day, measure, value. Parameters: `least` number of slots and figures, `on_time` minutes, `today`."""
_CAMPAIGN_RAW = f"SELECT measure, sum(value) FROM (SELECT '' AS page, '' AS day, '' AS measure, 0 AS value UNION ALL {RAW}) GROUP BY measure"  # noqa: S608, E501 - ours
_CAMPAIGN = "SELECT measure, sum(value) FROM rollup GROUP BY measure"


def differences(path: Path, on_time: int, today: str) -> list[str]:
    """Every page, day and measure for which roll-up and facts say different things; 0 and nothing are the same."""
    with sqlite3.connect(path) as db:
        facts = {row[:3]: row[3] for row in db.execute(RAW, {"least": 0, "on_time": on_time, "today": today}) if row[3]}
        said = {row[:3]: row[3] for row in db.execute("SELECT page, day, measure, value FROM rollup") if row[3]}
    apart = sorted(key for key in facts.keys() | said.keys() if facts.get(key) != said.get(key))
    return [f"{'/'.join(key)}: roll-up {said.get(key)}, facts {facts.get(key)}" for key in apart]


def counts(path: Path) -> dict[str, int]:
    """How many facts there are."""
    tables = ("slot", "assignment", "proof", "figure", "decision", "commitment", "rollup", "journal")
    with sqlite3.connect(path) as db:
        found = {f"{name}s": int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in tables}  # noqa: S608 - ours
        for name in ("posted", "missed", "empty"):
            (found[name],) = db.execute("SELECT count(*) FROM slot WHERE state = ?", (name,)).fetchone()
        (found["excused"],) = db.execute("SELECT count(*) FROM slot WHERE excuse IS NOT NULL").fetchone()
    return found


def sums(db: sqlite3.Connection, raw: bool, on_time: int, today: str) -> list[Any]:
    """Sums of the whole campaign by measure, out of the facts or out of the roll-ups."""
    known = {"least": 0, "on_time": on_time, "today": today}
    return db.execute(_CAMPAIGN_RAW, known).fetchall() if raw else db.execute(_CAMPAIGN).fetchall()
