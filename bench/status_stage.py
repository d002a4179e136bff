"""The campaign of `bench.status` before anything happens in it: regions in eleven zones, pages with norms, people, staff, targets.

Written straight into a migrated SQLite file: how people join is not what is measured.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from bench.plan_stage import HOURS, JOINED, LINE, zone_of
from domain.consent import CONSENT

MANAGER, PRESS, STAFF = 1, 2, 2
"""Numbers of those who work for all regions; everybody else is a volunteer."""
ACCOUNT = 10**6
"""Telegram accounts are the people's numbers from here on."""
KINDS = ("official", "group", "group", "personal", "group", "official", "group", "personal", "group", "group")
NETWORKS = ("vk", "ok", "x", "vk")
WINDOWS = '[["09:00", "12:00"], ["18:00", "21:00"]]'
POSTS, GAP, CAP = 2, 120, 3
UNREACHABLE = 400
"""One in so many people has blocked the bot."""
MEMBERS = 4_000


def stage(path: str, regions: int, pages: int, people: int, first: date, days: int) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("BEGIN IMMEDIATE")
    names = [f"r{n:02}" for n in range(regions)]
    zones = [zone_of(n) for n in range(regions)]
    _campaign(db, names, zones, pages, first, days)
    _people(db, names, zones, people)
    _pages(db, names, zones, pages)
    db.execute("COMMIT")
    db.close()


def _campaign(
    db: sqlite3.Connection, names: Sequence[str], zones: Sequence[str], pages: int, first: date, days: int
) -> None:
    middle, last = first + timedelta(days=days // 2 - 1), first + timedelta(days=days)
    row = (1, "Campaign", *(day.isoformat() for day in (first, middle, last)), zones[0])
    put(db, "campaign", "id, name, starts, phase_end, ends, zone", [row])
    rows = ((name, f"Region {name}", zone, json.dumps([zone])) for name, zone in zip(names, zones, strict=True))
    put(db, "region", "code, name, zone, zones", rows)
    wanted = MEMBERS * pages // 2
    networks = {"members": '["vk", "ok"]', "followers": '["x"]'}
    headline = ((m, m, m, m, of, '["official", "group"]', wanted, last.isoformat()) for m, of in networks.items())
    put(db, "target", "code, title, title_ru, metric, platforms, kinds, value, due", headline)


def _people(db: sqlite3.Connection, names: Sequence[str], zones: Sequence[str], people: int) -> None:
    home = {n: n % len(names) for n in range(1, people + STAFF + 1)}
    put(
        db,
        "person",
        "id, number, name, language, zone, region, status, reachable, digest_at, quiet_from, quiet_to, consent_at,"
        " consent_version, version",
        (
            (
                n,
                n,
                f"Person {n}",
                "ru",
                zones[at],
                names[at],
                "active",
                int(n % UNREACHABLE != 7),
                *HOURS,
                JOINED,
                CONSENT,
                1,
            )
            for n, at in home.items()
        ),
    )
    account = "telegram_id, person_id, username, linked_at, active"
    put(db, "telegram_account", account, ((ACCOUNT + n, n, "", JOINED, 1) for n in home))
    staff = [(MANAGER, "manager", "*", JOINED), (PRESS, "press_secretary", "*", JOINED)]
    volunteers = ((n, "volunteer", names[at], JOINED) for n, at in home.items() if n > STAFF)
    put(db, "membership", "person_id, role, region, granted_at", [*staff, *volunteers])


def _pages(db: sqlite3.Connection, names: Sequence[str], zones: Sequence[str], pages: int) -> None:
    """Personal pages are kept by the first volunteers of their region, the others by the next ones."""
    codes = [page_code(n, len(names)) for n in range(pages)]
    row = "code, platform, kind, title, region, zone, addresses, imprint, approvals_needed, keeper_id, active"
    made = []
    for n, code in enumerate(codes):
        at = n % len(names)
        keeper = keeper_of(n, len(names))
        known = (code, NETWORKS[n % 4], KINDS[n % len(KINDS)], f"Page {code}", names[at], zones[at])
        made.append((*known, "[]", LINE, 1, keeper, 1))
    put(db, "page", row, made)
    norm = "page, per_weekday, windows, gap_minutes, daily_cap"
    put(db, "norm", norm, ((code, json.dumps([POSTS] * 7), WINDOWS, GAP, CAP) for code in codes))


def page_code(number: int, regions: int) -> str:
    return f"r{number % regions:02}-page-{number:04}"


def keeper_of(number: int, regions: int) -> int:
    """A volunteer of the page's region."""
    first = STAFF + 1 + (number % regions - STAFF - 1) % regions
    return first + number // regions * regions


def put(db: sqlite3.Connection, table: str, names: str, rows: Iterable[Sequence[Any]]) -> None:
    marks = ", ".join("?" for _ in names.split(", "))
    db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names of our own tables
