"""Chats: who may be written to, who is in them, what is pinned, and the bot's comings and goings."""

from __future__ import annotations

from playground.conformance.probe import Json, Probe, buttons, expect, expect_equal, expect_fields, where
from playground.conformance.registry import BLOCKED, CHANNEL, GROUP, PERSON, Subject

chats = Subject("chats")
reach = Subject("reach")
pins = Subject("pins")

_NOBODY = 5_999_999_999_999
_MISSING = 2_000_000_000


@chats.check(live=True)
async def a_person_is_looked_up(probe: Probe) -> None:
    """getChat of a private chat tells the person's names. [D]"""
    chat = await probe.ok("getChat", chat_id=probe.chat)
    expect_fields(chat, id=probe.chat, type="private")
    expect(chat.get("first_name"), chat)
    expect("title" not in chat, chat)


@chats.check(live=True)
async def a_chat_of_nobody_is_not_looked_up(probe: Probe) -> None:
    """getChat of a chat unknown to the bot is "chat not found". [S]"""
    await probe.refused("chat not found", "getChat", chat_id=_NOBODY)
    await probe.refused("chat not found", "getChat", chat_id="@no_such_name_here_at_all")


@chats.check(GROUP)
async def a_forum_is_looked_up(probe: Probe) -> None:
    """A forum is a supergroup with is_forum, a title and default permissions. [D]"""
    chat = await probe.ok("getChat", chat_id=probe.group)
    expect_fields(chat, id=probe.group, type="supergroup", is_forum=True)
    expect(chat.get("title") and isinstance(chat.get("permissions"), dict), chat)


@chats.check(CHANNEL)
async def a_channel_is_looked_up_by_name_and_number(probe: Probe) -> None:
    """Both lead to the same chat. [D]"""
    chat = await probe.ok("getChat", chat_id=probe.channel)
    expect_fields(chat, id=probe.channel, type="channel")
    if "username" in chat:
        expect_fields(await probe.ok("getChat", chat_id="@" + chat["username"].upper()), id=probe.channel)


@chats.check(GROUP)
async def the_bot_is_a_member_of_its_group(probe: Probe) -> None:
    """getChatMember tells an administrator's rights one by one. [D]"""
    me = await probe.ok("getMe")
    member = await probe.ok("getChatMember", chat_id=probe.group, user_id=me["id"])
    expect_fields(member, status="administrator")
    for right in ("can_delete_messages", "can_pin_messages", "can_manage_topics", "can_invite_users"):
        expect(isinstance(member.get(right), bool), f"{right} is missing in {member}")


@chats.check(GROUP, live=False)
async def an_unknown_person_is_no_member(probe: Probe) -> None:
    """Somebody the bot has never met is refused, not shown as left. [S]"""
    await probe.refused("not found|invalid", "getChatMember", chat_id=probe.group, user_id=_NOBODY)


@chats.check(PERSON, GROUP)
async def membership_follows_the_person(probe: Probe) -> None:
    """left, member after joining, left again. [D]"""
    anna = await probe.person()
    params: Json = {"chat_id": probe.group, "user_id": anna.user_id}
    expect_fields(await probe.ok("getChatMember", **params), status="left")
    await anna.act("join", chat_id=probe.group)
    expect_fields(await probe.ok("getChatMember", **params), status="member")
    await anna.act("leave", chat_id=probe.group)
    expect_fields(await probe.ok("getChatMember", **params), status="left")


@chats.check(GROUP)
async def administrators_are_listed(probe: Probe) -> None:
    """Administrators only, this bot among them. [D]"""
    me = await probe.ok("getMe")
    listed = await probe.ok("getChatAdministrators", chat_id=probe.group)
    expect(me["id"] in {member["user"]["id"] for member in listed}, listed)
    expect({member["status"] for member in listed} <= {"creator", "administrator"}, listed)


@chats.check(live=True)
async def a_private_chat_has_no_administrators(probe: Probe) -> None:
    """ "there are no administrators in the private chat". [S]"""
    await probe.refused("no administrators in the private chat", "getChatAdministrators", chat_id=probe.chat)


@chats.check(PERSON, GROUP)
async def members_are_counted(probe: Probe) -> None:
    """One more after somebody has joined. [D]"""
    before = await probe.ok("getChatMemberCount", chat_id=probe.group)
    await (await probe.person()).act("join", chat_id=probe.group)
    expect_equal(await probe.ok("getChatMemberCount", chat_id=probe.group), before + 1)


@chats.check(live=True)
async def a_private_chat_has_two_members(probe: Probe) -> None:
    """The person and the bot. [S]"""
    expect_equal(await probe.ok("getChatMemberCount", chat_id=probe.chat), 2)


@chats.check()
async def a_private_chat_is_not_left(probe: Probe) -> None:
    """leaveChat is for groups. [T]"""
    await probe.refused("private", "leaveChat", chat_id=probe.chat)


@chats.check(GROUP)
async def a_group_message_is_signed_by_the_bot(probe: Probe) -> None:
    """In groups the bot is the sender. [D]"""
    message = await probe.send(chat_id=probe.group)
    expect_fields(message["chat"], id=probe.group, type="supergroup")
    expect_fields(message["from"], is_bot=True)


@chats.check(CHANNEL)
async def a_post_is_signed_by_its_channel(probe: Probe) -> None:
    """sender_chat is the channel; there is no from. [D]"""
    post = await probe.send(chat_id=probe.channel)
    expect_fields(post["sender_chat"], id=probe.channel, type="channel")
    expect("from" not in post, post)


@chats.check(CHANNEL)
async def a_post_is_edited_and_deleted(probe: Probe) -> None:
    """An administrator of a channel edits and removes its posts. [D]"""
    post = await probe.send("old", chat_id=probe.channel, reply_markup=buttons("a"))
    expect_fields(await probe.ok("editMessageText", **where(post), text="new"), text="new")
    await probe.ok("deleteMessage", **where(post))


@reach.check(BLOCKED)
async def a_block_is_403(probe: Probe) -> None:
    """Every kind of sending to somebody who has blocked the bot: 403 "bot was blocked by the user". [T]"""
    chat_id, words = probe.places.blocked, "bot was blocked by the user"
    await probe.refused(words, "sendMessage", status=403, chat_id=chat_id, text="x")
    await probe.refused(words, "sendChatAction", status=403, chat_id=chat_id, action="typing")
    await probe.refused(words, "sendLocation", status=403, chat_id=chat_id, latitude=55.7, longitude=37.6)


@reach.check(PERSON)
async def nobody_is_written_to_first(probe: Probe) -> None:
    """Who has never pressed START is "chat not found". [T]"""
    vera = await probe.person(started=False)
    await probe.send_refused("chat not found", chat_id=vera.user_id)


@reach.check(PERSON, GROUP)
async def a_neighbour_is_not_written_to_first_either(probe: Probe) -> None:
    """Known from a group but never started: 403 "bot can't initiate conversation with a user". [T]"""
    vera = await probe.person(started=False)
    await vera.act("join", chat_id=probe.group)
    params: Json = {"chat_id": vera.user_id, "text": "x"}
    await probe.refused("bot can't initiate conversation with a user", "sendMessage", status=403, **params)


@reach.check(PERSON)
async def start_opens_the_door(probe: Probe) -> None:
    """After START the same person is written to. [D]"""
    vera = await probe.person(started=False)
    await vera.act("start")
    expect_fields(await probe.send("hello", chat_id=vera.user_id), text="hello")


@reach.check(PERSON)
async def a_deleted_account_is_403(probe: Probe) -> None:
    """ "user is deactivated". [T]"""
    anna = await probe.person()
    await anna.act("deactivate")
    await probe.refused("user is deactivated", "sendMessage", status=403, chat_id=anna.user_id, text="x")


@reach.check(PERSON)
async def a_block_is_told_and_lifted(probe: Probe) -> None:
    """my_chat_member goes member → kicked on a block and back on its end; between them sending is 403. [T]"""
    anna = await probe.person()
    for verb, old, new in (("block", "member", "kicked"), ("unblock", "kicked", "member")):
        await anna.act(verb)
        told = await probe.update("my_chat_member")
        expect_fields(told["chat"], id=anna.user_id, type="private")
        expect_fields(told["from"], id=anna.user_id)
        expect_equal((told["old_chat_member"]["status"], told["new_chat_member"]["status"]), (old, new))
        reply = await probe.call("sendMessage", chat_id=anna.user_id, text="x")
        expect(reply.ok if verb == "unblock" else reply.status == 403, reply)


@reach.check(PERSON)
async def a_bot_that_was_removed_is_403(probe: Probe) -> None:
    """In a group it was kicked from: "bot was kicked from the supergroup chat". [S]"""
    group = await probe.place(bot_status="kicked")
    params: Json = {"chat_id": group, "text": "x"}
    await probe.refused("bot was kicked from the supergroup chat", "sendMessage", status=403, **params)


@reach.check(PERSON)
async def a_bot_that_has_left_is_403(probe: Probe) -> None:
    """After leaveChat: "bot is not a member of the supergroup chat". [S]"""
    group = await probe.place()
    expect(await probe.ok("leaveChat", chat_id=group) is True, "not True")
    params: Json = {"chat_id": group, "text": "x"}
    await probe.refused("bot is not a member of the supergroup chat", "sendMessage", status=403, **params)


@reach.check(PERSON)
async def a_channel_needs_an_administrator(probe: Probe) -> None:
    """An ordinary member posts nothing in a channel. [T]"""
    channel = await probe.place("channel", bot_status="member")
    reply = await probe.call("sendMessage", chat_id=channel, text="x")
    expect(reply.status in {400, 403} and "administrator rights" in reply.description, reply)


@reach.check(PERSON)
async def an_upgraded_group_tells_its_new_number(probe: Probe) -> None:
    """A basic group that became a supergroup answers 400 with parameters.migrate_to_chat_id. [D]"""
    anna = await probe.person()
    group = await probe.place("group", members=[anna.user_id])
    await probe.send(chat_id=group)
    successor = -1_000_000_000_000 - probe.fresh_id() % 10**12
    await anna.act("migrate", chat_id=group, to=successor)
    reply = await probe.call("sendMessage", chat_id=group, text="x")
    expect(reply.status == 400 and reply.body.get("ok") is False, reply)
    expect_equal((reply.body.get("parameters") or {}).get("migrate_to_chat_id"), successor, "migrate_to_chat_id")
    await probe.send(chat_id=successor)


@reach.check(PERSON)
async def an_upgrade_is_told_in_both_groups(probe: Probe) -> None:
    """migrate_to_chat_id in the old group, migrate_from_chat_id in the new one. [D]"""
    anna = await probe.person()
    group = await probe.place("group", members=[anna.user_id])
    successor = -1_000_000_000_000 - probe.fresh_id() % 10**12
    await probe.quiet()
    await anna.act("migrate", chat_id=group, to=successor)
    first, second = [update["message"] for update in await probe.updates("message", 2)]
    expect_equal((first["chat"]["id"], first.get("migrate_to_chat_id")), (group, successor))
    expect_equal((second["chat"]["id"], second.get("migrate_from_chat_id")), (successor, group))


@pins.check()
async def a_pinned_message_is_shown(probe: Probe) -> None:
    """getChat shows the newest pinned message, and none after it was unpinned. [D]"""
    message = await probe.send("important")
    expect(await probe.ok("pinChatMessage", **where(message), disable_notification=True) is True, "not True")
    expect_fields((await probe.ok("getChat", chat_id=probe.chat))["pinned_message"], message_id=message["message_id"])
    expect(await probe.ok("unpinChatMessage", **where(message)) is True, "not True")
    shown = (await probe.ok("getChat", chat_id=probe.chat)).get("pinned_message") or {}
    expect(shown.get("message_id") != message["message_id"], shown)


@pins.check()
async def a_missing_message_is_not_pinned(probe: Probe) -> None:
    """ "message to pin not found". [S]"""
    await probe.refused("message to pin not found", "pinChatMessage", chat_id=probe.chat, message_id=_MISSING)


@pins.check(PERSON)
async def nothing_pinned_cannot_be_unpinned(probe: Probe) -> None:
    """ "message to unpin not found". [S]"""
    anna = await probe.person()
    await probe.refused("message to unpin not found", "unpinChatMessage", chat_id=anna.user_id)


@pins.check(PERSON)
async def all_pins_go_at_once(probe: Probe) -> None:
    """unpinAllChatMessages. [D]"""
    anna = await probe.person()
    for text in ("1", "2"):
        await probe.ok("pinChatMessage", **where(await probe.send(text, chat_id=anna.user_id)))
    await probe.ok("unpinAllChatMessages", chat_id=anna.user_id)
    expect("pinned_message" not in await probe.ok("getChat", chat_id=anna.user_id), "still pinned")


@pins.check(GROUP, updates=True)
async def a_pin_comes_back_as_an_event(probe: Probe) -> None:
    """The bot receives the service message that it caused, with the pinned message inside. [S]"""
    message = await probe.send("important", chat_id=probe.group)
    await probe.ok("pinChatMessage", **where(message))
    event = await probe.update("message")
    expect_fields(event["pinned_message"], message_id=message["message_id"], text="important")
    expect_fields(event["from"], is_bot=True)
    await probe.ok("unpinChatMessage", **where(message))


@pins.check(PERSON)
async def pinning_needs_the_right(probe: Probe) -> None:
    """An ordinary member of a group pins nothing. [T]"""
    group = await probe.place(bot_status="member")
    message = await probe.send(chat_id=group)
    await probe.refused("not enough rights", "pinChatMessage", **where(message))
