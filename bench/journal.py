"""How surely `hq journal verify` finds what somebody with the database did to the journal.

    python -m bench.journal --plants 1000 --json - [--db sqlite|postgres] [--entries 400]

A journal is written and sealed by the production code; then, one at a time and undone after each, entries and details are changed, cut,
inserted and reordered at random, among them cuts of the end and rewritings in which every later seal was computed anew. The verifier knows
what an owner knows: the head that the last daily digest showed. `found` of `planted`; `found_without_head`: by the chain alone, the
baseline. `false_alarms`: of looks at journals that nobody touched, one of them with details erased and entries added since.
"""

import argparse
import asyncio
import random
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bench.databases import databases
from bench.printed import put
from domain.ports import UnitOfWork
from storage.database import open_database
from storage.journal_chain import find_head, journal_chain, journal_details
from storage.portable import sqlite_path
from storage.repositories.journal import payload_digest, seal_of
from storage.tables import journal, journal_payload

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
Plant = Callable[[Connection, random.Random], None]


# -- what is done to it ---------------------------------------------------------------------------------------------------------


def _rows(connection: Connection) -> list[Row[Any]]:
    return list(connection.execute(select(journal).order_by(journal.c.place)))


def _some(connection: Connection, chance: random.Random) -> Row[Any]:
    return chance.choice(_rows(connection))


def _set(connection: Connection, row: Row[Any], **values: Any) -> None:
    connection.execute(update(journal).where(journal.c.seq == row.seq).values(**values))


def change_a_field(connection: Connection, chance: random.Random) -> None:
    row = _some(connection, chance)
    changes: list[dict[str, Any]] = [
        {"actor": row.actor + 1},
        {"action": "draft.rejected"},
        {"object": "draft:999999"},
        {"version": row.version + 1},
        {"at": row.at + timedelta(seconds=1)},
        {"digest": secrets.token_hex(32)},
        {"seal": secrets.token_hex(32)},
    ]
    _set(connection, row, **chance.choice(changes))


def change_and_seal_again(connection: Connection, chance: random.Random) -> None:
    """Somebody knows how a seal is computed, and computes that one."""
    rows = _rows(connection)
    at = chance.randrange(len(rows) - 1)
    _set(connection, rows[at], actor=rows[at].actor + 1)
    changed = connection.execute(select(journal).where(journal.c.seq == rows[at].seq)).one()
    _set(connection, rows[at], seal=seal_of(rows[at - 1].seal if at else "", changed))


def change_details(connection: Connection, chance: random.Random) -> None:
    row = _some(connection, chance)
    connection.execute(
        update(journal_payload).where(journal_payload.c.seq == row.seq).values(payload={"n": "something else"})
    )


def change_details_and_digest(connection: Connection, chance: random.Random) -> None:
    row, salt, details = _some(connection, chance), secrets.token_hex(16), {"n": "something else"}
    values = {"salt": salt, "payload": details}
    connection.execute(update(journal_payload).where(journal_payload.c.seq == row.seq).values(**values))
    _set(connection, row, digest=payload_digest(salt, details))


def cut(connection: Connection, chance: random.Random) -> None:
    rows = _rows(connection)
    first = chance.randrange(len(rows) - 1)
    _delete(connection, rows[first : min(len(rows) - 1, first + chance.randint(1, 5))])


def cut_the_end(connection: Connection, chance: random.Random) -> None:
    """The chain of what is left is whole: only the noted head tells."""
    _delete(connection, _rows(connection)[-chance.randint(1, 20) :])


def cut_and_close_up(connection: Connection, chance: random.Random) -> None:
    """One entry goes, and everything after it is sealed anew."""
    rows = _rows(connection)
    at = chance.randrange(len(rows) - 1)
    _delete(connection, rows[at : at + 1])
    _seal_from(connection, at)


def rewrite(connection: Connection, chance: random.Random) -> None:
    """An entry is changed, and everything from it on is sealed anew."""
    rows = _rows(connection)
    at = chance.randrange(len(rows))
    _set(connection, rows[at], actor=rows[at].actor + 1)
    _seal_from(connection, at)


def swap_contents(connection: Connection, chance: random.Random) -> None:
    one, other = chance.sample(_rows(connection), 2)
    fields = ("at", "actor", "action", "object", "version", "digest")
    _set(connection, one, **{name: getattr(other, name) for name in fields})
    _set(connection, other, **{name: getattr(one, name) for name in fields})


def swap_places(connection: Connection, chance: random.Random) -> None:
    one, other = chance.sample(_rows(connection), 2)
    _set(connection, one, place=0)
    _set(connection, other, place=one.place)
    _set(connection, one, place=other.place)


def insert_one(connection: Connection, chance: random.Random) -> None:
    """A forged entry that follows from a real one, as an entry of before places were kept, or as an extra place."""
    rows = _rows(connection)
    after = chance.choice(rows[:-1])
    forged = {name: getattr(after, name) for name in ("at", "actor", "action", "object", "version", "digest")}
    place = chance.choice([None, rows[-1].place + 2])
    seq = rows[-1].seq + 10
    connection.execute(insert(journal).values(seq=seq, place=place, seal="", **forged))
    row = connection.execute(select(journal).where(journal.c.seq == seq)).one()
    _set(connection, row, seal=seal_of(after.seal, row))


def unseal(connection: Connection, chance: random.Random) -> None:
    """As if entries were new: changed, and left to be sealed by the program."""
    rows = _rows(connection)
    for row in rows[chance.randrange(len(rows)) :][: chance.randint(1, 30)]:
        _set(connection, row, seal=None, place=None, actor=row.actor + 1)


def _delete(connection: Connection, rows: list[Row[Any]]) -> None:
    numbers = [row.seq for row in rows]
    connection.execute(delete(journal_payload).where(journal_payload.c.seq.in_(numbers)))
    connection.execute(delete(journal).where(journal.c.seq.in_(numbers)))


def _seal_from(connection: Connection, at: int) -> None:
    """Seals and places as the program would have made them."""
    rows = _rows(connection)
    previous = rows[at - 1].seal if at else ""
    for place, row in enumerate(rows[at:], at + 1):
        previous = seal_of(previous, row)
        _set(connection, row, seal=previous, place=place)


PLANTS: tuple[Plant, ...] = (
    *(
        change_a_field,
        change_and_seal_again,
        change_details,
        change_details_and_digest,
        cut,
        cut_the_end,
        cut_and_close_up,
    ),
    *(rewrite, swap_contents, swap_places, insert_one, unseal),
)


# -- looking --------------------------------------------------------------------------------------------------------------------


def _alone(connection: Connection) -> bool:
    return bool([*journal_chain(connection), *journal_details(connection)])


def _with_head(connection: Connection, head: str) -> bool:
    return _alone(connection) or find_head(connection, head) is None


def _try(connection: Connection, plant: Plant, chance: random.Random, head: str) -> tuple[bool, bool]:
    """Whether it is found with the head and without; afterwards nothing of it is left."""
    point = connection.begin_nested()
    try:
        plant(connection, chance)
        return _with_head(connection, head), _alone(connection)
    finally:
        point.rollback()


async def journal_tried(url: str, plants: int, entries: int, seed: int) -> dict[str, Any]:
    """Writes the journal, then plants."""
    db = await open_database(url)
    try:
        for start in range(0, entries, 50):
            await db.run(_write, start, min(entries, start + 50))
            await db.run(lambda uow: uow.journal.seal())
        head = await db.read(lambda uow: uow.journal.head())
    finally:
        await db.close()
    assert head is not None  # noqa: S101 - just written
    return await _planted(url, plants, seed, head.seal[:32])


async def _planted(url: str, plants: int, seed: int, head: str) -> dict[str, Any]:
    chance = random.Random(seed)  # noqa: S311 - repeatable
    found, alone, missed = 0, 0, Counter[str]()
    async with _written(url) as connection:
        alarms = int(await connection.run_sync(_with_head, head))
        for number in range(plants):
            plant = PLANTS[number % len(PLANTS)]
            seen, without = await connection.run_sync(_try, plant, chance, head)
            found, alone = found + seen, alone + without
            if not seen:
                missed[plant.__name__] += 1
        await connection.run_sync(lambda c: c.execute(delete(journal_payload).where(journal_payload.c.seq % 7 == 0)))
        alarms += int(await connection.run_sync(_with_head, head))
    return {
        "planted": plants,
        "found": found,
        "found_without_head": alone,
        "missed": dict(missed),
        "false_alarms": alarms,
    }


@asynccontextmanager
async def _written(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection with the rights of whoever holds the database; nothing it does is kept."""
    lite = sqlite_path(url) is not None
    engine = create_async_engine(url, connect_args={"isolation_level": None} if lite else {})
    try:
        async with engine.connect() as connection:
            if lite:
                await connection.exec_driver_sql("BEGIN")  # the driver would not, before a SAVEPOINT
            yield connection
            await connection.rollback()
    finally:
        await engine.dispose()


async def _write(uow: UnitOfWork, start: int, end: int) -> None:
    for number in range(start, end):
        await uow.journal.add(
            at=NOW + timedelta(minutes=number),
            actor=number % 40,
            action="draft.approved",
            object_=f"draft:{number % 97}",
            version=number % 3,
            payload={"n": number},
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plants", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=400)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", default="-", help="where the figures go; - is standard output")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hq-bench-") as folder, databases(args.db, Path(folder)) as create:
        result = {"db": args.db, **asyncio.run(journal_tried(create(), args.plants, args.entries, args.seed))}
    put(result, args.json)
    return int(result["found"] != result["planted"] or result["false_alarms"] > 0)


if __name__ == "__main__":
    sys.exit(main())
