"""The control API and the page: JSON on loopback for people's browsers and for programs in other processes."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web

from playground import checks, formatting, views
from playground.acting import BOT_STATUSES, ActError, act_as
from playground.errors import ApiError
from playground.hooks import Hooks
from playground.pace import Profile
from playground.world import World

Json = dict[str, Any]
Endpoint = Callable[[web.Request], Awaitable[web.StreamResponse]]

_PAGE: Final = Path(__file__).parent / "page"
_STATIC: Final = {
    path.name: {".css": "text/css", ".js": "text/javascript"}[path.suffix]
    for path in _PAGE.iterdir()
    if path.suffix in {".css", ".js"}
}
# Nothing from outside, and no inline script: what people write cannot become one
_POLICY: Final = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_QUIET: Final = frozenset({"request", "polled", "taken"})  # for programs that wait, not for pages
_LOCAL_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_KEEP_ALIVE_SECONDS: Final = 20
_KINDS: Final = ("group", "supergroup", "channel")


class Control:
    """Routes under /_admin/, the page at /, and the embedder's own pages under /_pages/."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.hooks = Hooks()
        self._feeds: set[asyncio.Queue[Json | None]] = set()
        world.listen(self._publish)

    def attach(self, app: web.Application) -> None:
        """Add the routes to an application."""
        router = app.router
        routes: list[tuple[str, str, Endpoint]] = [
            ("GET", "/", self._index),
            ("GET", "/_admin/page/{name}", self._static),
            ("GET", "/_pages/{name}", self._extra_page),
            ("GET", "/_admin/state", self._state),
            ("GET", "/_admin/events", self._events),
            ("POST", "/_admin/users", self._add_user),
            ("POST", "/_admin/users/{user_id}/act", self._act),
            ("GET", "/_admin/users/{user_id}/commands", self._commands),
            ("POST", "/_admin/chats", self._add_chat),
            ("GET", "/_admin/chats/{chat_id}/messages", self._messages),
            ("GET", "/_admin/chats/{chat_id}/transcript", self._transcript),
            ("GET", "/_admin/files/{file_id}", self._file),
            ("GET", "/_admin/clock", self._clock),
            ("POST", "/_admin/clock", self._move_clock),
            ("POST", "/_admin/moments/{name}", self._moment),
            ("GET", "/_admin/faults", self._faults),
            ("POST", "/_admin/faults", self._add_fault),
            ("DELETE", "/_admin/faults", self._clear_faults),
            ("DELETE", "/_admin/faults/{position:[0-9]+}", self._remove_fault),
            ("GET", "/_admin/wire", self._wire),
            ("GET", "/_admin/violations", self._violations),
            ("DELETE", "/_admin/violations", self._clear_violations),
            ("GET", "/_admin/pace", self._pace),
            ("POST", "/_admin/pace", self._set_pace),
        ]
        for verb, path, endpoint in routes:
            router.add_route(verb, path, _guarded(endpoint))

    def close(self) -> None:
        """End every feed."""
        for feed in self._feeds:
            feed.put_nowait(None)

    # The page

    async def _index(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002  the shape of a handler
        page = (_PAGE / "index.html").read_text(encoding="utf-8")
        headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
        return web.Response(text=page, content_type="text/html", headers=headers)

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in _STATIC:
            raise web.HTTPNotFound
        text = (_PAGE / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=_STATIC[name], headers={"Cache-Control": "no-cache"})

    async def _extra_page(self, request: web.Request) -> web.StreamResponse:
        page = self.hooks.pages.get(request.match_info["name"])
        if page is None:
            raise web.HTTPNotFound
        return await page(request)

    # What there is

    async def _state(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002  the shape of a handler
        world = self.world
        return _json(
            {
                "bot": world.bot,
                **world.time(),
                "parser": formatting.parser_available(),
                "polled": world.updates.somebody_polls,
                "users": [views.user(user) for user in world.users.values()],
                "chats": [views.chat(chat) for chat in world.chats.values() if not chat.private],
                "violations": len(world.violations),
                **self.hooks.payload(),
            }
        )

    async def _commands(self, request: web.Request) -> web.StreamResponse:
        user = self.world.users.get(int(request.match_info["user_id"]))
        if user is None:
            raise web.HTTPNotFound
        chat_id = int(request.query.get("chat_id", user.user_id))
        chat = self.world.chats.get(chat_id)
        administrator = chat is not None and chat.members.get(user.user_id) in {"administrator", "creator"}
        profile, language = self.world.profile, user.language_code or ""
        commands = profile.commands_seen(user.user_id, language, chat_id, administrator=administrator)
        description = profile.descriptions.get(language) or profile.descriptions.get("", "")
        return _json({"commands": commands, "menu": profile.menu_seen(user.user_id), "description": description})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        chat = self.world.chats.get(int(request.match_info["chat_id"]))
        if chat is None:
            raise web.HTTPNotFound
        limit = _count(request, "limit", 200)
        return _json(views.conversation(chat, limit, self.world.polls))

    async def _transcript(self, request: web.Request) -> web.StreamResponse:
        chat = self.world.chats.get(int(request.match_info["chat_id"]))
        if chat is None:
            raise web.HTTPNotFound
        return web.Response(text=views.transcript(chat))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self.world.files.find(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        # nosniff and attachment: an uploaded page must never run beside the control API
        headers = {"X-Content-Type-Options": "nosniff"}
        if stored.kind not in views.SHOWN_INLINE:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=stored.data, content_type=views.content_type(stored), headers=headers)

    # Acting

    async def _add_user(self, request: web.Request) -> web.StreamResponse:
        body = await _object(request)
        names = ("last_name", "username", "language_code", "started")
        extra = {name: body[name] for name in names if name in body}
        user_id, name, language = int(body["id"]), str(body["first_name"]), extra.get("language_code")
        if user_id <= 0 or not name.strip() or not isinstance(language, str | None):
            raise ActError("a person has a number above 0, a name, and a language written as text")
        if user_id in self.world.users:
            raise ActError("somebody has this number already")
        user = self.world.add_user(user_id, name, **extra)
        return _json(views.user(user))

    async def _add_chat(self, request: web.Request) -> web.StreamResponse:
        body = await _object(request)
        chat_id, title, kind = int(body["id"]), str(body["title"]), body.get("kind", "supergroup")
        if chat_id >= 0 or kind not in _KINDS or body.get("bot_status", "member") not in BOT_STATUSES:
            raise ActError(
                f"a chat has a number below 0, a kind ({', '.join(_KINDS)}) and a status of the bot that exists"
            )
        names = ("username", "bot_status", "bot_rights")
        extra = {name: body[name] for name in names if name in body}
        if kind == "channel":
            chat = self.world.add_channel(chat_id, title, **extra)
        else:
            members = [self.world.users[int(user_id)] for user_id in body.get("members", ())]
            chat = self.world.add_group(
                chat_id,
                title,
                members=members,
                forum=bool(body.get("forum")),
                supergroup=kind == "supergroup",
                **extra,
            )
        return _json(views.chat(chat))

    async def _act(self, request: web.Request) -> web.StreamResponse:
        return _json(act_as(self.world, int(request.match_info["user_id"]), await _object(request)))

    # Time

    async def _clock(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002  the shape of a handler
        return self._clock_answer()

    async def _move_clock(self, request: web.Request) -> web.StreamResponse:
        body, clock = await _object(request), self.world.clock
        if "to" in body:
            await self._travel(datetime.fromisoformat(body["to"]))
        if "advance" in body:
            await self._travel(clock.now() + timedelta(seconds=float(body["advance"])))
        if "running" in body:
            clock.run((clock.speed or 1) if body["running"] else 0)
        if "speed" in body:
            clock.run(float(body["speed"]))
        return self._clock_answer()

    async def _moment(self, request: web.Request) -> web.StreamResponse:
        moment = self.hooks.moments.get(request.match_info["name"])
        if moment is None:
            raise web.HTTPNotFound
        to = await moment()
        if to is not None:
            await self._travel(to)
        return self._clock_answer()

    async def _travel(self, to: datetime) -> None:
        if self.hooks.travel is None:
            self.world.clock.move_to(to)
        else:
            await self.hooks.travel(to)

    def _clock_answer(self) -> web.Response:
        return _json(self.world.time())

    # Trouble and what was seen

    async def _faults(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002  the shape of a handler
        return _json([views.fault(fault) for fault in self.world.faults])

    async def _add_fault(self, request: web.Request) -> web.StreamResponse:
        body = await _object(request)
        faults, kind = self.world.faults, body.pop("kind", "random")
        rule = faults.random(**body) if kind == "random" else faults.add(kind, **body)
        return _json(views.fault(rule))

    async def _clear_faults(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002  the shape of a handler
        self.world.faults.clear()
        return _json([])

    async def _remove_fault(self, request: web.Request) -> web.StreamResponse:
        rules, position = list(self.world.faults), int(request.match_info["position"])
        if position >= len(rules):
            raise web.HTTPNotFound
        self.world.faults.remove(rules[position])
        return _json([views.fault(fault) for fault in self.world.faults])

    async def _wire(self, request: web.Request) -> web.StreamResponse:
        tail = _count(request, "tail", 100)
        lines = "".join(entry.as_json() + "\n" for entry in self.world.wire[-tail:])
        return web.Response(text=lines, content_type="application/x-ndjson")

    async def _violations(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002  the shape of a handler
        return _json([str(violation) for violation in self.world.violations])

    async def _clear_violations(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002  as above
        self.world.violations.clear()
        return _json([])

    async def _pace(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002  the shape of a handler
        return _json(views.pace(self.world.pace))

    async def _set_pace(self, request: web.Request) -> web.StreamResponse:
        self.world.pace.profile = Profile((await _object(request))["profile"])
        return _json(views.pace(self.world.pace))

    # The live feed

    def _publish(self, event: Json) -> None:
        if event["kind"] in _QUIET:
            return
        for feed in self._feeds:
            feed.put_nowait(event)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        answer = web.StreamResponse(headers=headers)
        await answer.prepare(request)
        feed: asyncio.Queue[Json | None] = asyncio.Queue()
        self._feeds.add(feed)
        try:
            await answer.write(b": hello\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(feed.get(), _KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    await answer.write(b": still here\n\n")
                    continue
                if event is None:
                    break
                await answer.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
        except ConnectionError:
            pass  # the page was closed
        finally:
            self._feeds.discard(feed)
        with contextlib.suppress(ConnectionError):
            await answer.write_eof()
        return answer


def _count(request: web.Request, name: str, usual: int) -> int:
    """How many are asked for, at least one."""
    return max(1, int(request.query.get(name, usual)))


async def _object(request: web.Request) -> Json:
    body = await request.json()
    if not isinstance(body, dict):
        raise ActError("a JSON object is expected")
    checks.ensure_utf8(body)
    return body


def _json(value: Any) -> web.Response:
    return web.json_response(value, dumps=lambda item: json.dumps(item, ensure_ascii=False, default=str))


def _guarded(endpoint: Endpoint) -> Endpoint:
    """Only pages of this very server may ask: other sites in the same browser are refused."""

    async def handle(request: web.Request) -> web.StreamResponse:
        host = urlsplit(f"//{request.host}")
        origin = request.headers.get("Origin")
        if host.hostname not in _LOCAL_NAMES or (origin is not None and urlsplit(origin).netloc != host.netloc):
            return web.json_response({"error": "only from this computer"}, status=403)
        if request.method == "POST" and request.can_read_body and request.content_type != "application/json":
            return web.json_response({"error": "JSON is expected"}, status=415)
        try:
            return await endpoint(request)
        except (ValueError, KeyError, TypeError, AssertionError, OverflowError, ApiError) as problem:
            return web.json_response({"error": str(problem)}, status=400)

    return handle
