"""Polling comes back by itself after any trouble on the line; when Telegram stays silent the program ends with an error."""

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from structlog.testing import capture_logs

from bot.app import App, running
from bot.client import PatientSession
from bot.config import Settings
from bot.config_sections import Telegram
from bot.health import LATE_SECONDS, Health, TelegramSilent
from bot.inbox import OTHER_PROGRAM
from bot.metrics import Metrics
from bot.supervisor import LONGEST_PAUSE, Supervisor
from playground import FaultKind, LocalTelegram
from storage.database import open_database
from tests.cli.conftest import Terminal
from tests.harness import settings_for
from tests.lines import Trouble, line_to

pytestmark = pytest.mark.slow  # each story starts the program anew


def _impatient(url: str, telegram: LocalTelegram, folder: Path, api_url: str, **more: Any) -> Settings:
    settings = settings_for(url, telegram, folder)
    short = {"api_url": api_url, "poll_timeout": 1, "patience": 0.5, **more}
    return settings.model_copy(update={"telegram": settings.telegram.model_copy(update=short)})


async def _hears(app: App, telegram: LocalTelegram) -> None:
    """Somebody writes; it arrives."""
    telegram.world.add_user(5001, "Anna", started=True).send("Is anybody there?")
    async with asyncio.timeout(60):
        await app.inbox.wait_idle(telegram.world.last_update_id)


@pytest.mark.parametrize("trouble", Trouble)
async def test_polling_is_back_after_a_black_hole_and_after_resets(
    trouble: Trouble, sqlite_url: str, telegram: LocalTelegram, tmp_path: Path
) -> None:
    async with (
        line_to(telegram.url) as line,
        running(_impatient(sqlite_url, telegram, tmp_path, line.url), scheduled=False) as app,
    ):
        line.fail(trouble, times=2)  # the poll that is under way gets no answer either: it died without a sound
        await _hears(app, telegram)

        assert line.failed == 2


async def test_a_second_program_with_the_same_token_is_named_in_the_log_and_outlived(
    sqlite_url: str, telegram: LocalTelegram, tmp_path: Path
) -> None:
    telegram.world.faults.add(FaultKind.CONFLICT, method="getUpdates")
    with capture_logs() as logs:
        async with running(_impatient(sqlite_url, telegram, tmp_path, telegram.url), scheduled=False) as app:
            await _hears(app, telegram)

    assert [line["event"] for line in logs].count(OTHER_PROGRAM) == 1


class _Names(AbstractResolver):
    """Knows where the local Telegram is, except while `lost`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.lost = 0
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        if self.lost:
            self.lost -= 1
            raise OSError("Temporary failure in name resolution")
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port or self.port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        pass


async def test_polling_is_back_after_names_could_not_be_looked_up(
    sqlite_url: str, telegram: LocalTelegram, tmp_path: Path
) -> None:
    async with line_to(telegram.url) as line:
        port = int(line.url.rpartition(":")[2])
        names = _Names(port)
        settings = _impatient(sqlite_url, telegram, tmp_path, f"http://telegram.example:{port}")
        db = await open_database(settings.storage.url, migrate=False)
        app = App(settings, db, scheduled=False)
        assert isinstance(app.bot.session, PatientSession)
        app.bot.session._connector_init["resolver"] = names
        await app.start()
        known = names.asked

        names.lost = 2
        line.fail(Trouble.RESET, times=1)  # the connection breaks, and the address is looked up anew
        await _hears(app, telegram)

        assert names.lost == 0
        assert names.asked >= known + 3
        await app.stop()
        await db.close()


def test_the_longest_way_back_is_within_the_promise() -> None:
    """A request that fell into a black hole ends, the supervisor pauses, the next is good."""
    limit = next(m.le for m in Telegram.model_fields["poll_timeout"].metadata if hasattr(m, "le"))
    assert Telegram.model_fields["patience"].default + limit + LONGEST_PAUSE <= LATE_SECONDS


async def test_a_child_that_returns_or_is_cancelled_from_inside_starts_again() -> None:
    supervisor, lives, third = Supervisor(), 0, asyncio.Event()

    async def child() -> None:
        nonlocal lives
        lives += 1
        if lives == 1:
            return
        if lives == 2:
            raise asyncio.CancelledError
        third.set()
        await asyncio.Event().wait()

    supervisor.start("child", child)
    async with asyncio.timeout(60):
        await third.wait()
    await supervisor.stop()

    assert lives == 3


class _Uptime:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


async def _fine() -> None:
    pass


async def test_after_five_minutes_of_silence_health_says_so_and_the_verdict_is_an_error() -> None:
    time, supervisor, working = _Uptime(), Supervisor(), True
    health = Health(Metrics(), give_up=300, database=_fine, working=lambda: working, uptime=time)
    health.ready = True
    health.good_answer("poll")

    time.now += 91
    health.good_answer("send")  # sending works: that does not show that updates arrive
    late = await health.health()
    time.now += 210
    failing = await health.health()
    supervisor.start("watch", lambda: health.watch(supervisor.end))
    async with asyncio.timeout(10):
        await supervisor.ended.wait()
    await supervisor.stop()
    working = False
    follower = await health.health()

    assert (late[0], late[1]["status"]) == (200, "late")
    assert (failing[0], failing[1]["status"]) == (503, "failing")
    assert isinstance(supervisor.verdict, TelegramSilent)
    assert (follower[0], follower[1]["role"]) == (200, "follower")  # somebody else listens


async def test_the_process_ends_with_an_error_when_telegram_stays_silent(
    terminal: Terminal, telegram: LocalTelegram
) -> None:
    async with line_to(telegram.url) as line:
        terminal.connect(telegram)
        process = await terminal.start(
            "run",
            HQ_TELEGRAM__API_URL=line.url,
            HQ_TELEGRAM__POLL_TIMEOUT="1",
            HQ_TELEGRAM__PATIENCE="0.5",
            HQ_TELEGRAM__GIVE_UP_AFTER="2",
        )
        assert process.stderr is not None
        async with asyncio.timeout(60):
            while b"headquarters is running" not in (said := await process.stderr.readline()):
                assert said, "hq run ended before it was up"
            line.fail(Trouble.BLACK_HOLE)
            _, said = await process.communicate()

    assert process.returncode == 1
    assert b"no good answer from Telegram" in said.splitlines()[-1]
    assert not (terminal.folder / "var" / "hq.control").exists()
