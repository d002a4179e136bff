"""The inbox's rows on both engines, and the claims of lanes on PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text, update

from storage import tables
from storage.database import Database, open_database
from storage.repositories.inbox import Aside
from storage.uow import SqlUnitOfWork
from tests.conftest import _Postgres
from tests.rows import rows_of

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
LIMIT = 5


async def store(db: Database, *numbers: int, lane: int = 7, at: datetime = NOW) -> None:
    await db.run(
        lambda uow: uow.inbox.store([(n, lane, {"update_id": n, "message": {"text": "тайна"}}) for n in numbers], at)
    )


async def fail(db: Database, number: int, times: int = LIMIT) -> None:
    for _ in range(times):
        await db.run(lambda uow: uow.inbox.failed(number, "ValueError", LIMIT))


async def open_numbers(db: Database) -> list[tuple[int, int]]:
    return await db.read(lambda uow: uow.inbox.open_numbers(100))


async def test_what_comes_with_its_effect_is_done_once_whether_it_was_stored_before_or_not(db: Database) -> None:
    await store(db, 1)

    async def arrived(uow: SqlUnitOfWork, number: int) -> bool:
        return await uow.inbox.arrived(number, 7, NOW)

    for number in (1, 2):
        assert [await db.run(arrived, number) for _ in range(2)] == [True, False]
    assert [(row.update_id, row.status, row.body) for row in await db.run(lambda uow: uow.inbox.load([1, 2]))] == [
        (1, "done", None),
        (2, "done", None),
    ]


async def test_what_was_stored_before_is_not_new(db: Database) -> None:
    await store(db, 1, 2)

    assert await db.run(lambda uow: uow.inbox.store([(2, 7, {}), (3, 7, {})], NOW)) == {3}
    assert await open_numbers(db) == [(1, 7), (2, 7), (3, 7)]


async def test_only_open_updates_are_loaded(db: Database) -> None:
    await store(db, 1, 2, 3)
    await db.run(lambda uow: uow.inbox.shown([2]))
    await db.run(lambda uow: uow.inbox.done(3))

    rows = await db.read(lambda uow: uow.inbox.load([1, 2, 3]))

    assert [(row.update_id, row.status, row.body is None) for row in sorted(rows, key=lambda row: row.update_id)] == [
        (1, "new", False),
        (3, "done", True),
    ]
    assert await db.read(lambda uow: uow.inbox.waiting()) == (2, NOW)


async def test_the_fifth_failure_sets_aside_and_the_list_shows_no_content(db: Database) -> None:
    await store(db, 1)
    await fail(db, 1, LIMIT - 1)
    assert await db.read(lambda uow: uow.inbox.list_aside(NOW)) == []

    await fail(db, 1, 1)

    assert await db.read(lambda uow: uow.inbox.list_aside(NOW)) == [Aside(1, "message", NOW, LIMIT, "ValueError")]
    assert await open_numbers(db) == []


async def test_one_that_was_set_aside_can_be_replayed_for_72_hours_and_then_is_gone(db: Database) -> None:
    await store(db, 1, 2)
    await fail(db, 1)
    await fail(db, 2)
    last, late = NOW + timedelta(hours=72), NOW + timedelta(hours=72, seconds=1)

    assert await db.run(lambda uow: uow.inbox.replay(1, last)) == [(1, 7)]
    assert await db.run(lambda uow: uow.inbox.replay(None, late)) == []
    assert await db.run(lambda uow: uow.inbox.clean_aside(late)) == 1
    assert await open_numbers(db) == [(1, 7)]  # the one that was opened again is not cleaned away


async def test_a_replayed_one_that_fails_once_more_is_set_aside_at_once(db: Database) -> None:
    await store(db, 1)
    await fail(db, 1)
    await db.run(lambda uow: uow.inbox.replay(1, NOW))

    assert await db.run(lambda uow: uow.inbox.failed(1, "KeyError", LIMIT)) == LIMIT + 1
    assert [row.error for row in await db.read(lambda uow: uow.inbox.list_aside(NOW))] == ["KeyError"]


async def test_a_dropped_one_loses_its_content_but_its_number_stays_known(db: Database) -> None:
    await store(db, 1)
    await fail(db, 1)

    assert await db.run(lambda uow: uow.inbox.drop(1))
    assert not await db.run(lambda uow: uow.inbox.drop(1))
    assert await db.run(lambda uow: uow.inbox.store([(1, 7, {})], NOW)) == frozenset()
    [row] = await db.read(rows_of(select(tables.inbox)))
    assert (row.body, row.lane) == (None, 0)


async def test_what_has_no_number_is_kept_under_numbers_below_zero(db: Database) -> None:
    await store(db, 10)

    first = await db.run(lambda uow: uow.inbox.store_unreadable("{", "JSONDecodeError", NOW))
    second = await db.run(lambda uow: uow.inbox.store_unreadable("\ud800", "JSONDecodeError", NOW))

    assert (first, second) == (-1, -2)
    assert {row.number for row in await db.read(lambda uow: uow.inbox.list_aside(NOW))} == {-1, -2}
    assert await db.read(lambda uow: uow.inbox.highest()) == 10


async def test_when_telegram_was_heard_survives_cleaning(db: Database) -> None:
    assert await db.read(lambda uow: uow.inbox.last_heard()) is None
    await db.run(lambda uow: uow.inbox.heard(NOW))
    await db.run(lambda uow: uow.inbox.heard(NOW + timedelta(minutes=1)))
    await db.run(lambda uow: uow.inbox.heard(NOW))  # a process that heard it last a minute ago

    await db.run(lambda uow: uow.inbox.clean(NOW + timedelta(days=30)))

    assert await db.read(lambda uow: uow.inbox.last_heard()) == NOW + timedelta(minutes=1)
    assert await open_numbers(db) == []


# -- claims (PostgreSQL) ------------------------------------------------------------------------------------------------------


@pytest.fixture
async def server(postgres: _Postgres) -> Database:
    return await open_database(postgres.create(), migrate=False)


async def test_a_claim_is_its_holders_until_it_runs_out(server: Database) -> None:
    db = server
    assert await db.run(lambda uow: uow.lanes.claim([1, 2], "A", 60)) == {1, 2}
    assert await db.run(lambda uow: uow.lanes.claim([1, 2, 3], "B", 60)) == {3}
    assert await db.run(lambda uow: uow.lanes.claim([1], "A", 60)) == {1}

    await db.run(expire, "A")

    assert await db.run(lambda uow: uow.lanes.claim([1, 2], "B", 60)) == {1, 2}
    assert await db.run(lambda uow: uow.lanes.renew([1, 2], "A", 60)) == frozenset()
    await db.close()


async def test_unclaimed_lanes_are_those_with_open_updates_and_no_running_claim(server: Database) -> None:
    db = server
    await store(db, 1, lane=11)
    await store(db, 2, lane=12)
    await store(db, 3, lane=13)
    await db.run(lambda uow: uow.inbox.shown([3]))
    await db.run(lambda uow: uow.lanes.claim([11], "A", 60))
    assert await db.read(lambda uow: uow.lanes.unclaimed(10)) == [12]

    await db.run(expire, "A")
    assert await db.read(lambda uow: uow.lanes.unclaimed(10)) == [11, 12]

    await db.run(lambda uow: uow.lanes.claim([11, 12], "B", 60))
    await db.run(lambda uow: uow.lanes.release(11, "A"))  # not its own
    assert await db.read(lambda uow: uow.lanes.unclaimed(10)) == []
    await db.run(lambda uow: uow.lanes.release_all("B"))
    assert await db.read(lambda uow: uow.lanes.unclaimed(1)) == [11]
    await db.close()


async def expire(uow: SqlUnitOfWork, holder: str) -> None:
    """As if the claims' time had passed: nobody waits for it here."""
    past = func.clock_timestamp() - text("interval '1 second'")
    await uow.session.execute(update(tables.lane_claim).where(tables.lane_claim.c.holder == holder).values(until=past))
