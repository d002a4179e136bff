"""What people asked to have corrected about themselves."""

from datetime import datetime

from sqlalchemy import delete, select, update

from domain.corrections import Correction, CorrectionState, Renamed, Wish
from domain.errors import NotFound
from domain.people import PersonStatus
from storage.repositories.base import Repository
from storage.rows import as_
from storage.tables import correction, journal, journal_payload, membership, person


class CorrectionRepository(Repository):
    """See `domain.ports.privacy.Corrections`."""

    async def add(self, person_id: int, wish: Wish, value: str, now: datetime) -> Correction | None:
        values = {"person_id": person_id, "wish": wish, "value": value, "state": CorrectionState.OPEN, "asked_at": now}
        new = self._insert(correction).values(**self._unused(correction, now), **values)
        row = (await self._session.execute(new.on_conflict_do_nothing().returning(correction))).one_or_none()
        return None if row is None else as_(Correction, row)

    async def get(self, correction_id: int) -> Correction:
        row = (await self._session.execute(select(correction).where(correction.c.id == correction_id))).one_or_none()
        if row is None:
            raise NotFound("correction")
        return as_(Correction, row)

    async def settle(self, correction_id: int, state: CorrectionState, by: int, now: datetime) -> bool:
        open_ = update(correction).where(correction.c.id == correction_id, correction.c.state == CorrectionState.OPEN)
        done = await self._session.execute(open_.values(state=state, decided_by=by, decided_at=now))
        return done.rowcount == 1

    async def renamings(self, person_id: int, since: datetime) -> list[Renamed]:
        told = select(journal_payload.c.payload).join(journal, journal.c.seq == journal_payload.c.seq)
        told = told.where(journal.c.object == f"person:{person_id}", journal.c.action == "person.renamed")
        payloads = (await self._session.execute(told.where(journal.c.at >= since).order_by(journal.c.seq))).scalars()
        return [Renamed(payload["before"], payload["name"]) for payload in payloads if "name" in payload]

    async def move(self, person_id: int, region: str, zone: str) -> None:
        old = (await self._session.execute(select(person.c.region).where(person.c.id == person_id))).scalar_one()
        here = membership.c.person_id == person_id, membership.c.region == old
        held = (await self._session.execute(select(membership.c.role).where(*here))).scalars().all()
        there = (
            await self._session.execute(
                select(membership.c.role).where(membership.c.person_id == person_id, membership.c.region == region)
            )
        ).scalars()
        twice = set(held) & set(there)
        await self._session.execute(delete(membership).where(*here, membership.c.role.in_(twice)))
        await self._session.execute(update(membership).where(*here).values(region=region))
        active = update(person).where(person.c.id == person_id, person.c.status == PersonStatus.ACTIVE)
        await self._session.execute(active.values(region=region, zone=zone, version=person.c.version + 1))
