"""Numbers for Prometheus. No label ever carries a person, a chat or a text: only kinds from short lists."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import TelegramObject
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from storage.queues import Queues

CONTENT_TYPE = CONTENT_TYPE_LATEST
_OUTCOMES: tuple[tuple[type[Exception], str], ...] = (
    (TelegramRetryAfter, "retry_after"),
    (TelegramForbiddenError, "forbidden"),
    (TelegramBadRequest, "bad_request"),
    (TelegramServerError, "server_error"),
    (TelegramNetworkError, "network"),
    (ClientDecodeError, "not_json"),
    (TelegramAPIError, "other"),
)
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Counted as it happens; what stands in the database is read when somebody asks for `page`."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.requests = Counter(
            "hq_requests", "Requests to Telegram by outcome", ["kind", "outcome"], registry=registry
        )
        self.handling = Histogram("hq_update_seconds", "Time to handle an update", registry=registry, buckets=_SECONDS)
        self.inbox = Gauge("hq_inbox_updates", "Stored updates by status", ["status"], registry=registry)
        self.inbox_age = Gauge("hq_inbox_oldest_seconds", "Age of the oldest unhandled update", registry=registry)
        self.outbox = Gauge("hq_outbox_notices", "Notices by status", ["status"], registry=registry)
        self.outbox_age = Gauge("hq_outbox_oldest_seconds", "How long the oldest due notice waits", registry=registry)
        self.lag = Gauge("hq_schedule_lag_seconds", "How long the oldest due task waits", registry=registry)
        self.good_poll = Gauge(
            "hq_last_good_poll_timestamp_seconds", "When Telegram last answered as it should", registry=registry
        )
        self.lease = Gauge("hq_lease_held", "1 in the process that polls and sends", registry=registry)
        self._backup: Gauge | None = None

    def set_backup(self, timestamp: float) -> None:
        """When the last good backup was made (Unix time); the metric exists only from then on."""
        if self._backup is None:
            self._backup = Gauge(
                "hq_last_backup_timestamp_seconds", "When the last good backup was made", registry=self._registry
            )
        self._backup.set(timestamp)

    def page(self, queues: Queues | None, *, held: bool) -> bytes:
        """The exposition format; without `queues` (the database does not answer) those keep their last values."""
        if queues is not None:
            for status, number in queues.inbox.items():
                self.inbox.labels(status).set(number)
            for status, number in queues.outbox.items():
                self.outbox.labels(status).set(number)
            self.inbox_age.set(queues.inbox_oldest)
            self.outbox_age.set(queues.outbox_oldest)
            self.lag.set(queues.schedule_lag)
        self.lease.set(held)
        return generate_latest(self._registry)


def outcome_of(error: Exception | None) -> str:
    """One word for how a request ended."""
    if error is None:
        return "ok"
    return next((name for kind, name in _OUTCOMES if isinstance(error, kind)), "failed")


def kind_of(method: TelegramMethod[Any]) -> str:
    """poll, send, edit, answer or other: method names are many, and nobody draws fifty lines."""
    name = method.__api_method__
    if name == "getUpdates":
        return "poll"
    for kind in ("send", "edit", "answer", "delete"):
        if name.startswith(kind):
            return kind
    return "other"


class CountedRequests(BaseRequestMiddleware):
    """Innermost on the bot's session: sees each request as it ended, and tells who listens when a good answer came."""

    def __init__(self, metrics: Metrics, good_answer: Callable[[str], None]) -> None:
        self._metrics = metrics
        self._good_answer = good_answer

    async def __call__(
        self, make_request: Callable[[Bot, TelegramMethod[Any]], Awaitable[Any]], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:
        kind = kind_of(method)
        try:
            result = await make_request(bot, method)
        except Exception as error:
            self._metrics.requests.labels(kind, outcome_of(error)).inc()
            raise
        self._metrics.requests.labels(kind, "ok").inc()
        self._good_answer(kind)
        return result


class TimedUpdates(BaseMiddleware):
    """Outermost around every update."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        structlog.contextvars.unbind_contextvars("person")  # the worker's last one
        began = time.perf_counter()
        try:
            return await handler(event, data)
        finally:
            self._metrics.handling.observe(time.perf_counter() - began)
