"""Copying and forwarding."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from playground import errors, polls, rights
from playground.methods.common import caption_text, envelope, target
from playground.methods.editing import message_ids
from playground.model import Chat, Message
from playground.polls import Poll
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
    kept = ("body", "entities", "above_media", "spoiler", "link_preview")
    copied: Json = {name: getattr(source, name) for name in kept} | {"content": dict(source.content)}
    message = world.bot_message(chat, **{**copied, **fields, **changes})
    poll = polls.poll_of(world, source)
    if poll is not None:
        _show_poll(world, message, poll)
    return message


def _show_poll(world: World, message: Message, poll: Poll) -> None:
    """A forwarded poll is the same one, a copied one starts anew."""
    if message.forward_origin is None:
        poll = replace(poll, facts={**poll.facts, "id": f"{poll.poll_id}{world.next_number()}"}, messages=[], votes={})
        world.polls[poll.poll_id] = poll
    poll.messages.append(message)
    poll.show()


@method("copyMessage")
def copy_message(world: World, call: Call) -> Json:
    """The same content as the bot's own; keeps no keyboard and no origin."""
    chat = world.chat_for(call.params["chat_id"])
    source = _source(world, call, call.integer("message_id"), errors.COPY_NOT_FOUND)
    if source.service or source.protected:
        raise errors.CANT_COPY.error()
    rights.ensure_bot_may_send(chat, source.kind)
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
    rights.ensure_bot_may_send(chat, source.kind)
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
    chat = target(world, call, "text")
    place = world.chat_for(call.params["from_chat_id"], reading=True)
    ids = message_ids(call)
    if any(one >= other for one, other in itertools.pairwise(ids)):
        raise errors.IDS_NOT_GROWING.error()
    found = [message for message_id in ids if (message := place.find(message_id)) is not None]
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
