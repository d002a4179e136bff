"""Topics of forums: opening, renaming, closing, deleting, and General."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from playground import errors, limits, rights, topics
from playground.model import Chat, Topic
from playground.registry import METHODS, Call, method
from playground.world import World

Json = dict[str, Any]


@method("createForumTopic")
def create_forum_topic(world: World, call: Call) -> Json:
    """Open a thread in a forum."""
    chat = _forum(world, call)
    rights.ensure_bot_may(chat, "can_manage_topics", errors.NO_RIGHT_TO_OPEN_TOPIC)
    topic = topics.open_topic(world, chat, _name(call), call.get("icon_color"), call.get("icon_custom_emoji_id"))
    return {"message_thread_id": topic.thread_id, **topics.look(topic)}


def _name(call: Call) -> str:
    """Longer names are cut, as Telegram does (T clean_name)."""
    name = call.text("name").strip()[: limits.TOPIC_NAME.value]
    if not name:
        raise errors.TOPIC_NAME_EMPTY.error()
    return name


@method("editForumTopic")
def edit_forum_topic(world: World, call: Call) -> bool:
    """Another name or icon."""
    chat = _forum(world, call)
    topic = _topic(chat, call)
    _ensure_own_or_right(chat, topic, "can_manage_topics", errors.NO_RIGHT_TO_EDIT_TOPIC)
    name = _name(call) if call.text("name") else topic.name
    icon = call.get("icon_custom_emoji_id", topic.icon_emoji or "") or None
    changes: Json = {} if name == topic.name else {"name": name}
    if icon != topic.icon_emoji:
        changes["icon_custom_emoji_id"] = icon or ""
    if not changes:
        raise errors.TOPIC_NOT_MODIFIED.error()
    topic.name, topic.icon_emoji = name, icon
    _tell(world, chat, topic, {"forum_topic_edited": changes})
    return True


@method("editGeneralForumTopic")
def edit_general_forum_topic(world: World, call: Call) -> bool:
    """Another name for General."""
    chat = _forum(world, call)
    rights.ensure_bot_may(chat, "can_manage_topics", errors.NO_RIGHT_TO_EDIT_TOPIC)
    name = _name(call)
    if name == chat.general.name:
        raise errors.TOPIC_NOT_MODIFIED.error()
    chat.general.name = name
    _tell(world, chat, chat.general, {"forum_topic_edited": {"name": name}})
    return True


def _closing(*, closed: bool, general: bool) -> Callable[[World, Call], bool]:
    def act(world: World, call: Call) -> bool:
        """Close or open a thread for people."""
        chat = _forum(world, call)
        topic = chat.general if general else _topic(chat, call)
        _ensure_own_or_right(chat, topic, "can_manage_topics", errors.NO_RIGHT_TO_CLOSE_TOPIC)
        if topic.closed == closed:
            raise errors.TOPIC_NOT_MODIFIED.error()
        topic.closed = closed
        _tell(world, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
        return True

    return act


def _hiding(*, hidden: bool) -> Callable[[World, Call], bool]:
    def act(world: World, call: Call) -> bool:
        """Hide General (which closes it) or show it again."""
        chat = _forum(world, call)
        rights.ensure_bot_may(chat, "can_manage_topics", errors.NO_RIGHT_TO_CLOSE_TOPIC)
        if chat.general_hidden == hidden:
            raise errors.TOPIC_NOT_MODIFIED.error()
        chat.general_hidden = chat.general.closed = hidden
        event = "general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden"
        _tell(world, chat, chat.general, {event: {}})
        return True

    return act


@method("deleteForumTopic")
def delete_forum_topic(world: World, call: Call) -> bool:
    """Remove a thread with all its messages; nobody is told by a message."""
    chat = _forum(world, call)
    topic = _topic(chat, call)
    _ensure_own_or_right(chat, topic, "can_delete_messages", errors.NO_RIGHT_TO_DELETE_TOPIC)
    del chat.topics[topic.thread_id]
    for message in chat.messages:
        if message.thread_id == topic.thread_id:
            message.deleted = True
    world.tell({"kind": "chats"})
    world.tell_chat(chat)
    return True


def _unpinning(*, general: bool) -> Callable[[World, Call], bool]:
    def act(world: World, call: Call) -> bool:
        """Clear the pins of one thread."""
        chat = _forum(world, call)
        thread_id = None if general else _topic(chat, call).thread_id
        rights.ensure_bot_may(chat, "can_pin_messages", errors.NO_RIGHT_TO_PIN)
        chat.pinned = [number for number in chat.pinned if chat.by_id[number].thread_id != thread_id]
        world.tell_chat(chat)
        return True

    return act


METHODS["closeForumTopic"] = _closing(closed=True, general=False)
METHODS["reopenForumTopic"] = _closing(closed=False, general=False)
METHODS["closeGeneralForumTopic"] = _closing(closed=True, general=True)
METHODS["reopenGeneralForumTopic"] = _closing(closed=False, general=True)
METHODS["hideGeneralForumTopic"] = _hiding(hidden=True)
METHODS["unhideGeneralForumTopic"] = _hiding(hidden=False)
METHODS["unpinAllForumTopicMessages"] = _unpinning(general=False)
METHODS["unpinAllGeneralForumTopicMessages"] = _unpinning(general=True)


@method("getForumTopicIconStickers")
def get_forum_topic_icon_stickers(world: World, call: Call) -> list[Json]:  # noqa: ARG001  the shape of a handler
    """No custom emoji exist here."""
    return []


_GENERAL: Final = 1


def _tell(world: World, chat: Chat, topic: Topic, event: Json) -> None:
    thread_id = None if topic.thread_id == _GENERAL else topic.thread_id
    world.service_message(chat, event, thread_id=thread_id)
    world.tell({"kind": "chats"})


def _ensure_own_or_right(chat: Chat, topic: Topic, right: str, refusal: errors.Refusal) -> None:
    """T: the one who opened a topic needs no right to change it."""
    if topic.thread_id == _GENERAL or not topic.by_bot:
        rights.ensure_bot_may(chat, right, refusal)


def _forum(world: World, call: Call) -> Chat:
    chat = world.chat_for(call.params["chat_id"])
    if not chat.forum:
        raise errors.NOT_A_FORUM.error()
    return chat


def _topic(chat: Chat, call: Call) -> Topic:
    topic = chat.topics.get(call.integer("message_thread_id"))
    if topic is None:
        raise errors.TOPIC_INVALID.error()
    return topic
