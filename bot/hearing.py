"""When Telegram was last heard. After a silence presses are gone there: what waits for a press is offered again."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.lease import uptime
from storage.database import Database

log = structlog.get_logger(__name__)

PRESSES_LIVE = timedelta(seconds=150)
"""Bot API server: an unconfirmed press is kept that long (messages for a day)."""
SAVE_EVERY = timedelta(seconds=60)

OfferAgain = Callable[[datetime, datetime], Awaitable[None]]
"""(since, until): in between nobody's press arrived."""


class Hearing:
    """`good` after each answer of Telegram that shows that updates arrive, `bad` after each that failed."""

    def __init__(
        self, db: Database, clock: Clock, offer_again: OfferAgain, uptime: Callable[[], float] = uptime
    ) -> None:
        self._db = db
        self._clock = clock
        self._offer_again = offer_again
        self._uptime = uptime
        self._saved: datetime | None = None
        self._failed = True
        self.at: datetime | None = None
        """When Telegram was last heard; None: never."""
        self.up: float | None = None
        """The same by `bot.lease.uptime`, which nobody can set; None: not by this process."""

    async def good(self) -> None:
        """Telegram was heard."""
        now, up = self._clock.now(), self._uptime()
        if self._failed:
            # Before this process's time, or meanwhile, another one may have listened.
            self._saved = await self._db.read(lambda uow: uow.inbox.last_heard())
        since = max((at for at in (self.at, self._saved) if at is not None), default=None)
        # The clock may be moved while a request waits; without a failure only a frozen process misses anything.
        silence = timedelta(seconds=up - self.up) if self.up is not None else timedelta()
        if since is not None and self._failed:
            silence = max(silence, now - since)
        if since is not None and silence > PRESSES_LIVE:
            log.warning("Telegram is heard again", since=since.isoformat(), silent_s=round(silence.total_seconds()))
            await self._offer_again(since, now)
        self.at, self.up, self._failed = now, up, False
        if self._saved is None or now - self._saved >= SAVE_EVERY:
            await self.save()

    def bad(self) -> None:
        """Telegram could not be reached, or could not reach us."""
        self._failed = True

    async def save(self) -> None:
        """Remember it for the next start; up to this moment when nothing failed since."""
        if self.up is None or self.at is None:
            return
        moment = self.at if self._failed else self._clock.now()
        await self._db.keep(lambda uow: uow.inbox.heard(moment))
        self._saved = moment
