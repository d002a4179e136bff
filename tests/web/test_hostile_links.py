"""Links that lead inside: none of them makes a connection, however it is written or whatever its name resolves to."""

import socket
from typing import Any

import pytest
from aiohttp.abc import ResolveResult

from bot import link_reader
from bot.link_reader import Reader
from tests.web.test_link_reader import Names

WRITTEN = [
    # this machine
    *("http://127.0.0.1/", "http://127.0.0.1:8080/x", "http://127.1/", "http://127.0.1/", "http://127.255.255.254/"),
    *("http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://017700000001/", "http://0177.0.0.1/"),
    *("http://0/", "http://0.0.0.0/", "http://0.0.0.0:22/", "http://127.0.0.1./", "http://127.0.0.1%2f@8.8.8.8/"),
    *(
        "http://[::1]/",
        "http://[::]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
    ),
    *("http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[::1%25lo]/"),
    *("http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "https://127.0.0.1/", "HTTP://127.0.0.1/"),
    # private networks, link-local addresses, what clouds tell about themselves
    *(
        "http://10.0.0.1/",
        "http://10.255.255.255/",
        "http://172.16.0.1/",
        "http://172.31.255.254/",
        "http://192.168.0.1/",
    ),
    *("http://3232235521/", "http://0xc0a80001/", "http://0300.0250.0.1/", "http://169.254.169.254/latest/meta-data/"),
    *(
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
    ),
    *("http://[fc00::1]/", "http://[::ffff:10.0.0.1]/", "http://[::ffff:a9fe:a9fe]/", "http://[fd00:ec2::254]/"),
    *(
        "http://100.64.0.1/",
        "http://100.100.100.200/",
        "http://192.0.0.192/",
        "http://198.18.0.1/",
        "http://192.0.2.1/",
    ),
    *(
        "http://203.0.113.7/",
        "http://198.51.100.9/",
        "http://224.0.0.1/",
        "http://239.255.255.250/",
        "http://255.255.255.255/",
    ),
    *("http://240.0.0.1/", "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[64:ff9b::a00:1]/"),
    # somebody else's name before the at sign, other protocols, nothing at all
    *("http://example.org@127.0.0.1/", "http://example.org:80@10.0.0.1/", "http://8.8.8.8\\@127.0.0.1/"),
    *(
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1:6379/_INFO",
        "dict://127.0.0.1:11211/",
        "data:text/html,x",
    ),
    *(
        "javascript:alert(1)",
        "//127.0.0.1/",
        "http:127.0.0.1/",
        "http:///127.0.0.1/",
        "http://:80/",
        "unix:///run/docker.sock",
    ),
]
NAMES = [
    "127.0.0.1", "10.0.0.5", "172.20.0.1", "192.168.1.10", "169.254.169.254", "100.64.1.1", "0.0.0.0", "::1", "fe80::1",  # noqa: S104
    "fd12::1", "::ffff:192.168.0.1", "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.251", "2001:0:a00:1::",
]  # fmt: skip
"""What a name that looks public may resolve to."""


class Connections:
    """Every attempt to connect, none of which is let through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.tried: list[Any] = []
        monkeypatch.setattr("aiohappyeyeballs.start_connection", self._start)

    async def _start(self, addr_infos: Any, **_: Any) -> socket.socket:
        self.tried += [one[4][0] for one in addr_infos]
        raise OSError("nothing is connected to here")


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Connections:
    return Connections(monkeypatch)


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Names resolve to these, one answer after the other; what is left over is returned."""
    left = list(answers)

    class Turning(Names):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            return await Names(*(left.pop(0) if len(left) > 1 else left[0])).resolve(host, port, family)

    monkeypatch.setattr(link_reader, "ThreadedResolver", Turning)
    return left


def test_there_are_enough_of_them() -> None:
    assert len({*WRITTEN, *NAMES}) >= 60


@pytest.mark.parametrize("url", WRITTEN)
async def test_an_address_written_out_is_not_connected_to(
    url: str, connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolving(monkeypatch, ("127.0.0.1",))
    assert await Reader().read(url) is None
    assert connections.tried == []


@pytest.mark.parametrize("address", NAMES)
async def test_a_name_that_leads_inside_is_not_connected_to(
    address: str, connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolving(monkeypatch, ("8.8.8.8", address))
    assert await Reader().read("http://example.org/") is None
    assert connections.tried == []


async def test_a_name_that_turns_inside_after_it_was_judged_is_looked_up_only_once(
    connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = resolving(monkeypatch, ("8.8.8.8",), ("127.0.0.1",))
    assert await Reader().read("http://example.org/") is None
    assert connections.tried == ["8.8.8.8"], "the connection goes to what was judged"
    assert left == [("127.0.0.1",)]


async def test_a_public_address_is_connected_to(connections: Connections) -> None:
    assert await Reader().read("http://8.8.8.8/") is None
    assert connections.tried == ["8.8.8.8"]
