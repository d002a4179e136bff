"""The stage of a demo: a local Telegram, the real bot in a process of its own on a moved clock, and the way to both."""

import asyncio
import secrets
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from bot.control import answers, ask
from playground import LocalTelegram

TOKEN = f"42:LOCAL-PLAYGROUND-{secrets.token_hex(12)}"
"""New in each run: the bot of a demo that was killed must not read the updates of the next one on the same port."""
OWNER_ID = 1000
STOPS = 50
"""How often the bot may want something more at one moment, before time goes on without it."""

PATIENCE = 60
"""Seconds a bot may take to start: a busy machine is slow to import."""
_CONFIG = """\
control_socket = "{folder}/hq.control"

[telegram]
token = "{token}"
api_url = "{url}"

[storage]
url = "sqlite+aiosqlite:///{folder}/hq.sqlite3"
media_dir = "{folder}/media"

[staff]
owners = [{owner}]

# The tour goes on at once: what is approved is in the plan.
[approvals]
undo_seconds = 0

# The clock is moved by hours at a time here, while Telegram's limits are per real second.
[pace]
overall = 5000
per_chat = 5000
per_group_minute = 5000
"""


class BotDied(RuntimeError):
    """The bot's process ended by itself, or does not answer."""


class Stage:
    """`folder` holds the database, the configuration and the bot's log."""

    def __init__(self, telegram: LocalTelegram, folder: Path, start: datetime) -> None:
        self.telegram = telegram
        self.world = telegram.world
        self.folder = folder
        self.config = folder / "config.toml"
        self._process: asyncio.subprocess.Process | None = None
        self._socket = folder / "hq.control"
        self._first_update = telegram.world.last_update_id
        self.world.clock.move_to(start)
        self._travelling = asyncio.Lock()
        self.restarts = 0

    @classmethod
    def build(cls, telegram: LocalTelegram, folder: Path, start: datetime) -> Self:
        """Write the configuration of a bot that talks to this local Telegram."""
        folder.mkdir(parents=True, exist_ok=True)
        stage = cls(telegram, folder, start)
        stage.config.write_text(_CONFIG.format(folder=folder, token=TOKEN, url=telegram.url, owner=OWNER_ID), "utf-8")
        return stage

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    @property
    def database(self) -> str:
        return f"sqlite+aiosqlite:///{self.folder}/hq.sqlite3"

    async def hq(self, *arguments: str) -> str:
        """Run an `hq` command as a person would; returns what it printed, raises when it failed."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, "--config", str(self.config), stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        if process.returncode:
            raise BotDied(f"hq {' '.join(arguments)} ended with {process.returncode}")
        return out.decode().strip()

    async def start_bot(self) -> None:
        """Start the bot's process at the world's present moment and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "bot",
            "run",
            "--config",
            str(self.config),
            "--demo-clock",
            f"{self.now:%Y-%m-%dT%H:%M:%S}",
        ]
        with (self.folder / "bot.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log)
        for _ in range(PATIENCE * 20):
            if self._process.returncode is not None:
                raise BotDied(f"the bot did not start:\n{self.log_tail()}")
            if await answers(self._socket):
                return
            await asyncio.sleep(0.05)
        raise BotDied(f"the bot has not answered for {PATIENCE} s:\n{self.log_tail()}")

    def log_tail(self) -> str:
        """The last lines the bot wrote."""
        return "\n".join((self.folder / "bot.log").read_text("utf-8").splitlines()[-20:])

    async def stop_bot(self) -> None:
        """SIGTERM, as an upgrade would."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(self._process.wait(), 15)
        self._process = None

    async def kill_bot(self) -> None:
        """SIGKILL, as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        self._process = None

    async def restart_bot(self) -> None:
        await self.stop_bot()
        await self.start_bot()
        self.restarts += 1

    async def settle(self) -> None:
        """Until the bot has nothing left to do at this moment."""
        newest = self.world.last_update_id
        await self._ask("settle", up_to=newest if newest > self._first_update else 0)

    async def move_to(self, moment: datetime) -> None:
        """Move everybody's clock forwards and let the bot do what is due."""
        moment = moment.astimezone(UTC)
        if moment > self.now:
            self.world.clock.move_to(moment)
        await self._ask("clock", now=moment.isoformat())

    async def travel(self, target: datetime) -> None:
        """Everybody to `target`, from due moment to due moment: the world is never ahead of what the bot has still to do."""
        async with self._travelling:
            clock = self.world.clock
            clock.fence(self.now)
            stops = 0
            try:
                while stops < STOPS and (due := await self.next_due()) is not None and due <= target:
                    stops = stops + 1 if due <= self.now else 0
                    await self.move_to(due)
                    await self.settle()
                await self.move_to(target)
                await self.settle()
            finally:
                clock.fence(await self.next_due())

    async def catch_up(self) -> None:
        """Bring the bot to the world's present, which flows no further than its next due moment."""
        await self.travel(self.now)

    async def next_due(self) -> datetime | None:
        """When the bot has something to do next."""
        found = await self._ask("next_due")
        return datetime.fromisoformat(found) if found else None

    async def invite(self, role: str, region: str) -> str:
        """A single-use deep link, made by the running bot as `hq invite` does."""
        return str(await self._ask("invite", role=role, region=region))

    async def _ask(self, command: str, **arguments: Any) -> Any:
        if self._process is None or self._process.returncode is not None:
            raise BotDied(f"the bot's process has ended:\n{self.log_tail()}")
        try:
            return await ask(self._socket, command, **arguments)
        except TimeoutError:
            raise BotDied(f"the bot does not answer {command!r}:\n{self.log_tail()}") from None
