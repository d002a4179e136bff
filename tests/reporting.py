"""Shared by the tests of figures and status: people, publications and roll-ups written directly."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table, insert

from domain.people import Actor, Role
from domain.plan import AssignmentState, SlotState
from domain.rollups import Measure
from storage.tables import assignment, proof, slot
from storage.uow import SqlUnitOfWork
from tests.joining import joined

NOW = datetime(2026, 9, 7, 17, tzinfo=UTC)
"""Monday, 20:00 in Moscow."""
MONDAY = date(2026, 9, 7)


async def join(uow: SqlUnitOfWork, name: str, role: Role, region: str = "kazan", now: datetime = NOW) -> Actor:
    return await joined(uow, name, role, region, now=now)


async def new_id(uow: SqlUnitOfWork, table: Table, values: dict[str, Any]) -> int:
    key = (await uow.session.execute(insert(table).values(values))).inserted_primary_key
    assert key is not None
    return int(key[0])


async def posted(uow: SqlUnitOfWork, page: str, person_id: int, at: datetime, late: bool = False) -> int:
    """A publication of the plan, proven by this person; returns its slot."""
    region = page.partition("-")[2]
    values = {"page": page, "day": at.date(), "at": at, "posted_at": at, "state": SlotState.POSTED}
    slot_id = await new_id(uow, slot, values)
    asked = {"slot_id": slot_id, "person_id": person_id, "at": at, "state": AssignmentState.POSTED, "created_at": at}
    asked_id = await new_id(uow, assignment, asked)
    url = f"https://vk.com/wall-123_{slot_id}"
    given = {"slot_id": slot_id, "assignment_id": asked_id, "person_id": person_id, "url": url, "normal": url, "at": at}
    await uow.session.execute(insert(proof).values(given))
    measure = Measure.LATE if late else Measure.ON_TIME
    await uow.rollups.add(page, region, at.date(), {Measure.SLOTS: 1, Measure.FILLED: 1, measure: 1})
    return slot_id
