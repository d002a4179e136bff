"""Calendar feeds of the running program: from an address's hash to the calendar that is served."""

import asyncio
from urllib.parse import urlsplit

from bot.clock import Clock
from domain.feeds import OWN
from domain.ports import Database
from domain.usecases import feeds
from domain.usecases.feeds import Served
from reports.calendar import calendar_ics
from texts.words import Words, words_for


def prefix_of(url: str) -> str:
    """The path under which the program is asked, as far as the public address has one."""
    return urlsplit(url).path.rstrip("/")


class Feeds:
    """`url`: the public address of the configuration. `bot_username` is known once Telegram has answered."""

    def __init__(self, db: Database, clock: Clock, url: str) -> None:
        self.bot_username = ""
        self._db = db
        self._clock = clock
        self._host = urlsplit(url).hostname or "localhost"

    async def calendar(self, token_hash: str) -> bytes | None:
        """See `web.calendar.Feed`."""
        served = await self._db.read(feeds.serve, token_hash, now=self._clock.now())
        if served is None:
            return None
        w = words_for(served.person.language)
        # A region's month is some hundred events: the loop goes on meanwhile.
        return await asyncio.to_thread(calendar_ics, served.events, _title(served, w), self._host, self.bot_username, w)


def _title(served: Served, w: Words) -> str:
    if served.region == OWN:
        return w.plain("My posts")
    return w.plain("Plan: {region}", region=served.name or w.plain("the whole campaign"))
