"""Ladders of pages, open steps, and the tally of reminders."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select, update

from domain.ladder import LadderChanged, PageLadder, Step
from domain.notices import DueTask
from domain.plan import AssignmentState, Slot
from domain.ports.plan import SlotView
from domain.praise import Result
from domain.rollups import Measure
from storage.repositories.base import Repository
from storage.repositories.plan import SLOT_VIEWS
from storage.rows import as_
from storage.tables import assignment, due_task, late_alert, page_ladder, reminder_tally, rollup, slot

_ENDED = (AssignmentState.POSTED, AssignmentState.MISSED)
_COUNTED = (Measure.SLOTS, Measure.ON_TIME, Measure.LATE, Measure.MISSED, Measure.EMPTY)


class ReminderRepository(Repository):
    """See `domain.ports.reminders.Reminders`."""

    async def ladder(self, page: str) -> PageLadder:
        return (await self.ladders([page])).get(page) or PageLadder(page)

    async def ladders(self, pages: Iterable[str] | None = None) -> Mapping[str, PageLadder]:
        statement = select(page_ladder)
        if pages is not None:
            statement = statement.where(page_ladder.c.page.in_(list(pages)))
        return {row.page: _ladder(row) for row in await self._session.execute(statement)}

    async def save(self, ladder: PageLadder) -> PageLadder:
        values = {
            "lead_minutes": _minutes(ladder.lead),
            "substitute_minutes": _minutes(ladder.substitute_after),
            "press_minutes": _minutes(ladder.press_after),
            "off": sorted(ladder.off),
            "text": ladder.text,
            "version": ladder.version + 1,
        }
        if ladder.version == 0:
            new = self._insert(page_ladder).values(page=ladder.page, **values).on_conflict_do_nothing()
            changed = (await self._session.execute(new)).rowcount
        else:
            seen = update(page_ladder).where(page_ladder.c.page == ladder.page, page_ladder.c.version == ladder.version)
            changed = (await self._session.execute(seen.values(**values))).rowcount
        if changed != 1:
            raise LadderChanged
        return replace(ladder, version=ladder.version + 1)

    async def rows(self, slots: Iterable[int]) -> Mapping[int, DueTask]:
        keys = [f"ladder:{number}" for number in slots]
        statement = select(due_task).where(due_task.c.key.in_(keys), due_task.c.done_at.is_(None))
        return {int(row.params["slot"]): as_(DueTask, row) for row in await self._session.execute(statement)}

    async def told(self, person_id: int, day: date) -> int:
        statement = select(reminder_tally.c.told).where(
            reminder_tally.c.person_id == person_id, reminder_tally.c.day == day
        )
        return (await self._session.execute(statement)).scalar() or 0

    async def count(self, person_id: int, day: date) -> None:
        new = self._insert(reminder_tally).values(person_id=person_id, day=day, told=1)
        told = case((reminder_tally.c.day == day, reminder_tally.c.told + 1), else_=1)
        again = new.on_conflict_do_update(index_elements=["person_id"], set_={"day": day, "told": told})
        await self._session.execute(again)

    async def alert(self, slot_id: int, now: datetime) -> None:
        new = self._insert(late_alert).values(slot_id=slot_id, at=now)
        await self._session.execute(new.on_conflict_do_update(index_elements=["slot_id"], set_={"at": now}))

    async def alerted_at(self, slot_id: int) -> datetime | None:
        statement = select(late_alert.c.at).where(late_alert.c.slot_id == slot_id)
        return (await self._session.execute(statement)).scalar()

    async def alerted_between(self, start: datetime, end: datetime) -> list[tuple[SlotView, datetime]]:
        statement = SLOT_VIEWS.add_columns(late_alert.c.at.label("alerted_at")).join(
            late_alert, late_alert.c.slot_id == slot.c.id
        )
        rows = await self._session.execute(statement.where(late_alert.c.at >= start, late_alert.c.at < end))
        return [(as_(SlotView, row, slot=as_(Slot, row)), row.alerted_at) for row in rows]

    async def results(self, person_id: int, limit: int) -> list[Result]:
        statement = select(assignment.c.at, assignment.c.state).where(
            assignment.c.person_id == person_id, assignment.c.state.in_(_ENDED)
        )
        rows = await self._session.execute(statement.order_by(assignment.c.at.desc()).limit(limit))
        return [Result(row.at, row.state is AssignmentState.POSTED) for row in rows]

    async def kept(self, region: str, since: date, until: date) -> int:
        statement = (
            select(rollup.c.measure, func.sum(rollup.c.value).label("number"))
            .where(rollup.c.region == region, rollup.c.day >= since, rollup.c.day < until)
            .where(rollup.c.measure.in_([str(measure) for measure in _COUNTED]))
            .group_by(rollup.c.measure)
        )
        found = {Measure(row.measure): int(row.number) for row in await self._session.execute(statement)}
        posts = found.get(Measure.ON_TIME, 0) + found.get(Measure.LATE, 0)
        short = found.get(Measure.MISSED, 0) + found.get(Measure.EMPTY, 0)
        return posts if not short and posts >= found.get(Measure.SLOTS, 0) else 0


def _ladder(row: Any) -> PageLadder:
    return PageLadder(
        row.page,
        _time(row.lead_minutes),
        _time(row.substitute_minutes),
        _time(row.press_minutes),
        frozenset(Step(name) for name in row.off),
        row.text,
        row.version,
    )


def _time(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)


def _minutes(time: timedelta | None) -> int | None:
    return None if time is None else int(time.total_seconds()) // 60
