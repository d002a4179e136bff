"""Lists of people and whatever opens an account: never kept, deleted from the chat, explained kindly."""

from contextlib import suppress
from typing import Any

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Filter
from aiogram.types import Message

from domain.rights import Action
from domain.sensitive import Sensitive, sensitive
from domain.usecases import sensitive as usecases
from handlers.access import needs
from handlers.filters import Private
from handlers.screens import sensitive as screens
from handlers.show import send
from handlers.turn import Turn

router = Router(name="sensitive")
router.message.filter(Private())
router.edited_message.filter(Private())


class Holds(Filter):
    """A text or caption that must not be kept: `what` is handed to the handler."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        found = sensitive(message.text or message.caption or "")
        return False if found is None else {"what": found}


@router.message(Holds(), flags=needs(Action.ANYTHING_ELSE))
@router.edited_message(Holds(), flags=needs(Action.ANYTHING_ELSE))
async def held(message: Message, what: Sensitive, turn: Turn) -> None:
    await put_away(message, what, turn)


async def put_away(message: Message, what: Sensitive, turn: Turn) -> None:
    """Also for files, which are looked into when they are fetched."""
    await turn.run(usecases.put_away, what, now=turn.now)
    gone = False
    with suppress(TelegramBadRequest):  # older than 48 hours, or deleted by its sender already
        gone = await message.delete()
    await send(message, screens.put_away(what, turn.words, deleted=gone))
