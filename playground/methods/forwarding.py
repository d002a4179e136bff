"""Copying and forwarding."""

from __future__ import annotations

from typing import Any

from playground import errors
from playground.methods.common import caption_text, envelope
from playground.methods.editing import message_ids
from playground.model import Chat, Message
from playground.registry import Call, method
from playground.transcript import origin_of
from playground.world import World

Json = dict[str, Any]


def _source(world: World, call: Call, message_id: int, missing: errors.Refusal) -> Message:
    message = world.chat_for(call.params["from_chat_id"], reading=True).find(message_id)
    if message is None:
        raise missing.error()
    return message


def _copy(world: World, chat: Chat, source: Message, fields: Json, **changes: Any) -> Message:
    copied: Json = {"body": source.body, "entities": source.entities, "content": dict(source.content)}
    return world.bot_message(chat, **{**copied, **fields, **changes})


@method("copyMessage")
def copy_message(world: World, call: Call) -> Json:
    """The same content as the bot's own; keeps no keyboard and no origin."""
    chat = world.chat_for(call.params["chat_id"])
    source = _source(world, call, call.integer("message_id"), errors.COPY_NOT_FOUND)
    if source.service or source.protected:
        raise errors.CANT_COPY.error()
    changes: Json = {}
    if "caption" in call.params and source.content:
        parsed = caption_text(world, call.params)
        changes = {"body": parsed.text, "entities": parsed.entities}
    return {"message_id": _copy(world, chat, source, envelope(world, chat, call), **changes).message_id}


@method("forwardMessage")
def forward_message(world: World, call: Call) -> Json:
    """The same content with a note of where it came from."""
    chat = world.chat_for(call.params["chat_id"])
    source = _source(world, call, call.integer("message_id"), errors.FORWARD_NOT_FOUND)
    if source.service or source.protected:
        raise errors.CANT_FORWARD.error()
    return _copy(world, chat, source, envelope(world, chat, call), forward_origin=origin_of(source)).payload()


@method("copyMessages")
def copy_messages(world: World, call: Call) -> list[Json]:
    """Several at once, albums kept together; what cannot be found is passed over (D)."""
    return _several(world, call, forward=False)


@method("forwardMessages")
def forward_messages(world: World, call: Call) -> list[Json]:
    """Several at once, albums kept together; what cannot be found is passed over (D)."""
    return _several(world, call, forward=True)


def _several(world: World, call: Call, *, forward: bool) -> list[Json]:
    chat = world.chat_for(call.params["chat_id"])
    place = world.chat_for(call.params["from_chat_id"], reading=True)
    found = [message for message_id in message_ids(call) if (message := place.find(message_id)) is not None]
    fields = envelope(world, chat, call)
    groups: dict[str, str] = {}
    result = []
    for source in found:
        if source.service or source.protected:
            continue
        changes: Json = {"forward_origin": origin_of(source)} if forward else {}
        if source.media_group_id is not None:
            fresh = str(13_000_000_000_000 + world.next_number())
            changes["media_group_id"] = groups.setdefault(source.media_group_id, fresh)
        if call.flag("remove_caption") and source.content:
            changes |= {"body": "", "entities": ()}
        result.append({"message_id": _copy(world, chat, source, fields, **changes).message_id})
    return result
