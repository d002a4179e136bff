"""Drafts with their immutable contents, pages and decisions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from domain.content_digest import content_digest
from domain.drafts import OPEN_STATES, UNFINISHED_STATES, Decision, Draft, DraftState, MediaRef, Variant
from domain.errors import NotFound
from domain.pages import PageKind
from domain.ports.drafts import ApprovedDraft, DraftSheet, WaitingDraft
from domain.queue import Only
from storage.repositories.approving import DECIDE, approved_for, decided_of, decision_row
from storage.repositories.base import Repository, adding
from storage.repositories.draft_rows import (
    CONTENT,
    CURRENT,
    DRAFTS,
    SHEET,
    checks_of,
    drafts_of,
    free_of_others,
    media_of,
    sheet_of,
    stored_media,
    text_on,
    waits,
)
from storage.repositories.imprints import bound_lines
from storage.rows import all_, as_
from storage.tables import content, decision, draft, draft_page, page, person
from storage.types import Moment

_HAS_VARIANTS = cast(content.c.variants, Text) != "[]"


class DraftRepository(Repository):
    """See `domain.ports.drafts.Drafts`."""

    # -- reading -----------------------------------------------------------------------------------------------------

    async def get(self, draft_id: int) -> Draft:
        return self._one(await self._list(DRAFTS.where(draft.c.id == draft_id)))

    async def get_sheet(self, draft_id: int) -> DraftSheet:
        rows = (await self._session.execute(SHEET, {"number": draft_id})).all()
        if not rows:
            raise NotFound("draft")
        return sheet_of(rows)

    async def content(self, draft_id: int, version: int) -> tuple[str, tuple[MediaRef, ...]]:
        statement = select(content).where(content.c.draft_id == draft_id, content.c.version == version)
        row = (await self._session.execute(statement)).one_or_none()
        if row is None:
            raise NotFound("draft")
        return row.text, media_of(row.media)

    async def get_version(self, draft_id: int, version: int) -> Draft:
        statement = (
            select(draft, *CONTENT, draft_page.c.page)
            .join(content, content.c.draft_id == draft.c.id)
            .join(draft_page, draft_page.c.draft_id == draft.c.id, isouter=True)
            .where(draft.c.id == draft_id, content.c.version == version)
            .order_by(draft_page.c.page)
        )
        return replace(self._one(await self._list(statement)), version=version)

    async def waiting(
        self,
        regions: Iterable[str],
        reader: int | None = None,
        *,
        only: Only | None = None,
        behind: Draft | None = None,
        free_at: datetime | None = None,
        limit: int | None = None,
    ) -> list[WaitingDraft]:
        statement = (
            select(draft, person.c.name.label("author_name"))
            .join(person, person.c.id == draft.c.author_id)
            .where(waits(regions, reader, only))
            .order_by(draft.c.decide_by, draft.c.id)
            .limit(limit)
        )
        if behind is not None and behind.decide_by is not None:
            place = tuple_(draft.c.decide_by, draft.c.id)
            statement = statement.where(place > tuple_(literal(behind.decide_by, Moment), literal(behind.id)))
        if free_at is not None and reader is not None:
            statement = statement.where(free_of_others(reader, free_at))
        return all_(WaitingDraft, await self._session.execute(statement))

    async def count_waiting(
        self, regions: Iterable[str], reader: int | None = None, *, only: Only | None = None
    ) -> tuple[int, datetime | None]:
        statement = select(func.count().label("n"), func.min(draft.c.submitted_at).label("oldest"))
        row = (await self._session.execute(statement.where(waits(regions, reader, only)))).one()
        return int(row.n), row.oldest

    async def count_others(
        self, regions: Iterable[str], reader: int, *, only: Only | None, besides: int, limit: int
    ) -> int:
        some = select(draft.c.id).where(waits(regions, reader, only), draft.c.id != besides).limit(limit).subquery()
        return int((await self._session.execute(select(func.count()).select_from(some))).scalar_one())

    async def approved_for_page(self, page_code: str) -> list[ApprovedDraft]:
        rows = await self._session.execute(approved_for(page_code))
        return [as_(ApprovedDraft, row, again=0, rests_until=None) for row in rows]

    async def decisions(self, draft_id: int) -> list[Decision]:
        statement = (
            select(decision, person.c.name.label("approver_name"))
            .join(person, person.c.id == decision.c.approver_id)
            .where(decision.c.draft_id == draft_id)
            .order_by(decision.c.id)
        )
        rows = await self._session.execute(statement)
        return [as_(Decision, row, checks=checks_of(row.checks), imprints=bound_lines(row.imprints)) for row in rows]

    async def of_author(
        self, author_id: int, limit: int = 10, offset: int = 0, *, state: DraftState | None = None
    ) -> list[Draft]:
        wanted = draft.c.state != DraftState.WITHDRAWN if state is None else draft.c.state == state
        newest = (draft.c.updated_at.desc(), draft.c.id.desc())
        ids = select(draft.c.id).where(draft.c.author_id == author_id, wanted).order_by(*newest)
        return await self._list(DRAFTS.where(draft.c.id.in_(ids.limit(limit).offset(offset))))

    async def find_unfinished(self, author_id: int, besides: int = 0) -> Draft | None:
        return await self._newest(author_id, draft.c.id != besides, UNFINISHED_STATES)

    async def find_by_message(self, author_id: int, message_id: int) -> Draft | None:
        return await self._newest(author_id, draft.c.message_id == message_id, OPEN_STATES)

    async def find_made_from(self, author_id: int, message_id: int) -> Draft | None:
        return await self._newest(author_id, draft.c.message_id.in_([message_id, -message_id]), frozenset(DraftState))

    async def find_by_album(self, author_id: int, album: str) -> Draft | None:
        return await self._newest(author_id, draft.c.album == album, OPEN_STATES)

    async def find_same_on_personal(self, draft_id: int, text: str, page_code: str) -> int | None:
        statement = (
            select(draft.c.id, content.c.text, content.c.variants, page.c.platform)
            .join(content, CURRENT)
            .join(draft_page, draft_page.c.draft_id == draft.c.id)
            .join(page, page.c.code == draft_page.c.page)
            .where(
                page.c.kind == PageKind.PERSONAL,
                page.c.code != page_code,
                or_(content.c.text == text, _HAS_VARIANTS),
                draft.c.id != draft_id,
                draft.c.state.in_([DraftState.SUBMITTED, DraftState.APPROVED]),
            )
        )
        rows = await self._session.execute(statement)
        return next((row.id for row in rows if text_on(row) == text), None)

    async def texts_on_personal(
        self, besides: Draft, page_code: str, *, since: datetime, until: datetime, limit: int
    ) -> list[str]:
        meant = (
            select(draft_page.c.draft_id, func.min(page.c.platform).label("platform"))
            .join(page, page.c.code == draft_page.c.page)
            .where(page.c.kind == PageKind.PERSONAL, page.c.code != page_code)
            .group_by(draft_page.c.draft_id)  # a draft has one personal page at most
            .subquery()
        )
        statement = (
            select(content.c.text, content.c.variants, meant.c.platform)
            .select_from(draft)
            .join(content, CURRENT)
            .join(meant, meant.c.draft_id == draft.c.id)
            .where(
                draft.c.id != besides.id,
                draft.c.author_id != besides.author_id,
                draft.c.state.in_([DraftState.SUBMITTED, DraftState.APPROVED, DraftState.RETURNED]),
                draft.c.submitted_at >= since,
                or_(draft.c.submitted_at < until, and_(draft.c.submitted_at == until, draft.c.id < besides.id)),
            )
            .order_by(draft.c.submitted_at.desc(), draft.c.id.desc())
            .limit(limit)
        )
        return [text_on(row) for row in await self._session.execute(statement)]

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
        fills: tuple[tuple[str, str], ...] = (),
        master_id: int | None = None,
        variants: tuple[Variant, ...] = (),
        rubric: str = "",
    ) -> Draft:
        values = {"author_id": author_id, "region": region, "state": DraftState.WRITING, "version": 1}
        values |= {"master_id": master_id, "rubric": rubric}
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
            fills=fills,
            master_id=master_id,
            variants=variants,
            rubric=rubric,
        )
        await self._add_content(made)
        return made

    async def save_content(self, new: Draft, seen: int, *, message_id: int | None = None) -> bool:
        values: dict[str, Any] = {"version": new.version, "updated_at": new.updated_at, "source": new.source}
        if message_id is not None:
            # Negative: followed no longer, but the author who edits it has to hear so.
            values["message_id"] = message_id or -func.abs(draft.c.message_id)
        statement = update(draft).where(draft.c.id == new.id, draft.c.version == seen, draft.c.state.in_(OPEN_STATES))
        if (await self._session.execute(statement.values(**values))).rowcount != 1:
            return False
        await self._add_content(new)
        return True

    async def set_album(self, draft_id: int, album: str) -> None:
        await self._session.execute(update(draft).where(draft.c.id == draft_id).values(album=album))

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
        if (await self._session.execute(DECIDE, decided_of(made, state))).rowcount != 1:
            return False
        added = adding(self._session.dialect, decision)
        return (await self._session.execute(added, decision_row(made))).rowcount == 1

    async def undo(self, made: Decision, turns: int, now: datetime) -> bool:
        statement = update(draft).where(
            *(draft.c.id == made.draft_id, draft.c.version == made.version),
            *(draft.c.turns == turns, draft.c.settled_at.is_(None)),
        )
        values = {"state": DraftState.SUBMITTED, "updated_at": now, "turns": turns + 1}
        if (await self._session.execute(statement.values(**values))).rowcount != 1:
            return False
        theirs = (decision.c.version == made.version, decision.c.approver_id == made.approver_id)
        await self._session.execute(delete(decision).where(decision.c.draft_id == made.draft_id, *theirs))
        return True

    async def settle(self, draft_id: int, version: int, state: DraftState, now: datetime) -> bool:
        statement = update(draft).where(draft.c.id == draft_id, draft.c.version == version, draft.c.state == state)
        return (await self._session.execute(statement.values(settled_at=now))).rowcount == 1

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
