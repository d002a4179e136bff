"""A stand-in for Telegram inside the process: the local Telegram's own rate profile, on the loop's clock, behind aiogram's own session."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod

from playground.errors import ApiError
from playground.pace import Pace, Profile, Rates

JITTER = 0.2
"""Each way takes this much more or less than half of the delay."""


@dataclass(frozen=True)
class Arrived:
    """One request that was let through, and when (the loop's clock)."""

    at: float
    method: str
    chat: int
    text: str


class StandIn(BaseSession):
    """Counts like the local Telegram with the strict profile; answers after `delay` seconds; 429s are read by aiogram itself."""

    def __init__(self, delay: float, rates: Rates, seed: int = 1) -> None:
        super().__init__()
        self._delay = delay
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._message_id = 0
        loop = asyncio.get_running_loop()
        self.pace = Pace(Profile.STRICT, rates, now=loop.time)
        self.arrived: list[Arrived] = []
        self._more = asyncio.Event()

    async def find(self, is_it: Callable[[Arrived], bool]) -> Arrived:
        """The first such request, of those that have arrived or will."""
        looked = 0
        while True:
            for found in self.arrived[looked:]:
                if is_it(found):
                    return found
            looked = len(self.arrived)
            self._more.clear()
            await self._more.wait()

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ARG002, ASYNC109 - aiogram's signature
        await self._travel()
        status, answer = self._answer(method)
        await self._travel()
        return self.check_response(bot, method, status, json.dumps(answer)).result

    async def _travel(self) -> None:
        await asyncio.sleep(self._delay / 2 * self._chance.uniform(1 - JITTER, 1 + JITTER))

    def _answer(self, method: TelegramMethod[Any]) -> tuple[int, dict[str, Any]]:
        chat, name = int(getattr(method, "chat_id", 0)), method.__api_method__
        try:
            self.pace.admit(name, chat)
        except ApiError as error:
            refusal = {"error_code": error.code, "description": error.description, "parameters": error.parameters}
            return error.code, {"ok": False, **refusal}
        text = str(getattr(method, "text", ""))
        self.arrived.append(Arrived(asyncio.get_running_loop().time(), name, chat, text))
        self._more.set()
        if name.startswith("delete"):
            return 200, {"ok": True, "result": True}
        self._message_id += 1
        message_id = getattr(method, "message_id", None) or self._message_id
        place = {"id": chat, "type": "private", "first_name": "x"}
        return 200, {"ok": True, "result": {"message_id": message_id, "date": 1, "chat": place, "text": text}}

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:  # noqa: ARG002 - aiogram's signature
        raise NotImplementedError
        yield b""

    async def close(self) -> None:
        """Nothing to close."""
