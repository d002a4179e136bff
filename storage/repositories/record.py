"""The journal, read by what it is about."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, String, cast, func, literal, or_, select, union_all

from domain.people import Membership
from domain.record import About, Entry, Kind, Known, Sealed
from storage.repositories.base import Repository
from storage.repositories.journal import LAST_UNPLACED
from storage.rows import as_
from storage.tables import (
    assignment,
    authority,
    draft,
    draft_page,
    figure,
    journal,
    journal_payload,
    membership,
    page,
    person,
    question,
    recall,
    recall_task,
    slot,
    spot_check,
    swap,
    urgent_ask,
)

_ENTRY = (*journal.c, journal_payload.c.payload)
_LONGEST = 64
"""Characters that the journal keeps of what an entry is about."""


def _of(prefix: str, column: ColumnElement[Any]) -> ColumnElement[str]:
    return literal(prefix + ":") + cast(column, String)


def _of_slots(slots: Select[Any]) -> list[Select[Any]]:
    """What belongs to these posts: themselves, who was asked, proofs, looks, questions, figures, recalls."""
    mine = select(assignment.c.id).where(assignment.c.slot_id.in_(slots))
    return [
        select(_of("slot", slot.c.id)).where(slot.c.id.in_(slots)),
        select(_of("assignment", assignment.c.id)).where(assignment.c.slot_id.in_(slots)),
        select(_of("check", spot_check.c.id)).where(spot_check.c.slot_id.in_(slots)),
        select(_of("question", question.c.id)).where(question.c.slot_id.in_(slots)),
        select(_of("figure", figure.c.id)).where(figure.c.slot_id.in_(slots)),
        select(_of("recall_task", recall_task.c.id)).where(recall_task.c.slot_id.in_(slots)),
        select(_of("swap", swap.c.id)).where(or_(swap.c.assignment_id.in_(mine), swap.c.other_id.in_(mine))),
        select(_of("urgent.ask", urgent_ask.c.id)).where(urgent_ask.c.slot_id.in_(slots)),
        select(_of("urgent", slot.c.urgent_id)).where(slot.c.id.in_(slots), slot.c.urgent_id.is_not(None)),
    ]


def _of_drafts(drafts: Select[Any]) -> list[Select[Any]]:
    return [
        select(_of("draft", draft.c.id)).where(draft.c.id.in_(drafts)),
        select(_of("recall", recall.c.id)).where(recall.c.draft_id.in_(drafts)),
    ]


def _objects(kind: Kind, key: str) -> CompoundSelect[Any]:
    """Under which names the journal knows what belongs to one thing."""
    if kind is Kind.DRAFT:
        return union_all(*_of_drafts(select(draft.c.id).where(draft.c.id == int(key))))
    if kind is Kind.PERSON:
        mine = select(draft.c.id).where(draft.c.author_id == int(key))
        asked = select(_of("assignment", assignment.c.id)).where(assignment.c.person_id == int(key))
        return union_all(select(literal(f"person:{key}")), asked, *_of_drafts(mine))
    where = slot.c.id == int(key) if kind is Kind.POST else slot.c.page == key
    slots, texts = select(slot.c.id).where(where), select(slot.c.draft_id).where(where, slot.c.draft_id.is_not(None))
    if kind is Kind.POST:
        return union_all(*_of_slots(slots), *_of_drafts(texts))
    meant = select(draft_page.c.draft_id).where(draft_page.c.page == key)
    return union_all(
        select(literal(f"page:{key}"[:_LONGEST])),
        select(_of("authority", authority.c.id)).where(authority.c.page == key),
        select(_of("figure", figure.c.id)).where(figure.c.page == key, figure.c.slot_id.is_(None)),
        *_of_slots(slots),
        *_of_drafts(meant),
    )


def _entry(row: Any) -> Entry:
    return as_(Entry, row, payload=row.payload or {})


class RecordRepository(Repository):
    """See `domain.ports.record_reads.RecordReads`."""

    async def entries(self, kind: Kind, key: str, skip: int, limit: int) -> tuple[list[Entry], int]:
        wanted: ColumnElement[bool] = journal.c.object.in_(_objects(kind, key))
        if kind is Kind.PERSON:
            number = select(person.c.number).where(person.c.id == int(key)).scalar_subquery()
            theirs = select(journal.c.seq).where(journal.c.actor == number)
            # Two ways, each with an index of its own; an OR of both conditions would have none.
            wanted = journal.c.seq.in_(union_all(theirs, select(journal.c.seq).where(wanted)))
        total = (await self._session.execute(select(func.count()).select_from(journal).where(wanted))).scalar_one()
        statement = (
            select(*_ENTRY)
            .join(journal_payload, journal_payload.c.seq == journal.c.seq, isouter=True)
            .where(wanted)
            .order_by(journal.c.seq.desc())
            .offset(skip)
            .limit(limit)
        )
        return [_entry(row) for row in await self._session.execute(statement)], total

    async def sealed(self, slot_id: int) -> list[Sealed]:
        before = journal.alias("before")
        statement = (
            select(*_ENTRY, journal_payload.c.salt, before.c.seal.label("previous"))
            .join(journal_payload, journal_payload.c.seq == journal.c.seq, isouter=True)
            .join(before, before.c.place == journal.c.place - 1, isouter=True)
            .where(journal.c.object.in_(_objects(Kind.POST, str(slot_id))))
            .order_by(journal.c.seq)
        )
        rows = await self._session.execute(statement)
        return [
            as_(Sealed, row, entry=_entry(row), salt=row.salt or "", previous=await self._before(row)) for row in rows
        ]

    async def _before(self, row: Any) -> str:
        """The seal that one place follows; the first of them follows what was sealed before places were kept."""
        if row.previous is not None or row.place != 1:
            return row.previous or ""
        older = (await self._session.execute(LAST_UNPLACED)).one_or_none()
        return "" if older is None else older.seal

    async def people(self, numbers: Collection[int]) -> dict[int, Known]:
        found = await self._known(person.c.number.in_(list(numbers))) if numbers else []
        return {one.number: one for one in found}

    async def persons(self, ids: Collection[int]) -> dict[int, Known]:
        found = await self._known(person.c.id.in_(list(ids))) if ids else []
        return {one.id: one for one in found}

    async def person(self, person_id: int) -> Known | None:
        return (await self.persons([person_id])).get(person_id)

    async def _known(self, condition: ColumnElement[bool]) -> list[Known]:
        statement = (
            select(
                person.c.id, person.c.number, person.c.name, person.c.region, membership.c.role, membership.c.region.label("scope")
            )
            .join(membership, membership.c.person_id == person.c.id, isouter=True)
            .where(condition)
        )  # fmt: skip
        found: dict[int, tuple[Any, list[Membership]]] = {}
        for row in await self._session.execute(statement):
            held = found.setdefault(row.id, (row, []))[1]
            if row.role:
                held.append(Membership(row.role, row.scope))
        return [as_(Known, row, memberships=tuple(held)) for row, held in found.values()]

    async def about(self, objects: Collection[str]) -> Mapping[str, About]:
        drafts = {one: About(draft_id=int(one.removeprefix("draft:"))) for one in objects if one.startswith("draft:")}
        return drafts | await self._posts(objects) | await self._pages(objects)

    async def _posts(self, objects: Collection[str]) -> dict[str, About]:
        slots = [int(one.removeprefix("slot:")) for one in objects if one.startswith("slot:")]
        asked = [int(one.removeprefix("assignment:")) for one in objects if one.startswith("assignment:")]
        figures = [int(one.removeprefix("figure:")) for one in objects if one.startswith("figure:")]
        columns = (page.c.title, slot.c.at)
        direct = select(_of("slot", slot.c.id).label("object"), *columns).where(slot.c.id.in_(slots))
        by_asking = (
            select(_of("assignment", assignment.c.id).label("object"), *columns)
            .join(slot, slot.c.id == assignment.c.slot_id)
            .where(assignment.c.id.in_(asked))
        )
        counted = (
            select(_of("figure", figure.c.id).label("object"), *columns)
            .join(page, page.c.code == figure.c.page)
            .join(slot, slot.c.id == figure.c.slot_id, isouter=True)
            .where(figure.c.id.in_(figures))
        )
        all_ = (
            direct.join(page, page.c.code == slot.c.page),
            by_asking.join(page, page.c.code == slot.c.page),
            counted,
        )
        rows = (await self._session.execute(union_all(*all_))).all() if slots or asked or figures else ()
        return {row.object: About(title=row.title, at=row.at) for row in rows}

    async def _pages(self, objects: Collection[str]) -> dict[str, About]:
        codes = [one.removeprefix("page:") for one in objects if one.startswith("page:")]
        if not codes:
            return {}
        rows = await self._session.execute(select(page.c.code, page.c.title).where(page.c.code.in_(codes)))
        return {f"page:{row.code}": About(title=row.title) for row in rows}

    async def count(self) -> int:
        """Places have no gaps, so the last one says how many; what was sealed before there were any is counted."""
        placed = select(func.coalesce(func.max(journal.c.place), 0)).scalar_subquery()
        older = select(func.count()).where(journal.c.place.is_(None), journal.c.seal.is_not(None)).scalar_subquery()
        return int((await self._session.execute(select(placed + older))).scalar_one())
