"""Rows as JSON lines, the same for both engines: what a backup is made of.

What tables and columns there were travels with the rows (`Spec`), so an older backup is loaded into the tables of its own time.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    Select,
    String,
    TableClause,
    Time,
    column,
    select,
    table,
)
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.tables import inbox, lane_claim, lease, metadata
from storage.types import Moment

Spec = Mapping[str, Mapping[str, str]]
"""Kinds of values by column, by table; tables in an order in which references are satisfied."""

_TYPES: Mapping[str, TypeEngine[Any]] = {
    "moment": Moment(),
    "date": Date(),
    "time": Time(),
    "json": JSON(),
    "json?": JSON(none_as_null=True),
    "bool": Boolean(),
    "int": BigInteger(),
    "float": Float(),
    "text": String(),
}
_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (DateTime, "moment"),
    (Date, "date"),
    (Time, "time"),
    (JSON, "json"),
    (Boolean, "bool"),
    (Integer, "int"),
    (Float, "float"),
    (String, "text"),
)
_FROM_TEXT = {"moment": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat}

_RUNNING = frozenset({lease.name, lane_claim.name})
"""What belongs to the running processes and not to the campaign."""
_LEFT_OUT = frozenset({inbox.c.body})
"""An update's body is people's words that nobody decided to keep."""
_FINISHED = ("done", "shown")
"""Without its body an update is worth keeping once its effect is in the database: it keeps the effect from happening again."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
AT_ONCE = 500
"""Rows that are in memory at a time."""


def spec() -> Spec:
    """What is stored now."""
    return {
        found.name: {c.name: _kind(c.type, nullable=bool(c.nullable)) for c in found.columns if c not in _LEFT_OUT}
        for found in metadata.sorted_tables
        if found.name not in _RUNNING
    }


def _kind(type_: TypeEngine[Any], *, nullable: bool) -> str:
    plain = type_.impl_instance if isinstance(type_, TypeDecorator) else type_
    kind = next(kind for known, kind in _KINDS if isinstance(plain, known))
    return f"{kind}?" if kind == "json" and nullable else kind


def bare(name: str, columns: Mapping[str, str]) -> TableClause:
    """A table as a backup describes it, whatever this program's tables look like; KeyError for an unknown kind."""
    return table(name, *(column(c, _TYPES[kind]) for c, kind in columns.items()))


@dataclass
class Sum:
    """What a table's rows come to: how many, and the sum of their hashes, which asks for no order."""

    rows: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest())) % 2**256

    def said(self) -> list[Any]:
        """As JSON carries it."""
        return [self.rows, f"{self.total:064x}"]


async def lines(connection: AsyncConnection, name: str, columns: Mapping[str, str]) -> AsyncIterator[bytes]:
    """Each row of a table as one line."""
    result = await connection.stream(_rows(bare(name, columns)), execution_options={"yield_per": AT_ONCE})
    async for rows in result.partitions():  # a row at a time would change stacks for each
        for row in rows:
            yield _line(row)


def _rows(found: TableClause) -> Select[Any]:
    statement = select(*found.c)
    return statement.where(found.c.status.in_(_FINISHED)) if found.name == inbox.name else statement


def _line(row: Iterable[Any]) -> bytes:
    values = [value.isoformat() if isinstance(value, date | time) else value for value in row]
    return _encode(values).encode() + b"\n"


def values(line: bytes, columns: Mapping[str, str]) -> dict[str, Any]:
    """A row's values by column; ValueError when the line is none of this table."""
    found = json.loads(line)
    return {
        name: _FROM_TEXT[kind](value) if value is not None and kind in _FROM_TEXT else value
        for (name, kind), value in zip(columns.items(), found, strict=True)
    }


class NoDatabase(Exception):
    """There is nothing at that address to read."""


@asynccontextmanager
async def snapshot(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection of its own that sees one moment of the database and writes nothing, while others go on writing."""
    file = sqlite_path(url)
    if file is not None and not file.is_file():
        raise NoDatabase(f"{file}: there is no database")
    engine = create_async_engine(url, **({"connect_args": {"isolation_level": None}} if file is not None else {}))
    try:
        async with engine.connect() as connection:
            if file is not None:
                for statement in ("PRAGMA query_only=ON", "PRAGMA busy_timeout=5000", "BEGIN"):
                    await connection.exec_driver_sql(statement)
            else:
                await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection
    finally:
        await engine.dispose()


def in_one_line(error: Exception) -> str:
    """What the database said, without the statement and its values, which are people's words."""
    return " ".join(str(getattr(error, "orig", None) or error).split())[:300]


def sqlite_path(url: str) -> Path | None:
    """The file; None for PostgreSQL."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
