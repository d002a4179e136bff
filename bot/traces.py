"""After an erasure: what rows no longer hold leaves the files too, and the list of the erased is kept beside the backups."""

import asyncio
from pathlib import Path

import structlog

from bot.clock import Clock
from domain.ports import Database as AnyDatabase
from storage.database import Database
from storage.erased import NAME, write_list
from storage.media import MediaFolder

EVERY = 60.0
"""Seconds between two looks."""

log = structlog.get_logger(__name__)


class Traces:
    """`db` is the database itself: its files are rewritten outside any transaction; `held` refuses who is not the holder."""

    def __init__(self, db: Database, held: AnyDatabase, clock: Clock, media: Path, backups: Path) -> None:
        self._db = db
        self._held = held
        self._clock = clock
        self._media = MediaFolder(media)
        self._list = backups / NAME

    async def run(self) -> None:
        """For ever: within a minute of each erasure what can be done by day."""
        while True:
            await asyncio.sleep(EVERY)
            await self.clear(thorough=False)

    async def clear(self, *, thorough: bool) -> int:
        """Returns how many people are wholly gone now. `thorough`: at night, when rewriting tables holds nobody up."""
        waiting = await self._held.read(lambda uow: uow.erasures.unsettled())
        if not waiting:
            return 0
        write_list(self._list, await self._held.read(lambda uow: uow.erasures.marks()))
        for sha256 in {name for erased in waiting for name in erased.files}:
            self._media.path(sha256).unlink(missing_ok=True)
        if not await self._db.forget(thorough=thorough):
            return 0
        people = [erased.person_id for erased in waiting]
        await self._held.run(lambda uow: uow.erasures.settle(people, self._clock.now()))
        await self._db.forget(thorough=False)
        log.info("erased people are gone from the files too", people=len(people))
        return len(people)
