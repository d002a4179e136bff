"""`GET …/calendar/<token>.ics`: calendar feeds. What is wrong in any way gets one and the same 404, after the same work."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

log = structlog.get_logger(__name__)

LONGEST_TOKEN = 128
A_MINUTE = 60.0
PER_FEED, OF_STRANGERS = 12, 240
"""Requests a minute: of one address (calendars look every quarter of an hour), and of all that are not known to lead anywhere."""
KNOWN = 10_000
"""Addresses remembered as good, so that a flood of wrong ones does not lock them out."""
RETRY_AFTER = "60"

Feed = Callable[[str], Awaitable[bytes | None]]
"""The calendar behind a token's SHA-256; None when there is none."""
_PRIVATE = {
    "Cache-Control": "private, no-cache",  # looked up each time: a revoked address is dead at once
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


class Rate:
    """At most so many a minute, counted from a minute's first one. `clock` counts seconds."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._since = float("-inf")
        self._count = 0

    def allows(self) -> bool:
        """Counts the one that is asked about."""
        now = self._clock()
        if now - self._since >= A_MINUTE:
            self._since, self._count = now, 0
        self._count += 1
        return self._count <= self._most


class Calendars:
    """The route's state: how often which address is read."""

    def __init__(self, feed: Feed, clock: Callable[[], float] = time.monotonic) -> None:
        self._feed = feed
        self._clock = clock
        self._strangers = Rate(OF_STRANGERS, clock)
        self._known: OrderedDict[str, Rate] = OrderedDict()

    async def answer(self, request: web.Request) -> web.Response:
        """200 with an ETag, 304, 404, 429 when asked too often, 503 when the calendar cannot be read now."""
        token = request.match_info["token"][:LONGEST_TOKEN]
        key = hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
        if not self._known.get(key, self._strangers).allows():
            return web.Response(status=429, headers={"Retry-After": RETRY_AFTER})
        try:
            body = await self._feed(key)
        except Exception as error:
            log.exception("a calendar could not be read", error=type(error).__name__)
            return web.Response(status=503, headers={"Retry-After": RETRY_AFTER})
        if body is None:
            self._known.pop(key, None)
            return web.Response(status=404, text="Not found", headers={"Cache-Control": "no-store"})
        self._remember(key)
        return _calendar(request, body)

    def _remember(self, key: str) -> None:
        self._known.setdefault(key, Rate(PER_FEED, self._clock))
        self._known.move_to_end(key)
        while len(self._known) > KNOWN:
            self._known.popitem(last=False)


def _calendar(request: web.Request, body: bytes) -> web.Response:
    tag = hashlib.sha256(body).hexdigest()[:32]
    headers = {**_PRIVATE, "ETag": f'"{tag}"'}
    asked = request.headers.get("If-None-Match", "")
    if asked.strip() == "*" or tag in {one.strip().removeprefix("W/").strip('"') for one in asked.split(",")}:
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)


def add_calendar(app: web.Application, prefix: str, feed: Feed, clock: Callable[[], float] = time.monotonic) -> None:
    """Add `GET prefix/calendar/<token>.ics`; `prefix` is empty or begins with a slash."""
    app.router.add_get(prefix + "/calendar/{token:[^/]+}.ics", Calendars(feed, clock).answer)
