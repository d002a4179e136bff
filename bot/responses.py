"""aiogram's answers, kept alive.

For each call aiogram asks pydantic for `Response[what the method returns]`; pydantic forgets such a model as soon as nobody holds it, and
building it again costs more than everything else in a tap (5 ms, DESIGN §9).
"""

from typing import Any

from aiogram.methods import AnswerCallbackQuery, EditMessageText, GetFile, GetMe, SendMediaGroup, SendMessage
from aiogram.methods.base import Response, TelegramMethod

_USED: tuple[type[TelegramMethod[Any]], ...] = (
    AnswerCallbackQuery,  # and everything else that returns True
    EditMessageText,
    GetFile,
    GetMe,
    SendMediaGroup,
    SendMessage,  # and every other message
)


_UNREAD = frozenset({"editMessageText", "editMessageReplyMarkup"})
_OK = '{"ok":true,'
_DONE = '{"ok":true,"result":true}'
"""What Telegram answers to edits of inline messages, and aiogram therefore takes for any edit's answer."""


def unread(method: TelegramMethod[Any], content: str) -> str:
    """The answer to a call, without what nobody will read: building an edited message costs a tenth of an approval."""
    return _DONE if method.__api_method__ in _UNREAD and content.startswith(_OK) else content


def keep_responses(*more: type[TelegramMethod[Any]]) -> tuple[object, ...]:
    """The models of the methods in use; hold the result as long as the bot runs."""
    return tuple(Response[method.__returning__] for method in (*_USED, *more))  # type: ignore[name-defined] # a type known at run time
