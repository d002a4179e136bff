"""What the page gets as JSON beside the Bot API's own objects."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, InputPollOption

from playground import LocalTelegram, TourStep, User


async def ask(tg: LocalTelegram, path: str, body: Any = None, method: str = "GET") -> Any:
    """One request to the control API; a body makes it a POST."""
    async with aiohttp.ClientSession() as session:
        kind = "POST" if body is not None else method
        async with session.request(kind, f"{tg.admin_url}/{path}", json=body) as answer:
            return await answer.json()


async def test_what_is_new_is_told_by_message_sender_and_topic(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """A private chat tells of the bot's messages only, a group of everybody's; the newest come first."""
    forum = tg.world.add_group(-100, "Kazan", members=[anna], forum=True)
    topic = await bot.create_forum_topic(-100, "Approvals")
    anna.send("mine")
    told = await bot.send_message(1001, "the bot's")
    anna.send("in the topic", chat=forum, thread_id=topic.message_thread_id)
    state = await ask(tg, "state")

    (person,) = state["users"]
    assert person["incoming"] == [[told.message_id, 42, 0]]
    (group,) = state["chats"]
    assert group["incoming"][0] == [forum.last_message_id, 1001, topic.message_thread_id]
    assert group["general"] == {"name": "General", "closed": False, "hidden": False}


async def test_a_conversation_tells_of_older_messages_reactions_and_votes(
    tg: LocalTelegram, bot: Bot, anna: User
) -> None:
    """Who reacted and who chose what is known here, though not to the bot."""
    options: Any = [InputPollOption(text="Yes"), InputPollOption(text="No")]
    for number in range(3):
        await bot.send_message(1001, f"Message {number}")
    await bot.send_poll(1001, "Agreed?", options)
    poll = anna.chat.messages[-1]
    anna.react(poll, "👍")
    anna.vote(poll, [1])
    view = await ask(tg, "chats/1001/messages?limit=2")

    assert view["earlier"] == 2
    assert view["messages"][-1]["reactions"] == [{"emoji": "👍", "by": [1001]}]
    assert view["messages"][-1]["votes"] == {"1001": [1]}


async def test_a_wish_for_an_answer_reaches_the_page(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """The chat keeps it where a reply keyboard would be; no key can be pressed for it."""
    await bot.send_message(1001, "Your name?", reply_markup=ForceReply(input_field_placeholder="Name"))
    view = await ask(tg, "chats/1001/messages")

    assert view["reply_keyboard"] == {"force_reply": True, "input_field_placeholder": "Name"}
    assert anna.keys == []


async def test_an_answered_press_names_its_button(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Of two buttons that spin, the page stops the right one."""
    heard: list[dict[str, Any]] = []
    keys = [[InlineKeyboardButton(text=text, callback_data=text) for text in ("one", "two")]]
    sent = await bot.send_message(1001, "Choose", reply_markup=InlineKeyboardMarkup(inline_keyboard=keys))
    tg.world.listen(lambda event: heard.append(event) if event["kind"] == "answered" else None)
    anna.press("one")
    anna.press("two")
    await bot.answer_callback_query(tg.world.unanswered()[1].query_id)

    assert [(event["message_id"], event["data"]) for event in heard] == [(sent.message_id, "two")]


@pytest.mark.parametrize(
    ("verb", "start", "mime"),
    [
        ("send_photo", b"\x89PNG\r\n", "image/png"),
        ("send_photo", b"\xff\xd8\xff", "image/jpeg"),
        ("send_voice", b"OggS", "audio/ogg"),
        ("send_voice", b"RIFF0000WAVE", "audio/wav"),
        ("send_voice", b"\x1aE\xdf\xa3", "audio/webm"),
        ("send_document", b"<html>", "application/octet-stream"),
    ],
)
async def test_a_file_is_shown_as_what_it_begins_like(
    tg: LocalTelegram, anna: User, verb: str, start: bytes, mime: str
) -> None:
    """A document is only ever downloaded, whatever is in it."""
    getattr(anna, verb)(start + b"\0" * 40)
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{tg.admin_url}/files/{anna.sent().file_id}") as answer,
    ):
        assert answer.content_type == mime
        assert ("Content-Disposition" in answer.headers) == (verb == "send_document")


async def test_people_write_into_topics_and_speak_another_language(tg: LocalTelegram, anna: User) -> None:
    """Media go to the topic, too; a single fault is taken away by its place."""
    forum = tg.world.add_group(-100, "Kazan", members=[anna], forum=True)
    topic = anna.open_topic(forum, "Reports")
    act = {"do": "send_photo", "data": "cGljdHVyZQ==", "chat_id": -100, "thread_id": topic.thread_id}
    await ask(tg, "users/1001/act", act)
    await ask(tg, "users/1001/act", {"do": "language", "code": "en"})
    for kind in ("403", "409"):
        await ask(tg, "faults", {"kind": kind})
    left = await ask(tg, "faults/0", method="DELETE")

    assert (forum.messages[-1].kind, forum.messages[-1].thread_id) == ("photo", topic.thread_id)
    assert anna.language_code == "en"
    assert [rule["kind"] for rule in left] == ["409"]


async def test_a_step_of_the_tour_names_its_button(tg: LocalTelegram) -> None:
    """A pattern for callback data or labels, none unless given."""
    tg.hooks.tour += [TourStep("Look"), TourStep("Press", 1001, button="^ok:")]
    assert [step["button"] for step in (await ask(tg, "state"))["tour"]] == ["", "^ok:"]
