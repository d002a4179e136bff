"""Telegram's numbers, each with its source (tags as in errors.py). Change one here and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, NamedTuple


class Limit(NamedTuple):
    """A number and where it comes from."""

    value: int
    source: str


RAW_TEXT_BYTES: Final = Limit(32_768, "S get_formatted_text")
TEXT: Final = Limit(4096, "T message_text_length_max, characters after parsing")
CAPTION: Final = Limit(1024, "T message_caption_length_max, characters after parsing")
ANSWER_TEXT: Final = Limit(200, "D answerCallbackQuery")
CALLBACK_DATA_BYTES: Final = Limit(64, "D InlineKeyboardButton, bytes")
COPY_TEXT: Final = Limit(256, "D CopyTextButton")
MARKUP_BUTTONS: Final = Limit(100, "- known from practice")
ALBUM_LEAST: Final = Limit(2, "D sendMediaGroup")
ALBUM_MOST: Final = Limit(10, "T MAX_GROUPED_MESSAGES")
MESSAGE_IDS: Final = Limit(100, "D deleteMessages, copyMessages")
DOWNLOAD_BYTES: Final = Limit(20 * 1024 * 1024, "D getFile")
UPLOAD_BYTES: Final = Limit(50 * 1024 * 1024, "D Sending files")
PHOTO_BYTES: Final = Limit(10 * 1024 * 1024, "D Sending files")
PHOTO_SIDES: Final = Limit(10_000, "D sendPhoto, width and height together")
PHOTO_RATIO: Final = Limit(20, "D sendPhoto, the longer side to the shorter")
COMMANDS: Final = Limit(100, "D setMyCommands")
COMMAND_NAME: Final = Limit(32, "D BotCommand")
COMMAND_DESCRIPTION: Final = Limit(256, "D BotCommand")
BOT_NAME: Final = Limit(64, "D setMyName")
BOT_DESCRIPTION: Final = Limit(512, "D setMyDescription")
BOT_SHORT_DESCRIPTION: Final = Limit(120, "D setMyShortDescription")
TOPIC_NAME: Final = Limit(128, "D createForumTopic")
SECRET_TOKEN: Final = Limit(256, "S secret token is too long")
POLL_SECONDS: Final = Limit(50, "S LONG_POLL_MAX_TIMEOUT")
POLL_UPDATES: Final = Limit(100, "S getUpdates limit")
POLL_QUESTION: Final = Limit(300, "T MAX_POLL_QUESTION_LENGTH of bots")
POLL_OPTION: Final = Limit(100, "T MAX_POLL_OPTION_LENGTH")
POLL_OPTIONS: Final = Limit(12, "D sendPoll")
POLL_EXPLANATION: Final = Limit(200, "D sendPoll")
POLL_LONGEST: Final = Limit(2_628_000, "S sendPoll open_period")
CHAT_TITLE: Final = Limit(128, "D setChatTitle")
CHAT_DESCRIPTION: Final = Limit(255, "D setChatDescription")
WEBHOOK_CONNECTIONS: Final = Limit(100, "S get_webhook_max_connections")
WEBHOOK_RETRY_AFTER: Final = Limit(3600, "S MAX_RETRY_AFTER, seconds")
START_PAYLOAD: Final = Limit(64, "D Deep linking")

_REACTIONS: Final = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 "
    "👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
REACTIONS: Final = frozenset(_REACTIONS.split())  # D ReactionTypeEmoji, without variation selectors
UPDATE_LIFE: Final = timedelta(hours=24)  # S add_update, 86400
QUERY_LIFE: Final = timedelta(seconds=150)  # S add_update of callback queries
DELETE_LIFE: Final = timedelta(hours=48)  # D deleteMessage
