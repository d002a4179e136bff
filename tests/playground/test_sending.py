"""What arrives on a phone, and what Telegram refuses to send."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import (
    BufferedInputFile,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    MediaUnion,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from playground import Button, LocalTelegram, User, formatting

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big") + b"rest"
needs_parser = pytest.mark.skipif(not formatting.parser_available(), reason="Telegram's own parser is not installed")


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    """One row of buttons."""
    return InlineKeyboardMarkup(inline_keyboard=[list(buttons)])


@needs_parser
async def test_formatted_text_arrives_as_text_and_entities(bot: Bot, anna: User) -> None:
    """Offsets count UTF-16 units, so an emoji before the bold part moves it by two."""
    sent = await bot.send_message(1001, "😀 <b>Привет</b> & https://example.org", parse_mode="HTML")

    assert sent.text == "😀 Привет & https://example.org"
    assert sent.entities is not None
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 3, 6), ("url", 12, 19)]
    assert anna.screen == "😀 Привет & https://example.org"
    assert anna.last is not None
    assert anna.last.html == "😀 <b>Привет</b> &amp; https://example.org"


@needs_parser
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("<br>", 'can\'t parse entities: Unsupported start tag "br" at byte offset 0'),
    ],
)
async def test_broken_markup_is_refused_in_telegrams_words(
    tg: LocalTelegram, bot: Bot, anna: User, text: str, problem: str
) -> None:
    """The refusal comes from Telegram's own parser and counts as a violation."""
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(1001, text, parse_mode="HTML")

    assert refused.value.message == f"Bad Request: {problem}"
    assert len(tg.world.violations) == 1


@needs_parser
async def test_a_moment_in_the_readers_zone_keeps_its_format(bot: Bot, anna: User) -> None:
    """<tg-time> becomes a date_time entity."""
    sent = await bot.send_message(1001, '<tg-time unix="1647531900" format="wDT">22:45</tg-time>', parse_mode="HTML")

    assert sent.entities is not None
    assert (sent.entities[0].type, sent.entities[0].unix_time) == ("date_time", 1647531900)
    assert sent.entities[0].date_time_format == "wDT"


async def test_entities_are_taken_where_no_parse_mode_is_given(bot: Bot, anna: User) -> None:
    """Entities travel as they are."""
    bold = MessageEntity(type="bold", offset=0, length=2)

    sent = await bot.send_message(1001, "ab cd", entities=[bold])

    assert sent.entities is not None
    assert [entity.model_dump() for entity in sent.entities] == [bold.model_dump()]


async def test_text_limits_hold_after_parsing(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """4096 characters pass, one more does not; 1024 in a caption."""
    await bot.send_message(1001, "x" * 4096)

    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message(1001, "x" * 4097)
    with pytest.raises(TelegramBadRequest, match="text is too long"):
        await bot.send_message(1001, "ж" * 16385)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_photo(1001, BufferedInputFile(PNG, "a.png"), caption="x" * 1025)
    with pytest.raises(TelegramBadRequest, match="message text is empty"):
        await bot.send_message(1001, "")
    with pytest.raises(TelegramBadRequest, match="text must be non-empty"):
        await bot.send_message(1001, " \n ")

    assert len(tg.world.violations) == 5


async def test_who_cannot_be_reached(tg: LocalTelegram, bot: Bot) -> None:
    """Each kind of unreachable person has Telegram's own words, and none of them is a violation."""
    world = tg.world
    stranger = world.add_user(1, "Stranger")
    known = world.add_user(2, "Known from a group")
    world.add_group(-100, "Group", members=[known])
    blocking = world.add_user(3, "Blocks", started=True)
    blocking.block()
    world.add_user(4, "Gone", started=True).deactivate()

    with pytest.raises(TelegramBadRequest, match="Bad Request: chat not found"):
        await bot.send_message(stranger.user_id, "x")
    with pytest.raises(TelegramBadRequest, match="Bad Request: chat not found"):
        await bot.send_message(999, "x")
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot can't initiate conversation with a user"):
        await bot.send_message(2, "x")
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(3, "x")
    with pytest.raises(TelegramForbiddenError, match="Forbidden: user is deactivated"):
        await bot.send_message(4, "x")

    assert world.violations == []
    assert [entry.status for entry in world.wire] == [400, 400, 403, 403, 403]


async def test_a_migrated_group_names_its_successor(tg: LocalTelegram, bot: Bot) -> None:
    """The new id comes in the parameters."""
    group = tg.world.add_group(-5, "Old", supergroup=False)
    tg.world.migrate(group, -100500)

    with pytest.raises(TelegramMigrateToChat) as refused:
        await bot.send_message(-5, "x")

    assert refused.value.migrate_to_chat_id == -100500
    await bot.send_message(-100500, "x")


@pytest.mark.parametrize("data", ["", "ж" * 33])
async def test_callback_data_is_counted_in_bytes(tg: LocalTelegram, bot: Bot, anna: User, data: str) -> None:
    """64 bytes are 32 Cyrillic letters."""
    await bot.send_message(1001, "x", reply_markup=keyboard(InlineKeyboardButton(text="A", callback_data="ж" * 32)))

    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await bot.send_message(1001, "x", reply_markup=keyboard(InlineKeyboardButton(text="A", callback_data=data)))

    assert len(tg.world.violations) == 1


@pytest.mark.parametrize(
    "button",
    [
        InlineKeyboardButton(text="no action"),
        InlineKeyboardButton(text="two", callback_data="a", url="https://example.org"),
        InlineKeyboardButton(text="local", url="http://localhost"),
        InlineKeyboardButton(text="copy", copy_text=CopyTextButton(text="x" * 257)),
    ],
)
async def test_impossible_buttons_are_violations(
    tg: LocalTelegram, bot: Bot, anna: User, button: InlineKeyboardButton
) -> None:
    """Nothing is sent with a keyboard Telegram would refuse."""
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(1001, "x", reply_markup=keyboard(button))

    assert len(tg.world.violations) == 1
    assert anna.last is None


async def test_buttons_are_seen_as_they_were_sent(bot: Bot, anna: User) -> None:
    """Labels, data, links and texts to copy."""
    copy = InlineKeyboardButton(text="Copy", copy_text=CopyTextButton(text="the post"))
    link = InlineKeyboardButton(text="Open", url="https://example.org/x")
    await bot.send_message(1001, "x", reply_markup=keyboard(copy, link))

    assert anna.last is not None
    assert anna.last.buttons == [
        [Button("Copy", copy_text="the post"), Button("Open", url="https://example.org/x")],
    ]
    assert anna.copy("Copy") == "the post"


async def test_a_reply_keyboard_stands_until_it_is_removed(bot: Bot, anna: User) -> None:
    """Its keys are pressed like buttons and send their own text."""
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Today")]])
    await bot.send_message(1001, "x", reply_markup=keys)
    anna.press("Today")
    assert anna.sent().text == "Today"

    await bot.send_message(1001, "y", reply_markup=ReplyKeyboardRemove())
    assert anna.keys == []


async def test_an_album_shares_one_group_and_goes_to_2_to_10_items(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Documents do not mix with pictures."""
    photos: list[MediaUnion] = [InputMediaPhoto(media=BufferedInputFile(PNG + bytes([n]), "a.png")) for n in range(10)]
    document = InputMediaDocument(media=BufferedInputFile(b"%PDF", "a.pdf"))

    sent = await bot.send_media_group(1001, photos[:3])

    assert len({message.media_group_id for message in sent}) == 1
    assert sent[0].photo is not None
    assert (sent[0].photo[-1].width, sent[0].photo[-1].height) == (640, 480)
    wrongs: list[list[MediaUnion]] = [[photos[0]], [*photos, photos[0]], [photos[0], document]]
    for wrong in wrongs:
        with pytest.raises(TelegramBadRequest):
            await bot.send_media_group(1001, wrong)
    assert len(tg.world.violations) == 3
    assert len(anna.chat.messages) == 3


async def test_a_file_is_sent_again_by_its_id_and_downloaded(bot: Bot, anna: User) -> None:
    """The bytes come back as they were sent."""
    sent = await bot.send_document(1001, BufferedInputFile(b"a,b\n", "figures.csv"))
    assert sent.document is not None

    again = await bot.send_document(1001, sent.document.file_id)
    assert again.document == sent.document
    file = await bot.get_file(sent.document.file_id)
    assert file.file_path is not None
    data = await bot.download_file(file.file_path)

    assert data is not None
    assert data.read() == b"a,b\n"
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_document(1001, "AgAC-of-another-bot")
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(1001, sent.document.file_id)


async def test_a_reply_to_a_missing_message_is_refused_unless_allowed(bot: Bot, anna: User) -> None:
    """The target is shown inside the answer."""
    first = await bot.send_message(1001, "first")
    answer = await bot.send_message(1001, "second", reply_parameters=ReplyParameters(message_id=first.message_id))
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "first"

    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(1001, "x", reply_parameters=ReplyParameters(message_id=99))
    lenient = ReplyParameters(message_id=99, allow_sending_without_reply=True)
    assert (await bot.send_message(1001, "x", reply_parameters=lenient)).reply_to_message is None


async def test_topics_of_a_forum(tg: LocalTelegram, bot: Bot) -> None:
    """A thread must exist; General must not be named; other groups ignore threads."""
    forum = tg.world.add_group(-1001, "Forum", forum=True)
    tg.world.add_group(-1002, "Plain")
    topic = await bot.create_forum_topic(-1001, "Region 1")

    sent = await bot.send_message(-1001, "x", message_thread_id=topic.message_thread_id)

    assert sent.message_thread_id == topic.message_thread_id
    assert [message.kind for message in forum.messages] == ["forum_topic_created", "text"]
    for missing in (1, 77):
        with pytest.raises(TelegramBadRequest, match="message thread not found"):
            await bot.send_message(-1001, "x", message_thread_id=missing)
    assert (await bot.send_message(-1002, "x", message_thread_id=77)).message_thread_id is None
    with pytest.raises(TelegramBadRequest, match="the chat is not a forum"):
        await bot.create_forum_topic(-1002, "x")


async def test_copy_and_forward(bot: Bot, anna: User) -> None:
    """A copy is the bot's own; a forward tells where it came from."""
    anna.send("look at this")
    source = anna.sent()

    copied = await bot.copy_message(1001, 1001, source.message_id)
    forwarded = await bot.forward_message(1001, 1001, source.message_id)

    assert anna.chat.find(copied.message_id) is not None
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "user"
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(1001, 1001, 99)
    with pytest.raises(TelegramBadRequest, match="message to forward not found"):
        await bot.forward_message(1001, 1001, 99)


async def test_old_messages_cannot_be_deleted(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """48 hours in a private chat, counted on the world's clock."""
    fresh = await bot.send_message(1001, "fresh")
    old = await bot.send_message(1001, "old")
    assert await bot.delete_message(1001, fresh.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(1001, fresh.message_id)

    tg.world.clock.advance(timedelta(hours=48))

    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(1001, old.message_id)
    assert [message.text for message in anna.chat.messages] == ["old"]
