"""Which process works on which chat. PostgreSQL only; every moment is the database's own clock."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Interval, cast, delete, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert

from storage.repositories.base import Repository
from storage.tables import inbox, lane_claim


def _in(seconds: float) -> ColumnElement[object]:
    return func.clock_timestamp() + cast(literal(f"{seconds} seconds"), Interval)


class LaneRepository(Repository):
    """A claim that has run out may be taken by anybody; one that has not, only by its holder."""

    async def claim(self, lanes: Collection[int], holder: str, seconds: float) -> frozenset[int]:
        """Take (or keep) these lanes; returns those that are the holder's now."""
        if not lanes:
            return frozenset()
        # In order: two processes that claim the same lanes must not lock them crosswise.
        rows = [{"lane": lane, "holder": holder, "until": _in(seconds)} for lane in sorted(lanes)]
        statement = insert(lane_claim).values(rows)
        statement = statement.on_conflict_do_update(
            index_elements=["lane"],
            set_={"holder": holder, "until": statement.excluded.until},
            where=(lane_claim.c.holder == holder) | (lane_claim.c.until <= func.clock_timestamp()),
        )
        return frozenset((await self._session.execute(statement.returning(lane_claim.c.lane))).scalars())

    async def taken(self, lanes: Collection[int], holder: str) -> frozenset[int]:
        """Those of these lanes that somebody else holds."""
        theirs = select(lane_claim.c.lane).where(lane_claim.c.lane.in_(sorted(lanes)), lane_claim.c.holder != holder)
        running = theirs.where(lane_claim.c.until > func.clock_timestamp())
        return frozenset((await self._session.execute(running)).scalars())

    async def renew(self, lanes: Collection[int], holder: str, seconds: float) -> frozenset[int]:
        """Keep them longer; returns those that were still the holder's."""
        mine = update(lane_claim).where(lane_claim.c.holder == holder, lane_claim.c.lane.in_(sorted(lanes)))
        kept = await self._session.execute(mine.values(until=_in(seconds)).returning(lane_claim.c.lane))
        return frozenset(kept.scalars())

    async def release(self, lane: int, holder: str) -> None:
        await self._session.execute(delete(lane_claim).where(lane_claim.c.lane == lane, lane_claim.c.holder == holder))

    async def release_all(self, holder: str) -> None:
        """At a clean stop: others need not wait for the end of the claims."""
        await self._session.execute(delete(lane_claim).where(lane_claim.c.holder == holder))

    async def unclaimed(self, limit: int) -> list[int]:
        """Lanes with open updates that no running claim covers, the longest waiting first."""
        claimed = select(lane_claim.c.lane).where(lane_claim.c.until > func.clock_timestamp())
        statement = select(inbox.c.lane).where(text("status in ('new', 'done')"), inbox.c.lane.not_in(claimed))
        statement = statement.group_by(inbox.c.lane).order_by(func.min(inbox.c.update_id)).limit(limit)
        return list((await self._session.execute(statement)).scalars())
