"""Links as they stand in a text people send: found among words and punctuation, cut into their parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from domain.platforms import Platform

MAX_TEXT = 4096  # one Telegram message; more is not a link

_HOSTS = {
    "vk.com": Platform.VK,
    "vk.ru": Platform.VK,
    "vkontakte.ru": Platform.VK,
    "vkvideo.ru": Platform.VK,
    "ok.ru": Platform.OK,
    "odnoklassniki.ru": Platform.OK,
    "x.com": Platform.X,
    "twitter.com": Platform.X,
    "t.me": Platform.TELEGRAM,
    "telegram.me": Platform.TELEGRAM,
    "telegram.dog": Platform.TELEGRAM,
}
_PREFIXES = {"www", "m", "mobile", "new", "old"}
HANDLE_TG = re.compile(r"[a-z][a-z0-9_]{3,31}", re.ASCII | re.IGNORECASE)
LINK = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})\.?(?::\d+)?(?P<rest>[/?#][^\s<>\"«»“”]*)?",
    re.IGNORECASE | re.ASCII,
)
_AFTER = ".,;:!?)]}>'*_~`…"  # what a sentence, brackets or chat formatting leave behind a link


@dataclass(frozen=True, slots=True)
class Url:
    """A link into one of the networks. `text`: as it was sent, without its scheme."""

    platform: Platform
    text: str
    path: tuple[str, ...]
    query: dict[str, list[str]]

    def asked(self, name: str) -> str:
        """The first value of a parameter; empty when there is none."""
        return self.query.get(name, [""])[0]


def urls_in(text: str) -> tuple[list[Url], list[str]]:
    """The links of a text that lead into one of the networks, and the hosts of all its links."""
    hosts: list[str] = []
    known: list[Url] = []
    for host, rest in _candidates(text[:MAX_TEXT]):
        hosts.append(host)
        url = _url(host, rest)
        if url is not None:
            known.append(_behind(url))
    return known, hosts


def _candidates(text: str) -> Iterator[tuple[str, str]]:
    for match in LINK.finditer(text):
        yield match["host"].lower(), (match["rest"] or "").rstrip(_AFTER)


def _url(host: str, rest: str) -> Url | None:
    platform, handle = _platform(host)
    if platform is None:
        return None
    parts = urlsplit("https://host/" + rest.removeprefix("/"))
    path = tuple(part for part in (handle, *parts.path.split("/")) if part)
    return Url(platform, host + rest, path, parse_qs(parts.query))


def _behind(url: Url) -> Url:
    """VK puts its own page before a link that is copied out of a message or a comment: what counts is where it leads."""
    if url.platform is Platform.VK and url.path == ("away.php",):
        match = LINK.match(url.asked("to"))
        led = match and _url(match["host"].lower(), (match["rest"] or "").rstrip(_AFTER))
        return led or url
    return url


def _platform(host: str) -> tuple[Platform | None, str]:
    """The network of a host, and the page it names itself (`name.t.me`). Only whole hosts count: not vk.com.example."""
    if host in _HOSTS:
        return _HOSTS[host], ""
    first, _, rest = host.partition(".")
    if rest in _HOSTS and first in _PREFIXES:
        return _HOSTS[rest], ""
    if rest == "t.me" and HANDLE_TG.fullmatch(first):
        return Platform.TELEGRAM, first
    return None, ""
