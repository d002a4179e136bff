"""What several methods need: text or caption of a call, its chat and thread, its reply, its media."""

from __future__ import annotations

from typing import Any, Final

from playground import errors, formatting, keyboards, limits, rights
from playground.files import Upload
from playground.formatting import Formatted
from playground.model import Chat, Message
from playground.registry import Call
from playground.world import World

Json = dict[str, Any]

GENERAL_TOPIC: Final = 1


def target(world: World, call: Call, kind: str) -> Chat:
    """The chat to put a message of some kind into, if the bot may."""
    chat = world.chat_for(call.params["chat_id"])
    rights.ensure_bot_may_send(chat, kind)
    return chat


def message_text(world: World, params: Json) -> Formatted:
    """The text of a message, parsed and measured."""
    raw = str(params.get("text", ""))
    if not raw:
        raise errors.TEXT_EMPTY.error()
    parsed = formatting.parse(raw, params.get("parse_mode"), params.get("entities"), world.find_user)
    if not parsed.text:
        raise errors.TEXT_BLANK.error()
    if len(parsed.text) > limits.TEXT.value:
        raise errors.MESSAGE_TOO_LONG.error()
    return parsed


def caption_text(world: World, params: Json) -> Formatted:
    """A caption, parsed and measured; may be empty."""
    raw = str(params.get("caption") or "")
    parsed = formatting.parse(raw, params.get("parse_mode"), params.get("caption_entities"), world.find_user)
    if len(parsed.text) > limits.CAPTION.value:
        raise errors.CAPTION_TOO_LONG.error()
    return parsed


def link_preview(params: Json) -> Json | None:
    """The link preview options as the message shows them."""
    options: Json | None = params.get("link_preview_options")
    if options is None and params.get("disable_web_page_preview"):
        return {"is_disabled": True}
    return options or None


def thread_of(chat: Chat, call: Call) -> int | None:
    """The topic to write to; ignored outside forums, General must not be named (S check_message_topic)."""
    thread_id: int | None = call.get("message_thread_id")
    if not chat.forum:
        return None
    if thread_id is not None and (thread_id == GENERAL_TOPIC or thread_id not in chat.topics):
        raise errors.THREAD_NOT_FOUND.error()
    topic = chat.general if thread_id is None else chat.topics[thread_id]
    if topic.closed and not rights.bot_may(chat, "can_manage_topics"):
        raise errors.TOPIC_CLOSED.error()
    return thread_id


def reply_of(world: World, chat: Chat, call: Call) -> Message | None:
    """The message to answer; a missing one is an error unless the caller allows it."""
    wanted: Json = call.get("reply_parameters") or {}
    message_id = wanted.get("message_id", call.get("reply_to_message_id"))
    if message_id is None:
        return None
    place = world.chat_for(wanted["chat_id"], reading=True) if "chat_id" in wanted else chat
    found = place.find(message_id)
    if found is None and not (wanted.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply")):
        raise errors.REPLY_NOT_FOUND.error()
    return found


def _quote_of(world: World, reply: Message, wanted: Json) -> Json | None:
    """The quoted part of the answered message; it must be found there (D ReplyParameters)."""
    if "quote" not in wanted:
        return None
    entities = wanted.get("quote_entities")
    quote = formatting.parse(wanted["quote"], wanted.get("quote_parse_mode"), entities, world.find_user)
    at = reply.body.find(quote.text)
    if at < 0 or not quote.text:
        raise errors.QUOTE_INVALID.error()
    position = formatting.utf16_length(reply.body[:at])
    shown: Json = {"entities": list(quote.entities)} if quote.entities else {}
    return {"text": quote.text, "position": position, "is_manual": True, **shown}


def envelope(world: World, chat: Chat, call: Call) -> Json:
    """The fields of a new message that every send has: thread, reply, markup, protection, silence."""
    markup = keyboards.check_markup(call.get("reply_markup"))
    thread_id = thread_of(chat, call)
    reply = reply_of(world, chat, call)
    keyed = markup is not None and "inline_keyboard" not in markup
    if markup is not None and keyed:
        if chat.kind == "channel":
            raise errors.MARKUP_NOT_INLINE.error()
        if not chat.private:
            keyboards.ensure_asks_in_private(markup)
        # a reply keyboard belongs to the chat, not to the message
        chat.reply_keyboard = markup if "keyboard" in markup or markup.get("force_reply") else None
        markup = None
    return {
        "markup": markup,
        "keyed": keyed,
        "thread_id": thread_id,
        "reply_to": reply,
        "quote": None if reply is None else _quote_of(world, reply, call.get("reply_parameters") or {}),
        "protected": call.flag("protect_content"),
        "silent": call.flag("disable_notification"),
    }


def media_content(world: World, kind: str, source: Upload | str, facts: Json) -> Any:
    """The Bot API object of a medium: freshly uploaded, or sent again by its file_id."""
    if isinstance(source, Upload):
        return world.files.add_photo(source) if kind == "photo" else world.files.add(kind, source, facts)
    if source.startswith(("http://", "https://")):
        raise errors.URL_UNREACHABLE.error()  # there is no internet in here
    stored = world.files.find(source)
    if stored is None:
        raise errors.WRONG_FILE_ID.error()
    if stored.kind != kind:
        raise errors.WRONG_FILE_KIND.error(actual=stored.kind.capitalize(), wanted=kind.capitalize())
    return world.files.again(stored)
