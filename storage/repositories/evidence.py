"""What is stored about one post, table by table."""

from typing import Any

from sqlalchemy import and_, select

from domain.drafts import MediaRef, Variant
from domain.evidence import AskedOf, DecisionOf, FigureOf, LookOf, ProofOf, PublishedOf, RecallOf, Rows, VersionOf
from domain.figures import FigureState
from domain.platforms import Platform
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import (
    assignment,
    content,
    decision,
    draft,
    figure,
    proof,
    proof_past,
    published_text,
    recall,
    recall_task,
    spot_check,
)


class EvidenceRepository(Repository):
    """See `domain.ports.evidence.EvidenceReads`."""

    async def rows(self, slot_id: int, draft_id: int | None) -> Rows:
        wrote = select(draft.c.author_id).where(draft.c.id == draft_id)
        text = await self._session.execute(select(published_text).where(published_text.c.slot_id == slot_id))
        sent = text.one_or_none()
        return Rows(
            author_id=(await self._session.execute(wrote)).scalar(),
            versions=await self._versions(draft_id),
            decisions=await self._decisions(draft_id),
            asked=tuple(all_(AskedOf, await self._all(assignment, slot_id))),
            proofs=await self._proofs(slot_id),
            published=None if sent is None else as_(PublishedOf, sent),
            looks=tuple(all_(LookOf, await self._all(spot_check, slot_id))),
            recalls=await self._recalls(slot_id, draft_id),
            figures=await self._figures(slot_id),
        )

    async def slot_of_link(self, identity: str) -> int | None:
        found: int | None = (
            await self._session.execute(select(proof.c.slot_id).where(proof.c.normal == identity))
        ).scalar()
        return found

    async def _all(self, table: Any, slot_id: int) -> list[Any]:
        statement = select(table).where(table.c.slot_id == slot_id).order_by(table.c.id)
        return list((await self._session.execute(statement)).all())

    async def _versions(self, draft_id: int | None) -> tuple[VersionOf, ...]:
        statement = select(content).where(content.c.draft_id == draft_id).order_by(content.c.version)
        return tuple(
            as_(
                VersionOf,
                row,
                media=tuple(MediaRef(*file) for file in row.media),
                variants=tuple(Variant(Platform(network), text) for network, text in row.variants),
                fills=tuple((name, words) for name, words in row.fills),
            )
            for row in await self._session.execute(statement)
        )

    async def _decisions(self, draft_id: int | None) -> tuple[DecisionOf, ...]:
        statement = select(decision).where(decision.c.draft_id == draft_id).order_by(decision.c.id)
        return tuple(
            as_(DecisionOf, row, imprints=row.imprints and tuple(tuple(line) for line in row.imprints))
            for row in await self._session.execute(statement)
        )

    async def _proofs(self, slot_id: int) -> tuple[ProofOf, ...]:
        """Those that stand no longer, then the one that stands."""
        past = all_(ProofOf, await self._all(proof_past, slot_id))
        now = await self._session.execute(select(proof).where(proof.c.slot_id == slot_id))
        return (*past, *(as_(ProofOf, row, ended=None, ended_at=None) for row in now))

    async def _recalls(self, slot_id: int, draft_id: int | None) -> tuple[RecallOf, ...]:
        mine = and_(recall_task.c.recall_id == recall.c.id, recall_task.c.slot_id == slot_id)
        columns = [recall_task.c[name] for name in ("proof_url", "proof_media", "done_at", "looked_by")]
        statement = (
            select(recall, recall_task.c.state.label("task"), *columns)
            .join(recall_task, mine, isouter=True)
            .where(recall.c.draft_id == draft_id)
            .order_by(recall.c.id)
        )
        return tuple(
            as_(RecallOf, row, proof_url=row.proof_url or "", proof_media=row.proof_media or "")
            for row in await self._session.execute(statement)
        )

    async def _figures(self, slot_id: int) -> tuple[FigureOf, ...]:
        confirmed = (figure.c.slot_id == slot_id, figure.c.state == FigureState.CONFIRMED)
        return tuple(
            all_(FigureOf, await self._session.execute(select(figure).where(*confirmed).order_by(figure.c.id)))
        )
