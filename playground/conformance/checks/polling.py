"""getUpdates: offsets, limits, waiting, what the bot asked to see, and two pollers at once."""

from __future__ import annotations

import asyncio

from playground.conformance.client import Reply
from playground.conformance.probe import Probe, expect, expect_equal, expect_fields, expect_refused
from playground.conformance.registry import CLOCK, PERSON, Subject

polling = Subject("polling", PERSON)

_A_DAY = 24 * 3600
_HEAD_START_SECONDS = 0.1  # so that the first of two requests is the first
_LOOKS = 30


async def _three(probe: Probe) -> list[int]:
    """Three waiting messages; returns their update ids."""
    anna = await probe.person()
    for text in ("1", "2", "3"):
        await anna.act("send", text=text)
    batch = await probe.ok("getUpdates")
    expect_equal([update["message"]["text"] for update in batch], ["1", "2", "3"])
    return [update["update_id"] for update in batch]


async def _waiting_request(probe: Probe) -> asyncio.Task[Reply]:
    """A long poll that has begun to wait, as far as the control API can tell."""
    request = asyncio.create_task(probe.call("getUpdates", timeout=15))
    for _ in range(_LOOKS):
        await asyncio.sleep(_HEAD_START_SECONDS)
        if (await probe.admin.get("state")).get("polled", True):
            break
    return request


@polling.check()
async def an_update_has_a_number_and_one_field(probe: Probe) -> None:
    """update_id and exactly one of the optional fields. [D]"""
    anna = await probe.person()
    await anna.act("send", text="x")
    update = (await probe.updates("message"))[0]
    expect(isinstance(update["update_id"], int) and len(update) == 2, update)


@polling.check()
async def numbers_grow_by_one(probe: Probe) -> None:
    """Sequential ids let a bot see repeats and order. [D]"""
    ids = await _three(probe)
    expect_equal(ids, list(range(ids[0], ids[0] + 3)))


@polling.check()
async def an_offset_confirms(probe: Probe) -> None:
    """Everything below the offset is forgotten for good. [D]"""
    first, second, _ = await _three(probe)
    left = await probe.ok("getUpdates", offset=second)
    expect_equal([update["message"]["text"] for update in left], ["2", "3"])
    again = await probe.ok("getUpdates", offset=first)
    expect(again and again[0]["message"]["text"] == "2", again)


@polling.check()
async def the_last_offset_confirms_all(probe: Probe) -> None:
    """The highest update_id + 1 empties the queue. [D]"""
    ids = await _three(probe)
    expect_equal(await probe.ok("getUpdates", offset=ids[-1] + 1), [])
    expect_equal(await probe.ok("getUpdates"), [])


@polling.check()
async def what_is_not_confirmed_comes_again(probe: Probe) -> None:
    """The same update with the same id, as often as it is asked for. [D]"""
    first, _, _ = await _three(probe)
    again = await probe.ok("getUpdates", offset=first)
    expect(again and again[0]["update_id"] == first and again[0]["message"]["text"] == "1", again)


@polling.check()
async def a_negative_offset_counts_from_the_end(probe: Probe) -> None:
    """-1 shows the last update, and the ones before it are forgotten. [D]"""
    first, _, third = await _three(probe)
    expect_equal([update["update_id"] for update in await probe.ok("getUpdates", offset=-1)], [third])
    expect_equal([update["update_id"] for update in await probe.ok("getUpdates", offset=first)], [third])


@polling.check()
async def a_limit_cuts(probe: Probe) -> None:
    """The oldest come first, as many as asked for. [D]"""
    first, second, _ = await _three(probe)
    batch = await probe.ok("getUpdates", offset=first, limit=2)
    expect_equal([update["update_id"] for update in batch], [first, second])


@polling.check()
async def odd_limits_are_brought_into_range(probe: Probe) -> None:
    """Values below 1 and above 100 are no error. [S]"""
    first, _, _ = await _three(probe)
    for limit in (1000, 0, -5):
        expect(await probe.ok("getUpdates", offset=first, limit=limit), f"nothing for limit {limit}")


@polling.check()
async def waiting_ends_with_an_update(probe: Probe) -> None:
    """A long poll is answered as soon as something happens. [D]"""
    anna = await probe.person()
    poll = await _waiting_request(probe)
    expect(not poll.done(), "the request did not wait")
    await anna.act("send", text="x")
    batch = (await poll).body["result"]
    expect_equal([update["message"]["text"] for update in batch], ["x"])


@polling.check()
async def without_a_timeout_nothing_is_waited_for(probe: Probe) -> None:
    """Short polling answers an empty list. [D]"""
    expect_equal(await probe.ok("getUpdates", timeout=0), [])


@polling.check()
async def wanted_kinds_are_remembered(probe: Probe) -> None:
    """allowed_updates holds until it is named again; an empty list is the default. [D]"""
    anna = await probe.person()
    await probe.ok("getUpdates", allowed_updates=["callback_query"])
    await probe.ok("getUpdates")
    await anna.act("send", text="unseen")
    expect_equal(await probe.ok("getUpdates"), [])
    query = await anna.presses()
    expect_fields(query, data="yes")
    await probe.ok("getUpdates", allowed_updates=[])
    expect_fields(await anna.says("seen"), text="seen")


@polling.check()
async def unknown_kinds_are_passed_over(probe: Probe) -> None:
    """A name that Telegram does not know is no error. [S]"""
    await probe.ok("getUpdates", allowed_updates=["message", "nonsense"])
    anna = await probe.person()
    expect_fields(await anna.says("x"), text="x")


@polling.check()
async def reactions_are_left_out_by_default(probe: Probe) -> None:
    """message_reaction, message_reaction_count and chat_member have to be asked for. [S]"""
    anna = await probe.person()
    message = await probe.send("x", chat_id=anna.user_id)
    await anna.act("react", message_id=message["message_id"], emoji="🔥")
    await anna.act("send", text="y")
    batch = await probe.ok("getUpdates")
    expect_equal([next(name for name in update if name != "update_id") for update in batch], ["message"])


@polling.check()
async def of_two_pollers_the_older_is_sent_away(probe: Probe) -> None:
    """The older request gets 409 "terminated by other getUpdates request", the newer one the update. [S]"""
    anna = await probe.person()
    older = await _waiting_request(probe)
    newer = asyncio.create_task(probe.call("getUpdates", timeout=15))
    await asyncio.wait({older, newer}, return_when=asyncio.FIRST_COMPLETED)
    first = older if older.done() else newer
    await anna.act("send", text="x")
    expect(first is older, "the newer request was answered first")
    expect_refused(await older, 409, "terminated by other getUpdates request")
    batch = (await newer).body["result"]
    expect_equal([update["message"]["text"] for update in batch], ["x"])


@polling.check()
async def a_webhook_ends_the_waiting(probe: Probe) -> None:
    """A waiting request gets 409 "terminated by setWebhook request". [S]"""
    poll = await _waiting_request(probe)
    await probe.ok("setWebhook", url="https://127.0.0.1:8443/nobody-listens")
    try:
        expect_refused(await poll, 409, "terminated by setWebhook request")
    finally:
        await probe.ok("deleteWebhook")


@polling.check()
async def a_webhook_forbids_polling(probe: Probe) -> None:
    """409 "can't use getUpdates method while webhook is active", until it is deleted. [S]"""
    await probe.ok("setWebhook", url="https://127.0.0.1:8443/nobody-listens")
    try:
        words = "can't use getUpdates method while webhook is active"
        await probe.refused(words, "getUpdates", status=409)
    finally:
        await probe.ok("deleteWebhook")
    expect_equal(await probe.ok("getUpdates"), [])


@polling.check(CLOCK)
async def a_message_waits_a_day(probe: Probe) -> None:
    """Unconfirmed messages live 24 hours. [S]"""
    anna = await probe.person()
    await anna.act("send", text="x")
    await probe.advance(_A_DAY - 60)
    expect_equal(len(await probe.ok("getUpdates")), 1)
    await probe.advance(61)
    expect_equal(await probe.ok("getUpdates"), [])


@polling.check(CLOCK)
async def a_press_waits_150_seconds(probe: Probe) -> None:
    """A press that was not fetched in time is gone; a message of the same moment is not. [S]"""
    anna = await probe.person()
    await anna.offered("yes")
    await anna.act("press", data="yes")
    await anna.act("send", text="x")
    await probe.advance(151)
    batch = await probe.ok("getUpdates")
    expect_equal([next(name for name in update if name != "update_id") for update in batch], ["message"])
