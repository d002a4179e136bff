"""Methods that put something new into a chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from playground import errors, limits
from playground.methods.common import caption_text, envelope, link_preview, media_content, message_text
from playground.model import CAPTIONED
from playground.registry import METHODS, Call, method
from playground.world import World

Json = dict[str, Any]

ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_FACTS: Final = ("duration", "width", "height", "performer", "title", "length", "emoji")
_HOMOGENEOUS: Final = frozenset({"document", "audio"})  # T is_homogenous_media_group_content


@method("sendMessage")
def send_message(world: World, call: Call) -> Json:
    """A text message."""
    chat = world.chat_for(call.params["chat_id"])
    parsed = message_text(world, call.params)
    fields = envelope(world, chat, call)
    preview = link_preview(call.params)
    message = world.bot_message(chat, body=parsed.text, entities=parsed.entities, link_preview=preview, **fields)
    return message.payload()


def _send_media(kind: str) -> Callable[[World, Call], Json]:
    def send(world: World, call: Call) -> Json:
        chat = world.chat_for(call.params["chat_id"])
        parsed = caption_text(world, call.params)
        fields = envelope(world, chat, call)
        media = media_content(world, kind, call.file(call.params[kind]), facts_of(call.params))
        above = call.flag("show_caption_above_media")
        message = world.bot_message(
            chat, body=parsed.text, entities=parsed.entities, content={kind: media}, above_media=above, **fields
        )
        return message.payload()

    return send


def facts_of(params: Json) -> Json:
    """What a caller tells of a medium beside the file itself."""
    return {name: params[name] for name in _FACTS if name in params}


for _name, _kind in {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVideo": "video",
    "sendVoice": "voice",
    "sendAudio": "audio",
    "sendAnimation": "animation",
    "sendSticker": "sticker",
    "sendVideoNote": "video_note",
}.items():
    METHODS[_name] = _send_media(_kind)


@method("sendMediaGroup")
def send_media_group(world: World, call: Call) -> list[Json]:
    """An album: 2-10 items, no keyboard, documents and music only among themselves."""
    chat = world.chat_for(call.params["chat_id"])
    items: list[Json] = call.params["media"]
    _ensure_album(items)
    fields = envelope(world, chat, call)
    group = str(13_000_000_000_000 + world.next_number())
    ready = []
    for item in items:  # everything is checked before anything is sent
        kind = item["type"]
        media = media_content(world, kind, call.file(item["media"]), facts_of(item))
        ready.append((kind, media, caption_text(world, item), bool(item.get("show_caption_above_media"))))
    messages = [
        world.bot_message(
            chat,
            body=parsed.text,
            entities=parsed.entities,
            content={kind: media},
            media_group_id=group,
            above_media=above,
            **fields,
        )
        for kind, media, parsed, above in ready
    ]
    return [message.payload() for message in messages]


def _ensure_album(items: list[Json]) -> None:
    if not items:
        raise errors.ALBUM_EMPTY.error()
    if len(items) > limits.ALBUM_MOST.value:
        raise errors.ALBUM_TOO_LONG.error()
    if len(items) < limits.ALBUM_LEAST.value:
        raise errors.ALBUM_TOO_SHORT.error()
    kinds = {item["type"] for item in items}
    if len(kinds) > 1 and kinds & _HOMOGENEOUS:
        raise errors.ALBUM_MIXED.error(kind=next(iter(kinds & _HOMOGENEOUS)).capitalize())
    if not kinds <= CAPTIONED:
        raise errors.PARAMETER_UNMODELLED.error(name=f"media.type={next(iter(kinds - CAPTIONED))}")


@method("sendContact")
def send_contact(world: World, call: Call) -> Json:
    """Somebody's phone number."""
    chat = world.chat_for(call.params["chat_id"])
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: call.params[name] for name in names if name in call.params}
    return world.bot_message(chat, content={"contact": contact}, **envelope(world, chat, call)).payload()


@method("sendLocation")
def send_location(world: World, call: Call) -> Json:
    """A place on the map."""
    chat = world.chat_for(call.params["chat_id"])
    location = {name: call.params[name] for name in ("latitude", "longitude")}
    return world.bot_message(chat, content={"location": location}, **envelope(world, chat, call)).payload()


@method("sendChatAction")
def send_chat_action(world: World, call: Call) -> bool:
    """The line "typing…" and its like, until the next message."""
    chat = world.chat_for(call.params["chat_id"])
    action = call.text("action")
    if action not in ACTIONS:
        raise errors.WRONG_ACTION.error()
    chat.action = action
    world.tell_chat(chat)
    return True
