"""One page's posts and figures, and one post with everybody who had a hand in it."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from domain.errors import NotFound
from domain.figures import Figure, FigureState
from domain.plan import AssignmentState, SlotState
from domain.status_posts import FigureLine, Holder, PostLine, PostTrail, Verdicts
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import assignment, content, decision, draft, figure, person, proof, slot


class TrailRepository(Repository):
    """See `domain.ports.status_posts.Trails`."""

    async def posts_of(self, page_code: str, now: datetime, limit: int) -> list[PostLine]:
        ended = (AssignmentState.POSTED, AssignmentState.MISSED, AssignmentState.ASSIGNED)
        rows = (
            await self._session.execute(
                select(slot.c.id, slot.c.at, slot.c.state, slot.c.posted_at, person.c.name.label("who"), proof.c.url)
                .join(proof, proof.c.slot_id == slot.c.id, isouter=True)
                .join(
                    assignment,
                    and_(assignment.c.slot_id == slot.c.id, assignment.c.state.in_(ended)),
                    isouter=True,
                )
                .join(person, person.c.id == func.coalesce(proof.c.person_id, assignment.c.person_id), isouter=True)
                .where(
                    slot.c.page == page_code,
                    slot.c.state != SlotState.CANCELLED,
                    or_(slot.c.at <= now, slot.c.state == SlotState.POSTED),
                )
                .order_by(slot.c.at.desc(), slot.c.id, assignment.c.id.desc())
                .limit(limit * 3)
            )
        ).all()
        # Several people may have missed one slot: the last of them stands for it.
        newest = list({row.id: row for row in reversed(rows)}.values())[::-1][:limit]
        numbers = await self._post_figures([row.id for row in newest])
        return [as_(PostLine, row, slot_id=row.id, figures=numbers.get(row.id, {})) for row in newest]

    async def _post_figures(self, slot_ids: list[int]) -> dict[int, dict[Any, int]]:
        found: dict[int, dict[Any, int]] = defaultdict(dict)
        if slot_ids:
            statement = select(figure.c.slot_id, figure.c.metric, figure.c.value).where(
                figure.c.slot_id.in_(slot_ids), figure.c.state == FigureState.CONFIRMED
            )
            for row in await self._session.execute(statement):
                found[row.slot_id][row.metric] = row.value
        return found

    async def figures_of(self, page_code: str, limit: int) -> list[FigureLine]:
        by, whom = person.alias("by"), person.alias("whom")
        rows = await self._session.execute(
            select(figure, by.c.name.label("typed_by_name"), whom.c.name.label("for_name"))
            .join(by, by.c.id == figure.c.typed_by)
            .join(whom, whom.c.id == figure.c.for_person)
            .where(figure.c.page == page_code, figure.c.slot_id.is_(None))
            .order_by(figure.c.day.desc(), figure.c.id.desc())
            .limit(limit)
        )
        return [FigureLine(as_(Figure, row), row.typed_by_name, row.for_name) for row in rows]

    async def post(self, slot_id: int) -> PostTrail:
        words = and_(content.c.draft_id == slot.c.draft_id, content.c.version == slot.c.draft_version)
        row = (
            await self._session.execute(
                select(*slot.c, proof.c.url, content.c.text, person.c.name.label("author"))
                .join(proof, proof.c.slot_id == slot.c.id, isouter=True)
                .join(content, words, isouter=True)
                .join(draft, draft.c.id == slot.c.draft_id, isouter=True)
                .join(person, person.c.id == draft.c.author_id, isouter=True)
                .where(slot.c.id == slot_id)
            )
        ).one_or_none()
        if row is None:
            raise NotFound("slot")
        return as_(
            PostTrail,
            row,
            slot_id=slot_id,
            text=row.text or "",
            holders=tuple(await self._holders(slot_id)),
            decisions=tuple(await self._verdicts(row.draft_id)),
            figures=(await self._post_figures([slot_id])).get(slot_id, {}),
        )

    async def _holders(self, slot_id: int) -> list[Holder]:
        rows = await self._session.execute(
            select(person.c.name, assignment.c.state, assignment.c.substitute)
            .join(person, person.c.id == assignment.c.person_id)
            .where(assignment.c.slot_id == slot_id)
            .order_by(assignment.c.id)
        )
        return all_(Holder, rows)

    async def _verdicts(self, draft_id: int | None) -> list[Verdicts]:
        if draft_id is None:
            return []
        rows = await self._session.execute(
            select(person.c.name, decision.c.verdict, decision.c.version, decision.c.at)
            .join(person, person.c.id == decision.c.approver_id)
            .where(decision.c.draft_id == draft_id)
            .order_by(decision.c.id)
        )
        return all_(Verdicts, rows)
