"""Threads of forums, whoever opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.model import Chat, Topic

if TYPE_CHECKING:
    from playground.world import World

Json = dict[str, Any]


def open_topic(
    world: World,
    chat: Chat,
    name: str,
    icon_color: int | None = None,
    icon_emoji: str | None = None,
    *,
    sender: Json | None = None,
) -> Topic:
    """A new thread with its opening event line; without a sender it is the bot's own."""
    topic = Topic(chat.last_message_id + 1, name, icon_emoji=icon_emoji, by_bot=sender is None)
    topic.icon_color = icon_color or topic.icon_color
    chat.topics[topic.thread_id] = topic
    world.service_message(chat, {"forum_topic_created": look(topic)}, sender=sender, thread_id=topic.thread_id)
    world.tell({"kind": "chats"})
    return topic


def look(topic: Topic) -> Json:
    """Name and icon as the Bot API shows them."""
    icon = {} if topic.icon_emoji is None else {"icon_custom_emoji_id": topic.icon_emoji}
    return {"name": topic.name, "icon_color": topic.icon_color, **icon}
