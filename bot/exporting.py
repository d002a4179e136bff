"""Exports of `hq run`: a row that is owed a file gets it, made in a process of its own, one at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.export_work import NotMade, Order, in_a_process, order_for
from bot.logs import redact
from domain.exports import Export, ExportFailure
from domain.ports import Database, UnitOfWork
from domain.usecases import exports
from domain.usecases.exports import Made
from storage.media import MediaFolder

log = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0
"""How often it is looked whether a file is owed: one indexed read."""

Making = Callable[[Order], Awaitable[Made]]


class Exporting:
    """`db` is the holder's: of several processes one makes the files. A restart in between makes them again."""

    def __init__(self, db: Database, url: str, folder: Path, clock: Clock, make: Making = in_a_process) -> None:
        self._db = db
        self._url = url
        self._folder = MediaFolder(folder)
        self._clock = clock
        self._make = make
        self._lock = asyncio.Lock()
        self.failures: list[str] = []

    async def run(self) -> None:
        """For ever."""
        while True:
            await self.make_owed()
            await asyncio.sleep(LOOK_SECONDS)

    async def make_owed(self) -> int:
        """Make what is owed at this moment; returns how many were settled."""
        settled = 0
        async with self._lock:
            while (found := await self._db.read(exports.next_one)) is not None:
                await self._one(*found)
                settled += 1
        return settled

    async def _one(self, one: Export, allowed: bool) -> None:
        if not allowed:
            await self._fail(one, ExportFailure.RIGHTS)
            return
        try:
            file = await self._make(order_for(one, self._url, self._folder.folder, self._clock.now()))
        except NotMade as error:
            log.error("an export could not be made", export=one.id, why=redact(str(error))[:300])  # noqa: TRY400 - the other process has the traceback
            if error.why is ExportFailure.BROKEN:
                self.failures.append(f"export {one.id}: {error}")
            await self._fail(one, error.why)
            return
        log.info("export made", export=one.id, format=one.format, size=file.size)
        now = self._clock.now()

        async def write(uow: UnitOfWork) -> None:
            await exports.made(uow, one, file, now=now)

        await self._db.run(write)

    async def _fail(self, one: Export, why: ExportFailure) -> None:
        now = self._clock.now()

        async def write(uow: UnitOfWork) -> None:
            await exports.failed(uow, one, why, now=now)

        await self._db.run(write)

    async def tidy(self) -> None:
        """Nightly: delete files that have served their time."""
        now = self._clock.now()
        old, hashes = await self._db.read(lambda uow: exports.outdated(uow, now=now))
        for sha256 in hashes:
            self._folder.path(sha256).unlink(missing_ok=True)
        if old:
            await self._db.run(exports.forget, old)
