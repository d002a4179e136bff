"""How a stretch of days went: sums of roll-ups, and the order statistics of decisions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, FromClause, Select, and_, bindparam, case, func, literal_column, select
from sqlalchemy.sql.selectable import ScalarSelect

from domain.figure_sums import FigureSum
from domain.figures import metric_of
from domain.people import EVERYWHERE
from domain.plan import SlotState
from domain.platforms import Platform
from domain.ports.status import Regions
from domain.rollups import Measure
from domain.status_periods import Deciding, Growth, Place, Span, Tally, deciding_of
from domain.targets import Target
from domain.typed_figures import Metric
from storage.repositories.base import Repository
from storage.tables import decision, draft, page, rollup, slot

_FIELDS = {
    str(Measure.SLOTS): "planned",
    str(Measure.ON_TIME): "on_time",
    str(Measure.LATE): "late",
    str(Measure.MISSED): "missed",
    str(Measure.EXCUSED): "excused",
}
_NAMED_DAYS = 100
_FOLLOWED = [one for one in Platform if metric_of(one) is Metric.FOLLOWERS]
COUNTED = case((page.c.platform.in_(_FOLLOWED), str(Measure.FOLLOWERS)), else_=str(Measure.MEMBERS))
"""What a page's network calls its people."""


def written_out(table: FromClause, *names: str) -> ColumnElement[bool]:
    """Rows of these measures, as a partial index has them (in its order, and not bound later), or it would not be used."""
    return table.c.measure.in_([literal_column(f"'{name}'") for name in names])


def figures_in(table: FromClause) -> ColumnElement[bool]:
    """Rows of page figures."""
    return written_out(table, Measure.MEMBERS, Measure.FOLLOWERS)


def on_days(column: ColumnElement[date], first: date, last: date) -> ColumnElement[bool]:
    """Each day by name while there are not too many: an index on day and measure is then read for these measures only."""
    count = (last - first).days + 1
    if count > _NAMED_DAYS:
        return column.between(first, last)
    return column.in_([first + timedelta(days=n) for n in range(max(0, count))])


def inside(regions: Regions, place: Place, region: ColumnElement[str], code: ColumnElement[str]) -> list[Any]:
    """Conditions that keep to a reader's regions and to one place."""
    found: list[Any] = [] if EVERYWHERE in regions else [region.in_(sorted(regions))]
    if place.page:
        return [*found, code == place.page]
    return [*found, region == place.region] if place.region else found


_older = rollup.alias("older")
_GROWN = func.coalesce(
    rollup.c.grown,
    rollup.c.value
    - select(_older.c.value)
    .where(_older.c.page == rollup.c.page, _older.c.measure == rollup.c.measure)
    .where(_older.c.day < rollup.c.day, figures_in(_older))
    .order_by(_older.c.day.desc())
    .limit(1)
    .scalar_subquery(),
)
"""What a figure adds to the one before; rows older than the record are looked up. NULL: there is none before."""


def _figure(column: str, until: str = "", *, newest: bool = True) -> ScalarSelect[Any]:
    """A page's newest (or first) figure, by one seek in an index. `until`: the parameter that names the last day."""
    seen = rollup.alias()
    statement = select(seen.c[column]).where(seen.c.page == page.c.code, seen.c.measure == COUNTED, figures_in(seen))
    if until:
        statement = statement.where(seen.c.day <= bindparam(until, type_=Date))
    return statement.order_by(seen.c.day.desc() if newest else seen.c.day).limit(1).correlate(page).scalar_subquery()


def _standing() -> Select[Any]:
    each = (
        select(
            page.c.platform,
            page.c.kind,
            _figure("value").label("value"),
            _figure("day").label("last"),
            _figure("day", newest=False).label("first"),
            func.coalesce(_figure("value", "starts"), _figure("value", newest=False)).label("base"),
            _figure("day", "eve").label("before"),
        )
        .where(page.c.active)
        .offset(0)  # keeps SQLite from looking the same up once for every column that uses it
        .subquery()
    )
    return select(
        each.c.platform,
        each.c.kind,
        func.count().label("pages"),
        func.count(each.c.last).label("reported"),
        func.sum(each.c.value).label("total"),
        func.sum(each.c.base).label("base"),
        func.min(each.c.first).label("first"),
        func.min(each.c.last).label("oldest"),
        func.max(each.c.last).label("newest"),
        func.max(each.c.before).label("before"),
    ).group_by(each.c.platform, each.c.kind)


LAST_FIGURE = _figure("day")
"""The day of a page's newest figure; NULL without any."""
_STANDING = _standing()
"""Made once: its many copies of one table cost as much to put together as to run."""


@lru_cache(maxsize=8)
def _grown_by_day(counted: tuple[tuple[tuple[Platform, ...], tuple[str, ...]], ...]) -> Select[Any]:
    """The gain of each of `days`, for each set of networks and kinds of pages in a column of its own.

    One pass in the index's order: grouped by network and kind, all the rows would have to be sorted.
    """
    theirs = [
        func.sum(case((and_(page.c.platform.in_(networks), page.c.kind.in_(kinds)), func.coalesce(_GROWN, 0))))
        for networks, kinds in counted
    ]
    return (
        select(rollup.c.day, *theirs)
        .join(page, page.c.code == rollup.c.page)
        .where(
            rollup.c.day.in_(bindparam("days", expanding=True)),
            rollup.c.measure.in_([str(Measure.MEMBERS), str(Measure.FOLLOWERS)]),
            page.c.active,
            rollup.c.measure == COUNTED,
        )
        .group_by(rollup.c.day)
    )


class PeriodRepository(Repository):
    """See `domain.ports.status_periods.PeriodReads`."""

    async def days(self, regions: Regions, place: Place, span: Span) -> dict[date, Tally]:
        rows = await self._session.execute(
            select(rollup.c.day, rollup.c.measure, func.sum(rollup.c.value).label("n"))
            .where(
                on_days(rollup.c.day, span.first, span.last),
                rollup.c.measure.in_(list(_FIELDS)),
                *inside(regions, place, rollup.c.region, rollup.c.page),
            )
            .group_by(rollup.c.day, rollup.c.measure)
        )
        found: dict[date, dict[str, int]] = defaultdict(dict)
        for row in rows:
            if row.n:
                found[row.day][_FIELDS[row.measure]] = int(row.n)
        return {day: Tally(**counts) for day, counts in found.items()}

    async def ahead(self, regions: Regions, place: Place, span: Span, now: datetime) -> int:
        """Somewhere it is still yesterday, so the last two days are looked at."""
        to_come = [slot.c.at > now, slot.c.state.in_([SlotState.EMPTY, SlotState.FILLED]), slot.c.excuse.is_(None)]
        statement = (
            select(func.count())
            .select_from(slot.join(page, page.c.code == slot.c.page))
            .where(on_days(slot.c.day, max(span.first, span.last - timedelta(days=1)), span.last), *to_come)
            .where(*inside(regions, place, page.c.region, slot.c.page))
        )
        return int((await self._session.execute(statement)).scalar_one())

    async def growth(self, regions: Regions, place: Place, span: Span) -> Growth:
        every = select(func.count()).select_from(page).where(page.c.active)
        every = every.where(*inside(regions, place, page.c.region, page.c.code))
        row = (
            await self._session.execute(
                select(
                    func.count(rollup.c.page.distinct()).label("pages"),
                    every.scalar_subquery().label("all_pages"),
                    func.sum(_GROWN).label("gained"),
                    func.max(rollup.c.day).label("last"),
                ).where(
                    on_days(rollup.c.day, span.first, span.last),
                    rollup.c.measure.in_([str(Measure.MEMBERS), str(Measure.FOLLOWERS)]),
                    *inside(regions, place, rollup.c.region, rollup.c.page),
                )
            )
        ).one()
        gained = None if row.gained is None else int(row.gained)
        return Growth(int(row.pages), int(row.all_pages), gained, row.last)

    async def deciding(self, regions: Regions, place: Place, since: datetime, until: datetime) -> Deciding:
        # Counted by minute: some hundred rows, where ordering the decisions themselves takes four times as long.
        minute = (decision.c.waited // 60).label("minute")
        statement = select(minute, func.count().label("n")).where(
            decision.c.at >= since, decision.c.at < until, decision.c.waited.is_not(None)
        )
        narrow = inside(regions, Place(place.region), draft.c.region, draft.c.region)
        if narrow:
            statement = statement.join(draft, draft.c.id == decision.c.draft_id).where(*narrow)
        rows = await self._session.execute(statement.group_by(minute))
        return deciding_of(dict(tuple(row) for row in rows))

    # -- headlines ---------------------------------------------------------------------------------------------------

    async def figures_grown(self, targets: Sequence[Target], since: date, until: date) -> Sequence[Mapping[date, int]]:
        days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
        counted = tuple((tuple(one.platforms), tuple(one.kinds)) for one in targets)
        found = (await self._session.execute(_grown_by_day(counted), {"days": days})).all()
        return [{row[0]: int(row[n]) for row in found if row[n] is not None} for n in range(1, len(targets) + 1)]

    async def figure_sums(self, since: date, starts: date) -> Sequence[FigureSum]:
        return [
            FigureSum(
                row.platform,
                str(row.kind),
                int(row.pages),
                int(row.reported),
                int(row.total or 0),
                int(row.base or 0),
                row.first,
                row.oldest,
                row.newest,
                row.before,
            )
            for row in await self._session.execute(_STANDING, {"starts": starts, "eve": since - timedelta(days=1)})
        ]
