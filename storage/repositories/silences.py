"""Silences announced in chat, and what two people lifted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from domain.errors import Conflict, NotFound
from domain.silence import Blackout, Key, Lift, LiftKind, Mourning
from storage.repositories.base import Repository, by_lot
from storage.rows import as_
from storage.tables import blackout, mourning, silence_lift

_CONFIRMED = silence_lift.c.confirmed_at.is_not(None)
_OPEN = and_(silence_lift.c.confirmed_at.is_(None), silence_lift.c.dropped_at.is_(None))


def as_silence(row: Any) -> Blackout:
    """A row of `blackout`; a moment that cannot be read makes it hold for ever: fail-closed."""
    try:
        starts, ends = datetime.fromisoformat(row.starts), datetime.fromisoformat(row.ends)
    except ValueError:
        starts, ends = datetime(1970, 1, 2), datetime(9999, 1, 1)  # noqa: DTZ001 - wall-clock times
    return as_(Blackout, row, starts=starts, ends=ends)


class SilenceRepository(Repository):
    """See `domain.ports.silences.SilenceStore`."""

    async def get(self, silence_id: int) -> Blackout:
        row = (await self._session.execute(select(blackout).where(blackout.c.id == silence_id))).one_or_none()
        if row is None:
            raise NotFound("silence")
        return as_silence(row)

    async def find(self, key: Key) -> Blackout | None:
        row = (await self._session.execute(select(blackout).where(*_named(key)))).one_or_none()
        return None if row is None else as_silence(row)

    async def add(self, silence: Blackout) -> bool:
        added = self._insert(blackout).values(id=by_lot(), **row_of(silence)).on_conflict_do_nothing()
        return (await self._session.execute(added.returning(blackout.c.id))).one_or_none() is not None

    async def end(self, key: Key) -> bool:
        statement = delete(blackout).where(blackout.c.by_hand, *_named(key))
        return (await self._session.execute(statement)).rowcount == 1

    async def add_mourning(
        self, region: str, starts: datetime, ends: datetime, reason: str, by_id: int, now: datetime
    ) -> Mourning:
        values = {"starts": starts.isoformat(), "ends": ends.isoformat(), "reason": reason, "by_id": by_id, "at": now}
        statement = insert(mourning).values(region=region, **values).returning(mourning.c.id)
        return await self.get_mourning((await self._session.execute(statement)).one().id)

    async def get_mourning(self, mourning_id: int) -> Mourning:
        row = (await self._session.execute(select(mourning).where(mourning.c.id == mourning_id))).one_or_none()
        if row is None:
            raise NotFound("silence")
        return as_(Mourning, row, starts=datetime.fromisoformat(row.starts), ends=datetime.fromisoformat(row.ends))

    async def confirm_mourning(self, mourning_id: int, now: datetime) -> bool:
        statement = update(mourning).where(mourning.c.id == mourning_id, mourning.c.confirmed_at.is_(None))
        return (await self._session.execute(statement.values(confirmed_at=now))).rowcount == 1

    async def add_lift(
        self, kind: LiftKind, of: Key, region: str, hours: int, reason: str, by_id: int, now: datetime
    ) -> Lift:
        names = {"of_region": of[0], "of_starts": of[1].isoformat(), "of_ends": of[2].isoformat()}
        values = {"kind": kind, "region": region, "hours": hours, "reason": reason, "by_id": by_id, "at": now}
        statement = insert(silence_lift).values(**names, **values).returning(silence_lift.c.id)
        return await self.get_lift((await self._session.execute(statement)).one().id)

    async def get_lift(self, lift_id: int) -> Lift:
        found = await self._lifts(silence_lift.c.id == lift_id)
        if not found:
            raise NotFound("silence")
        return found[0]

    async def save_lift(self, lift: Lift) -> Lift:
        values = {
            "confirmed_by": lift.confirmed_by,
            "confirmed_at": lift.confirmed_at,
            "until": lift.until,
            "dropped_at": lift.dropped_at,
            "version": lift.version + 1,
        }
        statement = update(silence_lift).where(silence_lift.c.id == lift.id, silence_lift.c.version == lift.version)
        if (await self._session.execute(statement.values(**values))).rowcount != 1:
            raise Conflict
        return replace(lift, version=lift.version + 1)

    async def lifts(self) -> Sequence[Lift]:
        return await self._lifts(_CONFIRMED, silence_lift.c.kind == LiftKind.OVERRIDE)

    async def waiting(self, since: datetime) -> Sequence[Lift]:
        return await self._lifts(_OPEN, silence_lift.c.at > since)

    async def _lifts(self, *conditions: ColumnElement[bool]) -> list[Lift]:
        statement = select(silence_lift).where(*conditions).order_by(silence_lift.c.at, silence_lift.c.id)
        return [
            as_(
                Lift,
                row,
                of=(row.of_region, datetime.fromisoformat(row.of_starts), datetime.fromisoformat(row.of_ends)),
            )
            for row in await self._session.execute(statement)
        ]


def row_of(silence: Blackout) -> dict[str, Any]:
    """The columns of a silence, without its number."""
    return {
        "region": silence.region,
        "starts": silence.starts.isoformat(),
        "ends": silence.ends.isoformat(),
        "reason": silence.reason,
        "kind": silence.kind,
        "by_hand": silence.by_hand,
    }


def _named(key: Key) -> tuple[ColumnElement[bool], ...]:
    region, starts, ends = key
    return (
        blackout.c.region == region,
        blackout.c.starts == starts.isoformat(),
        blackout.c.ends == ends.isoformat(),
    )
