"""Governing groups and channels: banning, restricting, promoting, permissions, title and description."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from playground import errors, limits, membership, rights
from playground.actors import User
from playground.model import Chat, Restriction
from playground.registry import Call, method
from playground.world import World

Json = dict[str, Any]

_FOREVER_UNDER: Final = timedelta(seconds=30)  # D banChatMember: less than 30 seconds or more than 366 days is for good
_FOREVER_OVER: Final = timedelta(days=366)


@method("banChatMember")
def ban_chat_member(world: World, call: Call) -> bool:
    """Throw somebody out and keep them out."""
    chat = _governed(world, call)
    user = _person(world, chat, call)
    _ensure_may_restrict(world, chat, user)
    membership.ban(world, chat, user, _until(world, call))
    return True


@method("unbanChatMember")
def unban_chat_member(world: World, call: Call) -> bool:
    """Let somebody come back; who was no banned member is put out, unless only_if_banned."""
    chat = _governed(world, call)
    if chat.kind == "group":
        raise errors.NOT_IN_CHANNELS_OR_SUPERGROUPS.error()
    user = _person(world, chat, call)
    membership.expire(world, chat)
    if user.user_id not in chat.banned and call.flag("only_if_banned"):
        return True
    _ensure_may_restrict(world, chat, user)
    membership.unban(world, chat, user)
    return True


@method("restrictChatMember")
def restrict_chat_member(world: World, call: Call) -> bool:
    """Deny a member of a supergroup something; all permissions given lifts it."""
    chat = _governed(world, call)
    if chat.kind != "supergroup":
        raise errors.ONLY_IN_SUPERGROUPS.error()
    user = _person(world, chat, call)
    _ensure_may_restrict(world, chat, user)
    permissions = _permissions(call, default=False)
    lifted = all(allowed for name, allowed in permissions.items() if rights.PERMISSIONS[name])
    membership.restrict(world, chat, user, None if lifted else Restriction(permissions, _until(world, call)))
    return True


@method("setChatPermissions")
def set_chat_permissions(world: World, call: Call) -> bool:
    """What ordinary members may do."""
    chat = _governed(world, call)
    if chat.kind == "channel":
        raise errors.ONLY_IN_GROUPS.error()
    rights.ensure_bot_may(chat, "can_restrict_members", errors.NO_RIGHT_TO_PERMISSIONS)
    chat.permissions = _permissions(call, default=False)
    world.tell({"kind": "chats"})
    return True


@method("promoteChatMember")
def promote_chat_member(world: World, call: Call) -> bool:
    """Make somebody an administrator with rights the bot has itself; none of them demotes."""
    chat = _governed(world, call)
    if chat.kind == "group":
        raise errors.NOT_IN_CHANNELS_OR_SUPERGROUPS.error()
    if call.integer("user_id") == world.bot["id"]:
        raise errors.PROMOTE_SELF.error()
    user = _person(world, chat, call)
    granted = frozenset(name for name in rights.ALL if call.flag(name))
    if not rights.bot_may(chat, "can_promote_members") or not granted <= rights.granted(chat, None):
        raise errors.NO_RIGHTS.error()
    _ensure_touchable(chat, user)
    membership.promote(world, chat, user, granted)
    return True


@method("setChatAdministratorCustomTitle")
def set_chat_administrator_custom_title(world: World, call: Call) -> bool:
    """A title for somebody the bot has promoted."""
    chat = _governed(world, call)
    if chat.kind == "channel":
        raise errors.ONLY_IN_GROUPS.error()
    user = _person(world, chat, call)
    if chat.members.get(user.user_id) != "administrator":
        raise errors.NOT_AN_ADMINISTRATOR.error()
    if user.user_id not in chat.promoted_by_bot:
        raise errors.NO_RIGHT_TO_CUSTOM_TITLE.error()
    chat.titles[user.user_id] = call.text("custom_title")
    return True


@method("setChatTitle")
def set_chat_title(world: World, call: Call) -> bool:
    """Another title; the event line comes back to the bot."""
    chat = world.chat_for(call.params["chat_id"])
    title = call.text("title").strip()[: limits.CHAT_TITLE.value]
    if not title:
        raise errors.TITLE_EMPTY.error()
    if chat.private:
        raise errors.PRIVATE_TITLE.error()
    rights.ensure_bot_may(chat, "can_change_info", errors.NO_RIGHT_TO_TITLE)
    if title == chat.title:
        return True  # T set_dialog_title
    chat.title = title
    world.service_message(chat, {"new_chat_title": title})
    world.tell({"kind": "chats"})
    return True


@method("setChatDescription")
def set_chat_description(world: World, call: Call) -> bool:
    """Another description; longer ones are cut (T)."""
    chat = _governed(world, call)
    description = call.text("description").strip()[: limits.CHAT_DESCRIPTION.value]
    rights.ensure_bot_may(chat, "can_change_info", errors.NO_RIGHT_TO_DESCRIPTION)
    if description == chat.description:
        raise errors.DESCRIPTION_NOT_MODIFIED.error()
    chat.description = description
    return True


def _governed(world: World, call: Call) -> Chat:
    chat = world.chat_for(call.params["chat_id"])
    if chat.private:
        raise errors.PRIVATE_MEMBERS.error()
    return chat


def _person(world: World, chat: Chat, call: Call) -> User:
    user_id = call.integer("user_id")
    if user_id == world.bot["id"]:
        raise errors.SELF_UNTOUCHABLE.error()
    user = world.users.get(user_id)
    if user is None:
        raise errors.USER_NOT_FOUND.error()
    membership.expire(world, chat)
    return user


def _ensure_may_restrict(world: World, chat: Chat, user: User) -> None:
    if not rights.bot_may(chat, "can_restrict_members") or world.bot["id"] == user.user_id:
        raise errors.NO_RIGHT_TO_RESTRICT.error()
    _ensure_touchable(chat, user)


def _ensure_touchable(chat: Chat, user: User) -> None:
    """Owners cannot be touched, administrators only by who promoted them."""
    status = chat.members.get(user.user_id)
    if status == "creator":
        raise errors.OWNER_UNTOUCHABLE.error()
    if status == "administrator" and user.user_id not in chat.promoted_by_bot:
        raise errors.ADMINISTRATOR_UNTOUCHABLE.error()


def _until(world: World, call: Call) -> datetime | None:
    wanted = call.get("until_date")
    if not isinstance(wanted, int) or not wanted:
        return None
    until, now = datetime.fromtimestamp(wanted, UTC), world.clock.now()
    return until if _FOREVER_UNDER <= until - now <= _FOREVER_OVER else None


def _permissions(call: Call, *, default: bool) -> dict[str, bool]:
    """The full set. Without use_independent_chat_permissions some imply others (D restrictChatMember)."""
    given: Json = call.params["permissions"]
    result = {name: bool(given.get(name, default)) for name in rights.PERMISSIONS}
    if call.flag("use_independent_chat_permissions"):
        return result
    media = [name for name in result if name.startswith("can_send_") and name not in _NOT_MEDIA]
    if result["can_send_other_messages"] or result["can_add_web_page_previews"]:
        result |= dict.fromkeys(media, True) | {"can_send_messages": True}
    if result["can_send_polls"] or any(result[name] for name in media):
        result["can_send_messages"] = True
    if "can_react_to_messages" not in given:
        result["can_react_to_messages"] = result["can_send_messages"]
    return result


_NOT_MEDIA: Final = frozenset({"can_send_messages", "can_send_polls", "can_send_other_messages"})
