"""What one approval costs the database.

    python -m bench.approve --presses 40 --json -

Drafts are submitted through the chat, then a press secretary presses Approve on each; printed is the dearest press.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.people import buttons, enrol
from bench.printed import put
from bot.app import App, running
from bot.clock import MovableClock
from bot.config import Settings
from bot.demo.play import EXAMPLE, FIRST_DAY
from bot.logs import configure
from bot.operations import load_plan
from domain.pages import page_key
from domain.people import EVERYWHERE, Role
from playground import LocalTelegram, User

TOKEN = "42:LOCAL-BENCH-ONLY-AND-NEVER-A-SECRET"  # noqa: S105 - accepted by the local Telegram alone
TRANSACTIONS, STATEMENTS = 2, 8
"""The promise of DESIGN §2 for a tap."""


async def approve(presses: int) -> dict[str, Any]:
    """Press Approve so often; returns the largest and the mean cost of a press."""
    with tempfile.TemporaryDirectory(prefix="hq-bench-") as folder:
        async with LocalTelegram(token=TOKEN) as telegram:
            settings = _settings(telegram, Path(folder))
            await load_plan(settings, EXAMPLE, FIRST_DAY, apply=True)
            async with running(settings, clock=MovableClock(FIRST_DAY), scheduled=False) as app:
                return await _press(app, telegram, presses)


def _settings(telegram: LocalTelegram, folder: Path) -> Settings:
    values = {
        "telegram": {"token": TOKEN, "api_url": telegram.url},
        "storage": {"url": f"sqlite+aiosqlite:///{folder}/hq.sqlite3", "media_dir": folder / "media"},
        "pace": {"overall": 10_000, "per_chat": 10_000, "per_group_minute": 600_000},
    }
    return Settings.model_validate(values)


async def _press(app: App, telegram: LocalTelegram, presses: int) -> dict[str, Any]:
    author = telegram.world.add_user(3001, "Author", language_code="en", started=True)
    press = telegram.world.add_user(3002, "Press", language_code="en", started=True)
    await enrol(app.db, author, Role.VOLUNTEER, "kazan")
    await enrol(app.db, press, Role.PRESS_SECRETARY, EVERYWHERE)
    for number in range(presses):
        await _submit(app, telegram, author, f"text {number}")
    await _act(app, telegram, press.press("Open"))
    costs = []
    for _ in range(presses):
        await _act(app, telegram, press.press(data=_first(press, "a:ok:")))
        costs.append(app.inbox.costs[-1])
        await _act(app, telegram, press.press(data=_first(press, "a:next:")))
    return {
        "presses": presses,
        "transactions_max": max(cost.transactions for cost in costs),
        "statements_max": max(cost.statements for cost in costs),
        "statements_mean": round(sum(cost.statements for cost in costs) / presses, 2),
        "telegram_violations": len(telegram.world.violations),
    }


async def _submit(app: App, telegram: LocalTelegram, author: User, text: str) -> None:
    await _act(app, telegram, author.send(text))
    page = page_key("vk-kazan")
    await _act(
        app,
        telegram,
        author.press(data=next(d for d in buttons(author) if d.startswith("d:page:") and d.endswith(page))),
    )
    await _act(app, telegram, author.press(data=_first(author, "d:submit:")))


def _first(user: User, prefix: str) -> str:
    return next(data for data in buttons(user) if data.startswith(prefix))


async def _act(app: App, telegram: LocalTelegram, update_id: int) -> None:
    await app.settle(max(update_id, telegram.world.last_update_id))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.approve")
    parser.add_argument("--presses", type=int, default=40)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    configure(level=logging.WARNING)  # standard output is for the JSON
    result = asyncio.run(approve(options.presses))
    put(result, options.json)
    return int(result["transactions_max"] > TRANSACTIONS or result["statements_max"] > STATEMENTS)


if __name__ == "__main__":
    sys.exit(main())
