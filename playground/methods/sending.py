"""Methods that put something new into a chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from playground import errors, limits
from playground.methods.common import caption_text, envelope, link_preview, media_content, message_text, target
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
# How many sides each kind of die has (D Dice)
DICE: Final = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
_FACTS: Final = ("duration", "width", "height", "performer", "title", "length", "emoji")
_HOMOGENEOUS: Final = frozenset({"document", "audio"})  # T is_homogenous_media_group_content


@method("sendMessage")
def send_message(world: World, call: Call) -> Json:
    """A text message."""
    chat = target(world, call, "text")
    parsed = message_text(world, call.params)
    fields = envelope(world, chat, call)
    preview = link_preview(call.params)
    message = world.bot_message(chat, body=parsed.text, entities=parsed.entities, link_preview=preview, **fields)
    return message.payload()


def _send_media(kind: str) -> Callable[[World, Call], Json]:
    def send(world: World, call: Call) -> Json:
        chat = target(world, call, kind)
        parsed = caption_text(world, call.params)
        fields = envelope(world, chat, call)
        media = media_content(world, kind, call.file(call.params[kind]), facts_of(call.params))
        looks = looks_of(call.params)
        message = world.bot_message(
            chat, body=parsed.text, entities=parsed.entities, content={kind: media}, **looks, **fields
        )
        return message.payload()

    return send


def facts_of(params: Json) -> Json:
    """What a caller tells of a medium beside the file itself."""
    return {name: params[name] for name in _FACTS if name in params}


def looks_of(params: Json) -> Json:
    """How a medium is to be shown."""
    return {
        "above_media": bool(params.get("show_caption_above_media")),
        "spoiler": bool(params.get("has_spoiler")),
    }


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
    items: list[Json] = call.params["media"]
    _ensure_album(items)
    chat = target(world, call, items[0]["type"])
    fields = envelope(world, chat, call)
    group = str(13_000_000_000_000 + world.next_number())
    ready = []
    for item in items:  # everything is checked before anything is sent
        kind = item["type"]
        media = media_content(world, kind, call.file(item["media"]), facts_of(item))
        ready.append((kind, media, caption_text(world, item), looks_of(item)))
    messages = [
        world.bot_message(
            chat,
            body=parsed.text,
            entities=parsed.entities,
            content={kind: media},
            media_group_id=group,
            **looks,
            **fields,
        )
        for kind, media, parsed, looks in ready
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


def _send_facts(kind: str, names: tuple[str, ...]) -> Callable[[World, Call], Json]:
    def send(world: World, call: Call) -> Json:
        call.refuse_unmodelled("live_period", "heading", "proximity_alert_radius")
        chat = target(world, call, kind)
        facts = {name: call.params[name] for name in names if name in call.params}
        if kind == "venue":
            facts["location"] = {name: facts.pop(name) for name in _PLACE}
        return world.bot_message(chat, content={kind: facts}, **envelope(world, chat, call)).payload()

    return send


_PLACE: Final = ("latitude", "longitude")
METHODS["sendContact"] = _send_facts("contact", ("phone_number", "first_name", "last_name", "vcard"))
METHODS["sendLocation"] = _send_facts("location", (*_PLACE, "horizontal_accuracy"))
METHODS["sendVenue"] = _send_facts("venue", (*_PLACE, "title", "address", "foursquare_id", "google_place_id"))


@method("sendDice")
def send_dice(world: World, call: Call) -> Json:
    """A die that fell; the value is Telegram's to choose, here it follows from the message's number."""
    chat = target(world, call, "dice")
    emoji = call.text("emoji") or "\N{GAME DIE}"
    if emoji not in DICE:
        raise errors.DICE_EMOJI.error()
    value = chat.last_message_id * 31 % DICE[emoji] + 1
    dice = {"emoji": emoji, "value": value}
    return world.bot_message(chat, content={"dice": dice}, **envelope(world, chat, call)).payload()


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
