"""What a check has in its hands: the server under test, chats to write to, people to act as, words to expect."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from playground.conformance.client import BotClient, ControlClient, File, Reply

Json = dict[str, Any]
T = TypeVar("T")

_LONGEST_WAIT_SECONDS: Final = 6
_SEEN_CHARACTERS: Final = 400


class Unexpected(Exception):
    """The server behaved otherwise than the rule says; the text tells what was seen."""


class Skip(Exception):
    """The check does not apply to this server; the text tells why."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where to write: a person who has pressed START, one who has blocked the bot, a forum, a channel."""

    chat: int
    blocked: int | None = None
    group: int | None = None
    channel: int | None = None


def expect(truth: object, seen: object) -> None:
    """Raise with what was seen unless the first argument holds."""
    if not truth:
        raise Unexpected(str(seen)[:_SEEN_CHARACTERS])


def expect_equal(seen: object, wanted: object, what: str = "") -> None:
    """Raise unless both are the same."""
    expect(seen == wanted, f"{what or 'seen'}: {seen!r}, expected: {wanted!r}")


def expect_fields(seen: Any, **wanted: object) -> None:
    """Raise unless an object has each of these fields with these values."""
    for name, value in wanted.items():
        found = seen.get(name) if isinstance(seen, Mapping) else None
        expect(found == value, f"{name}: {found!r}, expected: {value!r}, in {seen!r}")


def expect_refused(reply: Reply, status: int, words: str) -> None:
    """Raise unless the reply is a refusal of that status whose description fits the pattern (any case)."""
    expect(reply.body.get("ok") is False, f"no refusal: {reply}")
    expect(reply.status == status == reply.body.get("error_code"), f"not {status}: {reply}")
    expect(re.search(words, reply.description, re.IGNORECASE), f"not {words!r}: {reply}")


@dataclass(slots=True)
class Probe:
    """One server under test. Ids made by `fresh_id` do not collide with an earlier run against the same server."""

    api: BotClient
    control: ControlClient | None
    places: Places
    sent: list[tuple[int, int]] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(random.randrange(10**9, 10**12, 10_000)))  # noqa: S311  no secret

    @property
    def chat(self) -> int:
        """The chat that checks write to."""
        return self.places.chat

    @property
    def group(self) -> int:
        """The forum; only for checks that need it."""
        return _given(self.places.group)

    @property
    def channel(self) -> int:
        """The channel; only for checks that need it."""
        return _given(self.places.channel)

    @property
    def admin(self) -> ControlClient:
        """The control API; only for checks that need people or the clock."""
        return _given(self.control)

    # The Bot API

    async def call(self, method: str, /, *, files: Mapping[str, File] | None = None, **params: Any) -> Reply:
        """A request as JSON (multipart when there are files)."""
        return self.remember(await self.api.call(method, params, files=files))

    async def ok(self, method: str, /, *, files: Mapping[str, File] | None = None, **params: Any) -> Any:
        """The result of a request that must go through."""
        reply = await self.call(method, files=files, **params)
        expect(reply.ok and "result" in reply.body, f"{method}: {reply}")
        return reply.body["result"]

    async def refused(self, words: str, method: str, /, *, status: int = 400, **params: Any) -> None:
        """A request that must be refused in such words."""
        expect_refused(await self.call(method, **params), status, words)

    async def send(self, text: str = "conformance", **params: Any) -> Json:
        """A text message to the chat; returns the Message."""
        message: Json = await self.ok("sendMessage", **self._to_chat(text, params))
        return message

    async def send_refused(self, words: str, text: str = "conformance", **params: Any) -> None:
        """A text message that must be refused in such words."""
        await self.refused(words, "sendMessage", **self._to_chat(text, params))

    def _to_chat(self, text: str, params: Json) -> Json:
        return {"chat_id": self.chat, "text": text} | params

    async def edit_refused(self, words: str, message: Json, text: str, **params: Any) -> None:
        """An edit of a text that must be refused in such words."""
        await self.refused(words, "editMessageText", **where(message), text=text, **params)

    def remember(self, reply: Reply) -> Reply:
        """Keep the ids of what was sent, so that a live run can take it away again."""
        result = reply.body.get("result")
        for item in result if isinstance(result, list) else [result]:
            if isinstance(item, dict) and "message_id" in item and isinstance(item.get("chat"), dict):
                self.sent.append((item["chat"]["id"], item["message_id"]))
        return reply

    # Updates

    async def quiet(self) -> None:
        """No webhook, nothing waiting, the default kinds of updates."""
        await self.api.call("deleteWebhook", {"drop_pending_updates": True})
        reply = await self.api.call("getUpdates", {"offset": -1, "allowed_updates": []})
        waiting = reply.body.get("result") or []
        if waiting:
            await self.api.call("getUpdates", {"offset": waiting[-1]["update_id"] + 1})

    async def updates(self, kind: str, count: int = 1) -> list[Json]:
        """So many updates of a kind, as they come in, each confirmed; others are let pass."""
        found: list[Json] = []
        params: Json = {"timeout": _LONGEST_WAIT_SECONDS}
        others: list[str] = []
        while len(found) < count:
            batch: list[Json] = await self.ok("getUpdates", **params)
            expect(batch, f"{len(found)} of {count} updates {kind!r} came, besides: {others}")
            params["offset"] = batch[-1]["update_id"] + 1
            found += [update for update in batch if kind in update]
            others += [name for update in batch for name in update if name not in {"update_id", kind}]
        await self.ok("getUpdates", offset=params["offset"])
        return found

    async def update(self, kind: str) -> Json:
        """What the next update of a kind carries."""
        carried: Json = (await self.updates(kind))[0][kind]
        return carried

    async def waiting(self) -> list[Json]:
        """What getUpdates hands over at once, confirming nothing."""
        batch: list[Json] = await self.ok("getUpdates")
        return batch

    # People

    def fresh_id(self) -> int:
        """A number for a person or a chat that this server does not know."""
        return next(self._ids)

    async def person(self, **about: Any) -> Person:
        """Somebody new; has pressed START unless told otherwise."""
        user_id = self.fresh_id()
        await self.admin.post("users", {"id": user_id, "first_name": "Проба", "started": True} | about)
        return Person(self, user_id)

    async def place(self, kind: str = "supergroup", **about: Any) -> int:
        """A new group or channel; returns its id."""
        number = self.fresh_id()
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number % 10**12
        await self.admin.post("chats", {"id": chat_id, "title": "Проба", "kind": kind} | about)
        return chat_id

    async def advance(self, seconds: float) -> None:
        """Move the server's clock."""
        await self.admin.post("clock", {"advance": seconds})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose phone the control API holds."""

    probe: Probe
    user_id: int

    async def act(self, verb: str, **arguments: Any) -> Json:
        """Do one thing; see the control API for verbs."""
        return await self.probe.admin.act(self.user_id, verb, **arguments)

    async def says(self, text: str, **arguments: Any) -> Json:
        """Write a text and let the bot receive it; returns the Message of the update."""
        await self.act("send", text=text, **arguments)
        return await self.probe.update("message")

    async def offered(self, *data: str, text: str = "choose") -> Json:
        """A message from the bot with these callback buttons; returns the Message."""
        return await self.probe.send(text, chat_id=self.user_id, reply_markup=buttons(*data))

    async def presses(self, data: str = "yes") -> Json:
        """Offered a button and pressing it; returns the callback query."""
        await self.offered(data)
        await self.act("press", data=data)
        return await self.probe.update("callback_query")

    async def sees(self, chat_id: int | None = None) -> list[Json]:
        """The visible messages of their chat with the bot (or of another chat), oldest first."""
        shown = await self.probe.admin.get(f"chats/{chat_id or self.user_id}/messages")
        messages: list[Json] = shown["messages"]
        return messages


def where(message: Json) -> Json:
    """The parameters that name a message."""
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}


def buttons(*data: str) -> Json:
    """An inline keyboard with one callback button in each row."""
    return inline(*({"text": f"button {number}", "callback_data": item} for number, item in enumerate(data, 1)))


def inline(*keys: Json) -> Json:
    """An inline keyboard with one button in each row."""
    return {"inline_keyboard": [[key] for key in keys]}


def kinds_of(entities: Iterable[Json] | None) -> list[tuple[str, int, int]]:
    """Entities as (type, offset, length)."""
    return [(item["type"], item["offset"], item["length"]) for item in entities or ()]


def _given(value: T | None) -> T:
    if value is None:
        msg = "the check did not say that it needs this"
        raise RuntimeError(msg)
    return value
