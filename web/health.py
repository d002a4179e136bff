"""`/healthz`, `/readyz` and `/metrics`: what a supervisor and a monitoring system ask. Numbers and fixed words only."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

State = Callable[[], Awaitable[tuple[int, dict[str, Any]]]]
"""HTTP status and facts."""


def add_health(
    app: web.Application, health: State, ready: State, metrics: Callable[[], Awaitable[tuple[bytes, str]]]
) -> None:
    """Add the three routes; `metrics` gives the page and its content type."""

    async def healthz(_: web.Request) -> web.Response:
        return _answer(*await health())

    async def readyz(_: web.Request) -> web.Response:
        return _answer(*await ready())

    async def page(_: web.Request) -> web.Response:
        body, content_type = await metrics()
        return web.Response(body=body, headers={"Content-Type": content_type})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", page)


def _answer(status: int, facts: dict[str, Any]) -> web.Response:
    return web.json_response(facts, status=status, headers={"Cache-Control": "no-store"})
