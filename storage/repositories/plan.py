"""The posting plan: slots, assignments, proofs, questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, delete, func, insert, select, update

from domain.campaign_tags import handed_out
from domain.errors import Conflict, NotFound
from domain.pages import Page
from domain.people import Person, PersonStatus
from domain.plan import Assignment, AssignmentState, DeclineReason, LinkUsed, Proof, Question, Slot, SlotState
from domain.ports.plan import AssignmentView, Booking, Declined, Kept, SlotView
from storage.repositories.base import Repository
from storage.repositories.campaign_tags import ONLY, TAGS, rule_of
from storage.repositories.draft_rows import media_of, text_on
from storage.repositories.halts import STOPPED
from storage.repositories.imprints import READ_WITH, as_read
from storage.rows import all_, as_
from storage.tables import (
    assignment,
    campaign_tag,
    content,
    draft,
    draft_page,
    journal,
    journal_payload,
    page,
    page_poster,
    person,
    proof,
    question,
    slot,
)

_giver = person.alias("giver")
_HAD = (AssignmentState.ASSIGNED, AssignmentState.POSTED, AssignmentState.MISSED)
_OPEN_SLOTS = (SlotState.EMPTY, SlotState.FILLED)
_SHOWN = (AssignmentState.ASSIGNED, AssignmentState.OFFERED, AssignmentState.POSTED, AssignmentState.MISSED)

SLOT_VIEWS = (
    select(
        slot,
        page.c.title.label("page_title"),
        page.c.platform,
        page.c.region,
        page.c.zone,
        assignment.c.id.label("assignment_id"),
        assignment.c.accepted_at,
        person.c.id.label("assignee_id"),
        person.c.name.label("assignee"),
    )
    .join(page, page.c.code == slot.c.page)
    .join(
        assignment,
        and_(assignment.c.slot_id == slot.c.id, assignment.c.state.in_(_HAD)),
        isouter=True,
    )
    .join(person, person.c.id == assignment.c.person_id, isouter=True)
    .order_by(slot.c.at, page.c.title, slot.c.id)
)
"""Slots for lists, as `SlotView` needs them, by moment."""


def _prefixed(table: Any, prefix: str) -> list[Any]:
    return [column.label(f"{prefix}_{column.name}") for column in table.c]


_VIEWS = (
    select(
        *_prefixed(assignment, "a"),
        *_prefixed(slot, "s"),
        *_prefixed(page, "p"),
        *_prefixed(person, "w"),
        content.c.text,
        content.c.media,
        content.c.variants,
        page.c.platform,
        proof.c.url.label("proof_url"),
        proof.c.media.label("proof_media"),
        select(_giver.c.name).where(_giver.c.id == proof.c.given_by).scalar_subquery().label("given_by"),
        STOPPED.label("halted"),
        *(draft.c.not_before, draft.c.expires_at),
        READ_WITH.label("read_with"),
        *TAGS,
    )
    .join(slot, slot.c.id == assignment.c.slot_id)
    .join(page, page.c.code == slot.c.page)
    .join(person, person.c.id == assignment.c.person_id)
    .join(content, and_(content.c.draft_id == slot.c.draft_id, content.c.version == slot.c.draft_version), isouter=True)
    .join(draft, draft.c.id == slot.c.draft_id, isouter=True)
    .join(proof, proof.c.assignment_id == assignment.c.id, isouter=True)
    .join(campaign_tag, campaign_tag.c.id == ONLY, isouter=True)
    .order_by(assignment.c.at, assignment.c.id)
)


def _part(cls: type[Any], row: Row[Any], prefix: str) -> Any:
    """One of the entities of a joined row."""
    cut = len(prefix) + 1
    names = {key[cut:]: value for key, value in row._mapping.items() if key.startswith(f"{prefix}_")}  # noqa: SLF001 - SQLAlchemy's documented mapping view
    return cls(**{name: names[name] for name in cls.__dataclass_fields__})


def _view(row: Row[Any]) -> AssignmentView:
    where, media = as_read(_part(Page, row, "p"), row.read_with), media_of(row.media or ())
    return AssignmentView(
        assignment=_part(Assignment, row, "a"),
        slot=_part(Slot, row, "s"),
        page=where,
        person=_part(Person, row, "w"),
        text=None if row.text is None else handed_out(text_on(row), where, media, rule_of(row)),
        media=media,
        proof_url=row.proof_url,
        proof_media=row.proof_media or "",
        given_by=row.given_by or "",
        halted=bool(row.halted),
        not_before=row.not_before,
        expires_at=row.expires_at,
    )


class PlanRepository(Repository):
    """See `domain.ports.plan.Plan`."""

    # -- read models -----------------------------------------------------------------------------------------------------

    async def slots_of_day(self, day: date, pages: Iterable[str] | None = None) -> list[SlotView]:
        statement = SLOT_VIEWS.where(slot.c.day == day, slot.c.state != SlotState.CANCELLED)
        if pages is not None:
            statement = statement.where(slot.c.page.in_(list(pages)))
        return await self._slot_views(statement)

    async def open_slots_between(self, start: datetime, end: datetime) -> list[SlotView]:
        return await self._slot_views(
            SLOT_VIEWS.where(slot.c.at >= start, slot.c.at < end, slot.c.state.in_(_OPEN_SLOTS))
        )

    async def next_slots(self, page_code: str, now: datetime, limit: int) -> list[SlotView]:
        return await self._slot_views(
            SLOT_VIEWS.where(slot.c.page == page_code, slot.c.at >= now, slot.c.state.in_(_OPEN_SLOTS)).limit(limit)
        )

    async def slots_of_call(self, call_id: int) -> list[SlotView]:
        return await self._slot_views(SLOT_VIEWS.where(slot.c.urgent_id == call_id))

    async def _slot_views(self, statement: Select[Any]) -> list[SlotView]:
        rows = await self._session.execute(statement)
        return [as_(SlotView, row, slot=as_(Slot, row)) for row in rows]

    async def kept(self, since: date, now: datetime) -> dict[str, Kept]:
        posted = func.sum(case((slot.c.state == SlotState.POSTED, 1), else_=0))
        statement = (
            select(slot.c.page, func.count().label("due"), posted.label("posted"))
            .where(slot.c.day >= since, slot.c.at < now, slot.c.state != SlotState.CANCELLED)
            .group_by(slot.c.page)
        )
        return {row.page: Kept(int(row.due), int(row.posted)) for row in await self._session.execute(statement)}

    async def view(self, assignment_id: int) -> AssignmentView:
        row = (await self._session.execute(_VIEWS.where(assignment.c.id == assignment_id))).one_or_none()
        if row is None:
            raise NotFound("assignment")
        return _view(row)

    async def views_of_person(self, person_id: int, start: datetime, end: datetime) -> list[AssignmentView]:
        statement = _VIEWS.where(
            assignment.c.person_id == person_id,
            assignment.c.at >= start,
            assignment.c.at < end,
            assignment.c.state.in_(_SHOWN),
        )
        return [_view(row) for row in await self._session.execute(statement)]

    # -- slots -------------------------------------------------------------------------------------------------------------

    async def get_slot(self, slot_id: int) -> Slot:
        row = (await self._session.execute(select(slot).where(slot.c.id == slot_id))).one_or_none()
        if row is None:
            raise NotFound("slot")
        return as_(Slot, row)

    async def slots_of_pages(self, pages: Iterable[str], days: Iterable[date]) -> list[Slot]:
        statement = select(slot).where(slot.c.page.in_(list(pages)), slot.c.day.in_(list(days))).order_by(slot.c.at)
        return all_(Slot, await self._session.execute(statement))

    async def slots_of_draft(self, draft_id: int) -> list[Slot]:
        # By the text's own pages, since that is what the index begins with.
        pages = select(draft_page.c.page).where(draft_page.c.draft_id == draft_id)
        held = (SlotState.FILLED, SlotState.POSTED)
        statement = select(slot).where(slot.c.page.in_(pages), slot.c.draft_id == draft_id, slot.c.state.in_(held))
        return all_(Slot, await self._session.execute(statement.order_by(slot.c.at, slot.c.id)))

    async def add_slots(self, moments: Iterable[tuple[str, date, datetime]]) -> list[Slot]:
        wanted = list(moments)
        if not wanted:
            return []
        rows = [{"page": code, "day": day, "at": at, "state": SlotState.EMPTY} for code, day, at in wanted]
        pages, times = {code for code, _, _ in wanted}, [at for _, _, at in wanted]
        first, last = min(times), max(times)
        there = select(slot).where(slot.c.page.in_(pages), slot.c.at >= first, slot.c.at <= last)
        open_before = {
            s.id for s in all_(Slot, await self._session.execute(there)) if s.state is not SlotState.CANCELLED
        }
        statement = self._insert(slot)
        revive = {
            "state": SlotState.EMPTY,
            "empty_reason": None,
            "draft_id": None,
            "draft_version": None,
            "urgent_id": None,
            "excuse": None,
            "extra": False,
            "again": 0,
            "version": slot.c.version + 1,
        }
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["page", "at"], set_=revive, where=slot.c.state == SlotState.CANCELLED
            ),
            rows,
        )
        asked_for = {(code, at) for code, _, at in wanted}
        after = all_(Slot, await self._session.execute(there.order_by(slot.c.at, slot.c.page)))
        return [s for s in after if (s.page, s.at) in asked_for and s.id not in open_before]

    async def save_slot(self, changed: Slot) -> Slot:
        values = {
            "state": changed.state,
            "empty_reason": changed.empty_reason,
            "draft_id": changed.draft_id,
            "draft_version": changed.draft_version,
            "posted_at": changed.posted_at,
            "urgent_id": changed.urgent_id,
            "excuse": changed.excuse,
            "extra": changed.extra,
            "again": changed.again,
        }
        statement = update(slot).where(slot.c.id == changed.id, slot.c.version == changed.version)
        result = await self._session.execute(statement.values(version=changed.version + 1, **values))
        if result.rowcount != 1:
            raise Conflict
        return replace(changed, version=changed.version + 1)

    async def times_missed(self, of: Slot) -> int:
        statement = (
            select(func.count())
            .select_from(slot)
            .where(
                slot.c.page == of.page,
                slot.c.draft_id == of.draft_id,
                slot.c.draft_version == of.draft_version,
                slot.c.state == SlotState.MISSED,
            )
        )
        return int((await self._session.execute(statement)).scalar_one())

    # -- assignments ---------------------------------------------------------------------------------------------------------

    async def get_assignment(self, assignment_id: int) -> Assignment:
        row = (await self._session.execute(select(assignment).where(assignment.c.id == assignment_id))).one_or_none()
        if row is None:
            raise NotFound("assignment")
        return as_(Assignment, row)

    async def assignments_of(self, slot_id: int) -> list[Assignment]:
        statement = select(assignment).where(assignment.c.slot_id == slot_id).order_by(assignment.c.id)
        return all_(Assignment, await self._session.execute(statement))

    async def declines(self, slot_id: int) -> list[Declined]:
        people = select(assignment.c.id, person.c.name).join(person, person.c.id == assignment.c.person_id)
        gone = people.where(assignment.c.slot_id == slot_id, assignment.c.state == AssignmentState.DECLINED)
        names = {f"assignment:{row.id}": row.name for row in await self._session.execute(gone)}
        statement = (
            select(journal.c.object, journal_payload.c.payload)
            .join(journal_payload, journal_payload.c.seq == journal.c.seq)
            .where(journal.c.object.in_(list(names)), journal.c.action == "assignment.declined")
            .order_by(journal.c.seq)
        )
        last = {row.object: row.payload for row in await self._session.execute(statement)}
        return [
            Declined(names[one], DeclineReason(payload["reason"]), payload.get("note", ""))
            for one, payload in last.items()
        ]

    async def put_assignment(
        self, of: Slot, person_id: int, state: AssignmentState, *, substitute: bool, now: datetime
    ) -> Assignment:
        values = {"at": of.at, "state": state, "substitute": substitute, "created_at": now, "accepted_at": None}
        statement = self._insert(assignment).values(slot_id=of.id, person_id=person_id, **values)
        again = statement.on_conflict_do_update(
            index_elements=["slot_id", "person_id"], set_={**values, "version": assignment.c.version + 1}
        )
        row = (await self._session.execute(again.returning(*assignment.c))).one()
        return as_(Assignment, row)

    async def save_assignment(self, changed: Assignment) -> Assignment:
        statement = update(assignment).where(assignment.c.id == changed.id, assignment.c.version == changed.version)
        values = {"state": changed.state, "substitute": changed.substitute, "accepted_at": changed.accepted_at}
        if (await self._session.execute(statement.values(version=changed.version + 1, **values))).rowcount != 1:
            raise Conflict
        return replace(changed, version=changed.version + 1)

    async def bookings(self, people: Sequence[int], since: datetime) -> list[Booking]:
        left_out = (AssignmentState.CANCELLED, AssignmentState.REPLACED)
        statement = select(assignment.c.person_id, assignment.c.slot_id, assignment.c.at, assignment.c.state).where(
            assignment.c.person_id.in_(list(people)), assignment.c.at >= since, assignment.c.state.not_in(left_out)
        )
        return all_(Booking, await self._session.execute(statement))

    async def posters(self, pages: Iterable[str]) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for row in await self._session.execute(select(page_poster).where(page_poster.c.page.in_(list(pages)))):
            found[row.page].add(row.person_id)
        return {code: frozenset(ids) for code, ids in found.items()}

    async def active_people(self, ids: Iterable[int]) -> list[Person]:
        statement = select(person).where(person.c.id.in_(list(ids)), person.c.status == PersonStatus.ACTIVE)
        return all_(Person, await self._session.execute(statement.order_by(person.c.id)))

    # -- proof ---------------------------------------------------------------------------------------------------------------

    async def add_proof(self, new: Proof) -> None:
        values = {name: getattr(new, name) for name in new.__dataclass_fields__}
        statement = self._insert(proof).values(**values).on_conflict_do_nothing(index_elements=["normal"])
        if (await self._session.execute(statement)).rowcount != 1:
            raise LinkUsed(new.url)

    async def remove_proof(self, slot_id: int) -> None:
        await self._session.execute(delete(proof).where(proof.c.slot_id == slot_id))

    # -- questions -----------------------------------------------------------------------------------------------------------

    async def add_question(self, slot_id: int, asked_by: int, text: str, now: datetime) -> int:
        return await self._new_id(insert(question).values(slot_id=slot_id, asked_by=asked_by, text=text, asked_at=now))

    async def get_question(self, question_id: int) -> Question:
        row = (await self._session.execute(select(question).where(question.c.id == question_id))).one_or_none()
        if row is None:
            raise NotFound("question")
        return as_(Question, row)

    async def answer_question(self, question_id: int, answered_by: int, answer: str, now: datetime) -> bool:
        statement = update(question).where(question.c.id == question_id, question.c.answered_at.is_(None))
        values = {"answered_by": answered_by, "answer": answer, "answered_at": now}
        return (await self._session.execute(statement.values(**values))).rowcount == 1
