"""What people do, and how the bot hears of it."""

from __future__ import annotations

from playground.conformance.checks.files import png
from playground.conformance.probe import Json, Probe, expect, expect_equal, expect_fields, kinds_of, where
from playground.conformance.registry import CHANNEL, GROUP, PERSON, Subject

people = Subject("people", PERSON)


@people.check()
async def a_message_of_a_person(probe: Probe) -> None:
    """Number, date, chat, sender and text. [D]"""
    anna = await probe.person(first_name="Анна", last_name="Белова", username="anna_probe", language_code="ru")
    message = await anna.says("Доброе утро")
    expect_fields(message, text="Доброе утро")
    names = {"first_name": "Анна", "last_name": "Белова", "username": "anna_probe"}
    expect_fields(message["from"], id=anna.user_id, is_bot=False, language_code="ru", **names)
    expect_fields(message["chat"], id=anna.user_id, type="private", **names)


@people.check()
async def start_carries_its_payload(probe: Probe) -> None:
    """A deep link sends "/start payload" with a bot_command entity over the command. [D]"""
    vera = await probe.person(started=False)
    await vera.act("start", payload="invite-7_x")
    message = await probe.update("message")
    expect_fields(message, text="/start invite-7_x")
    expect_equal(kinds_of(message.get("entities")), [("bot_command", 0, 6)])


@people.check()
async def a_bare_start(probe: Probe) -> None:
    """The START button sends "/start" and nothing else. [D]"""
    vera = await probe.person(started=False)
    await vera.act("start")
    expect_fields(await probe.update("message"), text="/start")


@people.check()
async def links_in_a_persons_text_are_entities(probe: Probe) -> None:
    """People's texts carry what Telegram discovers in them, in UTF-16 units. [D]"""
    message = await (await probe.person()).says("😀 https://example.org/x #тег")
    expect_equal(kinds_of(message.get("entities")), [("url", 3, 21), ("hashtag", 25, 4)])


@people.check()
async def an_edit_comes_as_edited_message(probe: Probe) -> None:
    """The same number, the new text, an edit_date. [D]"""
    anna = await probe.person()
    message = await anna.says("old")
    await anna.act("edit", message_id=message["message_id"], text="new")
    edited = await probe.update("edited_message")
    expect_fields(edited, message_id=message["message_id"], text="new")
    expect(edited.get("edit_date", 0) >= message["date"], edited)


@people.check()
async def a_reply_tells_what_it_answers(probe: Probe) -> None:
    """reply_to_message is the bot's message. [D]"""
    anna = await probe.person()
    question = await probe.send("Сколько?", chat_id=anna.user_id)
    answer = await anna.says("Семь", reply_to=question["message_id"])
    expect_fields(answer["reply_to_message"], message_id=question["message_id"], text="Сколько?")


@people.check()
async def a_deleted_message_is_not_told(probe: Probe) -> None:
    """Bots are not told of deletions; a reply to it fails. [D]"""
    anna = await probe.person()
    message = await anna.says("oops")
    await anna.act("delete", message_id=message["message_id"])
    expect_equal(await probe.waiting(), [])
    params: Json = {"chat_id": anna.user_id, "reply_parameters": {"message_id": message["message_id"]}}
    await probe.send_refused("message to be replied not found", **params)


@people.check()
async def a_photo_of_a_person(probe: Probe) -> None:
    """Sizes with the measures of the picture, and the caption. [D]"""
    anna = await probe.person()
    await anna.act("send_photo", data=png(120, 80), caption="вот")
    message = await probe.update("message")
    expect_fields(message, caption="вот")
    expect_fields(message["photo"][-1], width=120, height=80)


@people.check()
async def a_document_of_a_person(probe: Probe) -> None:
    """Name, size and bytes. [D]"""
    anna = await probe.person()
    await anna.act("send_document", data=b"a;b\n", name="цифры.csv")
    document = (await probe.update("message"))["document"]
    expect_fields(document, file_name="цифры.csv", file_size=4)
    told = await probe.ok("getFile", file_id=document["file_id"])
    expect_equal(await probe.api.download(told["file_path"]), (200, b"a;b\n"))


@people.check()
async def other_things_of_a_person(probe: Probe) -> None:
    """Voice, video, sticker and contact come under their own names, never as text. [D]"""
    anna = await probe.person()
    sent: dict[str, Json] = {
        "voice": {"data": b"OggS"},
        "video": {"data": b"mp4"},
        "sticker": {},
        "contact": {"phone": "+79990000001"},
    }
    for kind, arguments in sent.items():
        await anna.act(f"send_{kind}", **arguments)
        message = await probe.update("message")
        expect(kind in message and "text" not in message, message)


@people.check()
async def a_contact_is_the_persons_own(probe: Probe) -> None:
    """user_id tells whose number it is. [D]"""
    anna = await probe.person()
    await anna.act("send_contact", phone="+79990000001")
    contact = (await probe.update("message"))["contact"]
    expect_fields(contact, phone_number="+79990000001", user_id=anna.user_id)


@people.check()
async def a_forward_of_a_person(probe: Probe) -> None:
    """A post forwarded from a channel tells where it came from. [D]"""
    anna = await probe.person()
    await anna.act("forward_from", name="Новости города", text="Открыт мост")
    message = await probe.update("message")
    expect_fields(message, text="Открыт мост")
    expect_fields(message["forward_origin"], type="channel")
    expect_fields(message["forward_origin"]["chat"], title="Новости города")


@people.check(GROUP)
async def joining_and_leaving_are_events(probe: Probe) -> None:
    """new_chat_members and left_chat_member are service messages of the group. [D]"""
    anna = await probe.person()
    await anna.act("join", chat_id=probe.group)
    joined = await probe.update("message")
    expect_equal([person["id"] for person in joined["new_chat_members"]], [anna.user_id])
    await anna.act("leave", chat_id=probe.group)
    expect_fields((await probe.update("message"))["left_chat_member"], id=anna.user_id)


@people.check(GROUP)
async def membership_is_told_when_asked_for(probe: Probe) -> None:
    """chat_member comes only to bots that name it in allowed_updates. [D]"""
    anna = await probe.person()
    await anna.act("join", chat_id=probe.group)
    expect(all("chat_member" not in update for update in await probe.waiting()), "chat_member without being asked")
    await probe.ok("getUpdates", allowed_updates=["chat_member"])
    await anna.act("leave", chat_id=probe.group)
    change = await probe.update("chat_member")
    expect_equal((change["old_chat_member"]["status"], change["new_chat_member"]["status"]), ("member", "left"))


@people.check(GROUP)
async def an_administrator_hears_a_group(probe: Probe) -> None:
    """A bot that administrates a group receives every message in it. [D]"""
    anna = await probe.person()
    await anna.act("join", chat_id=probe.group)
    await probe.quiet()
    message = await anna.says("всем привет", chat_id=probe.group)
    expect_fields(message["chat"], id=probe.group, type="supergroup", is_forum=True)
    expect_fields(message["from"], id=anna.user_id)


@people.check()
async def a_member_hears_only_what_is_meant_for_it(probe: Probe) -> None:
    """In privacy mode an ordinary member receives commands and replies to itself, not the talk of others. [D]"""
    anna = await probe.person()
    me = await probe.ok("getMe")
    if me.get("can_read_all_group_messages"):
        return
    group = await probe.place(members=[anna.user_id], bot_status="member")
    await probe.quiet()
    await anna.act("send", text="между нами", chat_id=group)
    expect_fields(await anna.says("/help", chat_id=group), text="/help")


@people.check(CHANNEL)
async def a_post_in_a_channel_is_told(probe: Probe) -> None:
    """channel_post, signed by the channel. [D]"""
    anna = await probe.person()
    await anna.act("join", chat_id=probe.channel, status="administrator")
    await anna.act("send", text="новость", chat_id=probe.channel)
    post = await probe.update("channel_post")
    expect_fields(post, text="новость")
    expect_fields(post["sender_chat"], id=probe.channel)


@people.check()
async def the_bot_does_not_hear_itself(probe: Probe) -> None:
    """Its own ordinary messages and edits are no updates. [S]"""
    anna = await probe.person()
    message = await probe.send("x", chat_id=anna.user_id)
    await probe.ok("editMessageText", **where(message), text="y")
    expect_equal(await probe.waiting(), [])
