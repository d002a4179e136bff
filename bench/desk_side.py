"""The processes that `bench.desk` measures: a bare aiogram echo, and headquarters without its deliveries."""

import asyncio
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Self

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from bot.app import running
from bot.clock import MovableClock
from bot.config import Settings
from bot.demo.play import FIRST_DAY
from bot.running import spare_collector


class Side:
    """A process of its own, which says over a pipe what CPU it has used."""

    def __init__(self, serve: Callable[..., None], *arguments: Any) -> None:
        self._ask, answer = get_context("spawn").Pipe()
        self._process = get_context("spawn").Process(target=_report_and, args=(answer, serve, *arguments), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # nothing of it is kept
        self._process.join()

    @property
    def cpu(self) -> float:
        """Seconds used so far by all its threads."""
        self._ask.send(None)
        return float(self._ask.recv())


def _report_and(answer: Connection, serve: Callable[..., None], *arguments: Any) -> None:
    def report() -> None:
        while True:
            answer.recv()
            answer.send(time.process_time())

    threading.Thread(target=report, daemon=True).start()
    serve(*arguments)


def echo(url: str, token: str) -> None:
    """What any aiogram bot does: long polling, one message back."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def _(message: Message) -> None:
        await message.answer(message.text or "")

    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    asyncio.run(dispatcher.start_polling(bot, handle_signals=False))


def desk(settings: dict[str, Any]) -> None:
    """The real program on the loop that `hq run` has; what it would send to other people waits in the outbox."""

    async def serve() -> None:
        made = Settings.model_validate(settings)
        async with running(made, clock=MovableClock(FIRST_DAY), scheduled=False) as app:
            app.db.on_commit.clear()
            spare_collector()
            await asyncio.Event().wait()

    uvloop.run(serve())
