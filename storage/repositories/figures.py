"""Reported figures."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, insert, select, update

from domain.errors import NotFound
from domain.figures import PAGE_METRICS, Figure, FigureSource, FigureState, PostedSlot
from domain.people import PersonStatus
from domain.plan import AssignmentState, SlotState
from domain.rollups import Measure
from domain.typed_figures import Metric
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import assignment, figure, person, proof, rollup, slot

_STANDING = (FigureState.CONFIRMED, FigureState.DOUBTFUL)
PAGE_MEASURES = (str(Measure.MEMBERS), str(Measure.FOLLOWERS))
_READ_AT = (
    select(func.max(figure.c.at))
    .where(figure.c.slot_id == slot.c.id, figure.c.state.in_(_STANDING))
    .correlate(slot)
    .scalar_subquery()
    .label("read_at")
)
_POSTED = (
    select(
        slot.c.id.label("slot_id"), slot.c.page, slot.c.day, slot.c.posted_at, proof.c.person_id, proof.c.url, _READ_AT
    )
    .select_from(slot)
    .join(proof, proof.c.slot_id == slot.c.id)
    .where(slot.c.state == SlotState.POSTED, slot.c.posted_at.is_not(None))
)


class FigureRepository(Repository):
    """See `domain.ports.figures.Figures`."""

    async def add(
        self,
        *,
        page: str,
        slot_id: int | None,
        metric: Metric,
        value: int,
        day: date,
        state: FigureState,
        source: FigureSource,
        typed_by: int,
        for_person: int,
        at: datetime,
        screenshot: str = "",
    ) -> Figure:
        values: dict[str, Any] = {
            "page": page,
            "slot_id": slot_id,
            "metric": metric,
            "value": value,
            "day": day,
            "state": state,
            "source": source,
            "typed_by": typed_by,
            "for_person": for_person,
            "at": at,
            "screenshot": screenshot,
        }
        return Figure(id=await self._new_id(insert(figure).values(values)), **values)

    async def get(self, figure_id: int) -> Figure:
        row = (await self._session.execute(select(figure).where(figure.c.id == figure_id))).one_or_none()
        if row is None:
            raise NotFound("figure")
        return as_(Figure, row)

    async def current(self, page: str, metric: Metric, day: date) -> list[Figure]:
        statement = select(figure).where(
            figure.c.page == page,
            figure.c.metric == metric,
            figure.c.slot_id.is_(None),
            figure.c.state.in_(_STANDING),
            figure.c.day <= day,
        )
        # Of a few days at most there is more than one standing figure: a doubtful one beside a confirmed one.
        newest = statement.order_by(figure.c.day.desc(), figure.c.id.desc()).limit(20)
        found = all_(Figure, await self._session.execute(newest))
        before = [f for f in found if f.day < day and f.state is FigureState.CONFIRMED]
        return [f for f in found if f.day == day] + before[:1]

    async def of_slot(self, slot_id: int) -> list[Figure]:
        return await self._list(select(figure).where(figure.c.slot_id == slot_id, figure.c.state.in_(_STANDING)))

    async def _list(self, statement: Select[Any]) -> list[Figure]:
        return all_(Figure, await self._session.execute(statement.order_by(figure.c.id)))

    async def set_state(self, figure_ids: Iterable[int], state: FigureState) -> None:
        await self._session.execute(update(figure).where(figure.c.id.in_(list(figure_ids))).values(state=state))

    async def newest(self, pages: Collection[str]) -> dict[str, tuple[date, int]]:
        last = (
            select(rollup.c.page, rollup.c.measure, func.max(rollup.c.day).label("day"))
            .where(rollup.c.page.in_(list(pages)), rollup.c.measure.in_(PAGE_MEASURES))
            .group_by(rollup.c.page, rollup.c.measure)
            .subquery()
        )
        rows = await self._session.execute(
            select(rollup.c.page, rollup.c.day, rollup.c.value).join(
                last,
                and_(rollup.c.page == last.c.page, rollup.c.measure == last.c.measure, rollup.c.day == last.c.day),
            )
        )
        return {row.page: (row.day, row.value) for row in rows}

    async def reported(self, pages: Collection[str], day: date) -> frozenset[str]:
        statement = select(figure.c.page).where(
            figure.c.page.in_(list(pages)),
            figure.c.day == day,
            figure.c.slot_id.is_(None),
            figure.c.metric.in_(PAGE_METRICS),
            figure.c.state.in_(_STANDING),
        )
        return frozenset((await self._session.execute(statement)).scalars())

    async def find_posted(self, slot_id: int) -> PostedSlot | None:
        row = (await self._session.execute(_POSTED.where(slot.c.id == slot_id))).one_or_none()
        return None if row is None else as_(PostedSlot, row)

    async def posted(self, person_id: int, since: datetime, until: datetime) -> list[PostedSlot]:
        # By way of the person's assignments, which are indexed; people may post before or long after the slot's moment.
        mine = select(assignment.c.slot_id).where(
            assignment.c.person_id == person_id,
            assignment.c.state == AssignmentState.POSTED,
            assignment.c.at >= since - timedelta(days=2),
        )
        statement = _POSTED.where(
            slot.c.id.in_(mine), slot.c.posted_at >= since, slot.c.posted_at <= until, proof.c.person_id == person_id
        )
        return all_(PostedSlot, await self._session.execute(statement.order_by(slot.c.posted_at)))

    async def day_sums(self, page: str, day: date) -> list[Figure]:
        return await self._list(
            select(figure).where(
                figure.c.page == page,
                figure.c.day == day,
                figure.c.slot_id.is_(None),
                figure.c.metric.not_in(PAGE_METRICS),
                figure.c.state.in_(_STANDING),
            )
        )

    async def past(self, like: Figure) -> list[Figure]:
        if like.slot_id is not None:
            return await self._list(select(figure).where(figure.c.slot_id == like.slot_id))
        return await self._list(
            select(figure).where(
                figure.c.page == like.page,
                figure.c.metric == like.metric,
                figure.c.day == like.day,
                figure.c.slot_id.is_(None),
            )
        )

    async def attach(self, figure_ids: Collection[int], screenshot: str) -> None:
        await self._session.execute(
            update(figure).where(figure.c.id.in_(list(figure_ids))).values(screenshot=screenshot)
        )

    async def active(self, people: Collection[int]) -> frozenset[int]:
        statement = select(person.c.id).where(person.c.id.in_(list(people)), person.c.status == PersonStatus.ACTIVE)
        return frozenset((await self._session.execute(statement)).scalars())
