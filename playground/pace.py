"""How fast the bot sends: counted always, refused with 429 when a profile says so."""

from __future__ import annotations

import math
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from playground import errors

Json = dict[str, Any]

# What counts against the limits: sends and edits do, answers to presses and reads do not (M)
COUNTED_PREFIXES: Final = ("send", "edit", "copy", "forward")
UNCOUNTED: Final = frozenset({"sendChatAction"})


class Profile(StrEnum):
    """`off` only counts; `documented` allows short bursts over the published numbers; `strict` none at all."""

    OFF = "off"
    DOCUMENTED = "documented"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class Rates:
    """Telegram's published numbers (D, Bots FAQ), and how much of a burst passes under `documented`."""

    overall_per_second: int = 30
    chat_per_second: int = 1
    group_per_minute: int = 20
    chat_burst: int = 5
    overall_burst: int = 60


@dataclass(slots=True)
class PaceReport:
    """What a run looked like."""

    sent: int = 0
    refused: int = 0
    most_in_a_second: int = 0
    most_in_a_second_per_chat: int = 0
    most_in_a_minute_per_group: int = 0
    refused_by: Counter[str] = field(default_factory=Counter)


class Pace:
    """Sliding windows over real time by default; give `now` to use another clock."""

    def __init__(
        self,
        profile: Profile | str = Profile.OFF,
        rates: Rates | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.profile = Profile(profile)
        self.rates = rates or Rates()
        self.report = PaceReport()
        self._now = now
        self._all = _Window(1.0, _Bucket(self.rates.overall_burst, self.rates.overall_per_second))
        self._chats: dict[int, _Window] = {}
        self._groups: dict[int, _Window] = {}
        self._paused: dict[int, float] = {}

    def admit(self, method: str, chat_id: object) -> None:
        """Count a request of the bot; raises 429 when the profile is exceeded."""
        if not method.startswith(COUNTED_PREFIXES) or method in UNCOUNTED or not isinstance(chat_id, int):
            return
        now = self._now()
        chat = self._chats.get(chat_id)
        if chat is None:
            rates = self.rates
            chat = self._chats[chat_id] = _Window(1.0, _Bucket(rates.chat_burst, rates.chat_per_second))
            if chat_id < 0:
                self._groups[chat_id] = _Window(60.0, _Bucket(rates.group_per_minute, rates.group_per_minute / 60))
        group = self._groups.get(chat_id)
        if self.profile is not Profile.OFF:
            self._refuse_if_too_fast(chat_id, chat, group, now)
        self._count(chat, group, now)

    def _refuse_if_too_fast(self, chat_id: int, chat: _Window, group: _Window | None, now: float) -> None:
        if self._paused.get(chat_id, 0.0) > now:
            # asking again during the pause is refused again, with what is left of it
            raise self._refusal("retry_after", self._paused[chat_id] - now)
        rates, strict = self.rates, self.profile is Profile.STRICT
        waits = {
            "overall": self._all.wait(rates.overall_per_second if strict else None, now),
            "chat": chat.wait(rates.chat_per_second if strict else None, now),
        }
        if group is not None:
            waits["group"] = group.wait(rates.group_per_minute, now)
        reason, wait = max(waits.items(), key=lambda item: item[1])
        if wait > 0:
            if reason != "overall":
                self._paused[chat_id] = now + math.ceil(wait)
            raise self._refusal(reason, wait)

    def _refusal(self, reason: str, wait: float) -> errors.ApiError:
        self.report.refused += 1
        self.report.refused_by[reason] += 1
        seconds = max(1, math.ceil(wait))
        return errors.RETRY_AFTER.error({"retry_after": seconds}, seconds=seconds)

    def _count(self, chat: _Window, group: _Window | None, now: float) -> None:
        report = self.report
        report.sent += 1
        report.most_in_a_second = max(report.most_in_a_second, self._all.push(now))
        report.most_in_a_second_per_chat = max(report.most_in_a_second_per_chat, chat.push(now))
        if group is not None:
            report.most_in_a_minute_per_group = max(report.most_in_a_minute_per_group, group.push(now))


@dataclass(slots=True)
class _Bucket:
    """Tokens that refill: a burst up to the capacity passes, then only the rate."""

    capacity: float
    per_second: float
    spent: float = 0.0
    at: float = 0.0

    def take(self, now: float) -> None:
        self.spent = max(0.0, self.spent - (now - self.at) * self.per_second) + 1
        self.at = now

    def wait(self, now: float) -> float:
        spent = max(0.0, self.spent - (now - self.at) * self.per_second)
        return max(0.0, (spent + 1 - self.capacity) / self.per_second)


@dataclass(slots=True)
class _Window:
    """The moments of the last `seconds`, and a bucket beside them."""

    seconds: float
    bucket: _Bucket
    moments: deque[float] = field(default_factory=deque)

    def wait(self, most: int | None, now: float) -> float:
        """Seconds until one more fits: into the window with `most`, into the bucket without."""
        if most is None:
            return self.bucket.wait(now)
        self._forget(now)
        return 0.0 if len(self.moments) < most else self.moments[-most] + self.seconds - now

    def push(self, now: float) -> int:
        """Add a moment; how many lie within the window now."""
        self._forget(now)
        self.moments.append(now)
        self.bucket.take(now)
        return len(self.moments)

    def _forget(self, now: float) -> None:
        while self.moments and self.moments[0] <= now - self.seconds:
            self.moments.popleft()
