"""Several processes on PostgreSQL: a chat is worked on by the one that holds its claim. SQLite has one process and no claims."""

import asyncio
from collections.abc import Collection, Mapping
from typing import Any

import structlog

from bot.lanes import Lanes
from bot.lease import uptime
from storage.database import Database
from storage.repositories.inbox import StoredUpdate

log = structlog.get_logger(__name__)

TERM = 15.0
"""Seconds that a claim lasts; a dead holder's chats are taken over that much later, and a scan."""
SCAN_EVERY = 1.0
MARGIN = 0.1
"""Of a term: it ends here so much before it ends in the database."""
MOST_LANES = 128
"""Chats that one process claims at a time; beyond that the others may help."""
MOST_NUMBERS = 100_000
"""Listed when a lane is taken up: all of it, so that what comes later cannot overtake."""
SHORT = 5000
"""While more than this waits here, what other processes have stored for our lanes may wait too."""


class Claims:
    """The claims of one process; its lanes are those in which something waits."""

    def __init__(self, db: Database, holder: str, *, term: float = TERM, most_lanes: int = MOST_LANES) -> None:
        self._db = db
        self._holder = holder
        self._term = term
        self._most_lanes = most_lanes
        self._ends: dict[int, float] = {}
        self._storing: dict[int, int] = {}
        self._releasing: dict[int, asyncio.Event] = {}
        self._renewed = uptime()

    def held(self, lane: int) -> bool:
        """Whether this process may begin work on the lane; a frozen process sees by its own clock that it may not."""
        return uptime() < self._ends.get(lane, float("-inf"))

    # -- while storing -----------------------------------------------------------------------------------------------

    async def begin_storing(self, lanes: Collection[int]) -> None:
        """Until `end_storing` none of these is released: what is stored for it would lie unclaimed."""
        for lane in lanes:
            self._storing[lane] = self._storing.get(lane, 0) + 1
        for lane in lanes:
            if lane in self._releasing:
                await self._releasing[lane].wait()

    def room(self, lanes: Lanes) -> int:
        """How many more lanes may be claimed."""
        return max(0, self._most_lanes - len(lanes.active))

    async def take(self, uow: Any, lanes: Collection[int], active: Collection[int], room: int) -> frozenset[int]:
        """Inside a transaction: claim as many as there is room for, and keep the active ones; returns those that are ours."""
        new = [lane for lane in lanes if lane not in active]
        if len(new) > room:
            taken = await uow.lanes.taken(new, self._holder)
            new = [lane for lane in new if lane not in taken][:room]
        wanted = [lane for lane in lanes if lane in active] + new
        return frozenset(await uow.lanes.claim(wanted, self._holder, self._term))

    def took(self, lanes: Collection[int], asked: float) -> None:
        """After the transaction, which began at `asked` (by `uptime`)."""
        for lane in lanes:
            self._ends[lane] = asked + self._term * (1 - MARGIN)

    def end_storing(self, lanes: Collection[int]) -> None:
        for lane in lanes:
            self._storing[lane] -= 1
            if not self._storing[lane]:
                del self._storing[lane]

    # -- when a lane is empty ----------------------------------------------------------------------------------------

    def begin_release(self, lane: int) -> bool:
        """Whether the lane's claim is to be given back with its last update (`release`, then `end_release`)."""
        if lane in self._storing or lane in self._releasing:
            return False
        self._releasing[lane] = asyncio.Event()
        return True

    async def release(self, uow: Any, lane: int) -> None:
        await uow.lanes.release(lane, self._holder)

    def end_release(self, lane: int) -> None:
        self._ends.pop(lane, None)
        self._releasing.pop(lane).set()

    # -- from time to time -------------------------------------------------------------------------------------------

    async def run(self, lanes: Lanes) -> None:
        """Keep what is worked on claimed, and find what nobody works on."""
        while not lanes.closing:
            await self.renew(lanes)
            await self.scan(lanes)
            await asyncio.sleep(SCAN_EVERY)

    async def renew(self, lanes: Lanes) -> None:
        """Make the claims longer; lanes that somebody else has taken over are forgotten."""
        asked = uptime()
        if asked - self._renewed < self._term / 3:
            return
        mine = [lane for lane in lanes.active if lane in self._ends and lane not in self._releasing]
        if mine:
            kept = await self._db.keep(lambda uow: uow.lanes.renew(mine, self._holder, self._term))
            self.took(kept, asked)
            lost = [lane for lane in mine if lane not in kept and lane not in self._releasing]
            for lane in lost:
                self._ends.pop(lane, None)
            lanes.forget(lost)
            if lost:
                log.warning("another process works on chats that were ours", lanes=len(lost))
        self._renewed = asked
        for lane in [lane for lane, end in self._ends.items() if end < asked and not lanes.is_active(lane)]:
            del self._ends[lane]

    async def scan(self, lanes: Lanes) -> None:
        """Take up open updates that nobody has claimed, and what others have stored for our lanes."""
        active = [lane for lane in lanes.active if self.held(lane)]
        room = self.room(lanes)

        async def look(uow: Any) -> tuple[list[int], list[tuple[int, int]]]:
            free = await uow.lanes.unclaimed(room) if room > 0 else []
            return free, await uow.inbox.open_numbers(SHORT * 2, active) if active and len(lanes) < SHORT else []

        free, numbers = await self._db.read(look)
        for number, lane in numbers:
            if lanes.is_active(lane) and self.held(lane):
                lanes.add(lane, number)
        if free:
            await self._take_up(lanes, [lane for lane in free if lane not in self._releasing])

    async def _take_up(self, lanes: Lanes, free: list[int]) -> None:
        await self.begin_storing(free)
        try:
            asked = uptime()
            mine = await self._db.keep(lambda uow: uow.lanes.claim(free, self._holder, self._term))
            self.took(mine, asked)
            await self.list_all(lanes, mine, {})
        finally:
            self.end_storing(free)

    async def list_all(self, lanes: Lanes, ours: Collection[int], stored: Mapping[int, StoredUpdate]) -> None:
        """Everything open in these lanes, in order: others may have stored something, or left something behind.

        `stored`: what has just been stored here, whose bodies need not be read.
        """
        if len(lanes) > SHORT:
            ours = [lane for lane in ours if not lanes.is_active(lane)]
        if ours:
            for number, lane in await self._db.read(lambda uow: uow.inbox.open_numbers(MOST_NUMBERS, ours)):
                lanes.add(lane, number, stored.get(number))

    async def close(self) -> None:
        """The others need not wait for the end of our claims."""
        self._ends.clear()
        await self._db.keep(lambda uow: uow.lanes.release_all(self._holder))
