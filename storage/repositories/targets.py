"""Targets that were set in chat."""

import secrets
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import insert, select, update

from domain.errors import NotFound
from domain.targets import Target
from storage.repositories.base import Repository
from storage.rows import as_
from storage.tables import target


class TargetRepository(Repository):
    """See `domain.ports.targets.Targets`."""

    async def get(self, code: str) -> Target:
        found = select(target).where(target.c.code == code, target.c.by_hand, target.c.closed_on.is_(None))
        row = (await self._session.execute(found)).one_or_none()
        if row is None:
            raise NotFound("target")
        return as_(Target, row)

    async def add(self, new: Target) -> Target:
        # A plan's codes have no point in them, so neither can ever take the other's place.
        made = replace(new, code=f"chat.{secrets.token_hex(4)}", by_hand=True, version=1)
        await self._session.execute(insert(target).values(**asdict(made)))
        return made

    async def change(self, changed: Target) -> bool:
        values = {"value": changed.value, "due": changed.due, "version": changed.version + 1}
        return await self._update(changed.code, changed.version, **values)

    async def close(self, code: str, version: int, on: date, reason: str) -> bool:
        return await self._update(code, version, closed_on=on, closed_why=reason, version=version + 1)

    async def _update(self, code: str, seen: int, **values: object) -> bool:
        here = (target.c.code == code, target.c.by_hand, target.c.version == seen, target.c.closed_on.is_(None))
        return (await self._session.execute(update(target).where(*here).values(**values))).rowcount == 1
