"""Reading a linked page: what is taken from it, and what is never asked."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import BaseTestServer, TestServer

from bot.link_reader import DESCRIPTION, MOST_BYTES, TITLE, NotPublic, PublicOnly, Reader, ensure_public, page_of
from domain.ports.link_reader import LinkPage

PAGE = """<!doctype html><html><head><title>Мост &amp; набережная</title>
<meta name="description" content="Открыли   утром,
при жителях."></head><body><title>не то</title></body></html>"""


class Site:
    """A site of the tests: answers by path, and what was asked."""

    def __init__(self, server: BaseTestServer, asked: list[str]) -> None:
        self.server = server
        self.asked = asked

    def url(self, path: str) -> str:
        return str(self.server.make_url(path))


HTML = {"Content-Type": "text/html"}
MOVED = {
    "/once": "/page",
    "/twice": "/once",
    "/thrice": "/twice",
    "/often": "/thrice",
    "/loop": "/loop",
    "/inside": "http://169.254.169.254/latest",
    "/file": "file:///etc/hostname",
}
PAGES: dict[str, tuple[bytes, dict[str, str]]] = {
    "/page": (PAGE.encode(), HTML),
    "/1251": (PAGE.replace("<title>", '<meta charset="windows-1251"><title>').encode("cp1251"), HTML),
    "/header": (PAGE.encode("koi8-r"), {"Content-Type": "text/html; charset=koi8-r"}),
    "/odd": (PAGE.encode(), {"Content-Type": "text/html; charset=martian"}),
    "/long": (PAGE.encode() + b"x" * MOST_BYTES * 2, HTML),
    "/late": (b"x" * MOST_BYTES + PAGE.encode(), HTML),
    "/picture": (b"\x89PNG", {"Content-Type": "image/png"}),
    "/packed": (b"\x1f\x8b", {**HTML, "Content-Encoding": "gzip"}),
    "/untitled": ("<p>Здравствуйте".encode(), HTML),
}
"""What the site has, by path."""


def answer(path: str) -> web.Response:
    if path in MOVED:
        raise web.HTTPFound(MOVED[path])
    if path not in PAGES:
        raise web.HTTPNotFound
    body, headers = PAGES[path]
    return web.Response(body=body, headers=headers)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    asked: list[str] = []

    async def handle(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        if request.path == "/silent":
            await asyncio.Event().wait()
        return answer(request.path)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    async with TestServer(app) as server:
        yield Site(server, asked)


WHOLE = LinkPage("Мост & набережная", "Открыли утром, при жителях.")


@pytest.mark.parametrize("path", ["/page", "/once", "/thrice", "/1251", "/header", "/odd", "/long"])
async def test_a_page_is_read_whatever_its_charset_its_length_and_up_to_three_redirects(site: Site, path: str) -> None:
    assert await Reader(allow_private=True).read(site.url(path)) == WHOLE


@pytest.mark.parametrize("path", ["/often", "/loop", "/file", "/late", "/picture", "/packed", "/untitled", "/nothing"])
async def test_what_cannot_be_read_is_none(site: Site, path: str) -> None:
    assert await Reader(allow_private=True).read(site.url(path)) is None
    assert len(site.asked) <= 4


async def test_a_page_that_never_comes_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.link_reader.SECONDS", 0.05)
    assert await Reader(allow_private=True).read(site.url("/silent")) is None


async def test_addresses_of_this_machine_are_never_asked(site: Site) -> None:
    port = site.server.port
    spellings = [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",  # noqa: S104 - a host to refuse
    ]
    for host in spellings:
        assert await Reader().read(f"http://{host}:{port}/page") is None, host
    assert site.asked == []


async def test_a_redirect_into_a_private_network_is_not_followed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def only_this_machine(address: str) -> None:
        judged.append(address)
        if address != "127.0.0.1":
            raise NotPublic

    monkeypatch.setattr("bot.link_reader.ensure_public", only_this_machine)
    assert await Reader().read(site.url("/page")) == WHOLE
    assert await Reader().read(site.url("/inside")) is None
    assert judged == ["127.0.0.1", "127.0.0.1", "169.254.169.254"]


@pytest.mark.parametrize("url", ["", "https://", "http://[", "ftp://example.org", "http://a" + "b" * 300 + ".org/"])
async def test_what_is_no_web_address_is_none(url: str) -> None:
    assert await Reader().read(url) is None


class Names(AbstractResolver):
    """Says what it was told to."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self._addresses
        ]

    async def close(self) -> None:
        pass


async def test_a_name_counts_only_when_all_its_addresses_are_public() -> None:
    found = await PublicOnly(Names("8.8.8.8", "2a00:1450:4010:c0e::65")).resolve("example.org")
    assert [one["host"] for one in found] == ["8.8.8.8", "2a00:1450:4010:c0e::65"]
    with pytest.raises(NotPublic):
        await PublicOnly(Names("8.8.8.8", "10.0.0.1")).resolve("example.org")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",  # noqa: S104 - an address to refuse
            "224.0.0.1",
        ),
        *("::1", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::"),
    ],
)
def test_private_addresses_are_refused_in_every_wrapping(address: str) -> None:
    with pytest.raises(NotPublic):
        ensure_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "::ffff:8.8.8.8", "64:ff9b::808:808", "2a00:1450:4010:c0e::65"])
def test_public_ones_are_not(address: str) -> None:
    ensure_public(address)


@pytest.mark.parametrize(
    ("html", "page"),
    [
        ('<meta property="og:title" content="Свой"><title>Страница</title>', LinkPage("Свой", "")),
        (
            '<meta name="OG:Title" content="Свой"><meta property="og:description" content="О чём">',
            LinkPage("Свой", "О чём"),
        ),
        ("<title>Один</title><svg><title>Два</title></svg>", LinkPage("Один", "")),
        ("<title>\u200bНевидимое\u202e\x00</title>", LinkPage("Невидимое", "")),
        ("<title>Недописанное", LinkPage("Недописанное", "")),
        ("<title>Сломано</title><![foo[", LinkPage("Сломано", "")),
        ("", LinkPage("", "")),
    ],
)
def test_what_a_page_says_about_itself(html: str, page: LinkPage) -> None:
    assert page_of(html) == page


def test_long_titles_are_cut_between_words() -> None:
    page = page_of(f'<title>{"слово " * 100}</title><meta name="description" content="{"слово " * 100}">')
    assert page.title.endswith("слово…")
    assert (len(page.title) <= TITLE, len(page.description) <= DESCRIPTION) == (True, True)
