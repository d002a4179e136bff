"""What the health of pages is read from: sums over slots, and who and what is there for the next ones."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from domain.drafts import DraftState
from domain.people import EVERYWHERE, Person, PersonStatus, Role
from domain.plan import Excuse, SlotState
from domain.ports.drafts import ApprovedDraft
from domain.ports.page_health import Able, Codes, Gap
from domain.strip import DayCount
from storage.repositories.approving import approved_by_page
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import draft, draft_page, membership, outbox, page, page_poster, person, slot

_HAIR = 0.0005
"""Seconds: what a day's fraction as a floating number is off by stays below."""
_THERE = and_(person.c.status == PersonStatus.ACTIVE, person.c.reachable)
_OF_NORM = and_(slot.c.urgent_id.is_(None), ~slot.c.extra)


def _among(column: ColumnElement[str], codes: Codes) -> ColumnElement[bool]:
    return true() if codes is None else column.in_(sorted(codes))


def _sum(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)


class PageHealthRepository(Repository):
    """See `domain.ports.page_health.PageReads`."""

    async def days(
        self, since: date, until: date, now: datetime, on_time: timedelta, codes: Codes = None
    ) -> list[DayCount]:
        state, posted = slot.c.state, slot.c.state == SlotState.POSTED
        late = func.coalesce(self._seconds_late(), 0.0) > on_time.total_seconds() + _HAIR
        over, gone = slot.c.at <= now, slot.c.at < now - on_time
        excused = slot.c.excuse.is_not(None)
        statement = (
            select(
                *(slot.c.page, slot.c.day),
                _sum(posted, ~late).label("kept"),
                _sum(posted, late).label("late"),
                _sum(or_(state == SlotState.MISSED, and_(state == SlotState.EMPTY, over))).label("missed"),
                _sum(state == SlotState.FILLED, gone).label("overdue"),
                _sum(
                    or_(and_(state == SlotState.FILLED, ~gone), and_(state == SlotState.EMPTY, ~over)),
                ).label("ahead"),
                _sum(state == SlotState.CANCELLED, excused).label("excused"),
                _sum(state == SlotState.CANCELLED, ~excused).label("dropped"),
                _sum(posted, slot.c.excuse == Excuse.REMOVED).label("removed"),
            )
            .where(slot.c.day >= since, slot.c.day <= until, _OF_NORM, _among(slot.c.page, codes))
            .group_by(slot.c.page, slot.c.day)
        )
        rows = await self._session.execute(statement)
        return [DayCount(row.page, row.day, *map(int, row[2:])) for row in rows]

    def _seconds_late(self) -> ColumnElement[Any]:
        """From a slot's moment to its proof."""
        if self._session.dialect == "postgresql":
            return func.extract("epoch", slot.c.posted_at - slot.c.at)
        return (func.julianday(slot.c.posted_at) - func.julianday(slot.c.at)) * 86_400.0

    async def gaps(self, now: datetime, codes: Codes = None) -> list[Gap]:
        # From yesterday on, since a page's today may still be Greenwich's yesterday: that is what the index begins with.
        statement = (
            select(slot.c.page, slot.c.day, slot.c.at, slot.c.empty_reason.label("reason"))
            .where(
                slot.c.day >= now.date() - timedelta(days=1),
                *(slot.c.state == SlotState.EMPTY, slot.c.at > now),
                *(slot.c.urgent_id.is_(None), _among(slot.c.page, codes)),
            )
            .order_by(slot.c.at, slot.c.page)
        )
        return all_(Gap, await self._session.execute(statement))

    async def shelf(self, codes: Codes = None) -> dict[str, list[ApprovedDraft]]:
        found: dict[str, list[ApprovedDraft]] = {}
        for row in await self._session.execute(approved_by_page().where(_among(draft_page.c.page, codes))):
            found.setdefault(row.page, []).append(as_(ApprovedDraft, row, again=0, rests_until=None))
        return found

    async def in_hand(self, codes: Codes = None) -> dict[str, int]:
        statement = (
            select(draft_page.c.page, func.count().label("n"))
            .join(draft, draft.c.id == draft_page.c.draft_id)
            .where(draft.c.state == DraftState.SUBMITTED, _among(draft_page.c.page, codes))
            .group_by(draft_page.c.page)
        )
        return {row.page: int(row.n) for row in await self._session.execute(statement)}

    async def able(self, codes: Codes = None) -> Able:
        everywhere = (
            select(membership.c.region, func.count(func.distinct(person.c.id)).label("people"))
            .join(person, person.c.id == membership.c.person_id)
            .where(membership.c.role == Role.VOLUNTEER, _THERE)
            .group_by(membership.c.region)
        )
        named = (
            select(page_poster.c.page, _sum(_THERE).label("people"))
            .join(person, person.c.id == page_poster.c.person_id)
            .where(_among(page_poster.c.page, codes))
            .group_by(page_poster.c.page)
        )
        keepers = (
            select(page.c.keeper_id)
            .join(person, person.c.id == page.c.keeper_id)
            .where(page.c.active, _THERE, _among(page.c.code, codes))
            .distinct()
        )
        return Able(
            {row.region: int(row.people) for row in await self._session.execute(everywhere)},
            {row.page: int(row.people) for row in await self._session.execute(named)},
            frozenset((await self._session.execute(keepers)).scalars()),
        )

    async def asked_least(self, kind: str, regions: Iterable[str], since: datetime, limit: int) -> list[Person]:
        asked = (
            select(outbox.c.person_id, func.count().label("times"), func.max(outbox.c.due_at).label("last"))
            .where(outbox.c.kind == kind, outbox.c.due_at >= since)
            .group_by(outbox.c.person_id)
            .subquery()
        )
        scopes = sorted({*regions, EVERYWHERE})
        volunteers = select(membership.c.person_id).where(
            membership.c.role == Role.VOLUNTEER, membership.c.region.in_(scopes)
        )
        statement = (
            select(person)
            .join(asked, asked.c.person_id == person.c.id, isouter=True)
            .where(_THERE, person.c.id.in_(volunteers))
            .order_by(func.coalesce(asked.c.times, 0), asked.c.last, person.c.id)
            .limit(limit)
        )
        return all_(Person, await self._session.execute(statement))

    async def asked_since(self, kind: str, since: datetime) -> frozenset[int]:
        asked = select(outbox.c.person_id).where(
            outbox.c.kind == kind, outbox.c.due_at >= since, outbox.c.person_id.is_not(None)
        )
        return frozenset((await self._session.execute(asked.distinct())).scalars())
