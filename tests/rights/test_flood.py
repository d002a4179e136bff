"""Somebody floods: their lane rests between its updates while others are at work, and nothing of it is lost."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.clock import SystemClock
from bot.lanes import CROWD, Lanes
from storage.repositories.inbox import StoredUpdate

FLOOD = 3 * CROWD


class Work:
    """Lanes whose updates do nothing; somebody else's update comes after every few of the flood."""

    def __init__(self) -> None:
        self.done: list[tuple[int, int]] = []
        self.rested = 0
        clock = SystemClock()
        self.lanes = Lanes(
            self.handle, self.load, clock, side_by_side=4, refill=self.nothing, bodies=1000, numbers=1000
        )

    async def handle(self, row: StoredUpdate) -> None:
        self.done.append((row.lane, row.update_id))
        if row.lane == 1 and row.update_id % 5 == 0:
            self.add(2, 1000 + row.update_id)

    async def load(self, _: Sequence[int]) -> list[StoredUpdate]:
        return []

    async def nothing(self) -> None:
        """There is nothing to list."""

    def add(self, lane: int, number: int) -> None:
        self.lanes.add(lane, number, StoredUpdate(number, lane, "new", 0, {}))

    async def finish(self) -> None:
        async with asyncio.timeout(30):
            while not self.lanes.idle:
                self.lanes.stepped.clear()
                await self.lanes.stepped.wait()


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    made, rest = Work(), Lanes._rest

    def counting(lanes: Lanes, line: object, seconds: float) -> None:
        made.rested += 1
        rest(lanes, line, seconds)  # type: ignore[arg-type]  # the line is passed on as it came

    monkeypatch.setattr(Lanes, "_rest", counting)
    return made


async def test_a_crowded_lane_rests_while_others_work_and_loses_nothing(work: Work) -> None:
    for number in range(1, FLOOD + 1):
        work.add(1, number)
    await work.finish()
    assert [number for lane, number in work.done if lane == 1] == list(range(1, FLOOD + 1))
    assert len([number for lane, number in work.done if lane == 2]) == FLOOD // 5
    assert work.rested >= FLOOD - CROWD - 10


async def test_alone_it_need_not_rest(work: Work) -> None:
    for number in range(1001, 1001 + 4 * CROWD, 5):
        work.add(1, number + 1 if number % 5 == 0 else number)
    await work.finish()
    assert not work.rested


async def test_what_rests_is_given_up_when_somebody_else_works_on_it(work: Work) -> None:
    for number in range(1, FLOOD + 1):
        work.add(1, number)
    async with asyncio.timeout(30):
        while not work.rested:
            work.lanes.stepped.clear()
            await work.lanes.stepped.wait()
    work.lanes.forget([1])
    await work.finish()
    assert len(work.done) < FLOOD
    assert work.lanes.active == []
