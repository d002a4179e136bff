"""The two doors of a server under test as plain HTTP: its Bot API, malformed requests included, and its control API."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Self

import aiohttp
from yarl import URL

Json = dict[str, Any]
How = Literal["json", "query", "form", "multipart"]

_REQUEST_SECONDS: Final = 20.0
_LIVE_GAP_SECONDS: Final = 1.05  # D: about one message a second in a chat
_SEEN_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the HTTP status, the JSON object (empty when it was none) and the raw text."""

    status: int
    body: Json
    text: str
    headers: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """Whether the server says that it did what was asked."""
        return self.status == 200 and self.body.get("ok") is True

    @property
    def description(self) -> str:
        """Why not; empty when it did."""
        return str(self.body.get("description", ""))

    def __str__(self) -> str:
        return f"HTTP {self.status} {self.text[:_SEEN_CHARACTERS]}"


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload."""

    data: bytes
    name: str = "file.bin"
    mime: str = "application/octet-stream"


class BotClient:
    """Speaks the Bot API with nothing in between. `paced`: at most one request a second that changes something."""

    def __init__(self, url: str, token: str, *, paced: bool = False) -> None:
        self.url = url.rstrip("/")
        self.token = token
        self._paced = paced
        self._free_at = 0.0
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_REQUEST_SECONDS))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The open session; use the client with `async with`."""
        if self._session is None:
            msg = "use the client with `async with`"
            raise RuntimeError(msg)
        return self._session

    async def call(
        self, method: str, params: Json, *, how: How = "json", files: Mapping[str, File] | None = None
    ) -> Reply:
        """One request; files always travel as multipart."""
        await self._wait_for_turn(method)
        reply = await self._send(method, params, how, files or {})
        if self._paced and reply.status == 429:
            await asyncio.sleep(float(reply.body.get("parameters", {}).get("retry_after", 5)) + 1)
            reply = await self._send(method, params, how, files or {})
        return reply

    async def raw(self, verb: str, path: str, **request: Any) -> Reply:
        """Any request at all; `path` is absolute."""
        async with self.session.request(verb, self.url + path, **request) as answer:
            text = await answer.text(errors="replace")
            return Reply(answer.status, _object(text), text, dict(answer.headers))

    async def download(self, file_path: str, token: str | None = None) -> tuple[int, bytes]:
        """Status and bytes of a file whose path getFile told."""
        url = URL(
            f"{self.url}/file/bot{token or self.token}/{file_path}", encoded=True
        )  # dots must not be resolved here
        async with self.session.get(url) as answer:
            return answer.status, await answer.read()

    async def _send(self, method: str, params: Json, how: How, files: Mapping[str, File]) -> Reply:
        path = f"/bot{self.token}/{method}"
        plain = {name: _plain(value) for name, value in params.items()}
        if files or how == "multipart":
            form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
            for name, value in plain.items():
                form.add_field(name, value)
            for name, file in files.items():
                form.add_field(name, file.data, filename=file.name, content_type=file.mime)
            return await self.raw("POST", path, data=form)
        if how == "query":
            return await self.raw("GET", path, params=plain)
        return await self.raw("POST", path, **({"json": params} if how == "json" else {"data": plain}))

    async def _wait_for_turn(self, method: str) -> None:
        if not self._paced or method.lower().startswith("get"):
            return
        now = asyncio.get_running_loop().time()
        turn = max(now, self._free_at)
        self._free_at = turn + _LIVE_GAP_SECONDS
        await asyncio.sleep(turn - now)


class ControlError(Exception):
    """The control API refused: the check could not even be set up."""


class ControlClient:
    """The documented control API of the playground: acting as people and moving the clock."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url.rstrip("/")
        self._session = session

    async def get(self, path: str) -> Any:
        """A look at the world."""
        async with self._session.get(f"{self._url}/{path}") as answer:
            return await _told(answer)

    async def post(self, path: str, body: Json) -> Any:
        """A change of the world."""
        async with self._session.post(f"{self._url}/{path}", json=body) as answer:
            return await _told(answer)

    async def delete(self, path: str) -> None:
        """Take something out of the world."""
        async with self._session.delete(f"{self._url}/{path}") as answer:
            await _told(answer)

    async def act(self, user_id: int, verb: str, **arguments: Any) -> Json:
        """Do one thing as a person; bytes are sent as base64."""
        body = {name: _as_base64(value) for name, value in arguments.items()}
        answer: Json = await self.post(f"users/{user_id}/act", {"do": verb, **body})
        return answer


async def _told(answer: aiohttp.ClientResponse) -> Any:
    text = await answer.text()
    if not answer.ok:
        raise ControlError(f"{answer.method} {answer.url.path}: {answer.status} {text[:_SEEN_CHARACTERS]}")
    return json.loads(text)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _as_base64(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return [_as_base64(item) for item in value] if isinstance(value, list) else value


def _object(text: str) -> Json:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
