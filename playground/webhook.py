"""Posting updates to the bot's own address: in order per lane, lanes side by side, refused ones again."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

import aiohttp

from playground import checks, errors, limits
from playground.files import Upload
from playground.updates import PendingUpdate, Webhook
from playground.world import World

Json = dict[str, Any]
Execute = Callable[[str, Json, dict[str, Upload]], Awaitable[object]]

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
_FIRST_PAUSE: Final = 0.05  # Telegram starts with 2 s and doubles up to a minute (S); tests would only wait with it
_LONGEST_PAUSE: Final = 2.0
_PATIENCE: Final = aiohttp.ClientTimeout(total=60)


class WebhookSender:
    """Works while a webhook is set. A 2xx answer confirms the update, anything else is tried again until it expires.

    A method in the body of the answer is done through `execute`; its result goes nowhere, as on Telegram.
    """

    def __init__(self, world: World, execute: Execute) -> None:
        self._world = world
        self._execute = execute
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
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
            while True:
                await self._wake.wait()
                self._wake.clear()
                webhook = queue.webhook
                if not webhook.url:
                    continue
                for update in queue.pending():
                    if len(self._in_flight) >= webhook.connections:
                        break
                    if update.lane not in self._in_flight:
                        task = asyncio.create_task(self._post(session, webhook, update))
                        self._in_flight[update.lane] = task

    async def _post(self, session: aiohttp.ClientSession, webhook: Webhook, update: PendingUpdate) -> None:
        """Post one update until it is taken, too old, or the webhook has changed."""
        queue, pause = self._world.updates, 0.0  # the second try comes at once (S on_update_error)
        self._check(update)
        try:
            while queue.webhook is webhook:
                problem, wait = await self._try_once(session, webhook, update)
                if problem is None:
                    queue.took(update)
                    self._world.tell({"kind": "taken", "update_id": update.update_id})
                    return
                webhook.error, webhook.error_at = problem, self._world.clock.now()
                self._world.tell({"kind": "webhook", "error": problem})
                if update.expires_at <= self._world.clock.now():
                    queue.drop(update.update_id)
                    return
                await asyncio.sleep(wait or pause)
                pause = min(max(pause * 2, _FIRST_PAUSE), _LONGEST_PAUSE)
        finally:
            del self._in_flight[update.lane]
            self._wake.set()

    def _check(self, update: PendingUpdate) -> None:
        problem = checks.problem_with_update(update.body())
        if problem is not None:
            self._world.sees_violation("webhook", update.body(), problem)

    async def _try_once(
        self, session: aiohttp.ClientSession, webhook: Webhook, update: PendingUpdate
    ) -> tuple[str | None, float]:
        """What went wrong (None: confirmed), and how long the bot asked to wait."""
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update.body(), headers=headers, allow_redirects=False) as answer:
                if answer.status // 100 == 2:
                    await self._do_answer(answer)
                    return None, 0.0
                wait = answer.headers.get("Retry-After", "")
                seconds = min(int(wait), limits.WEBHOOK_RETRY_AFTER.value) if wait.isdigit() else 0
                told = errors.WEBHOOK_ANSWERED.error(status=answer.status, reason=answer.reason)
                return told.description, seconds
        except (aiohttp.ClientError, TimeoutError) as problem:
            return errors.WEBHOOK_UNREACHABLE.error(detail=str(problem)).description, 0.0

    async def _do_answer(self, answer: aiohttp.ClientResponse) -> None:
        """Do the method that the answer's body names, if it names one."""
        try:
            params, uploads = await _read(answer)
        except (ValueError, aiohttp.ClientError):
            return  # "ok" and the like: the body is anybody's
        method = params.pop("method", None)
        if isinstance(method, str) and method:
            await self._execute(method, params, uploads)


async def _read(answer: aiohttp.ClientResponse) -> tuple[Json, dict[str, Upload]]:
    """The parameters and files in an answer's body: JSON, or multipart as aiogram writes it."""
    if answer.content_type.startswith("multipart/"):
        return await _read_multipart(answer)
    raw = await answer.read()
    body = json.loads(raw) if raw and answer.content_type == "application/json" else {}
    return (body if isinstance(body, dict) else {}), {}


async def _read_multipart(answer: aiohttp.ClientResponse) -> tuple[Json, dict[str, Upload]]:
    params: Json = {}
    uploads: dict[str, Upload] = {}
    async for part in aiohttp.MultipartReader.from_response(answer):
        if not isinstance(part, aiohttp.BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            params[part.name] = data.decode()
        else:
            uploads[part.name] = Upload(data, part.filename, part.headers.get("Content-Type", ""))
    return params, uploads
