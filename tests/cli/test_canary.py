"""A token and a text that must appear nowhere: not in logs, metrics, health answers or tracebacks, whatever fails."""

import asyncio
import json
import socket
import sqlite3
from pathlib import Path

import aiohttp
import pytest

from bench.people import enrol
from domain.people import EVERYWHERE, Role
from playground import FaultKind, LocalTelegram, User
from storage.database import open_database
from tests.cli.conftest import Terminal

TOKEN = "42:CANARYTOKENxxxxxxxxxxxxxxxxxxxxxxxxxx"
TEXT = "canarytext о встрече с жителями"
WORD = "canarytext"
PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _say(user: User, terminal: Terminal, picture: bytes = b"") -> None:
    """Write, and wait until everything written was handled or has failed."""
    last = user.send_photo(picture, TEXT) if picture else user.send(TEXT)
    async with asyncio.timeout(60):
        while not _handled(terminal, last):  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.05)


def _handled(terminal: Terminal, last: int) -> bool:
    with sqlite3.connect(f"file:{terminal.folder / 'var' / 'hq.sqlite3'}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT update_id, status, attempts FROM inbox").fetchall()
    return any(number == last for number, _, _ in rows) and all(
        status in {"shown", "aside"} or attempts for _, status, attempts in rows
    )


async def _ask(port: int) -> str:
    answers = []
    async with aiohttp.ClientSession() as session:
        for path in ("/healthz", "/readyz", "/metrics"):
            async with session.get(f"http://127.0.0.1:{port}{path}") as response:
                answers.append(f"{response.headers}{await response.text()}")
    return "\n".join(answers)


@pytest.mark.slow
async def test_the_canary_token_and_text_are_seen_nowhere_whatever_fails(terminal: Terminal) -> None:
    port = _free_port()
    async with LocalTelegram(token=TOKEN) as telegram:
        terminal.env |= {
            "HQ_TELEGRAM__TOKEN": TOKEN,
            "HQ_TELEGRAM__API_URL": telegram.url,
            "HQ_TELEGRAM__POLL_TIMEOUT": "1",
            "HQ_WEB__LISTEN": f"127.0.0.1:{port}",
        }
        author = telegram.world.add_user(5001, "Author", language_code="en", started=True)
        db = await open_database(f"sqlite+aiosqlite:///{terminal.folder}/var/hq.sqlite3")
        await enrol(db, author, Role.VOLUNTEER, EVERYWHERE)
        await db.close()
        process = await terminal.start("run")
        assert process.stderr is not None
        log: list[bytes] = []
        async with asyncio.timeout(60):
            while not log or b"headquarters is running" not in log[-1]:
                log.append(await process.stderr.readline())
        reading = asyncio.ensure_future(process.stderr.read())

        await _say(author, terminal)
        faults = telegram.world.faults
        for kind in (FaultKind.FORBIDDEN, FaultKind.SERVER_ERROR, FaultKind.BAD_GATEWAY_HTML, FaultKind.DISCONNECT):
            faults.add(kind, method="sendMessage")
            faults.add(kind, method="getUpdates")
            await _say(author, terminal)
        for kind in (FaultKind.SERVER_ERROR, FaultKind.DISCONNECT):  # a file's address carries the token
            faults.add(kind, method="getFile")
            await _say(author, terminal, picture=PICTURE)
        _break_the_database(terminal)
        await _say(author, terminal)
        seen = await _ask(port)
        process.terminate()
        async with asyncio.timeout(15):
            log.append(await reading)
            await process.wait()

    written = b"".join(log).decode()
    assert "update failed" in written  # something did fail
    for line in written.splitlines():
        json.loads(line)  # a traceback or a library's own line would not be JSON
    for where in (written, seen):
        assert WORD not in where
        assert "CANARYTOKEN" not in where
    held = [path.name for path in _files(terminal) if b"CANARYTOKEN" in path.read_bytes()]
    assert held == [], "neither the database, its journal, media nor backups know the token"
    failed = [json.loads(line) for line in written.splitlines() if "update failed" in line]
    assert all({"update", "person"} <= set(line) for line in failed)


def _files(terminal: Terminal) -> list[Path]:
    found = [path for path in terminal.folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".sqlite3" for path in found)
    return found


def _break_the_database(terminal: Terminal) -> None:
    """From now on storing a text fails with an error that quotes it."""
    with sqlite3.connect(terminal.folder / "var" / "hq.sqlite3", timeout=30) as connection:
        stored = connection.execute("SELECT count(*) FROM content WHERE text = ?", [TEXT]).fetchone()[0]
        assert stored > 0
        connection.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON content BEGIN SELECT json_extract('{}', NEW.text); END"
        )
        with pytest.raises(sqlite3.OperationalError, match=WORD):
            connection.execute("SELECT json_extract('{}', ?)", [TEXT])
