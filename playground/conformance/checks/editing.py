"""Changing and removing what is already in a chat."""

from __future__ import annotations

from playground.conformance.checks.files import png, sent_document, sent_photo
from playground.conformance.client import File
from playground.conformance.probe import Json, Probe, buttons, expect, expect_fields, inline, where
from playground.conformance.registry import CLOCK, GROUP, PERSON, Subject

editing = Subject("editing", live=True)
deleting = Subject("deleting", live=True)

_MISSING = 2_000_000_000
_TWO_DAYS = 48 * 3600


@editing.check()
async def an_edited_text_comes_back(probe: Probe) -> None:
    """The same id, the new text, an edit_date. [D]"""
    message = await probe.send("old")
    edited = await probe.ok("editMessageText", **where(message), text="new")
    expect_fields(edited, message_id=message["message_id"], date=message["date"], text="new")
    expect(edited.get("edit_date", 0) >= message["date"], edited)


@editing.check()
async def the_same_text_is_not_modified(probe: Probe) -> None:
    """Nothing new is "message is not modified: …". [S]"""
    message = await probe.send("same")
    await probe.edit_refused("message is not modified", message, "same")
    await probe.edit_refused("message is not modified", message, "  same\n")


@editing.check()
async def the_same_formatting_is_not_modified(probe: Probe) -> None:
    """The text is compared after parsing: other tags for the same look are nothing new. [S]"""
    message = await probe.send("<b>same</b>", parse_mode="HTML")
    await probe.edit_refused("message is not modified", message, "<strong>same</strong>", parse_mode="HTML")
    await probe.ok("editMessageText", **where(message), text="same")


@editing.check()
async def the_same_markup_is_not_modified(probe: Probe) -> None:
    """Neither are the same buttons. [S]"""
    message = await probe.send("x", reply_markup=buttons("a"))
    await probe.refused(
        "message is not modified", "editMessageReplyMarkup", **where(message), reply_markup=buttons("a")
    )


@editing.check()
async def new_buttons_alone_are_a_change(probe: Probe) -> None:
    """The same text with other buttons goes through. [S]"""
    message = await probe.send("x", reply_markup=buttons("a"))
    edited = await probe.ok("editMessageText", **where(message), text="x", reply_markup=buttons("b"))
    expect_fields(edited, text="x", reply_markup=buttons("b"))


@editing.check()
async def an_edit_without_markup_takes_the_buttons_away(probe: Probe) -> None:
    """Buttons that shall stay have to be given again. [D]"""
    message = await probe.send("x", reply_markup=buttons("a"))
    edited = await probe.ok("editMessageText", **where(message), text="y")
    expect("reply_markup" not in edited, edited)


@editing.check()
async def buttons_are_put_under_a_message(probe: Probe) -> None:
    """editMessageReplyMarkup keeps the text. [D]"""
    message = await probe.send("x")
    edited = await probe.ok("editMessageReplyMarkup", **where(message), reply_markup=buttons("a", "b"))
    expect_fields(edited, text="x", reply_markup=buttons("a", "b"))


@editing.check()
async def an_edit_keeps_to_the_limits(probe: Probe) -> None:
    """An edited text is neither empty nor longer than 4096 characters. [T]"""
    message = await probe.send("x")
    await probe.edit_refused("too.?long", message, "x" * 4097)
    await probe.edit_refused("message text is empty", message, "")


@editing.check()
async def a_missing_message_cannot_be_edited(probe: Probe) -> None:
    """What is not there is "message to edit not found". [S]"""
    params: Json = {"chat_id": probe.chat, "message_id": _MISSING}
    await probe.refused("message to edit not found", "editMessageText", **params, text="x")
    await probe.refused("message to edit not found", "editMessageReplyMarkup", **params)


@editing.check()
async def a_deleted_message_cannot_be_edited(probe: Probe) -> None:
    """Deleted is as good as never sent. [S]"""
    message = await probe.send("x")
    await probe.ok("deleteMessage", **where(message))
    await probe.edit_refused("message to edit not found", message, "y")


@editing.check(PERSON)
async def a_message_of_another_cannot_be_edited(probe: Probe) -> None:
    """A bot edits its own messages only: "message can't be edited". [T]"""
    anna = await probe.person()
    hers = await anna.says("mine")
    await probe.edit_refused("message can't be edited", hers, "stolen")
    await probe.refused("message can't be edited", "editMessageReplyMarkup", **where(hers), reply_markup=buttons("a"))


@editing.check()
async def a_forwarded_message_cannot_be_edited(probe: Probe) -> None:
    """A forward stays as it was. [T]"""
    message = await probe.send("x")
    forward = await probe.ok("forwardMessage", **where(message), from_chat_id=probe.chat)
    await probe.edit_refused("message can't be edited", forward, "y")


@editing.check()
async def a_photo_has_no_text_to_edit(probe: Probe) -> None:
    """editMessageText on media is "there is no text in the message to edit". [T]"""
    await probe.edit_refused("there is no text in the message to edit", await sent_photo(probe), "x")


@editing.check()
async def a_text_has_no_caption_to_edit(probe: Probe) -> None:
    """editMessageCaption on a text is "there is no caption in the message to edit". [T]"""
    message = await probe.send("x")
    await probe.refused(
        "there is no caption in the message to edit", "editMessageCaption", **where(message), caption="y"
    )


@editing.check()
async def a_caption_is_edited(probe: Probe) -> None:
    """Changed, formatted, and taken away by leaving it out. [D]"""
    message = await sent_photo(probe, caption="old")
    edited = await probe.ok("editMessageCaption", **where(message), caption="<b>new</b>", parse_mode="HTML")
    expect_fields(edited, caption="new", caption_entities=[{"type": "bold", "offset": 0, "length": 3}])
    expect("caption" not in await probe.ok("editMessageCaption", **where(message)), "a caption after its removal")


@editing.check()
async def the_same_caption_is_not_modified(probe: Probe) -> None:
    """Captions are compared like texts. [S]"""
    message = await sent_photo(probe, caption="same")
    await probe.refused("message is not modified", "editMessageCaption", **where(message), caption="same")


@editing.check()
async def a_picture_is_exchanged(probe: Probe) -> None:
    """editMessageMedia puts another picture, caption and buttons in place. [D]"""
    message = await sent_photo(probe, caption="old")
    media = {"type": "photo", "media": "attach://fresh", "caption": "new", "has_spoiler": True}
    files = {"fresh": File(png(96, 48), "fresh.png", "image/png")}
    edited = await probe.ok("editMessageMedia", files=files, **where(message), media=media, reply_markup=buttons("a"))
    shown: Json = {"caption": "new", "has_media_spoiler": True, "reply_markup": buttons("a")}
    expect_fields(edited, message_id=message["message_id"], **shown)
    expect(edited["photo"][-1]["file_unique_id"] != message["photo"][-1]["file_unique_id"], edited["photo"])


@editing.check()
async def a_picture_becomes_a_document(probe: Probe) -> None:
    """Outside albums the kind of media may change. [D]"""
    message = await sent_photo(probe)
    document = (await sent_document(probe))["document"]["file_id"]
    edited = await probe.ok("editMessageMedia", **where(message), media={"type": "document", "media": document})
    expect("document" in edited and "photo" not in edited, edited)


@editing.check(GROUP)
async def a_message_of_a_group_is_edited(probe: Probe) -> None:
    """In groups as in private chats. [D]"""
    message = await probe.send("x", chat_id=probe.group)
    expect_fields(await probe.ok("editMessageText", **where(message), text="y"), text="y")


@editing.check(PERSON)
async def a_person_sees_the_edit_in_place(probe: Probe) -> None:
    """No new message comes of an edit. [D]"""
    anna = await probe.person()
    message = await probe.send("old", chat_id=anna.user_id)
    key = {"text": "A", "callback_data": "a"}
    await probe.ok("editMessageText", **where(message), text="new", reply_markup=inline(key))
    shown = await anna.sees()
    expect([item["text"] for item in shown] == ["new"] and shown[0]["reply_markup"] == inline(key), shown)


@editing.check(PERSON)
async def a_blocked_chat_is_not_edited(probe: Probe) -> None:
    """Edits of messages to somebody who has blocked the bot get 403. [T]"""
    anna = await probe.person()
    message = await probe.send("x", chat_id=anna.user_id)
    await anna.act("block")
    await probe.refused("bot was blocked by the user", "editMessageText", status=403, **where(message), text="y")


@deleting.check()
async def a_message_is_deleted_once(probe: Probe) -> None:
    """True, and after that "message to delete not found". [S]"""
    message = await probe.send("x")
    expect(await probe.ok("deleteMessage", **where(message)) is True, "not True")
    await probe.refused("message to delete not found", "deleteMessage", **where(message))


@deleting.check()
async def several_are_deleted_at_once(probe: Probe) -> None:
    """Those that are not there are passed over. [D]"""
    first, second = await probe.send("1"), await probe.send("2")
    ids = [first["message_id"], second["message_id"], _MISSING]
    expect(await probe.ok("deleteMessages", chat_id=probe.chat, message_ids=ids) is True, "not True")
    await probe.refused("message to delete not found", "deleteMessage", **where(second))


@deleting.check(PERSON)
async def a_persons_message_is_deleted_in_private(probe: Probe) -> None:
    """Bots can delete incoming messages in private chats. [D]"""
    anna = await probe.person()
    await probe.ok("deleteMessage", **where(await anna.says("oops")))
    expect(await anna.sees() == [], "still there")


@deleting.check(PERSON, CLOCK)
async def a_message_of_two_days_cannot_be_deleted(probe: Probe) -> None:
    """After 48 hours: "message can't be deleted". [D]"""
    anna = await probe.person()
    message = await probe.send("old", chat_id=anna.user_id)
    await probe.advance(_TWO_DAYS + 1)
    await probe.refused("message can't be deleted", "deleteMessage", **where(message))


@deleting.check(PERSON, GROUP)
async def an_administrator_deletes_messages_of_others(probe: Probe) -> None:
    """With the right to delete, a bot removes anybody's message in a group. [D]"""
    anna = await probe.person()
    await anna.act("join", chat_id=probe.group)
    await probe.quiet()
    await probe.ok("deleteMessage", **where(await anna.says("spam", chat_id=probe.group)))
