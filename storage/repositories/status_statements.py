"""What status summaries ask, each statement made once: putting one together costs as much as running it.

`Reach` says how the reader's regions narrow it; `reaching` gives the values for it.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal_column, or_, select, true

from domain.drafts import DraftState, Verdict
from domain.people import EVERYWHERE
from domain.ports.status import Within
from domain.rollups import Measure
from storage.repositories.status_periods import LAST_FIGURE, written_out
from storage.tables import decision, draft, membership, page, rollup, slot

SLOT_FIELDS = {
    str(Measure.SLOTS): "total",
    str(Measure.FILLED): "filled",
    str(Measure.ON_TIME): "on_time",
    str(Measure.LATE): "late",
    str(Measure.MISSED): "missed",
    str(Measure.EXCUSED): "excused",
}
_POSTED = (str(Measure.ON_TIME), str(Measure.LATE))
_THREE = range(3)


class Reach(StrEnum):
    ALL = "all"
    SOME = "some"
    ONE = "one"


def reaching(within: Within) -> tuple[Reach, dict[str, Any]]:
    """How far it reaches, and what the statements made for that want to know."""
    if isinstance(within, str):
        return Reach.ONE, {"region": within}
    return (Reach.ALL, {}) if EVERYWHERE in within else (Reach.SOME, {"regions": sorted(within)})


def _inside(column: ColumnElement[str], reach: Reach) -> ColumnElement[bool]:
    match reach:
        case Reach.ALL:
            return true()
        case Reach.SOME:
            return column.in_(bindparam("regions", expanding=True))
        case Reach.ONE:
            return column == bindparam("region")


def _grouped(by: str) -> tuple[ColumnElement[str], Sequence[ColumnElement[str]]]:
    """The key and what to group by; without a column of pages all is one. It saves the database sorting the rows."""
    return (page.c[by], [page.c[by]]) if by else (literal_column("''"), [])


@cache
def slots(reach: Reach, by: str) -> Select[Any]:
    """`days` and, of each of the three, `day0` with its `zones0`: a page's today is decided by its zone."""
    key, keys = _grouped(by)
    here = [
        and_(rollup.c.day == bindparam(f"day{n}"), page.c.zone.in_(bindparam(f"zones{n}", expanding=True)))
        for n in _THREE
    ]
    return (
        select(key.label("key"), rollup.c.measure, func.sum(rollup.c.value).label("n"))
        .join(page, page.c.code == rollup.c.page)
        .where(
            rollup.c.day.in_(bindparam("days", expanding=True)),
            rollup.c.measure.in_(list(SLOT_FIELDS)),
            or_(*here),
            _inside(page.c.region, reach),
        )
        .group_by(rollup.c.day, rollup.c.measure, *keys)
    )


@cache
def overdue(reach: Reach, by: str) -> Select[str, int]:
    """Filled slots of `days` that were due `until`."""
    key, keys = _grouped(by)
    return (
        select(key.label("key"), func.count().label("n"))
        .select_from(slot.join(page, page.c.code == slot.c.page))
        .where(literal_column("slot.state = 'filled'"), slot.c.at <= bindparam("until"))  # as its index has it
        .where(slot.c.day.in_(bindparam("days", expanding=True)), _inside(page.c.region, reach))
        .group_by(*keys)
    )


@cache
def weeks(reach: Reach) -> Select[Any]:
    """Active pages for which anything was planned from `first` to `last`."""

    def of(*measures: str) -> ColumnElement[int]:
        return func.sum(case((rollup.c.measure.in_(measures), rollup.c.value), else_=0))

    # Page after page in the order of an index that holds nothing else: nothing is sorted, and no other page is read.
    sums = (
        select(rollup.c.page, of(*_POSTED).label("posted"), of(Measure.SLOTS).label("wanted"))
        .where(
            rollup.c.page.in_(select(page.c.code).where(page.c.active, _inside(page.c.region, reach))),
            rollup.c.day.between(bindparam("first"), bindparam("last")),
            written_out(rollup, Measure.SLOTS, *_POSTED),
        )
        .group_by(rollup.c.page)
        .subquery()
    )
    return (
        select(page.c.code, page.c.title, page.c.region, sums.c.posted, sums.c.wanted)
        .join(sums, sums.c.page == page.c.code)
        .where(sums.c.wanted > 0)
    )


@cache
def kept(reach: Reach) -> Select[int, Any, Any, Any, Any]:
    every = weeks(reach).subquery()
    short = case((every.c.posted < every.c.wanted, 1), else_=0)
    return select(
        func.count().label("pages"),
        func.sum(short).label("short"),
        func.sum(every.c.posted).label("posted"),
        func.sum(every.c.wanted).label("wanted"),
        func.max(case((short == 1, every.c.title))).label("worst"),
    )


@cache
def waiting(reach: Reach) -> Select[Any]:
    return (
        select(
            draft.c.region,
            func.count().label("n"),
            func.min(draft.c.submitted_at).label("oldest"),
            func.sum(case((draft.c.decide_by <= bindparam("now"), 1), else_=0)).label("overdue"),
        )
        .where(draft.c.state == DraftState.SUBMITTED, _inside(draft.c.region, reach))
        .group_by(draft.c.region)
    )


@cache
def silent(reach: Reach) -> Select[Any]:
    """Active pages without a figure since `limit`."""
    every = (
        select(page.c.code, page.c.title, page.c.region, LAST_FIGURE.label("last"))
        .where(page.c.active, _inside(page.c.region, reach))
        .offset(0)  # keeps SQLite from looking the day up three times
        .subquery()
    )
    return select(every).where(or_(every.c.last.is_(None), every.c.last < bindparam("limit")))


@cache
def posted_from(reach: Reach) -> Select[Any]:
    """How many posts since `day`."""
    return select(func.coalesce(func.sum(rollup.c.value), 0)).where(
        rollup.c.day >= bindparam("day"), rollup.c.measure.in_(_POSTED), _inside(rollup.c.region, reach)
    )


@cache
def changed(reach: Reach) -> Select[Any]:
    """Approved texts and new members since the numbers `decision` and `membership`."""
    approved = (
        select(func.count(func.distinct(decision.c.draft_id)))
        .join(draft, draft.c.id == decision.c.draft_id)
        .where(
            decision.c.id > bindparam("decision"),
            decision.c.verdict == Verdict.APPROVE,
            draft.c.state == DraftState.APPROVED,
            _inside(draft.c.region, reach),
        )
    )
    joined = select(func.count(func.distinct(membership.c.person_id))).where(
        membership.c.id > bindparam("membership"), _inside(membership.c.region, reach)
    )
    return select(approved.scalar_subquery().label("approved"), joined.scalar_subquery().label("joined"))
