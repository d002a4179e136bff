"""An inbox over a database with a handler of one's own: no Telegram, no people, no screens."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, cast

from aiogram import Bot, Dispatcher, Router
from aiogram.types import Message, User

from bot.claims import Claims
from bot.clock import Clock
from bot.hearing import Hearing
from bot.inbox import SIDE_BY_SIDE, Inbox
from handlers.turn import HandlerSettings, MediaIntake, Turn
from storage.database import Database

Act = Callable[[int, int, Turn], Awaitable[None]]
"""What the handler does with (chat, update number, turn)."""


async def nothing(*_: Any) -> None:
    """No screen is owed here, and no press lost."""


def bare_inbox(
    db: Database, bot: Bot, clock: Clock, act: Act, *, claims: Claims | None = None, side_by_side: int = SIDE_BY_SIDE
) -> Inbox:
    """An inbox whose messages are given to `act`."""

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
