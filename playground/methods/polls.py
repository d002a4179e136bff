"""Sending and stopping polls."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from playground import errors, formatting, keyboards, limits, polls
from playground.formatting import Formatted
from playground.methods.common import envelope, target
from playground.model import Chat, Message
from playground.polls import Poll
from playground.registry import Call, method
from playground.world import World

Json = dict[str, Any]


@method("sendPoll")
def send_poll(world: World, call: Call) -> Json:
    """A regular poll or a quiz."""
    call.refuse_unmodelled(
        "media", "explanation_media", "description", "members_only", "country_codes", "allow_adding_options"
    )
    chat = target(world, call, "poll")
    poll = _new_poll(world, chat, call)
    fields = envelope(world, chat, call)
    message = world.bot_message(chat, content={"poll": poll.payload()}, **fields)
    poll.messages.append(message)
    world.polls[poll.poll_id] = poll
    return message.payload()


def _new_poll(world: World, chat: Chat, call: Call) -> Poll:
    question = _parsed(world, call.params, "question", limits.POLL_QUESTION, errors.POLL_QUESTION_LONG)
    if not question.text:
        raise errors.TEXT_BLANK.error()
    options = _options(world, call.params["options"])
    anonymous: bool = call.get("is_anonymous", True)
    if chat.kind == "channel" and not anonymous:
        raise errors.POLL_IN_CHANNEL.error()
    kind = call.text("type") or "regular"
    facts: Json = {
        "id": str(5_000_000_000_000_000 + world.next_number()),
        "question": question.text,
        "is_closed": call.flag("is_closed"),
        "is_anonymous": anonymous,
        "type": kind,
        "allows_multiple_answers": call.flag("allows_multiple_answers"),
        "allows_revoting": call.get("allows_revoting", kind != "quiz"),
        "members_only": False,
    }
    if question.entities:
        facts["question_entities"] = list(question.entities)
    facts |= _kind_facts(world, call, kind, len(options))
    closes_at = _end(world, call, facts)
    return Poll(facts, options, closes_at)


def _options(world: World, wanted: list[Any]) -> list[Json]:
    if not wanted:
        raise errors.POLL_NO_OPTIONS.error()
    if len(wanted) > limits.POLL_OPTIONS.value:
        raise errors.POLL_OPTIONS_MANY.error(most=limits.POLL_OPTIONS.value)
    result = []
    for number, raw in enumerate(wanted):
        params = {"text": raw} if isinstance(raw, str) else raw
        if "media" in params:
            raise errors.PARAMETER_UNMODELLED.error(name="options.media")
        text = _parsed(world, params, "text", limits.POLL_OPTION, errors.POLL_OPTION_LONG)
        if not text.text:
            raise errors.POLL_OPTION_EMPTY.error()
        option: Json = {"persistent_id": str(number), "text": text.text}
        if text.entities:
            option["text_entities"] = list(text.entities)
        result.append(option)
    return result


def _parsed(world: World, params: Json, name: str, limit: limits.Limit, too_long: errors.Refusal) -> Formatted:
    raw = str(params.get(name) or "")
    mode, entities = params.get(f"{name}_parse_mode"), params.get(f"{name}_entities")
    parsed = formatting.parse(raw, mode, entities, world.find_user)
    if len(parsed.text) > limit.value:
        raise too_long.error()
    return parsed


def _kind_facts(world: World, call: Call, kind: str, count: int) -> Json:
    """What only a quiz has."""
    if kind == "regular":
        return {}
    if kind != "quiz":
        raise errors.POLL_TYPE.error()
    right: list[int] = call.get("correct_option_ids") or []
    if not right and "correct_option_id" in call.params:
        right = [call.integer("correct_option_id")]
    if not right:
        raise errors.QUIZ_WITHOUT_ANSWER.error()
    if any(one >= other for one, other in itertools.pairwise(right)):
        raise errors.QUIZ_ANSWERS_ORDER.error()
    if not all(0 <= number < count for number in right):
        raise errors.QUIZ_WRONG_ANSWER.error()
    facts: Json = {"correct_option_ids": right}
    if call.get("explanation"):
        explained = _parsed(world, call.params, "explanation", limits.POLL_EXPLANATION, errors.MESSAGE_TOO_LONG)
        facts["explanation"] = explained.text
        if explained.entities:
            facts["explanation_entities"] = list(explained.entities)
    return facts


def _end(world: World, call: Call, facts: Json) -> datetime | None:
    """When it closes by itself; open_period wins over close_date (T)."""
    now = world.clock.now()
    period = min(max(int(call.get("open_period") or 0), 0), limits.POLL_LONGEST.value)
    if period:
        facts["open_period"] = period
        end = now + timedelta(seconds=period)
    elif call.get("close_date"):
        end = datetime.fromtimestamp(call.integer("close_date"), UTC)
    else:
        return None
    facts["close_date"] = int(end.timestamp())
    return end


@method("stopPoll")
def stop_poll(world: World, call: Call) -> Json:
    """Close one of the bot's own polls; its keyboard is replaced."""
    markup = keyboards.check_inline_only(call.get("reply_markup"))
    message = world.chat_for(call.params["chat_id"]).find(call.integer("message_id"))
    if message is None:
        raise errors.STOP_NOT_FOUND.error()
    poll = _stoppable(world, message)
    message.markup = markup
    polls.close(world, poll)
    return poll.payload()


def _stoppable(world: World, message: Message) -> Poll:
    polls.close_due(world)
    poll = polls.poll_of(world, message)
    if poll is None:
        raise errors.NOT_A_POLL.error()
    if not message.from_bot or message.forward_origin is not None:
        raise errors.POLL_CANT_STOP.error()
    if poll.closed:
        raise errors.POLL_ALREADY_CLOSED.error()
    return poll
