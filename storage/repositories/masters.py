"""Fill-in masters with their wordings and pages, the fills, the approvers' lists."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, insert, or_, select, true, update

from domain.errors import NotFound
from domain.masters import Fill, FillState, Master, MasterChanged, MasterState
from domain.people import EVERYWHERE
from domain.ports.masters import FillList, Origin
from storage.repositories.base import Repository
from storage.repositories.draft_rows import CURRENT, media_of, stored_media, waits
from storage.rows import as_
from storage.tables import (
    content,
    draft,
    master,
    master_fill,
    master_list,
    master_page,
    master_wording,
)

_LINE = 100
"""Characters that a line of a list may have beside the fills: number, region, author, marks."""

_MASTERS = (
    select(master, master_wording.c.text, master_page.c.page)
    .join(
        master_wording,
        and_(master_wording.c.master_id == master.c.id, master_wording.c.wording == master.c.wording),
    )
    .join(master_page, master_page.c.master_id == master.c.id, isouter=True)
    .order_by(master.c.id.desc(), master_page.c.page)
)


def _masters(rows: Iterable[Row[Any]]) -> list[Master]:
    """One master per group of rows that differ in the page only, in the order of the rows."""
    found: dict[int, tuple[Row[Any], list[str]]] = {}
    for row in rows:
        found.setdefault(row.id, (row, []))[1].extend([row.page] if row.page else [])
    return [as_(Master, row, pages=tuple(pages)) for row, pages in found.values()]


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return master.c.state == MasterState.OPEN, or_(master.c.closes_at.is_(None), master.c.closes_at > now)


def _fill(row: Row[Any]) -> Fill:
    return as_(Fill, row, media=media_of(row.media))


def _characters(fills: Sequence[Sequence[str]]) -> int:
    """As a screen shows them: with the region and the author in front."""
    return _LINE + sum(_units(name) + _units(words) + 3 for name, words in fills)


def _units(text: str) -> int:
    """As Telegram counts: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _list(row: Row[Any]) -> FillList:
    screens = tuple(tuple((number, version) for number, version in screen) for screen in row.screens)
    return as_(FillList, row, screens=screens)


class MasterRepository(Repository):
    """See `domain.ports.masters.Masters`."""

    # -- masters -----------------------------------------------------------------------------------------------------

    async def add(self, *, author_id: int, region: str, text: str, now: datetime) -> Master:
        values = {"author_id": author_id, "region": region, "state": MasterState.WRITING, "version": 1, "wording": 1}
        number = await self._new_id(insert(master).values(**values, created_at=now))
        await self._add_wording(number, 1, text, now)
        return await self.get(number)

    async def get(self, master_id: int) -> Master:
        found = _masters(await self._session.execute(_MASTERS.where(master.c.id == master_id)))
        if not found:
            raise NotFound("master")
        return found[0]

    async def save(self, changed: Master, now: datetime) -> Master:
        old = await self.get(changed.id)
        wording = old.wording + (changed.text != old.text)
        values = {
            "region": changed.region,
            "state": changed.state,
            "version": changed.version + 1,
            "wording": wording,
            "closes_at": changed.closes_at,
            "sent_at": changed.sent_at,
        }
        mine = update(master).where(master.c.id == changed.id, master.c.version == changed.version)
        if (await self._session.execute(mine.values(**values))).rowcount != 1:
            raise MasterChanged
        if wording != old.wording:
            await self._add_wording(changed.id, wording, changed.text, now)
        if changed.pages != old.pages:
            await self._session.execute(delete(master_page).where(master_page.c.master_id == changed.id))
            rows = [{"master_id": changed.id, "page": code} for code in changed.pages]
            if rows:
                await self._session.execute(insert(master_page), rows)
        return replace(changed, version=changed.version + 1, wording=wording)

    async def _add_wording(self, master_id: int, number: int, text: str, now: datetime) -> None:
        values = {"master_id": master_id, "wording": number, "text": text, "created_at": now}
        await self._session.execute(insert(master_wording).values(**values))

    async def wording(self, master_id: int, number: int) -> str:
        here = and_(master_wording.c.master_id == master_id, master_wording.c.wording == number)
        found: str | None = (await self._session.execute(select(master_wording.c.text).where(here))).scalar()
        if found is None:
            raise NotFound("master")
        return found

    async def list_open(self, now: datetime) -> list[Master]:
        return await self._several(_MASTERS.where(*_open(now)))

    async def count_open(self, now: datetime, pages: Iterable[str]) -> int:
        meant = select(master_page.c.master_id).where(master_page.c.page.in_(list(pages)))
        counted = select(func.count()).select_from(master).where(*_open(now), master.c.id.in_(meant))
        return int((await self._session.execute(counted)).scalar() or 0)

    async def list_own(self, author_id: int, regions: Iterable[str], limit: int) -> list[Master]:
        wanted = list(regions)
        theirs = true() if EVERYWHERE in wanted else master.c.region.in_(wanted)
        # One that is still being written is nobody else's business.
        seen = or_(master.c.author_id == author_id, and_(theirs, master.c.state != MasterState.WRITING))
        ids = select(master.c.id).where(seen, master.c.state != MasterState.DROPPED)
        return await self._several(_MASTERS.where(master.c.id.in_(ids.order_by(master.c.id.desc()).limit(limit))))

    async def _several(self, statement: Select[Any]) -> list[Master]:
        return _masters(await self._session.execute(statement))

    # -- fills -------------------------------------------------------------------------------------------------------

    async def add_fill(self, *, master: Master, person_id: int, region: str, page: str, now: datetime) -> Fill:
        number = await self._new_id(
            insert(master_fill).values(
                master_id=master.id,
                wording=master.wording,
                person_id=person_id,
                region=region,
                page=page,
                state=FillState.RUNNING,
                version=1,
                step=0,
                answers=(),
                media=[],
                updated_at=now,
            )
        )
        return await self.get_fill(number)

    async def get_fill(self, fill_id: int) -> Fill:
        row = (await self._session.execute(select(master_fill).where(master_fill.c.id == fill_id))).one_or_none()
        if row is None:
            raise NotFound("fill")
        return _fill(row)

    async def find_running(self, master_id: int, person_id: int, region: str, page: str) -> Fill | None:
        statement = select(master_fill).where(
            master_fill.c.master_id == master_id,
            master_fill.c.person_id == person_id,
            master_fill.c.region == region,
            master_fill.c.page == page,
            master_fill.c.state == FillState.RUNNING,
        )
        row = (await self._session.execute(statement.order_by(master_fill.c.id.desc()).limit(1))).one_or_none()
        return None if row is None else _fill(row)

    async def save_fill(self, changed: Fill) -> Fill:
        values = {
            "wording": changed.wording,
            "state": changed.state,
            "version": changed.version + 1,
            "step": changed.step,
            "answers": changed.answers,
            "media": stored_media(changed.media),
            "album": changed.album[:32],
            "draft_id": changed.draft_id,
            "updated_at": changed.updated_at,
        }
        mine = update(master_fill).where(master_fill.c.id == changed.id, master_fill.c.version == changed.version)
        if (await self._session.execute(mine.values(**values))).rowcount != 1:
            raise MasterChanged
        return replace(changed, version=changed.version + 1)

    async def fills_of(self, person_id: int, masters: Iterable[int]) -> list[Fill]:
        here = and_(master_fill.c.person_id == person_id, master_fill.c.master_id.in_(list(masters)))
        statement = select(master_fill).where(here).order_by(master_fill.c.id.desc())
        return [_fill(row) for row in await self._session.execute(statement)]

    async def count_fills(self, master_id: int) -> int:
        done = and_(master_fill.c.master_id == master_id, master_fill.c.state == FillState.DONE)
        return int((await self._session.execute(select(func.count()).where(done))).scalar() or 0)

    async def find_origin(self, draft_id: int) -> Origin | None:
        statement = (
            select(
                master_fill.c.master_id,
                master_fill.c.wording,
                master_wording.c.text,
                master.c.wording.label("newest"),
            )
            .join(master, master.c.id == master_fill.c.master_id)
            .join(
                master_wording,
                and_(
                    master_wording.c.master_id == master_fill.c.master_id,
                    master_wording.c.wording == master_fill.c.wording,
                ),
            )
            .where(master_fill.c.draft_id == draft_id, master_fill.c.page == "")
        )
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(Origin, row)

    # -- an approver's list ------------------------------------------------------------------------------------------

    async def waiting_fills(
        self, master_id: int, wording: int, regions: Iterable[str], reader: int
    ) -> list[tuple[int, int, int]]:
        columns = select(draft.c.id, draft.c.version, content.c.fills)
        statement = self._waiting(columns.join(content, CURRENT), master_id, wording, regions, reader)
        rows = await self._session.execute(statement.order_by(draft.c.region, draft.c.id))
        return [(row.id, row.version, _characters(row.fills)) for row in rows]

    async def count_waiting(self, master_id: int, wording: int, regions: Iterable[str], reader: int) -> int:
        counted = select(func.count()).select_from(draft)
        statement = self._waiting(counted, master_id, wording, regions, reader)
        return int((await self._session.execute(statement)).scalar() or 0)

    def _waiting(
        self, statement: Select[Any], master_id: int, wording: int, regions: Iterable[str], reader: int
    ) -> Select[Any]:
        return statement.join(master_fill, master_fill.c.draft_id == draft.c.id).where(
            master_fill.c.master_id == master_id,
            master_fill.c.wording == wording,
            master_fill.c.page == "",
            waits(regions, reader),
        )

    async def put_list(
        self,
        *,
        person_id: int,
        master_id: int,
        wording: int,
        screens: Iterable[Iterable[tuple[int, int]]],
        now: datetime,
    ) -> FillList:
        key = {"person_id": person_id, "master_id": master_id, "wording": wording}
        listed = [[list(item) for item in screen] for screen in screens]
        values = {"screens": listed, "left_out": (), "made_at": now}
        added = self._insert(master_list).values(**self._unused(master_list, now), **key, **values, version=1)
        anew = {**{name: added.excluded[name] for name in values}, "version": master_list.c.version + 1}
        await self._session.execute(added.on_conflict_do_update(index_elements=list(key), set_=anew))
        here = and_(*(master_list.c[name] == value for name, value in key.items()))
        return _list((await self._session.execute(select(master_list).where(here))).one())

    async def get_list(self, list_id: int) -> FillList:
        row = (await self._session.execute(select(master_list).where(master_list.c.id == list_id))).one_or_none()
        if row is None:
            raise NotFound("list")
        return _list(row)

    async def save_left_out(self, changed: FillList) -> FillList:
        mine = update(master_list).where(master_list.c.id == changed.id, master_list.c.version == changed.version)
        values = {"left_out": changed.left_out, "version": changed.version + 1}
        if (await self._session.execute(mine.values(**values))).rowcount != 1:
            raise MasterChanged
        return replace(changed, version=changed.version + 1)
