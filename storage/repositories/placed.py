"""Writing what the planner has placed: one temporary table, then one statement for each table that it goes to."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Date,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from domain.notices import Guarantee, NoticeStatus, Priority
from domain.plan import AssignmentState, SlotState
from domain.ports.planner import Placed, Telling
from domain.rollups import Measure
from storage.repositories.base import DialectInsert
from storage.session import Session
from storage.tables import assignment, due_task, outbox, rollup, slot
from storage.types import Id, Moment

placed = Table(
    "placed",
    MetaData(),
    Column("slot_id", Id),
    Column("assignment_id", Id),
    Column("page", String),
    Column("region", String),
    Column("day", Date),
    Column("at", Moment),
    Column("state", String),
    Column("empty_reason", String),
    Column("excuse", String),
    Column("draft_id", Id),
    Column("draft_version", Integer),
    Column("again", Integer),
    Column("person_id", Id),
    Column("card_at", Moment),
    Column("listed_at", Moment),
    Column("listed_day", Date),
    Column("step", String),
    Column("step_at", Moment),
    prefixes=["TEMPORARY"],
)
"""Not part of the schema: it lives as long as the connection, and is empty between two uses."""

_CREATE = CreateTable(placed, if_not_exists=True)
_P = placed.c
_GIVEN = _P.person_id.is_not(None)
_UNTOLD = (None,) * 5


async def place(session: Session, slots: Sequence[Placed], now: datetime) -> list[list[int]]:
    """See `domain.ports.planner.Planner.place`."""
    if not slots:
        return []
    rows, made = await _numbered(session, slots)
    await session.execute(_CREATE)
    await session.execute(delete(placed))
    await session.fill(placed, rows)
    first, *others = _statements(session.dialect)
    if (await session.execute(first)).rowcount != len(rows):
        # A page whose clock was changed may have a slot there on what was another day.
        there = select(slot.c.id).where(slot.c.id == _P.slot_id)
        await session.execute(delete(placed).where(~there.exists()))
    for statement in others:
        await session.execute(statement, {"created_at": now})
    await session.execute(delete(placed))
    return made


async def _numbered(session: Session, slots: Sequence[Placed]) -> tuple[list[tuple[Any, ...]], list[list[int]]]:
    """The rows of `placed` with numbers drawn for them, and what the journal says of them."""
    given = sum(one.person_id is not None for one in slots)
    slot_ids, assignment_ids = await _numbers(session, slot, len(slots)), await _numbers(session, assignment, given)
    moments, days = _Plain(session.dialect), _Plain(session.dialect)
    rows, made, tellings = list[tuple[Any, ...]](), list[list[int]](), _Tellings(moments, days)
    for one in slots:
        number = next(slot_ids)
        held = None if one.person_id is None else next(assignment_ids)
        made.append([number] if held is None else [number, one.draft_id or 0, held])
        rows.append(
            (
                *(number, held, one.page, one.region, days[one.day], moments[one.at], one.state.value),
                one.empty_reason and one.empty_reason.value,
                one.excuse and one.excuse.value,
                *(one.draft_id, one.draft_version, one.again, one.person_id),
                *tellings.of(one.telling),
            )
        )
    return rows, made


async def _numbers(session: Session, table: Table, count: int) -> Any:
    """So many ids that no row of the table has."""
    if session.dialect == "postgresql":
        drawn = select(func.nextval(func.pg_get_serial_sequence(table.name, "id"))).select_from(
            func.generate_series(1, count)
        )
        return iter((await session.execute(drawn)).scalars().all())
    highest = (await session.execute(select(func.coalesce(func.max(table.c.id), 0)))).scalar_one()
    return iter(range(highest + 1, highest + 1 + count))  # nobody else writes in this transaction


class _Plain(dict[Any, Any]):
    """Moments and days as the driver takes them; few different ones come many times."""

    def __init__(self, dialect: str) -> None:
        super().__init__({None: None})
        self._as_text = dialect == "sqlite"

    def __missing__(self, value: date | datetime) -> Any:
        found: Any = value
        if self._as_text and isinstance(value, datetime):
            plain = value if value.tzinfo is UTC else value.astimezone(UTC)
            found = plain.replace(tzinfo=None).isoformat(" ", "microseconds")
        elif self._as_text:
            found = value.isoformat()
        self[value] = found
        return found


class _Tellings:
    """The last five of `placed`; what a task says is the end of a JSON object. Few different ones come many times."""

    def __init__(self, moments: _Plain, days: _Plain) -> None:
        self._moments, self._days = moments, days
        self._written: dict[int, tuple[Telling, tuple[Any, ...]]] = {}
        self._steps: dict[int, str] = {}

    def of(self, telling: Telling | None) -> tuple[Any, ...]:
        if telling is None:
            return _UNTOLD
        found = self._written.get(id(telling))
        if found is None:
            card_at, listed_at = self._moments[telling.card_at], self._moments[telling.listed_at]
            step_at = self._moments[telling.step_at]
            plain = (card_at, listed_at, self._days[telling.listed_day], self._said(telling.step), step_at)
            found = self._written[id(telling)] = telling, plain
        return found[1]

    def _said(self, step: Mapping[str, Any] | None) -> str | None:
        if step is None:
            return None
        if id(step) not in self._steps:  # it lives as long as its telling
            self._steps[id(step)] = json.dumps(dict(step))[1:]
        return self._steps[id(step)]


# --- the statements ------------------------------------------------------------------------------------------------------


@cache
def _statements(dialect: str) -> tuple[Any, ...]:
    """In the order in which they refer to each other; what is there already stays."""
    return (
        _into(dialect, slot, _slots()),
        _into(dialect, assignment, _assignments()),
        _into(dialect, outbox, _cards(dialect)),
        _into(dialect, outbox, _lists(dialect)),
        _into(dialect, due_task, _steps(dialect)),
        *(_counted(dialect, measure, condition) for measure, condition in _COUNTS.items()),
    )


def _into(dialect: str, table: Table, chosen: Select[Any]) -> Any:
    names = [column.name for column in chosen.selected_columns]
    new: DialectInsert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return new.from_select(names, chosen).on_conflict_do_nothing()


def _slots() -> Select[Any]:
    plain = ("page", "day", "at", "state", "empty_reason", "excuse", "draft_id", "draft_version", "again")
    return select(_P.slot_id.label("id"), *(_P[name] for name in plain), literal_column("1").label("version")).where(
        literal_column("1") == literal_column("1")  # SQLite cannot tell ON CONFLICT from a join without WHERE
    )


def _assignments() -> Select[Any]:
    return select(
        *(_P.assignment_id.label("id"), _P.slot_id, _P.person_id, _P.at),
        _written(AssignmentState.ASSIGNED.value, "state"),
        literal_column("false").label("substitute"),
        literal_column("1").label("version"),
        bindparam("created_at", type_=Moment).label("created_at"),
    ).where(_GIVEN)


def _cards(dialect: str) -> Select[Any]:
    """See `domain.usecases.staffing.card`."""
    number = cast(_P.assignment_id, String)
    return _notice(
        *(dialect, "assignment.card", Guarantee.A, "assignment:" + number, {"assignment": number}),
        *("assignment.card:" + number + ":1", _P.card_at, _GIVEN),
    )


def _lists(dialect: str) -> Select[Any]:
    """See `domain.usecases.staffing.told`."""
    number, day = cast(_P.person_id, String), cast(_P.listed_day, String)
    return _notice(
        *(dialect, "digest", Guarantee.B, "person:" + number, {"day": '"' + day + '"'}),
        *("digest:" + number + ":" + day, _P.listed_at, and_(_GIVEN, _P.listed_at.is_not(None))),
    )


def _notice(
    dialect: str,
    kind: str,
    guarantee: Guarantee,
    subject: Any,
    params: dict[str, Any],
    key: Any,
    due_at: Any,
    whom: Any,
) -> Select[Any]:
    return select(
        *(_written(kind, "kind"), _P.person_id, _written(guarantee.value, "guarantee")),
        literal_column(str(int(Priority.ASSIGNMENT))).label("priority"),
        *(subject.label("subject"), _json(dialect, params).label("params"), due_at.label("due_at")),
        *(key.label("dedup_key"), due_at.label("next_try_at"), _written(NoticeStatus.WAITING.value, "status")),
    ).where(whom)


def _steps(dialect: str) -> Select[Any]:
    """See `domain.usecases.rungs.step_task`."""
    number = cast(_P.slot_id, String)
    said = literal('{"slot": ') + number + ", " + _P.step
    params = cast(said, JSON) if dialect == "postgresql" else type_coerce(said, Text)
    return select(
        *(("ladder:" + number).label("key"), _written("ladder", "kind"), ("slot:" + number).label("subject")),
        *(params.label("params"), _P.step_at.label("due_at")),
    ).where(_P.step.is_not(None))


_COUNTS: dict[Measure, ColumnElement[bool]] = {
    Measure.SLOTS: _P.state != SlotState.CANCELLED.value,
    Measure.FILLED: _P.state == SlotState.FILLED.value,
    Measure.EXCUSED: _P.excuse.is_not(None),
}


def _counted(dialect: str, measure: Measure, condition: ColumnElement[bool]) -> Any:
    """What is added to the roll-ups of each page and day. SQLite adds up row after row, without sorting them first."""
    one_by_one = dialect == "sqlite"
    region, count = (_P.region, literal_column("1")) if one_by_one else (func.max(_P.region), func.count())
    named = (_P.page, region.label("region"), _P.day, _written(measure.value, "measure"), count.label("value"))
    chosen = select(*named).where(condition)
    chosen = chosen if one_by_one else chosen.group_by(_P.page, _P.day)
    new: DialectInsert = postgresql.insert(rollup) if dialect == "postgresql" else sqlite.insert(rollup)
    written = new.from_select(["page", "region", "day", "measure", "value"], chosen)
    return written.on_conflict_do_update(
        index_elements=["page", "day", "measure"], set_={"value": rollup.c.value + written.excluded.value}
    )


def _written(value: str, name: str) -> ColumnElement[Any]:
    """A word of ours as part of the statement."""
    return literal_column(f"'{value}'").label(name)


def _json(dialect: str, fields: dict[str, Any]) -> ColumnElement[Any]:
    """An object of these (already written) values."""
    parts: list[Any] = []
    for name, value in fields.items():
        parts += [f', "{name}": ' if parts else f'{{"{name}": ', value]
    said: ColumnElement[Any] = literal(parts[0])
    for part in parts[1:]:
        said = said + part
    said = said + "}"
    return cast(said, JSON) if dialect == "postgresql" else type_coerce(said, Text)
