"""What status summaries read: sums of roll-ups and a few indexed counts."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from domain.forecast import History
from domain.people import EVERYWHERE, PersonStatus
from domain.plan import SlotState
from domain.ports.status import Within
from domain.rights import DECIDERS
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
from storage.repositories import status_statements as asked
from storage.repositories.base import Repository
from storage.repositories.figures import PAGE_MEASURES
from storage.rows import as_
from storage.tables import (
    decision,
    membership,
    page,
    person,
    rollup,
    slot,
    status_view,
)


def _inside(column: ColumnElement[str], within: Within) -> ColumnElement[bool]:
    if isinstance(within, str):
        return column == within
    return true() if EVERYWHERE in within else column.in_(sorted(within))


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


_zone = cache(ZoneInfo)
"""Its own memory holds eight of them, and Russia has eleven: they would be read from disk again for every screen."""


def _week_before(today: date) -> dict[str, date]:
    return {"first": today - timedelta(days=NORM_DAYS), "last": today - timedelta(days=1)}


def _three_days(now: datetime) -> list[date]:
    return [now.date() + timedelta(days=n) for n in (-1, 0, 1)]


class StatusRepository(Repository):
    """See `domain.ports.status.StatusReads`."""

    # -- slots and norms ---------------------------------------------------------------------------------------------

    async def slots_today(self, within: Within, now: datetime) -> dict[str, Slots]:
        return await self._slots(within, "region", now)

    async def all_slots_today(self, within: Within, now: datetime) -> Slots:
        return (await self._slots(within, "", now)).get("", Slots())

    async def slots_of_pages(self, region: str, now: datetime) -> dict[str, Slots]:
        return await self._slots(region, "code", now)

    async def _slots(self, within: Within, by: str, now: datetime) -> dict[str, Slots]:
        reach, values = asked.reaching(within)
        days = _three_days(now)
        zones = await self._zones_now(now)
        todays = {f"day{n}": day for n, day in enumerate(days)}
        theirs = {f"zones{n}": zones[day] for n, day in enumerate(days)}
        known = {**values, "days": [day for day in days if zones[day]], **todays, **theirs}
        counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in await self._session.execute(asked.slots(reach, by), known):
            counts[row.key][asked.SLOT_FIELDS[row.measure]] += int(row.n)
        due = {**values, "days": days, "until": now - OVERDUE_AFTER}
        for row in await self._session.execute(asked.overdue(reach, by), due):
            counts[row.key]["overdue"] = int(row.n)
        return {key: Slots(**found) for key, found in counts.items()}

    async def _zones_now(self, now: datetime) -> dict[date, list[str]]:
        """The zones that pages lie in, by their local date."""
        found: dict[date, list[str]] = defaultdict(list)
        for zone in (await self._session.execute(select(page.c.zone).distinct())).scalars():
            found[now.astimezone(_zone(zone)).date()].append(zone)
        return found

    async def empty_today(self, within: Within, now: datetime) -> list[tuple[str, str, datetime]]:
        rows = await self._session.execute(
            select(page.c.region, page.c.code, page.c.zone, slot.c.day, slot.c.at)
            .join(slot, slot.c.page == page.c.code)
            .where(slot.c.day.in_(_three_days(now)), slot.c.state == SlotState.EMPTY, _inside(page.c.region, within))
        )
        return [(row.region, row.code, row.at) for row in rows if row.day == now.astimezone(_zone(row.zone)).date()]

    async def kept(self, within: Within, today: date) -> Kept:
        reach, values = asked.reaching(within)
        row = (await self._session.execute(asked.kept(reach), {**values, **_week_before(today)})).one()
        return Kept(int(row.pages), int(row.short or 0), int(row.posted or 0), int(row.wanted or 0), row.worst or "")

    async def weeks(self, within: Within, today: date) -> list[PageWeek]:
        reach, values = asked.reaching(within)
        rows = await self._session.execute(asked.weeks(reach), {**values, **_week_before(today)})
        found = [as_(PageWeek, row, posted=int(row.posted), wanted=int(row.wanted)) for row in rows]
        return sorted(found, key=lambda p: (p.posted / p.wanted, p.title))

    # -- what waits, who is silent -----------------------------------------------------------------------------------

    async def waiting(self, within: Within, now: datetime) -> dict[str, Waiting]:
        reach, values = asked.reaching(within)
        rows = await self._session.execute(asked.waiting(reach), {**values, "now": now})
        return {row.region: Waiting(int(row.n), row.oldest, int(row.overdue)) for row in rows}

    async def silent(self, within: Within, today: date) -> list[SilentPage]:
        reach, values = asked.reaching(within)
        limit = today - timedelta(days=SILENT_DAYS)
        rows = await self._session.execute(asked.silent(reach), {**values, "limit": limit})
        return sorted((as_(SilentPage, row) for row in rows), key=lambda p: (p.last or date.min, p.title))

    async def unkept(self, within: Within) -> dict[str, str]:
        rows = await self._session.execute(
            select(page.c.code, page.c.region).where(
                page.c.active, page.c.keeper_id.is_(None), _inside(page.c.region, within)
            )
        )
        return {row.code: row.region for row in rows}

    async def undecidable(self, within: Within) -> dict[str, int]:
        counted = await self._session.execute(
            select(page.c.region, page.c.lane, func.count().label("n"))
            .where(page.c.active, _inside(page.c.region, within))
            .group_by(page.c.region, page.c.lane)
        )
        pages = counted.all()
        places = {
            EVERYWHERE,
            *(row.region for row in pages),
        }  # named: else all volunteers' roles would be looked through
        deciding = await self._session.execute(
            select(membership.c.region, membership.c.person_id)
            .join(person, person.c.id == membership.c.person_id)
            .where(membership.c.region.in_(sorted(places)), membership.c.role.in_(DECIDERS))
            .where(person.c.reachable, person.c.status == PersonStatus.ACTIVE)
        )
        able = defaultdict[str, set[int]](set)
        for row in deciding:
            able[row.region].add(row.person_id)
        found = Counter[str]()
        for row in pages:
            if len(able[row.region] | able[EVERYWHERE]) < row.lane.needed:
                found[row.region] += row.n
        return dict(found)

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
        reach, values = asked.reaching(regions)
        return int((await self._session.execute(asked.posted_from(reach), {**values, "day": day})).scalar_one())

    async def changed(self, regions: frozenset[str], marks: Marks) -> tuple[int, int, int]:
        reach, values = asked.reaching(regions)
        since = {**values, "decision": marks.decision, "membership": marks.membership}
        row = (await self._session.execute(asked.changed(reach), since)).one()
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
