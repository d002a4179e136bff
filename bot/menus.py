"""The command menus of Telegram's clients. Hiding a command is a courtesy; rights are checked at the tap."""

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from handlers.screens.commands import COMMANDS
from texts.words import words_for


async def publish_menus(bot: Bot) -> None:
    """Commands in both languages; English is what other languages fall back to."""
    for language in ("en", "ru"):
        words = words_for(language)
        commands = [
            BotCommand(command=name, description=words.plain(text))  # texts: dynamic
            for name, text in COMMANDS
        ]
        await bot.set_my_commands(
            commands, scope=BotCommandScopeAllPrivateChats(), language_code=None if language == "en" else language
        )
