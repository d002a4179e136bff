"""An inbox over a database with a handler of the test's own: no Telegram, no people."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot

from bench.bare_inbox import Act, bare_inbox
from bot.claims import Claims
from bot.clock import MovableClock
from bot.inbox import Inbox
from bot.lanes import Lanes
from storage.database import Database

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)


def text_of(number: int, chat: int, words: str = "hello") -> dict[str, Any]:
    """A text message as Telegram hands it over."""
    who = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "en"}
    message = {"message_id": number, "date": 1_788_757_200, "chat": {"id": chat, "type": "private"}, "from": who}
    return {"update_id": number, "message": {**message, "text": words}}


class SilentBot(Bot):
    """Remembers what it was to send instead of sending it."""

    def __init__(self) -> None:
        super().__init__("42:TEST")
        self.sent: list[Any] = []

    async def __call__(self, method: Any, request_timeout: int | None = None) -> Any:  # noqa: ARG002 - aiogram's signature
        self.sent.append(method)


def make_inbox(
    db: Database, act: Act, *, claims: Claims | None = None, side_by_side: int = 8, clock: MovableClock | None = None
) -> Inbox:
    """An inbox whose messages are given to `act`."""
    return bare_inbox(db, SilentBot(), clock or MovableClock(NOW), act, claims=claims, side_by_side=side_by_side)


async def until(lanes: Lanes, condition: Callable[[], bool], seconds: float = 20) -> None:
    """Until the condition holds after some step of the lanes; an error when it does not for too long."""
    async with asyncio.timeout(seconds):
        while not condition():
            lanes.stepped.clear()
            await lanes.stepped.wait()
