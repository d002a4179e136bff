"""Lists of people and whatever opens an account: never kept, deleted from the chat, explained kindly."""

from contextlib import suppress
from typing import Any

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.filters import Filter
from aiogram.types import Message

from domain.rights import Action
from domain.sensitive import Sensitive, sensitive
from domain.usecases import sensitive as usecases
from handlers.access import needs
from handlers.filters import Group, Private
from handlers.screens import sensitive as screens
from handlers.show import NO_PREVIEW, send, show
from handlers.turn import Turn

group = Router(name="sensitive_in_groups")
group.message.filter(Group())
group.edited_message.filter(Group())
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


# -- in a group, where everybody reads it --------------------------------------------------------------------------------


class Opens(Filter):
    """A password, a login code, a token. A list of people is left alone there: the group knows its own members."""

    async def __call__(self, message: Message) -> bool:
        return sensitive(message.text or message.caption or "") is Sensitive.SECRET


@group.message(Opens(), flags=needs(Action.ANYTHING_ELSE))
@group.edited_message(Opens(), flags=needs(Action.ANYTHING_ELSE))
async def in_group(message: Message, turn: Turn) -> None:
    """It goes first, whoever wrote it: then it is said in one line, which does not repeat it."""
    gone = False
    with suppress(TelegramBadRequest, TelegramForbiddenError):  # no right to, older than 48 hours, gone already
        gone = await message.delete()
    if await turn.find_actor() is not None:
        await turn.run(usecases.put_away, Sensitive.SECRET, now=turn.now)
    screen = screens.in_group(turn.words, deleted=gone)
    with suppress(TelegramBadRequest, TelegramForbiddenError):  # it may not write there, or the message went meanwhile
        if gone:
            await show(message, screen)
        else:
            await message.reply(screen.text, link_preview_options=NO_PREVIEW)
