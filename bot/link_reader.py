"""Reads what a page says about itself: over HTTP(S), from public addresses only, little and quickly."""

import asyncio
import codecs
import contextlib
import ipaddress
import re
import socket
from collections.abc import Mapping
from html.parser import HTMLParser

import aiohttp
import structlog
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from domain.ports.link_reader import LinkPage

log = structlog.get_logger(__name__)

SECONDS = 5
"""For everything together: name, connection, redirects, page."""
MOST_BYTES = 512 * 1024
REDIRECTS = 3
TITLE, DESCRIPTION = 200, 300
"""Characters that are proposed."""
_WRAPPING = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
"""IPv6 networks whose last 32 bits are an IPv4 address: NAT64, and IPv4-compatible (RFC 4291, 2.5.5.1)."""
_RESERVED = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("64:ff9b:1::/48"))
"""Not public by the registries (RFC 6890, RFC 8215), though older Pythons call them global."""
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_REFUSED = (aiohttp.ClientError, OSError, ValueError, TimeoutError)
"""What a page, a name or an address may answer with; the author is told only that it could not be read."""


class NotPublic(OSError):
    """The address leads into a private network, to this machine or nowhere."""


class Reader:
    """See `domain.ports.link_reader`. `allow_private`: for tests, which serve their pages on this machine."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self._allow_private = allow_private

    async def read(self, url: str) -> LinkPage | None:
        try:
            async with asyncio.timeout(SECONDS):
                body, charset = await self._fetch(URL(url))
        except _REFUSED as error:
            log.info("a linked page could not be read", error=type(error).__name__)
            return None
        page = await asyncio.to_thread(page_of, text_of(body, charset))
        return page if page.title else None

    async def _fetch(self, url: URL) -> tuple[bytes, str | None]:
        """The page behind the redirects, at most `MOST_BYTES` of it, and the charset its server names."""
        resolver = ThreadedResolver()
        connector = aiohttp.TCPConnector(
            resolver=resolver if self._allow_private else PublicOnly(resolver), use_dns_cache=False, limit=1
        )
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            # Asked for as it is: a small compressed answer cannot unfold into a huge one.
            headers={"Accept": "text/html", "Accept-Encoding": "identity", "User-Agent": "Headquarters"},
            auto_decompress=False,
            trust_env=False,
        ) as session:
            for _ in range(REDIRECTS + 1):
                self._ensure_allowed(url)
                async with session.get(url, allow_redirects=False) as answer:
                    place = answer.headers.get("Location")
                    if answer.status in {301, 302, 303, 307, 308} and place:
                        url = url.join(URL(place))
                        continue
                    return await _body(answer), answer.charset
        raise ValueError("too many redirects")

    def _ensure_allowed(self, url: URL) -> None:
        """A name is judged by the resolver, when it is connected to; an address written out never reaches it."""
        host = url.raw_host
        if url.scheme not in {"http", "https"} or not host or url.raw_user is not None:
            raise ValueError("not a web address, or one that hides its name behind another")
        # aiohttp takes all of these for addresses, odd spellings such as 127.1 or 2130706433 too: those are no addresses here.
        if (":" in host or host.replace(".", "").isdigit()) and not self._allow_private:
            ensure_public(host)


class PublicOnly(AbstractResolver):
    """Refuses a name when any of its addresses is not public. The connection goes to what was judged: no second look-up."""

    def __init__(self, inner: AbstractResolver) -> None:
        self._inner = inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        for one in found:
            ensure_public(one["host"])
        return found

    async def close(self) -> None:
        await self._inner.close()


def ensure_public(address: str) -> None:
    """Raise `NotPublic` unless anybody in the internet could connect to it, wrapped IPv4 addresses included."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inside: list[ipaddress.IPv4Address | ipaddress.IPv6Address | None] = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        inside += [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        wraps = any(ip in network for network in _WRAPPING)
        inside.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if wraps else None)
        if ip.ipv4_mapped is not None:
            inside.remove(ip)
    for one in inside:
        if one is not None and (not one.is_global or one.is_multicast or any(one in network for network in _RESERVED)):
            raise NotPublic(f"not a public address: {address}")


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    """As much of an HTML page as is read; ValueError for anything else."""
    answer.raise_for_status()
    if answer.content_type not in _HTML or answer.headers.get("Content-Encoding", "identity") != "identity":
        raise ValueError("not a page")
    body = bytearray()
    async for chunk in answer.content.iter_chunked(16 * 1024):
        body += chunk
        if len(body) >= MOST_BYTES:
            break
    return bytes(body[:MOST_BYTES])


# --- what it says ----------------------------------------------------------------------------------------------------


def text_of(body: bytes, charset: str | None) -> str:
    """In the charset that the server, the page's first bytes or its meta element name; else UTF-8."""
    named = _CHARSET.search(body[:4096])
    marked = "utf-8-sig" if body.startswith(codecs.BOM_UTF8) else None
    for name in (marked, charset, named and named[1].decode("ascii", "replace")):
        try:
            if name:
                return body.decode(codecs.lookup(name).name, "replace")
        except (LookupError, UnicodeError):
            continue
    return body.decode("utf-8", "replace")


def page_of(html: str) -> LinkPage:
    """Open Graph's title and description before the page's own; both shortened, the title empty when there is none."""
    head = _Head()
    with contextlib.suppress(AssertionError):  # the parser's answer to broken declarations: what came before counts
        head.feed(html)
    title = head.said("og:title") or head.said("title")
    return LinkPage(_short(title, TITLE), _short(head.said("og:description") or head.said("description"), DESCRIPTION))


def _short(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,.;:–—-") + "…"


class _Head(HTMLParser):
    """Collects the first title and the meta elements that matter."""

    _WANTED = frozenset({"og:title", "og:description", "description"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: dict[str, str] = {}
        self._inside = False

    def said(self, name: str) -> str:
        """In one line, without characters that cannot be seen."""
        plain = "".join(c if c.isprintable() else " " for c in self._found.get(name, ""))
        return " ".join(plain.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "title" and "title" not in self._found
        if tag == "meta":
            given: Mapping[str, str] = {name: value or "" for name, value in attrs}
            name = (given.get("property") or given.get("name") or "").lower()
            if name in self._WANTED and given.get("content"):
                self._found.setdefault(name, given["content"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._found["title"] = self._found.get("title", "") + data
