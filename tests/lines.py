"""A line to the local Telegram that can be cut, silenced or reset: real sockets on this machine."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from enum import Enum, auto
from urllib.parse import urlsplit


class Trouble(Enum):
    """BLACK_HOLE: connections are accepted, nothing ever comes back. RESET: they are reset at once."""

    BLACK_HOLE = auto()
    RESET = auto()


class Line:
    """Forwards connections to `url` until there is `trouble`; counts what it has let fail."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._there = (parts.hostname, parts.port)
        self._tasks: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self.trouble: Trouble | None = None
        self.left: int | None = None
        """So many connections fail before the line mends itself; None: it does not."""
        self.failed = 0
        self.failing = asyncio.Event()
        self.url = ""

    def fail(self, trouble: Trouble, times: int | None = None) -> None:
        """From now on also what is connected already gets no answer."""
        self.trouble, self.left = trouble, times
        self._flowing.clear()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            if self._fails():
                await self._let_fail(writer)
            else:
                await self._forward(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.close()

    def _fails(self) -> bool:
        if self.trouble is None or self.left == 0:
            self.trouble = None
            return False
        if self.left is not None:
            self.left -= 1
        self.failed += 1
        self.failing.set()
        return True

    async def _let_fail(self, writer: asyncio.StreamWriter) -> None:
        if self.trouble is Trouble.RESET:
            raw = writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        await asyncio.Event().wait()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(*self._there)
        flowing = self._flowing = asyncio.Event()
        flowing.set()
        pumps = [
            asyncio.ensure_future(self._pump(reader, there_writer, flowing)),
            asyncio.ensure_future(self._pump(there_reader, writer, flowing)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            there_writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flowing: asyncio.Event) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                await flowing.wait()
                writer.write(data)
                await writer.drain()

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()


@contextlib.asynccontextmanager
async def line_to(url: str) -> AsyncIterator[Line]:
    """A line to `url`; its own address is `line.url`."""
    line = Line(url)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    line.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield line
    finally:
        server.close()
        line.close()
