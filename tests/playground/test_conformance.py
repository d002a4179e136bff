"""The probe passes the local Telegram, blames it for nothing, and catches each wrong server."""

from __future__ import annotations

import ast
import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram.constants import ReactionEmoji

import playground.conformance
from playground import LocalTelegram, limits
from playground.__main__ import main, seed
from playground.conformance import Places, Report, chosen, client, run
from playground.conformance.registry import CHECKS
from tests.playground.wrong_servers import TOKEN, KnowsNoNotModified, WrongServer, all_of_them

SEEDED = Places(chat=1001, blocked=1003, group=-1001001, channel=-1001002)
NOT_FOR_OWNERS = re.compile(
    "getUpdates|(set|delete)Webhook|leave|My(Commands|Name|Desc|Short)|MenuButton|Topic|(ban|restrict|promote)ChatMember|pin",
    re.IGNORECASE,
)


async def probed(server: LocalTelegram, *only: str, control: bool = True, live: bool = False) -> Report:
    """What the probe says of a server."""
    admin_url = server.admin_url if control else None
    return await run(server.url, TOKEN, SEEDED, admin_url=admin_url, only=only, live=live)


@pytest.fixture
async def right() -> AsyncIterator[LocalTelegram]:
    """The local Telegram as `python -m playground serve` starts it."""
    async with LocalTelegram(token=TOKEN) as server:
        seed(server.world)
        yield server


async def test_the_local_telegram_passes_every_check(right: LocalTelegram) -> None:
    """Nothing fails, nothing is left out."""
    report = (await probed(right)).as_json()

    assert report["failures"] == []
    assert report["skips"] == []
    assert report["passed"] == report["checks"] == len(CHECKS)
    assert right.world.chats[SEEDED.chat].messages, "nothing reached the chat: what was checked?"


async def test_a_server_without_a_control_api_gets_120_checks(right: LocalTelegram) -> None:
    """What needs people or the clock is skipped and says so."""
    report = (await probed(right, control=False)).as_json()

    assert report["failures"] == []
    assert report["checks"] >= 120
    assert {skip["why"] for skip in report["skips"]} <= {
        "needs person", "needs clock, person", "needs group, person", "needs channel, person"
    }  # fmt: skip


async def test_a_live_run_touches_only_the_owners_chat_and_leaves_it_clean(
    right: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No group, no updates, no commands; what was sent is deleted."""
    monkeypatch.setattr(client, "_LIVE_GAP_SECONDS", 0.0)
    world = right.world

    report = await probed(right, live=True)

    assert report.of("failed") == []
    assert len(report.of("passed")) >= 120
    assert [entry.method for entry in world.wire if NOT_FOR_OWNERS.search(entry.method)] == []
    touched = {chat.chat_id for chat in world.chats.values() if chat.last_message_id > 1}
    assert touched == {SEEDED.chat}
    assert world.chats[SEEDED.chat].messages == []


async def test_a_live_run_sends_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests that change something wait for their turn; looking does not."""
    waits: list[float] = []

    async def no_wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", no_wait)
    paced = client.BotClient("http://127.0.0.1", TOKEN, paced=True)
    for method in ("sendMessage", "getChat", "deleteMessage", "sendPhoto"):
        await paced._wait_for_turn(method)

    assert [round(wait) for wait in waits] == [0, 1, 2]


def test_every_check_states_its_rule_and_source() -> None:
    """A check without a source is an opinion."""
    tagged = re.compile(r"\[(S|T|D|M|A|-|stand-in|D names no limit.*)\]$")

    assert [check.name for check in CHECKS if not tagged.search(check.rule)] == []


def test_no_two_checks_share_a_name() -> None:
    """A finding must be found again."""
    names = [check.name for check in CHECKS]

    assert sorted(names) == sorted(set(names))
    assert len(names) >= 120


def test_the_probe_imports_nothing_of_the_playgrounds_inside() -> None:
    """It could be pointed at any server, and its rules are its own."""
    folder = Path(playground.conformance.__file__).parent
    imported = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
            elif isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}

    foreign = {name for name in imported if name.partition(".")[0] not in {*sys.stdlib_module_names, "aiohttp", "yarl"}}
    assert {name for name in foreign if not name.startswith("playground.conformance")} == set()


def test_the_list_of_reactions_is_that_of_another_library() -> None:
    """Two people who copied the documentation agree."""
    assert {emoji.value.replace("\ufe0f", "") for emoji in ReactionEmoji} == limits.REACTIONS


@pytest.mark.parametrize("wrong", all_of_them(), ids=lambda wrong: wrong.__name__)
async def test_a_wrong_server_is_caught(wrong: type[WrongServer], right: LocalTelegram) -> None:
    """By the check that is named after its fault; the right server is not blamed by it."""
    only = (wrong.caught_by, *wrong.also_run)
    async with wrong() as server:
        seed(server.world)
        blamed = await probed(server, *only)

    assert wrong.caught_by in blamed.failed_names
    assert blamed.of("skipped") == []
    assert (await probed(right, *only)).failed_names == set()


def test_there_are_enough_wrong_servers_and_each_is_caught_by_a_real_check() -> None:
    """At least fifteen, each with a check of its own."""
    names = [wrong.caught_by for wrong in all_of_them()]

    assert len(names) >= 15
    assert len(set(names)) == len(names)
    assert set(names) <= {check.name for check in CHECKS}


async def stubborn(status: int, body: dict[str, Any]) -> AsyncIterator[str]:
    """A server that answers the same to everything; its address."""

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response(body, status=status)

    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def passed_by(status: int, body: dict[str, Any]) -> set[str]:
    """What such a server passes without doing anything."""
    async for url in stubborn(status, body):
        report = await run(url, TOKEN, SEEDED)
    return {finding.check.name for finding in report.of("passed")}


async def test_nothing_is_passed_by_yes_and_by_no_alike() -> None:
    """A check that a server passes whatever it answers would check nothing; odd answers crash none of them."""
    yes = await passed_by(200, {"ok": True, "result": True})
    no = await passed_by(400, {"ok": False, "error_code": 400, "description": "Bad Request: no"})
    page = await passed_by(502, {"detail": "Bad Gateway"})

    assert len(yes) < 10
    assert yes & no == {"answers_are_json_objects"}, "that one is about the form of answers alone"
    assert page == set()


async def command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """`python -m playground conformance`, on a loop of its own; returns the exit code."""
    monkeypatch.setattr(sys, "argv", ["playground", "conformance", *arguments])
    with pytest.raises(SystemExit) as end:
        await asyncio.to_thread(main)
    return end.value.code


async def test_the_command_prints_one_json_object_and_exits_with_0(
    right: LocalTelegram, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Counts, and nothing else on standard output."""
    asked = ("--url", right.url, "--token", TOKEN, "--only", "connection", "--json", "-")
    assert await command(monkeypatch, *asked) == 0

    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert report["checks"] == report["passed"] == len(chosen(["connection"]))
    assert (report["failed"], report["skipped"]) == (0, 0)


async def test_the_command_exits_with_1_and_tells_what_was_seen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rule and what broke it."""
    async with KnowsNoNotModified() as server:
        seed(server.world)
        code = await command(monkeypatch, "--url", server.url, "--token", TOKEN, "--only", "the_same_text")

    output = capsys.readouterr().out
    assert code == 1
    assert "! editing.the_same_text_is_not_modified" in output
    assert "no refusal: HTTP 200" in output
    assert "1 checks, 0 passed, 1 failed" in output


async def test_a_control_api_that_is_not_there_is_told_at_once(
    right: LocalTelegram, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Instead of blaming the server for what the probe could not set up."""
    code = await command(monkeypatch, "--url", right.url, "--token", TOKEN, "--admin-url", f"{right.url}/nothing")

    assert code == 2
    assert "no control API at" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--url", "http://127.0.0.1:9", "--token", TOKEN], "cannot ask http://127.0.0.1:9"),
        (["--url", "http://127.0.0.1:9", "--token", TOKEN, "--live"], "--live needs --chat"),
        (["--url", "http://127.0.0.1:9", "--token", TOKEN, "--live", "--chat", "-1001"], "a private chat only"),
        (["--url", "http://127.0.0.1:9", "--token", TOKEN, "--only", "carrots"], "no check is called carrots"),
        (["--url", "http://127.0.0.1:9"], "--url and --token are needed"),
        ([], "--url and --token are needed"),
    ],
)
async def test_a_run_that_cannot_begin_exits_with_2(
    arguments: list[str], complaint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line."""
    code = await command(monkeypatch, *arguments)

    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert complaint in told.err
    assert told.err.count("\n") == 1
