"""What the program knows of its own state, and the watchdog that ends it when Telegram has been silent for too long.

Times are read from a clock that cannot be set: a jump of the machine's clock is no silence.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.lease import uptime
from bot.metrics import Metrics

log = structlog.get_logger(__name__)

DATABASE_SECONDS = 2.0
"""A database that takes longer for one row does not answer."""
LATE_SECONDS = 90.0
"""Polling is back within this time after any trouble on the way; a longer silence is worth a look."""


class TelegramSilent(RuntimeError):
    """No good answer for too long; the program ends with an error so that its supervisor starts it afresh."""


class Health:
    """`give_up`: seconds of silence. `working` says whether this process is the one that must hear from Telegram."""

    def __init__(
        self,
        metrics: Metrics,
        *,
        give_up: float,
        database: Callable[[], Awaitable[object]],
        working: Callable[[], bool],
        uptime: Callable[[], float] = uptime,
    ) -> None:
        self.ready = False
        self.polling = True
        """Only a good poll shows that updates arrive; with a webhook any good answer shows that Telegram is reached."""
        self._metrics = metrics
        self._give_up = give_up
        self._database = database
        self._working = working
        self._uptime = uptime
        self._heard = uptime()
        self._began = uptime()

    def good_answer(self, kind: str) -> None:
        """Telegram answered a request as it should."""
        if kind == "poll" or not (self.polling and self.ready):
            self._heard = self._uptime()
            self._metrics.good_poll.set(time.time())

    def new_term(self) -> None:
        """This process begins to poll: the silence before was not its own."""
        self._heard = self._uptime()

    @property
    def silence(self) -> float:
        """Seconds since the last good answer; 0 while another process listens."""
        return self._uptime() - self._heard if self._working() or not self.ready else 0.0

    @property
    def given_up(self) -> bool:
        return self.silence > self._give_up

    async def watch(self, end: Callable[[Exception], None]) -> None:
        """Until the silence is too long; then `end` the program."""
        while not self.given_up:  # noqa: ASYNC110 - nothing happens that could set an event: that is the point
            await asyncio.sleep(min(1.0, max(0.05, self._give_up / 10)))
        log.error("Telegram has been silent for too long", seconds=round(self.silence))
        end(TelegramSilent(f"no good answer from Telegram for {self.silence:.0f} s"))
        await asyncio.Event().wait()

    async def health(self) -> tuple[int, dict[str, Any]]:
        """HTTP status and facts: 200 while the program can do its work."""
        database = await self._database_answers()
        fine = database and not self.given_up
        word = "ok" if fine else "failing"
        if fine and self.silence > LATE_SECONDS:
            word = "late"
        return 200 if fine else 503, {
            "status": word,
            "role": self._role,
            "database": "answers" if database else "does not answer",
            "seconds_since_good_answer": round(self.silence, 1),
            "up_seconds": round(self._uptime() - self._began),
        }

    async def readiness(self) -> tuple[int, dict[str, Any]]:
        """200 once it has started: migrations are done, and it works or waits for its turn."""
        ready = self.ready and await self._database_answers()
        return 200 if ready else 503, {"ready": ready, "role": self._role}

    @property
    def _role(self) -> str:
        if not self.ready:
            return "starting"
        return "holder" if self._working() else "follower"

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                await self._database()
        except Exception as error:  # noqa: BLE001 - whatever a driver says, the answer is no
            log.warning("the database does not answer", error=type(error).__name__)
            return False
        return True
