"""How fast the local Telegram is: echo messages a second, with all its checks and without.

    python -m bench.echo --messages 2000 --json -

A plain aiogram bot in a process of its own polls over real HTTP and sends every text back. Printed is the best of some
rounds, because other programs share the machine; `checks_cost_ratio` compares the processor time of the server, which
they disturb least (1.0: the checks cost nothing).
"""

import argparse
import asyncio
import logging
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bench.printed import put
from playground import LocalTelegram

TOKEN = "42:LOCAL-BENCH-ONLY-AND-NEVER-A-SECRET"  # noqa: S105 - accepted by the local Telegram alone
PEOPLE = 20
WARM_UP = 200
PATIENCE = 120.0
"""Real seconds that a round may take at most."""
BAR = 500
"""Messages a second that are promised with all checks on."""


async def measure(messages: int, *, checks: bool) -> dict[str, Any]:
    """One round: the rate, and what the checks found."""
    async with LocalTelegram(token=TOKEN, checks=checks) as telegram:
        for number in range(PEOPLE):
            telegram.world.add_user(1001 + number, f"Person {number}", started=True)
        async with _bot(telegram.url):
            await _echoed(telegram, WARM_UP, "warm")
            processor = time.process_time()
            seconds = await _echoed(telegram, messages, "text")
            processor = time.process_time() - processor
        return {
            "rate": messages / seconds,
            "server_ms": processor / messages * 1000,
            "violations": len(telegram.world.violations),
        }


@asynccontextmanager
async def _bot(url: str) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.echo", "--bot", url)
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def _echoed(telegram: LocalTelegram, messages: int, word: str) -> float:
    """Everybody writes at once; seconds until the last echo is there."""
    world = telegram.world
    people = list(world.users.values())
    before = sum(len(person.chat.by_id) for person in people)
    wanted = before + 2 * messages
    started = time.perf_counter()
    for number in range(messages):
        people[number % len(people)].send(f"{word} {number}")
    await world.until(lambda: sum(len(person.chat.by_id) for person in people) >= wanted, PATIENCE)
    return time.perf_counter() - started


async def echo(url: str) -> None:
    """The plain bot: it knows nothing of where it runs."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    logging.basicConfig(level=logging.ERROR)
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> None:
        await message.answer(message.text or "")

    async with Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url))) as bot:
        await dispatcher.start_polling(bot, polling_timeout=5)


async def compare(messages: int, rounds: int) -> dict[str, Any]:
    """Rounds with and without checks in turn; the best of each."""
    checked = [await measure(messages, checks=True)]
    unchecked = [await measure(messages, checks=False)]
    for _ in range(rounds - 1):
        checked.append(await measure(messages, checks=True))
        unchecked.append(await measure(messages, checks=False))
    best, best_unchecked = (max(result["rate"] for result in results) for results in (checked, unchecked))
    cost, cost_unchecked = (min(result["server_ms"] for result in results) for results in (checked, unchecked))
    return {
        "messages": messages,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "messages_per_second": round(best, 1),
        "messages_per_second_unchecked": round(best_unchecked, 1),
        "messages_per_second_each_round": [round(result["rate"], 1) for result in checked],
        "server_ms_per_message": round(cost, 3),
        "server_ms_per_message_unchecked": round(cost_unchecked, 3),
        "checks_cost_ratio": round(cost / cost_unchecked, 3),
        "violations": sum(result["violations"] for result in checked),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.echo")
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", default="-", metavar="FILE")
    parser.add_argument("--bot", metavar="URL", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bot:
        asyncio.run(echo(options.bot))
        return 0
    result = asyncio.run(compare(options.messages, options.rounds))
    put(result, options.json)
    return int(result["messages_per_second"] < BAR or result["violations"] > 0)


if __name__ == "__main__":
    sys.exit(main())
