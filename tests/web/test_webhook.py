"""The webhook: who is let in, what is answered, and the whole bot behind it."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import ValidationError

from bot.config import ConfigError, Settings, ensure_webhook
from domain.people import Role
from tests.harness import Headquarters, headquarters
from tests.inboxes import text_of
from web import webhook
from web.app import make_app, serve
from web.webhook import LARGEST_BODY, SECRET_HEADER, add_webhook

SECRET = "a-Secret_of-256"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Door:
    """A webhook of its own and what came through it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.stored: list[bytes] = []
        self.error: Exception | None = None

    async def store(self, body: bytes) -> None:
        if self.error is not None:
            raise self.error
        self.stored.append(body)

    async def post(self, body: bytes = b"{}", secret: str | None = SECRET, path: str = "/tg") -> aiohttp.ClientResponse:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with aiohttp.ClientSession() as session, session.post(self.url + path, data=body, headers=headers) as got:
            await got.read()
            return got


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door("")
    app = make_app()
    add_webhook(app, "/tg", SECRET, door.store)
    runner = await serve(app, "127.0.0.1", 0)
    door.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield door
    await runner.cleanup()


async def test_with_the_secret_an_update_is_taken(door: Door) -> None:
    assert (await door.post(b'{"update_id": 1}')).status == 200
    assert door.stored == [b'{"update_id": 1}']


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "секрет", "\u00ff", SECRET.upper()])
async def test_without_the_right_secret_nobody_is_let_in(door: Door, secret: str | None) -> None:
    assert (await door.post(secret=secret)).status == 401
    assert door.stored == []


async def test_a_header_of_raw_bytes_is_a_wrong_secret_too(door: Door) -> None:
    """Clients refuse to send it; anybody with a socket can."""
    host, port = door.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /tg HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n{SECRET_HEADER}: ".encode()
    writer.write(head + b"\xff\xfe\x80" + b"\r\n\r\n{}")
    answer = await reader.read()
    writer.close()

    assert answer.split(b"\r\n")[0].split()[1] in {b"401", b"400"}
    assert door.stored == []


async def test_a_body_over_a_megabyte_is_refused_whether_it_says_its_length_or_not(door: Door) -> None:
    assert (await door.post(b"x" * LARGEST_BODY)).status == 200
    assert (await door.post(b"x" * (LARGEST_BODY + 1))).status == 413

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * (LARGEST_BODY // 16)

    async with aiohttp.ClientSession() as session:
        headers = {SECRET_HEADER: SECRET}
        async with session.post(f"{door.url}/tg", data=chunks(), headers=headers) as got:
            assert got.status == 413
    assert len(door.stored) == 1


async def test_a_body_that_never_ends_is_given_up(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "BODY_SECONDS", 0.05)
    host, port = door.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"POST /tg HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n{SECRET_HEADER}: {SECRET}\r\n\r\n{{".encode())

    assert (await reader.readline()).split()[1] == b"408"
    writer.close()


async def test_when_nothing_can_be_stored_telegram_is_asked_to_come_again(door: Door) -> None:
    door.error = OSError("the database is down")
    answer = await door.post()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")

    door.error = None
    assert (await door.post()).status == 200


async def test_a_database_that_hangs_is_as_good_as_down(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "STORE_SECONDS", 0.05)

    async def hang(_: bytes) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(door, "store", hang)
    app = make_app()
    add_webhook(app, "/tg", SECRET, hang)
    runner = await serve(app, "127.0.0.1", 0)
    door.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    assert (await door.post()).status == 503
    await runner.cleanup()


async def test_only_the_path_of_the_address_is_served_and_only_by_post(door: Door) -> None:
    assert (await door.post(path="/")).status == 404
    async with aiohttp.ClientSession() as session, session.get(f"{door.url}/tg") as got:
        assert got.status == 405


# -- configuration ------------------------------------------------------------------------------------------------------------


def with_webhook(**values: str) -> Settings:
    return Settings.model_validate({"telegram": {"webhook": {"url": "https://bot.example.org/tg", **values}}})


@pytest.mark.parametrize("secret", ["", "with space", "секрет", "x" * 257, "a.b"])
def test_without_a_sound_secret_the_program_does_not_start(secret: str) -> None:
    with pytest.raises(ConfigError, match=r"telegram\.webhook\.secret: ") as refused:
        ensure_webhook(with_webhook(secret=secret))
    assert secret not in str(refused.value) or not secret


def test_a_sound_secret_is_enough_and_polling_needs_none() -> None:
    ensure_webhook(with_webhook(secret="x" * 256))
    ensure_webhook(Settings())


@pytest.mark.parametrize("url", ["bot.example.org", "http://bot.example.org/tg", "https://", "https://a/b?c=d"])
def test_an_address_that_telegram_would_refuse_is_refused_here(url: str) -> None:
    with pytest.raises(ValidationError, match="must be an address such as"):
        Settings.model_validate({"telegram": {"webhook": {"url": url}}})


# -- the whole bot ------------------------------------------------------------------------------------------------------------


@pytest.fixture
async def hq(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Headquarters]:
    port = free_port()
    address = {"url": f"http://127.0.0.1:{port}/tg", "secret": SECRET, "listen": f"127.0.0.1:{port}"}
    async with headquarters(sqlite_url, tmp_path, webhook=address) as hq:
        await until_set(hq)
        yield hq
        assert hq.troubles() == []


async def until_set(hq: Headquarters) -> None:
    await hq.telegram.world.until(lambda: hq.telegram.world.updates.webhook.url != "")


async def knock(hq: Headquarters, body: bytes) -> int:
    async with aiohttp.ClientSession() as session:
        url = hq.app.settings.telegram.webhook.url
        async with session.post(url, data=body, headers={SECRET_HEADER: SECRET}) as got:
            return got.status


async def test_a_persons_message_is_answered_through_the_webhook(hq: Headquarters) -> None:
    assert hq.telegram.world.updates.webhook.secret == SECRET
    assert hq.telegram.world.updates.wants("my_chat_member")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/help")
    assert "/" in anna.screen
    assert not hq.telegram.world.updates.pending()


async def test_the_same_update_twice_takes_effect_once(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    body = json.dumps(text_of(hq.telegram.world.last_update_id + 1, anna.user.user_id, "/help")).encode()
    assert [await knock(hq, body), await knock(hq, body)] == [200, 200]
    await hq.app.settle()
    assert len(anna.messages) == 1


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[1, 2]", b"{}", b'{"update_id": "x"}', b"[" * 100_000])
async def test_what_is_no_update_is_kept_aside_instead_of_being_sent_for_ever(hq: Headquarters, body: bytes) -> None:
    assert await knock(hq, body) == 200
    [row] = await hq.read(lambda uow: uow.inbox.list_aside(hq.now))
    assert row.number == -1


async def test_until_it_is_stored_telegram_keeps_it(hq: Headquarters, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is away for a while: nothing is confirmed, and nothing is lost."""
    monkeypatch.setattr(webhook, "RETRY_AFTER", "0")  # a local Telegram waits in earnest
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    refused = asyncio.Event()
    keep = hq.app.db.keep

    async def away(*_: Any, **__: Any) -> Any:
        refused.set()
        raise OSError("the database is down")

    monkeypatch.setattr(hq.app.db, "keep", away)
    anna.user.send("/help")
    await refused.wait()
    assert hq.telegram.world.updates.pending()
    monkeypatch.setattr(hq.app.db, "keep", keep)
    await hq.settle()

    assert anna.messages
    await hq.telegram.world.until(lambda: not hq.telegram.world.updates.pending())


async def test_somebody_elses_webhook_is_replaced_by_ours(hq: Headquarters) -> None:
    await hq.app.bot.delete_webhook()
    await hq.app.webhook.look()
    assert hq.telegram.world.updates.webhook.url == hq.app.settings.telegram.webhook.url


async def test_polling_deletes_a_webhook_that_was_left_set(sqlite_url: str, tmp_path: Path) -> None:
    async with headquarters(sqlite_url, tmp_path) as hq:
        await hq.app.bot.set_webhook("http://127.0.0.1:9/old")
        anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
        await anna.send("/help")
        assert anna.messages
        assert hq.telegram.world.updates.webhook.url == ""


async def test_before_it_is_ready_the_program_asks_telegram_to_come_again(hq: Headquarters) -> None:
    hq.app.health.ready = False
    assert await knock(hq, json.dumps(text_of(1, 1)).encode()) == 503
    hq.app.health.ready = True
    assert await hq.read(lambda uow: uow.inbox.waiting()) == (0, None)
