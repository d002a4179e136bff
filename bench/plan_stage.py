"""The campaign of `bench.plan`: regions in eleven zones, pages with norms, people with a page of their own, a day's approved texts.

    python -m bench.plan_stage FILE --people … | --day YYYY-MM-DD      as a process of its own: its memory is not the planner's

Written straight into a migrated SQLite file: how a text is approved is not what is measured.
"""

import argparse
import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bench.silence_stage import OFFSETS
from domain.content_digest import content_digest

ZONES = tuple(OFFSETS)
WEIGHTS = (1, 40, 5, 10, 4, 7, 4, 5, 5, 2, 2)
"""Regions of each zone among 85: most of the country keeps Moscow time."""
WINDOWS = (
    '[["09:00", "12:00"], ["18:00", "21:00"]]',
    '[["09:00", "12:00"]]',
    '[["12:00", "15:00"]]',
    '[["18:00", "21:00"]]',
)
"""Of official and group pages, and of people's own."""
GAP, SHARED_A_DAY, CAP = 120, 2, 3
DECIDER = 1
LINE = "Published by the headquarters"
NETWORKS = ("vk", "ok", "x")
HOURS = ("08:00:00.000000", "22:00:00.000000", "08:00:00.000000")
"""Of the day's list, and quiet ones from and to."""
JOINED = "2026-08-01 09:00:00.000000"


def zone_of(region: int) -> str:
    """Regions take their zones in turn, by weight."""
    turns = [zone for zone, weight in zip(ZONES, WEIGHTS, strict=True) for _ in range(weight)]
    return turns[region * 37 % len(turns)]


def _add(db: sqlite3.Connection, table: str, names: str, rows: Iterator[Sequence[Any]]) -> None:
    marks = ", ".join("?" for _ in names.split(", "))
    db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names of our own tables


def people_and_pages(db: sqlite3.Connection, regions: int, pages: int, people: int, first: date, days: int) -> None:
    """Everything but texts."""
    last = (first + timedelta(days=days)).isoformat()
    _add(
        db,
        "campaign",
        "id, name, starts, phase_end, ends, zone",
        iter([(1, "C", first.isoformat(), last, last, ZONES[1])]),
    )
    names = [f"r{n:02}" for n in range(regions)]
    zones = [zone_of(n) for n in range(regions)]
    rows = ((names[n], names[n], zones[n], json.dumps([zones[n]])) for n in range(regions))
    _add(db, "region", "code, name, zone, zones", rows)
    everybody = range(DECIDER, people + DECIDER + 1)
    home = {n: n % regions for n in everybody}
    _add(
        db,
        "person",
        "id, number, name, language, zone, region, status, reachable, digest_at, quiet_from, quiet_to, consent_at, version",
        ((n, n, f"P{n}", "ru", zones[home[n]], names[home[n]], "active", 1, *HOURS, JOINED, 1) for n in everybody),
    )
    _add(
        db,
        "telegram_account",
        "telegram_id, person_id, username, linked_at, active",
        ((10**6 + n, n, "", JOINED, 1) for n in everybody),
    )
    _add(
        db,
        "membership",
        "person_id, role, region, granted_at",
        ((n, "volunteer", names[home[n]], JOINED) for n in everybody if n != DECIDER),
    )
    page = "code, platform, kind, title, region, zone, addresses, imprint, approvals_needed, keeper_id, active"
    own = (
        (own_code(n, regions), "vk", "personal", names[home[n]], zones[home[n]], n) for n in everybody if n != DECIDER
    )
    shared = (
        (
            shared_code(n, regions),
            NETWORKS[n % 3],
            ("official", "group")[n % 2],
            names[n % regions],
            zones[n % regions],
            None,
        )
        for n in range(pages)
    )
    for some in (shared, own):
        _add(db, "page", page, ((c, p, k, c, r, z, "[]", LINE, 1, keeper, 1) for c, p, k, r, z, keeper in some))
    norm = "page, per_weekday, windows, gap_minutes, daily_cap"
    _add(
        db,
        "norm",
        norm,
        ((shared_code(n, regions), json.dumps([SHARED_A_DAY] * 7), WINDOWS[0], GAP, CAP) for n in range(pages)),
    )
    mine = (
        (own_code(n, regions), "[1, 1, 1, 1, 1, 1, 1]", WINDOWS[1 + n % 3], GAP, CAP) for n in everybody if n != DECIDER
    )
    _add(db, "norm", norm, mine)
    hours = "person_id, hours, weekdays, at_night"
    declared = ((n, '["09:00-21:00"]', "[1, 2, 3, 4, 5, 6, 7]", 0) for n in everybody if n % 20 == 0)
    _add(db, "person_availability", hours, declared)


def shared_code(number: int, regions: int) -> str:
    """Codes begin with the region, as people name pages."""
    return f"r{number % regions:02}-shared-{number:04}"


def own_code(number: int, regions: int) -> str:
    return f"r{number % regions:02}-own-{number:06}"


def texts_of(db: sqlite3.Connection, day: date) -> None:
    """A text of their own for every volunteer, two for the pages of each region, approved the day before; 1 % have the day off."""
    (first,) = db.execute("SELECT coalesce(max(id), 0) + 1 FROM draft").fetchone()
    keepers = db.execute("SELECT code, keeper_id, region FROM page WHERE kind = 'personal' ORDER BY code").fetchall()
    regions: dict[str, list[str]] = {}
    for code, region in db.execute("SELECT code, region FROM page WHERE kind <> 'personal' ORDER BY code"):
        regions.setdefault(region, []).append(code)
    texts = [(keeper, region, [code]) for code, keeper, region in keepers]
    texts += [(DECIDER + 1, region, codes) for region, codes in sorted(regions.items()) for _ in range(SHARED_A_DAY)]
    at = datetime.combine(day - timedelta(days=1), datetime.min.time()).isoformat(" ", "microseconds")
    numbered = list(enumerate(texts, first))
    _add(
        db,
        "draft",
        "id, author_id, region, state, version, updated_at, submitted_at, settled_at",
        ((n, author, region, "approved", 1, at, at, at) for n, (author, region, _) in numbered),
    )
    words = "draft_id, version, text, media, digest, created_at"
    said = ((n, f"In our own words, number {n}") for n, _ in numbered)
    _add(db, "content", words, ((n, 1, text, "[]", content_digest(text, ()), at) for n, text in said))
    _add(db, "draft_page", "draft_id, page", ((n, code) for n, (_, _, codes) in numbered for code in codes))
    _add(
        db,
        "decision",
        "draft_id, version, approver_id, verdict, at, imprints",
        ((n, 1, DECIDER, "approve", at, json.dumps([[c, "", LINE] for c in codes])) for n, (_, _, codes) in numbered),
    )
    off = ((keeper, day.isoformat()) for _, keeper, _ in keepers if (keeper + day.toordinal()) % 100 == 0)
    _add(db, "day_off", "person_id, day", off)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.plan_stage")
    parser.add_argument("file")
    parser.add_argument("--regions", type=int, default=85)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--day", type=date.fromisoformat, required=True)
    options = parser.parse_args()
    db = sqlite3.connect(options.file, isolation_level=None)
    for pragma in ("synchronous=OFF", "cache_size=-200000", "busy_timeout=5000"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN IMMEDIATE")
    if options.people:
        people_and_pages(db, options.regions, options.pages, options.people, options.day, options.days)
    else:
        texts_of(db, options.day)
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


if __name__ == "__main__":
    main()
