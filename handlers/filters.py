"""Own async filters: aiogram runs synchronous ones in a thread each (26–125 µs per handler scanned)."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from aiogram.filters import Filter
from aiogram.types import Message

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


class Fits(Filter):
    """A text of their own that could be what was asked for; a post sent meanwhile, or a forward, is none."""

    def __init__(self, could_be: Callable[[str], bool]) -> None:
        self._could_be = could_be

    async def __call__(self, message: Message) -> bool:
        return message.text is not None and message.forward_origin is None and self._could_be(message.text)


class Private(Filter):
    """Only in a private chat."""

    async def __call__(self, message: Message) -> bool:
        return message.chat.type == "private"


class Group(Filter):
    """Anywhere but in a private chat."""

    async def __call__(self, message: Message) -> bool:
        return message.chat.type != "private"
