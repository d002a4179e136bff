"""Coming and going in groups and channels: every change of somebody's standing with the updates it causes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from playground import rights
from playground.model import Chat, Restriction

if TYPE_CHECKING:
    from playground.actors import User
    from playground.world import World

Json = dict[str, Any]


def set_bot_status(world: World, chat: Chat, status: str, *, by: User, granted: Iterable[str] | None = None) -> int:
    """Somebody adds, promotes, demotes or removes the bot; comes as `my_chat_member`."""

    def change() -> None:
        chat.bot_status = status
        chat.bot_rights = rights.ALL if granted is None else frozenset(granted)

    payload = _changed(world, chat, None, change, by.payload())
    world.tell({"kind": "chats"})
    world.tell_chat(chat)
    return world.deliver("my_chat_member", payload, f"my_member:{chat.chat_id}")


def bot_leaves(world: World, chat: Chat) -> Json:
    """The bot walks out by itself; returns its `my_chat_member`."""

    def change() -> None:
        chat.bot_status = "left"

    payload = _changed(world, chat, None, change, world.bot)
    world.tell({"kind": "chats"})
    world.tell_chat(chat)
    return payload


def join(world: World, chat: Chat, user: User, status: str = "member") -> int:
    """Somebody enters, by themselves or let in; an event line in groups. Returns its update id (a channel's: chat_member's)."""
    assert user.user_id not in chat.banned, f"{user.first_name} is banned from {chat.title}"

    def change() -> None:
        chat.members[user.user_id] = status
        chat.requests.pop(user.user_id, None)

    update_id = set_standing(world, chat, user, change, by=user.payload())
    if chat.kind == "channel":
        return update_id
    return world.deliver_message(
        world.new_message(chat, user.payload(), content={"new_chat_members": [user.payload()]})
    )


def leave(world: World, chat: Chat, user: User) -> int:
    """Somebody goes by themselves."""
    update_id = set_standing(world, chat, user, lambda: _forget(chat, user.user_id), by=user.payload())
    if chat.kind == "channel":
        return update_id
    return world.deliver_message(world.new_message(chat, user.payload(), content={"left_chat_member": user.payload()}))


def ban(world: World, chat: Chat, user: User, until: datetime | None) -> None:
    """The bot throws somebody out; in groups the event line is the bot's own and comes back to it (S)."""
    was_in = user.user_id in chat.members

    def change() -> None:
        _forget(chat, user.user_id)
        chat.banned[user.user_id] = until

    set_standing(world, chat, user, change, by=world.bot)
    if was_in and chat.kind != "channel":
        world.service_message(chat, {"left_chat_member": user.payload()})


def unban(world: World, chat: Chat, user: User) -> None:
    """Somebody may come back; a member who was not banned is put out (D unbanChatMember)."""

    def change() -> None:
        chat.banned.pop(user.user_id, None)
        _forget(chat, user.user_id)

    set_standing(world, chat, user, change, by=world.bot)


def restrict(world: World, chat: Chat, user: User, restriction: Restriction | None) -> None:
    """Deny somebody something; None lifts every restriction."""

    def change() -> None:
        if restriction is None:
            chat.restricted.pop(user.user_id, None)
        else:
            chat.restricted[user.user_id] = restriction

    set_standing(world, chat, user, change, by=world.bot)


def promote(world: World, chat: Chat, user: User, granted: frozenset[str]) -> None:
    """Make somebody an administrator with these rights; none of them demotes."""

    def change() -> None:
        chat.members[user.user_id] = "administrator" if granted else "member"
        chat.restricted.pop(user.user_id, None)
        if granted:
            chat.granted[user.user_id] = granted
            chat.promoted_by_bot.add(user.user_id)
        else:
            chat.granted.pop(user.user_id, None)
            chat.titles.pop(user.user_id, None)
            chat.promoted_by_bot.discard(user.user_id)

    set_standing(world, chat, user, change, by=world.bot)


def ask_to_join(world: World, chat: Chat, user: User, bio: str) -> int:
    """Somebody asks to be let in; comes as `chat_join_request` when the bot may invite."""
    assert user.user_id not in chat.members, f"{user.first_name} is in {chat.title} already"
    chat.requests[user.user_id] = user.user_id
    payload = {
        "chat": chat.payload(),
        "from": user.payload(),
        "user_chat_id": user.user_id,
        "date": int(world.clock.now().timestamp()),
    }
    if bio:
        payload["bio"] = bio
    if not rights.bot_may(chat, "can_invite_users"):
        return 0
    return world.deliver("chat_join_request", payload, f"member:{user.user_id}")


def migrate(world: World, group: Chat, new_chat_id: int) -> Chat:
    """Upgrade a basic group: the old one points to its successor, both tell of it."""
    assert group.kind == "group", f"{group.title} is a {group.kind}, only a basic group can be upgraded"
    successor = world.add_group(new_chat_id, group.title, bot_status=group.bot_status)
    successor.members, successor.permissions = dict(group.members), dict(group.permissions)
    owner = next((user_id for user_id, status in group.members.items() if status == "creator"), None)
    sender = world.users[owner].payload() if owner is not None else None
    world.service_message(group, {"migrate_to_chat_id": new_chat_id}, sender=sender)
    world.service_message(successor, {"migrate_from_chat_id": group.chat_id}, sender=sender)
    group.migrated_to = new_chat_id
    return successor


def expire(world: World, chat: Chat) -> None:
    """Lift the bans and restrictions whose time is over."""
    now = world.clock.now()
    for user_id in [user_id for user_id, until in chat.banned.items() if until is not None and until <= now]:
        del chat.banned[user_id]
    for user_id in [user_id for user_id, limit in chat.restricted.items() if limit.until and limit.until <= now]:
        del chat.restricted[user_id]


def set_standing(world: World, chat: Chat, user: User, change: Callable[[], None], *, by: Json) -> int:
    """Apply a change to somebody's standing; a `chat_member` update when the bot is an administrator (D) and it differs."""
    payload = _changed(world, chat, user, change, by)
    world.tell({"kind": "chats"})
    world.tell_chat(chat)
    if chat.bot_status != "administrator" or payload["old_chat_member"] == payload["new_chat_member"]:
        return 0
    return world.deliver("chat_member", payload, f"member:{user.user_id}")


def _changed(world: World, chat: Chat, user: User | None, change: Callable[[], None], by: Json) -> Json:
    user_id, person = (None, world.bot) if user is None else (user.user_id, user.payload())
    expire(world, chat)
    old = rights.member(chat, user_id, person)
    change()
    return {
        "chat": chat.payload(),
        "from": by,
        "date": int(world.clock.now().timestamp()),
        "old_chat_member": old,
        "new_chat_member": rights.member(chat, user_id, person),
    }


def _forget(chat: Chat, user_id: int) -> None:
    for place in (chat.members, chat.restricted, chat.granted, chat.titles):
        place.pop(user_id, None)
    chat.promoted_by_bot.discard(user_id)
