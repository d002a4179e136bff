"""The stage of the crashes: the bot is forked from a process that has everything imported, on SQLite or PostgreSQL."""

import asyncio
import contextlib
import signal
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.forks import Forks, Run
from bot.control import answers, ask
from bot.demo.stage import BotDied, Stage
from playground import LocalTelegram

START_SECONDS = 60.0
STOP_SECONDS = 15.0
LEASE = "\n[processes]\nlease_seconds = 1.5\n"
"""A killed process's term must not hold up the next one for longer than its work."""


class CrashStage(Stage):
    """A `Stage` whose bot is one of `forks`; `open` it, for the database is not always a file."""

    forks: Forks
    url: str

    def __init__(self, telegram: LocalTelegram, folder: Path, start: datetime) -> None:
        super().__init__(telegram, folder, start)
        self._run: Run | None = None

    def on(self, forks: Forks, url: str) -> "CrashStage":
        """Use these processes and this database."""
        self.forks = forks
        self.url = url
        text = self.config.read_text("utf-8").replace(super().database, url)
        self.config.write_text(text + LEASE, "utf-8")
        return self

    @property
    def database(self) -> str:
        return self.url

    @property
    def is_up(self) -> bool:
        return self._run is not None and not self._run.over.done()

    async def fork_bot(self) -> None:
        """Start it and wait for nothing."""
        now = f"{self.now:%Y-%m-%dT%H:%M:%S}"
        arguments = ("run", "--config", str(self.config), "--demo-clock", now)
        self._run = await self.forks.start(*arguments, log=self.folder / "bot.log")

    async def start_bot(self) -> None:
        """Start it and wait until it works: the lease of the one that was killed may still run.

        Telegram forgets a press after 150 s of its clock, which a cycle moves; a life in which nobody asks for it must not cost any.
        """
        await self.fork_bot()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                while self.is_up:
                    if await answers(self._socket):
                        await self._ask("at_work")
                        return
                    await asyncio.sleep(0.02)  # another process cannot wake this one
        raise BotDied(f"the bot did not start:\n{self.log_tail()}")

    async def stop_bot(self) -> None:
        if self._run is not None:
            self._run.signal(signal.SIGTERM)
            await asyncio.wait_for(self._run.ended(), STOP_SECONDS)
        self._run = None

    async def kill_bot(self) -> None:
        if self._run is not None:
            self._run.signal(signal.SIGKILL)
            await self._run.ended()
        self._run = None

    async def _ask(self, command: str, **arguments: Any) -> Any:
        if not self.is_up:
            raise BotDied(f"the bot's process has ended:\n{self.log_tail()}")
        return await ask(self._socket, command, **arguments)
