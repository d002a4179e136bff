"""`/healthz`, `/readyz` and `/metrics` of a running headquarters."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import App, running
from bot.clock import MovableClock
from bot.config import Settings
from domain.notices import Notice
from playground import FaultKind, LocalTelegram
from storage.database import open_database
from tests.harness import START, TOKEN, settings_for
from tests.lines import Trouble, line_to

LATER = datetime(2100, 1, 1, tzinfo=UTC)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """What a monitoring system sees."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}"

    async def ask(self, path: str) -> tuple[int, Any]:
        async with aiohttp.ClientSession() as session, session.get(self._url + path) as response:
            kind = response.content_type
            return response.status, await (response.json() if kind == "application/json" else response.text())

    async def metrics(self) -> dict[tuple[str, tuple[str, ...]], float]:
        """By name and values of labels."""
        _, text = await self.ask("/metrics")
        return {
            (sample.name, tuple(sample.labels.values())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


def _settings(url: str, telegram: LocalTelegram, folder: Path, port: int, **more: Any) -> Settings:
    settings = settings_for(url, telegram, folder, web={"listen": f":{port}"})
    return settings.model_copy(update={"telegram": settings.telegram.model_copy(update={"poll_timeout": 1, **more})})


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram(token=TOKEN) as local:
        yield local


@pytest.fixture
async def at_work(sqlite_url: str, telegram: LocalTelegram, tmp_path: Path) -> AsyncIterator[tuple[App, Site]]:
    port = _free_port()
    settings = _settings(sqlite_url, telegram, tmp_path, port)
    async with running(settings, clock=MovableClock(START), scheduled=False) as app:
        yield app, Site(port)


async def test_a_running_headquarters_is_healthy_and_ready(at_work: tuple[App, Site]) -> None:
    _, site = at_work

    health, ready = await site.ask("/healthz"), await site.ask("/readyz")

    assert health[0] == 200
    assert health[1]["status"] == "ok"
    assert health[1]["database"] == "answers"
    assert health[1]["role"] == "holder"
    assert ready == (200, {"ready": True, "role": "holder"})


async def test_before_telegram_has_answered_it_is_alive_but_not_ready(
    sqlite_url: str, telegram: LocalTelegram, tmp_path: Path
) -> None:
    async with line_to(telegram.url) as line:
        line.fail(Trouble.BLACK_HOLE)
        port = _free_port()
        db = await open_database(sqlite_url, migrate=False)
        app = App(_settings(sqlite_url, telegram, tmp_path, port, api_url=line.url), db, scheduled=False)
        starting = asyncio.ensure_future(app.start())
        await line.failing.wait()  # its first question is on the way

        health, ready = await Site(port).ask("/healthz"), await Site(port).ask("/readyz")

        starting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await starting
        await app.stop()
        await db.close()
    assert (health[0], health[1]["role"]) == (200, "starting")
    assert ready == (503, {"ready": False, "role": "starting"})


async def test_without_its_database_it_is_neither_healthy_nor_ready_and_metrics_still_answer(
    at_work: tuple[App, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, site = at_work

    async def gone(*_: object) -> None:
        raise OSError("no such file")

    monkeypatch.setattr(app.db, "_read", gone)
    health, ready, metrics = await site.ask("/healthz"), await site.ask("/readyz"), await site.metrics()
    monkeypatch.undo()

    assert (health[0], health[1]["status"], health[1]["database"]) == (503, "failing", "does not answer")
    assert ready[0] == 503
    assert metrics["hq_lease_held", ()] == 1


async def test_metrics_count_updates_sends_and_what_waits(at_work: tuple[App, Site], telegram: LocalTelegram) -> None:
    app, site = at_work
    user = telegram.world.add_user(5001, "Anna", started=True)
    user.send("hello")
    await app.inbox.wait_idle(telegram.world.last_update_id)
    telegram.world.faults.add(FaultKind.FORBIDDEN, method="sendMessage")
    user.send("hello again")
    await app.inbox.wait_idle(telegram.world.last_update_id)

    await app.db.run(lambda uow: uow.outbox.add(Notice("resume", "person:1", LATER, "owed:1", chat_id=5001)))
    before = time.time()
    metrics = await site.metrics()

    assert metrics["hq_update_seconds_count", ()] == 2
    assert metrics["hq_requests_total", ("send", "ok")] == 1
    assert metrics["hq_requests_total", ("send", "forbidden")] == 1
    assert metrics["hq_requests_total", ("poll", "ok")] >= 1
    assert metrics["hq_outbox_notices", ("waiting",)] == 1
    assert metrics["hq_inbox_updates", ("new",)] == 1  # the second is tried again when the clock moves on
    assert before - 60 < metrics["hq_last_good_poll_timestamp_seconds", ()] <= time.time()
    assert metrics["hq_lease_held", ()] == 1
    assert ("hq_last_backup_timestamp_seconds", ()) not in metrics
    app.metrics.set_backup(1_790_000_000)
    assert (await site.metrics())["hq_last_backup_timestamp_seconds", ()] == 1_790_000_000
