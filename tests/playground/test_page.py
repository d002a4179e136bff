"""The phones in a browser: reading, writing, pressing, by mouse and by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from playground import LocalTelegram, User, formatting
from tests.playground.browsing import PATIENCE, box, browsing, phone, png, sent, wav

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.async_api").expect

DROP = """([node, bytes, how]) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(bytes)], "photo.png", {type: "image/png"}));
  const named = how === "paste" ? {clipboardData: files} : {dataTransfer: files};
  const Kind = how === "paste" ? ClipboardEvent : DragEvent;
  node.dispatchEvent(new Kind(how, {...named, bubbles: true, cancelable: true}));
}"""


def button(text: str, **action: Any) -> InlineKeyboardMarkup:
    """A keyboard of one key."""
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=text, **action)]])


async def test_a_conversation_by_keyboard_alone(tg: LocalTelegram, bot: Bot) -> None:
    """START, a text of two lines, a command from the list, a press and its alert, the next phone: no mouse anywhere."""
    vera = tg.world.add_user(1001, "Vera", language_code="en")
    tg.world.add_user(1002, "Boris", started=True)
    await bot.set_my_commands(
        [BotCommand(command="today", description="Today"), BotCommand(command="help", description="Help")]
    )
    async with browsing(tg) as page:
        keys = page.keyboard
        await phone(page, 1001).get_by_placeholder("code, if any").focus()
        await keys.type("inv-1")
        await keys.press("Enter")
        await sent(tg.world, "/start inv-1")
        await expect(box(phone(page, 1001))).to_be_focused()
        await keys.type("first")
        await keys.press("Shift+Enter")
        await keys.type("second")
        await keys.press("Enter")
        await sent(tg.world, "first\nsecond")
        await keys.type("/")
        await expect(phone(page, 1001).get_by_role("option")).to_have_count(2)
        await keys.type("h")
        await expect(phone(page, 1001).get_by_role("option")).to_have_count(1)
        await keys.press("ArrowDown")
        await keys.press("Enter")
        await sent(tg.world, "/help")

        await bot.send_message(1001, "Decide", reply_markup=button("Approve", callback_data="ok"))
        key = phone(page, 1001).get_by_role("button", name="Approve")
        await expect(key).to_be_visible()
        while not await key.evaluate("node => node === document.activeElement"):
            await keys.press("Shift+Tab")
        await keys.press("Enter")
        await tg.world.until(lambda: bool(tg.world.unanswered()), PATIENCE)
        await bot.answer_callback_query(tg.world.unanswered()[0].query_id, "Too late", show_alert=True)
        await expect(page.get_by_role("alertdialog")).to_contain_text("Too late")
        await keys.press("Escape")
        await expect(page.get_by_role("alertdialog")).to_have_count(0)
        await expect(key).to_be_focused()
        await keys.press("ArrowRight")
        await expect(box(phone(page, 1002))).to_be_focused()
        await keys.press("ArrowLeft")
        await expect(box(phone(page, 1001))).to_be_focused()

    assert [message.body for message in vera.chat.messages][:3] == ["/start inv-1", "first\nsecond", "/help"]


async def test_a_button_spins_until_it_is_answered(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """The answer may be a passing line; an alert covers its phone, and that phone only, until it is closed."""
    tg.world.add_user(1002, "Boris", started=True)
    await bot.send_message(1001, "Decide", reply_markup=button("Approve", callback_data="ok", style="success"))
    async with browsing(tg) as page:
        key = phone(page, 1001).get_by_role("button", name="Approve")
        for show_alert in (False, True):
            await key.click()
            await tg.world.until(lambda: bool(tg.world.unanswered()), PATIENCE)
            await expect(key).to_have_attribute("aria-busy", "true")
            await bot.answer_callback_query(tg.world.unanswered()[0].query_id, "Approved", show_alert=show_alert)
            await expect(key).to_have_attribute("aria-busy", "false")
            await expect(phone(page, 1001).locator(".alert" if show_alert else ".toast")).to_contain_text("Approved")
        assert await phone(page, 1001).locator("footer").evaluate("node => node.inert")
        await box(phone(page, 1002)).fill("I go on")
        await phone(page, 1001).get_by_role("button", name="OK").click()
        assert not await phone(page, 1001).locator("footer").evaluate("node => node.inert")


async def test_photos_become_an_album_by_button_paste_and_drop(tg: LocalTelegram, anna: User) -> None:
    """What is chosen, pasted and dropped waits in one tray and goes together, with what was typed as its caption."""
    async with browsing(tg) as page:
        anna_phone = phone(page, 1001)
        async with page.expect_file_chooser() as chooser:
            await anna_phone.get_by_role("button", name="Attach").click()
            await page.get_by_role("menuitem", name="Photo or video").click()
        file = {"name": "one.png", "mimeType": "image/png", "buffer": png(shade=60)}
        await (await chooser.value).set_files([file])
        await expect(anna_phone.locator(".tray img")).to_have_count(1)
        for how, node in (("paste", box(anna_phone)), ("drop", anna_phone)):
            await page.evaluate(DROP, [await node.element_handle(), list(png()), how])
        await expect(anna_phone.locator(".tray img")).to_have_count(3)
        await box(anna_phone).fill("Three pictures")
        await page.keyboard.press("Enter")
        await expect(anna_phone.locator(".mine .album img")).to_have_count(3)
        await expect(anna_phone.locator(".tray")).to_be_hidden()

    album = anna.chat.messages
    assert [message.kind for message in album] == ["photo"] * 3
    assert {message.media_group_id for message in album} == {album[0].media_group_id} != {None}
    assert album[0].caption == "Three pictures"


async def test_a_recording_from_the_computer_is_a_voice_message(tg: LocalTelegram, anna: User) -> None:
    """It can be played: the browser learns its length from what the server gives."""
    async with browsing(tg) as page:
        async with page.expect_file_chooser() as chooser:
            await phone(page, 1001).get_by_role("button", name="Attach").click()
            await page.get_by_role("menuitem", name="Voice message from a file").click()
        await (await chooser.value).set_files([{"name": "memo.wav", "mimeType": "audio/wav", "buffer": wav(2)}])
        await phone(page, 1001).get_by_role("button", name="Send").click()
        player = phone(page, 1001).locator("audio")
        await expect(player).to_have_js_property("duration", 2)

    assert anna.sent().voice is not None
    assert anna.sent().voice["duration"] == 2  # type: ignore[index]  # asserted above


async def test_the_bots_keyboard_comes_is_used_once_and_goes(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """A one-time keyboard hides after use, shows its placeholder, can be called back, and is removed by the bot."""
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="Kazan"), KeyboardButton(text="My number", request_contact=True)]],
        one_time_keyboard=True,
        resize_keyboard=True,
        input_field_placeholder="Your city",
    )
    await bot.send_message(1001, "Where are you?", reply_markup=keyboard)
    async with browsing(tg) as page:
        anna_phone = phone(page, 1001)
        await expect(anna_phone.get_by_placeholder("Your city")).to_be_visible()
        await anna_phone.get_by_role("button", name="Kazan").click()
        await sent(tg.world, "Kazan")
        await expect(anna_phone.get_by_role("button", name="Kazan")).to_be_hidden()
        await anna_phone.get_by_role("button", name="Keyboard of the bot").click()
        await anna_phone.get_by_role("button", name="My number").click()
        await expect(anna_phone.locator(".mine .file")).to_contain_text("+7")
        await bot.send_message(1001, "Thank you", reply_markup=ReplyKeyboardRemove())
        await expect(anna_phone.get_by_role("button", name="Keyboard of the bot")).to_be_hidden()
        await bot.send_message(1001, "And your name?", reply_markup=ForceReply())
        await expect(anna_phone.locator(".banner")).to_contain_text("And your name?")
        await box(anna_phone).fill("Anna")
        await page.keyboard.press("Enter")
        await sent(tg.world, "Anna")

    answered = anna.sent().reply_to
    assert answered is not None
    assert answered.body == "And your name?"


async def test_a_message_can_be_answered_edited_forwarded_deleted(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """All by the menu of the message; the bot's edits and deletions show in place."""
    group = tg.world.add_group(-100, "Kazan", members=[anna])
    asked = await bot.send_message(1001, "Question")
    async with browsing(tg, "/#phones=1001") as page:

        async def choose(row: Any, name: str) -> None:
            await row.click(button="right")
            await page.get_by_role("menuitem", name=name, exact=True).click()

        rows = phone(page, 1001).locator(".row")
        await choose(rows.last, "Reply")
        await box(phone(page, 1001)).fill("Answer")
        await page.keyboard.press("Enter")
        await expect(rows.last.locator(".quote")).to_contain_text("Question")
        await choose(rows.last, "Edit")
        await box(phone(page, 1001)).fill("Better answer")
        await page.keyboard.press("Enter")
        await expect(rows.last).to_contain_text("Better answer")
        await rows.first.click(button="right")
        await page.get_by_role("menuitemcheckbox", name="React with 👍").click()
        await expect(rows.first.locator(".reaction")).to_have_attribute("aria-pressed", "true")
        await bot.edit_message_text("Changed question", chat_id=1001, message_id=asked.message_id)
        await expect(rows.first).to_contain_text("Changed question")
        await bot.delete_message(1001, asked.message_id)
        await expect(rows).to_have_count(1)
        await choose(rows.last, "Forward")
        await page.get_by_role("dialog").get_by_role("button", name="Kazan").click()
        await expect(rows.last.locator(".forwarded")).to_contain_text("Анна")

    (forwarded,) = [message for message in group.messages if message.forward_origin]
    assert forwarded.body == "Better answer"
    assert forwarded.sender is not None
    assert forwarded.sender["id"] == 1001


async def test_a_group_with_topics_through_somebodys_eyes(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """What is written in a topic stays there; a channel is for reading."""
    boris = tg.world.add_user(1002, "Boris", started=True)
    forum = tg.world.add_group(-100, "Kazan", members=[anna, boris], forum=True)
    tg.world.add_channel(-200, "News")
    topic = await bot.create_forum_topic(-100, "Approvals")
    await bot.send_message(-100, "Waiting", message_thread_id=topic.message_thread_id)
    async with browsing(tg, "/#phones=1001") as page:
        await page.locator("#groups").get_by_role("button", name="Kazan", exact=True).click()
        seen = phone(page, "-100@1001")
        await seen.get_by_role("tab", name="Approvals").click()
        await expect(seen.locator(".row")).to_have_text(["Playground botWaiting09:00"])
        await box(seen).fill("Mine")
        await page.keyboard.press("Enter")
        await sent(tg.world, "Mine", -100)
        await expect(seen.locator(".mine")).to_have_count(1)
        await seen.get_by_role("combobox").select_option("Boris")
        seen = phone(page, "-100@1002")
        await expect(seen.locator(".row")).to_have_count(2)
        await expect(seen.locator(".mine")).to_have_count(0)
        await phone(page, 1001).get_by_role("tab", name="News").click()
        await expect(phone(page, 1001)).to_contain_text("Only administrators post in this channel.")
        await expect(box(phone(page, 1001))).to_have_count(0)

    assert [(m.body, m.thread_id) for m in forum.messages if not m.from_bot] == [("Mine", topic.message_thread_id)]


async def test_a_link_into_the_bot_opens_start(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """From a message and from what is pasted; other links are opened apart from this page."""
    await bot.send_message(1001, "https://t.me/playground_bot?start=inv-1 or https://example.org/")
    async with browsing(tg) as page:
        other = phone(page, 1001).get_by_role("link", name="https://example.org/")
        assert await other.get_attribute("rel") == "noopener noreferrer"
        await phone(page, 1001).get_by_role("link", name="t.me").click()
        await expect(phone(page, 1001).get_by_role("button", name="START")).to_be_focused()
        await page.keyboard.press("Enter")
        await sent(tg.world, "/start inv-1")
        await box(phone(page, 1001)).fill("t.me/playground_bot?start=inv-2")
        await page.keyboard.press("Enter")
        await phone(page, 1001).get_by_role("button", name="START").click()
        await sent(tg.world, "/start inv-2")


async def test_news_are_counted_and_the_place_is_kept(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Somebody who reads further up stays there and is told; a chat that is not open counts what is new."""
    group = tg.world.add_group(-100, "Kazan", members=[anna])
    for number in range(40):
        await bot.send_message(1001, f"Message {number}")
    async with browsing(tg, "/#phones=1001") as page:
        anna_phone, log = phone(page, 1001), phone(page, 1001).get_by_role("log")
        await expect(anna_phone.get_by_text("Message 39")).to_be_in_viewport()
        await log.evaluate("node => { node.scrollTop = 200; }")
        await expect(anna_phone.get_by_role("button", name="To the newest message")).to_be_visible()
        await bot.send_message(1001, "Latest")
        await expect(anna_phone.get_by_role("button", name="New messages: 1")).to_be_visible()
        assert await log.evaluate("node => node.scrollTop") == 200
        await anna_phone.get_by_role("tab", name="Kazan").click()
        await bot.send_message(-100, "In the group")
        await expect(anna_phone.get_by_text("In the group")).to_be_visible()
        await bot.send_message(1001, "Even later")
        await expect(anna_phone.get_by_role("tab", name="Bot").locator(".unread")).to_have_text("2")
        await anna_phone.get_by_role("tab", name="Bot").click()
        await expect(anna_phone.get_by_text("Message 39")).to_be_attached()
        assert await log.evaluate("node => node.scrollTop") == 200
        await anna_phone.locator(".pill").click()
        await expect(anna_phone.get_by_text("Even later")).to_be_in_viewport()
        await expect(anna_phone.get_by_role("tab", name="Bot").locator(".unread")).to_have_count(0)

    assert group.messages[-1].body == "In the group"


async def test_messages_look_as_people_know_them(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Formatting, quotes that open, code and buttons that copy, hidden text, an album as a grid, a pinned message."""
    if not formatting.parser_available():
        pytest.skip("Telegram's own parser is not installed")
    text = (
        "<b>Bold</b> <tg-spoiler>secret</tg-spoiler> <code>inv-7</code><blockquote expandable>"
        + "line\n" * 9
        + "</blockquote>"
    )
    copies = button("Copy it", copy_text=CopyTextButton(text="Imprint"))
    shown = await bot.send_message(1001, text, parse_mode="HTML", reply_markup=copies)
    await bot.pin_chat_message(1001, shown.message_id)
    media = [
        InputMediaPhoto(media=BufferedInputFile(png(shade=60 * n), "p.png"), caption=None if n else "Album")
        for n in (0, 1, 2)
    ]
    await bot.send_media_group(1001, media)  # type: ignore[arg-type]  # a list of one kind of item
    async with browsing(tg, permissions=["clipboard-read", "clipboard-write"]) as page:
        anna_phone = phone(page, 1001)
        await expect(anna_phone.locator(".text b")).to_have_text("Bold")
        await anna_phone.get_by_role("button", name="Hidden text").click()
        await expect(anna_phone.locator(".spoiler.open")).to_have_text("secret")
        await anna_phone.get_by_role("button", name="Show all").click()
        await expect(anna_phone.get_by_role("button", name="Show less")).to_have_attribute("aria-expanded", "true")
        await anna_phone.get_by_role("button", name="Copy it").click()
        await expect(anna_phone.locator(".toast")).to_have_text("Copied: Imprint")
        assert await page.evaluate("navigator.clipboard.readText()") == "Imprint"
        await expect(anna_phone.locator(".album.n3 img")).to_have_count(3)
        await expect(anna_phone.locator(".pinned")).to_contain_text("Bold")
