"""The board of a day, and the changes made by hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, insert, not_, or_, select, tuple_, update

from domain.day_plan import Change, Kind, Standing
from domain.errors import Conflict, NotFound
from domain.pages import PageKind
from domain.plan import Assignment, AssignmentState, EmptyReason, Excuse, Slot, SlotState
from domain.platforms import Platform
from domain.ports.day_plan import BoardChoice, DayRow, TextLine
from storage.repositories.base import Repository
from storage.repositories.draft_rows import CURRENT, text_on
from storage.rows import all_, as_
from storage.tables import assignment, content, draft, page, person, plan_board, plan_change, slot

T = TypeVar("T", Slot, Assignment)
WORDS = 70
"""Characters of a text on a board."""
_HAD = (AssignmentState.ASSIGNED, AssignmentState.POSTED, AssignmentState.MISSED)
_IN_PLAN = or_(slot.c.state != SlotState.CANCELLED, slot.c.excuse == Excuse.SKIPPED)
_ROWS = (
    select(
        slot,
        *(page.c.title.label("page_title"), page.c.platform, page.c.region, page.c.zone),
        *(person.c.id.label("assignee_id"), person.c.name.label("assignee")),
        *(content.c.text, content.c.variants),
    )
    .join(page, page.c.code == slot.c.page)
    .join(assignment, and_(assignment.c.slot_id == slot.c.id, assignment.c.state.in_(_HAD)), isouter=True)
    .join(person, person.c.id == assignment.c.person_id, isouter=True)
    .join(content, and_(content.c.draft_id == slot.c.draft_id, content.c.version == slot.c.draft_version), isouter=True)
    .order_by(slot.c.at, page.c.title, slot.c.id)
)


TAKEN_OFF = (
    select(slot.c.page, plan_change.c.draft_id)
    .join(slot, slot.c.id == plan_change.c.slot_id)
    .where(plan_change.c.draft_id.is_not(None), plan_change.c.undone_at.is_(None))
)
"""Page and text: what somebody took off a page comes back there by hand only."""


class DayPlanRepository(Repository):
    """See `domain.ports.day_plan.DayPlan`."""

    async def find_choice(self, person_id: int) -> BoardChoice | None:
        row = (await self._session.execute(select(plan_board).where(plan_board.c.person_id == person_id))).one_or_none()
        return None if row is None else as_(BoardChoice, row)

    async def save_choice(self, person_id: int, choice: BoardChoice) -> None:
        values = {"region": choice.region, "only_empty": choice.only_empty, "personal": choice.personal}
        put = self._insert(plan_board).values(person_id=person_id, **values)
        await self._session.execute(put.on_conflict_do_update(index_elements=["person_id"], set_=values))

    # -- the board ---------------------------------------------------------------------------------------------------------

    async def rows(
        self,
        region: str,
        day: date,
        *,
        personal: bool | None = None,
        only_empty: bool = False,
        limit: int = 500,
        at: int = 0,
    ) -> list[DayRow]:
        statement = _ROWS.where(*_of_day(region, day, personal), _IN_PLAN)
        if only_empty:
            statement = statement.where(slot.c.state == SlotState.EMPTY)
        return await self._rows(statement.limit(limit).offset(at))

    async def page_codes(self, region: str, *, personal: bool) -> list[str]:
        kind = page.c.kind == PageKind.PERSONAL
        statement = select(page.c.code).where(page.c.region == region, page.c.active, kind if personal else not_(kind))
        return [row.code for row in await self._session.execute(statement.order_by(page.c.code))]

    async def counts(self, region: str, day: date) -> dict[tuple[SlotState, bool], int]:
        personal = case((page.c.kind == PageKind.PERSONAL, 1), else_=0)
        statement = (
            select(slot.c.state, personal.label("personal"), func.count().label("many"))
            .join(page, page.c.code == slot.c.page)
            .where(*_of_day(region, day, None), _IN_PLAN)
            .group_by(slot.c.state, personal)
        )
        return {(row.state, bool(row.personal)): row.many for row in await self._session.execute(statement)}

    async def ahead(self, page_code: str, now: datetime, limit: int) -> list[DayRow]:
        filled = (slot.c.page == page_code, slot.c.at > now, slot.c.state == SlotState.FILLED)
        return await self._rows(_ROWS.where(*filled).limit(limit))

    async def get_row(self, slot_id: int) -> DayRow:
        found = await self._rows(_ROWS.where(slot.c.id == slot_id))
        if not found:
            raise NotFound("slot")
        return found[0]

    async def _rows(self, statement: Select[Any]) -> list[DayRow]:
        rows = list(await self._session.execute(statement))
        asked: dict[int, list[str]] = defaultdict(list)
        offers = (
            select(assignment.c.slot_id, person.c.name)
            .join(person, person.c.id == assignment.c.person_id)
            .where(assignment.c.slot_id.in_([row.id for row in rows]), assignment.c.state == AssignmentState.OFFERED)
            .order_by(assignment.c.id)
        )
        for row in await self._session.execute(offers) if rows else ():
            asked[row.slot_id].append(row.name)
        return [
            as_(DayRow, row, slot=as_(Slot, row), words=_cut(row), asked=tuple(asked.get(row.id, ()))) for row in rows
        ]

    async def lines(self, platform: Platform, drafts: Iterable[tuple[int, int]]) -> list[TextLine]:
        wanted = list(drafts)
        if not wanted:
            return []
        statement = (
            select(content.c.draft_id, content.c.version, content.c.text, content.c.variants, person.c.name)
            .join(draft, draft.c.id == content.c.draft_id)
            .join(person, person.c.id == draft.c.author_id)
            .where(tuple_(content.c.draft_id, content.c.version).in_(wanted))
        )
        found = {}
        for row in await self._session.execute(statement):
            words = next((text for name, text in row.variants if name == platform), row.text)
            found[row.draft_id, row.version] = TextLine(row.draft_id, row.version, _short(words), row.name)
        return [found[key] for key in wanted if key in found]

    async def words(self, drafts: Iterable[int]) -> dict[int, str]:
        statement = select(draft.c.id, content.c.text).join(content, CURRENT).where(draft.c.id.in_(list(drafts)))
        return {row.id: _short(row.text) for row in await self._session.execute(statement)}

    # -- changing ----------------------------------------------------------------------------------------------------------

    async def standing(self, slot_ids: Iterable[int]) -> Standing:
        ids = list(slot_ids)
        slots = all_(Slot, await self._session.execute(select(slot).where(slot.c.id.in_(ids)).order_by(slot.c.id)))
        if len(slots) != len(set(ids)):
            raise NotFound("slot")
        theirs = select(assignment).where(assignment.c.slot_id.in_(ids)).order_by(assignment.c.id)
        return Standing(tuple(slots), tuple(all_(Assignment, await self._session.execute(theirs))))

    async def others(self, page_code: str, first: date, last: date, besides: int) -> list[datetime]:
        statement = select(slot.c.at).where(
            slot.c.page == page_code,
            slot.c.day.between(first, last),
            slot.c.state != SlotState.CANCELLED,
            slot.c.id != besides,
        )
        return [row.at for row in await self._session.execute(statement)]

    async def at_moment(self, page_code: str, at: datetime, besides: int) -> Slot | None:
        statement = select(slot).where(slot.c.page == page_code, slot.c.at == at, slot.c.id != besides)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(Slot, row)

    async def make_way(self, cancelled: Slot) -> None:
        # By its own number, so that no two of a page meet again.
        aside = cancelled.at + timedelta(microseconds=1 + cancelled.id % 999_999)
        where = (slot.c.id == cancelled.id, slot.c.version == cancelled.version, slot.c.state == SlotState.CANCELLED)
        result = await self._session.execute(update(slot).where(*where).values(at=aside, version=cancelled.version + 1))
        if result.rowcount != 1:
            raise Conflict

    async def times_there(self, page_code: str, draft_id: int, besides: Iterable[int]) -> int:
        held = (SlotState.FILLED, SlotState.POSTED)
        statement = select(func.max(slot.c.again)).where(
            slot.c.page == page_code,
            slot.c.draft_id == draft_id,
            slot.c.state.in_(held),
            slot.c.id.not_in(list(besides)),
        )
        last = (await self._session.execute(statement)).scalar_one()
        return 0 if last is None else int(last) + 1

    async def taken_off(self, page_code: str) -> frozenset[int]:
        rows = await self._session.execute(TAKEN_OFF.where(slot.c.page == page_code))
        return frozenset(row.draft_id for row in rows)

    async def save_slots(self, slots: Iterable[Slot]) -> list[Slot]:
        changed = list(slots)
        if len(changed) > 1:
            # A text stands once on a page: for a moment none of them has any.
            ids = [one.id for one in changed]
            await self._session.execute(update(slot).where(slot.c.id.in_(ids)).values(draft_id=None))
        return [await self._save_slot(one) for one in changed]

    async def _save_slot(self, changed: Slot) -> Slot:
        values = {name: value for name, value in _values(changed).items() if name not in {"id", "page", "version"}}
        statement = update(slot).where(slot.c.id == changed.id, slot.c.version == changed.version)
        if (await self._session.execute(statement.values(version=changed.version + 1, **values))).rowcount != 1:
            raise Conflict
        return replace(changed, version=changed.version + 1)

    async def save_assignment(self, changed: Assignment) -> Assignment:
        values = {name: value for name, value in _values(changed).items() if name not in {"id", "version"}}
        statement = update(assignment).where(assignment.c.id == changed.id, assignment.c.version == changed.version)
        if (await self._session.execute(statement.values(**values, version=changed.version + 1))).rowcount != 1:
            raise Conflict
        return replace(changed, version=changed.version + 1)

    # -- what was done -----------------------------------------------------------------------------------------------------

    async def add_change(self, change: Change) -> int:
        other = next((one.id for one in change.after.slots if one.id != change.slot_id), None)
        off = change.before.slot(change.slot_id).draft_id if change.kind is Kind.TEXT_OFF else None
        return await self._new_id(
            insert(plan_change).values(
                kind=change.kind,
                slot_id=change.slot_id,
                other_id=other,
                draft_id=off,
                by_id=change.by_id,
                at=change.at,
                reason=change.reason,
                before=_stored(change.before),
                after=_stored(change.after),
            )
        )

    async def get_change(self, change_id: int) -> Change:
        row = (await self._session.execute(select(plan_change).where(plan_change.c.id == change_id))).one_or_none()
        if row is None:
            raise NotFound("change")
        return _change(row)

    async def moved_for_a_reason(self, first: date, last: date) -> frozenset[int]:
        statement = select(plan_change.c.slot_id).join(slot, slot.c.id == plan_change.c.slot_id)
        moved = statement.where(
            slot.c.day.between(first, last),
            plan_change.c.kind == Kind.MOVE,
            plan_change.c.reason != "",
            plan_change.c.undone_at.is_(None),
        )
        return frozenset((await self._session.execute(moved)).scalars())

    async def last_change(self, slot_id: int) -> tuple[Change, str] | None:
        statement = (
            select(plan_change, person.c.name.label("by_name"))
            .join(person, person.c.id == plan_change.c.by_id)
            .where(or_(plan_change.c.slot_id == slot_id, plan_change.c.other_id == slot_id))
            .order_by(plan_change.c.id.desc())
            .limit(1)
        )
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else (_change(row), row.by_name)

    async def undone(self, change_id: int, now: datetime) -> bool:
        statement = update(plan_change).where(plan_change.c.id == change_id, plan_change.c.undone_at.is_(None))
        return (await self._session.execute(statement.values(undone_at=now))).rowcount == 1


def _of_day(region: str, day: date, personal: bool | None) -> tuple[ColumnElement[bool], ...]:
    # By the region's own pages: the index of a day begins with the day of all regions.
    pages = select(page.c.code).where(page.c.region == region)
    if personal is not None:
        kind = page.c.kind == PageKind.PERSONAL
        pages = pages.where(kind if personal else not_(kind))
    return slot.c.day == day, slot.c.page.in_(pages)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= WORDS else one_line[: WORDS - 1].rstrip() + "…"


def _cut(row: Row[Any]) -> str:
    return "" if row.text is None else _short(text_on(row))


# -- standings as JSON ----------------------------------------------------------------------------------------------------

_PARSED: Mapping[str, Any] = {
    "at": datetime.fromisoformat,
    "day": date.fromisoformat,
    "posted_at": datetime.fromisoformat,
    "accepted_at": datetime.fromisoformat,
    "empty_reason": EmptyReason,
    "excuse": Excuse,
}


def _values(one: Slot | Assignment) -> dict[str, Any]:
    return {f.name: getattr(one, f.name) for f in fields(one)}


def _json(one: Slot | Assignment) -> dict[str, Any]:
    """Days and moments as ISO text (a datetime is a date)."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in _values(one).items()}


def _stored(standing: Standing) -> dict[str, list[dict[str, Any]]]:
    return {
        "slots": [_json(one) for one in standing.slots],
        "assignments": [_json(one) for one in standing.assignments],
    }


def _loaded(cls: type[T], values: Mapping[str, Any], states: type[SlotState] | type[AssignmentState]) -> T:
    made: dict[str, Any] = {"state": states(values["state"])}
    for one in fields(cls):
        value = values.get(one.name)
        if one.name in values and one.name != "state":
            made[one.name] = _PARSED[one.name](value) if value and one.name in _PARSED else value
    return cls(**made)


def _standing(stored: Mapping[str, list[dict[str, Any]]]) -> Standing:
    return Standing(
        tuple(_loaded(Slot, one, SlotState) for one in stored["slots"]),
        tuple(_loaded(Assignment, one, AssignmentState) for one in stored["assignments"]),
    )


def _change(row: Row[Any]) -> Change:
    return as_(Change, row, kind=Kind(row.kind), before=_standing(row.before), after=_standing(row.after))
