"""Drafts with their immutable contents, pages and decisions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    tuple_,
    update,
)

from domain.drafts import (
    OPEN_STATES,
    UNFINISHED_STATES,
    Decision,
    Draft,
    DraftState,
    MediaRef,
    Verdict,
    content_digest,
)
from domain.errors import NotFound
from domain.pages import PageKind
from domain.people import EVERYWHERE
from domain.plan import GIVEN_UP, SlotState
from domain.ports.drafts import ApprovedDraft, DraftSheet, WaitingDraft
from storage.repositories.base import Repository
from storage.repositories.draft_rows import (
    CURRENT,
    DRAFTS,
    SHEET,
    SUBMITTED,
    drafts_of,
    media_of,
    sheet_of,
    stored_media,
)
from storage.rows import all_
from storage.tables import content, decision, draft, draft_page, page, person, slot
from storage.types import Moment


class DraftRepository(Repository):
    """See `domain.ports.drafts.Drafts`."""

    # -- reading -----------------------------------------------------------------------------------------------------

    async def get(self, draft_id: int) -> Draft:
        return self._one(await self._list(DRAFTS.where(draft.c.id == draft_id)))

    async def get_sheet(self, draft_id: int) -> DraftSheet:
        rows = (await self._session.execute(SHEET.where(draft.c.id == draft_id))).all()
        if not rows:
            raise NotFound("draft")
        return sheet_of(rows)

    async def content(self, draft_id: int, version: int) -> tuple[str, tuple[MediaRef, ...]]:
        statement = select(content).where(content.c.draft_id == draft_id, content.c.version == version)
        row = (await self._session.execute(statement)).one_or_none()
        if row is None:
            raise NotFound("draft")
        return row.text, media_of(row.media)

    async def waiting(
        self,
        regions: Iterable[str],
        reader: int | None = None,
        *,
        behind: Draft | None = None,
        limit: int | None = None,
    ) -> list[WaitingDraft]:
        statement = (
            select(draft, person.c.name.label("author_name"))
            .join(person, person.c.id == draft.c.author_id)
            .where(self._waits(regions, reader))
            .order_by(draft.c.decide_by, draft.c.id)
            .limit(limit)
        )
        if behind is not None and behind.decide_by is not None:
            place = tuple_(draft.c.decide_by, draft.c.id)
            statement = statement.where(place > tuple_(literal(behind.decide_by, Moment), literal(behind.id)))
        return all_(WaitingDraft, await self._session.execute(statement))

    async def count_waiting(self, regions: Iterable[str], reader: int | None = None) -> tuple[int, datetime | None]:
        statement = select(func.count().label("n"), func.min(draft.c.submitted_at).label("oldest"))
        row = (await self._session.execute(statement.where(self._waits(regions, reader)))).one()
        return int(row.n), row.oldest

    async def approved_for_page(self, page_code: str) -> list[ApprovedDraft]:
        used = select(slot.c.id).where(
            slot.c.page == page_code,
            slot.c.draft_id == draft.c.id,
            slot.c.state.in_([SlotState.FILLED, SlotState.POSTED]),
        )
        missed = (
            select(func.count())
            .select_from(slot)
            .where(
                slot.c.page == page_code,
                slot.c.draft_id == draft.c.id,
                slot.c.draft_version == draft.c.version,
                slot.c.state == SlotState.MISSED,
            )
            .correlate(draft)
            .scalar_subquery()
        )
        statement = (
            select(draft.c.id.label("draft_id"), draft.c.version, draft.c.updated_at.label("approved_at"))
            .join(draft_page, draft_page.c.draft_id == draft.c.id)
            .where(draft_page.c.page == page_code, draft.c.state == DraftState.APPROVED, ~used.exists())
            .where(missed < GIVEN_UP)
            .order_by(draft.c.updated_at, draft.c.id)
        )
        return all_(ApprovedDraft, await self._session.execute(statement))

    async def decisions(self, draft_id: int) -> list[Decision]:
        statement = (
            select(decision, person.c.name.label("approver_name"))
            .join(person, person.c.id == decision.c.approver_id)
            .where(decision.c.draft_id == draft_id)
            .order_by(decision.c.id)
        )
        return all_(Decision, await self._session.execute(statement))

    async def of_author(self, author_id: int, limit: int = 10, offset: int = 0) -> list[Draft]:
        ids = (
            select(draft.c.id)
            .where(draft.c.author_id == author_id, draft.c.state != DraftState.WITHDRAWN)
            .order_by(draft.c.updated_at.desc(), draft.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return await self._list(DRAFTS.where(draft.c.id.in_(ids)))

    async def find_unfinished(self, author_id: int, besides: int = 0) -> Draft | None:
        return await self._newest(author_id, draft.c.id != besides, UNFINISHED_STATES)

    async def find_by_message(self, author_id: int, message_id: int) -> Draft | None:
        return await self._newest(author_id, draft.c.message_id == message_id, OPEN_STATES)

    async def find_by_album(self, author_id: int, album: str) -> Draft | None:
        return await self._newest(author_id, draft.c.album == album, OPEN_STATES)

    async def find_same_on_personal(self, draft_id: int, text: str, page_code: str) -> int | None:
        statement = (
            select(draft.c.id)
            .join(content, CURRENT)
            .join(draft_page, draft_page.c.draft_id == draft.c.id)
            .join(page, page.c.code == draft_page.c.page)
            .where(
                page.c.kind == PageKind.PERSONAL,
                page.c.code != page_code,
                content.c.text == text,
                draft.c.id != draft_id,
                draft.c.state.in_([DraftState.SUBMITTED, DraftState.APPROVED]),
            )
            .limit(1)
        )
        found: int | None = (await self._session.execute(statement)).scalar()
        return found

    async def texts_on_personal(
        self, besides: Draft, page_code: str, *, since: datetime, until: datetime, limit: int
    ) -> list[str]:
        meant = (
            select(draft_page.c.draft_id)
            .join(page, page.c.code == draft_page.c.page)
            .where(page.c.kind == PageKind.PERSONAL, page.c.code != page_code)
        )
        statement = (
            select(content.c.text)
            .select_from(draft)
            .join(content, CURRENT)
            .where(
                draft.c.id.in_(meant),
                draft.c.id != besides.id,
                draft.c.author_id != besides.author_id,
                draft.c.state.in_([DraftState.SUBMITTED, DraftState.APPROVED, DraftState.RETURNED]),
                draft.c.submitted_at >= since,
                or_(draft.c.submitted_at < until, and_(draft.c.submitted_at == until, draft.c.id < besides.id)),
            )
            .order_by(draft.c.submitted_at.desc(), draft.c.id.desc())
            .limit(limit)
        )
        return list((await self._session.execute(statement)).scalars())

    # -- writing -----------------------------------------------------------------------------------------------------

    async def add(
        self,
        *,
        author_id: int,
        region: str,
        text: str,
        media: tuple[MediaRef, ...],
        source: str,
        message_id: int | None,
        album: str,
        now: datetime,
    ) -> Draft:
        values = {"author_id": author_id, "region": region, "state": DraftState.WRITING, "version": 1}
        row = {**values, "source": source[:300], "message_id": message_id, "album": album, "updated_at": now}
        number = await self._new_id(insert(draft).values(**row))
        made = Draft(
            id=number,
            author_id=author_id,
            region=region,
            state=DraftState.WRITING,
            version=1,
            text=text,
            media=media,
            pages=(),
            source=source[:300],
            updated_at=now,
            submitted_at=None,
            decide_by=None,
        )
        await self._add_content(made)
        return made

    async def save_content(self, new: Draft, seen: int, *, message_id: int | None = None) -> bool:
        values: dict[str, Any] = {"version": new.version, "updated_at": new.updated_at, "source": new.source}
        if message_id is not None:
            values["message_id"] = message_id or None
        statement = update(draft).where(draft.c.id == new.id, draft.c.version == seen, draft.c.state.in_(OPEN_STATES))
        if (await self._session.execute(statement.values(**values))).rowcount != 1:
            return False
        await self._add_content(new)
        return True

    async def set_state(self, new: Draft, expected: Iterable[DraftState]) -> bool:
        statement = update(draft).where(
            draft.c.id == new.id, draft.c.version == new.version, draft.c.state.in_(list(expected))
        )
        values = {
            "state": new.state,
            "region": new.region,
            "updated_at": new.updated_at,
            "submitted_at": new.submitted_at,
            "decide_by": new.decide_by,
            "settled_at": new.settled_at,
        }
        return (await self._session.execute(statement.values(**values))).rowcount == 1

    async def set_page(self, draft_id: int, page_code: str, *, chosen: bool) -> None:
        if chosen:
            added = self._insert(draft_page).values(draft_id=draft_id, page=page_code)
            await self._session.execute(added.on_conflict_do_nothing())
        else:
            here = and_(draft_page.c.draft_id == draft_id, draft_page.c.page == page_code)
            await self._session.execute(delete(draft_page).where(here))

    async def decide(self, made: Decision, state: DraftState) -> bool:
        statement = update(draft).where(
            draft.c.id == made.draft_id, draft.c.version == made.version, draft.c.state == DraftState.SUBMITTED
        )
        if (await self._session.execute(statement.values(state=state, updated_at=made.at))).rowcount != 1:
            return False
        row = {
            name: getattr(made, name) for name in ("draft_id", "version", "approver_id", "verdict", "reason", "note")
        }
        added = self._insert(decision).values(**row, at=made.at).on_conflict_do_nothing()
        return (await self._session.execute(added)).rowcount == 1

    # -- inside ------------------------------------------------------------------------------------------------------

    async def _add_content(self, new: Draft) -> None:
        await self._session.execute(
            insert(content).values(
                draft_id=new.id,
                version=new.version,
                text=new.text,
                media=stored_media(new.media),
                variants=[[variant.platform, variant.text] for variant in new.variants],
                fills=[list(fill) for fill in new.fills],
                sources=new.sources,
                edited_by=new.edited_by,
                digest=content_digest(new.text, new.media, new.variants, new.fills, new.sources),
                created_at=new.updated_at,
            )
        )

    async def _list(self, statement: Select[Any]) -> list[Draft]:
        return drafts_of(await self._session.execute(statement))

    def _one(self, found: list[Draft]) -> Draft:
        if not found:
            raise NotFound("draft")
        return found[0]

    async def _newest(
        self, author_id: int, condition: ColumnElement[bool], states: frozenset[DraftState]
    ) -> Draft | None:
        newest = (
            select(draft.c.id)
            .where(draft.c.author_id == author_id, condition, draft.c.state.in_(states))
            .order_by(draft.c.updated_at.desc(), draft.c.id.desc())
            .limit(1)
        )
        found = await self._list(DRAFTS.where(draft.c.id == newest.scalar_subquery()))
        return found[0] if found else None

    def _waits(self, regions: Iterable[str], reader: int | None) -> ColumnElement[bool]:
        wanted = list(regions)
        here = true() if EVERYWHERE in wanted else draft.c.region.in_(wanted)
        condition = and_(draft.c.state == SUBMITTED, here)
        if reader is None:
            return condition
        mine = select(decision.c.id).where(
            decision.c.draft_id == draft.c.id,
            decision.c.version == draft.c.version,
            decision.c.approver_id == reader,
            decision.c.verdict == Verdict.APPROVE,
        )
        return and_(condition, draft.c.author_id != reader, ~mine.exists())
