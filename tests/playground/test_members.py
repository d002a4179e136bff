"""Groups and channels: what the bot's rights allow, who comes and goes, migration."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    BotCommandScopeUnion,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatPermissions,
)

from playground import LocalTelegram, User, rights

GROUP, CHANNEL = -1001, -1002
Try = Callable[[Bot], Awaitable[object]]

TRIALS: list[tuple[str, Try, str]] = [
    ("can_pin_messages", lambda bot: bot.pin_chat_message(GROUP, 2), "manage pinned messages in the chat"),
    ("can_pin_messages", lambda bot: bot.unpin_all_chat_messages(GROUP), "manage pinned messages in the chat"),
    ("can_delete_messages", lambda bot: bot.delete_message(GROUP, 2), "message can't be deleted"),
    ("can_restrict_members", lambda bot: bot.ban_chat_member(GROUP, 1001), "restrict/unrestrict chat member"),
    ("can_restrict_members", lambda bot: bot.unban_chat_member(GROUP, 1001), "restrict/unrestrict chat member"),
    (
        "can_restrict_members",
        lambda bot: bot.restrict_chat_member(GROUP, 1001, ChatPermissions(can_send_messages=False)),
        "restrict/unrestrict chat member",
    ),
    (
        "can_restrict_members",
        lambda bot: bot.set_chat_permissions(GROUP, ChatPermissions(can_send_messages=True)),
        "change chat permissions",
    ),
    (
        "can_promote_members",
        lambda bot: bot.promote_chat_member(GROUP, 1001, can_pin_messages=True),
        "not enough rights",
    ),
    ("can_change_info", lambda bot: bot.set_chat_title(GROUP, "New"), "change chat title"),
    ("can_change_info", lambda bot: bot.set_chat_description(GROUP, "New"), "set chat description"),
    ("can_invite_users", lambda bot: bot.create_chat_invite_link(GROUP), "manage chat invite link"),
    ("can_invite_users", lambda bot: bot.export_chat_invite_link(GROUP), "manage chat invite link"),
    ("can_manage_topics", lambda bot: bot.create_forum_topic(GROUP, "Region"), "create a topic"),
    ("can_post_messages", lambda bot: bot.send_message(CHANNEL, "x"), "need administrator rights in the channel chat"),
    ("can_edit_messages", lambda bot: bot.edit_message_text("y", chat_id=CHANNEL, message_id=2), "can't be edited"),
    ("can_edit_messages", lambda bot: bot.pin_chat_message(CHANNEL, 2), "manage pinned messages in the chat"),
]


@pytest.mark.parametrize(("right", "attempt", "problem"), TRIALS)
async def test_each_right_is_needed_and_enough(
    tg: LocalTelegram, bot: Bot, anna: User, right: str, attempt: Try, problem: str
) -> None:
    """Without it Telegram's refusal, which is ordinary life; with it the thing is done."""
    group = tg.world.add_group(GROUP, "Group", members=[anna], forum=True, bot_rights=rights.ALL - {right})
    channel = tg.world.add_channel(CHANNEL, "News", bot_rights=rights.ALL - {right})
    anna.send("text", chat=group)
    tg.world.post(channel, "post")

    with pytest.raises(TelegramBadRequest, match=problem):
        await attempt(bot)
    tg.world.set_bot_status(group, "administrator", by=anna)
    tg.world.set_bot_status(channel, "administrator", by=anna)
    assert await attempt(bot)
    assert tg.world.violations == []


async def test_an_ordinary_member_is_bound_by_the_groups_permissions(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """By kind of message, in Telegram's words; people are bound as well."""
    group = tg.world.add_group(GROUP, "Group", members=[anna])
    quiet = ChatPermissions(can_send_messages=True, can_send_polls=False, can_send_photos=False)
    await bot.set_chat_permissions(GROUP, quiet, use_independent_chat_permissions=True)
    await bot.send_poll(GROUP, "Still?", ["a", "b"])
    tg.world.set_bot_status(group, "member", by=anna)

    with pytest.raises(TelegramBadRequest, match="not enough rights to send polls to the chat"):
        await bot.send_poll(GROUP, "When?", ["a", "b"])
    await bot.send_message(GROUP, "text")
    with pytest.raises(AssertionError, match="may not send photo"):
        anna.send_photo(b"picture", chat=group)
    anna.send("text", chat=group)


async def test_a_restriction_ends_when_its_time_is_over(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """On the world's clock."""
    group = tg.world.add_group(GROUP, "Group", members=[anna])
    until = tg.world.clock.now() + timedelta(hours=1)
    await bot.restrict_chat_member(GROUP, 1001, ChatPermissions(can_send_messages=False), until_date=until)

    member = await bot.get_chat_member(GROUP, 1001)
    assert isinstance(member, ChatMemberRestricted)
    assert (member.is_member, member.can_send_messages, member.until_date) == (True, False, until)
    with pytest.raises(AssertionError, match="may not send text"):
        anna.send("x", chat=group)
    tg.world.clock.advance(timedelta(hours=1))
    anna.send("x", chat=group)
    assert (await bot.get_chat_member(GROUP, 1001)).status == "member"


async def test_banning_and_letting_back(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """The event line is the bot's own and comes back to it; chat_member only when it was asked for."""
    group = tg.world.add_group(GROUP, "Group", members=[anna])
    await bot.get_updates(allowed_updates=["message", "chat_member"])
    await bot.ban_chat_member(GROUP, 1001)

    assert (await bot.get_chat_member(GROUP, 1001)).status == "kicked"
    assert await bot.get_chat_member_count(GROUP) == 1
    change, line = await bot.get_updates()
    assert change.chat_member is not None
    assert (change.chat_member.old_chat_member.status, change.chat_member.new_chat_member.status) == (
        "member",
        "kicked",
    )
    assert change.chat_member.from_user.id == 42
    assert line.message is not None
    assert line.message.left_chat_member is not None
    with pytest.raises(AssertionError, match="banned"):
        anna.join(group)
    await bot.unban_chat_member(GROUP, 1001, only_if_banned=True)
    anna.join(group)
    assert await bot.unban_chat_member(GROUP, 1001, only_if_banned=True)
    assert (await bot.get_chat_member(GROUP, 1001)).status == "member"
    assert tg.world.violations == []


async def test_owners_and_administrators_are_out_of_reach(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Except those whom the bot has promoted itself."""
    boris = tg.world.add_user(7, "Boris")
    group = tg.world.add_group(GROUP, "Group", members=[anna, boris])
    group.members |= {1001: "creator", 7: "administrator"}

    with pytest.raises(TelegramBadRequest, match="can't remove chat owner"):
        await bot.ban_chat_member(GROUP, 1001)
    with pytest.raises(TelegramBadRequest, match="user is an administrator of the chat"):
        await bot.ban_chat_member(GROUP, 7)
    group.members[7] = "member"
    await bot.promote_chat_member(GROUP, 7, can_pin_messages=True)
    await bot.set_chat_administrator_custom_title(GROUP, 7, "Keeper")
    member = await bot.get_chat_member(GROUP, 7)
    assert isinstance(member, ChatMemberAdministrator)
    assert (member.can_pin_messages, member.can_delete_messages, member.custom_title) == (True, False, "Keeper")
    assert {person.user.id for person in await bot.get_chat_administrators(GROUP)} == {1001, 7, 42}
    await bot.promote_chat_member(GROUP, 7)
    assert (await bot.get_chat_member(GROUP, 7)).status == "member"
    await bot.ban_chat_member(GROUP, 7)


async def test_the_bot_gives_no_rights_it_has_not(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """As on Telegram."""
    tg.world.add_group(GROUP, "Group", members=[anna], bot_rights={"can_promote_members", "can_pin_messages"})

    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await bot.promote_chat_member(GROUP, 1001, can_delete_messages=True)
    assert await bot.promote_chat_member(GROUP, 1001, can_pin_messages=True)


async def test_a_request_to_join_is_approved_or_declined(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Who asks may be written to although they have not started the bot."""
    guest = tg.world.add_user(7, "Guest")
    group = tg.world.add_group(GROUP, "Group", members=[anna])
    link = await bot.create_chat_invite_link(GROUP, name="Volunteers", creates_join_request=True)
    assert (link.creates_join_request, link.is_revoked, link.name) == (True, False, "Volunteers")
    guest.ask_to_join(group, "from Kazan")

    (update,) = await bot.get_updates()
    assert update.chat_join_request is not None
    assert (update.chat_join_request.from_user.id, update.chat_join_request.bio) == (7, "from Kazan")
    await bot.send_message(7, "Wait a moment")
    assert guest.screen == "Wait a moment"
    await bot.approve_chat_join_request(GROUP, 7)
    assert (await bot.get_chat_member(GROUP, 7)).status == "member"
    with pytest.raises(TelegramBadRequest, match="HIDE_REQUESTER_MISSING"):
        await bot.decline_chat_join_request(GROUP, 7)
    assert (await bot.revoke_chat_invite_link(GROUP, link.invite_link)).is_revoked


async def test_a_group_becomes_a_supergroup(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Both tell of it, and the old id names the new one."""
    group = tg.world.add_group(-5, "Old", members=[anna], supergroup=False)
    successor = tg.world.migrate(group, -100500)

    updates = [update.message for update in await bot.get_updates()]
    assert [(m.chat.id, m.migrate_to_chat_id, m.migrate_from_chat_id) for m in updates if m is not None] == [
        (-5, -100500, None),
        (-100500, None, -5),
    ]
    with pytest.raises(TelegramMigrateToChat) as refused:
        await bot.send_message(-5, "x")
    assert refused.value.migrate_to_chat_id == -100500
    assert (await bot.get_chat_member(-100500, 1001)).status == "member"
    with pytest.raises(AssertionError, match="has become"):
        anna.send("x", chat=group)
    anna.send("x", chat=successor)


async def test_a_bot_that_was_put_out(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """It is told so, and nothing more is sent there."""
    group = tg.world.add_group(GROUP, "Group", members=[anna])
    tg.world.set_bot_status(group, "kicked", by=anna)

    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        await bot.send_message(GROUP, "x")
    tg.world.set_bot_status(group, "member", by=anna)
    await bot.leave_chat(GROUP)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await bot.send_message(GROUP, "x")


async def test_a_title_is_changed_once(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """The event line comes back; the same title is no change, the same description is refused."""
    tg.world.add_group(GROUP, "Group", members=[anna])
    await bot.set_chat_title(GROUP, "Headquarters")
    await bot.set_chat_description(GROUP, "All of it")

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.new_chat_title == "Headquarters"
    chat = await bot.get_chat(GROUP)
    assert (chat.title, chat.description) == ("Headquarters", "All of it")
    assert await bot.set_chat_title(GROUP, "Headquarters")
    with pytest.raises(TelegramBadRequest, match="chat description is not modified"):
        await bot.set_chat_description(GROUP, "All of it")
    assert len(await bot.get_updates()) == 1


ORDER: list[tuple[BotCommandScopeUnion | None, str | None]] = [
    (BotCommandScopeChatMember(chat_id=GROUP, user_id=1001), "ru"),
    (BotCommandScopeChatMember(chat_id=GROUP, user_id=1001), None),
    (BotCommandScopeChat(chat_id=GROUP), "ru"),
    (BotCommandScopeChat(chat_id=GROUP), None),
    (BotCommandScopeAllChatAdministrators(), "ru"),
    (BotCommandScopeAllGroupChats(), "ru"),
    (BotCommandScopeAllGroupChats(), None),
    (None, "ru"),
    (None, None),
]


async def test_commands_are_looked_for_in_telegrams_order(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """The narrowest scope first, in each the person's language first; an administrator of the group has lists of their own."""
    group = tg.world.add_group(GROUP, "Group", members=[anna])
    group.members[1001] = "administrator"
    for number, (scope, language) in enumerate(ORDER):
        await bot.set_my_commands([BotCommand(command=f"c{number}", description="x")], scope, language)
    await bot.set_my_commands([BotCommand(command="private", description="x")], BotCommandScopeAllPrivateChats())

    seen = []
    async with aiohttp.ClientSession() as http:
        url = f"{tg.admin_url}/users/1001/commands"
        for scope, language in ORDER:
            async with http.get(url, params={"chat_id": str(GROUP)}) as answer:
                seen.append((await answer.json())["commands"][0]["command"])
            await bot.delete_my_commands(scope, language)
        async with http.get(url) as answer:
            private = (await answer.json())["commands"]

    assert seen == [f"c{number}" for number in range(len(ORDER))]
    assert [command["command"] for command in private] == ["private"]
