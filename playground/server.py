"""The HTTP side: the Bot API and file downloads on loopback, for one token."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from aiohttp import web
from aiohttp.web_request import FileField

from playground import checks, errors, limits
from playground.api import Answer, BotApi
from playground.control import Control
from playground.files import Upload
from playground.hooks import Hooks, Moment
from playground.webhook import WebhookSender
from playground.wire import WireFile
from playground.world import World

if TYPE_CHECKING:
    from types import TracebackType

Json = dict[str, Any]

HOST: Final = "127.0.0.1"
_TOKEN_FORM: Final = re.compile(r"\d+:[\w-]+")
_HTTP_ROOM: Final = 64 * 1024  # what a request carries beside its files
_BASE64_ROOM: Final = limits.UPLOAD_BYTES.value // 3  # the control API's files are spelled in base64


class LocalTelegram:
    """A running local Telegram. Use it with `async with`; `url` is what aiogram's TelegramAPIServer.from_base takes.

    `checks=False` reads requests without holding them and the answers against the Bot API: for measuring only.
    """

    def __init__(
        self,
        token: str,
        world: World | None = None,
        port: int = 0,
        admin_port: int | None = None,
        *,
        checks: bool = True,
        wire_log: Path | None = None,
    ) -> None:
        self._token = token
        bot_id = int(token.partition(":")[0])
        self.world = world or World(bot_id=bot_id)
        self.world.bot["id"] = bot_id
        self._api = BotApi(self.world, checks=checks)
        self._wire_log = wire_log
        self._port = port
        self._admin_port = admin_port
        self._runners: list[web.AppRunner] = []
        self._webhook = WebhookSender(self.world, self._api.call)
        self.control = Control(self.world)
        self.url = ""
        self.admin_url = ""

    @property
    def hooks(self) -> Hooks:
        """What the embedding program adds to the page: moments, tour, pages, banner."""
        return self.control.hooks

    @property
    def moments(self) -> dict[str, Moment]:
        """Named moments of the embedding program: each moves the clock when its button is pressed."""
        return self.control.hooks.moments

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Bind to loopback and serve."""
        if self._wire_log is not None:
            self.world.wire_file = WireFile(self._wire_log, self._token)
        room = limits.UPLOAD_BYTES.value + _HTTP_ROOM
        shared = self._admin_port is None
        app = web.Application(client_max_size=room + _BASE64_ROOM * shared)  # too big a file is refused by itself
        app.router.add_route("*", "/bot{token}/{method}", self._handle_method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._handle_file)
        if shared:
            self.control.attach(app)
        self.url = await self._serve(app, self._port)
        if shared:
            self.admin_url = f"{self.url}/_admin"
        else:
            pages = web.Application(client_max_size=room + _BASE64_ROOM)
            self.control.attach(pages)
            self.admin_url = await self._serve(pages, self._admin_port or 0) + "/_admin"
        self._webhook.start()

    async def stop(self) -> None:
        """Let pollers go and close the port."""
        self.world.updates.close()
        self.control.close()
        await self._webhook.stop()
        for runner in self._runners:
            await runner.cleanup()
        self._runners.clear()
        if self.world.wire_file is not None:
            self.world.wire_file.close()
            self.world.wire_file = None

    async def _serve(self, app: web.Application, port: int) -> str:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
        await runner.setup()
        self._runners.append(runner)
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        return f"http://{HOST}:{runner.addresses[0][1]}"

    async def _handle_method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        refusal = self._token_problem(request)
        if refusal is not None:
            return _respond(Answer(refusal.code, _body(refusal)))
        try:
            params, uploads = await _read(request)
        except errors.ApiError as error:
            self.world.sees_violation(method, {}, error.description)
            return _respond(Answer(error.code, _body(error)))
        answer = await self._api.call(method, params, uploads)
        if answer.delay:
            await asyncio.sleep(answer.delay)
        if answer.disconnect and request.transport is not None:
            request.transport.abort()
        return _respond(answer)

    async def _handle_file(self, request: web.Request) -> web.StreamResponse:
        refusal = self._token_problem(request)
        stored = self.world.files.at_path(request.match_info["path"])
        if refusal is None and stored is None:
            refusal = errors.NO_FILE_IN_PATH.error()
        if refusal is not None or stored is None:
            error = refusal or errors.NO_FILE_IN_PATH.error()
            return _respond(Answer(error.code, _body(error)))
        return web.Response(body=stored.data, content_type="application/octet-stream")

    def _token_problem(self, request: web.Request) -> errors.ApiError | None:
        token = request.match_info["token"]
        if hmac.compare_digest(token.encode(), self._token.encode()):
            return None
        return errors.UNAUTHORIZED.error() if _TOKEN_FORM.fullmatch(token) else errors.INVALID_TOKEN.error()


def _body(error: errors.ApiError) -> Json:
    return {"ok": False, "error_code": error.code, "description": error.description}


def _respond(answer: Answer) -> web.Response:
    if answer.html is not None:
        return web.Response(status=answer.status, text=answer.html, content_type="text/html")
    body = json.dumps(answer.body, ensure_ascii=False, separators=(",", ":")).encode()
    status = answer.status or 500  # a broken connection: nobody will read this
    return web.Response(status=status, body=body, headers=answer.headers, content_type="application/json")


async def _read(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Parameters and files from wherever a client put them: query, JSON, form or multipart."""
    params: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.method != "POST" or not request.can_read_body:
        return params, uploads
    try:
        if request.content_type == "application/json":
            body = await request.json()
            if not isinstance(body, dict):
                raise errors.UNREADABLE_REQUEST.error(detail=errors.OBJECT_EXPECTED)
            checks.ensure_utf8(body)
            return params | body, uploads
        for name, value in (await request.post()).items():
            if isinstance(value, FileField):
                uploads[name] = Upload(value.file.read(), value.filename, value.content_type)
            else:
                params[name] = value if isinstance(value, str) else bytes(value).decode()
    except web.HTTPRequestEntityTooLarge:
        raise errors.REQUEST_TOO_BIG.error() from None
    except ValueError as problem:
        raise errors.UNREADABLE_REQUEST.error(detail=str(problem)) from None
    return params, uploads
