"""What the program serves over HTTP: health, metrics, the webhook and calendars, from before Telegram has answered until the end."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable

from aiohttp.web import Application, AppRunner

from bot import metrics
from bot.clock import Clock
from bot.config import Settings, host_and_port
from bot.feeds import Feeds, prefix_of
from bot.health import DATABASE_SECONDS, Health
from bot.webhook import path_of
from domain.ports import Database
from storage.queues import queues
from web.app import make_app, serve
from web.calendar import add_calendar
from web.health import add_health
from web.webhook import add_webhook


class NotReady(Exception):
    """The program starts or ends: Telegram, or a calendar, is asked to come again."""


class AddressTaken(Exception):
    """An address of the configuration cannot be listened on; the text names its key."""


class Site:
    """`accept` stores an update that the webhook brought; `held`: whether this process is the holder."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        clock: Clock,
        health: Health,
        numbers: metrics.Metrics,
        accept: Callable[[bytes], Awaitable[None]],
        held: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._db = db
        self._clock = clock
        self._health = health
        self._numbers = numbers
        self._accept = accept
        self._held = held
        self.feeds = Feeds(db, clock, settings.calendar.url)
        self._runners: list[AppRunner] = []

    async def open(self) -> None:
        """Listen wherever the configuration says; nowhere by default."""
        sites: defaultdict[str, Application] = defaultdict(make_app)
        web, webhook, calendar = self._settings.web, self._settings.telegram.webhook, self._settings.calendar
        if web.listen:
            add_health(sites[web.listen], self._health.health, self._health.readiness, self.metrics)
        if webhook.url:
            add_webhook(sites[webhook.listen], path_of(webhook.url), webhook.secret.get_secret_value(), self._store)
        if calendar.url:
            add_calendar(sites[calendar.listen], prefix_of(calendar.url), self._calendar)
        for listen, site in sites.items():
            try:
                self._runners.append(await serve(site, *host_and_port(listen)))
            except OSError as error:
                why = str(error.strerror).rpartition(": ")[2]  # without the library's own address
                keys = {"web": web.listen, "telegram.webhook": webhook.listen, "calendar": calendar.listen}
                named = " and ".join(f"{section}.listen" for section, address in keys.items() if address == listen)
                raise AddressTaken(f"{named}: cannot listen on {listen}: {why}") from None

    async def close(self) -> None:
        while self._runners:
            await self._runners.pop().cleanup()

    async def metrics(self) -> tuple[bytes, str]:
        """The page and its content type; what the process itself knows is worth showing most when the database is away."""
        found = None
        with contextlib.suppress(Exception):
            async with asyncio.timeout(DATABASE_SECONDS):
                found = await self._db.read(queues, self._clock.now())
        return self._numbers.page(found, held=self._held()), metrics.CONTENT_TYPE

    async def _calendar(self, token_hash: str) -> bytes | None:
        if not self._health.ready:
            raise NotReady
        return await self.feeds.calendar(token_hash)

    async def _store(self, body: bytes) -> None:
        if not self._health.ready:
            raise NotReady
        await self._accept(body)
