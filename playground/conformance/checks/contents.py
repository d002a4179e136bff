"""Contents that are neither text nor file: polls, places, contacts, dice."""

from __future__ import annotations

from typing import Any

from playground.conformance.probe import Json, Probe, expect, expect_equal, expect_fields, expect_refused, where
from playground.conformance.registry import PERSON, Subject

contents = Subject("contents", live=True)
polls = Subject("polls", live=True)


async def _poll(probe: Probe, **params: Any) -> Json:
    options = [{"text": text} for text in ("Да", "Нет", "Позже")]
    defaults: Json = {"chat_id": probe.chat, "question": "Едем?", "options": options}
    message: Json = await probe.ok("sendPoll", **(defaults | params))
    return message


async def _refuses(probe: Probe, **params: Any) -> None:
    defaults: Json = {"chat_id": probe.chat, "question": "?", "options": [{"text": "a"}, {"text": "b"}]}
    expect_refused(await probe.call("sendPoll", **(defaults | params)), 400, "")


@polls.check()
async def a_poll_comes_back_whole(probe: Probe) -> None:
    """Question, options without votes, anonymous and regular unless told otherwise. [D]"""
    poll = (await _poll(probe))["poll"]
    wanted: Json = {"type": "regular", "is_anonymous": True, "is_closed": False, "total_voter_count": 0}
    expect_fields(poll, question="Едем?", allows_multiple_answers=False, **wanted)
    seen = [(option["text"], option["voter_count"]) for option in poll["options"]]
    expect_equal(seen, [("Да", 0), ("Нет", 0), ("Позже", 0)])
    expect(isinstance(poll["id"], str), poll)


@polls.check()
async def a_poll_is_stopped_once(probe: Probe) -> None:
    """stopPoll returns the closed Poll; the second time is refused. [D]"""
    message = await _poll(probe)
    expect_fields(await probe.ok("stopPoll", **where(message)), is_closed=True, id=message["poll"]["id"])
    await probe.refused("closed", "stopPoll", **where(message))


@polls.check()
async def a_text_is_no_poll_to_stop(probe: Probe) -> None:
    """stopPoll on another message is refused. [S]"""
    message = await probe.send("x")
    await probe.refused("poll", "stopPoll", **where(message))


@polls.check()
async def a_poll_has_its_limits(probe: Probe) -> None:
    """300 characters of question, 100 of an option, at least one option. [D]"""
    await _refuses(probe, question="x" * 301)
    await _refuses(probe, question="")
    await _refuses(probe, options=[{"text": "a"}, {"text": "x" * 101}])
    await _refuses(probe, options=[])
    await _refuses(probe, options=[{"text": "a"}, {"text": ""}])


@polls.check()
async def a_quiz_needs_its_answer(probe: Probe) -> None:
    """Without a right option a quiz is refused. [D]"""
    await _refuses(probe, type="quiz")


@polls.check(PERSON)
async def a_vote_is_told(probe: Probe) -> None:
    """A poll that is not anonymous tells who chose what; the poll tells its counts. [D]"""
    anna = await probe.person()
    message = await _poll(probe, chat_id=anna.user_id, is_anonymous=False)
    await anna.act("vote", message_id=message["message_id"], options=[1])
    answer = await probe.update("poll_answer")
    expect_fields(answer, poll_id=message["poll"]["id"], option_ids=[1])
    expect_fields(answer["user"], id=anna.user_id)
    stopped = await probe.ok("stopPoll", **where(message))
    expect_equal([option["voter_count"] for option in stopped["options"]], [0, 1, 0])
    expect_fields(stopped, total_voter_count=1)


@polls.check(PERSON)
async def an_anonymous_vote_tells_no_name(probe: Probe) -> None:
    """Only the counts come, as a poll update. [D]"""
    anna = await probe.person()
    message = await _poll(probe, chat_id=anna.user_id)
    await anna.act("vote", message_id=message["message_id"], options=[0])
    batch = await probe.updates("poll")
    expect_equal([option["voter_count"] for option in batch[-1]["poll"]["options"]], [1, 0, 0])
    expect_equal([update for update in await probe.waiting() if "poll_answer" in update], [])


@contents.check()
async def a_place(probe: Probe) -> None:
    """sendLocation shows the place that was given. [D]"""
    message = await probe.ok("sendLocation", chat_id=probe.chat, latitude=55.7512, longitude=37.6184)
    location = message["location"]
    near = abs(location["latitude"] - 55.7512) < 0.001 and abs(location["longitude"] - 37.6184) < 0.001
    expect(near, location)


@contents.check()
async def a_venue(probe: Probe) -> None:
    """sendVenue shows title and address; the location stands beside it. [D]"""
    params: Json = {"latitude": 55.75, "longitude": 37.61, "title": "Штаб", "address": "Мира, 1"}
    message = await probe.ok("sendVenue", chat_id=probe.chat, **params)
    expect_fields(message["venue"], title="Штаб", address="Мира, 1")


@contents.check()
async def a_contact(probe: Probe) -> None:
    """sendContact shows number and name. [D]"""
    message = await probe.ok("sendContact", chat_id=probe.chat, phone_number="+79990000001", first_name="Анна")
    expect_fields(message["contact"], phone_number="+79990000001", first_name="Анна")


@contents.check()
async def a_die_falls(probe: Probe) -> None:
    """sendDice shows its emoji and a value in its range. [D]"""
    for emoji, most in (("🎲", 6), ("🏀", 5), ("🎰", 64)):
        die = (await probe.ok("sendDice", chat_id=probe.chat, emoji=emoji))["dice"]
        expect(die["emoji"] == emoji and 1 <= die["value"] <= most, die)
