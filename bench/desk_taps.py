"""A press secretary who clears forty drafts in chat: how many taps a draft takes."""

import re
from collections.abc import Callable
from typing import Any

from domain.ports import UnitOfWork
from playground import LocalTelegram, User
from playground.model import Message
from storage.database import Database

DRAFTS = 40
WAIT = 60.0
"""Seconds of patience with one tap."""


class Clerk:
    """Somebody with thumbs: presses only what is on the screen, and every press is counted (opening the queue too)."""

    def __init__(self, telegram: LocalTelegram, user: User) -> None:
        self._telegram = telegram
        self._user = user
        self.taps = 0

    async def clear(self, numbers: list[int]) -> None:
        """Every draft once, in the queue's order: mostly yes, now and then why not."""
        await self._until(lambda: self._user.send("/queue"), lambda: bool(self._find(rf"a:ok\+?:{numbers[0]}:")))
        self.taps += 1
        for place, number in enumerate(numbers):
            verdict = _verdict(place)
            following = numbers[place + 1] if place + 1 < len(numbers) else 0
            if verdict == "approve":
                await self._approve(number, following)
            else:
                await self._tap(rf"a:ask:{number}:\d+:{verdict}", rf"a:why:{number}:")
                await self._tap(rf"a:why:{number}:\d+:{verdict}\.tone", rf"a:undo:{number}:")
                if following:
                    await self._tap(rf"a:next:{number}:", rf"a:ok\+?:{following}:")

    async def _approve(self, number: int, following: int) -> None:
        """In one tap with the next card, while there is a next one."""
        if following:
            await self._tap(rf"a:ok\+:{number}:", rf"a:ok\+?:{following}:")
        else:
            await self._tap(rf"a:ok:{number}:", rf"a:undo:{number}:")

    async def _tap(self, wanted: str, then: str) -> None:
        message, data = self._find(wanted)[-1]
        self.taps += 1
        await self._until(lambda: self._user.press(data=data, message=message), lambda: bool(self._find(then)))

    async def _until(self, act: Callable[[], object], seen: Callable[[], bool]) -> None:
        act()
        world = self._telegram.world
        await world.until(lambda: seen() and not world.unanswered(), WAIT)

    def _find(self, pattern: str) -> list[tuple[Message, str]]:
        messages = [message for message in self._user.chat.messages if message.from_bot and not message.deleted]
        buttons = [(message, button.data or "") for message in messages for button in message.all_buttons()]
        return [(message, data) for message, data in buttons if re.match(pattern, data)]


def _verdict(place: int) -> str:
    """Mixed: every sixth comes back (seven of them: the last but one too), three are rejected."""
    if place in {9, 21, 33}:
        return "reject"
    return "return" if place % 6 == 4 or place == DRAFTS - 2 else "approve"


async def cleared(telegram: LocalTelegram, db: Database, press: User, numbers: list[int]) -> dict[str, Any]:
    """Clear them; returns the taps and what has become of the drafts."""
    clerk = Clerk(telegram, press)
    await clerk.clear(numbers)

    async def states(uow: UnitOfWork) -> list[str]:
        return [(await uow.drafts.get(number)).state.value for number in numbers]

    became = await db.read(states)
    return {
        "cleared": len(numbers),
        "cleared_approved": became.count("approved"),
        "cleared_returned": became.count("returned"),
        "cleared_rejected": became.count("rejected"),
        "taps": clerk.taps,
        "taps_per_draft": round(clerk.taps / len(numbers), 2),
    }
