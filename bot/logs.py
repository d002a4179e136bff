"""Structured logs without secrets and without anybody's words."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")


def redact(text: str) -> str:
    """Bot tokens (they stand in Telegram's URLs, so in many errors) as dots."""
    return _TOKEN.sub("•••", text)


def _redact_event(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: redact(value) if isinstance(value, str) else value for key, value in event.items()}


def _short_traceback(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Where it failed, without the values of variables or the message, which may carry people's words."""
    error = event.pop("exc_info", None)
    if error:
        import sys
        import traceback

        raised = sys.exc_info()[1] if error is True else error
        if isinstance(raised, BaseException):
            event["at"] = " < ".join(
                f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}:{f.name}"
                for f in reversed(traceback.extract_tb(raised.__traceback__)[-6:])
            )
            event.setdefault("error", type(raised).__name__)
            event["says"] = str(raised)[:300] if not isinstance(raised, ValueError) else ""
    return event


def configure(*, as_json: bool = False, level: int = logging.INFO) -> None:
    """One line per event on stderr."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _short_traceback,
            _redact_event,
            structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=__import__("sys").stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("aiogram").setLevel(logging.CRITICAL)  # our own lines say it without tokens or texts
