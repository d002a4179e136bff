"""Posts that somebody could take."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, exists, or_, select

from domain.open_slots import STILL_OPEN
from domain.pages import PageKind
from domain.plan import AssignmentState, EmptyReason, Slot, SlotState
from domain.ports.open_slots import OpenSlot
from domain.ports.plan import SlotView
from storage.repositories.base import Repository
from storage.repositories.plan import SLOT_VIEWS
from storage.rows import as_
from storage.tables import assignment, page, page_poster, slot

_BUSY = (AssignmentState.ASSIGNED, AssignmentState.POSTED)
_other = assignment.alias("other")
_own = assignment.alias("own")


class OpenSlotRepository(Repository):
    """See `domain.ports.open_slots.OpenSlots`."""

    async def listed(
        self, person_id: int, regions: Iterable[str] | None, start: datetime, end: datetime
    ) -> list[OpenSlot]:
        unclaimed = and_(slot.c.state == SlotState.EMPTY, slot.c.empty_reason == EmptyReason.NO_PERSON)
        empty = and_(unclaimed, slot.c.at > start)
        asked = exists().where(_other.c.slot_id == slot.c.id, _other.c.state == AssignmentState.OFFERED)
        busy = exists().where(_own.c.person_id == person_id, _own.c.at == slot.c.at, _own.c.state.in_(_BUSY))
        poster = select(page_poster.c.page).where(page_poster.c.person_id == person_id)
        shared = page.c.kind != PageKind.PERSONAL
        near = shared if regions is None else and_(shared, page.c.region.in_(list(regions)))
        statement = SLOT_VIEWS.where(
            slot.c.at > start - STILL_OPEN,
            slot.c.at < end,
            slot.c.urgent_id.is_(None),
            page.c.active,
            or_(near, page.c.keeper_id == person_id, page.c.code.in_(poster)),
            or_(empty, and_(slot.c.state == SlotState.FILLED, asked)),
            ~busy,
        )
        rows = await self._session.execute(statement)
        views = [as_(SlotView, row, slot=as_(Slot, row)) for row in rows]
        return [OpenSlot(view, view.slot.state is SlotState.FILLED) for view in views]
