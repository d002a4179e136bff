"""The append-only journal. No name and no Telegram id enters a hash."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.repositories.base import Repository
from storage.tables import journal, journal_payload

_ENTRY, _PAYLOAD = insert(journal), insert(journal_payload)
"""Made once, not for every entry."""


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
        last = select(journal.c.seal).where(journal.c.seal.is_not(None)).order_by(journal.c.seq.desc()).limit(1)
        previous = (await self._session.execute(last)).scalar() or ""
        rows = (
            await self._session.execute(
                select(journal).where(journal.c.seal.is_(None)).order_by(journal.c.seq).limit(1000)
            )
        ).all()
        for row in rows:
            previous = seal_of(previous, row)
            await self._session.execute(update(journal).where(journal.c.seq == row.seq).values(seal=previous))
        return len(rows)
