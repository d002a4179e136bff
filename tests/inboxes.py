"""An inbox over a database with a handler of the test's own: no Telegram, no people."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, cast

from aiogram import Bot, Dispatcher, Router
from aiogram.types import Message, User

from bot.claims import Claims
from bot.clock import MovableClock
from bot.hearing import Hearing
from bot.inbox import Inbox
from bot.lanes import Lanes
from handlers.turn import HandlerSettings, MediaIntake, Turn
from storage.database import Database

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
Act = Callable[[int, int, Turn], Awaitable[None]]
"""What the handler does with (chat, update number, turn)."""


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


async def nothing(*_: Any) -> None:
    """For what a test does not look at."""


def make_inbox(
    db: Database, act: Act, *, claims: Claims | None = None, side_by_side: int = 8, clock: MovableClock | None = None
) -> Inbox:
    """An inbox whose messages are given to `act`."""
    clock = clock or MovableClock(NOW)
    bot = SilentBot()

    def make_turn(update_id: int, user: User | None, now: datetime) -> Turn:
        return Turn(
            db=db,
            bot=bot,
            now=now,
            update_id=update_id,
            user=user,
            settings=cast("HandlerSettings", None),
            media=cast("MediaIntake", None),
        )

    router = Router()

    @router.message()
    async def handle(message: Message, turn: Turn) -> None:
        await act(message.chat.id, turn.update_id, turn)

    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    return Inbox(
        bot=bot,
        dispatcher=dispatcher,
        db=db,
        clock=clock,
        make_turn=make_turn,
        resume=nothing,
        poll_timeout=0,
        hearing=Hearing(db, clock, nothing),
        side_by_side=side_by_side,
        claims=claims,
    )


async def until(lanes: Lanes, condition: Callable[[], bool], seconds: float = 20) -> None:
    """Until the condition holds after some step of the lanes; an error when it does not for too long."""
    async with asyncio.timeout(seconds):
        while not condition():
            lanes.stepped.clear()
            await lanes.stepped.wait()
