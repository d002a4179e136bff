"""What each approver has narrowed their queue down to."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, case, delete, func, literal, select

from domain.queue import Choice, Facet, Only
from storage.repositories.base import Repository
from storage.repositories.draft_rows import waits
from storage.tables import draft, draft_page, page, queue_filter, region


class QueueRepository(Repository):
    """See `domain.ports.queue.QueueFilters`."""

    async def find(self, person_id: int) -> Only | None:
        title = case(
            (queue_filter.c.facet == Facet.REGION, region.c.name), (queue_filter.c.facet == Facet.PAGE, page.c.title)
        )
        statement = (
            select(queue_filter.c.facet, queue_filter.c.value, title.label("title"))
            .join(region, region.c.code == queue_filter.c.value, isouter=True)
            .join(page, page.c.code == queue_filter.c.value, isouter=True)
            .where(queue_filter.c.person_id == person_id)
        )
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else Only(row.facet, row.value, row.title or _own_name(row.facet, row.value))

    async def set(self, person_id: int, only: Only | None) -> None:
        if only is None:
            await self._session.execute(delete(queue_filter).where(queue_filter.c.person_id == person_id))
            return
        values = {"facet": only.facet, "value": only.value}
        statement = self._insert(queue_filter).values(person_id=person_id, **values)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))

    async def choices(self, regions: Iterable[str], reader: int) -> list[Choice]:
        waiting = waits(list(regions), reader)
        found: list[Choice] = []
        for facet, statement in (
            (Facet.REGION, _by_region(waiting)),
            (Facet.PAGE, _by_page(waiting)),
            (Facet.RUBRIC, _by_rubric(waiting)),
        ):
            ordered = statement.order_by(func.count().desc(), "value")
            rows = await self._session.execute(ordered)
            found += [Choice(Only(facet, row.value, row.title or _own_name(facet, row.value)), row.n) for row in rows]
        return found


def _own_name(facet: Facet, value: str) -> str:
    """Rubrics are called by what the campaign has called them."""
    return value if facet is Facet.RUBRIC else ""


def _by_region(waiting: ColumnElement[bool]) -> Select[tuple[str, str | None, int]]:
    return (
        select(draft.c.region.label("value"), region.c.name.label("title"), func.count().label("n"))
        .join(region, region.c.code == draft.c.region, isouter=True)
        .where(waiting)
        .group_by(draft.c.region, region.c.name)
    )


def _by_page(waiting: ColumnElement[bool]) -> Select[tuple[str, str | None, int]]:
    return (
        select(page.c.code.label("value"), page.c.title.label("title"), func.count().label("n"))
        .select_from(draft)
        .join(draft_page, draft_page.c.draft_id == draft.c.id)
        .join(page, page.c.code == draft_page.c.page)
        .where(waiting)
        .group_by(page.c.code, page.c.title)
    )


def _by_rubric(waiting: ColumnElement[bool]) -> Select[tuple[str, str | None, int]]:
    return (
        select(draft.c.rubric.label("value"), literal(None).label("title"), func.count().label("n"))
        .where(waiting, draft.c.rubric != "")
        .group_by(draft.c.rubric)
    )
