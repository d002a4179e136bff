"""The talk at the desk in rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, or_, select, update

from domain.appeals import Appeal
from domain.comments import SHOWN, Comment, Talk
from domain.edits import Edit
from domain.errors import NotFound
from domain.patterns import Outcome
from domain.people import PersonStatus
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import (
    decision,
    draft,
    draft_appeal,
    draft_claim,
    draft_comment,
    draft_edit,
    pattern_mute,
    person,
)

_COMMENTS = select(draft_comment, person.c.name).join(person, person.c.id == draft_comment.c.person_id)


class DeskTalkRepository(Repository):
    """See `domain.ports.desk_talk.DeskTalk`."""

    # -- claims ------------------------------------------------------------------------------------------------------

    async def claim(self, draft_id: int, person_id: int, *, until: datetime, now: datetime) -> bool:
        values = {"person_id": person_id, "since": now, "until": until}
        added = self._insert(draft_claim).values(draft_id=draft_id, **values)
        free = or_(draft_claim.c.until <= now, draft_claim.c.person_id == person_id)
        taken = added.on_conflict_do_update(index_elements=[draft_claim.c.draft_id], set_=values, where=free)
        return (await self._session.execute(taken)).rowcount == 1

    async def let_go(self, draft_id: int, person_id: int | None = None) -> bool:
        statement = delete(draft_claim).where(draft_claim.c.draft_id == draft_id)
        if person_id is not None:
            statement = statement.where(draft_claim.c.person_id == person_id)
        return (await self._session.execute(statement)).rowcount == 1

    # -- comments ----------------------------------------------------------------------------------------------------

    async def add_comment(self, draft_id: int, version: int, person_id: int, text: str, now: datetime) -> int:
        row = {"draft_id": draft_id, "version": version, "person_id": person_id, "text": text, "at": now}
        return await self._new_id(insert(draft_comment).values(**row))

    async def get_comment(self, comment_id: int) -> Comment:
        row = (await self._session.execute(_COMMENTS.where(draft_comment.c.id == comment_id))).one_or_none()
        if row is None:
            raise NotFound("comment")
        return as_(Comment, row)

    async def talk(self, draft_id: int) -> Talk:
        statement = self._of(draft_id).add_columns(func.count().over().label("total")).limit(SHOWN)
        rows = (await self._session.execute(statement)).all()
        return Talk(tuple(reversed(all_(Comment, rows))), rows[0].total if rows else 0)

    async def comments(self, draft_id: int, limit: int, offset: int) -> list[Comment]:
        return all_(Comment, await self._session.execute(self._of(draft_id).limit(limit).offset(offset)))

    async def commenters(self, draft_id: int) -> frozenset[int]:
        statement = select(draft_comment.c.person_id).where(draft_comment.c.draft_id == draft_id).distinct()
        return frozenset((await self._session.execute(statement)).scalars())

    def _of(self, draft_id: int) -> Select[Any]:
        return _COMMENTS.where(draft_comment.c.draft_id == draft_id).order_by(draft_comment.c.id.desc())

    # -- appeals -----------------------------------------------------------------------------------------------------

    async def add_appeal(self, appeal: Appeal) -> bool:
        row = {"draft_id": appeal.draft_id, "version": appeal.version, "anew": appeal.anew}
        added = self._insert(draft_appeal).values(**row, against_id=appeal.against_id, at=appeal.at)
        return (await self._session.execute(added.on_conflict_do_nothing())).rowcount == 1

    async def find_appeal(self, draft_id: int, version: int) -> Appeal | None:
        here = or_(draft_appeal.c.version == version, draft_appeal.c.anew == version)
        statement = select(draft_appeal).where(draft_appeal.c.draft_id == draft_id, here).limit(1)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(Appeal, row)

    async def carry_appeal(self, draft_id: int, version: int, anew: int) -> None:
        here = (draft_appeal.c.draft_id == draft_id, draft_appeal.c.anew == version)
        await self._session.execute(update(draft_appeal).where(*here).values(anew=anew))

    # -- edits -------------------------------------------------------------------------------------------------------

    async def put_edit(self, edit: Edit) -> None:
        values = {"version": edit.version, "text": edit.text, "at": edit.at}
        added = self._insert(draft_edit).values(draft_id=edit.draft_id, person_id=edit.person_id, **values)
        key = [draft_edit.c.draft_id, draft_edit.c.person_id]
        await self._session.execute(added.on_conflict_do_update(index_elements=key, set_=values))

    async def find_edit(self, draft_id: int, person_id: int) -> Edit | None:
        mine = (draft_edit.c.draft_id == draft_id, draft_edit.c.person_id == person_id)
        row = (await self._session.execute(select(draft_edit).where(*mine))).one_or_none()
        return None if row is None else as_(Edit, row)

    async def drop_edit(self, draft_id: int, person_id: int) -> None:
        mine = (draft_edit.c.draft_id == draft_id, draft_edit.c.person_id == person_id)
        await self._session.execute(delete(draft_edit).where(*mine))

    # -- patterns ----------------------------------------------------------------------------------------------------

    async def outcomes(self, author_id: int, since: datetime) -> list[Outcome]:
        statement = (
            select(decision)
            .join(draft, draft.c.id == decision.c.draft_id)
            .where(draft.c.author_id == author_id, decision.c.at >= since)
            .order_by(decision.c.at, decision.c.id)
        )
        return all_(Outcome, await self._session.execute(statement))

    async def authors_decided(self, zone: str, since: datetime, least: int) -> list[int]:
        versions = (
            select(draft.c.author_id, decision.c.draft_id, decision.c.version)
            .join(decision, decision.c.draft_id == draft.c.id)
            .where(decision.c.at >= since)
            .distinct()
            .subquery()
        )
        wanted = select(pattern_mute.c.person_id).where(pattern_mute.c.person_id == person.c.id)
        statement = (
            select(person.c.id)
            .join(versions, versions.c.author_id == person.c.id)
            .where(person.c.zone == zone, person.c.status == PersonStatus.ACTIVE, ~wanted.exists())
            .group_by(person.c.id)
            .having(func.count() >= least)
            .order_by(person.c.id)
        )
        return list((await self._session.execute(statement)).scalars())

    async def zones_decided(self, since: datetime) -> list[str]:
        decided = (
            select(draft.c.author_id).join(decision, decision.c.draft_id == draft.c.id).where(decision.c.at >= since)
        )
        statement = select(person.c.zone).where(person.c.id.in_(decided)).distinct().order_by(person.c.zone)
        return list((await self._session.execute(statement)).scalars())

    async def mute(self, person_id: int, *, muted: bool, now: datetime) -> None:
        if muted:
            added = self._insert(pattern_mute).values(person_id=person_id, at=now)
            await self._session.execute(added.on_conflict_do_nothing())
        else:
            await self._session.execute(delete(pattern_mute).where(pattern_mute.c.person_id == person_id))

    async def is_muted(self, person_id: int) -> bool:
        statement = select(pattern_mute.c.person_id).where(pattern_mute.c.person_id == person_id)
        return (await self._session.execute(statement)).first() is not None
