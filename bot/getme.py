"""getMe without the bot's machinery: commands that need no more of Telegram stay quick and give up soon."""

import asyncio
import importlib
from dataclasses import dataclass
from typing import Any

from bot.config import ConfigError, Settings, ensure_token

SECONDS = 5


class Unreachable(Exception):
    """Telegram does not answer, or something else does; the text says what."""


class UnknownToken(ConfigError):
    """The API server does not know the token."""


@dataclass(frozen=True)
class Me:
    """`date`: the server's clock as its header says it."""

    username: str
    name: str
    date: str | None


async def get_me(settings: Settings) -> Me:
    """Who the bot is. `UnknownToken` or `Unreachable` when nobody can say."""
    import aiohttp

    token, address = ensure_token(settings), settings.telegram.api_url
    try:
        async with (
            asyncio.timeout(SECONDS),
            aiohttp.ClientSession(connector=_connector(settings)) as session,
            session.get(f"{address}/bot{token}/getMe") as response,
        ):
            body: Any = await response.json() if "json" in response.headers.get("Content-Type", "") else None
            status, date = response.status, response.headers.get("Date")
    except TimeoutError:
        raise Unreachable(f"{address} does not answer within {SECONDS} s (telegram.proxy?)") from None
    except _refusals(settings) as error:
        raise Unreachable(f"{address} cannot be reached through telegram.proxy: {error}") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise Unreachable(f"{address} cannot be reached: {str(error) or type(error).__name__}") from None
    if status in {401, 404}:
        raise UnknownToken(f"telegram.token: {address} does not know this token")
    if not isinstance(body, dict) or not body.get("ok"):
        raise Unreachable(f"{address} answers {status}, but not as a Bot API does")
    me = body["result"]
    return Me(me.get("username", ""), me.get("first_name", ""), date)


def _refusals(settings: Settings) -> tuple[type[Exception], ...]:
    """What is raised when the proxy itself is away or says no."""
    if not settings.telegram.proxy:
        return ()
    socks = importlib.import_module("aiohttp_socks")
    return socks.ProxyError, socks.ProxyConnectionError, socks.ProxyTimeoutError


def _connector(settings: Settings) -> Any:
    """Through the configured proxy, as the bot itself goes."""
    if not settings.telegram.proxy:
        return None
    # What aiogram uses for it; loaded by name, since only those behind a proxy need it.
    return importlib.import_module("aiohttp_socks").ProxyConnector.from_url(settings.telegram.proxy)
