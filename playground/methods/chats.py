"""Methods about chats: who is in them, pins, topics, leaving; and downloads."""

from __future__ import annotations

from typing import Any

from playground import errors, limits
from playground.model import Chat, Topic
from playground.registry import Call, method
from playground.transcript import member
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
    status = chat.bot_status if user_id == world.bot["id"] else chat.members.get(user_id, "left")
    return member(status, {"user": person})


@method("getChatAdministrators")
def get_chat_administrators(world: World, call: Call) -> list[Json]:
    """The owner and the administrators, bots among them only if it is this one."""
    chat = world.chat_for(call.params["chat_id"], reading=True)
    if chat.private:
        raise errors.NO_ADMINISTRATORS.error()
    people = [(user_id, status) for user_id, status in chat.members.items() if status in {"creator", "administrator"}]
    if chat.bot_status == "administrator":
        people.append((world.bot["id"], "administrator"))
    return [member(status, {"user": world.find_user(user_id)}) for user_id, status in people]


@method("getChatMemberCount")
def get_chat_member_count(world: World, call: Call) -> int:
    """How many are in a chat, the bot included."""
    chat = world.chat_for(call.params["chat_id"], reading=True)
    return len(chat.members) + (chat.bot_status in {"member", "administrator"})


@method("leaveChat")
def leave_chat(world: World, call: Call) -> bool:
    """The bot walks out."""
    chat = world.chat_for(call.params["chat_id"])
    if chat.private:
        raise errors.PRIVATE_LEAVE.error()
    chat.bot_status = "left"
    world.tell_chat(chat)
    return True


@method("pinChatMessage")
def pin_chat_message(world: World, call: Call) -> bool:
    """Pin on top; the event line comes back to the bot as an update (S)."""
    chat = world.chat_for(call.params["chat_id"])
    _ensure_rights(chat, "manage pinned messages in the chat")
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
    _ensure_rights(chat, "manage pinned messages in the chat")
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
    _ensure_rights(chat, "manage pinned messages in the chat")
    chat.pinned.clear()
    world.tell_chat(chat)
    return True


def _ensure_rights(chat: Chat, what: str) -> None:
    if not chat.private and chat.bot_status != "administrator":
        raise errors.NO_RIGHT.error(what=what)


@method("createForumTopic")
def create_forum_topic(world: World, call: Call) -> Json:
    """Open a thread in a forum."""
    chat = _forum(world, call)
    _ensure_rights(chat, "create a topic")
    name = call.text("name")
    if not 1 <= len(name) <= limits.TOPIC_NAME.value:
        raise errors.OWN_TEXT_TOO_LONG.error(what="topic name")
    topic = open_topic(world, chat, name, call.get("icon_color"))
    return {"message_thread_id": topic.thread_id, "name": topic.name, "icon_color": topic.icon_color}


def open_topic(world: World, chat: Chat, name: str, icon_color: int | None = None) -> Topic:
    """A new thread with its opening event line."""
    topic = Topic(chat.last_message_id + 1, name)
    topic.icon_color = icon_color or topic.icon_color
    chat.topics[topic.thread_id] = topic
    content = {"forum_topic_created": {"name": name, "icon_color": topic.icon_color}}
    world.service_message(chat, content, thread_id=topic.thread_id)
    return topic


@method("editForumTopic")
def edit_forum_topic(world: World, call: Call) -> bool:
    """Rename a thread."""
    chat = _forum(world, call)
    _ensure_rights(chat, "edit the topic")
    topic = _topic(chat, call)
    name = call.text("name") or topic.name
    if name == topic.name and "icon_custom_emoji_id" not in call.params:
        raise errors.TOPIC_NOT_MODIFIED.error()
    topic.name = name
    world.service_message(chat, {"forum_topic_edited": {"name": name}}, thread_id=topic.thread_id)
    return True


@method("closeForumTopic")
def close_forum_topic(world: World, call: Call) -> bool:
    """Close a thread for people."""
    return _set_closed(world, call, closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(world: World, call: Call) -> bool:
    """Open a closed thread again."""
    return _set_closed(world, call, closed=False)


def _set_closed(world: World, call: Call, *, closed: bool) -> bool:
    chat = _forum(world, call)
    _ensure_rights(chat, "close or open the topic")
    topic = _topic(chat, call)
    if topic.closed == closed:
        raise errors.TOPIC_NOT_MODIFIED.error()
    topic.closed = closed
    event = "forum_topic_closed" if closed else "forum_topic_reopened"
    world.service_message(chat, {event: {}}, thread_id=topic.thread_id)
    return True


def _forum(world: World, call: Call) -> Chat:
    chat = world.chat_for(call.params["chat_id"])
    if not chat.forum:
        raise errors.NOT_A_FORUM.error()
    return chat


def _topic(chat: Chat, call: Call) -> Topic:
    topic = chat.topics.get(call.integer("message_thread_id"))
    if topic is None:
        raise errors.THREAD_NOT_FOUND.error()
    return topic


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
