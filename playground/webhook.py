"""Posting updates to the bot's own address: in order per lane, lanes side by side, refused ones again."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, Final

import aiohttp

from playground.updates import PendingUpdate
from playground.world import World

Json = dict[str, Any]

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
_FIRST_PAUSE: Final = 0.05  # real Telegram waits longer; tests would only wait with it
_LONGEST_PAUSE: Final = 2.0


class WebhookSender:
    """Works while a webhook is set. A 2xx answer confirms the update, anything else is tried again."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._in_flight: dict[str, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Begin to watch the queue."""
        self._world.updates.on_added = self._wake.set
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop posting; what was not confirmed stays in the queue."""
        for task in [self._task, *self._in_flight.values()]:
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _run(self) -> None:
        queue = self._world.updates
        async with aiohttp.ClientSession() as session:
            while True:
                await self._wake.wait()
                self._wake.clear()
                if not queue.webhook_url:
                    continue
                for update in queue.pending():
                    if len(self._in_flight) >= queue.webhook_connections:
                        break
                    if update.lane not in self._in_flight:
                        task = asyncio.create_task(self._post(session, update))
                        self._in_flight[update.lane] = task

    async def _post(self, session: aiohttp.ClientSession, update: PendingUpdate) -> None:
        queue = self._world.updates
        headers = {SECRET_HEADER: queue.webhook_secret} if queue.webhook_secret else {}
        pause = _FIRST_PAUSE
        try:
            while queue.webhook_url:
                problem, wait = await self._try_once(session, update, headers)
                if problem is None:
                    queue.drop(update.update_id)
                    queue.confirmed_up_to = max(queue.confirmed_up_to, update.update_id)
                    return
                queue.webhook_error = problem
                await asyncio.sleep(wait or pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
        finally:
            del self._in_flight[update.lane]
            self._wake.set()

    async def _try_once(
        self, session: aiohttp.ClientSession, update: PendingUpdate, headers: dict[str, str]
    ) -> tuple[str | None, float]:
        """What went wrong (None: confirmed), and how long the bot asked to wait."""
        try:
            async with session.post(self._world.updates.webhook_url, json=update.body(), headers=headers) as answer:
                if answer.ok:
                    return None, 0.0
                wait = answer.headers.get("Retry-After", "")
                return f"Wrong response from the webhook: {answer.status}", float(wait) if wait.isdigit() else 0.0
        except aiohttp.ClientError as problem:
            return str(problem), 0.0
