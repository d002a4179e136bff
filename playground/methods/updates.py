"""How the bot gets its updates."""

from __future__ import annotations

import re
import time
from typing import Any, Final

from yarl import URL

from playground import errors, limits, polls
from playground.registry import Call, method
from playground.updates import DEFAULT_CONNECTIONS, Webhook
from playground.world import World

Json = dict[str, Any]

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]*")
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_PORTS: Final = frozenset({80, 88, 443, 8443})  # S WebhookActor


@method("getUpdates")
async def get_updates(world: World, call: Call) -> list[Json]:
    """Long polling: the offset confirms, what is not confirmed comes again."""
    queue = world.updates
    if queue.webhook.url:
        raise errors.WEBHOOK_ACTIVE.error()
    polls.close_due(world)
    queue.set_allowed(call.get("allowed_updates"))
    offset: int = call.get("offset", 0)
    limit = min(max(call.get("limit", limits.POLL_UPDATES.value), 1), limits.POLL_UPDATES.value)
    timeout = min(max(call.get("timeout", 0), 0), limits.POLL_SECONDS.value)
    if queue.real_pauses:
        limit, timeout = queue.slowed(offset, limit, timeout, time.monotonic())
    queue.confirm(offset)
    world.tell({"kind": "polled"})
    found = await queue.poll(offset, limit, timeout)
    return [update.body() for update in found]


@method("setWebhook")
def set_webhook(world: World, call: Call) -> bool:
    """Have updates posted to an address; plain http is taken for this machine alone."""
    url, secret, queue = call.text("url"), call.text("secret_token"), world.updates
    if url:
        _check_webhook(url, secret)
    if call.flag("drop_pending_updates"):
        queue.clear()
    queue.set_allowed(call.get("allowed_updates"))
    if not url:
        queue.webhook = Webhook()
        return True
    wanted = call.get("max_connections", DEFAULT_CONNECTIONS)
    connections = min(max(wanted, 1), limits.WEBHOOK_CONNECTIONS.value)
    now = queue.webhook
    if (now.url, now.secret, now.connections) != (url, secret, connections):
        queue.webhook = Webhook(url, secret, connections)
    queue.abort_poller(by_webhook=True)
    queue.wake()
    return True


def _check_webhook(raw: str, secret: str) -> None:
    try:
        url = URL(raw)
    except ValueError:
        raise errors.WEBHOOK_URL.error() from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise errors.WEBHOOK_URL.error()
    if len(secret) > limits.SECRET_TOKEN.value:
        raise errors.SECRET_TOO_LONG.error()
    if not _SECRET.fullmatch(secret):
        raise errors.SECRET_CHARACTERS.error()
    if url.host in _LOOPBACK:
        return  # a bot on this machine has neither a certificate nor a free choice of ports
    if url.scheme != "https":
        raise errors.WEBHOOK_HTTPS.error()
    if url.port not in _PORTS:
        raise errors.WEBHOOK_PORT.error()


@method("deleteWebhook")
def delete_webhook(world: World, call: Call) -> bool:
    """Back to getUpdates; the list of wanted updates stays as it was."""
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    world.updates.webhook = Webhook()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, call: Call) -> Json:  # noqa: ARG001  every handler has the same shape
    """Where updates go, how many wait, and what went wrong last."""
    queue, webhook = world.updates, world.updates.webhook
    result: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(queue.pending()),
    }
    if webhook.error_at is not None:
        result |= {"last_error_date": int(webhook.error_at.timestamp()), "last_error_message": webhook.error}
    if webhook.url:
        result |= {"max_connections": webhook.connections, "ip_address": "127.0.0.1"}
    if queue.allowed is not None:
        result["allowed_updates"] = sorted(queue.allowed)
    return result
