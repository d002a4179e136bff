"""The command line as an operator meets it: real processes, exit codes, what is printed where."""

import asyncio
import contextlib
import os
import resource
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from playground import LocalTelegram
from tests.harness import TOKEN

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def one_line(self) -> str:
        """What stood on standard error, which had to be one line."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


@dataclass
class Terminal:
    """A folder in which somebody types `hq …`."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    async def start(self, *arguments: str, room: int = -1, **env: str) -> asyncio.subprocess.Process:
        """`room`: so many bytes a file may grow to, as on a disk that is nearly full."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("HQ_")}
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=self.folder,
            env={**clean, "PYTHONPATH": str(ROOT), **self.env, **env},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            preexec_fn=None if room < 0 else partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room)),
        )

    async def hq(self, *arguments: str, typed: str = "", room: int = -1, **env: str) -> Ran:
        process = await self.start(*arguments, room=room, **env)
        async with asyncio.timeout(60):
            out, err = await process.communicate(typed.encode())
        assert process.returncode is not None
        return Ran(process.returncode, out.decode(), err.decode())

    def connect(self, telegram: LocalTelegram) -> None:
        self.env |= {"HQ_TELEGRAM__TOKEN": TOKEN, "HQ_TELEGRAM__API_URL": telegram.url}

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """`hq run` between its first words and SIGTERM; it must end cleanly."""
        process = await self.start("run")
        assert process.stderr is not None
        async with asyncio.timeout(60):
            while b"headquarters is running" not in (line := await process.stderr.readline()):
                assert line, "hq run ended before it was up"
        try:
            yield process
            process.terminate()
            async with asyncio.timeout(10):
                assert await process.wait() == 0
        finally:
            if process.returncode is None:
                process.kill()


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A folder with an empty configuration: every key at its default."""
    terminal = Terminal(tmp_path)
    terminal.config.write_text("", "utf-8")
    return terminal


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram(token=TOKEN) as local:
        yield local
