"""The world's own time: runs with real time or stands still, and can be moved by hand."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """An aware UTC clock: `running=False` makes it stand still until it is moved, `run(60)` lets a minute pass a second."""

    def __init__(self, start: datetime | None = None, *, running: bool = True) -> None:
        self._base = _aware(start) if start is not None else datetime.now(UTC)
        self._speed = 1.0 if running else 0.0
        self._since = time.monotonic()
        self._fence: datetime | None = None
        self._listeners: list[Callable[[datetime], None]] = []

    @property
    def running(self) -> bool:
        """Whether real time flows into this clock."""
        return self._speed > 0

    @property
    def speed(self) -> float:
        """How many of its seconds pass in a real one; 0 while it stands still."""
        return self._speed

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        if not self._speed:
            return self._base
        flowed = self._base + timedelta(seconds=(time.monotonic() - self._since) * self._speed)
        return flowed if self._fence is None else max(self._base, min(flowed, self._fence))

    def patience(self, life: timedelta) -> timedelta:
        """How long something lives that waits for a program in real time: a hurrying clock must not cut it short."""
        return life * max(1.0, self._speed)

    def move_to(self, moment: datetime) -> datetime:
        """Jump to a moment (an aware one); the clock goes on from there."""
        self._base = _aware(moment)
        self._since = time.monotonic()
        self._tell()
        return self._base

    def advance(self, step: timedelta) -> datetime:
        """Jump by a step from now."""
        return self.move_to(self.now() + step)

    def freeze(self) -> None:
        """Stand still at the present moment."""
        self._flow(0.0)

    def run(self, speed: float = 1.0) -> None:
        """Flow with real time from the present moment on, so many times as fast; 0 is the same as freeze()."""
        if not 0 <= speed < math.inf:
            raise ValueError("a clock's speed is a number from 0 up")
        self._flow(float(speed))

    def fence(self, moment: datetime | None) -> None:
        """Flow no further than `moment` until the fence is moved (None takes it away): who shares this time has something to do
        then, and must not find the world ahead. A jump goes over it."""
        held = self._fence is not None and self.now() >= self._fence
        self._base, self._since = self.now(), time.monotonic()
        self._fence = None if moment is None else _aware(moment)
        if held and self._speed:
            self._tell()  # who counts seconds by themselves has run ahead

    def on_move(self, listener: Callable[[datetime], None]) -> None:
        """Call `listener(now)` after each jump and each change of speed."""
        self._listeners.append(listener)

    def _flow(self, speed: float) -> None:
        self._base, self._since, self._speed = self.now(), time.monotonic(), speed
        self._tell()

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener(self._base)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        msg = "the world's clock takes aware datetimes only"
        raise ValueError(msg)
    return moment.astimezone(UTC)
