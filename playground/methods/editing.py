"""Methods that change or remove what is already in a chat."""

from __future__ import annotations

from typing import Any

from playground import errors, keyboards, limits, rights
from playground.methods.common import caption_text, link_preview, media_content, message_text
from playground.methods.sending import facts_of, looks_of
from playground.model import CAPTIONED, Chat, Message
from playground.registry import Call, method
from playground.world import World

Json = dict[str, Any]


def _editable(world: World, call: Call) -> Message:
    """The bot's own message that a call wants to change."""
    if "chat_id" not in call.params:
        raise errors.CHAT_ID_EMPTY.error()
    if "message_id" not in call.params:
        raise errors.MESSAGE_ID_MISSING.error()
    chat = world.chat_for(call.params["chat_id"])
    message = chat.find(call.integer("message_id"))
    if message is None:
        raise errors.EDIT_NOT_FOUND.error()
    foreign = not message.from_bot and not (chat.kind == "channel" and rights.bot_may(chat, "can_edit_messages"))
    # D Updating messages: without reply_markup or with an inline keyboard only
    fixed = message.service or message.keyed or message.forward_origin is not None or message.kind == "poll"
    if foreign or fixed:
        raise errors.CANT_EDIT.error()
    return message


def _apply(world: World, message: Message, **changes: Any) -> Json:
    """Change a message; the same content and markup is refused, as on Telegram."""
    if all(getattr(message, name) == value for name, value in changes.items()):
        raise errors.NOT_MODIFIED.error()
    only_markup = changes.keys() == {"markup"}
    for name, value in changes.items():
        setattr(message, name, value)
    if not only_markup:
        message.edited_at = world.clock.now()
    world.tell_chat(message.chat)
    return message.payload()


@method("editMessageText")
def edit_message_text(world: World, call: Call) -> Json:
    """New text; without reply_markup the keyboard goes away."""
    call.refuse_unmodelled("rich_message")
    parsed = message_text(world, call.params)
    markup = keyboards.check_inline_only(call.get("reply_markup"))
    message = _editable(world, call)
    if message.content:
        raise errors.NO_TEXT_TO_EDIT.error()
    changes = {"body": parsed.text, "entities": parsed.entities, "markup": markup}
    if link_preview(call.params) is not None:
        changes["link_preview"] = link_preview(call.params)
    return _apply(world, message, **changes)


@method("editMessageCaption")
def edit_message_caption(world: World, call: Call) -> Json:
    """New caption; without reply_markup the keyboard goes away."""
    parsed = caption_text(world, call.params)
    markup = keyboards.check_inline_only(call.get("reply_markup"))
    message = _editable(world, call)
    if message.kind not in CAPTIONED:
        raise errors.NO_CAPTION_TO_EDIT.error()
    above = call.flag("show_caption_above_media")
    return _apply(world, message, body=parsed.text, entities=parsed.entities, markup=markup, above_media=above)


@method("editMessageMedia")
def edit_message_media(world: World, call: Call) -> Json:
    """Another medium in the same place; inside an album the kind must stay."""
    item: Json = call.params["media"]
    kind: str = item["type"]
    markup = keyboards.check_inline_only(call.get("reply_markup"))
    message = _editable(world, call)
    if message.kind in {"sticker", "voice", "video_note"} or kind not in CAPTIONED:
        raise errors.MEDIA_CANT_EDIT.error()
    if message.media_group_id is not None and message.kind != kind:
        raise errors.ALBUM_CHANGE.error()
    parsed = caption_text(world, item)
    media = media_content(world, kind, call.file(item["media"]), facts_of(item))
    text: Json = {"body": parsed.text, "entities": parsed.entities}
    return _apply(world, message, content={kind: media}, **text, **looks_of(item), markup=markup)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, call: Call) -> Json:
    """Another keyboard, or none."""
    markup = keyboards.check_inline_only(call.get("reply_markup"))
    return _apply(world, _editable(world, call), markup=markup)


@method("deleteMessage")
def delete_message(world: World, call: Call) -> bool:
    """Remove one message."""
    chat = world.chat_for(call.params["chat_id"])
    message = chat.find(call.integer("message_id"))
    if message is None:
        raise errors.DELETE_NOT_FOUND.error()
    if not _may_delete(world, chat, message):
        raise errors.CANT_DELETE.error()
    message.deleted = True
    world.tell_chat(chat)
    return True


@method("deleteMessages")
def delete_messages(world: World, call: Call) -> bool:
    """Remove several; what cannot be found or deleted is passed over (D)."""
    ids = message_ids(call)
    chat = world.chat_for(call.params["chat_id"])
    for message_id in ids:
        message = chat.find(message_id)
        if message is not None and _may_delete(world, chat, message):
            message.deleted = True
    world.tell_chat(chat)
    return True


def message_ids(call: Call) -> list[int]:
    """A list of 1-100 message ids."""
    ids: list[int] = call.params["message_ids"]
    if not ids:
        raise errors.MESSAGE_IDS_MISSING.error()
    if len(ids) > limits.MESSAGE_IDS.value:
        raise errors.TOO_MANY_MESSAGE_IDS.error()
    return ids


def _may_delete(world: World, chat: Chat, message: Message) -> bool:
    """D deleteMessage: within 48 hours, except with the right to delete in a supergroup or channel; a topic's first never."""
    if "forum_topic_created" in message.content:
        return False
    if not chat.private and rights.bot_may(chat, "can_delete_messages"):
        return True
    if message.service and not chat.private:
        return False
    young = world.clock.now() - message.date < limits.DELETE_LIFE
    own = message.from_bot and (chat.kind != "channel" or rights.bot_may(chat, "can_post_messages"))
    return young and (own or chat.private)
