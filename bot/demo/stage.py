"""The stage of a demo: a local Telegram, the real bot in a process of its own on a moved clock, and the way to both."""

import asyncio
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from bot.control import answers, ask
from playground import LocalTelegram

TOKEN = "42:LOCAL-PLAYGROUND-ONLY-AND-NEVER-A-SECRET"  # noqa: S105 - accepted by the local Telegram alone
OWNER_ID = 1000

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
        for _ in range(600):
            if self._process.returncode is not None:
                break
            if await answers(self._socket):
                return
            await asyncio.sleep(0.05)
        raise BotDied(f"the bot did not start:\n{self.log_tail()}")

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
        self.world.clock.move_to(max(moment.astimezone(UTC), self.now))
        await self._ask("clock", now=self.now.isoformat())

    async def catch_up(self) -> None:
        """Bring the bot to the world's present through every due moment on the way, in order."""
        target = self.now
        while (due := await self.next_due()) is not None and due <= target:
            await self._ask("clock", now=due.isoformat())
            await self.settle()
        await self._ask("clock", now=target.isoformat())
        await self.settle()

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
