"""Forwarding and copying."""

from __future__ import annotations

from typing import Any

from playground.conformance.checks.files import sent_photo
from playground.conformance.probe import Json, Probe, buttons, expect, expect_equal, expect_fields, where
from playground.conformance.registry import BLOCKED, CHANNEL, PERSON, Subject

forwarding = Subject("forwarding", live=True)

_MISSING = 2_000_000_000


def _from(message: dict[str, Any], to: int) -> dict[str, Any]:
    return {"chat_id": to, "from_chat_id": message["chat"]["id"], "message_id": message["message_id"]}


@forwarding.check()
async def a_forward_tells_its_origin(probe: Probe) -> None:
    """forward_origin names who wrote it and when. [D]"""
    source = await probe.send("x")
    forward = await probe.ok("forwardMessage", **_from(source, probe.chat))
    expect_fields(forward, text="x")
    expect_fields(forward["forward_origin"], type="user", date=source["date"])
    expect_fields(forward["forward_origin"]["sender_user"], is_bot=True)


@forwarding.check()
async def a_forward_of_a_forward_keeps_the_first_origin(probe: Probe) -> None:
    """The one between is not mentioned. [D]"""
    first = await probe.ok("forwardMessage", **_from(await probe.send("x"), probe.chat))
    second = await probe.ok("forwardMessage", **_from(first, probe.chat))
    expect_equal(second["forward_origin"], first["forward_origin"])


@forwarding.check(PERSON)
async def a_persons_message_is_forwarded(probe: Probe) -> None:
    """The origin is the person. [D]"""
    anna = await probe.person()
    forward = await probe.ok("forwardMessage", **_from(await anna.says("важно"), probe.chat))
    expect_fields(forward, text="важно")
    expect_fields(forward["forward_origin"]["sender_user"], id=anna.user_id, is_bot=False)


@forwarding.check(CHANNEL)
async def a_post_is_forwarded_from_its_channel(probe: Probe) -> None:
    """The origin of a channel's post is the channel and the number there. [D]"""
    post = await probe.send("x", chat_id=probe.channel)
    forward = await probe.ok("forwardMessage", **_from(post, probe.chat))
    expect_fields(forward["forward_origin"], type="channel", message_id=post["message_id"])
    expect_fields(forward["forward_origin"]["chat"], id=probe.channel)


@forwarding.check()
async def a_missing_message_cannot_be_forwarded(probe: Probe) -> None:
    """ "message to forward not found". [S]"""
    params: Json = {"chat_id": probe.chat, "from_chat_id": probe.chat, "message_id": _MISSING}
    await probe.refused("message to forward not found", "forwardMessage", **params)


@forwarding.check()
async def a_missing_message_cannot_be_copied(probe: Probe) -> None:
    """ "message to copy not found". [S]"""
    params: Json = {"chat_id": probe.chat, "from_chat_id": probe.chat, "message_id": _MISSING}
    await probe.refused("message to copy not found", "copyMessage", **params)


@forwarding.check()
async def nothing_comes_from_a_chat_of_nobody(probe: Probe) -> None:
    """The chat it comes from must be known to the bot. [S]"""
    params: Json = {"chat_id": probe.chat, "from_chat_id": 5_999_999_999_999, "message_id": 1}
    await probe.refused("chat not found", "copyMessage", **params)


@forwarding.check()
async def a_copy_is_the_bots_own(probe: Probe) -> None:
    """copyMessage returns the id only; the copy has no origin and can be edited. [D]"""
    source = await probe.send("x")
    copied = await probe.ok("copyMessage", **_from(source, probe.chat))
    probe.sent.append((probe.chat, copied["message_id"]))
    expect_equal(list(copied), ["message_id"])
    edited = await probe.ok("editMessageText", chat_id=probe.chat, message_id=copied["message_id"], text="y")
    expect("forward_origin" not in edited and edited["text"] == "y", edited)


@forwarding.check()
async def a_copy_keeps_its_formatting(probe: Probe) -> None:
    """Entities go along. [D]"""
    source = await probe.send("<b>x</b>y", parse_mode="HTML")
    copied = await probe.ok("copyMessage", **_from(source, probe.chat))
    probe.sent.append((probe.chat, copied["message_id"]))
    params: Json = {
        "chat_id": probe.chat,
        "message_id": copied["message_id"],
        "text": "<b>x</b>y",
        "parse_mode": "HTML",
    }
    await probe.refused("message is not modified", "editMessageText", **params)


@forwarding.check()
async def a_copy_has_no_buttons_of_its_source(probe: Probe) -> None:
    """An inline keyboard is not copied. [D]"""
    source = await probe.send("x", reply_markup=buttons("a"))
    copied = await probe.ok("copyMessage", **_from(source, probe.chat))
    probe.sent.append((probe.chat, copied["message_id"]))
    params: Json = {"chat_id": probe.chat, "message_id": copied["message_id"]}
    await probe.refused("message is not modified", "editMessageReplyMarkup", **params)


@forwarding.check()
async def a_copy_takes_buttons(probe: Probe) -> None:
    """The reply_markup given to copyMessage is put under the copy. [D]"""
    source = await probe.send("x")
    copied = await probe.ok("copyMessage", **_from(source, probe.chat), reply_markup=buttons("a"))
    probe.sent.append((probe.chat, copied["message_id"]))
    params: Json = {"chat_id": probe.chat, "message_id": copied["message_id"], "reply_markup": buttons("a")}
    await probe.refused("message is not modified", "editMessageReplyMarkup", **params)


@forwarding.check()
async def a_copy_takes_another_caption(probe: Probe) -> None:
    """A caption given to copyMessage replaces the old one, an empty one removes it. [D]"""
    source = await sent_photo(probe, caption="old")
    for caption in ("new", ""):
        copied = await probe.ok("copyMessage", **_from(source, probe.chat), caption=caption)
        probe.sent.append((probe.chat, copied["message_id"]))
        params = {"chat_id": probe.chat, "message_id": copied["message_id"], "caption": caption}
        await probe.refused("message is not modified", "editMessageCaption", **params)


@forwarding.check(live=False)
async def protected_content_is_not_forwarded(probe: Probe) -> None:
    """A protected message stays where it is. [D]"""
    source = await probe.send("x", protect_content=True)
    await probe.refused("can't be forwarded", "forwardMessage", **_from(source, probe.chat))


@forwarding.check()
async def several_are_copied_in_order(probe: Probe) -> None:
    """As many ids as messages; those that are not there are passed over. [D]"""
    sources = [await probe.send(str(number)) for number in range(3)]
    ids = [message["message_id"] for message in sources]
    params: Json = {"chat_id": probe.chat, "from_chat_id": probe.chat, "message_ids": [*ids, _MISSING]}
    copies = await probe.ok("copyMessages", **params)
    probe.sent += [(probe.chat, item["message_id"]) for item in copies]
    expect_equal([list(item) for item in copies], [["message_id"]] * 3)
    params = {"chat_id": probe.chat, "message_id": copies[1]["message_id"], "text": "1"}
    await probe.refused("message is not modified", "editMessageText", **params)


@forwarding.check()
async def several_are_named_in_growing_order(probe: Probe) -> None:
    """Identifiers must be in a strictly increasing order. [D]"""
    first, second = (await probe.send("1"))["message_id"], (await probe.send("2"))["message_id"]
    for ids in ([second, first], [first, first]):
        params: Json = {"chat_id": probe.chat, "from_chat_id": probe.chat, "message_ids": ids}
        await probe.refused("increasing order", "forwardMessages", **params)


@forwarding.check(PERSON)
async def a_copied_album_stays_an_album(probe: Probe) -> None:
    """copyMessages keeps the grouping, under a media_group_id of its own. [D]"""
    anna, boris = await probe.person(), await probe.person()
    photo = (await sent_photo(probe))["photo"][-1]["file_id"]
    items = [{"type": "photo", "media": photo, "caption": "x"}, {"type": "photo", "media": photo}]
    album = await probe.ok("sendMediaGroup", chat_id=anna.user_id, media=items)
    ids = [message["message_id"] for message in album]
    params: Json = {"chat_id": boris.user_id, "from_chat_id": anna.user_id, "message_ids": ids, "remove_caption": True}
    await probe.ok("copyMessages", **params)
    seen = await boris.sees()
    groups = {message.get("media_group_id") for message in seen}
    expect(len(seen) == 2 and len(groups) == 1 and None not in groups, seen)
    expect(groups != {album[0]["media_group_id"]} and "caption" not in seen[0], seen)


@forwarding.check(BLOCKED)
async def nothing_is_copied_to_somebody_who_blocked(probe: Probe) -> None:
    """403 for copies and forwards as for messages. [T]"""
    source = await probe.send("x")
    for method in ("copyMessage", "forwardMessage"):
        params = _from(source, probe.places.blocked or 0)
        await probe.refused("bot was blocked by the user", method, status=403, **params)


@forwarding.check()
async def a_forward_keeps_its_looks(probe: Probe) -> None:
    """Spoiler, caption above and preview options go along. [D]"""
    photo = await sent_photo(probe, caption="x", has_spoiler=True, show_caption_above_media=True)
    forward = await probe.ok("forwardMessage", **_from(photo, probe.chat))
    expect_fields(forward, has_media_spoiler=True, show_caption_above_media=True)
    text = await probe.send("https://example.org", link_preview_options={"is_disabled": True})
    forward = await probe.ok("forwardMessage", **_from(text, probe.chat))
    expect_fields(forward, link_preview_options={"is_disabled": True})


@forwarding.check()
async def a_forward_is_silent_or_protected(probe: Probe) -> None:
    """protect_content holds for the new message. [D]"""
    source = await probe.send("x")
    forward = await probe.ok("forwardMessage", **_from(source, probe.chat), protect_content=True)
    expect_fields(forward, has_protected_content=True)
    expect(where(forward) != where(source), forward)
