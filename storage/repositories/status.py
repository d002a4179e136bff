"""What status summaries read: sums of roll-ups and a few indexed counts."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from domain.drafts import DraftState, Verdict
from domain.forecast import History
from domain.people import EVERYWHERE, PersonStatus
from domain.plan import SlotState
from domain.ports.status import Within
from domain.rollups import Measure
from domain.status import (
    NORM_DAYS,
    OVERDUE_AFTER,
    SILENT_DAYS,
    Kept,
    Marks,
    PageWeek,
    Seen,
    SilentPage,
    Slots,
    Waiting,
)
from storage.repositories.base import Repository
from storage.repositories.figures import PAGE_MEASURES
from storage.repositories.status_periods import LAST_FIGURE, on_days
from storage.rows import as_
from storage.tables import (
    decision,
    draft,
    membership,
    page,
    person,
    rollup,
    slot,
    status_view,
)

_SLOT_FIELDS = {
    str(Measure.SLOTS): "total",
    str(Measure.FILLED): "filled",
    str(Measure.ON_TIME): "on_time",
    str(Measure.LATE): "late",
    str(Measure.MISSED): "missed",
    str(Measure.EXCUSED): "excused",
}
_POSTED = (str(Measure.ON_TIME), str(Measure.LATE))


def _inside(column: ColumnElement[str], within: Within) -> ColumnElement[bool]:
    if isinstance(within, str):
        return column == within
    return true() if EVERYWHERE in within else column.in_(sorted(within))


def _sum_of(*measures: str) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((rollup.c.measure.in_(measures), rollup.c.value), else_=0)), 0)


def _marks(stored: Mapping[str, Any] | None) -> Marks | None:
    if not stored:
        return None
    return Marks(date.fromisoformat(stored["day"]), stored["posted"], stored["decision"], stored["membership"])


def _stored(marks: Marks | None) -> dict[str, Any] | None:
    if marks is None:
        return None
    return {
        "day": marks.day.isoformat(),
        "posted": marks.posted,
        "decision": marks.decision,
        "membership": marks.membership,
    }


def _three_days(now: datetime) -> list[date]:
    return [now.date() + timedelta(days=n) for n in (-1, 0, 1)]


class StatusRepository(Repository):
    """See `domain.ports.status.StatusReads`."""

    # -- slots and norms ---------------------------------------------------------------------------------------------

    async def slots_today(self, within: Within, now: datetime) -> dict[str, Slots]:
        return await self._slots(page.c.region, _inside(page.c.region, within), now)

    async def all_slots_today(self, within: Within, now: datetime) -> Slots:
        # By zone, not by region: fewer rows leave the database.
        return sum((await self._slots(page.c.zone, _inside(page.c.region, within), now)).values(), Slots())

    async def slots_of_pages(self, region: str, now: datetime) -> dict[str, Slots]:
        return await self._slots(page.c.code, page.c.region == region, now)

    async def _slots(self, by: ColumnElement[str], where: ColumnElement[bool], now: datetime) -> dict[str, Slots]:
        # A page's today is one of three dates at most; which one is decided by its zone, after the database has summed.
        days = await self._days_now(now)
        rows = await self._session.execute(
            select(by.label("key"), page.c.zone, rollup.c.day, rollup.c.measure, func.sum(rollup.c.value).label("n"))
            .join(page, page.c.code == rollup.c.page)
            .where(
                rollup.c.day.in_(sorted(set(days.values()))),
                rollup.c.measure.in_(list(_SLOT_FIELDS)),
                where,
            )
            .group_by(by, page.c.zone, rollup.c.day, rollup.c.measure)
        )
        counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in rows:
            if row.day == days.get(row.zone):
                counts[row.key][_SLOT_FIELDS[row.measure]] += int(row.n)
        overdue = await self._session.execute(
            select(by.label("key"), func.count().label("n"))
            .join(page, page.c.code == slot.c.page)
            .where(slot.c.day.in_(_three_days(now)), slot.c.state == SlotState.FILLED)
            .where(slot.c.at <= now - OVERDUE_AFTER, where)
            .group_by(by)
        )
        for row in overdue:
            counts[row.key]["overdue"] = int(row.n)
        return {key: Slots(**found) for key, found in counts.items()}

    async def _days_now(self, now: datetime) -> dict[str, date]:
        """The local date of every zone that a page lies in."""
        zones = (await self._session.execute(select(page.c.zone).distinct())).scalars()
        return {zone: now.astimezone(ZoneInfo(zone)).date() for zone in zones}

    async def empty_today(self, within: Within, now: datetime) -> list[tuple[str, str, datetime]]:
        rows = await self._session.execute(
            select(page.c.region, page.c.code, page.c.zone, slot.c.day, slot.c.at)
            .join(slot, slot.c.page == page.c.code)
            .where(slot.c.day.in_(_three_days(now)), slot.c.state == SlotState.EMPTY, _inside(page.c.region, within))
        )
        return [(row.region, row.code, row.at) for row in rows if row.day == now.astimezone(ZoneInfo(row.zone)).date()]

    async def kept(self, within: Within, today: date) -> Kept:
        weeks = self._weeks(within, today).subquery()
        short = case((weeks.c.posted < weeks.c.wanted, 1), else_=0)
        row = (
            await self._session.execute(
                select(
                    func.count().label("pages"),
                    func.sum(short).label("short"),
                    func.sum(weeks.c.posted).label("posted"),
                    func.sum(weeks.c.wanted).label("wanted"),
                    func.max(case((short == 1, weeks.c.title))).label("worst"),
                )
            )
        ).one()
        return Kept(int(row.pages), int(row.short or 0), int(row.posted or 0), int(row.wanted or 0), row.worst or "")

    async def weeks(self, within: Within, today: date) -> list[PageWeek]:
        rows = await self._session.execute(self._weeks(within, today))
        found = [as_(PageWeek, row, posted=int(row.posted), wanted=int(row.wanted)) for row in rows]
        return sorted(found, key=lambda p: (p.posted / p.wanted, p.title))

    def _weeks(self, within: Within, today: date) -> Select[Any]:
        # Summed by page before its title is looked up: the sum needs nothing but one index.
        posted, wanted = _sum_of(*_POSTED).label("posted"), _sum_of(str(Measure.SLOTS)).label("wanted")
        sums = (
            select(rollup.c.page, posted, wanted)
            .where(
                on_days(rollup.c.day, today - timedelta(days=NORM_DAYS), today - timedelta(days=1)),
                rollup.c.measure.in_([*_POSTED, str(Measure.SLOTS)]),
                _inside(rollup.c.region, within),
            )
            .group_by(rollup.c.page)
            .having(_sum_of(str(Measure.SLOTS)) > 0)
            .subquery()
        )
        return (
            select(page.c.code, page.c.title, page.c.region, sums.c.posted, sums.c.wanted)
            .join(sums, sums.c.page == page.c.code)
            .where(page.c.active, _inside(page.c.region, within))
        )

    # -- what waits, who is silent -----------------------------------------------------------------------------------

    async def waiting(self, within: Within, now: datetime) -> dict[str, Waiting]:
        rows = await self._session.execute(
            select(
                draft.c.region,
                func.count().label("n"),
                func.min(draft.c.submitted_at).label("oldest"),
                func.sum(case((draft.c.decide_by <= now, 1), else_=0)).label("overdue"),
            )
            .where(draft.c.state == DraftState.SUBMITTED, _inside(draft.c.region, within))
            .group_by(draft.c.region)
        )
        return {row.region: Waiting(int(row.n), row.oldest, int(row.overdue)) for row in rows}

    async def silent(self, within: Within, today: date) -> list[SilentPage]:
        limit = today - timedelta(days=SILENT_DAYS)
        every = (
            select(page.c.code, page.c.title, page.c.region, LAST_FIGURE.label("last"))
            .where(page.c.active, _inside(page.c.region, within))
            .subquery()
        )
        rows = await self._session.execute(select(every).where(or_(every.c.last.is_(None), every.c.last < limit)))
        return sorted((as_(SilentPage, row) for row in rows), key=lambda p: (p.last or date.min, p.title))

    async def unkept(self, within: Within) -> dict[str, str]:
        rows = await self._session.execute(
            select(page.c.code, page.c.region).where(
                page.c.active, page.c.keeper_id.is_(None), _inside(page.c.region, within)
            )
        )
        return {row.code: row.region for row in rows}

    async def unreachable(self, within: Within) -> list[tuple[str, str]]:
        rows = await self._session.execute(
            select(person.c.region, person.c.name)
            .where(
                person.c.reachable.is_(False),
                person.c.status == PersonStatus.ACTIVE,
                _inside(person.c.region, within),
            )
            .order_by(person.c.name)
        )
        return [(row.region, row.name) for row in rows]

    # -- figures -----------------------------------------------------------------------------------------------------

    async def histories(self, since: date | None) -> dict[str, History]:
        statement = select(rollup.c.page, rollup.c.day, rollup.c.value).where(rollup.c.measure.in_(PAGE_MEASURES))
        if since is not None:
            # A fact needs the newest figure, a planned path the first one, a trend those of its days and the one before.
            edges = (
                select(
                    rollup.c.page,
                    rollup.c.measure,
                    func.min(rollup.c.day).label("first"),
                    func.max(case((rollup.c.day < since, rollup.c.day))).label("before"),
                )
                .where(rollup.c.measure.in_(PAGE_MEASURES))
                .group_by(rollup.c.page, rollup.c.measure)
                .subquery()
            )
            statement = statement.join(
                edges, and_(edges.c.page == rollup.c.page, edges.c.measure == rollup.c.measure)
            ).where(or_(rollup.c.day >= since, rollup.c.day == edges.c.first, rollup.c.day == edges.c.before))
        found: dict[str, dict[date, int]] = defaultdict(dict)
        for row in await self._session.execute(statement):
            found[row.page][row.day] = int(row.value)
        return dict(found)

    # -- since you last looked ---------------------------------------------------------------------------------------

    async def marks(self, regions: frozenset[str], day: date) -> Marks:
        newest = select(
            select(func.max(decision.c.id)).scalar_subquery().label("decision"),
            select(func.max(membership.c.id)).scalar_subquery().label("membership"),
        )
        row = (await self._session.execute(newest)).one()
        return Marks(day, await self._posted_from(regions, day), row.decision or 0, row.membership or 0)

    async def _posted_from(self, regions: frozenset[str], day: date) -> int:
        statement = select(func.coalesce(func.sum(rollup.c.value), 0)).where(
            rollup.c.day >= day, rollup.c.measure.in_(_POSTED), _inside(rollup.c.region, regions)
        )
        return int((await self._session.execute(statement)).scalar_one())

    async def changed(self, regions: frozenset[str], marks: Marks) -> tuple[int, int, int]:
        approved = (
            select(func.count(func.distinct(decision.c.draft_id)))
            .join(draft, draft.c.id == decision.c.draft_id)
            .where(
                decision.c.id > marks.decision,
                decision.c.verdict == Verdict.APPROVE,
                draft.c.state == DraftState.APPROVED,
                _inside(draft.c.region, regions),
            )
        )
        joined = select(func.count(func.distinct(membership.c.person_id))).where(
            membership.c.id > marks.membership, _inside(membership.c.region, regions)
        )
        row = (
            await self._session.execute(
                select(approved.scalar_subquery().label("approved"), joined.scalar_subquery().label("joined"))
            )
        ).one()
        posted = await self._posted_from(regions, marks.day) - marks.posted
        return posted, int(row.approved), int(row.joined)

    async def seen(self, person_id: int) -> Seen:
        row = (
            await self._session.execute(select(status_view).where(status_view.c.person_id == person_id))
        ).one_or_none()
        if row is None:
            return Seen()
        before_at = row.seen.get("before_at")
        return Seen(
            looked_at=row.looked_at,
            last=_marks(row.seen.get("last")),
            before_at=datetime.fromisoformat(before_at) if before_at else None,
            before=_marks(row.seen.get("before")),
            daily_at=row.daily_at,
            weekly_at=row.weekly_at,
            monthly_at=row.monthly_at,
            pictured=row.pictured,
        )

    async def save_seen(self, person_id: int, seen: Seen) -> None:
        stored = {
            "last": _stored(seen.last),
            "before": _stored(seen.before),
            "before_at": seen.before_at.isoformat() if seen.before_at else None,
        }
        await self._save(person_id, looked_at=seen.looked_at, seen=stored)

    async def subscribe(self, person_id: int, **changed: time | bool | None) -> None:
        statement = self._insert(status_view).values(person_id=person_id, seen={}, **changed)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=changed))

    async def _save(self, person_id: int, **values: Any) -> None:
        statement = self._insert(status_view).values(person_id=person_id, **values)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
