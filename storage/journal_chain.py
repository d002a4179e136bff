"""Does the journal hold together? Changes, cuts, insertions and reorders show; a rewriting of all of it against a head noted before."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from storage.portable import snapshot
from storage.repositories.journal import LAST_SEALED, payload_digest, seal_of
from storage.tables import journal, journal_payload

NEIGHBOURS = 64
"""PostgreSQL gives out numbers before the commit: an entry may be chained a little after one with a higher number."""
SHORTEST = 16
"""Hex digits of a noted head that are asked for at least: fewer could be met by trying."""
_PIECE = 500


def journal_chain(connection: Connection) -> Iterator[str]:
    """The chain of seals without a gap, but for a tail that is not sealed yet."""
    previous, last = "", 0
    for found in _older(connection):
        if isinstance(found, str):
            yield found
        else:
            previous = found.seal
    statement = select(journal).where(journal.c.place.is_not(None)).order_by(journal.c.place)
    for row in connection.execute(statement.execution_options(yield_per=_PIECE)):
        if row.place != last + 1:
            yield f"places {last + 1} to {row.place - 1} of the chain are missing"
        if row.seal is None or seal_of(previous, row) != row.seal:
            yield _broken(row)
        previous, last = row.seal or "", row.place
    yield from _never_sealed(connection)


def journal_details(connection: Connection) -> Iterator[str]:
    """Details lie under the hash that the chain holds; details that were erased are simply not there."""
    both = select(journal_payload, journal.c.digest).join(journal, journal.c.seq == journal_payload.c.seq)
    for row in connection.execute(both.execution_options(yield_per=_PIECE)):
        if payload_digest(row.salt, row.payload) != row.digest:
            yield f"the details of entry {row.seq} are not what its hash says"


class NoHead(ValueError):
    """What was given as a head cannot be one."""


def find_head(connection: Connection, noted: str) -> int | None:
    """Its place now; None: nowhere, the journal is not the one it was taken from.

    `noted`: the first hex digits of a seal (16 at least), as the digest shows it; `NoHead` for anything else.
    """
    wanted = re.sub(r"[\s·-]", "", noted).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST},64}}", wanted):
        raise NoHead(f"a head is {SHORTEST} to 64 of the digits 0-9 and letters a-f")
    found = select(journal.c.place).where(journal.c.seal.startswith(wanted, autoescape=True))
    row = connection.execute(found.limit(1)).one_or_none()
    return None if row is None else row.place or 0


@dataclass(frozen=True)
class Look:
    """`wrong`: empty when the journal is whole. `noted`: the place of the head that was asked for."""

    wrong: tuple[str, ...]
    entries: int
    head: str
    noted: int | None


async def look(url: str, head: str = "") -> Look:
    """At the journal in the database at `url`, and whether `head` is in it; `NoHead` when that is none."""
    async with snapshot(url) as connection:
        return await connection.run_sync(_look, head)


def _look(connection: Connection, head: str) -> Look:
    wrong = [*journal_chain(connection), *journal_details(connection)]
    last = connection.execute(LAST_SEALED).one_or_none()
    entries = connection.execute(select(func.count(journal.c.seal))).scalar_one()
    noted = find_head(connection, head) if head else None
    if head and noted is None:
        wrong.append("the noted head is nowhere in this journal: it was rewritten or cut since")
    return Look(tuple(wrong), entries, "" if last is None else last.seal or "", noted)


def _older(connection: Connection) -> Iterator[Any]:
    """Entries sealed before places were kept: rows in order, and a line for each that follows from none of its neighbours."""
    recent: deque[str] = deque([""], NEIGHBOURS)
    odd: dict[int, Any] = {}  # follows from nothing seen so far
    statement = select(journal).where(journal.c.seal.is_not(None), journal.c.place.is_(None)).order_by(journal.c.seq)
    for row in connection.execute(statement.execution_options(yield_per=_PIECE)):
        if seal_of(recent[-1], row) != row.seal and not any(seal_of(seal, row) == row.seal for seal in recent):
            odd[row.seq] = row
        for seq, early in list(odd.items()):
            if seal_of(row.seal, early) == early.seal:
                del odd[seq]
            elif row.seq - seq > NEIGHBOURS:
                yield _broken(odd.pop(seq))
        recent.append(row.seal)
        yield row
    yield from (_broken(row) for row in odd.values())


def _never_sealed(connection: Connection) -> Iterator[str]:
    """What is not sealed is new: hardly anything sealed has a higher number."""
    first = connection.execute(select(func.min(journal.c.seq)).where(journal.c.seal.is_(None))).scalar()
    if first is None:
        return
    after = select(func.count()).select_from(journal).where(journal.c.seal.is_not(None), journal.c.seq > first)
    if connection.execute(after).scalar_one() > NEIGHBOURS:
        yield f"entry {first} was never sealed"


def _broken(row: Any) -> str:
    return f"entry {row.seq} does not follow from the one before it: something was altered or removed"
