"""Taking one backup, the same for `hq backup` and for the process of its own that `hq run` starts each night.

`python -m bot.backup` reads an order as JSON from standard input (an address with its password belongs into no list of processes).
"""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from bot.config import ConfigError, Settings
from storage.backup import Made, make, rotate
from storage.sealed import read_key

NICE = 10
"""The nightly backup waits for the bot, not the bot for the backup."""


@dataclass(frozen=True)
class Order:
    """`daily`, `weekly`: how many stay; None: nothing is deleted."""

    url: str
    media: str
    folder: str
    key_file: str
    daily: int | None
    weekly: int | None

    @classmethod
    def of(cls, settings: Settings, to: Path | None = None, key: Path | None = None) -> Self:
        """As configured; a folder named for once is not tidied up. `ConfigError` without a key."""
        backup, key_file = settings.backup, key or settings.backup.key_file
        if key_file is None:
            raise ConfigError("backup.key_file: is not set (hq backup --new-key FILE makes a key)")
        rotated = to is None
        return cls(
            settings.storage.url,
            str(settings.storage.media_dir),
            str(to or backup.folder),
            str(key_file),
            backup.keep_daily if rotated else None,
            backup.keep_weekly if rotated else None,
        )


async def take(order: Order, now: datetime) -> Made:
    """One backup, tried out; then the folder is tidied up."""
    made = await make(order.url, Path(order.media), Path(order.folder), read_key(Path(order.key_file)), now=now)
    if order.daily is not None and order.weekly is not None:
        rotate(Path(order.folder), daily=order.daily, weekly=order.weekly, now=now)
    return made


def said(made: Made) -> dict[str, Any]:
    """As JSON."""
    problems = [{"name": problem.name, "text": problem.text} for problem in made.problems]
    return {**vars(made), "path": str(made.path), "problems": problems}


def main() -> None:
    """Prints what was made or why nothing was; the exit code is 0 either way: the answer is the JSON."""
    os.nice(NICE)
    order = json.load(sys.stdin)
    now = datetime.fromisoformat(order.pop("now")).astimezone(UTC)
    try:
        answer = said(asyncio.run(take(Order(**order), now)))
    except Exception as error:  # noqa: BLE001 - told to the program that asked
        answer = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
