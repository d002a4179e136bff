"""Moves time and people: what somebody intends to do, and what the bot has due, happen in the order of their moments."""

import heapq
import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.demo.stage import Stage

Intention = Callable[[], Awaitable[None]]
Look = Callable[[], None]
"""Called after everything that happened: a character looks at their phone and may intend something."""


class Director:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.looks: list[Look] = []
        self._intentions: list[tuple[datetime, int, Intention]] = []
        self._order = itertools.count()

    def intend(self, at: datetime, what: Intention) -> None:
        """Somebody will do this at `at` (or now, when that is past)."""
        heapq.heappush(self._intentions, (max(at, self.stage.now), next(self._order), what))

    def soon(self, what: Intention, *, minutes: float = 1) -> None:
        self.intend(self.stage.now + timedelta(minutes=minutes), what)

    async def run_until(self, end: datetime) -> None:
        """Live until `end`."""
        self._look_around()
        while True:
            due = await self.stage.next_due()
            person = self._intentions[0][0] if self._intentions else None
            moment = min((at for at in (due, person) if at is not None), default=None)
            if moment is None or moment > end:
                break
            await self._go_to(moment)
            if person is not None and person <= moment:
                _, _, what = heapq.heappop(self._intentions)
                await what()
                await self.stage.settle()
            self._look_around()
        await self._go_to(end)
        self._look_around()

    async def _go_to(self, moment: datetime) -> None:
        await self.stage.move_to(moment)
        await self.stage.settle()

    def _look_around(self) -> None:
        for look in self.looks:
            look()
