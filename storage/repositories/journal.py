"""The append-only journal. No name and no Telegram id enters a hash."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from domain.ports.record import Head
from storage.repositories.base import Repository
from storage.tables import journal, journal_payload

_ENTRY, _PAYLOAD = insert(journal), insert(journal_payload)
"""Made once, not for every entry."""
AT_ONCE = 1000
"""Entries sealed in one transaction."""


def payload_digest(salt: str, payload: Mapping[str, Any]) -> str:
    """sha256(salt + canonical JSON), hex."""
    return hashlib.sha256((salt + json.dumps(payload, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()


def seal_of(previous: str, row: Any) -> str:
    """Chain hash of one entry over the one before."""
    fields = [previous, row.seq, row.at.isoformat(), row.actor, row.action, row.object, row.version, row.digest]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


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
        head = await self._last()
        statement = select(journal).where(journal.c.seal.is_(None)).order_by(journal.c.seq).limit(AT_ONCE)
        rows = (await self._session.execute(statement)).all()
        place, previous = (0, "") if head is None else (head.place, head.seal)
        for row in rows:
            place, previous = place + 1, seal_of(previous, row)
            values = {"seal": previous, "place": place}
            await self._session.execute(update(journal).where(journal.c.seq == row.seq).values(**values))
        return len(rows)

    async def head(self) -> Head | None:
        return await self._last()

    async def _last(self) -> Head | None:
        """The end of the chain; where none was placed yet, the last one sealed before places were kept, as of place 0."""
        placed = select(journal.c.place, journal.c.seal).where(journal.c.place.is_not(None))
        row = (await self._session.execute(placed.order_by(journal.c.place.desc()).limit(1))).one_or_none()
        if row is not None:
            return Head(row.place, row.seal)
        older = select(journal.c.seal).where(journal.c.seal.is_not(None)).order_by(journal.c.seq.desc()).limit(1)
        seal = (await self._session.execute(older)).scalar()
        return None if seal is None else Head(0, seal)
