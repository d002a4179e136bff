"""The webhook beside polling: told to Telegram at start, looked after once a minute."""

import asyncio
from datetime import datetime
from urllib.parse import urlsplit

import structlog
from aiogram import Bot

from bot.config_sections import Webhook as Settings
from bot.hearing import Hearing
from bot.updates import ALLOWED_UPDATES

log = structlog.get_logger(__name__)

LOOK_EVERY = 60.0


def path_of(url: str) -> str:
    """Where the program itself is asked: the path of the public address."""
    return urlsplit(url).path or "/"


class Webhook:
    """Run by the process that would poll; every process serves the address."""

    def __init__(self, bot: Bot, settings: Settings, hearing: Hearing) -> None:
        self._bot = bot
        self._settings = settings
        self._hearing = hearing
        self._last_error: datetime | None = None

    async def run(self) -> None:
        """Set it, then see from time to time that it is still set and whether Telegram gets through. Until cancelled."""
        await self.set()
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY)

    async def set(self) -> None:
        await self._bot.set_webhook(
            self._settings.url,
            secret_token=self._settings.secret.get_secret_value(),
            allowed_updates=list(ALLOWED_UPDATES),
        )
        log.info("webhook is set", listen=self._settings.listen)

    async def look(self) -> None:
        """Set it again when somebody has changed it; remember whether Telegram gets through."""
        try:
            info = await self._bot.get_webhook_info()
        except BaseException:
            self._hearing.bad()
            raise
        if info.url != self._settings.url:
            log.warning("somebody has set another webhook or none; ours is set again")
            await self.set()
        if info.last_error_date is not None and info.last_error_date != self._last_error and info.pending_update_count:
            self._last_error = info.last_error_date
            self._hearing.bad()
            log.warning(
                "Telegram does not reach the webhook", waiting=info.pending_update_count, error=info.last_error_message
            )
        else:
            self._last_error = info.last_error_date
            await self._hearing.good()
