"""Structured logs without secrets and without anybody's words.

A line carries numbers (of the update, the person, the notice) and fixed words. What an exception says is kept only where it cannot quote
people: errors of Telegram, of the network and our own; for all others its class and the place must do.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{2,}:[A-Za-z0-9_-]{20,}")
_FRAMES = 6
_LONGEST = 300
_OURS = ("bot", "storage", "web")
_SPEAKING = ("aiogram.exceptions", "aiohttp", "aiohttp_socks", "python_socks")
"""Modules whose errors quote addresses and the Bot API's sentences, never a message's text."""


def redact(text: str) -> str:
    """Bot tokens (they stand in Telegram's URLs, so in many errors) as dots."""
    return _TOKEN.sub("•••", text)


def _redact_event(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: redact(value) if isinstance(value, str) and key != "at" else value for key, value in event.items()}


def says(error: BaseException) -> str:
    """What an exception says, if that cannot quote anybody's words; else nothing."""
    module = type(error).__module__
    if module.partition(".")[0] in _OURS or module.startswith(_SPEAKING) or isinstance(error, OSError):
        return redact(" ".join(str(error).split()))[:_LONGEST]
    return ""


def place(frames: TracebackType | None) -> str:
    """`post.py:40:screen < sending.py:97:_send_new`: where it was raised, innermost first."""
    inner = reversed(traceback.extract_tb(frames)[-_FRAMES:])
    return " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}:{f.name}" for f in inner)


def _short_traceback(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Where it failed, without the values of variables or the message, which may carry people's words."""
    error = event.pop("exc_info", None)
    if error:
        raised = sys.exc_info()[1] if error is True else error[1] if isinstance(error, tuple) else error
        if isinstance(raised, BaseException):
            event["at"] = place(raised.__traceback__)
            event.setdefault("error", type(raised).__name__)
            event["says"] = says(raised)
    return event


def _first_line(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of libraries' own records: asyncio goes on with the repr of a task, and so with its exception's words."""
    event["event"] = str(event.get("event", "")).partition("\n")[0][:_LONGEST]
    return event


def configure(*, as_json: bool = False, level: int = logging.INFO) -> None:
    """One line per event on stderr, libraries' warnings included."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _short_traceback,
        _redact_event,
    ]
    last: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_first_line, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    # These say it in our own lines, without tokens or texts.
    logging.getLogger("aiogram").setLevel(logging.CRITICAL)
