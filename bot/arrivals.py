"""A press that comes alone is stored by the transaction that handles it: one commit for a tap instead of two.

Whoever polls waits for that commit before it asks for more, which is what confirms an update to Telegram. A press that takes longer
is stored by itself like any other update, and so is one whose handling fails: whichever is first, the row says what is done.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.lanes import Lanes
from bot.marks import Marks
from bot.updates import lane_of, needed, number_of
from storage.database import Database
from storage.repositories.inbox import StoredUpdate

PATIENCE = 0.1
"""Seconds that nothing else is asked for, at most, while one press is handled."""


@dataclass(eq=False)
class Arrival:
    """`stored`: it is in the database, or on its way there, by itself. `over`: nothing more is to be done for it."""

    row: StoredUpdate
    at: datetime
    stored: bool = False
    over: bool = False
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """It may be confirmed to Telegram: its effect is committed, or it has none, or it is stored to be tried again."""

    async def mark(self, uow: Any) -> bool:
        """See `Turn.mark`: the row comes with the mark."""
        return bool(await uow.inbox.arrived(self.row.update_id, self.row.lane, self.at))

    async def settles(self) -> bool:
        """Whether it does so while whoever polls has patience."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.settled.wait()
        except TimeoutError:
            return self.settled.is_set()
        return True

    def end(self) -> None:
        """Nothing more is to be done for it."""
        self.over = True
        self.settled.set()


class Arrivals:
    """Those that are not in the database yet. One process only: another could not see what is being worked on."""

    def __init__(self, db: Database, clock: Clock, lanes: Lanes, marks: Marks) -> None:
        self._db = db
        self._clock = clock
        self._lanes = lanes
        self._marks = marks
        self._open: dict[int, Arrival] = {}

    async def take(self, updates: list[dict[str, Any]]) -> int | None:
        """Have a press handled that came alone, from a chat where at most one is in work. Returns its number; None: no such press."""
        if len(updates) != 1 or "callback_query" not in updates[0]:
            return None
        number, lane, lanes = number_of(updates[0]), lane_of(updates[0]), self._lanes
        if number is None or number in lanes or lanes.closing or not lanes.has_room or not lanes.is_free(lane):
            return None
        row = StoredUpdate(number, lane, "new", 0, needed(updates[0]))
        arrival = self._open[number] = Arrival(row, self._clock.now())
        lanes.add(lane, number, row)
        if not await arrival.settles():
            await self.store(arrival)
        return number

    def pop(self, number: int) -> Arrival | None:
        """The one that is being handled now."""
        return self._open.pop(number, None)

    async def store(self, arrival: Arrival) -> None:
        """By itself after all: it is handled for long, or in vain. Nothing is changed when its effect is there already."""
        arrival.stored, row = True, arrival.row
        await self._db.keep(lambda uow: uow.inbox.store([(row.update_id, row.lane, row.body)], arrival.at))
        if arrival.over:
            self._marks.owe(row.update_id)
