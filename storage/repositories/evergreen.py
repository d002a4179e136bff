"""Evergreen texts."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import and_, case, func, select, true, update

from domain.drafts import Draft, DraftState
from domain.evergreen import EvergreenText
from domain.pages import PageKind
from domain.people import EVERYWHERE
from domain.plan import GIVEN_UP, SlotState
from domain.ports.drafts import ApprovedDraft
from storage.repositories.base import Repository
from storage.repositories.draft_rows import CURRENT
from storage.repositories.recalls import DECLARED
from storage.rows import all_
from storage.tables import content, draft, draft_page, page, person, slot

_APPROVED = and_(draft.c.state == DraftState.APPROVED, draft.c.settled_at.is_not(None), ~DECLARED)


class EvergreenRepository(Repository):
    """See `domain.ports.evergreen.Evergreens`."""

    async def save(self, new: Draft) -> bool:
        statement = update(draft).where(
            draft.c.id == new.id, draft.c.version == new.version, draft.c.state == DraftState.APPROVED
        )
        return (await self._session.execute(statement.values(cool_days=new.cool_days))).rowcount == 1

    async def listed(
        self, regions: Collection[str], limit: int, offset: int, *, marked: bool
    ) -> tuple[list[EvergreenText], int]:
        posts = (
            select(slot.c.draft_id, func.count().label("posted"), func.max(slot.c.posted_at).label("last"))
            .where(slot.c.state == SlotState.POSTED)
            .group_by(slot.c.draft_id)
            .subquery()
        )
        shared = (
            select(draft_page.c.page)
            .join(page, page.c.code == draft_page.c.page)
            .where(draft_page.c.draft_id == draft.c.id, page.c.kind != PageKind.PERSONAL)
        )
        here = true() if EVERYWHERE in regions else draft.c.region.in_(sorted(regions))
        wanted = draft.c.cool_days.is_not(None) if marked else and_(draft.c.cool_days.is_(None), posts.c.posted > 0)
        found = (
            select(
                *(draft.c.id.label("draft_id"), draft.c.version, draft.c.cool_days),
                *(content.c.text, person.c.name.label("author")),
                *(func.coalesce(posts.c.posted, 0).label("posted"), posts.c.last),
            )
            .join(content, CURRENT)
            .join(person, person.c.id == draft.c.author_id)
            .join(posts, posts.c.draft_id == draft.c.id, isouter=True)
            .where(_APPROVED, here, wanted, shared.exists())
        )
        newest = found.order_by(func.coalesce(posts.c.last, draft.c.updated_at).desc(), draft.c.id.desc())
        shown = all_(EvergreenText, await self._session.execute(newest.limit(limit).offset(offset)))
        many = await self._session.execute(select(func.count()).select_from(found.subquery()))
        return shown, int(many.scalar_one())

    async def resting(self, pages: Iterable[str]) -> dict[str, list[ApprovedDraft]]:
        missed = and_(slot.c.state == SlotState.MISSED, slot.c.draft_version == draft.c.version)
        statement = (
            select(
                *(slot.c.page, draft.c.id.label("draft_id"), draft.c.version, draft.c.updated_at.label("approved_at")),
                *(draft.c.not_before, draft.c.expires_at, draft.c.cool_days),
                func.max(case((slot.c.state == SlotState.POSTED, slot.c.posted_at))).label("last"),
                (func.max(slot.c.again) + 1).label("again"),
            )
            .join(slot, slot.c.draft_id == draft.c.id)
            .join(draft_page, and_(draft_page.c.draft_id == draft.c.id, draft_page.c.page == slot.c.page))
            .where(slot.c.page.in_(list(pages)), draft.c.cool_days.is_not(None), _APPROVED)
            .group_by(slot.c.page, draft.c.id)
            .having(func.sum(case((slot.c.state == SlotState.FILLED, 1), else_=0)) == 0)
            .having(func.sum(case((slot.c.state == SlotState.POSTED, 1), else_=0)) > 0)
            .having(func.sum(case((missed, 1), else_=0)) < GIVEN_UP)
        )
        found: dict[str, list[ApprovedDraft]] = {}
        for row in await self._session.execute(statement):
            until = row.last + timedelta(days=row.cool_days)
            text = ApprovedDraft(
                *(row.draft_id, row.version, row.approved_at, row.not_before, row.expires_at),
                again=row.again,
                rests_until=until,
            )
            found.setdefault(row.page, []).append(text)
        return {code: sorted(some, key=lambda text: (text.rests_until, text.draft_id)) for code, some in found.items()}
