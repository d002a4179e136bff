"""A full disk, and a database that another program holds: people write meanwhile, and all of it is done once there is room again."""

import asyncio
import contextlib
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

from bench.people import enrol
from bot.app import App, running
from bot.clock import MovableClock
from bot.config import Settings
from bot.demo.play import EXAMPLE, FIRST_DAY
from bot.operations import load_plan
from domain.people import Role
from playground import LocalTelegram, User
from storage.database import open_database
from storage.tally import facts_of_drafts
from storage.verify import verify

TOKEN = "42:LOCAL-BENCH-ONLY-AND-NEVER-A-SECRET"  # noqa: S105 - accepted by the local Telegram alone
SIZE = "8m"
HELD_SECONDS = 6.5
"""Longer than busy_timeout (5 s)."""
PATIENCE = 60.0
TEXTS = 10


@contextlib.contextmanager
def small_disk() -> Iterator[tuple[Path, str]]:
    """A folder on a file system of its own where this process may mount one; else a plain one. And which it is."""
    with tempfile.TemporaryDirectory(prefix="hq-disk-") as name:
        mounted = _tool("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", name)
        try:
            yield Path(name), "tmpfs" if mounted else "max_page_count"
        finally:
            if mounted:
                _tool("umount", name)


def _tool(name: str, *arguments: str) -> bool:
    path = shutil.which(name)
    if path is None:
        return False
    return subprocess.run([path, *arguments], capture_output=True, check=False).returncode == 0  # noqa: S603 - our own arguments


async def full_disk() -> dict[str, Any]:
    """People write while not a byte can be stored."""
    with small_disk() as (folder, kind):
        async with _headquarters(folder) as (app, telegram, people):
            filler = folder / "filler"
            if kind == "tmpfs":
                _fill(filler)
                again: Callable[[], object] = filler.unlink
            else:
                await _limit(app, 1)
                again = lambda: None  # noqa: E731 - the limit is lifted below
            found = await _write_meanwhile(app, telegram, people)
            again()
            if kind != "tmpfs":
                await _limit(app, 1_000_000)
            return {"disk": kind, **found, **await _afterwards(app, telegram, folder, people)}


async def held() -> dict[str, Any]:
    """People write while another program has the database for itself."""
    with tempfile.TemporaryDirectory(prefix="hq-held-") as name:
        folder = Path(name)
        async with _headquarters(folder) as (app, telegram, people):
            other = sqlite3.connect(folder / "hq.sqlite3", isolation_level=None)
            other.execute("BEGIN EXCLUSIVE")
            began = asyncio.get_running_loop().time()
            found = await _write_meanwhile(app, telegram, people)
            await asyncio.sleep(
                max(0, began + HELD_SECONDS - asyncio.get_running_loop().time())
            )  # the other program works
            other.execute("ROLLBACK")
            other.close()
            return {**found, **await _afterwards(app, telegram, folder, people)}


@contextlib.asynccontextmanager
async def _headquarters(folder: Path) -> AsyncIterator[tuple[App, LocalTelegram, list[User]]]:
    async with LocalTelegram(token=TOKEN) as telegram:
        values = {
            "telegram": {"token": TOKEN, "api_url": telegram.url, "poll_timeout": 20},
            "storage": {"url": _url(folder), "media_dir": folder / "media"},
            "pace": {"overall": 10_000, "per_chat": 10_000, "per_group_minute": 600_000},
        }
        settings = Settings.model_validate(values)
        telegram.world.clock.move_to(FIRST_DAY)
        await load_plan(settings, EXAMPLE, FIRST_DAY, apply=True)
        async with running(settings, clock=MovableClock(telegram.world.clock.now()), scheduled=False) as app:
            people = []
            for number in range(TEXTS):
                people.append(
                    telegram.world.add_user(2000 + number, f"Person {number}", language_code="en", started=True)
                )
                await enrol(app.db, people[-1], Role.VOLUNTEER, "kazan")
            yield app, telegram, people


def _url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/hq.sqlite3"


def _fill(path: Path) -> None:
    """Until not a byte more goes in."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for size in (65_536, 512, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"\0" * size)


async def _limit(app: App, pages: int) -> None:
    async with app.db._writer._aio.execute(f"PRAGMA max_page_count={pages}"):  # type: ignore[attr-defined]  # noqa: SLF001 - no file system of its own may be mounted here
        pass


async def _write_meanwhile(app: App, telegram: LocalTelegram, people: list[User]) -> dict[str, Any]:
    confirmed = telegram.world.confirmed_up_to
    for user in people:
        user.send(_text(user))
    async with asyncio.timeout(PATIENCE):
        while not app.db.trouble:  # noqa: ASYNC110 - sets no event
            await asyncio.sleep(0.01)
    status, facts = await app.health.health()
    return {
        "said": app.db.trouble,
        "health_meanwhile": status,
        "database_meanwhile": facts["database"],
        "confirmed_meanwhile": telegram.world.confirmed_up_to - confirmed,
    }


async def _afterwards(app: App, telegram: LocalTelegram, folder: Path, people: list[User]) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE):
        await app.settle(telegram.world.last_update_id)
    status, _ = await app.health.health()
    db = await open_database(_url(folder), migrate=False)
    texts, _ = await db.read(facts_of_drafts)
    await db.close()
    return {
        "health_afterwards": status,
        "lost": sum(texts.count(_text(user)) == 0 for user in people),
        "twice": sum(texts.count(_text(user)) > 1 for user in people),
        "unanswered": sum(_text(user)[:15] not in user.screen for user in people),
        "broken_invariants": len(await verify(_url(folder), None)),
    }


def _text(user: User) -> str:
    return f"A text of {user.user_id}." + " word" * 300
