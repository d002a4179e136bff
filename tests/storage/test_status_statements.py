"""The screens' sums on SQLite are read off indexes made for them; a partial one is passed over when a condition is written otherwise."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Select, create_engine, event

from storage.repositories import status_statements as asked
from storage.repositories.status_statements import Reach
from storage.tables import metadata
from tests.reporting import MONDAY, NOW

WEEK = {"first": MONDAY, "last": MONDAY}


@pytest.fixture(scope="module")
def empty() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def plan_of(connection: Connection, statement: Select[*tuple[Any, ...]], values: dict[str, Any]) -> str:
    sent: list[tuple[str, Any]] = []

    def note(_: object, __: object, sql: str, parameters: Any, *___: object) -> None:
        sent.append((sql, parameters))

    event.listen(connection, "before_cursor_execute", note)
    connection.execute(statement, values)
    event.remove(connection, "before_cursor_execute", note)
    ((sql, parameters),) = sent
    return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters))


@pytest.mark.parametrize("reach", [Reach.ALL, Reach.SOME, Reach.ONE])
def test_each_sum_has_its_index(empty: Connection, reach: Reach) -> None:
    known = {"regions": ["kazan"], "region": "kazan"}
    week = plan_of(empty, asked.kept(reach), {**known, **WEEK})
    assert "SEARCH rollup USING COVERING INDEX ix_rollup_norm (page=? AND day>? AND day<?)" in week
    late = plan_of(empty, asked.overdue(reach, ""), {**known, "days": [MONDAY], "until": NOW})
    assert "ix_slot_filled (day=? AND at<?)" in late or reach is Reach.ONE, "a region has few pages"
    last = plan_of(empty, asked.silent(reach), {**known, "limit": MONDAY})
    assert last.count("CORRELATED SCALAR SUBQUERY") == 1
    assert "USING COVERING INDEX ix_rollup_figure (page=? AND measure=?)" in last


def test_the_campaign_today_is_summed_without_sorting(empty: Connection) -> None:
    days = {f"day{n}": MONDAY for n in range(3)} | {f"zones{n}": ["Europe/Moscow"] for n in range(3)}
    plan = plan_of(empty, asked.slots(Reach.ALL, ""), {"days": [MONDAY], **days})
    assert "USING COVERING INDEX ix_rollup_sum (day=? AND measure=?)" in plan
    assert "TEMP B-TREE" not in plan
