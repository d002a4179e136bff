"""Written authorities of pages that belong to somebody else."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from domain.authority import Authority
from domain.errors import Conflict, NotFound
from domain.plan import Slot
from storage.repositories.base import Repository
from storage.rows import as_
from storage.tables import authority, owner_veto, page

_CURRENT = (authority.c.confirmed_at.is_not(None), authority.c.ended_at.is_(None))
_SAVED = (
    "owner_name",
    "reference",
    "document",
    "document_kind",
    "scope",
    "valid_from",
    "expires",
    "confirmed_at",
    "ended_at",
    "owner_id",
    "token_hash",
)


class AuthorityRepository(Repository):
    """See `domain.ports.authority.AuthorityStore`."""

    async def add(self, page_code: str, by_id: int, now: datetime) -> Authority:
        statement = insert(authority).values(page=page_code, by_id=by_id, at=now).returning(authority.c.id)
        return await self.get((await self._session.execute(statement)).one().id)

    async def get(self, authority_id: int) -> Authority:
        found = await self._find(authority.c.id == authority_id)
        if found is None:
            raise NotFound("authority")
        return found

    async def save(self, changed: Authority) -> Authority:
        values = {name: getattr(changed, name) for name in _SAVED}
        statement = update(authority).where(authority.c.id == changed.id, authority.c.version == changed.version)
        saved = statement.values(**values, version=changed.version + 1)
        if (await self._session.execute(saved)).rowcount != 1:
            raise Conflict
        return replace(changed, version=changed.version + 1)

    async def current(self, page_code: str) -> Authority | None:
        return await self._find(authority.c.page == page_code, *_CURRENT)

    async def put_in_force(self, page_code: str, one: Authority | None) -> None:
        days = (None, None) if one is None else (one.valid_from, one.expires)
        values = {"authority_from": days[0], "authority_until": days[1]}
        await self._session.execute(update(page).where(page.c.code == page_code).values(**values))

    async def find_by_token(self, token_hash: str) -> Authority | None:
        return await self._find(authority.c.token_hash == token_hash, *_CURRENT)

    async def owners(self, pages: Iterable[str]) -> dict[str, int]:
        linked = (authority.c.page.in_(list(pages)), authority.c.owner_id.is_not(None))
        statement = select(authority.c.page, authority.c.owner_id).where(*linked, *_CURRENT)
        return {row.page: row.owner_id for row in await self._session.execute(statement)}

    async def add_veto(self, slot: Slot, person_id: int, now: datetime) -> None:
        values = {"page": slot.page, "draft_id": slot.draft_id, "person_id": person_id, "at": now}
        await self._session.execute(self._insert(owner_veto).values(**values).on_conflict_do_nothing())

    async def vetoed(self, pages: Iterable[str]) -> set[tuple[str, int]]:
        statement = select(owner_veto.c.page, owner_veto.c.draft_id).where(owner_veto.c.page.in_(list(pages)))
        return {(row.page, row.draft_id) for row in await self._session.execute(statement)}

    async def _find(self, *conditions: ColumnElement[bool]) -> Authority | None:
        row = (await self._session.execute(select(authority).where(*conditions))).one_or_none()
        return None if row is None else as_(Authority, row)
