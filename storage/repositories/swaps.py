"""Swaps between colleagues."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, or_, select, update

from domain.errors import Conflict, NotFound
from domain.swaps import Swap, SwapState
from storage.repositories.base import Repository
from storage.rows import as_
from storage.tables import swap


class SwapRepository(Repository):
    """See `domain.ports.swaps.Swaps`."""

    async def get(self, swap_id: int) -> Swap:
        row = (await self._session.execute(select(swap).where(swap.c.id == swap_id))).one_or_none()
        if row is None:
            raise NotFound("swap")
        return as_(Swap, row)

    async def find_open(self, assignment_id: int) -> Swap | None:
        mine = or_(swap.c.assignment_id == assignment_id, swap.c.other_id == assignment_id)
        statement = select(swap).where(swap.c.state == SwapState.OPEN, mine).order_by(swap.c.id.desc()).limit(1)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(Swap, row)

    async def add(self, new: Swap, now: datetime) -> Swap:
        names = ("assignment_id", "from_id", "to_id", "other_id", "at", "other_at", "state", "expires_at")
        values = {name: getattr(new, name) for name in names}
        number = await self._new_id(insert(swap).values(**values, asked_at=now))
        return replace(new, id=number, version=1)

    async def save(self, changed: Swap) -> Swap:
        statement = update(swap).where(swap.c.id == changed.id, swap.c.version == changed.version)
        values = {"state": changed.state, "version": changed.version + 1}
        if (await self._session.execute(statement.values(**values))).rowcount != 1:
            raise Conflict
        return replace(changed, version=changed.version + 1)
