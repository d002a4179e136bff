"""The list of checks, by subject."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final

from playground.conformance.probe import Probe

CheckFunction = Callable[[Probe], Awaitable[None]]

PERSON: Final = "person"  # somebody has to do something on a phone
CLOCK: Final = "clock"  # the server's time has to be moved
BLOCKED: Final = "blocked"  # a person who has blocked the bot
GROUP: Final = "group"  # a forum that the bot administrates
CHANNEL: Final = "channel"  # a channel where the bot may post


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: the docstring of its function states it and tags its source."""

    subject: str
    name: str
    rule: str
    run: CheckFunction
    needs: frozenset[str]
    live: bool  # safe to run by an owner against the real Telegram
    updates: bool  # takes updates from the queue, which is emptied before

    def fits(self, words: Iterable[str]) -> bool:
        """Whether one of these words is the subject or a part of the name."""
        return any(word == self.subject or word in self.name for word in words)


CHECKS: Final[list[Check]] = []


class Subject:
    """Checks of one subject share what they need."""

    def __init__(self, name: str, *needs: str, live: bool = False, updates: bool = False) -> None:
        self._name, self._needs, self._live, self._updates = name, frozenset(needs), live, updates

    def check(
        self, *needs: str, live: bool | None = None, updates: bool | None = None
    ) -> Callable[[CheckFunction], CheckFunction]:
        """Put a function on the list; whatever needs people, the clock or other chats is never live."""
        wanted = self._needs | set(needs)
        alone = not wanted
        takes = PERSON in wanted if updates is None else updates

        def register(function: CheckFunction) -> CheckFunction:
            name = getattr(function, "__name__", "")
            rule = " ".join((function.__doc__ or "").split())
            safe = alone and (self._live if live is None else live)
            CHECKS.append(Check(self._name, name, rule, function, wanted, safe, self._updates or takes))
            return function

        return register
