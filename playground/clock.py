"""The world's own time: runs with real time or stands still, and can be moved by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """An aware UTC clock. `running=False` makes it stand still until it is moved."""

    def __init__(self, start: datetime | None = None, *, running: bool = True) -> None:
        self._base = _aware(start) if start is not None else datetime.now(UTC)
        self._running = running
        self._since = time.monotonic()
        self._listeners: list[Callable[[datetime], None]] = []

    @property
    def running(self) -> bool:
        """Whether real time flows into this clock."""
        return self._running

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        if not self._running:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._since)

    def move_to(self, moment: datetime) -> datetime:
        """Jump to a moment (an aware one); the clock goes on from there."""
        self._base = _aware(moment)
        self._since = time.monotonic()
        for listener in list(self._listeners):
            listener(self._base)
        return self._base

    def advance(self, step: timedelta) -> datetime:
        """Jump by a step from now."""
        return self.move_to(self.now() + step)

    def freeze(self) -> None:
        """Stand still at the present moment."""
        self._base = self.now()
        self._running = False

    def run(self) -> None:
        """Flow with real time from the present moment on."""
        self._base = self.now()
        self._since = time.monotonic()
        self._running = True

    def on_move(self, listener: Callable[[datetime], None]) -> None:
        """Call `listener(now)` after each jump."""
        self._listeners.append(listener)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        msg = "the world's clock takes aware datetimes only"
        raise ValueError(msg)
    return moment.astimezone(UTC)
