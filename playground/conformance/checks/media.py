"""Photos, documents and other files: upload, reuse, download, captions."""

from __future__ import annotations

from playground.conformance.checks.files import picture, png, sent_document, sent_photo, text_file
from playground.conformance.client import File
from playground.conformance.probe import Json, Probe, expect, expect_equal, expect_fields, expect_refused, kinds_of
from playground.conformance.registry import PERSON, Subject

media = Subject("media", live=True)

_OVER_20_MB = 20 * 1024 * 1024 + 1


@media.check()
async def a_photo_has_sizes(probe: Probe) -> None:
    """A photo is a list of sizes, the smallest first, each with ids and measures. [D]"""
    message = await probe.ok("sendPhoto", chat_id=probe.chat, files={"photo": picture(640, 480)})
    sizes = message["photo"]
    expect_fields(sizes[-1], width=640, height=480)
    expect_equal(sorted(sizes, key=lambda size: size["width"]), sizes)
    for size in sizes:
        expect(size["file_id"] and size["file_unique_id"] and size["file_size"] > 0, size)
    expect("text" not in message and "document" not in message, message)


@media.check()
async def a_document_keeps_its_name(probe: Probe) -> None:
    """file_name, mime_type and file_size as uploaded. [D]"""
    file = text_file()
    message = await probe.ok("sendDocument", chat_id=probe.chat, files={"document": file})
    expect_fields(message["document"], file_name="figures.csv", mime_type="text/csv", file_size=len(file.data))


@media.check()
async def a_cyrillic_file_name_survives(probe: Probe) -> None:
    """A name in UTF-8 comes back as it went. [D]"""
    message = await probe.ok("sendDocument", chat_id=probe.chat, files={"document": text_file("отчёт за май.csv")})
    expect_fields(message["document"], file_name="отчёт за май.csv")


@media.check()
async def a_document_is_downloaded_unchanged(probe: Probe) -> None:
    """getFile tells a path; the bytes there are those that were uploaded. [D]"""
    file = text_file()
    message = await probe.ok("sendDocument", chat_id=probe.chat, files={"document": file})
    told = await probe.ok("getFile", file_id=message["document"]["file_id"])
    expect_fields(told, file_unique_id=message["document"]["file_unique_id"], file_size=len(file.data))
    expect_equal(await probe.api.download(told["file_path"]), (200, file.data))


@media.check()
async def every_size_of_a_photo_is_downloaded(probe: Probe) -> None:
    """Each size has a file of its own. [D]"""
    message = await probe.ok("sendPhoto", chat_id=probe.chat, files={"photo": picture(640, 480)})
    for size in message["photo"]:
        told = await probe.ok("getFile", file_id=size["file_id"])
        status, data = await probe.api.download(told["file_path"])
        expect(status == 200 and data[:4] in {b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xdb"}, (status, data[:8]))


@media.check()
async def a_file_is_sent_again_by_its_id(probe: Probe) -> None:
    """By file_id nothing is uploaded: the same unique id, size and name. [D]"""
    first = await sent_document(probe)
    again = await probe.ok("sendDocument", chat_id=probe.chat, document=first["document"]["file_id"])
    for name in ("file_unique_id", "file_size", "file_name"):
        expect_equal(again["document"].get(name), first["document"][name], name)


@media.check()
async def a_photo_is_sent_again_by_the_id_of_any_size(probe: Probe) -> None:
    """The small size stands for the whole photo. [D]"""
    first = await probe.ok("sendPhoto", chat_id=probe.chat, files={"photo": picture(640, 480)})
    for size in (first["photo"][0], first["photo"][-1]):
        again = await probe.ok("sendPhoto", chat_id=probe.chat, photo=size["file_id"])
        expect_equal(again["photo"][-1]["file_unique_id"], first["photo"][-1]["file_unique_id"])


@media.check()
async def an_unknown_file_id_is_refused(probe: Probe) -> None:
    """Neither an id of this bot nor an address: "wrong file identifier". [T]"""
    await probe.refused("wrong (remote )?file identifier", "sendPhoto", chat_id=probe.chat, photo="AgACAgIAAx-nobody")


@media.check()
async def a_file_of_another_kind_is_refused(probe: Probe) -> None:
    """A document does not become a photo by its id. [T]"""
    document = (await sent_document(probe))["document"]["file_id"]
    words = "can't use file of type Document as Photo"
    await probe.refused(words, "sendPhoto", chat_id=probe.chat, photo=document)


@media.check()
async def an_attachment_is_named(probe: Probe) -> None:
    """attach://name points to a part of the same multipart request. [D]"""
    message = await probe.ok("sendPhoto", chat_id=probe.chat, photo="attach://mine", files={"mine": picture()})
    expect(message.get("photo"), message)


@media.check()
async def a_missing_attachment_is_refused(probe: Probe) -> None:
    """attach://name without such a part is refused. [S]"""
    await probe.refused("", "sendPhoto", chat_id=probe.chat, photo="attach://nothing")


@media.check()
async def an_empty_file_is_refused(probe: Probe) -> None:
    """A file without a byte is "file must be non-empty". [T]"""
    reply = await probe.call("sendDocument", chat_id=probe.chat, files={"document": File(b"", "empty.txt")})
    expect_refused(reply, 400, "file must be non-empty")


@media.check()
async def a_caption_has_1024_characters(probe: Probe) -> None:
    """1024 characters pass, 1025 are "message caption is too long". [T]"""
    photo = (await sent_photo(probe, caption="я" * 1024))["photo"][-1]["file_id"]
    params: Json = {"chat_id": probe.chat, "photo": photo}
    await probe.refused("caption is too long", "sendPhoto", **params, caption="я" * 1025)


@media.check()
async def a_caption_is_counted_after_parsing(probe: Probe) -> None:
    """Markup does not count in captions either. [T]"""
    message = await sent_photo(probe, caption=f"<b>{'x' * 1024}</b>", parse_mode="HTML")
    expect_equal(kinds_of(message.get("caption_entities")), [("bold", 0, 1024)])


@media.check()
async def a_caption_has_entities_of_its_own(probe: Probe) -> None:
    """caption_entities instead of a parse mode; both text fields stay away. [D]"""
    entities = [{"type": "italic", "offset": 3, "length": 2}]
    message = await sent_photo(probe, caption="😀 hi", caption_entities=entities)
    expect_equal(kinds_of(message.get("caption_entities")), [("italic", 3, 2)])
    expect("entities" not in message and "text" not in message, message)


@media.check()
async def a_caption_may_stand_above(probe: Probe) -> None:
    """show_caption_above_media comes back. [D]"""
    message = await sent_photo(probe, caption="x", show_caption_above_media=True)
    expect_fields(message, show_caption_above_media=True)


@media.check()
async def a_spoiler_covers_a_photo(probe: Probe) -> None:
    """has_spoiler comes back as has_media_spoiler. [D]"""
    expect_fields(await sent_photo(probe, has_spoiler=True), has_media_spoiler=True)


@media.check()
async def an_unknown_file_cannot_be_got(probe: Probe) -> None:
    """getFile without an id, and of nobody's file, are told apart. [S]"""
    await probe.refused("file_id not specified", "getFile")
    await probe.refused("wrong file_id|invalid file_id|file.*unavailable", "getFile", file_id="AgAC-nobody")


@media.check()
async def a_reply_with_a_photo(probe: Probe) -> None:
    """Replies and buttons go with media as with texts. [D]"""
    first = await probe.send("x")
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    message = await sent_photo(probe, reply_parameters={"message_id": first["message_id"]}, reply_markup=markup)
    expect_fields(message, reply_markup=markup)
    expect_fields(message["reply_to_message"], text="x")


@media.check(live=False)
async def a_voice_message(probe: Probe) -> None:
    """duration and caption as given. [D]"""
    files = {"voice": File(b"OggS" + bytes(60), "note.ogg", "audio/ogg")}
    message = await probe.ok("sendVoice", chat_id=probe.chat, files=files, duration=7, caption="listen")
    expect_fields(message, caption="listen")
    expect_fields(message["voice"], duration=7, mime_type="audio/ogg", file_size=64)


@media.check(live=False)
async def a_video(probe: Probe) -> None:
    """Measures and duration as given. [D]"""
    files = {"video": File(b"\x00\x00\x00\x18ftypmp42" + bytes(60), "clip.mp4", "video/mp4")}
    message = await probe.ok("sendVideo", chat_id=probe.chat, files=files, duration=9, width=320, height=240)
    expect_fields(message["video"], duration=9, width=320, height=240)


@media.check(live=False)
async def a_piece_of_music(probe: Probe) -> None:
    """Performer and title as given. [D]"""
    files = {"audio": File(b"ID3" + bytes(60), "song.mp3", "audio/mpeg")}
    message = await probe.ok("sendAudio", chat_id=probe.chat, files=files, duration=9, performer="P", title="T")
    expect_fields(message["audio"], duration=9, performer="P", title="T")


@media.check(live=False)
async def an_animation_is_a_document_too(probe: Probe) -> None:
    """For backward compatibility the document field is set as well. [D]"""
    files = {"animation": File(b"\x00\x00\x00\x18ftypmp42" + bytes(61), "clip.mp4", "video/mp4")}
    message = await probe.ok("sendAnimation", chat_id=probe.chat, files=files)
    expect_equal(message["animation"]["file_id"], message["document"]["file_id"])


@media.check(live=False)
async def a_file_over_20_mb_cannot_be_downloaded(probe: Probe) -> None:
    """Bots upload 50 MB and download 20: getFile says "file is too big". [D]"""
    files = {"document": File(bytes(_OVER_20_MB), "big.bin")}
    message = await probe.ok("sendDocument", chat_id=probe.chat, files=files)
    await probe.refused("file is too big", "getFile", file_id=message["document"]["file_id"])


@media.check(PERSON)
async def a_persons_file_is_downloaded_and_sent_on(probe: Probe) -> None:
    """What a person sends has a file_id that this bot can use. [D]"""
    anna, data = await probe.person(), png()
    await anna.act("send_photo", data=data, caption="смотрите")
    message = await probe.update("message")
    expect_fields(message, caption="смотрите")
    told = await probe.ok("getFile", file_id=message["photo"][-1]["file_id"])
    expect_equal(await probe.api.download(told["file_path"]), (200, data))
    again = await probe.ok("sendPhoto", chat_id=anna.user_id, photo=message["photo"][-1]["file_id"])
    expect_equal(again["photo"][-1]["file_unique_id"], message["photo"][-1]["file_unique_id"])
