"""Calendar feeds."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, String, and_, cast, delete, func, insert, literal, select

from domain.feeds import Event, EventState, Feed
from domain.plan import AssignmentState, SlotState
from storage.repositories.base import Repository, by_lot
from storage.rows import all_, as_
from storage.tables import assignment, feed, journal, page, slot

_OF_ASSIGNMENT = {
    AssignmentState.ASSIGNED: EventState.PLANNED,
    AssignmentState.OFFERED: EventState.ASKED,
    AssignmentState.POSTED: EventState.POSTED,
    AssignmentState.MISSED: EventState.MISSED,
}
_OF_SLOT = {
    SlotState.EMPTY: EventState.OPEN,
    SlotState.FILLED: EventState.PLANNED,
    SlotState.POSTED: EventState.POSTED,
    SlotState.MISSED: EventState.MISSED,
}
_PLANNED = timedelta(days=1)
"""Before its moment a slot was planned, where the record says nothing nearer: a stamp has to stay the same at each reading."""


def _noted(subject: str, number: Any) -> ScalarSelect[Any]:
    """When the journal speaks of it last."""
    named = literal(f"{subject}:") + cast(number, String)
    return select(func.max(journal.c.at)).where(journal.c.object == named).scalar_subquery()


_PAGE = (page.c.title.label("page_title"), page.c.platform, page.c.zone)
_OWN = (
    select(
        assignment.c.id,
        assignment.c.at,
        assignment.c.state,
        assignment.c.created_at,
        (assignment.c.version + slot.c.version).label("sequence"),
        _noted("assignment", assignment.c.id).label("noted"),
        _noted("slot", slot.c.id).label("slot_noted"),
        *_PAGE,
    )
    .join(slot, slot.c.id == assignment.c.slot_id)
    .join(page, page.c.code == slot.c.page)
    .order_by(assignment.c.at, assignment.c.id)
)
_REGION = (
    select(
        slot.c.id,
        slot.c.at,
        slot.c.state,
        slot.c.version.label("sequence"),
        _noted("slot", slot.c.id).label("noted"),
        *_PAGE,
    )
    .join(page, page.c.code == slot.c.page)
    .order_by(slot.c.at, slot.c.id)
)


class FeedRepository(Repository):
    """See `domain.ports.feeds.Feeds`."""

    async def find(self, token_hash: str) -> Feed | None:
        row = (await self._session.execute(select(feed).where(feed.c.token_hash == token_hash))).one_or_none()
        return None if row is None else as_(Feed, row)

    async def of_person(self, person_id: int) -> list[Feed]:
        mine = select(feed).where(feed.c.person_id == person_id).order_by(feed.c.region)
        return all_(Feed, await self._session.execute(mine))

    async def put(self, person_id: int, region: str, token_hash: str, now: datetime) -> Feed:
        await self._session.execute(delete(feed).where(feed.c.person_id == person_id, feed.c.region == region))
        # Drawn by lot: SQLite would give a removed row's number to the next, and a button names the one it was drawn for.
        made = Feed(by_lot(), person_id, region, now)
        values = {"id": made.id, "person_id": person_id, "region": region, "token_hash": token_hash, "made_at": now}
        await self._session.execute(insert(feed).values(**values))
        return made

    async def remove(self, feed_id: int, person_id: int) -> bool:
        gone = delete(feed).where(feed.c.id == feed_id, feed.c.person_id == person_id)
        return (await self._session.execute(gone)).rowcount == 1

    async def events_of_person(self, person_id: int, start: datetime, end: datetime) -> list[Event]:
        within = and_(assignment.c.person_id == person_id, assignment.c.at >= start, assignment.c.at < end)
        rows = await self._session.execute(_OWN.where(within))
        return [
            as_(
                Event,
                row,
                uid=f"assignment-{row.id}",
                state=_OF_ASSIGNMENT.get(row.state, EventState.CANCELLED),
                changed_at=max(filter(None, (row.created_at, row.noted, row.slot_noted))),
                assignment_id=row.id,
            )
            for row in rows
        ]

    async def events_of_region(self, region: str, start: datetime, end: datetime) -> list[Event]:
        within = and_(page.c.region == region, slot.c.at >= start, slot.c.at < end)
        rows = await self._session.execute(_REGION.where(within))
        return [
            as_(
                Event,
                row,
                uid=f"slot-{row.id}",
                state=_OF_SLOT.get(row.state, EventState.CANCELLED),
                changed_at=row.noted or row.at - _PLANNED,
                assignment_id=None,
            )
            for row in rows
        ]
