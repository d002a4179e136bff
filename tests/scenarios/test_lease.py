"""Several processes on one PostgreSQL: one holder at a time, a quick change of holder, no write after the term."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bench.lease import lease as changes_of_holder
from bench.people import enrol
from bot.app import App, running
from bot.lease import HeldDatabase, Lease, holder_name
from domain.notices import DueTask
from domain.people import Role
from playground import LocalTelegram, User
from storage.database import Database, measured, open_database
from storage.repositories.lease import LeaseLost, LeaseRepository
from storage.session import NetworkSession
from storage.tally import facts_of_drafts
from tests.harness import START, TOKEN, load_campaign, settings_for


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("postgres").create())


@pytest.fixture
async def both(url: str) -> AsyncIterator[tuple[Database, Database]]:
    """One database as two processes see it."""
    first, second = await open_database(url, migrate=False), await open_database(url, migrate=False)
    yield first, second
    await first.close()
    await second.close()


class Uptime:
    """A process's clock that nobody can set; `frozen` while it is stopped."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def a_task(key: str) -> Callable[[Any], Any]:
    return lambda uow: uow.tasks.add(DueTask(key, "odd", "campaign", START))


async def keys(db: Database) -> set[str]:
    async def read(uow: Any) -> set[str]:
        return {task.key for task in await uow.tasks.open_after(START.replace(year=2000))}

    return await db.read(read)


async def test_one_takes_the_lease_and_the_other_waits(both: tuple[Database, Database]) -> None:
    first, second = Lease(both[0], 60, "first"), Lease(both[1], 60, "second")

    assert await first.take()
    assert not await second.take()
    assert await first.renew()
    assert (first.held, second.held) == (True, False)


async def test_a_released_lease_is_taken_at_once_and_its_term_grows(both: tuple[Database, Database]) -> None:
    first, second = Lease(both[0], 60, "first"), Lease(both[1], 60, "second")
    await first.take()

    await first.release()

    assert await second.take()
    assert (first.held, second.held) == (False, True)
    assert second.term == first.term + 1


async def test_a_frozen_process_sees_that_its_term_is_over_before_anything_else(
    both: tuple[Database, Database],
) -> None:
    uptime = Uptime()
    frozen = Lease(both[0], 60, "frozen", uptime)
    await frozen.take()
    held = HeldDatabase(both[0], frozen)
    await held.run(a_task("in time"))

    uptime.now += 55  # it was stopped; in the database the term still runs, but nobody may rely on the last moments

    assert not frozen.held
    with pytest.raises(LeaseLost):
        await held.run(a_task("late"))
    assert not await frozen.renew()  # a new term must be taken
    assert await keys(both[0]) == {"in time"}


async def test_a_write_is_refused_by_the_database_even_if_the_process_believes_in_its_term(
    both: tuple[Database, Database],
) -> None:
    deceived, other = Lease(both[0], 60, "deceived"), Lease(both[1], 60, "other")
    await deceived.take()
    held = HeldDatabase(both[0], deceived)
    await both[1].run(
        lambda uow: uow.lease.release("main", "deceived", deceived.term)
    )  # as if the database's clock jumped
    await other.take()

    assert deceived.held
    with pytest.raises(LeaseLost):
        await held.run(a_task("late"))
    assert not await deceived.renew()
    assert not deceived.held
    assert await keys(both[0]) == set()


async def test_while_a_write_of_the_holder_runs_nobody_takes_over(both: tuple[Database, Database]) -> None:
    holder, other = Lease(both[0], 60, "holder"), Lease(both[1], 60, "other")
    await holder.take()
    checked, go_on = asyncio.Event(), asyncio.Event()

    async def slow(uow: Any) -> None:
        await a_task("slow")(uow)
        checked.set()
        await go_on.wait()

    writing = asyncio.ensure_future(HeldDatabase(both[0], holder).run(slow))
    await checked.wait()
    ending = asyncio.ensure_future(holder.release())
    taking = asyncio.ensure_future(other.take())
    done, _ = await asyncio.wait([ending, taking], timeout=0.2)

    assert ending not in done  # it waits for the write
    assert not any(task.result() for task in done)
    go_on.set()
    await asyncio.gather(writing, ending, taking)
    assert await keys(both[0]) == {"slow"}
    assert taking.result() or await other.take()


@pytest.mark.parametrize("prepared", [False, True])
async def test_a_holder_that_freezes_inside_a_write_does_not_keep_the_others_out(url: str, prepared: bool) -> None:
    """`prepared`: between preparing a statement and running it, where the server counts a transaction as active."""
    engine, db = create_async_engine(url), await open_database(url, migrate=False)
    frozen, other = Lease(db, 1.0, "frozen"), Lease(db, 1.0, "other")
    await frozen.take()
    async with engine.connect() as connection:
        writing = LeaseRepository(NetworkSession(connection))
        await writing.ensure_held("main", "frozen", frozen.term)
        if prepared:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.prepare("SELECT 1")

        async with asyncio.timeout(30):
            while not await other.take():  # noqa: ASYNC110 - what is waited for is the end of a term
                await asyncio.sleep(0.05)

        with pytest.raises(DBAPIError):
            await connection.execute(select(1))
        await connection.invalidate()
    await db.close()
    await engine.dispose()


@pytest.mark.slow  # takes seconds
async def test_of_two_processes_one_polls_both_work_and_the_other_takes_over_when_the_first_ends(
    url: str, tmp_path: Path
) -> None:
    async with LocalTelegram(token=TOKEN) as telegram:
        settings = settings_for(url, telegram, tmp_path, processes={"lease_seconds": 15})
        async with running(settings, scheduled=False) as first:
            await first.db.run(load_campaign)
            anna = telegram.world.add_user(5001, "Anna", language_code="en", started=True)
            await enrol(first.db, anna, Role.VOLUNTEER, "kazan")
            async with running(settings, scheduled=False) as second:
                assert (first.holder.acting, second.holder.acting) == (True, False)
                await _writes(anna, "first text", first)
                await first.stop()
                await _takes_over(second)
                await _writes(anna, "second text", second)
                health = await second.health.health()
                texts, _ = await second.db.read(facts_of_drafts)
            first.db.on_commit.append(first.wake)  # what a second stop takes away again

    assert sorted(texts) == ["first text", "second text"]
    assert health[1]["role"] == "holder"


async def test_a_process_that_waits_for_the_lease_does_not_say_that_nothing_due_is_left(
    url: str, tmp_path: Path
) -> None:
    """A killed process's term still runs when the next one starts: until it ends nobody sends."""
    async with LocalTelegram(token=TOKEN) as telegram:
        settings = settings_for(url, telegram, tmp_path, processes={"lease_seconds": 15})
        killed = await open_database(url, migrate=False)
        await Lease(killed, 60, "killed").take()
        async with running(settings, scheduled=False) as app:
            settling = asyncio.ensure_future(app.settle())
            early, _ = await asyncio.wait([settling], timeout=0.3)
            await killed.run(lambda uow: uow.lease.release("main", "killed", 1))
            await asyncio.wait_for(settling, 30)
        await killed.close()

    assert not early


async def _writes(user: User, text: str, poller: App) -> None:
    """Somebody writes; whichever process handles it, the draft is there."""
    user.send(text)
    async with asyncio.timeout(30):
        while text not in (await poller.db.read(facts_of_drafts))[0]:  # noqa: ASYNC110 - another application handles it
            await asyncio.sleep(0.02)


async def _takes_over(app: App) -> None:
    async with asyncio.timeout(30):
        while not app.holder.acting:  # noqa: ASYNC110 - what is waited for is a row in the database
            await asyncio.sleep(0.02)


async def test_on_sqlite_the_lease_costs_no_statement(sqlite_url: str, tmp_path: Path) -> None:
    async with (
        LocalTelegram(token=TOKEN) as telegram,
        running(settings_for(sqlite_url, telegram, tmp_path), scheduled=False) as app,
    ):
        assert app.lease is None
        assert app.holder.acting
        with measured() as cost:
            await app.schedule.tick(START)
        assert cost.statements <= 2


def test_no_two_processes_have_the_same_name() -> None:
    names = {holder_name() for _ in range(1000)}

    assert len(names) == 1000
    assert max(map(len, names)) <= 64


@pytest.mark.slow
async def test_six_changes_of_holder_by_freezing_the_process() -> None:
    """Real processes under SIGSTOP and SIGCONT with a wall clock that jumps; longer: `python -m bench.lease --changes 1000`."""
    found = await changes_of_holder(changes=6, term=1.0, groups=2)

    assert found["changes"] == 6
    assert found["writes"] > 0
    assert found["sends"] > 0
    assert (found["late_writes"], found["two_holders"]) == (0, 0)
