"""What Telegram hands over, before anybody has looked into it: how it is asked for, its number, its lane, who caused it."""

from typing import Any

from aiogram.methods import TelegramMethod
from aiogram.types import Update, User

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
NOBODY = frozenset({777000, 136817688, 1087968824})
"""Bot API, Message.from: Telegram (a linked channel's posts), Channel Bot (on behalf of a channel), Group Anonymous Bot."""
_OF_PRESSED = frozenset(
    {"message_id", "message_thread_id", "is_topic_message", "date", "chat", "from", "sender_chat", "reply_to_message"}
)
LARGEST_NUMBER = 2**63 - 1
_KINDS_WITH_CHAT = ("message", "edited_message", "my_chat_member")


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates that keeps updates as JSON: one that cannot be parsed must not cost the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = 0
    limit: int = 100
    allowed_updates: tuple[str, ...] = ALLOWED_UPDATES


def needed(update: dict[str, Any]) -> dict[str, Any]:
    """The update without what stands on a pressed message: we drew it, and nobody reads it out of there.

    It would be stored and built with every press: the text and thirty objects of buttons of an ordinary card.
    """
    press = update.get("callback_query")
    if not isinstance(press, dict) or not isinstance(press.get("message"), dict):
        return update
    kept = {name: value for name, value in press["message"].items() if name in _OF_PRESSED}
    return update | {"callback_query": press | {"message": kept}}


def lane_of(update: dict[str, Any]) -> int:
    """The chat (for presses: the person, whose private chat has the same id) within which order is kept; 0 when none is readable."""
    try:
        for kind in _KINDS_WITH_CHAT:
            if kind in update:
                return int(update[kind]["chat"]["id"])
        if "callback_query" in update:
            return int(update["callback_query"]["from"]["id"])
    except (KeyError, TypeError, ValueError):
        pass  # it is stored all the same and set aside when it is to be handled
    return 0


def number_of(update: Any) -> int | None:
    """Telegram's number of an update; None when this is not one."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int and 0 < number <= LARGEST_NUMBER else None


def user_of(update: Update) -> User | None:
    """Who caused it; None for whatever stands before a person: a bot, Telegram itself, a channel, a hidden administrator."""
    event = update.event
    user: User | None = getattr(event, "from_user", None)
    if user is None or user.is_bot or user.id in NOBODY or getattr(event, "sender_chat", None) is not None:
        return None
    return user
