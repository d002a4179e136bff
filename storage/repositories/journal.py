"""The append-only journal. No name and no Telegram id enters a hash."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from domain.ports.record import Head
from domain.record import seal_fields
from storage.repositories.base import Repository
from storage.tables import journal, journal_payload

_ENTRY, _PAYLOAD = insert(journal), insert(journal_payload)
"""Made once, not for every entry."""
AT_ONCE = 1000
"""Entries sealed in one transaction."""
_PLACED = select(journal.c.seq).where(journal.c.place.is_not(None)).order_by(journal.c.place.desc()).limit(1)
LAST_UNPLACED = (
    select(journal.c.seq, journal.c.seal)
    .where(journal.c.seal.is_not(None), journal.c.place.is_(None))
    .order_by(journal.c.seq.desc())
    .limit(1)
)
"""The last entry that was sealed before places were kept: the first place follows it."""
LAST_SEALED = select(journal.c.place, journal.c.seal).where(
    journal.c.seq
    == func.coalesce(_PLACED.scalar_subquery(), LAST_UNPLACED.with_only_columns(journal.c.seq).scalar_subquery())
)
"""The end of the chain, if it has begun. Each half has an index, and the second is looked for only where no place is."""


def payload_digest(salt: str, payload: Mapping[str, Any]) -> str:
    """sha256(salt + canonical JSON), hex."""
    return hashlib.sha256((salt + json.dumps(payload, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()


def seal_of(previous: str, row: Any) -> str:
    """Chain hash of one entry over the one before."""
    return hashlib.sha256(json.dumps(seal_fields(previous, row, row.digest)).encode()).hexdigest()


class JournalRepository(Repository):
    """See `domain.ports.record.Journal`."""

    async def add(
        self,
        *,
        at: datetime,
        actor: int,
        action: str,
        object_: str,
        version: int = 0,
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        salt = secrets.token_hex(16)
        details = dict(payload or {})
        entry = {"at": at, "actor": actor, "action": action, "object": object_, "version": version}
        result = await self._session.execute(_ENTRY, {**entry, "digest": payload_digest(salt, details)})
        seq = result.inserted_primary_key[0]  # type: ignore[index]  # a single-row INSERT always has it
        if details:
            await self._session.execute(_PAYLOAD, {"seq": seq, "salt": salt, "payload": details})

    async def has_unsealed(self) -> bool:
        """Whether the chain has a tail that is not sealed yet."""
        return (
            await self._session.execute(select(journal.c.seq).where(journal.c.seal.is_(None)).limit(1))
        ).first() is not None

    async def seal(self) -> int:
        """Entries are chained as they are found, not by number: PostgreSQL gives numbers before the commit."""
        head = await self.head()
        statement = select(journal).where(journal.c.seal.is_(None)).order_by(journal.c.seq).limit(AT_ONCE)
        rows = (await self._session.execute(statement)).all()
        place, previous = (0, "") if head is None else (head.place, head.seal)
        for row in rows:
            place, previous = place + 1, seal_of(previous, row)
            values = {"seal": previous, "place": place}
            await self._session.execute(update(journal).where(journal.c.seq == row.seq).values(**values))
        return len(rows)

    async def head(self) -> Head | None:
        """What was sealed before places were kept is of place 0."""
        row = (await self._session.execute(LAST_SEALED)).one_or_none()
        return None if row is None else Head(row.place or 0, row.seal)
