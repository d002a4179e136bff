"""The running program's local socket: one process writes, so commands that write while `hq run` is up go through it.

A Unix socket that only its owner can open (0600); one JSON line asks, one answers: `{"cmd": …}` → `{"ok": …}` or `{"error": …, "code": …}`.
"""

import asyncio
import contextlib
import json
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import structlog

from bot.config import ConfigError
from bot.logs import redact
from domain.errors import DomainError

log = structlog.get_logger(__name__)

Handler = Callable[[Mapping[str, Any]], Awaitable[Any]]
"""Gets the request, returns what JSON can carry."""

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes; a plan of 10,000 pages fits."""
PATIENCE = 60.0
"""Seconds that a command waits for its answer."""
_LONGEST_ADDRESS = 100
"""Bytes of a socket's address; the kernel allows 107."""


class AlreadyRunning(Exception):
    """Another `hq run` works on this database."""


class Refused(Exception):
    """The running program said no; `code` is the exit code for it."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


class ControlServer:
    """Answers commands until closed; `register` its handlers before or after `start`.

    `shared`: others may work on the same database (PostgreSQL); who finds the address taken listens at one of its own.
    """

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self.path = path
        self._shared = shared
        self._handlers: dict[str, Handler] = {"ping": _pong}
        self._server: asyncio.Server | None = None

    def register(self, name: str, handler: Handler) -> None:
        self._handlers[name] = handler

    async def start(self) -> None:
        """Listen; `AlreadyRunning` when somebody does already. What a killed process left behind is replaced."""
        if self._shared and await answers(self.path):
            self.path = self.path.with_name(f"{self.path.stem}.{os.getpid()}{self.path.suffix}")
        if await answers(self.path):
            raise AlreadyRunning(f"another hq run is up: it answers at {self.path}")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            with _short(self.path) as address:
                listening.bind(address)
        finally:
            os.umask(before)
        self._server = await asyncio.start_unix_server(self._serve, sock=listening, limit=LONGEST_LINE)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
            self.path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, ValueError):
            while line := await reader.readline():
                writer.write(json.dumps(await self._answer(line), ensure_ascii=False).encode() + b"\n")
                await writer.drain()
        writer.close()

    async def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            request = json.loads(line)
            handler = self._handlers[request["cmd"]]
        except (ValueError, KeyError, TypeError):
            return {"error": "unknown command", "code": 1}
        try:
            return {"ok": await handler(request)}
        except ConfigError as error:
            return {"error": str(error), "code": 2}
        except DomainError as error:
            return {"error": str(error), "code": 1}
        except Exception as error:  # a failing command must not take the program with it
            log.exception("control command failed", command=request["cmd"])
            return {"error": redact(f"{type(error).__name__}: {error}"), "code": 1}


async def _pong(_: Mapping[str, Any]) -> str:
    return "pong"


async def answers(path: Path) -> bool:
    """Whether a running program listens there."""
    try:
        return bool(await asyncio.wait_for(ask(path, "ping"), 5) == "pong")
    except (OSError, TimeoutError, Refused):
        return False


async def ask(path: Path, command: str, **values: Any) -> Any:
    """Send one command to the running program; `Refused` carries its no, `OSError` means nobody is there."""
    async with _connected(path) as (reader, writer):
        writer.write(json.dumps({"cmd": command, **values}, ensure_ascii=False).encode() + b"\n")
        await writer.drain()
        line = await asyncio.wait_for(reader.readline(), PATIENCE)
    if not line:
        raise ConnectionResetError("the running program ended before it answered")
    answer = json.loads(line)
    if "error" in answer:
        raise Refused(answer["error"], answer["code"])
    return answer["ok"]


@contextlib.asynccontextmanager
async def _connected(path: Path) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    with _short(path) as address:
        reader, writer = await asyncio.open_unix_connection(address, limit=LONGEST_LINE)
    try:
        yield reader, writer
    finally:
        writer.close()


@contextlib.contextmanager
def _short(path: Path) -> Iterator[str]:
    """An address for the socket that the kernel accepts even where the path is long: through the folder's descriptor."""
    if len(os.fsencode(path)) <= _LONGEST_ADDRESS:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
