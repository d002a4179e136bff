"""Topics of a forum."""

from __future__ import annotations

from typing import Any

from playground.conformance.checks.files import sent_photo
from playground.conformance.probe import Probe, expect, expect_equal, expect_fields, where
from playground.conformance.registry import GROUP, PERSON, Subject

topics = Subject("topics", GROUP)

_GENERAL = 1
_MISSING = 2_000_000_000


async def _topic(probe: Probe, name: str = "Регион 1", **params: Any) -> dict[str, Any]:
    topic: dict[str, Any] = await probe.ok("createForumTopic", chat_id=probe.group, name=name, **params)
    return {"chat_id": probe.group, "message_thread_id": topic["message_thread_id"]}


@topics.check()
async def a_topic_is_created(probe: Probe) -> None:
    """The answer is the ForumTopic: number, name and colour. [D]"""
    topic = await probe.ok("createForumTopic", chat_id=probe.group, name="Регион 1", icon_color=0xFFD67E)
    expect_fields(topic, name="Регион 1", icon_color=0xFFD67E)
    expect(topic["message_thread_id"] > _GENERAL, topic)
    await probe.ok("deleteForumTopic", chat_id=probe.group, message_thread_id=topic["message_thread_id"])


@topics.check()
async def a_message_goes_into_its_topic(probe: Probe) -> None:
    """message_thread_id and is_topic_message come back. [D]"""
    topic = await _topic(probe)
    message = await probe.send(**topic)
    expect_fields(message, message_thread_id=topic["message_thread_id"], is_topic_message=True)


@topics.check()
async def media_go_into_a_topic(probe: Probe) -> None:
    """Photos and albums as well. [D]"""
    topic = await _topic(probe)
    message = await sent_photo(probe, **topic)
    expect_fields(message, message_thread_id=topic["message_thread_id"])
    items = [{"type": "photo", "media": message["photo"][-1]["file_id"]}] * 2
    for item in await probe.ok("sendMediaGroup", media=items, **topic):
        expect_fields(item, message_thread_id=topic["message_thread_id"], is_topic_message=True)


@topics.check()
async def an_unknown_topic_is_not_found(probe: Probe) -> None:
    """ "message thread not found", and nothing is sent elsewhere. [S]"""
    await probe.send_refused("message thread not found", chat_id=probe.group, message_thread_id=_MISSING)


@topics.check()
async def general_must_not_be_named(probe: Probe) -> None:
    """Thread 1 is refused: General is written to by naming no thread at all. [S]"""
    await probe.send_refused("message thread not found", chat_id=probe.group, message_thread_id=_GENERAL)
    message = await probe.send(chat_id=probe.group)
    expect("is_topic_message" not in message, message)


@topics.check()
async def a_topic_is_closed_and_opened(probe: Probe) -> None:
    """True each time; closing what is closed is TOPIC_NOT_MODIFIED. [-]"""
    topic = await _topic(probe)
    expect(await probe.ok("closeForumTopic", **topic) is True, "not True")
    await probe.refused("TOPIC_NOT_MODIFIED", "closeForumTopic", **topic)
    expect(await probe.ok("reopenForumTopic", **topic) is True, "not True")
    await probe.refused("TOPIC_NOT_MODIFIED", "reopenForumTopic", **topic)


@topics.check()
async def an_administrator_writes_into_a_closed_topic(probe: Probe) -> None:
    """Closed for members, open for who may manage topics. [D]"""
    topic = await _topic(probe)
    await probe.ok("closeForumTopic", **topic)
    expect_fields(await probe.send(**topic), is_topic_message=True)


@topics.check()
async def a_topic_is_renamed(probe: Probe) -> None:
    """The same name again is TOPIC_NOT_MODIFIED. [-]"""
    topic = await _topic(probe, "old")
    expect(await probe.ok("editForumTopic", **topic, name="new") is True, "not True")
    await probe.refused("TOPIC_NOT_MODIFIED", "editForumTopic", **topic, name="new")


@topics.check()
async def a_topic_name_has_1_to_128_characters(probe: Probe) -> None:
    """An empty name is refused, a longer one is cut. [T]"""
    await probe.refused("", "createForumTopic", chat_id=probe.group, name="")
    for length in (128, 129):
        topic = await probe.ok("createForumTopic", chat_id=probe.group, name="я" * length)
        expect_equal(len(topic["name"]), 128)
        await probe.ok("deleteForumTopic", chat_id=probe.group, message_thread_id=topic["message_thread_id"])


@topics.check()
async def a_deleted_topic_is_gone(probe: Probe) -> None:
    """deleteForumTopic takes the thread away with its messages. [D]"""
    topic = await _topic(probe)
    message = await probe.send(**topic)
    expect(await probe.ok("deleteForumTopic", **topic) is True, "not True")
    await probe.send_refused("message thread not found", **topic)
    await probe.edit_refused("message to edit not found", message, "y")


@topics.check(updates=True)
async def a_new_topic_comes_as_an_event(probe: Probe) -> None:
    """The bot receives forum_topic_created though it caused it; the event's id is the thread's. [S]"""
    topic = await _topic(probe, "Регион 2")
    event = await probe.update("message")
    expect_fields(event["forum_topic_created"], name="Регион 2")
    expect_equal(event["message_id"], topic["message_thread_id"])


@topics.check()
async def a_private_chat_has_no_topics(probe: Probe) -> None:
    """ "the chat is not a forum". [T]"""
    await probe.refused("not a (forum|supergroup)", "createForumTopic", chat_id=probe.chat, name="x")


@topics.check(PERSON)
async def a_thread_is_ignored_outside_forums(probe: Probe) -> None:
    """In an ordinary supergroup message_thread_id is passed over in silence. [S]"""
    group = await probe.place()
    message = await probe.send(chat_id=group, message_thread_id=77)
    expect("message_thread_id" not in message, message)


@topics.check(PERSON)
async def a_person_writes_into_a_topic(probe: Probe) -> None:
    """The update tells the thread. [D]"""
    anna = await probe.person()
    await anna.act("join", chat_id=probe.group)
    topic = await _topic(probe)
    await probe.quiet()
    message = await anna.says("в теме", chat_id=probe.group, thread_id=topic["message_thread_id"])
    expect_fields(message, text="в теме", message_thread_id=topic["message_thread_id"], is_topic_message=True)
    reply = await probe.send("вижу", **topic, reply_parameters={"message_id": message["message_id"]})
    expect_fields(reply["reply_to_message"], text="в теме")
    await probe.ok("editMessageText", **where(reply), text="вижу и отвечаю")
