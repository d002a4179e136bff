"""Restoring a backup into an empty place: all of it, or nothing."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.privacy import ErasureMark
from storage import portable
from storage.migrate import known, migrate_to
from storage.places import MediaPlace, database_place, media_place
from storage.repositories.erasure import ErasureRepository
from storage.sealed import Refused, open_sealed
from storage.session import NetworkSession

_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Head:
    """What stands at the beginning of a backup."""

    campaign: str
    revision: str
    taken_at: datetime
    tables: portable.Spec


@dataclass(frozen=True)
class Restored:
    """What is there now. `lost`: media that were missing already when the backup was made. `erased`: people erased again."""

    campaign: str
    taken_at: datetime
    rows: int
    files: int
    lost: tuple[str, ...]
    erased: int = 0


async def restore(file: Path, key: bytes, url: str, media: Path | None, erased: Sequence[ErasureMark] = ()) -> Restored:
    """Put a backup into an empty database and an empty media folder; None: media are looked through and not kept.

    `erased`: who was erased since is erased again before anything appears.
    `Refused` (damaged, another key, newer, or the place is not empty) leaves everything as it was.
    """
    try:
        with file.open("rb") as raw:
            _read_through(raw, key)
            reader = open_sealed(raw, key)
            head = _head(reader)
            with media_place(media) as place:
                async with database_place(url) as connection:
                    await connection.run_sync(migrate_to, head.revision)
                    end = await _Loading(connection, head.tables, place).load(reader)
                    await _compare(connection, head.tables, end["tables"])
                    await connection.run_sync(migrate_to, "head")
                    await connection.run_sync(_number_on)
                    again = await _erase_again(connection, erased, place)
                    place.settle()
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"the backup cannot be understood ({type(error).__name__}): nothing was written") from error
    except SQLAlchemyError as error:
        raise Refused(f"the database did not take it: {portable.in_one_line(error)}") from error
    except OSError as error:
        raise Refused(f"{error.filename or file}: {error.strerror}") from error
    rows = sum(count for count, _ in end["tables"].values())
    return Restored(head.campaign, head.taken_at, rows, end["files"], tuple(end["lost"]), again)


def _read_through(raw: BinaryIO, key: bytes) -> None:
    """Nothing is touched before the whole file is known to be what was once sealed."""
    reader = open_sealed(raw, key)
    while reader.read(_PIECE):
        pass
    raw.seek(0)


def _head(reader: io.BufferedReader) -> Head:
    found = json.loads(reader.readline())
    head = Head(found["campaign"], found["revision"], datetime.fromisoformat(found["taken_at"]), found["tables"])
    if head.revision not in known():
        raise Refused(f"the backup is at revision {head.revision}: it was made by a newer version of this program")
    return head


class _Loading:
    """Lines into tables, files into the media folder."""

    def __init__(self, connection: AsyncConnection, tables: portable.Spec, place: MediaPlace) -> None:
        self._connection = connection
        self._tables = tables
        self._place = place
        self._sums = {name: portable.Sum() for name in tables}
        self._rows: list[dict[str, Any]] = []
        self._table = ""
        self._files = 0

    async def load(self, reader: io.BufferedReader) -> dict[str, Any]:
        """Everything up to the end line, which is returned and must agree with what came before it."""
        while line := reader.readline():
            if line.startswith(b"["):
                await self._row(line)
                continue
            await self._flush()
            note = json.loads(line)
            if "end" in note:
                return self._agreed(note["end"], reader)
            if "file" in note:
                self._place.take(note["file"], note["size"], reader)
                self._files += 1
            else:
                self._table = note["table"]
        raise Refused("the backup ends too early: nothing was written")

    async def _row(self, line: bytes) -> None:
        self._sums[self._table].add(line)
        self._rows.append(portable.values(line, self._tables[self._table]))
        if len(self._rows) == portable.AT_ONCE:
            await self._flush()

    async def _flush(self) -> None:
        if self._rows:
            table = portable.bare(self._table, self._tables[self._table])
            await self._connection.execute(insert(table), self._rows)
            self._rows = []

    def _agreed(self, end: dict[str, Any], reader: io.BufferedReader) -> dict[str, Any]:
        sums = {name: found.said() for name, found in self._sums.items()}
        if reader.read(1) or sums != end["tables"] or self._files != end["files"]:
            raise Refused("the backup does not add up: nothing was written")
        return end


async def _compare(connection: AsyncConnection, tables: portable.Spec, wanted: dict[str, list[Any]]) -> None:
    """Read back what the database now holds."""
    for name, columns in tables.items():
        found = portable.Sum()
        async for line in portable.lines(connection, name, columns):
            found.add(line)
        if found.said() != wanted[name]:
            raise Refused(f"the database does not give back what was put into {name}: nothing was written")


async def _erase_again(connection: AsyncConnection, erased: Sequence[ErasureMark], place: MediaPlace) -> int:
    """Whoever was erased after the backup was taken; returns how many of them were in it."""
    repository = ErasureRepository(_Session(connection))
    done = {one.mark for one in await repository.marks()}
    again = 0
    for mark in erased:
        person_id = None if mark.mark in done else await repository.find_marked(mark)
        if person_id is None:
            continue
        gone = await repository.erase(
            person_id, by_operator=mark.by_operator, now=mark.at, mark=replace(mark, person_id=person_id)
        )
        for sha256 in gone.files:
            place.drop(sha256)
        again += 1
    await repository.forget_requests(erased)
    return again


class _Session(NetworkSession):
    """Over a plain connection of either engine."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self.dialect = connection.dialect.name


def _number_on(connection: Connection) -> None:
    """PostgreSQL: the next numbers follow the highest ones there are."""
    if connection.dialect.name != "postgresql":
        return
    serial = text(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'"
    )
    for table, column in connection.execute(serial).all():
        highest = f'SELECT max("{column}") FROM "{table}"'  # noqa: S608 - names from the database's own catalogue
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence(:table, :column), highest) FROM ({highest}) AS t(highest)"),  # noqa: S608 - as above
            {"table": table, "column": column},
        )
