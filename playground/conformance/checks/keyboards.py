"""Keyboards: what may be on a button, and what happens to the markup of a message."""

from __future__ import annotations

from typing import Any

from playground.conformance.probe import Json, Probe, buttons, expect, expect_equal, expect_fields, inline, where
from playground.conformance.registry import PERSON, Subject

keyboards = Subject("keyboards", live=True)


async def _takes(probe: Probe, key: dict[str, Any]) -> None:
    expect_fields(await probe.send(reply_markup=inline(key)), reply_markup=inline(key))


async def _refuses(probe: Probe, key: dict[str, Any], words: str) -> None:
    await probe.send_refused(words, reply_markup=inline(key))


@keyboards.check()
async def callback_data_of_1_and_64_bytes(probe: Probe) -> None:
    """Callback data have 1-64 bytes, and come back as they went. [D]"""
    for data in ("x", "x" * 64):
        await _takes(probe, {"text": "A", "callback_data": data})


@keyboards.check()
async def callback_data_over_64_bytes_are_refused(probe: Probe) -> None:
    """65 bytes are BUTTON_DATA_INVALID. [S]"""
    for size in (65, 66, 100):
        await _refuses(probe, {"text": "A", "callback_data": "x" * size}, "BUTTON_DATA_INVALID")


@keyboards.check()
async def callback_data_are_counted_in_bytes(probe: Probe) -> None:
    """32 Cyrillic letters are 64 bytes and pass, 33 do not; 16 emoji pass, 17 do not. [S]"""
    await _takes(probe, {"text": "A", "callback_data": "ж" * 32})
    await _takes(probe, {"text": "A", "callback_data": "😀" * 16})
    await _refuses(probe, {"text": "A", "callback_data": "ж" * 33}, "BUTTON_DATA_INVALID")
    await _refuses(probe, {"text": "A", "callback_data": "😀" * 17}, "BUTTON_DATA_INVALID")


@keyboards.check()
async def empty_callback_data_are_refused(probe: Probe) -> None:
    """At least one byte. [D]"""
    await _refuses(probe, {"text": "A", "callback_data": ""}, "")


@keyboards.check()
async def a_button_needs_a_label(probe: Probe) -> None:
    """An empty label is refused. [T]"""
    await _refuses(probe, {"text": "", "callback_data": "x"}, "must be non-empty|text")


@keyboards.check()
async def a_button_needs_an_action(probe: Probe) -> None:
    """A label alone is "text buttons are unallowed in the inline keyboard". [S]"""
    await _refuses(probe, {"text": "A"}, "text buttons are unallowed in the inline keyboard")


@keyboards.check()
async def rows_keep_their_order(probe: Probe) -> None:
    """Rows and buttons come back as they were laid out. [D]"""
    keys = [{"text": str(number), "callback_data": str(number)} for number in range(6)]
    markup = {"inline_keyboard": [keys[:3], keys[3:4], keys[4:]]}
    expect_fields(await probe.send(reply_markup=markup), reply_markup=markup)


@keyboards.check()
async def empty_rows_are_dropped(probe: Probe) -> None:
    """A row without buttons is no row; a keyboard without rows is none. [T]"""
    key = {"text": "A", "callback_data": "a"}
    message = await probe.send(reply_markup={"inline_keyboard": [[], [key], []]})
    expect_fields(message, reply_markup=inline(key))
    nothing: tuple[Json, ...] = ({"inline_keyboard": []}, {"inline_keyboard": [[]]})
    for empty in nothing:
        expect("reply_markup" not in await probe.send(reply_markup=empty), empty)


@keyboards.check()
async def a_link_button(probe: Probe) -> None:
    """An http, https or tg address opens from a button. [D]"""
    for url in ("https://example.org/path?x=1", "http://example.org/", "tg://resolve?domain=durov"):
        message = await probe.send(reply_markup=inline({"text": "A", "url": url}))
        expect_equal(message["reply_markup"]["inline_keyboard"][0][0].get("url"), url)


@keyboards.check()
async def a_link_button_needs_a_real_address(probe: Probe) -> None:
    """A host without a dot, or words, are no address: "Wrong HTTP URL". [T]"""
    for url in ("http://localhost/x", "just words"):
        await _refuses(probe, {"text": "A", "url": url}, "wrong HTTP URL|is invalid")


@keyboards.check()
async def a_copy_button(probe: Probe) -> None:
    """copy_text has 1-256 characters. [D]"""
    for text in ("x", "ж" * 256):
        await _takes(probe, {"text": "A", "copy_text": {"text": text}})


@keyboards.check()
async def a_copy_button_over_256_characters_is_refused(probe: Probe) -> None:
    """257 characters or none at all are refused. [D]"""
    for text in ("x" * 257, ""):
        await _refuses(probe, {"text": "A", "copy_text": {"text": text}}, "")


@keyboards.check()
async def a_web_app_button_needs_https(probe: Probe) -> None:
    """Only HTTPS links are allowed for web apps. [T]"""
    await _refuses(probe, {"text": "A", "web_app": {"url": "http://example.org"}}, "only HTTPS links are allowed")


@keyboards.check()
async def the_style_of_a_button_is_kept(probe: Probe) -> None:
    """danger, success and primary colour a button. [D]"""
    for style in ("danger", "success", "primary"):
        await _takes(probe, {"text": "A", "callback_data": "x", "style": style})


@keyboards.check()
async def a_hundred_buttons(probe: Probe) -> None:
    """A long keyboard passes. [D names no limit; a hundred is known from practice]"""
    markup = buttons(*map(str, range(100)))
    expect_fields(await probe.send(reply_markup=markup), reply_markup=markup)


@keyboards.check()
async def a_reply_keyboard_is_not_in_the_message(probe: Probe) -> None:
    """A reply keyboard belongs to the chat; the Message returned carries inline keyboards only. [D]"""
    keyboard = {"keyboard": [[{"text": "Сегодня"}]], "resize_keyboard": True, "is_persistent": True}
    expect("reply_markup" not in await probe.send(reply_markup=keyboard), "a reply keyboard in a Message")
    await probe.send(reply_markup={"remove_keyboard": True})


@keyboards.check()
async def keys_may_be_plain_text(probe: Probe) -> None:
    """For simple keys a string stands for the object. [D]"""
    await probe.send(reply_markup={"keyboard": [["One", "Two"]]})
    await probe.send(reply_markup={"remove_keyboard": True})


@keyboards.check()
async def a_key_needs_a_label(probe: Probe) -> None:
    """An empty key is refused. [T]"""
    await probe.send_refused("", reply_markup={"keyboard": [[{"text": ""}]]})


@keyboards.check()
async def force_reply_is_taken(probe: Probe) -> None:
    """force_reply with a placeholder. [D]"""
    await probe.send(reply_markup={"force_reply": True, "input_field_placeholder": "Ваш ответ", "selective": True})


@keyboards.check()
async def an_edit_takes_inline_keyboards_only(probe: Probe) -> None:
    """Under a message that exists nothing but an inline keyboard fits: "inline keyboard expected". [T]"""
    message = await probe.send("x")
    await probe.edit_refused("inline keyboard expected", message, "y", reply_markup={"keyboard": [[{"text": "A"}]]})


@keyboards.check()
async def an_edit_checks_its_buttons(probe: Probe) -> None:
    """Bad buttons are refused in edits too, and the message stays as it was. [S]"""
    message = await probe.send("x", reply_markup=buttons("a"))
    await probe.edit_refused("BUTTON_DATA_INVALID", message, "y", reply_markup=buttons("z" * 65))
    await probe.edit_refused("message is not modified", message, "x", reply_markup=buttons("a"))


@keyboards.check(PERSON)
async def a_reply_keyboard_stands_until_removed(probe: Probe) -> None:
    """It outlives the message that brought it. [D]"""
    anna = await probe.person()
    await probe.send("1", chat_id=anna.user_id, reply_markup={"keyboard": [[{"text": "Сегодня"}]]})
    await probe.send("2", chat_id=anna.user_id)
    await anna.act("press", label="Сегодня")
    expect_fields(await probe.update("message"), text="Сегодня")
    await probe.send("3", chat_id=anna.user_id, reply_markup={"remove_keyboard": True})
    shown = await probe.admin.get(f"chats/{anna.user_id}/messages")
    expect(not shown["reply_keyboard"], shown["reply_keyboard"])


@keyboards.check(PERSON)
async def a_refused_keyboard_sends_nothing(probe: Probe) -> None:
    """The message is not sent without its buttons either. [S]"""
    anna = await probe.person()
    await probe.send_refused("BUTTON_DATA_INVALID", chat_id=anna.user_id, reply_markup=buttons("z" * 65))
    expect_equal([message.get("text") for message in await anna.sees()], [])


@keyboards.check()
async def a_keyboard_is_taken_away(probe: Probe) -> None:
    """editMessageReplyMarkup without a markup removes the buttons and keeps the text. [D]"""
    message = await probe.send("x", reply_markup=buttons("a"))
    edited = await probe.ok("editMessageReplyMarkup", **where(message))
    expect("reply_markup" not in edited and edited["text"] == "x", edited)
