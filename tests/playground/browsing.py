"""A page of the playground in headless Chromium, for tests of what a person sees there."""

from __future__ import annotations

import contextlib
import shutil
import struct
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from playground import LocalTelegram, World

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PATIENCE = 20.0
"""Seconds until something that should happen at once is given up: the machine may be busy."""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.asynccontextmanager
async def browsing(tg: LocalTelegram, path: str = "/", expected: str = "nothing", **context: Any) -> AsyncIterator[Any]:
    """A page that must end without an error but the `expected` one; `context` is playwright's (locale, viewport, …)."""
    playwright = pytest.importorskip("playwright.async_api")
    if CHROMIUM is None:
        pytest.skip("no browser is installed")
    playwright.expect.set_options(timeout=PATIENCE * 1000)
    options = {"locale": "en-US", "viewport": {"width": 1440, "height": 900}} | context
    problems: list[str] = []
    async with playwright.async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await (await browser.new_context(**options)).new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        await page.goto(f"{tg.url}{path}")
        await page.wait_for_selector(".phone, .empty")
        yield page
        await browser.close()
    assert [problem for problem in problems if expected not in problem] == []


def phone(page: Any, key: object) -> Any:
    """The phone of a person, or the window of a group through somebody's eyes ("-100@1001")."""
    return page.locator(f'[data-phone="{key}"]')


def box(phone: Any) -> Any:
    """Where one writes on a phone."""
    return phone.get_by_role("textbox", name="Message")


async def sent(world: World, text: str, chat_id: int = 1001) -> None:
    """Until somebody's message with that text has reached the world."""
    await world.until(lambda: any(m.body == text and not m.from_bot for m in world.chats[chat_id].messages), PATIENCE)


def png(width: int = 40, height: int = 30, shade: int = 120) -> bytes:
    """A small grey picture."""
    rows = (b"\0" + bytes([shade]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data) for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def wav(seconds: int = 2) -> bytes:
    """Silence as a recording."""
    data = b"\x80" * 8000 * seconds
    form = struct.pack("<4sIHHIIHH4sI", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8, b"data", len(data))
    return b"RIFF" + struct.pack("<I", 4 + len(form) + len(data)) + b"WAVE" + form + data
