"""The queue of updates: ids, confirmation by offset, long polling, and what the bot asked to see."""

from __future__ import annotations

import asyncio
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
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
NOT_BY_DEFAULT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})  # S
FIRST_ID: Final = 100_000_001


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


class UpdateQueue:
    """Holds updates until an offset confirms them or they grow too old."""

    def __init__(self, clock: Clock, first_id: int = FIRST_ID) -> None:
        self._clock = clock
        self._pending: deque[PendingUpdate] = deque()
        self._poller: asyncio.Future[bool] | None = None
        self._closed = False
        self.last_id = first_id - 1
        self.confirmed_up_to = first_id - 1
        self.allowed: frozenset[str] | None = None  # None: Telegram's default
        self.webhook_url = ""
        self.webhook_secret = ""
        self.webhook_connections = 40
        self.webhook_error = ""
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
        self.last_id += 1
        self._pending.append(PendingUpdate(self.last_id, kind, payload, self._clock.now() + life, lane))
        self.wake()
        return self.last_id

    def add_again(self, update_id: int) -> None:
        """A fault: the same update a second time, after all others."""
        for update in list(self._pending):
            if update.update_id == update_id:
                self._pending.append(update)
        self.wake()

    def drop(self, update_id: int) -> None:
        """A fault: an update that is lost before the bot sees it."""
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
        if any(update.expires_at <= now for update in self._pending):
            self._pending = deque(update for update in self._pending if update.expires_at > now)
        return list(self._pending)

    def confirm(self, offset: int) -> None:
        """Forget everything below the offset; a negative one keeps only the last -offset updates."""
        if offset < 0:
            waiting = self.pending()
            offset = waiting[offset].update_id if len(waiting) >= -offset else 0
        if offset <= 0:
            return
        self._pending = deque(update for update in self._pending if update.update_id >= offset)
        self.confirmed_up_to = max(self.confirmed_up_to, min(offset - 1, self.last_id))

    def clear(self) -> None:
        """drop_pending_updates."""
        self._pending.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[PendingUpdate]:
        """What waits, or what comes within so many seconds; an older poller is sent away with 409."""
        if self.webhook_url:
            raise errors.WEBHOOK_ACTIVE.error()
        self.abort_poller(by_webhook=False)
        self.confirm(offset)
        waiting = self.pending()[:limit]
        if waiting or seconds <= 0 or self._closed:
            return waiting
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
        if poller is not None and not poller.done():
            poller.set_exception(errors.SET_WEBHOOK_CAME.error() if by_webhook else errors.OTHER_POLLER.error())

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
