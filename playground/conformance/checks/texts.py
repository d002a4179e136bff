"""Plain texts: shape, limits, what is found in them, and what goes with a message."""

from __future__ import annotations

import json

from playground.conformance.probe import Json, Probe, expect, expect_equal, expect_fields, kinds_of, where
from playground.conformance.registry import PERSON, Subject

texts = Subject("texts", live=True)
replies = Subject("replies", live=True)

_MISSING = 2_000_000_000


@texts.check()
async def a_sent_message_comes_back_whole(probe: Probe) -> None:
    """The answer is the Message: id, date, chat, sender, text. [D]"""
    message = await probe.send("Доброе утро")
    expect_fields(message, text="Доброе утро")
    expect_fields(message["chat"], id=probe.chat, type="private")
    expect_fields(message["from"], is_bot=True)
    expect(message["message_id"] > 0 and message["date"] > 1_500_000_000, message)
    expect("edit_date" not in message and "reply_markup" not in message, message)


@texts.check()
async def message_ids_grow(probe: Probe) -> None:
    """A later message of a chat has a greater id. [D]"""
    first, second = await probe.send("1"), await probe.send("2")
    expect(first["message_id"] < second["message_id"], (first["message_id"], second["message_id"]))


@texts.check()
async def an_empty_text_is_refused(probe: Probe) -> None:
    """An empty text is "message text is empty". [S]"""
    await probe.send_refused("message text is empty", "")


@texts.check()
async def a_text_of_spaces_is_refused(probe: Probe) -> None:
    """Spaces and line breaks alone are "text must be non-empty". [T]"""
    for blank in ("   ", "\n\n", " \n "):
        await probe.send_refused("must be non-empty", blank)


@texts.check()
async def a_text_has_4096_characters(probe: Probe) -> None:
    """4096 characters are a message; 4097 are "message is too long". [T]"""
    message = await probe.send("я" * 4096)
    expect_equal(len(message["text"]), 4096)
    await probe.send_refused("message is too long", "я" * 4097)


@texts.check()
async def characters_are_counted_after_parsing(probe: Probe) -> None:
    """Markup does not count: 4096 visible characters go through with tags and entities around them. [T]"""
    message = await probe.send("<b>" + "x" * 4090 + "</b>&amp;&amp;&lt;&lt;&gt;&gt;", parse_mode="HTML")
    expect_equal(len(message["text"]), 4096)
    await probe.send_refused("message is too long", f"<b>{'x' * 4097}</b>", parse_mode="HTML")


@texts.check()
async def a_raw_text_has_32768_bytes(probe: Probe) -> None:
    """Over 32,768 bytes before parsing are "text is too long", however little is visible. [S]"""
    await probe.send_refused("text is too long", "<b></b>" * 4682 + "x", parse_mode="HTML")


@texts.check()
async def white_space_around_a_text_is_cut(probe: Probe) -> None:
    """Spaces and line breaks at both ends go. [T]"""
    expect_fields(await probe.send("\n  Текст  \n\n"), text="Текст")


@texts.check()
async def white_space_inside_a_text_stays(probe: Probe) -> None:
    """Empty lines and double spaces inside a text are the author's. [T]"""
    expect_fields(await probe.send("a  b\n\n\n  c"), text="a  b\n\n\n  c")


@texts.check()
async def carriage_returns_vanish(probe: Probe) -> None:
    """A text typed on Windows keeps its line feeds only. [T]"""
    expect_fields(await probe.send("one\r\ntwo\r\n\r\nthree"), text="one\ntwo\n\nthree")


@texts.check()
async def tabs_become_spaces(probe: Probe) -> None:
    """Control characters but the line feed are turned into spaces. [T]"""
    expect_fields(await probe.send("one\ttwo"), text="one two")


@texts.check()
async def emoji_and_joiners_survive(probe: Probe) -> None:
    """Families, flags and skin tones come back as they went. [T]"""
    text = "👨‍👩‍👧‍👦 🇷🇺 👍🏽 é́"
    expect_fields(await probe.send(text), text=text)


@texts.check()
async def links_and_tags_are_discovered(probe: Probe) -> None:
    """Links, mentions, hashtags, commands and addresses in a plain text become entities. [T]"""
    message = await probe.send("https://example.org @durov #город /start me@example.org")
    seen = {kind for kind, _, _ in kinds_of(message.get("entities"))}
    expect_equal(seen, {"url", "mention", "hashtag", "bot_command", "email"})


@texts.check()
async def discovered_offsets_are_utf16(probe: Probe) -> None:
    """An emoji before a hashtag counts twice. [D]"""
    message = await probe.send("😀 #тег")
    expect_equal(kinds_of(message.get("entities")), [("hashtag", 3, 4)])


@texts.check()
async def ordinary_text_has_no_entities(probe: Probe) -> None:
    """A field without content is left out. [D]"""
    expect("entities" not in await probe.send("just words"), "entities in a plain text")


@texts.check()
async def protected_content_is_marked(probe: Probe) -> None:
    """protect_content comes back as has_protected_content. [D]"""
    expect_fields(await probe.send(protect_content=True), has_protected_content=True)
    expect("has_protected_content" not in await probe.send(), "protected without being asked")


@texts.check()
async def link_preview_options_come_back(probe: Probe) -> None:
    """The message tells how its preview was asked to look. [D]"""
    options = {"is_disabled": True}
    message = await probe.send("https://example.org", link_preview_options=options)
    expect_fields(message, link_preview_options=options)


@texts.check()
async def a_preview_of_another_link(probe: Probe) -> None:
    """A preview may be of a link that is not in the text, larger or smaller, above the text. [D]"""
    options = {"url": "https://example.org/x", "prefer_large_media": True, "show_above_text": True}
    message = await probe.send("words", link_preview_options=options)
    expect_fields(message["link_preview_options"], **options)


@texts.check()
async def an_edit_keeps_or_changes_the_preview(probe: Probe) -> None:
    """editMessageText takes link_preview_options as well. [D]"""
    message = await probe.send("https://example.org")
    options = {"is_disabled": True}
    edited = await probe.ok(
        "editMessageText", **where(message), text="https://example.com", link_preview_options=options
    )
    expect_fields(edited, link_preview_options=options)


@texts.check(PERSON)
async def a_silent_message_arrives(probe: Probe) -> None:
    """disable_notification changes nothing of the message itself. [D]"""
    anna = await probe.person()
    await probe.send("hush", chat_id=anna.user_id, disable_notification=True)
    expect_equal((await anna.sees())[-1]["text"], "hush")


@replies.check()
async def a_reply_shows_its_target(probe: Probe) -> None:
    """reply_to_message is the whole message answered, without its own target. [D]"""
    first = await probe.send("first")
    second = await probe.send("second", reply_parameters={"message_id": first["message_id"]})
    third = await probe.send("third", reply_parameters={"message_id": second["message_id"]})
    expect_fields(second["reply_to_message"], message_id=first["message_id"], text="first")
    expect_fields(third["reply_to_message"], text="second")
    expect("reply_to_message" not in third["reply_to_message"], third)


@replies.check()
async def a_reply_to_nothing_is_refused(probe: Probe) -> None:
    """A target that is not there is "message to be replied not found". [S]"""
    await probe.send_refused("message to be replied not found", reply_parameters={"message_id": _MISSING})


@replies.check()
async def a_reply_to_a_deleted_message_is_refused(probe: Probe) -> None:
    """Deleted is as good as never sent. [S]"""
    gone = await probe.send("gone")
    await probe.ok("deleteMessage", **where(gone))
    await probe.send_refused("message to be replied not found", reply_parameters={"message_id": gone["message_id"]})


@replies.check()
async def a_reply_may_do_without_its_target(probe: Probe) -> None:
    """allow_sending_without_reply sends the message all the same. [D]"""
    lenient = {"message_id": _MISSING, "allow_sending_without_reply": True}
    expect("reply_to_message" not in await probe.send(reply_parameters=lenient), "a reply to nothing")


@replies.check()
async def reply_parameters_may_come_as_json_text(probe: Probe) -> None:
    """Outside JSON bodies they are JSON-serialized. [D]"""
    first = await probe.send("first")
    wanted = json.dumps({"message_id": first["message_id"]})
    params: Json = {"chat_id": probe.chat, "text": "x", "reply_parameters": wanted}
    reply = probe.remember(await probe.api.call("sendMessage", params, how="form"))
    expect(reply.ok and reply.body["result"]["reply_to_message"]["message_id"] == first["message_id"], reply)


@replies.check()
async def a_quote_comes_back(probe: Probe) -> None:
    """A quoted part of the target is shown with its position in UTF-16 units. [D]"""
    first = await probe.send("😀 first words of it")
    quoted = {"message_id": first["message_id"], "quote": "words"}
    message = await probe.send("second", reply_parameters=quoted)
    expect_fields(message.get("quote"), text="words", position=9, is_manual=True)


@replies.check()
async def a_quote_must_be_in_the_target(probe: Probe) -> None:
    """A quote that is no part of the target is refused. [D]"""
    first = await probe.send("first")
    await probe.send_refused("quote", reply_parameters={"message_id": first["message_id"], "quote": "nowhere"})
