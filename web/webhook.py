"""Telegram's updates over HTTP: 200 only when an update is stored. What is not stored Telegram sends again."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LARGEST_BODY = 1024 * 1024
"""Bytes; Telegram's updates have some kilobytes."""
BODY_SECONDS = 10.0
STORE_SECONDS = 20.0
RETRY_AFTER = "5"
"""Seconds; Telegram honours the header."""

Store = Callable[[bytes], Awaitable[None]]
"""Returns when the update is stored; raises when it could not be."""


def add_webhook(app: web.Application, path: str, secret: str, store: Store) -> None:
    """Add `POST path`: 401 without the right secret, 413 and 408 for bodies too large or slow, 503 when nothing could be stored."""
    expected = secret.encode()

    async def take(request: web.Request) -> web.Response:
        # As bytes: compare_digest refuses text that is not ASCII, and anybody may send such a header.
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            return web.Response(status=401)
        if (request.content_length or 0) > LARGEST_BODY:
            return web.Response(status=413)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _read(request)
        except TimeoutError:
            return web.Response(status=408)
        if body is None:
            return web.Response(status=413)
        try:
            async with asyncio.timeout(STORE_SECONDS):
                await store(body)
        except Exception as error:
            log.exception("an update could not be stored", error=type(error).__name__)
            return web.Response(status=503, headers={"Retry-After": RETRY_AFTER})
        return web.Response()

    app.router.add_post(path, take)


async def _read(request: web.Request) -> bytes | None:
    """The body; None when it is too large, whatever its headers say."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)
