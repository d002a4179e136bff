"""Forums: topics, General, and where a message goes."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from playground import Chat, LocalTelegram, User, rights

FORUM = -1001


@pytest.fixture
def forum(tg: LocalTelegram, anna: User) -> Chat:
    """A supergroup with topics; the bot may do everything."""
    return tg.world.add_group(FORUM, "Forum", members=[anna], forum=True)


async def test_a_topic_lives_and_dies(tg: LocalTelegram, bot: Bot, forum: Chat, anna: User) -> None:
    """Each step leaves an event line that the bot gets; deleting takes the messages along without one."""
    topic = await bot.create_forum_topic(FORUM, "Region 1", icon_color=0x6FB9F0)
    thread = topic.message_thread_id
    anna.send("hello", chat=forum, thread_id=thread)
    await bot.edit_forum_topic(FORUM, thread, name="Region 2")
    await bot.close_forum_topic(FORUM, thread)
    await bot.reopen_forum_topic(FORUM, thread)

    events = [update.message for update in await bot.get_updates() if update.message]
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(FORUM, thread)
    kinds = ["forum_topic_created", "text", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"]
    assert [message.content_type for message in events] == kinds
    assert {message.message_thread_id for message in events} == {thread}
    await bot.delete_forum_topic(FORUM, thread)
    assert forum.messages == []
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(FORUM, "x", message_thread_id=thread)
    with pytest.raises(TelegramBadRequest, match="TOPIC_ID_INVALID"):
        await bot.close_forum_topic(FORUM, thread)
    assert tg.world.violations == []


async def test_nothing_changed_is_refused(bot: Bot, forum: Chat) -> None:
    """The same name, a topic that is open already."""
    topic = await bot.create_forum_topic(FORUM, "Region")

    for attempt in (
        bot.edit_forum_topic(FORUM, topic.message_thread_id, name="Region"),
        bot.reopen_forum_topic(FORUM, topic.message_thread_id),
        bot.reopen_general_forum_topic(FORUM),
        bot.unhide_general_forum_topic(FORUM),
    ):
        with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
            await attempt


async def test_general_is_written_to_without_a_thread(bot: Bot, forum: Chat, anna: User) -> None:
    """It can be renamed, closed and hidden by methods of its own."""
    sent = await bot.send_message(FORUM, "to all")
    assert sent.message_thread_id is None
    await bot.edit_general_forum_topic(FORUM, "Everybody")
    await bot.close_general_forum_topic(FORUM)

    with pytest.raises(AssertionError, match="Everybody is closed"):
        anna.send("x", chat=forum)
    await bot.send_message(FORUM, "administrators may")
    await bot.reopen_general_forum_topic(FORUM)
    anna.send("x", chat=forum)
    await bot.hide_general_forum_topic(FORUM)
    assert (forum.general_hidden, forum.general.closed) == (True, True)


async def test_a_closed_topic_takes_only_those_who_govern_it(
    tg: LocalTelegram, bot: Bot, forum: Chat, anna: User
) -> None:
    """People and a bot without the right are kept out."""
    topic = await bot.create_forum_topic(FORUM, "Region")
    await bot.close_forum_topic(FORUM, topic.message_thread_id)
    await bot.send_message(FORUM, "x", message_thread_id=topic.message_thread_id)
    tg.world.set_bot_status(forum, "administrator", by=anna, granted=rights.ALL - {"can_manage_topics"})

    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await bot.send_message(FORUM, "x", message_thread_id=topic.message_thread_id)
    with pytest.raises(AssertionError, match="Region is closed"):
        anna.send("x", chat=forum, thread_id=topic.message_thread_id)


async def test_a_topic_of_somebody_else_needs_the_right(tg: LocalTelegram, bot: Bot, forum: Chat, anna: User) -> None:
    """One's own does not."""
    tg.world.set_bot_status(forum, "administrator", by=anna)
    own = await bot.create_forum_topic(FORUM, "Own")
    foreign = anna.open_topic(forum, "Anna's")
    tg.world.set_bot_status(forum, "administrator", by=anna, granted={"can_pin_messages"})

    assert await bot.edit_forum_topic(FORUM, own.message_thread_id, name="Own 2")
    with pytest.raises(TelegramBadRequest, match="not enough rights to edit the topic"):
        await bot.edit_forum_topic(FORUM, foreign.thread_id, name="x")
    with pytest.raises(TelegramBadRequest, match="not enough rights to close or open the topic"):
        await bot.close_forum_topic(FORUM, foreign.thread_id)
    with pytest.raises(TelegramBadRequest, match="not enough rights to delete the topic"):
        await bot.delete_forum_topic(FORUM, foreign.thread_id)


async def test_pins_of_one_topic_are_cleared_alone(bot: Bot, forum: Chat) -> None:
    """The others stay."""
    topic = await bot.create_forum_topic(FORUM, "Region")
    inside = await bot.send_message(FORUM, "in the topic", message_thread_id=topic.message_thread_id)
    outside = await bot.send_message(FORUM, "in General")
    for message in (inside, outside):
        await bot.pin_chat_message(FORUM, message.message_id)

    await bot.unpin_all_forum_topic_messages(FORUM, topic.message_thread_id)
    assert forum.pinned == [outside.message_id]
    await bot.unpin_all_general_forum_topic_messages(FORUM)
    assert forum.pinned == []


async def test_a_name_is_cut_and_must_not_be_empty(bot: Bot, forum: Chat) -> None:
    """128 characters stay."""
    assert (await bot.create_forum_topic(FORUM, "x" * 200)).name == "x" * 128
    with pytest.raises(TelegramBadRequest, match="name must be non-empty"):
        await bot.create_forum_topic(FORUM, "  ")
