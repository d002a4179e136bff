"""Around every handler: refusals become words for this person, presses are always answered."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.types import CallbackQuery, Message, TelegramObject

from domain.consent import WITHOUT_CONSENT, ConsentNeeded
from domain.errors import DomainError, NotFound
from domain.people import Stranger
from domain.rights import Action
from domain.sensitive import NotKept
from domain.team import AccessClosed
from domain.usecases import awaited, reach
from handlers.screens.base import Screen
from handlers.screens.join import dead_end, renew
from handlers.screens.plain import as_plain
from handlers.sensitive import put_away
from handlers.show import answered, send, show, toast
from handlers.turn import Turn
from texts.errors import explain

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
ALERT_LIMIT = 200
"""Bot API, answerCallbackQuery."""
_NO_NUMBER = re.compile(r"\d{19,}")
"""In a press: longer than any number of ours, so no button of ours. Databases count to 2^63 and would fail on it."""

_NEW_HERE = frozenset({Action.JOIN, Action.REQUEST_ACCESS})
"""What strangers do without anybody asking who they are: whoever is shut out does not come in by it again."""


class Refusals(BaseMiddleware):
    """A `DomainError` is an answer: an alert for a press, a message for a message."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        turn: Turn = data["turn"]
        answered.set(False)
        turn.asks_consent = get_flag(data, "action") not in WITHOUT_CONSENT
        result = None
        try:
            if isinstance(event, CallbackQuery) and _NO_NUMBER.search(event.data or ""):
                raise NotFound("button")
            turn.handling = True
            turn.ensure_open()
            if get_flag(data, "action") in _NEW_HERE:
                await turn.find_actor()
            if get_flag(data, "action") != Action.CANCEL:  # which says itself what it ended
                await _turn_away(event, turn)
            result = await handler(event, data)
        except ConsentNeeded:  # the pressed card stays: it will be needed in a moment
            if isinstance(event, Message | CallbackQuery):
                await send(event, renew(turn.words))
        except NotKept as error:  # found in a file when it was fetched
            if isinstance(event, Message) and not turn.committed:
                await put_away(event, error.what, turn)
            else:
                await self._refuse(event, turn, error)
        except DomainError as error:
            await self._refuse(event, turn, error)
        await _back_again(event, turn)
        if isinstance(event, CallbackQuery) and not answered.get():
            await toast(event)
        return result

    async def _refuse(self, event: TelegramObject, turn: Turn, error: DomainError) -> None:
        if isinstance(error, AccessClosed) and isinstance(event, Message) and not _is_said_to_us(event):
            return
        words = explain(error, turn.words)
        if isinstance(event, CallbackQuery):
            plain = as_plain(words)
            await toast(event, plain, alert=True)
            if len(plain) > ALERT_LIMIT and event.message is not None:
                await turn.bot.send_message(event.from_user.id, words)
        elif isinstance(event, Message):
            await show(event, dead_end(turn.words) if isinstance(error, Stranger) else Screen(words))


def _is_said_to_us(message: Message) -> bool:
    """Not in a group, where everybody would read the answer, and not an edit of what was answered."""
    return message.chat.type == "private" and message.edit_date is None


async def _turn_away(event: TelegramObject, turn: Turn) -> None:
    """A command in private ends the question that stands, as far as its answer could be any text."""
    if not isinstance(event, Message) or event.chat.type != "private" or not (event.text or "").startswith("/"):
        return
    asked = await turn.expectation()
    if awaited.is_ended(asked) and turn.known is not None and not turn.committed:
        actor = turn.known
        await turn.db.run(lambda uow: awaited.turn_away(uow, actor, now=turn.now))


async def _back_again(event: TelegramObject, turn: Turn) -> None:
    """Whoever writes or presses in private can be reached, whatever Telegram said before: what was kept for them goes out."""
    message = event.message if isinstance(event, CallbackQuery) else event
    private = isinstance(message, Message) and message.chat.type == "private"
    if private and turn.known is not None and not turn.known.person.reachable:
        await turn.db.run(reach.chat_member_changed, turn.visitor.telegram_id, reachable=True, now=turn.now)
