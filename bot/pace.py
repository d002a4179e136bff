"""One paced request middleware: everything the bot sends passes here, in the order of its priority.

Limits are settings because Telegram does not publish them. Answers to presses, getUpdates and file look-ups are free.
"""

import asyncio
import contextlib
import heapq
import itertools
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import TelegramMethod

from domain.notices import Priority

priority_of_send: ContextVar[int] = ContextVar("priority_of_send", default=int(Priority.REPLY))
"""What the current task's sends are worth; a handler's reply goes first."""

MAX_ATTEMPTS = 5
_GROUP_WINDOW = 60.0


@dataclass(order=True)
class _Waiting:
    priority: int
    order: int
    chat: int | str | None = field(compare=False)
    turn: asyncio.Future[None] = field(compare=False)


class Pacer:
    """Grants sends one after the other: an overall rate, a rate per chat, a count per group and minute, held chats."""

    def __init__(self, overall: float, per_chat: float, per_group_minute: float) -> None:
        self._gap = 1 / overall
        self._chat_gap = 1 / per_chat
        self._group_gap = _GROUP_WINDOW / per_group_minute
        self._next_any = 0.0
        self._next_chat: dict[int | str, float] = {}
        self._queue: list[_Waiting] = []
        self._order = itertools.count()
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()

    async def turn(self, chat: int | str | None) -> None:
        """Wait until one request to `chat` may leave."""
        waiting = _Waiting(priority_of_send.get(), next(self._order), chat, asyncio.get_running_loop().create_future())
        heapq.heappush(self._queue, waiting)
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._grant())
        await waiting.turn

    def hold(self, chat: int | str | None, seconds: float) -> None:
        """Telegram said retry after: not one request to that chat (or to anybody) before."""
        until = asyncio.get_running_loop().time() + seconds
        if chat is None:
            self._next_any = max(self._next_any, until)
        else:
            self._next_chat[chat] = max(self._next_chat.get(chat, 0.0), until)

    async def _grant(self) -> None:
        """Serve the queue until it is empty: of those whose chat is free, the most urgent and oldest."""
        loop = asyncio.get_running_loop()
        while self._queue:
            now = loop.time()
            ready = [w for w in self._queue if self._free_at(w.chat) <= now]
            if self._next_any > now or not ready:
                until = self._next_any if self._next_any > now else min(self._free_at(w.chat) for w in self._queue)
                self._wake.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), until - now)
                continue
            chosen = min(ready)
            self._queue.remove(chosen)
            heapq.heapify(self._queue)
            if chosen.turn.cancelled():
                continue
            self._next_any = max(now, self._next_any) + self._gap
            if chosen.chat is not None:
                # Group ids are negative (Bot API); groups have a limit per minute, people one per second.
                gap = self._group_gap if isinstance(chosen.chat, int) and chosen.chat < 0 else self._chat_gap
                self._next_chat[chosen.chat] = now + gap
            chosen.turn.set_result(None)
        for chat in [chat for chat, free in self._next_chat.items() if free <= loop.time()]:
            del self._next_chat[chat]

    def _free_at(self, chat: int | str | None) -> float:
        return self._next_chat.get(chat, 0.0) if chat is not None else 0.0


class PacedRequests(BaseRequestMiddleware):
    """Asks the pacer before each request that counts, and obeys `retry_after` to the second."""

    def __init__(self, pacer: Pacer, in_transaction: Callable[[], bool] = lambda: False) -> None:
        self._pacer = pacer
        self._in_transaction = in_transaction

    async def __call__(
        self, make_request: Callable[[Bot, TelegramMethod[Any]], Awaitable[Any]], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:
        if self._in_transaction():
            raise AssertionError(f"{type(method).__name__} inside a transaction")
        chat = getattr(method, "chat_id", None)
        if chat is None:
            return await make_request(bot, method)
        for attempt in itertools.count(1):
            await self._pacer.turn(chat)
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                self._pacer.hold(chat, error.retry_after)
                if attempt == MAX_ATTEMPTS:
                    raise
        raise AssertionError("unreachable")
