"""The bot's client: paced, through the configured address and proxy, and back within seconds after trouble on the way."""

import json
from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response
from aiohttp import ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver
from aiohttp.payload import JsonPayload

from bot.config import Settings
from bot.pace import PacedRequests, Pacer
from bot.responses import unread
from storage.database import in_transaction

CONNECT_SECONDS = 10
"""A connection that does not come about sooner is a black hole."""
DNS_SECONDS = 300
"""An address is looked up again after that, and after every failure: the old one may be what fails."""


_as_json = partial(json.dumps, ensure_ascii=False)
_PROXIES = ("python_socks", "aiohttp_socks")


class PatientSession(AiohttpSession):
    """Gives up on connections that do not come about, and forgets addresses that failed."""

    def __init__(
        self, *, proxy: str | None, api: TelegramAPIServer, patience: float, resolver: AbstractResolver | None
    ) -> None:
        super().__init__(proxy=proxy, api=api)
        self._patience = patience
        if proxy is None:
            self._connector_init["ttl_dns_cache"] = DNS_SECONDS
            if resolver is not None:
                self._connector_init["resolver"] = resolver

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's signature
        """See `BaseSession`; `timeout` is the seconds in all."""
        total = self.timeout if timeout is None else timeout
        if (
            method.__api_method__ == "getUpdates"
        ):  # an answer is due after the time that was asked for, even if it is empty
            total = getattr(method, "timeout", 0) + self._patience
        limits: Any = ClientTimeout(total=total, sock_connect=min(CONNECT_SECONDS, total))
        try:
            return await super().make_request(bot, method, timeout=limits)
        except TelegramNetworkError:
            self._forget_addresses()
            raise
        except Exception as error:
            if not (isinstance(error, OSError) or type(error).__module__.startswith(_PROXIES)):
                raise
            # aiogram knows aiohttp's errors only; a proxy's are the network's too.
            self._forget_addresses()
            raise TelegramNetworkError(method=method, message=type(error).__name__) from error

    def check_response(self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str) -> Response[Any]:
        """See `BaseSession`; the message as it stands after an edit is not built, for nobody reads it."""
        return super().check_response(bot, method, status_code, unread(method, content))

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """See `AiohttpSession`. Without files it goes as JSON: a Russian letter takes two bytes of it instead of six."""
        files: dict[str, Any] = {}
        values = {
            name: self.prepare_value(value, bot=bot, files=files, _dumps_json=False)
            for name, value in method.model_dump(warnings=False).items()
        }
        if files:
            return super().build_form_data(bot, method)
        return JsonPayload({name: value for name, value in values.items() if value is not None}, dumps=_as_json)

    def _forget_addresses(self) -> None:
        connector = self._session.connector if self._session is not None else None
        if isinstance(connector, TCPConnector):
            connector.clear_dns_cache()


def make_bot(settings: Settings, resolver: AbstractResolver | None = None) -> Bot:
    """`resolver` is for tests: how names become addresses."""
    telegram, pace = settings.telegram, settings.pace
    session = PatientSession(
        proxy=telegram.proxy or None,
        api=TelegramAPIServer.from_base(telegram.api_url),
        patience=telegram.patience,
        resolver=resolver,
    )
    session.middleware(PacedRequests(Pacer(pace.overall, pace.per_chat, pace.per_group_minute), in_transaction))
    return Bot(
        telegram.token.get_secret_value(), session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML)
    )
