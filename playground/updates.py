"""The queue of updates: ids, confirmation by offset, long polling, and what the bot asked to see."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from playground import errors, limits
from playground.clock import Clock

Json = dict[str, Any]

KINDS: Final = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "chat_join_request",
)
NOT_BY_DEFAULT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})  # S
FIRST_ID: Final = 100_000_001
DEFAULT_CONNECTIONS: Final = 40  # S default_max_webhook_connections
CONFLICT_PAUSE: Final = 3.0  # S fail_query_conflict
FUTURE: Final = 10  # T TQueue: an offset further ahead than this confirms nothing
REORDER_WAIT: Final = 0.2  # real seconds that an overtaken update waits for another


@dataclass(slots=True)
class PendingUpdate:
    """An update that the bot has not confirmed yet."""

    update_id: int
    kind: str
    payload: Json
    expires_at: datetime
    lane: str  # what must stay in order over a webhook

    def body(self) -> Json:
        """As getUpdates shows it."""
        return {"update_id": self.update_id, self.kind: self.payload}


@dataclass(slots=True)
class Webhook:
    """Where updates are posted; an empty address means that the bot polls."""

    url: str = ""
    secret: str = ""
    connections: int = DEFAULT_CONNECTIONS
    error: str = ""
    error_at: datetime | None = None


class UpdateQueue:
    """Holds updates until an offset or a webhook confirms them or they grow too old."""

    def __init__(self, clock: Clock, first_id: int = FIRST_ID) -> None:
        self._clock = clock
        self._pending: deque[PendingUpdate] = deque()
        self._next_expiry: datetime | None = None  # of the oldest waiting update or something earlier
        self._poller: asyncio.Future[bool] | None = None
        self._overtaken: PendingUpdate | None = None
        self._closed = False
        self.last_id = first_id - 1
        self.confirmed_up_to = first_id - 1
        self.allowed: frozenset[str] | None = None  # None: Telegram's default
        self.webhook = Webhook()
        self.real_pauses = False  # whether hasty callers are slowed down as on Telegram, in real seconds
        self._next_conflict = -math.inf
        self._asked: tuple[int, float] = (0, -math.inf)  # the latest offset and when it was asked for
        self.on_added: Callable[[], None] | None = None

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind of update."""
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def set_allowed(self, kinds: list[str] | None) -> None:
        """Remember the choice of getUpdates or setWebhook; None keeps the last one, [] restores the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def add(self, kind: str, payload: Json, lane: str, life: timedelta = limits.UPDATE_LIFE) -> int:
        """Queue an update and wake whoever waits; returns its id, 0 when the bot did not ask for this kind."""
        if not self.wants(kind):
            return 0
        overtaken, self._overtaken = self._overtaken, None
        if overtaken is None:
            self.last_id += 1
        update_id = self.last_id if overtaken is None else overtaken.update_id - 1
        self._append(PendingUpdate(update_id, kind, payload, self._clock.now() + life, lane))
        if overtaken is not None:
            self._append(overtaken)
        self.wake()
        return update_id

    def add_overtaken(self, kind: str, payload: Json, lane: str, life: timedelta, *, seconds: float = 0.0) -> int:
        """A fault: the next update gets the smaller id and comes first; without one this is let go after a while."""
        self._release_overtaken()
        self.last_id += 2
        update = PendingUpdate(self.last_id, kind, payload, self._clock.now() + life, lane)
        self._overtaken = update
        asyncio.get_running_loop().call_later(seconds or REORDER_WAIT, self._release_overtaken, update)
        return self.last_id

    def _release_overtaken(self, update: PendingUpdate | None = None) -> None:
        if self._overtaken is not None and (update is None or self._overtaken is update):
            self._append(self._overtaken)
            self._overtaken = None
            self.wake()

    def _append(self, update: PendingUpdate) -> None:
        self._pending.append(update)
        if self._next_expiry is None or update.expires_at < self._next_expiry:
            self._next_expiry = update.expires_at

    def add_again(self, update_id: int) -> None:
        """A fault: the same update a second time, after all others."""
        for update in list(self._pending):
            if update.update_id == update_id:
                self._append(update)
        self.wake()

    def drop(self, update_id: int) -> None:
        """Forget one update: a fault lost it, or a webhook took it."""
        self._pending = deque(update for update in self._pending if update.update_id != update_id)

    def reverse(self) -> None:
        """A fault: what waits is handed over in the opposite order."""
        self._pending.reverse()

    def skip_ids(self, count: int) -> None:
        """The next id jumps, as after a quiet week on Telegram."""
        self.last_id += count

    def pending(self) -> list[PendingUpdate]:
        """What is still to be handed over, oldest first."""
        now = self._clock.now()
        if self._next_expiry is not None and self._next_expiry <= now:
            self._pending = deque(update for update in self._pending if update.expires_at > now)
            self._next_expiry = min((update.expires_at for update in self._pending), default=None)
        return list(self._pending)

    def confirm(self, offset: int) -> None:
        """Forget everything below the offset; a negative one keeps only the last -offset updates."""
        if offset < 0:
            waiting = self.pending()
            offset = waiting[offset].update_id if len(waiting) >= -offset else 0
        if offset <= 0 or offset > self.last_id + 1 + FUTURE:
            return
        self._pending = deque(update for update in self._pending if update.update_id >= offset)
        self.confirmed_up_to = max(self.confirmed_up_to, min(offset - 1, self.last_id))

    def slowed(self, offset: int, limit: int, timeout: int, now: float) -> tuple[int, int]:
        """S process_get_updates_query: who asks for the same offset again gets one update, and waits for it."""
        before, at = self._asked
        self._asked = offset, now
        if offset != before:
            return limit, timeout
        return (1 if now < at + 0.5 else limit), (3 if timeout < 3 and now < at + 3.0 else timeout)

    def took(self, update: PendingUpdate) -> None:
        """A webhook accepted an update; ids count as confirmed up to the oldest that still waits."""
        self.drop(update.update_id)
        oldest = min((waiting.update_id for waiting in self._pending), default=self.last_id + 1)
        self.confirmed_up_to = max(self.confirmed_up_to, oldest - 1)

    def clear(self) -> None:
        """drop_pending_updates."""
        self._pending.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[PendingUpdate]:
        """What waits, or what comes within so many seconds.

        Only a request that has to wait sends the one that already waits away with 409: with a backlog two pollers
        get the same updates and no conflict (S do_get_updates).
        """
        if self.webhook.url:
            raise errors.WEBHOOK_ACTIVE.error()
        self.confirm(offset)
        waiting = self.pending()[:limit]
        if waiting or seconds <= 0 or self._closed:
            return waiting
        self.abort_poller(by_webhook=False)
        future = asyncio.get_running_loop().create_future()
        self._poller = future
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            return []
        finally:
            if self._poller is future:
                self._poller = None
        return self.pending()[:limit]

    def abort_poller(self, *, by_webhook: bool) -> None:
        """Send the waiting poller away: another one came, or a webhook was set."""
        poller, self._poller = self._poller, None
        if poller is None or poller.done():
            return
        error = (errors.SET_WEBHOOK_CAME if by_webhook else errors.OTHER_POLLER).error()
        now = time.monotonic()
        if not self.real_pauses or now >= self._next_conflict:
            self._next_conflict = now + CONFLICT_PAUSE
            poller.set_exception(error)
        else:
            asyncio.get_running_loop().call_later(CONFLICT_PAUSE, _fail, poller, error)

    @property
    def somebody_polls(self) -> bool:
        """Whether a getUpdates request is waiting right now."""
        return self._poller is not None

    def close(self) -> None:
        """Let the waiting poller go with nothing."""
        self._closed = True
        self.wake()

    def wake(self) -> None:
        """Let whoever waits for updates look again."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(True)
        if self.on_added is not None:
            self.on_added()


def _fail(poller: asyncio.Future[bool], error: Exception) -> None:
    if not poller.done():
        poller.set_exception(error)
