"""The control socket."""

import asyncio
import json
import socket
import stat
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.config import ConfigError
from bot.control import AlreadyRunning, ControlServer, Refused, answers, ask
from domain.errors import NotFound


@pytest.fixture
async def control(tmp_path: Path) -> AsyncIterator[ControlServer]:
    server = ControlServer(tmp_path / "hq.control")
    await server.start()
    yield server
    await server.close()


async def test_it_answers_and_only_its_owner_may_ask(control: ControlServer) -> None:
    assert await answers(control.path)
    assert stat.S_IMODE(control.path.stat().st_mode) == 0o600


async def test_a_registered_command_gets_its_values_and_its_answer_comes_back(control: ControlServer) -> None:
    async def add(request: Mapping[str, Any]) -> int:
        return int(request["a"]) + int(request["b"])

    control.register("add", add)

    assert await ask(control.path, "add", a=2, b=3) == 5


@pytest.mark.parametrize(
    ("error", "text", "code"),
    [
        (ConfigError("--region: no"), "--region: no", 2),
        (NotFound("page"), "page", 1),
        (RuntimeError("424242:" + "A" * 30), "•••", 1),
    ],
)
async def test_a_no_comes_back_with_its_exit_code(
    control: ControlServer, error: Exception, text: str, code: int
) -> None:
    async def fail(_: Mapping[str, Any]) -> None:
        raise error

    control.register("fail", fail)

    with pytest.raises(Refused) as refused:
        await ask(control.path, "fail")

    assert text in str(refused.value)
    assert refused.value.code == code
    assert await answers(control.path)


@pytest.mark.parametrize("line", [b"not json\n", b"[]\n", b"{}\n", b'{"cmd": "unknown"}\n', b'{"cmd": []}\n'])
async def test_nonsense_gets_an_error_and_harms_nothing(control: ControlServer, line: bytes) -> None:
    reader, writer = await asyncio.open_unix_connection(str(control.path))
    writer.write(line)

    assert json.loads(await reader.readline()) == {"error": "unknown command", "code": 1}
    writer.close()
    assert await answers(control.path)


async def test_a_second_program_is_refused(control: ControlServer) -> None:
    with pytest.raises(AlreadyRunning):
        await ControlServer(control.path).start()

    assert await answers(control.path)


async def test_what_a_killed_program_left_behind_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "hq.control"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    assert not await answers(path)

    server = ControlServer(path)
    await server.start()

    assert await answers(path)
    await server.close()
    assert not path.exists()


async def test_a_path_longer_than_the_kernel_allows_works(tmp_path: Path) -> None:
    server = ControlServer(tmp_path / ("long" * 20) / ("longer" * 20) / "hq.control")
    await server.start()

    assert await answers(server.path)
    await server.close()
