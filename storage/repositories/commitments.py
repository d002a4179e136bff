"""Commitments."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update

from domain.commitments import Commitment, CommitmentState, CommitmentSummary, Move
from domain.errors import NotFound
from domain.people import EVERYWHERE
from domain.ports.commitments import Filter
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import commitment, commitment_move


class CommitmentRepository(Repository):
    """See `domain.ports.commitments.Commitments`."""

    async def get(self, commitment_id: int) -> Commitment:
        found = select(commitment).where(commitment.c.id == commitment_id)
        row = (await self._session.execute(found)).one_or_none()
        if row is None:
            raise NotFound("commitment")
        return as_(Commitment, row)

    async def add(
        self,
        *,
        title: str,
        region: str,
        page: str,
        person_id: int,
        by_id: int,
        state: CommitmentState,
        due: date,
        now: datetime,
    ) -> Commitment:
        values = {
            "title": title,
            "region": region,
            "page": page,
            "person_id": person_id,
            "by_id": by_id,
            "state": state,
            "due": due,
            "first_due": due,
            "created_at": now,
        }
        return await self.get(await self._new_id(insert(commitment).values(**values)))

    async def save(self, changed: Commitment) -> bool:
        here = (commitment.c.id == changed.id, commitment.c.version == changed.version)
        values = {
            "person_id": changed.person_id,
            "by_id": changed.by_id,
            "state": changed.state,
            "due": changed.due,
            "reason": changed.reason,
            "proof": changed.proof,
            "picture": changed.picture,
            "settled_on": changed.settled_on,
            "version": changed.version + 1,
        }
        return (await self._session.execute(update(commitment).where(*here).values(**values))).rowcount == 1

    async def add_move(self, commitment_id: int, move: Move) -> None:
        values = {
            "commitment_id": commitment_id,
            "at": move.at,
            "by_id": move.by_id,
            "due_before": move.due_before,
            "due_after": move.due_after,
            "reason": move.reason,
        }
        await self._session.execute(insert(commitment_move).values(**values))

    async def moves(self, commitment_id: int) -> list[Move]:
        here = commitment_move.c.commitment_id == commitment_id
        return all_(
            Move, await self._session.execute(select(commitment_move).where(here).order_by(commitment_move.c.id))
        )

    async def find(self, chosen: Filter) -> list[Commitment]:
        c, statement = commitment.c, select(commitment)
        if EVERYWHERE not in chosen.regions:
            seen: list[ColumnElement[bool]] = [c.region.in_(sorted(chosen.regions))]
            if chosen.own is not None:
                seen += [c.person_id == chosen.own, c.by_id == chosen.own]
            statement = statement.where(or_(*seen))
        if chosen.person_id is not None:
            statement = statement.where(c.person_id == chosen.person_id)
        if chosen.region:
            statement = statement.where(c.region == chosen.region)
        if chosen.states:
            statement = statement.where(c.state.in_(chosen.states))
        if chosen.due_from is not None:
            statement = statement.where(c.due >= chosen.due_from)
        if chosen.due_to is not None:
            statement = statement.where(c.due <= chosen.due_to)
        return all_(Commitment, await self._session.execute(statement.order_by(c.due, c.id)))

    async def summary(
        self, period: tuple[date, date], regions: Iterable[str], today: date, *, older_late: bool = False
    ) -> CommitmentSummary:
        c, first, last, wanted = commitment.c, *period, frozenset(regions)
        done, is_open = c.state == CommitmentState.DONE, c.state == CommitmentState.OPEN
        gone = c.state == CommitmentState.DROPPED
        counts = {
            "done_in_time": and_(done, c.settled_on <= c.due),
            "done_late": and_(done, c.settled_on > c.due),
            "open": and_(is_open, c.due >= today),
            "late": and_(is_open, c.due < today),
            "dropped": gone,
            "moved": and_(or_(done, is_open, gone), c.due != c.first_due),
        }
        statement = select(*(func.count().filter(rule).label(name) for name, rule in counts.items()))
        since = or_(c.due >= first, and_(is_open, c.due < today)) if older_late else c.due >= first
        statement = statement.select_from(commitment).where(since, c.due <= last)
        if EVERYWHERE not in wanted:
            statement = statement.where(c.region.in_(sorted(wanted)))
        return as_(CommitmentSummary, (await self._session.execute(statement)).one())
