"""Own async filters: aiogram runs synchronous ones in a thread each (26–125 µs per handler scanned)."""

from enum import StrEnum
from typing import Any, TypeVar

from aiogram.filters import Filter
from aiogram.types import Message

from domain.awaited import LONGEST_REASON, SHORT, could_be_line, could_be_reason
from domain.errors import NotFound
from handlers.turn import Turn

Choice = TypeVar("Choice", bound=StrEnum)


def chosen(kind: type[Choice], value: str) -> Choice:
    """What a button says; NotFound when no button of ours does (an old version's, or made by hand)."""
    try:
        return kind(value)
    except ValueError:
        raise NotFound("button") from None


class Expecting(Filter):
    """The person's next plain message was asked for: `expectation` is handed to the handler. Commands never match."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        if message.text is not None and message.text.startswith("/"):
            return False
        found = await turn.expectation()
        return {"expectation": found} if found is not None and found.kind in self.kinds else False


class Line(Filter):
    """A text that could be the line asked for; a post sent meanwhile, or a forward, is none."""

    async def __call__(self, message: Message) -> bool:
        text = message.text
        return text is not None and message.forward_origin is None and could_be_line(text)


class Name(Filter):
    """A text that could be a name: something short, in one line or not, or a line."""

    async def __call__(self, message: Message) -> bool:
        text = message.text
        if text is None or message.forward_origin is not None:
            return False
        return len(text.strip()) <= SHORT or could_be_line(text)


class Reason(Filter):
    """A text that could be the reason asked for; the same."""

    async def __call__(self, message: Message) -> bool:
        text = message.text
        return text is not None and message.forward_origin is None and could_be_reason(text)


class Wish(Filter):
    """The same of any length: whoever says too much is told so."""

    async def __call__(self, message: Message) -> bool:
        text = message.text
        return text is not None and message.forward_origin is None and could_be_reason(text[:LONGEST_REASON])


class Private(Filter):
    """Only in a private chat."""

    async def __call__(self, message: Message) -> bool:
        return message.chat.type == "private"


class Group(Filter):
    """Anywhere but in a private chat."""

    async def __call__(self, message: Message) -> bool:
        return message.chat.type != "private"
