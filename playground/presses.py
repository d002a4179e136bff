"""What taps become: presses of inline buttons and reactions, as updates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from playground import limits
from playground.model import Button, Message, Query

if TYPE_CHECKING:
    from playground.actors import User
    from playground.world import World

Json = dict[str, Any]


def press(world: World, user: User, message: Message, data: str) -> int:
    """A `callback_query`; a message that is gone comes as an inaccessible one, with date 0 (S)."""
    number, now = str(4_000_000_000_000_000 + world.next_number()), world.clock.now()
    query = Query(number, user.user_id, message, data, now, now + world.clock.patience(limits.QUERY_LIFE))
    world.queries[query.query_id] = query
    shown = message.payload()
    if message.deleted:
        shown = {"chat": message.chat.payload(), "message_id": message.message_id, "date": 0}
    payload = {
        "id": query.query_id,
        "from": user.payload(),
        "message": shown,
        "chat_instance": str(-7_000_000_000_000 - abs(message.chat.chat_id)),
        "data": data,
    }
    query.update_id = world.deliver("callback_query", payload, f"press:{user.user_id}", query=True)
    return query.update_id


def react(world: World, user: User, message: Message, emoji: str | None) -> int:
    """A `message_reaction`; in groups only an administrator is told (D Update)."""
    old = message.reactions.get(user.user_id, [])
    new = [] if emoji is None else [emoji]
    message.reactions[user.user_id] = new
    world.tell_chat(message.chat)
    if not message.chat.private and message.chat.bot_status != "administrator":
        return 0
    payload = {
        "chat": message.chat.payload(),
        "message_id": message.message_id,
        "user": user.payload(),
        "date": int(world.clock.now().timestamp()),
        "old_reaction": [{"type": "emoji", "emoji": item} for item in old],
        "new_reaction": [{"type": "emoji", "emoji": item} for item in new],
    }
    return world.deliver("message_reaction", payload, f"reaction:{message.chat.chat_id}")


def open_web_app(world: World, user: User, buttons: Iterable[Button]) -> tuple[str, str]:
    """The address of the first web app among the buttons, and the query id it is opened with."""
    address = next((button.web_app for button in buttons if button.web_app is not None), None)
    assert address is not None, f"{user.first_name} sees no such web app button; there are: {user.labels}"
    query_id = str(6_000_000_000_000_000 + world.next_number())
    world.web_apps[query_id] = user
    return address, query_id
