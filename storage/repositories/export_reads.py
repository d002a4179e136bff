"""What goes into exports: a day or a few thousand rows at a time, from indexes and roll-ups."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, literal, or_, select, true

from domain.export_rows import ApprovalRow, FigureRow, NormRow, NormSum, PersonRow, PostRow
from domain.figures import FigureState
from domain.people import EVERYWHERE, ROLE_ORDER, Membership, PersonStatus
from domain.plan import AssignmentState, SlotState
from domain.rollups import Measure
from domain.typed_figures import Metric
from storage.repositories.base import Repository
from storage.repositories.figures import PAGE_MEASURES
from storage.rows import as_
from storage.tables import (
    assignment,
    decision,
    draft,
    figure,
    journal,
    membership,
    page,
    person,
    proof,
    rollup,
    slot,
)

PORTION = 2000
_COUNTS = tuple(
    str(one) for one in (Measure.SLOTS, Measure.FILLED, Measure.ON_TIME, Measure.LATE, Measure.MISSED, Measure.EXCUSED)
)
_POSTED = (str(Measure.ON_TIME), str(Measure.LATE))
_ENDS = (AssignmentState.POSTED, AssignmentState.ASSIGNED, AssignmentState.MISSED)

Regions = frozenset[str]
Days = tuple[date, date]


def _inside(column: ColumnElement[str], regions: Regions) -> ColumnElement[bool]:
    return true() if EVERYWHERE in regions else column.in_(sorted(regions))


def _each(days: Days) -> Iterator[date]:
    for n in range((days[1] - days[0]).days + 1):
        yield days[0] + timedelta(days=n)


def _sum(*measures: str) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((rollup.c.measure.in_(measures), rollup.c.value), else_=0)), 0)


class ExportReadRepository(Repository):
    """See `domain.ports.exports.ExportReads`."""

    # -- row by row --------------------------------------------------------------------------------------------------

    async def norm_rows(self, regions: Regions, days: Days) -> AsyncIterator[Sequence[NormRow]]:
        counts = [_sum(name).label(name) for name in _COUNTS]
        shown = (page.c.code, page.c.title, page.c.region, page.c.platform)
        statement = (
            select(*shown, *counts)
            .join(rollup, rollup.c.page == page.c.code)
            .where(rollup.c.measure.in_(_COUNTS), _inside(page.c.region, regions))
            .group_by(*shown)
            .order_by(page.c.region, page.c.title, page.c.code)
        )
        for day in _each(days):
            rows = await self._session.execute(statement.where(rollup.c.day == day))
            yield [
                NormRow(
                    day, row.code, row.title, row.region, row.platform, *(int(getattr(row, name)) for name in _COUNTS)
                )
                for row in rows
            ]

    async def post_rows(self, regions: Regions, days: Days) -> AsyncIterator[Sequence[PostRow]]:
        statement = (
            select(
                slot.c.id, slot.c.day, slot.c.page, page.c.title, page.c.region, page.c.platform, page.c.zone,
                slot.c.at, slot.c.state, slot.c.excuse, slot.c.posted_at, proof.c.url, person.c.name, draft.c.rubric,
            )
            .join(page, page.c.code == slot.c.page)
            .join(proof, proof.c.slot_id == slot.c.id, isouter=True)
            .join(person, person.c.id == proof.c.person_id, isouter=True)
            .join(draft, draft.c.id == slot.c.draft_id, isouter=True)
            .where(
                or_(slot.c.state != SlotState.CANCELLED, slot.c.excuse.is_not(None)), _inside(page.c.region, regions)
            )
            .order_by(slot.c.at, slot.c.id)
        )  # fmt: skip
        for day in _each(days):
            rows = (await self._session.execute(statement.where(slot.c.day == day))).all()
            who, numbers = await self._who(day), await self._figures(day)
            made = []
            for row in rows:
                name, substitute = who.get(row.id, ("", False))
                values, read_at = numbers.get(row.id, ({}, None))
                facts = {
                    "slot_id": row.id,
                    "who": row.name or name,
                    "substitute": substitute,
                    "url": row.url or "",
                    "rubric": row.rubric or "",
                    "figures": values,
                    "read_at": read_at,
                }
                made.append(as_(PostRow, row, **facts))
            yield made

    async def _who(self, day: date) -> dict[int, tuple[str, bool]]:
        """Whose each slot of a day was: of several who missed one the last."""
        rows = await self._session.execute(
            select(assignment.c.slot_id, assignment.c.substitute, person.c.name)
            .join(slot, slot.c.id == assignment.c.slot_id)
            .join(person, person.c.id == assignment.c.person_id)
            .where(slot.c.day == day, assignment.c.state.in_(_ENDS))
            .order_by(case((assignment.c.state == AssignmentState.POSTED, 1), else_=0), assignment.c.id)
        )
        return {row.slot_id: (row.name, bool(row.substitute)) for row in rows}

    async def _figures(self, day: date) -> dict[int, tuple[dict[Metric, int], datetime]]:
        rows = await self._session.execute(
            select(figure.c.slot_id, figure.c.metric, figure.c.value, figure.c.at)
            .join(slot, slot.c.id == figure.c.slot_id)
            .where(slot.c.day == day, figure.c.state == FigureState.CONFIRMED)
            .order_by(figure.c.id)
        )
        found: dict[int, tuple[dict[Metric, int], datetime]] = {}
        for row in rows:
            values, read_at = found.get(row.slot_id, ({}, row.at))
            values[row.metric] = row.value
            found[row.slot_id] = values, max(read_at, row.at)
        return found

    async def figure_rows(self, regions: Regions, days: Days) -> AsyncIterator[Sequence[FigureRow]]:
        by, whom = person.alias("by"), person.alias("whom")
        statement = (
            select(figure, page.c.title, page.c.region, by.c.name.label("typed_by_name"), whom.c.name.label("for_name"))
            .join(page, page.c.code == figure.c.page)
            .join(by, by.c.id == figure.c.typed_by)
            .join(whom, whom.c.id == figure.c.for_person)
            .where(figure.c.day >= days[0], figure.c.day <= days[1], _inside(page.c.region, regions))
            .order_by(figure.c.id)
            .limit(PORTION)
        )
        last = 0
        while rows := (await self._session.execute(statement.where(figure.c.id > last))).all():
            yield [as_(FigureRow, row, typed_by=row.typed_by_name, for_person=row.for_name) for row in rows]
            last = rows[-1].id

    async def approval_rows(
        self, regions: Regions, begin: datetime, end: datetime
    ) -> AsyncIterator[Sequence[ApprovalRow]]:
        author, approver = person.alias("author"), person.alias("approver")
        # A text handed in again has a later beginning: only the journal knows all of them.
        entered = (
            select(func.max(journal.c.at))
            .where(
                journal.c.object == literal("draft:").concat(cast(decision.c.draft_id, String)),
                journal.c.action == "draft_submit",
                journal.c.at <= decision.c.at,
            )
            .correlate(decision)
            .scalar_subquery()
        )
        known = case((draft.c.submitted_at <= decision.c.at, draft.c.submitted_at))
        statement = (
            select(
                decision.c.id,
                decision.c.draft_id,
                decision.c.version,
                draft.c.region,
                author.c.name.label("author"),
                approver.c.name.label("approver"),
                decision.c.verdict,
                decision.c.reason,
                func.coalesce(entered, known).label("submitted_at"),
                decision.c.at,
            )
            .join(draft, draft.c.id == decision.c.draft_id)
            .join(author, author.c.id == draft.c.author_id)
            .join(approver, approver.c.id == decision.c.approver_id)
            .where(decision.c.at >= begin, decision.c.at < end, _inside(draft.c.region, regions))
            .order_by(decision.c.id)
            .limit(PORTION)
        )
        last = 0
        while rows := (await self._session.execute(statement.where(decision.c.id > last))).all():
            yield [as_(ApprovalRow, row) for row in rows]
            last = rows[-1].id

    async def person_rows(self, regions: Regions, days: Days) -> AsyncIterator[Sequence[PersonRow]]:
        theirs = select(membership.c.person_id).where(membership.c.region.in_(sorted(regions)))
        inside = or_(_inside(person.c.region, regions), person.c.id.in_(theirs))
        statement = (
            select(person.c.id, person.c.name)
            .where(person.c.status == PersonStatus.ACTIVE, inside)
            .order_by(person.c.id)
            .limit(PORTION)
        )
        last = 0
        while rows := (await self._session.execute(statement.where(person.c.id > last))).all():
            people, last = (rows[0].id, rows[-1].id), rows[-1].id
            held, done = await self._roles(people), await self._done(people, days)
            yield [PersonRow(row.id, row.name, held.get(row.id, ()), *done.get(row.id, (0, 0, 0))) for row in rows]

    async def _roles(self, people: tuple[int, int]) -> dict[int, tuple[Membership, ...]]:
        rows = await self._session.execute(
            select(membership.c.person_id, membership.c.role, membership.c.region).where(
                membership.c.person_id.between(*people)
            )
        )
        found: dict[int, list[Membership]] = defaultdict(list)
        for row in rows:
            found[row.person_id].append(Membership(row.role, row.region))
        order = {role: n for n, role in enumerate(ROLE_ORDER)}
        return {key: tuple(sorted(held, key=lambda m: (order[m.role], m.region))) for key, held in found.items()}

    async def _done(self, people: tuple[int, int], days: Days) -> dict[int, tuple[int, int, int]]:
        """Published, those of them for somebody else, missed."""
        posted = assignment.c.state == AssignmentState.POSTED
        statement = (
            select(
                assignment.c.person_id,
                func.count().filter(posted).label("posted"),
                func.count().filter(and_(posted, assignment.c.substitute)).label("stepped_in"),
                func.count().filter(assignment.c.state == AssignmentState.MISSED).label("missed"),
            )
            .join(slot, slot.c.id == assignment.c.slot_id)
            .where(assignment.c.person_id.between(*people), slot.c.day >= days[0], slot.c.day <= days[1])
            .group_by(assignment.c.person_id)
        )
        rows = await self._session.execute(statement)
        return {row.person_id: (int(row.posted), int(row.stepped_in), int(row.missed)) for row in rows}

    # -- sums --------------------------------------------------------------------------------------------------------

    async def norm_sums(self, regions: Regions, days: Days) -> list[NormSum]:
        names = ("slots", "on_time", "late", "missed", "excused")
        inside = and_(
            rollup.c.page == page.c.code,
            rollup.c.day >= days[0],
            rollup.c.day <= days[1],
            rollup.c.measure.in_(_COUNTS),
        )
        rows = await self._session.execute(
            select(page.c.code, page.c.title, page.c.region, *(_sum(name).label(name) for name in names))
            .join(rollup, inside, isouter=True)
            .where(page.c.active, _inside(page.c.region, regions))
            .group_by(page.c.code, page.c.title, page.c.region)
            .order_by(page.c.title, page.c.code)
        )
        return [NormSum(row.code, row.title, row.region, *(int(getattr(row, name)) for name in names)) for row in rows]

    async def day_sums(self, regions: Regions, days: Days) -> list[tuple[date, int, int]]:
        rows = await self._session.execute(
            select(rollup.c.day, _sum("slots").label("wanted"), _sum(*_POSTED).label("posted"))
            .where(
                rollup.c.day >= days[0],
                rollup.c.day <= days[1],
                rollup.c.measure.in_(["slots", *_POSTED]),
                _inside(rollup.c.region, regions),
            )
            .group_by(rollup.c.day)
            .order_by(rollup.c.day)
        )
        return [(row.day, int(row.wanted), int(row.posted)) for row in rows]

    async def pages_with_figures(self, regions: Regions, days: Days) -> frozenset[str]:
        rows = await self._session.execute(
            select(rollup.c.page)
            .where(
                rollup.c.measure.in_(PAGE_MEASURES),
                rollup.c.day >= days[0],
                rollup.c.day <= days[1],
                _inside(rollup.c.region, regions),
            )
            .distinct()
        )
        return frozenset(rows.scalars())

    async def posts_measured(self, regions: Regions, days: Days) -> tuple[int, int, int]:
        counted = exists().where(figure.c.slot_id == slot.c.id, figure.c.state == FigureState.CONFIRMED)
        row = (
            await self._session.execute(
                select(
                    func.count().label("posts"),
                    func.count().filter(~counted).label("silent"),
                    func.count().filter(proof.c.media != "").label("linkless"),
                )
                .select_from(slot)
                .join(page, page.c.code == slot.c.page)
                .join(proof, proof.c.slot_id == slot.c.id, isouter=True)
                .where(
                    slot.c.day >= days[0],
                    slot.c.day <= days[1],
                    slot.c.state == SlotState.POSTED,
                    _inside(page.c.region, regions),
                )
            )
        ).one()
        return int(row.posts), int(row.silent), int(row.linkless)

    async def names(self, people: Sequence[int]) -> Mapping[int, str]:
        found: dict[int, str] = {}
        for at in range(0, len(people), PORTION):
            wanted: list[Any] = list(people[at : at + PORTION])
            rows = await self._session.execute(select(person.c.id, person.c.name).where(person.c.id.in_(wanted)))
            found |= {row.id: row.name for row in rows}
        return found
