"""Albums: how many, of what, and what they cannot carry."""

from __future__ import annotations

from typing import Any

from playground.conformance.checks.files import picture, sent_document, sent_photo
from playground.conformance.client import File
from playground.conformance.probe import Json, Probe, expect, expect_equal, expect_fields, kinds_of, where
from playground.conformance.registry import PERSON, Subject

albums = Subject("albums", live=True)


async def _photo_id(probe: Probe) -> str:
    return str((await sent_photo(probe))["photo"][-1]["file_id"])


async def _album(probe: Probe, count: int, **params: Any) -> list[Json]:
    photo = await _photo_id(probe)
    wanted: Json = {"chat_id": probe.chat, "media": [{"type": "photo", "media": photo}] * count}
    messages: list[Json] = await probe.ok("sendMediaGroup", **(wanted | params))
    return messages


async def _refuses(probe: Probe, items: list[Json], words: str = "") -> None:
    await probe.refused(words, "sendMediaGroup", chat_id=probe.chat, media=items)


@albums.check()
async def an_album_of_2_and_of_10(probe: Probe) -> None:
    """An album includes 2-10 items: as many messages with one media_group_id. [D]"""
    for count in (2, 10):
        messages = await _album(probe, count)
        expect_equal(len(messages), count)
        expect(len({message.get("media_group_id", message["message_id"]) for message in messages}) == 1, messages)


@albums.check(live=False)
async def an_album_of_1_is_refused(probe: Probe) -> None:
    """One item is no album. [D]"""
    await _refuses(probe, [{"type": "photo", "media": await _photo_id(probe)}])


@albums.check()
async def an_album_of_11_is_refused(probe: Probe) -> None:
    """Eleven are "too many messages to send as an album". [T]"""
    item = {"type": "photo", "media": await _photo_id(probe)}
    await _refuses(probe, [item] * 11, "too many messages")


@albums.check()
async def an_empty_album_is_refused(probe: Probe) -> None:
    """No items, no album. [T]"""
    await _refuses(probe, [])


@albums.check()
async def every_item_has_its_caption(probe: Probe) -> None:
    """Captions and their markup belong to the items. [D]"""
    photo = await _photo_id(probe)
    items = [
        {"type": "photo", "media": photo, "caption": "<b>one</b>", "parse_mode": "HTML"},
        {"type": "photo", "media": photo},
        {"type": "photo", "media": photo, "caption": "three"},
    ]
    messages = await probe.ok("sendMediaGroup", chat_id=probe.chat, media=items)
    expect_equal([message.get("caption") for message in messages], ["one", None, "three"])
    expect_equal(kinds_of(messages[0].get("caption_entities")), [("bold", 0, 3)])


@albums.check()
async def a_caption_in_an_album_has_1024_characters(probe: Probe) -> None:
    """As elsewhere: 1025 are too long, and nothing of the album is sent. [T]"""
    photo = await _photo_id(probe)
    items = [{"type": "photo", "media": photo}, {"type": "photo", "media": photo, "caption": "x" * 1025}]
    await _refuses(probe, items, "caption is too long")


@albums.check()
async def documents_do_not_mix_with_pictures(probe: Probe) -> None:
    """Documents stand among documents only. [D]"""
    photo, document = await _photo_id(probe), (await sent_document(probe))["document"]["file_id"]
    items = [{"type": "photo", "media": photo}, {"type": "document", "media": document}]
    await _refuses(probe, items, "can't be mixed")
    only = [{"type": "document", "media": document}] * 2
    messages = await probe.ok("sendMediaGroup", chat_id=probe.chat, media=only)
    expect(all("document" in message for message in messages), messages)


@albums.check(live=False)
async def pictures_mix_with_videos(probe: Probe) -> None:
    """Photos and videos stand together. [D]"""
    files = {
        "one": picture(),
        "two": File(b"\x00\x00\x00\x18ftypmp42" + bytes(60), "clip.mp4", "video/mp4"),
    }
    items = [{"type": "photo", "media": "attach://one"}, {"type": "video", "media": "attach://two"}]
    messages = await probe.ok("sendMediaGroup", chat_id=probe.chat, media=items, files=files)
    expect("photo" in messages[0] and "video" in messages[1], messages)


@albums.check()
async def an_album_is_uploaded_in_one_request(probe: Probe) -> None:
    """attach:// for each item. [D]"""
    files = {"one": picture(), "two": picture()}
    items = [{"type": "photo", "media": f"attach://{name}"} for name in files]
    messages = await probe.ok("sendMediaGroup", chat_id=probe.chat, media=items, files=files)
    expect_equal(len({message["photo"][-1]["file_unique_id"] for message in messages}), 2)


@albums.check()
async def an_album_lacks_no_part(probe: Probe) -> None:
    """An attachment that is not there refuses the album as a whole. [S]"""
    items = [{"type": "photo", "media": await _photo_id(probe)}, {"type": "photo", "media": "attach://nothing"}]
    await _refuses(probe, items)


@albums.check()
async def every_item_has_its_looks(probe: Probe) -> None:
    """A spoiler and a caption above belong to the item. [D]"""
    photo = await _photo_id(probe)
    covered = {"type": "photo", "media": photo, "has_spoiler": True}
    above = {"type": "photo", "media": photo, "caption": "x", "show_caption_above_media": True}
    first, second = await probe.ok("sendMediaGroup", chat_id=probe.chat, media=[covered, above])
    expect_equal((first.get("has_media_spoiler"), second.get("has_media_spoiler")), (True, None))
    expect_equal((first.get("show_caption_above_media"), second.get("show_caption_above_media")), (None, True))


@albums.check()
async def an_album_has_no_buttons(probe: Probe) -> None:
    """None of its messages carries a reply_markup. [D]"""
    expect(all("reply_markup" not in message for message in await _album(probe, 2)), "buttons under an album")


@albums.check()
async def an_album_is_a_reply_and_protected(probe: Probe) -> None:
    """reply_parameters and protect_content hold for the whole album. [D]"""
    first = await probe.send("x")
    messages = await _album(probe, 2, reply_parameters={"message_id": first["message_id"]}, protect_content=True)
    expect_fields(messages[0]["reply_to_message"], message_id=first["message_id"])
    expect(all(message.get("has_protected_content") for message in messages), messages)


@albums.check()
async def a_caption_of_an_album_is_edited(probe: Probe) -> None:
    """The message stays in its album. [D]"""
    first, second = await _album(probe, 2)
    edited = await probe.ok("editMessageCaption", **where(second), caption="second")
    expect_fields(edited, caption="second", media_group_id=first["media_group_id"])


@albums.check(live=False)
async def a_photo_of_an_album_becomes_no_document(probe: Probe) -> None:
    """Inside an album of pictures there is no place for a document. [D]"""
    first, _ = await _album(probe, 2)
    document = (await sent_document(probe))["document"]["file_id"]
    media = {"type": "document", "media": document}
    await probe.refused("", "editMessageMedia", **where(first), media=media)


@albums.check(PERSON)
async def a_refused_album_sends_nothing(probe: Probe) -> None:
    """Everything is checked before anything is sent. [T]"""
    anna, photo = await probe.person(), await _photo_id(probe)
    items = [{"type": "photo", "media": photo}, {"type": "photo", "media": photo, "caption": "x" * 1025}]
    await probe.refused("", "sendMediaGroup", chat_id=anna.user_id, media=items)
    expect_equal(await anna.sees(), [])


@albums.check(PERSON)
async def a_persons_album_comes_piece_by_piece(probe: Probe) -> None:
    """One update for each item, tied by media_group_id. [D]"""
    anna = await probe.person()
    await anna.act("send_album", photos=[picture().data for _ in range(3)], caption="three")
    messages = [update["message"] for update in await probe.updates("message", 3)]
    expect(len({message["media_group_id"] for message in messages}) == 1, messages)
    expect_equal([message.get("caption") for message in messages], ["three", None, None])
