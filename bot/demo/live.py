"""`make demo`: the cast's phones in a browser, and a clock that a person moves."""

import asyncio
import contextlib
import signal
import sys
import tempfile
import webbrowser
from datetime import datetime, time
from pathlib import Path

from bot.demo.play import Company, company
from bot.demo.stage import TOKEN
from bot.demo.tour import CAPTIONS, TOUR
from playground import LocalTelegram

PORT = 8086
HEARTBEAT = 0.5
"""Seconds between two looks at the page's clock."""
_START = time(8, 5)
"""Of the first day: the cast is awake, the first windows of the pages are still ahead."""


async def live(port: int = PORT) -> None:
    """Serve until Ctrl-C (or SIGTERM); the bot's process ends with it and nothing is left behind."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    with tempfile.TemporaryDirectory(prefix="hq-demo-") as folder:
        async with await _telegram(port) as telegram:
            telegram.world.clock.freeze()
            print("Setting the stage: the example campaign, and six people who join …", file=sys.stderr)  # noqa: T201 - a command's output
            async with company(telegram, Path(folder)) as made:
                made.stage.world.clock.move_to(_first_morning(made))
                await made.stage.catch_up()
                _add_to_page(telegram, made)
                telegram.world.clock.run()
                _announce(telegram.url)
                await _keep_time(made, ended)


async def _telegram(port: int) -> LocalTelegram:
    """On the usual port, or on any that is free."""
    telegram = LocalTelegram(token=TOKEN, port=port)
    try:
        probe = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", port)
    except OSError:
        return LocalTelegram(token=TOKEN)
    probe.close()
    await probe.wait_closed()
    return telegram


def _first_morning(made: Company) -> datetime:
    return made.people["Вера"].at(_START)


def _add_to_page(telegram: LocalTelegram, made: Company) -> None:
    async def next_due() -> datetime | None:
        return await made.stage.next_due()

    async def tomorrow() -> datetime | None:
        return made.people["Вера"].at(_START, day=1)

    telegram.moments["next_due"] = next_due
    telegram.moments["tomorrow"] = tomorrow
    telegram.hooks.moment_labels["next_due"] = {"en": "to the next due moment", "ru": "к ближайшему делу"}
    telegram.hooks.moment_labels["tomorrow"] = {"en": "to tomorrow morning", "ru": "к завтрашнему утру"}
    telegram.hooks.tour.extend(TOUR)
    telegram.hooks.captions.update(CAPTIONS)
    telegram.hooks.zone = "Europe/Moscow"  # where most of the cast and headquarters are


def _announce(url: str) -> None:
    print(f"\n  Headquarters is live. Their phones: {url}/\n  Ctrl-C ends it; nothing is kept.\n")  # noqa: T201 - a command's output
    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(f"{url}/")


async def _keep_time(made: Company, ended: asyncio.Event) -> None:
    """The bot follows the page's clock, through every due moment on the way."""
    while not ended.is_set():
        await made.stage.catch_up()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), HEARTBEAT)
