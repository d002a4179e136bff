"""Methods about chats: who is in them, pins, leaving; and downloads."""

from __future__ import annotations

from typing import Any

from playground import errors, limits, membership, rights
from playground.model import Chat
from playground.registry import Call, method
from playground.world import World

Json = dict[str, Any]

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


@method("getChat")
def get_chat(world: World, call: Call) -> Json:
    """Everything the bot may know of a chat."""
    chat = world.chat_for(call.params["chat_id"], reading=True)
    result = chat.payload() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.description:
        result["description"] = chat.description
    if chat.kind in {"group", "supergroup"}:
        result["permissions"] = dict(chat.permissions)
    primary = next(
        (address for address, link in chat.links.items() if link["is_primary"] and not link["is_revoked"]), ""
    )
    if primary:
        result["invite_link"] = primary
    pinned = next((m for i in reversed(chat.pinned) if (m := chat.find(i)) is not None), None)
    if pinned is not None:
        result["pinned_message"] = pinned.payload(nested=True)
    return result


@method("getChatMember")
def get_chat_member(world: World, call: Call) -> Json:
    """One person's standing in a chat."""
    chat = world.chat_for(call.params["chat_id"], reading=True)
    user_id = call.integer("user_id")
    person = world.find_user(user_id)
    if person is None:
        raise errors.USER_NOT_FOUND.error()
    membership.expire(world, chat)
    return rights.member(chat, None if user_id == world.bot["id"] else user_id, person)


@method("getChatAdministrators")
def get_chat_administrators(world: World, call: Call) -> list[Json]:
    """The owner and the administrators, bots among them only if it is this one."""
    chat = world.chat_for(call.params["chat_id"], reading=True)
    if chat.private:
        raise errors.NO_ADMINISTRATORS.error()
    people = [user_id for user_id, status in chat.members.items() if status in {"creator", "administrator"}]
    result = [rights.member(chat, user_id, world.users[user_id].payload()) for user_id in people]
    return [*result, rights.member(chat, None, world.bot)] if chat.bot_status == "administrator" else result


@method("getChatMemberCount")
def get_chat_member_count(world: World, call: Call) -> int:
    """How many are in a chat, the bot included."""
    chat = world.chat_for(call.params["chat_id"], reading=True)
    if chat.private:
        return 2  # S: the person and the bot
    return len(chat.members) + (chat.bot_status in {"member", "administrator"})


@method("leaveChat")
def leave_chat(world: World, call: Call) -> bool:
    """The bot walks out."""
    chat = world.chat_for(call.params["chat_id"])
    if chat.private:
        raise errors.PRIVATE_LEAVE.error()
    payload = membership.bot_leaves(world, chat)
    world.deliver("my_chat_member", payload, f"my_member:{chat.chat_id}")
    return True


@method("pinChatMessage")
def pin_chat_message(world: World, call: Call) -> bool:
    """Pin on top; the event line comes back to the bot as an update (S)."""
    chat = world.chat_for(call.params["chat_id"])
    _ensure_may_pin(chat)
    message = chat.find(call.integer("message_id"))
    if message is None:
        raise errors.PIN_NOT_FOUND.error()
    if message.service:
        raise errors.CANT_PIN_SERVICE.error()
    if message.message_id in chat.pinned:
        return True
    chat.pinned.append(message.message_id)
    world.service_message(chat, {"pinned_message": message.payload(nested=True)}, thread_id=message.thread_id)
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, call: Call) -> bool:
    """Unpin one message, or the newest pinned one."""
    chat = world.chat_for(call.params["chat_id"])
    _ensure_may_pin(chat)
    message_id = call.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id is None or chat.find(message_id) is None:
        raise errors.UNPIN_NOT_FOUND.error()
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    world.tell_chat(chat)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(world: World, call: Call) -> bool:
    """Clear the pins."""
    chat = world.chat_for(call.params["chat_id"])
    _ensure_may_pin(chat)
    chat.pinned.clear()
    world.tell_chat(chat)
    return True


def _ensure_may_pin(chat: Chat) -> None:
    """T can_pin_messages: in a channel it is the right to edit, in a basic group the bot must be an administrator."""
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    rights.ensure_bot_may(chat, right, errors.NO_RIGHT_TO_PIN)


@method("getFile")
def get_file(world: World, call: Call) -> Json:
    """Where to download a file; over 20 MB there is no way."""
    stored = world.files.find(call.text("file_id"))
    if stored is None:
        raise errors.FILE_UNAVAILABLE.error()
    if len(stored.data) > limits.DOWNLOAD_BYTES.value:
        raise errors.FILE_TOO_BIG.error()
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }
