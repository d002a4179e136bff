"""Proofs in depth: earlier ones, what was published, spot checks, blocked accounts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, delete, func, insert, or_, select, update

from domain.errors import NotFound
from domain.mishaps import AccountBlock
from domain.people import EVERYWHERE
from domain.plan import Excuse, Proof, Slot, SlotState
from domain.platforms import Platform
from domain.ports.proofs import ToCheck
from domain.published import PublishedText, TextVerdict
from domain.spot_checks import CheckDecided, CheckState, PastProof, ProofEnd, SpotCheck, Why, WrongReason
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import account_block, assignment, page, proof, proof_past, published_text, slot, spot_check

_MIX, _SPAN, _STEP = 2654435761, 1 << 32, 1 << 16
_share = proof.c.slot_id * _MIX % _SPAN // _STEP % 100
"""`domain.spot_checks.share_of` as SQL; a test compares them."""
_DIFFERS = published_text.c.verdict == TextVerdict.DIFFERS
_PICTURE = or_(proof.c.media != "", published_text.c.verdict == TextVerdict.PICTURE)
_AGAIN = (
    select(proof_past.c.id)
    .where(proof_past.c.slot_id == proof.c.slot_id, proof_past.c.ended == ProofEnd.NOT_RIGHT)
    .exists()
)
_WHY = case((_DIFFERS, Why.DIFFERS), (_PICTURE, Why.PICTURE), (_AGAIN, Why.AGAIN), else_=Why.SAMPLE)
_ORDER = case((_DIFFERS, 0), (_PICTURE, 1), (_AGAIN, 2), else_=3)


class ProofRepository(Repository):
    """See `domain.ports.proofs.Proofs`."""

    # -- proofs ----------------------------------------------------------------------------------------------------------

    async def find(self, slot_id: int) -> Proof | None:
        row = (await self._session.execute(select(proof).where(proof.c.slot_id == slot_id))).one_or_none()
        return None if row is None else as_(Proof, row)

    async def proven_by(self, normal: str) -> int | None:
        found = await self._session.execute(select(proof.c.person_id).where(proof.c.normal == normal))
        return found.scalar_one_or_none()

    async def end(self, slot_id: int, why: ProofEnd, now: datetime) -> None:
        standing = await self.find(slot_id)
        if standing is None:
            return
        values = {name: getattr(standing, name) for name in standing.__dataclass_fields__}
        await self._session.execute(insert(proof_past).values(**values, ended=why, ended_at=now))
        await self._session.execute(delete(proof).where(proof.c.slot_id == slot_id))
        await self._session.execute(delete(published_text).where(published_text.c.slot_id == slot_id))

    async def last_past(self, slot_id: int) -> PastProof | None:
        statement = select(proof_past).where(proof_past.c.slot_id == slot_id).order_by(proof_past.c.id.desc()).limit(1)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(PastProof, row)

    # -- what was published ------------------------------------------------------------------------------------------------

    async def find_text(self, slot_id: int) -> PublishedText | None:
        statement = select(published_text).where(published_text.c.slot_id == slot_id)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(PublishedText, row)

    async def put_text(self, text: PublishedText) -> None:
        values = {name: getattr(text, name) for name in text.__dataclass_fields__}
        statement = self._insert(published_text).values(**values)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["slot_id"], set_=values))

    # -- spot checks ---------------------------------------------------------------------------------------------------------

    async def to_check(
        self, regions: Iterable[str], reader: int, since: datetime, percent: int, limit: int
    ) -> list[ToCheck]:
        chosen = select(proof.c.slot_id, proof.c.assignment_id, proof.c.at.label("proof_at"), _WHY.label("why"))
        statement = self._waiting(chosen, regions, reader, since, percent).order_by(_ORDER, proof.c.at, proof.c.slot_id)
        rows = await self._session.execute(statement.limit(limit))
        return [as_(ToCheck, row, why=Why(row.why)) for row in rows]

    async def count_to_check(self, regions: Iterable[str], reader: int, since: datetime, percent: int) -> int:
        statement = self._waiting(select(func.count()), regions, reader, since, percent)
        return int((await self._session.execute(statement)).scalar_one())

    def _waiting(
        self, chosen: Select[Any], regions: Iterable[str], reader: int, since: datetime, percent: int
    ) -> Select[Any]:
        codes = frozenset(regions)
        looked = select(spot_check.c.id).where(
            spot_check.c.slot_id == proof.c.slot_id, spot_check.c.proof_at == proof.c.at
        )
        statement = (
            chosen.select_from(proof)
            .join(slot, slot.c.id == proof.c.slot_id)
            .join(page, page.c.code == slot.c.page)
            .join(
                published_text,
                and_(published_text.c.slot_id == proof.c.slot_id, published_text.c.proof_at == proof.c.at),
                isouter=True,
            )
            .where(
                slot.c.state == SlotState.POSTED,
                slot.c.excuse.is_(None),
                proof.c.at >= since,
                proof.c.person_id != reader,
                ~looked.exists(),
                or_(_DIFFERS, _PICTURE, _AGAIN, _share < percent),
            )
        )
        return statement if EVERYWHERE in codes else statement.where(page.c.region.in_(codes))

    async def add_check(
        self,
        proof: Proof,
        *,
        fine: bool,
        reason: WrongReason | None,
        note: str,
        by_id: int,
        now: datetime,
        deadline: datetime | None,
    ) -> SpotCheck:
        values = {
            "slot_id": proof.slot_id,
            "assignment_id": proof.assignment_id,
            "person_id": proof.person_id,
            "proof_at": proof.at,
            "state": CheckState.FINE if fine else CheckState.WRONG,
            "reason": reason,
            "note": note,
            "by_id": by_id,
            "at": now,
            "deadline": deadline,
        }
        added = self._insert(spot_check).values(**values).on_conflict_do_nothing()
        row = (await self._session.execute(added.returning(spot_check.c.id))).one_or_none()
        if row is None:
            raise CheckDecided
        return await self.get_check(row.id)

    async def get_check(self, check_id: int) -> SpotCheck:
        row = (await self._session.execute(select(spot_check).where(spot_check.c.id == check_id))).one_or_none()
        if row is None:
            raise NotFound("check")
        return as_(SpotCheck, row)

    async def find_check(self, slot_id: int) -> SpotCheck | None:
        statement = select(spot_check).where(spot_check.c.slot_id == slot_id).order_by(spot_check.c.id.desc()).limit(1)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(SpotCheck, row)

    async def given_back(self, day: date) -> list[SpotCheck]:
        open_ = (CheckState.WRONG, CheckState.DISPUTED, CheckState.UPHELD)
        statement = select(spot_check).join(slot, slot.c.id == spot_check.c.slot_id)
        chosen = statement.where(slot.c.day == day, slot.c.state == SlotState.FILLED, spot_check.c.state.in_(open_))
        return all_(SpotCheck, await self._session.execute(chosen.order_by(spot_check.c.id)))

    async def disputed(self, regions: Iterable[str]) -> list[SpotCheck]:
        wanted = list(regions)
        statement = select(spot_check).where(spot_check.c.state == CheckState.DISPUTED)
        if EVERYWHERE not in wanted:
            here = select(slot.c.id).join(page, page.c.code == slot.c.page).where(page.c.region.in_(wanted))
            statement = statement.where(spot_check.c.slot_id.in_(here))
        return all_(SpotCheck, await self._session.execute(statement.order_by(spot_check.c.id)))

    async def save_check(self, check: SpotCheck) -> SpotCheck:
        statement = update(spot_check).where(spot_check.c.id == check.id, spot_check.c.version == check.version)
        values = {name: getattr(check, name) for name in ("state", "deadline", "settled_by", "settled_at")}
        if (await self._session.execute(statement.values(**values, version=check.version + 1))).rowcount != 1:
            raise CheckDecided
        return replace(check, version=check.version + 1)

    # -- blocked accounts ------------------------------------------------------------------------------------------------------

    async def blocks(self, person_id: int | None = None) -> list[AccountBlock]:
        statement = select(account_block).where(account_block.c.until.is_(None)).order_by(account_block.c.id)
        if person_id is not None:
            statement = statement.where(account_block.c.person_id == person_id)
        return all_(AccountBlock, await self._session.execute(statement))

    async def get_block(self, block_id: int) -> AccountBlock:
        row = (await self._session.execute(select(account_block).where(account_block.c.id == block_id))).one_or_none()
        if row is None:
            raise NotFound("block")
        return as_(AccountBlock, row)

    async def add_block(self, person_id: int, platform: Platform, page: str, now: datetime) -> AccountBlock:
        values = {"person_id": person_id, "platform": platform, "page": page, "since": now}
        added = self._insert(account_block).values(**self._unused(account_block, now), **values)
        await self._session.execute(added.on_conflict_do_nothing())
        return next(block for block in await self.blocks(person_id) if block.platform is platform)

    async def rested(self, person_id: int, now: datetime) -> list[Slot]:
        had = select(assignment.c.slot_id).where(assignment.c.person_id == person_id, assignment.c.at > now)
        statement = select(slot).where(
            slot.c.id.in_(had), slot.c.state == SlotState.CANCELLED, slot.c.excuse == Excuse.BLOCKED, slot.c.at > now
        )
        return all_(Slot, await self._session.execute(statement.order_by(slot.c.at, slot.c.id)))

    async def end_block(self, block_id: int, now: datetime) -> bool:
        statement = update(account_block).where(account_block.c.id == block_id, account_block.c.until.is_(None))
        return (await self._session.execute(statement.values(until=now))).rowcount == 1
