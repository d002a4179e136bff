"""A filled headquarters to back up, and ways to look at what came of it."""

import json
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, insert, inspect, select
from sqlalchemy.ext.asyncio import create_async_engine

from domain.people import EVERYWHERE, Role
from storage.backup import Made, make
from storage.database import open_database
from storage.media import MediaFolder
from storage.portable import Sum
from storage.sealed import SealedWriter, open_sealed
from storage.tables import inbox, lease, media, metadata
from storage.uow import SqlUnitOfWork
from tests.drafting import approve
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 3, 30, tzinfo=UTC)
KEY = bytes(range(32))
CANARY = "a word that nobody decided to keep"


@dataclass(frozen=True)
class Place:
    """A database and its media folder."""

    url: str
    media: Path


async def fill(uow: SqlUnitOfWork, folder: Path) -> None:
    """A little of everything: people, approved texts, two pictures, a sealed journal, updates in every state, a lease."""
    await load_campaign(uow)
    anna = await joined(uow, "Анна «Аня» 🌷", Role.VOLUNTEER, "kazan", now=NOW)
    press = await joined(uow, "Павел", Role.PRESS_SECRETARY, EVERYWHERE, now=NOW)
    for number in range(3):
        await approve(uow, anna.id, press.id, f"Текст {number}\nвторая строка", "vk-kazan", now=NOW)
        await uow.journal.add(
            at=NOW, actor=0, action="tested", object_=f"draft:{number}", payload={"n": number, "к": "я"}
        )
    await uow.journal.seal()
    for number in range(2):
        data = random.Random(number).randbytes(150_000)  # noqa: S311 - a stand-in for a picture
        await add_file(uow, folder, data)
    for number, status in enumerate(("new", "aside", "done", "shown"), 100):
        body = {"text": CANARY} if status in {"new", "aside"} else None
        row = {"update_id": number, "lane": 5, "status": status, "body": body, "received_at": NOW}
        await uow.session.execute(insert(inbox).values(**row))
    await uow.session.execute(insert(lease).values(name="holder", holder="me", term=7, until=NOW))


async def add_file(uow: SqlUnitOfWork, folder: Path, data: bytes) -> str:
    digest = MediaFolder(folder).keep(data)
    row = {"sha256": digest, "size": len(data), "mime": "image/jpeg", "kind": "photo", "stored": True, "added_at": NOW}
    await uow.session.execute(insert(media).values(**row))
    return digest


async def take(place: Place, folder: Path) -> Made:
    return await make(place.url, place.media, folder, KEY, now=NOW)


async def all_of(uow: SqlUnitOfWork, statement: Select[Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await uow.session.execute(statement)]


async def everything(url: str) -> dict[str, list[Any]]:
    """All rows of all tables, by this program's own tables and not by the backup's idea of them."""
    db = await open_database(url, migrate=False)

    async def rows(uow: SqlUnitOfWork) -> dict[str, list[Any]]:
        found = {t.name: (await uow.session.execute(select(t))).all() for t in metadata.sorted_tables}
        return {name: sorted(map(repr, some)) for name, some in found.items()}

    try:
        return await db.read(rows)
    finally:
        await db.close()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


Columns = Mapping[str, Collection[str]]
"""Of each table."""


def rewrite(path: Path, to: Path, *, only: Columns | None = None, **head: Any) -> None:
    """The same backup with another head, of these columns of these tables only."""
    with path.open("rb") as source, to.open("wb") as target:
        reader, writer = open_sealed(source, KEY), SealedWriter(target, KEY)
        first = json.loads(reader.readline()) | head
        specs = first["tables"]
        if only is not None:
            first["tables"] = {
                name: {column: kind for column, kind in specs[name].items() if column in only[name]}
                for name in specs
                if name in only
            }
        writer.write(json.dumps(first).encode() + b"\n")
        sums, at = {name: Sum() for name in first["tables"]}, ""
        while line := reader.readline():
            note = json.loads(line) if line.startswith(b"{") else None
            if note is not None and "table" in note:
                at = note["table"]
            if only is None:
                pass
            elif at not in first["tables"] and (note is None or "table" in note):
                continue
            elif note is None:  # a row
                row = zip(specs[at], json.loads(line), strict=True)
                kept = [value for column, value in row if column in first["tables"][at]]
                line = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                sums[at].add(line)
            elif "end" in note:
                note["end"]["tables"] = {name: sums[name].said() for name in first["tables"]}
                line = json.dumps(note).encode() + b"\n"
            writer.write(line)
            if note is not None and "file" in note:
                writer.write(reader.read(note["size"]))
        writer.finish()


async def tables_at(url: str) -> list[str]:
    """Names of the tables that are there."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda c: inspect(c).get_table_names())
    await engine.dispose()
    return names
