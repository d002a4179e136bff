"""A running local Telegram, a real aiogram bot speaking to it over HTTP, and a small cast."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from playground import Clock, LocalTelegram, User, World

TOKEN = "42:TEST"
MORNING = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
async def tg() -> AsyncIterator[LocalTelegram]:
    """The local Telegram on a clock that stands still."""
    async with LocalTelegram(token=TOKEN, world=World(Clock(MORNING, running=False))) as running:
        yield running


@pytest.fixture
async def bot(tg: LocalTelegram) -> AsyncIterator[Bot]:
    """A bot of a program that knows nothing of the playground."""
    async with Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(tg.url))) as client:
        yield client


@pytest.fixture
def anna(tg: LocalTelegram) -> User:
    """Somebody who has pressed START."""
    return tg.world.add_user(1001, "Анна", started=True)
