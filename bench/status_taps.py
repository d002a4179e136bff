"""Ordinary taps while the month pack is made: the real program on a big database, a press secretary who goes through the queue."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import uvloop

from bench.desk_side import Side
from bench.status_stage import ACCOUNT, PRESS
from bot.app import running
from bot.clock import MovableClock
from bot.config import Settings
from bot.export_work import Order, in_a_process
from bot.running import spare_collector
from playground import LocalTelegram, User
from playground.model import Message

TOKEN = "42:LOCAL-BENCH-ONLY-AND-NEVER-A-SECRET"  # noqa: S105 - accepted by the local Telegram alone
WARM_UP, TURN = 20, 40
"""Taps before anything is measured, and in a turn without a pack."""
CARDS = 12
"""Cards that are gone through again and again."""
WAIT = 90.0
"""Seconds of patience with a process that is just starting."""


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


async def packing(path: Path, now: datetime, pack: dict[str, Any], rounds: int) -> dict[str, Any]:
    """Taps alone, then with a pack in the making, and again. Milliseconds of taps, seconds of packs."""
    async with LocalTelegram(token=TOKEN) as telegram:
        settings = {
            "telegram": {"token": TOKEN, "api_url": telegram.url},
            "storage": {"url": f"sqlite+aiosqlite:///{path}", "media_dir": f"{path.parent}/media"},
            "pace": {"overall": 10_000, "per_chat": 10_000, "per_group_minute": 600_000},
        }
        press = telegram.world.add_user(ACCOUNT + PRESS, "Press", language_code="ru", started=True)
        ours, theirs = get_context("spawn").Pipe()
        with Side(serve, settings, now, pack, theirs):
            cards = await _cards(telegram, press)
            alone: list[float] = []
            beside: list[float] = []
            packs: list[tuple[float, int]] = []
            await _taps(telegram, press, cards, WARM_UP)
            for _ in range(rounds):
                alone += await _taps(telegram, press, cards, TURN)
                ours.send("pack")
                while not ours.poll():
                    beside += await _taps(telegram, press, cards, 1)
                packs.append(ours.recv())
        violations = len(telegram.world.violations)
    return {
        "packs": rounds,
        "pack_seconds": round(max(seconds for seconds, _ in packs), 2),
        "pack_kb": packs[-1][1] // 1024,
        "taps_alone": len(alone),
        "taps_while_packing": len(beside),
        "tap_p50_ms": round(1000 * statistics.median(alone), 2),
        "tap_p95_ms": round(1000 * p95(alone), 2),
        "tap_p50_ms_while_packing": round(1000 * statistics.median(beside), 2),
        "tap_p95_ms_while_packing": round(1000 * p95(beside), 2),
        "tap_p95_ratio_while_packing": round(p95(beside) / p95(alone), 2),
        "telegram_violations": violations,
    }


def serve(settings: dict[str, Any], now: datetime, pack: dict[str, Any], orders: Connection) -> None:
    """The program as it runs, deliveries apart; "pack" over the pipe makes one as a tap on it does: off the loop."""

    async def make() -> None:
        began = time.perf_counter()
        made = await in_a_process(Order(**pack))
        orders.send((time.perf_counter() - began, made.size))

    async def run() -> None:
        working: set[asyncio.Task[None]] = set()

        def ordered() -> None:
            orders.recv()
            task = asyncio.create_task(make())
            working.add(task)
            task.add_done_callback(working.discard)

        made = Settings.model_validate(settings)
        async with running(made, clock=MovableClock(now), scheduled=False) as app:
            app.db.on_commit.clear()
            spare_collector()
            asyncio.get_running_loop().add_reader(orders.fileno(), ordered)
            await asyncio.Event().wait()

    uvloop.run(run())


async def _cards(telegram: LocalTelegram, press: User) -> list[Message]:
    cards = [await _card(telegram, press, lambda: press.send("/queue"))]
    while len(cards) < CARDS:
        cards.append(await _next(telegram, press, cards[-1]))
    return cards


async def _taps(telegram: LocalTelegram, press: User, cards: Sequence[Message], count: int) -> list[float]:
    """Seconds from the press until the next card is there and the press is answered."""
    taken = []
    for n in range(count):
        began = time.perf_counter()
        await _next(telegram, press, cards[n % CARDS])
        taken.append(time.perf_counter() - began)
    return taken


async def _next(telegram: LocalTelegram, press: User, card: Message) -> Message:
    number = next(data for data in _data(card) if data.startswith("a:ok:")).split(":")[2]
    return await _card(telegram, press, lambda: press.press_raw(card, f"a:next:{number}:0:"))


async def _card(telegram: LocalTelegram, press: User, act: Any) -> Message:
    newest = max((message.message_id for message in press.chat.messages), default=0)
    act()

    def come() -> list[Message]:
        new = [message for message in press.chat.messages if message.message_id > newest]
        return [message for message in new if any(data.startswith("a:ok:") for data in _data(message))]

    await telegram.world.until(lambda: bool(come()) and not telegram.world.unanswered(), WAIT)
    return come()[-1]


def _data(message: Message) -> list[str]:
    return [button.data for button in message.all_buttons() if button.data]
