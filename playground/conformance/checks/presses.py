"""Button presses and their answers; reactions; what the bot is doing right now."""

from __future__ import annotations

from playground.conformance.probe import (
    Json,
    Probe,
    buttons,
    expect,
    expect_equal,
    expect_fields,
    expect_refused,
    where,
)
from playground.conformance.registry import CLOCK, GROUP, PERSON, Subject

presses = Subject("presses", PERSON)
reactions = Subject("reactions", live=True)
actions = Subject("actions", live=True)

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_MISSING = 2_000_000_000


@presses.check()
async def a_press_comes_whole(probe: Probe) -> None:
    """A callback_query has an id, the person, the message with its buttons, a chat instance and the data. [D]"""
    anna = await probe.person()
    message = await anna.offered("да", "no")
    await anna.act("press", data="да")
    query = await probe.update("callback_query")
    expect_fields(query, data="да")
    expect_fields(query["from"], id=anna.user_id, is_bot=False)
    expect_fields(query["message"], message_id=message["message_id"], text="choose", reply_markup=buttons("да", "no"))
    expect(isinstance(query["id"], str) and query.get("chat_instance"), query)


@presses.check()
async def a_press_is_answered(probe: Probe) -> None:
    """True, with a text or without. [D]"""
    anna = await probe.person()
    for params in ({}, {"text": "Готово"}, {"text": "Готово", "show_alert": True, "cache_time": 5}):
        query = await anna.presses()
        expect(await probe.ok("answerCallbackQuery", callback_query_id=query["id"], **params) is True, "not True")


@presses.check()
async def a_press_is_answered_once(probe: Probe) -> None:
    """The second answer comes too late: "query is too old …". [S]"""
    query = await (await probe.person()).presses()
    await probe.ok("answerCallbackQuery", callback_query_id=query["id"])
    await probe.refused(_TOO_OLD, "answerCallbackQuery", callback_query_id=query["id"])


@presses.check()
async def a_press_of_nobody_is_not_answered(probe: Probe) -> None:
    """An id that never was. [S]"""
    await probe.refused(_TOO_OLD, "answerCallbackQuery", callback_query_id="1234567890")


@presses.check(CLOCK)
async def a_press_is_answered_within_150_seconds(probe: Probe) -> None:
    """At 140 seconds the button still spins. [S]"""
    query = await (await probe.person()).presses()
    await probe.advance(140)
    await probe.ok("answerCallbackQuery", callback_query_id=query["id"])


@presses.check(CLOCK)
async def a_press_is_too_old_after_150_seconds(probe: Probe) -> None:
    """After 151 seconds nothing can be answered. [S]"""
    query = await (await probe.person()).presses()
    await probe.advance(151)
    await probe.refused(_TOO_OLD, "answerCallbackQuery", callback_query_id=query["id"])


@presses.check()
async def an_answer_has_200_characters(probe: Probe) -> None:
    """200 pass, 201 are refused and leave the press open. [D]"""
    query = await (await probe.person()).presses()
    reply = await probe.call("answerCallbackQuery", callback_query_id=query["id"], text="я" * 201)
    expect_refused(reply, 400, "too.?long")
    await probe.ok("answerCallbackQuery", callback_query_id=query["id"], text="я" * 200)


@presses.check()
async def an_answer_may_open_the_bot(probe: Probe) -> None:
    """url leads to the bot's own deep links. [D]"""
    me = await probe.ok("getMe")
    query = await (await probe.person()).presses()
    url = f"https://t.me/{me['username']}?start=x"
    await probe.ok("answerCallbackQuery", callback_query_id=query["id"], url=url)


@presses.check()
async def an_answer_opens_no_other_page(probe: Probe) -> None:
    """Any other address is URL_INVALID: that is what url buttons are for. [D]"""
    query = await (await probe.person()).presses()
    params: Json = {"callback_query_id": query["id"], "url": "https://example.org/"}
    await probe.refused("URL_INVALID", "answerCallbackQuery", **params)


@presses.check()
async def two_presses_are_two(probe: Probe) -> None:
    """A double tap comes as two queries, each answered for itself. [D]"""
    anna = await probe.person()
    await anna.offered("yes")
    await anna.act("press", data="yes")
    await anna.act("press", data="yes")
    first, second = [update["callback_query"] for update in await probe.updates("callback_query", 2)]
    expect(first["id"] != second["id"], first)
    for query in (second, first):
        await probe.ok("answerCallbackQuery", callback_query_id=query["id"])


@presses.check(GROUP)
async def a_press_in_a_group(probe: Probe) -> None:
    """The message is the group's, the person is who pressed. [D]"""
    anna = await probe.person()
    await anna.act("join", chat_id=probe.group)
    data = f"g{anna.user_id}"
    await probe.send("choose", chat_id=probe.group, reply_markup=buttons(data))
    await anna.act("press", data=data, chat_id=probe.group)
    query = await probe.update("callback_query")
    expect_fields(query["from"], id=anna.user_id)
    expect_fields(query["message"]["chat"], id=probe.group)
    await probe.ok("answerCallbackQuery", callback_query_id=query["id"])


@presses.check()
async def a_card_is_redrawn_after_a_press(probe: Probe) -> None:
    """The message of the query can be edited by its id. [D]"""
    query = await (await probe.person()).presses()
    edited = await probe.ok("editMessageText", **where(query["message"]), text="done")
    expect_fields(edited, message_id=query["message"]["message_id"], text="done")


@presses.check()
async def an_old_card_is_still_pressed(probe: Probe) -> None:
    """A button works however many messages came after it. [D]"""
    anna = await probe.person()
    card = await anna.offered("old")
    for number in range(5):
        await probe.send(str(number), chat_id=anna.user_id)
    await anna.act("press", data="old", message_id=card["message_id"])
    expect_fields((await probe.update("callback_query"))["message"], message_id=card["message_id"])


@reactions.check()
async def a_reaction_is_put_and_taken(probe: Probe) -> None:
    """One emoji, and an empty list to take it away. [D]"""
    message = await probe.send("x")
    for reaction in ([{"type": "emoji", "emoji": "👍"}], [{"type": "emoji", "emoji": "🔥"}], []):
        expect(await probe.ok("setMessageReaction", **where(message), reaction=reaction) is True, reaction)


@reactions.check()
async def not_every_emoji_is_a_reaction(probe: Probe) -> None:
    """What is not on Telegram's list is REACTION_INVALID. [D]"""
    message = await probe.send("x")
    for emoji in ("x", "🧮"):
        reaction = [{"type": "emoji", "emoji": emoji}]
        await probe.refused("REACTION_INVALID", "setMessageReaction", **where(message), reaction=reaction)


@reactions.check()
async def a_missing_message_has_no_reactions(probe: Probe) -> None:
    """ "message to react not found". [S]"""
    params: Json = {"chat_id": probe.chat, "message_id": _MISSING, "reaction": [{"type": "emoji", "emoji": "👍"}]}
    await probe.refused("message to react not found", "setMessageReaction", **params)


@reactions.check(PERSON)
async def a_persons_reaction_comes_when_asked_for(probe: Probe) -> None:
    """message_reaction tells old and new; it has to be named in allowed_updates. [D]"""
    anna = await probe.person()
    message = await probe.send("x", chat_id=anna.user_id)
    await probe.ok("getUpdates", allowed_updates=["message_reaction"])
    await anna.act("react", message_id=message["message_id"], emoji="🔥")
    change = await probe.update("message_reaction")
    expect_fields(change, message_id=message["message_id"], old_reaction=[])
    expect_equal([item["emoji"] for item in change["new_reaction"]], ["🔥"])
    expect_fields(change["user"], id=anna.user_id)


@actions.check()
async def typing_is_shown(probe: Probe) -> None:
    """Each documented action is taken. [D]"""
    for action in ("typing", "upload_photo", "upload_document", "record_voice", "find_location"):
        expect(await probe.ok("sendChatAction", chat_id=probe.chat, action=action) is True, action)


@actions.check()
async def dancing_is_no_action(probe: Probe) -> None:
    """Anything else is "wrong parameter action in request". [S]"""
    await probe.refused("wrong parameter action in request", "sendChatAction", chat_id=probe.chat, action="dancing")
