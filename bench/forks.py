"""`hq` started many times for the price of one import: a process that has loaded everything forks.

async with forking(folder) as forks:
    run = await forks.start("run", "--config", "config.toml", log=folder / "1.log")
    run.signal(signal.SIGTERM)
    code, seconds = await run.ended()
"""

import asyncio
import contextlib
import json
import os
import select
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Run:
    """One `hq`; `ended` gives its exit code (negative: the signal that killed it) and when it ended (`time.monotonic`)."""

    pid: int
    over: asyncio.Future[tuple[int, float]] = field(repr=False)

    def signal(self, number: int) -> None:
        if not self.over.done():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def ended(self) -> tuple[int, float]:
        return await asyncio.shield(self.over)


class Forks:
    """Talks to the process that forks."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._runs: dict[int, asyncio.Future[tuple[int, float]]] = {}
        self._started: asyncio.Queue[int] = asyncio.Queue()
        self._reading = asyncio.ensure_future(self._read())

    async def start(self, *arguments: str, log: Path) -> Run:
        assert self._process.stdin is not None  # noqa: S101 - made with a pipe
        self._process.stdin.write(json.dumps({"argv": ["hq", *arguments], "log": str(log)}).encode() + b"\n")
        await self._process.stdin.drain()
        pid = await self._started.get()
        return Run(pid, self._over(pid))

    async def close(self) -> None:
        for pid, over in self._runs.items():
            if not over.done():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        assert self._process.stdin is not None  # noqa: S101 - made with a pipe
        self._process.stdin.close()
        await self._process.wait()
        await self._reading

    def _over(self, pid: int) -> asyncio.Future[tuple[int, float]]:
        return self._runs.setdefault(pid, asyncio.get_running_loop().create_future())

    async def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - made with a pipe
        while line := await self._process.stdout.readline():
            said = json.loads(line)
            if "code" in said:
                self._over(said["pid"]).set_result((said["code"], said["at"]))
            else:
                self._started.put_nowait(said["pid"])


@contextlib.asynccontextmanager
async def forking() -> AsyncIterator[Forks]:
    """The process that forks; at the end everything it started is killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.forks", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    forks = Forks(process)
    try:
        yield forks
    finally:
        await forks.close()


# -- the process that forks ------------------------------------------------------------------------------------------------


def _say(**values: object) -> None:
    os.write(1, json.dumps(values).encode() + b"\n")


def _child(argv: list[str], log: str) -> None:
    from bot.cli import main

    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = argv
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    os._exit(code)


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            _say(pid=ended[0], code=os.waitstatus_to_exitcode(ended[1]), at=time.monotonic())


def _serve() -> None:
    import bot.running  # noqa: F401 - what takes a second is loaded before the first fork

    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    rest = b""
    while True:
        ready, _, _ = select.select([0, wake], [], [])
        if wake in ready:
            os.read(wake, 4096)
            _reap()
        if 0 not in ready:
            continue
        data = os.read(0, 65536)
        if not data:
            return
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            order = json.loads(line)
            pid = os.fork()
            if pid == 0:
                _child(order["argv"], order["log"])
            _say(pid=pid)


if __name__ == "__main__":
    _serve()
