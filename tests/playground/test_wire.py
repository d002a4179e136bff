"""The wire log: what is kept of each request, in memory and in a file."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.types import BufferedInputFile, InputMediaPhoto

from playground import LocalTelegram

CANARY = "42:CANARY-that-must-not-be-written"


def lines(path: Path) -> list[dict[str, Any]]:
    """The log as objects."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


async def test_every_request_becomes_one_self_contained_line(tmp_path: Path) -> None:
    """Method, parameters without the bytes of files, fate and what it made; never the token."""
    log = tmp_path / "wire.jsonl"
    async with LocalTelegram(CANARY, wire_log=log) as tg:
        tg.world.add_user(1001, "Anna", started=True)
        async with Bot(CANARY, session=AiohttpSession(api=TelegramAPIServer.from_base(tg.url))) as bot:
            sent = await bot.send_message(1001, f"<b>hello</b> {CANARY}", parse_mode="HTML")
            await bot.send_document(1001, BufferedInputFile(b"secret bytes", "a.csv"))
            album = [InputMediaPhoto(media=BufferedInputFile(b"picture", "a.png")) for _ in range(2)]
            pictures = await bot.send_media_group(1001, [*album])
            with pytest.raises(TelegramBadRequest):
                await bot.send_message(7, "x")
            tg.world.faults.add("reply-lost", method="sendMessage")
            with pytest.raises(TelegramNetworkError):
                await bot.send_message(1001, "lost")
    text, document, media, refused, lost = lines(log)

    assert CANARY not in log.read_text("utf-8")
    assert list(text) == ["at", "method", "params", "status", "description", "duration_ms", "fault", "result"]
    assert (text["method"], text["status"], text["fault"]) == ("sendMessage", 200, None)
    assert text["params"] == {"chat_id": 1001, "text": "<b>hello</b> <token>", "parse_mode": "HTML"}
    assert text["result"] == {"message_id": sent.message_id, "chat_id": 1001}
    assert text["duration_ms"] > 0
    assert document["params"]["document"] == "<a.csv, 12 bytes>"
    assert [item["media"] for item in media["params"]["media"]] == ["<a.png, 7 bytes>"] * 2
    assert [item["message_id"] for item in media["result"]] == [message.message_id for message in pictures]
    assert (refused["status"], refused["description"]) == (400, "Bad Request: chat not found")
    assert (lost["status"], lost["fault"]) == (0, "reply-lost")
    assert "secret bytes" not in log.read_text("utf-8")


async def test_a_longer_log_is_added_to(tmp_path: Path) -> None:
    """A restarted server goes on in the same file."""
    log = tmp_path / "wire.jsonl"
    for _ in range(2):
        async with (
            LocalTelegram("42:TEST", wire_log=log) as tg,
            Bot("42:TEST", session=AiohttpSession(api=TelegramAPIServer.from_base(tg.url))) as bot,
        ):
            await bot.get_me()

    assert [line["method"] for line in lines(log)] == ["getMe", "getMe"]


@pytest.mark.slow
async def test_the_stand_alone_server_writes_the_log(tmp_path: Path) -> None:
    """`python -m playground serve --wire-log FILE`, with the promised cast; each line is there at once."""
    log = tmp_path / "wire.jsonl"
    command = [sys.executable, "-m", "playground", "serve", "--port", "0", "--token", CANARY, "--wire-log", str(log)]
    server = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        assert server.stdout is not None
        url = (await asyncio.wait_for(server.stdout.readline(), 30)).decode().split()[-1]
        assert url.startswith("http://127.0.0.1:"), url
        fates = []
        async with aiohttp.ClientSession() as http:
            for chat_id in (1001, 1002, 1003, -1001001, -1001002):
                body = {"chat_id": chat_id, "text": "x"}
                async with http.post(f"{url}/bot{CANARY}/sendMessage", json=body) as answer:
                    fates.append((await answer.json()).get("description", "ok"))
    finally:
        server.terminate()  # a SIGINT would be ignored where the tests themselves run in the background
        await server.wait()

    assert fates == ["ok", "Bad Request: chat not found", "Forbidden: bot was blocked by the user", "ok", "ok"]
    assert [line["status"] for line in lines(log)] == [200, 400, 403, 200, 200]
    assert CANARY not in log.read_text("utf-8")
