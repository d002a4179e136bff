"""A little web server of the probe's own, to which the server under test posts updates."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

from playground.conformance.probe import Probe, Unexpected

Json = dict[str, Any]

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
_PATIENCE_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One post of the server under test."""

    update: Json
    headers: dict[str, str]
    verb: str
    path: str


@dataclass(slots=True)
class Answer:
    """How one post is answered; the wait lasts until `go` is set."""

    status: int = 200
    body: Json | None = None
    headers: dict[str, str] = field(default_factory=dict)
    go: asyncio.Event | None = None


@dataclass(slots=True)
class Receiver:
    """Keeps what was posted; answers 200, or as `answers` say for the next posts."""

    url: str = ""
    answers: deque[Answer] = field(default_factory=deque)
    _posts: asyncio.Queue[Delivery] = field(default_factory=asyncio.Queue)

    async def next(self) -> Delivery:
        """The next post."""
        try:
            return await asyncio.wait_for(self._posts.get(), _PATIENCE_SECONDS)
        except TimeoutError:
            raise Unexpected("nothing was posted to the webhook") from None

    async def carries(self, kind: str) -> Json:
        """What the next post with that kind of update carries."""
        while True:
            update = (await self.next()).update
            if kind in update:
                carried: Json = update[kind]
                return carried

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Take a post."""
        update = await request.json()
        self._posts.put_nowait(Delivery(update, dict(request.headers), request.method, request.path))
        answer = self.answers.popleft() if self.answers else Answer()
        if answer.go is not None:
            await answer.go.wait()
        if answer.body is not None:
            return web.json_response(answer.body, status=answer.status, headers=answer.headers)
        return web.Response(status=answer.status, headers=answer.headers)


@asynccontextmanager
async def receiving(probe: Probe, **params: Any) -> AsyncIterator[Receiver]:
    """A receiver that the server under test was told of; the webhook is deleted afterwards."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", receiver.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await probe.ok("setWebhook", **({"url": receiver.url} | params))
        yield receiver
    finally:
        await probe.api.call("deleteWebhook", {"drop_pending_updates": True})
        await runner.cleanup()
