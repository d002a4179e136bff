"""Nothing of erased people is left: database, its log, exports, logs, a backup from before that is restored afterwards.

    python -m bench.erasure --people 100 --json -
    python -m bench.erasure --people 100 --db postgres --json -

Each person gets a row in every table that knows people, with a marker of their own in each column that holds words, and a text that was
published. All of them are erased; the markers are looked for as rows and as bytes of the files. `planted` counts columns with a marker
before, so that a search that finds nothing is known to have had something to find.
"""

import argparse
import asyncio
import contextlib
import io
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench.databases import databases
from bench.erasure_stage import NOW, PUBLIC, ground, plant, planted
from bench.printed import put
from bot.clock import MovableClock
from bot.export_work import Order, make
from bot.logs import configure
from bot.traces import Traces
from domain.usecases.my_data import MyFile
from reports import my_data as report
from storage import backup
from storage.database import Database, open_database
from storage.erased import NAME, read_list
from storage.media import MediaFolder
from storage.restore import restore
from storage.sealed import new_key, read_key
from storage.tables import metadata
from storage.uow import SqlUnitOfWork
from storage.verify import verify
from texts.words import words_for

MARKER = re.compile(rb"Zq\d{4}x")
ENGINES = ("sqlite", "postgres")


async def erasure(people: int, engine: str = "sqlite") -> dict[str, Any]:
    """Plant, back up, erase, look everywhere."""
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="hq-erasure-") as folder,
        databases(engine, place := Path(folder)) as urls,
        _logged() as log,
    ):
        result = await _Run(place, urls, engine, people).all()
        result["markers_in_logs"] = _hits([log.getvalue().encode()])
    return {**result, "seconds": round(time.monotonic() - began, 1)}


@contextlib.contextmanager
def _logged() -> Iterator[io.StringIO]:
    """Everything that the program says meanwhile."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        configure(as_json=True)
        yield said
    configure(as_json=True)


class _Run:
    def __init__(self, place: Path, urls: Callable[[], str], engine: str, people: int) -> None:
        self.place = place
        self.engine = engine
        self.media = place / "media"
        self.backups = place / "backups"
        self.data = place
        self.everybody = [planted(number) for number in range(people)]
        self.stays = planted(9999)
        self.url, self.again = urls(), urls()

    async def all(self) -> dict[str, Any]:
        db = await open_database(self.url)
        try:
            await self._plant(db)
            before = await _rows(db)
            new_key(self.place / "key")
            key = read_key(self.place / "key")
            made = await backup.make(self.url, self.media, self.backups, key, now=NOW)
            seconds = await self._erase(db)
            await self._settle(db)
            rows = await _rows(db)
            exports = await self._exports(db)
        finally:
            await db.close()
        files, log = self._bytes()
        problems = await self._broken(self.url, self.media)
        done = await restore(made.path, key, self.again, self.place / "media-again", read_list(self.backups / NAME))
        restored = await self._restored()
        problems += await self._broken(self.again, self.place / "media-again")
        own = self._own
        return {
            "db": self.engine,
            "people": len(self.everybody),
            "planted": len({name for one in self.everybody for name in one.columns}),
            "markers_before": own([before]),
            "markers_in_database": own([rows]) + own(files),
            "markers_in_wal": own(log),
            "markers_in_media": own(self._media(self.media)),
            "markers_in_exports": own(exports),
            "exports_read": len(exports),
            "erased_again": done.erased,
            "markers_in_restored_backup": own(restored),
            "published_texts_kept": rows.count(PUBLIC.encode()),
            "left_to_others": _hits([rows]) - own([rows]),
            "journal_valid": not problems,
            "problems": problems[:5],
            "longest_erasure_ms": round(max(seconds) * 1000, 1),
        }

    def _own(self, where: Iterable[bytes]) -> int:
        """Markers of those who were erased; whoever stays has one too."""
        return sum(found != self.stays.marker.encode() for data in where for found in MARKER.findall(data))

    async def _plant(self, db: Database) -> None:
        folder = MediaFolder(self.media)
        await db.run(ground)
        for one in (*self.everybody, self.stays):
            await db.run(plant, one, folder)
        while await db.run(lambda uow: uow.journal.seal()):
            pass

    async def _erase(self, db: Database) -> list[float]:
        seconds = []
        for one in self.everybody:
            began = time.monotonic()
            await db.run(_erase, one.person_id)
            seconds.append(time.monotonic() - began)
        return seconds

    async def _settle(self, db: Database) -> None:
        if self.engine == "postgres":
            self.data = await _as_documented(self.url)
        traces = Traces(db, db, MovableClock(NOW), self.media, self.backups)
        assert await traces.clear(thorough=True) == len(self.everybody)  # noqa: S101 - a bench that clears nothing measures nothing
        if self.engine == "postgres":
            await _checkpoints(self.url)

    async def _exports(self, db: Database) -> list[bytes]:
        """What can be had from the database afterwards: somebody else's file, and every table of the campaign."""
        parts = await db.read(lambda uow: uow.my_data.parts(self.stays.person_id))
        person = await db.read(lambda uow: uow.people.get(self.stays.person_id))
        mine = MyFile(person, parts)
        found = [report.page(mine, words_for("ru"), NOW).encode(), repr(report.as_json(mine, NOW)).encode()]
        span = ("all", date(2026, 3, 1), date(2026, 4, 30), ("*",), "ru", NOW + timedelta(days=2))
        for kind in ("csv", "xlsx"):
            made = await make(Order(self.url, str(self.place / "exports"), kind, *span))
            with zipfile.ZipFile(MediaFolder(self.place / "exports").path(made.sha256)) as archive:
                found += [archive.read(name) for name in archive.namelist()]
        return found

    def _bytes(self) -> tuple[list[bytes], list[bytes]]:
        """The database's files as they lie on the disk, and its log."""
        if self.engine == "sqlite":
            files = [path.read_bytes() for path in self.place.glob("hq-0.sqlite3*") if not path.name.endswith("-wal")]
            return files, [path.read_bytes() for path in self.place.glob("hq-0.sqlite3-wal")]
        base = [path.read_bytes() for path in (self.data / "base").rglob("*") if path.is_file()]
        return base, [path.read_bytes() for path in (self.data / "pg_wal").rglob("*") if path.is_file()]

    def _media(self, folder: Path) -> list[bytes]:
        return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]

    async def _restored(self) -> list[bytes]:
        db = await open_database(self.again)
        try:
            rows = await _rows(db)
        finally:
            await db.close()
        raw = [path.read_bytes() for path in self.place.glob("hq-1.sqlite3*")]
        return [rows, *raw, *self._media(self.place / "media-again")]

    async def _broken(self, url: str, media: Path) -> list[str]:
        """What is wrong with the record. The planted plan has no roll-ups: that is no news."""
        wanted = ("integrity", "schema", "references", "contents", "journal", "media", "inbox")
        return [str(one) for one in await verify(url, media) if one.name.startswith(wanted)]


async def _erase(uow: SqlUnitOfWork, person_id: int) -> None:
    await uow.erasures.erase(person_id, by_operator="self", now=NOW)


async def _rows(db: Database) -> bytes:
    """Every value of every row."""

    async def everything(uow: SqlUnitOfWork) -> bytes:
        rows = [(await uow.session.execute(select(table))).all() for table in metadata.sorted_tables]
        return "\n".join(repr(tuple(row)) for found in rows for row in found).encode()

    return await db.read(everything)


def _hits(where: Iterable[bytes]) -> int:
    return sum(len(MARKER.findall(data)) for data in where)


async def _as_documented(url: str) -> Path:
    """What docs/privacy.md asks of a PostgreSQL: segments of its log are removed, not used again. Returns where its files lie."""
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url)
    async with engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in ("ALTER SYSTEM SET wal_recycle = off", "SELECT pg_reload_conf()"):
            await alone.exec_driver_sql(statement)
        folder = (await alone.exec_driver_sql("SHOW data_directory")).scalar_one()
    await engine.dispose()
    return Path(folder)


async def _checkpoints(url: str) -> None:
    """As an hour of work makes them by itself."""
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url)
    async with engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in ("CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT"):
            await alone.exec_driver_sql(statement)
    await engine.dispose()


def _whole(result: dict[str, Any]) -> bool:
    left = sum(value for name, value in result.items() if name.startswith("markers_in_"))
    there = result["markers_before"] > 0 and result["published_texts_kept"] > 0
    return left == 0 and there and bool(result["journal_valid"]) and result["erased_again"] == result["people"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--db", choices=ENGINES, default="sqlite")
    parser.add_argument("--json", default="-", metavar="FILE", help='where the result goes; "-" is standard output')
    options = parser.parse_args()
    result = asyncio.run(erasure(options.people, options.db))
    put(result, options.json)
    sys.exit(0 if _whole(result) else 1)


if __name__ == "__main__":
    main()
