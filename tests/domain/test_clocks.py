"""Due work under clocks that jump; longer runs: `python -m bench.clocks --cases 10000`."""

from datetime import UTC, datetime, timedelta

import pytest

from bench.clocks import clocks
from bot.clock import MovableClock
from bot.schedule import LONGEST_PAUSE, Schedule
from domain.notices import DueTask
from domain.ports import UnitOfWork
from storage.database import Database

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)


@pytest.mark.slow  # takes seconds
async def test_of_300_generated_slots_nothing_due_is_missed_and_nothing_happens_twice() -> None:
    """Zones with 23 and 25 hour days, restarts, failures, jumps forwards and backwards."""
    found = await clocks(300, seed=3)

    assert found["cases"] == 300
    assert found["due_things"] > 500
    assert (found["missed"], found["twice"], found["early"], found["wrong_slots"]) == (0, 0, 0, 0)


async def test_a_task_that_failed_while_the_clock_ran_ahead_is_tried_again_when_it_is_right(db: Database) -> None:
    ran: list[datetime] = []

    async def usecase(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
        if not ran:
            ran.append(now)
            raise RuntimeError

        ran.append(now)

    await db.run(lambda uow: uow.tasks.add(DueTask("once", "odd", "campaign", NOON)))
    ahead, right = NOON + timedelta(days=9), NOON + timedelta(minutes=5)
    schedule = Schedule(db, MovableClock(NOON), {"odd": usecase})

    await schedule.tick(ahead)
    await schedule.tick(right)

    assert ran == [ahead, right]


async def test_a_task_that_failed_waits_for_its_pause_while_the_clock_is_right(db: Database) -> None:
    tries = 0

    async def usecase(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
        nonlocal tries
        tries += 1
        raise RuntimeError

    await db.run(lambda uow: uow.tasks.add(DueTask("broken", "odd", "campaign", NOON)))
    schedule = Schedule(db, MovableClock(NOON), {"odd": usecase})

    await schedule.tick(NOON)
    await Schedule(db, MovableClock(NOON), {"odd": usecase}).tick(NOON + timedelta(seconds=30))  # started afresh
    assert tries == 1
    await schedule.tick(NOON + LONGEST_PAUSE)
    assert tries == 2
