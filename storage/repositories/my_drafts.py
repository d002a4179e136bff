"""An author's own drafts, and what became of one."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, func, select

from domain.drafts import Draft, DraftState
from domain.my_drafts import DraftVersion, Publication
from storage.repositories.base import Repository
from storage.repositories.draft_rows import CURRENT, DRAFTS, drafts_of
from storage.rows import all_
from storage.tables import content, draft, page, person, proof, slot

_NEWEST = (draft.c.updated_at.desc(), draft.c.id.desc())


class MyDraftRepository(Repository):
    """See `domain.ports.my_drafts.MyDrafts`."""

    async def counts(self, author_id: int) -> dict[DraftState, int]:
        statement = select(draft.c.state, func.count().label("n")).where(_own(author_id)).group_by(draft.c.state)
        return {row.state: int(row.n) for row in await self._session.execute(statement)}

    async def texts(self, author_id: int, limit: int) -> list[tuple[int, tuple[str, ...]]]:
        statement = (
            select(draft.c.id, draft.c.source, content.c.text, content.c.variants)
            .join(content, CURRENT)
            .where(_own(author_id))
            .order_by(*_NEWEST)
            .limit(limit)
        )
        rows = await self._session.execute(statement)
        return [(row.id, (row.text, row.source, *(text for _, text in row.variants))) for row in rows]

    async def of_ids(self, ids: Iterable[int]) -> list[Draft]:
        return drafts_of(await self._session.execute(DRAFTS.where(draft.c.id.in_(list(ids)))))

    async def versions(self, draft_id: int) -> list[DraftVersion]:
        statement = (
            select(
                content.c.version, content.c.created_at.label("at"), func.coalesce(person.c.name, "").label("edited_by")
            )
            .join(person, person.c.id == content.c.edited_by, isouter=True)
            .where(content.c.draft_id == draft_id)
            .order_by(content.c.version)
        )
        return all_(DraftVersion, await self._session.execute(statement))

    async def publications(self, draft_id: int) -> list[Publication]:
        statement = (
            select(page.c.title.label("page"), proof.c.url, proof.c.at)
            .join(slot, slot.c.id == proof.c.slot_id)
            .join(page, page.c.code == slot.c.page)
            .where(slot.c.draft_id == draft_id)
            .order_by(proof.c.at, page.c.title)
        )
        return all_(Publication, await self._session.execute(statement))


def _own(author_id: int) -> ColumnElement[bool]:
    return and_(draft.c.author_id == author_id, draft.c.state != DraftState.WITHDRAWN)
