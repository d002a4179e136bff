"""How the bot gets its updates."""

from __future__ import annotations

import re
from typing import Any, Final

from playground import errors, limits
from playground.registry import Call, method
from playground.world import World

Json = dict[str, Any]

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]*")


@method("getUpdates")
async def get_updates(world: World, call: Call) -> list[Json]:
    """Long polling: the offset confirms, what is not confirmed comes again."""
    queue = world.updates
    if queue.webhook_url:
        raise errors.WEBHOOK_ACTIVE.error()
    queue.set_allowed(call.get("allowed_updates"))
    limit = call.get("limit") or limits.POLL_UPDATES.value
    timeout = min(max(call.get("timeout", 0), 0), limits.POLL_SECONDS.value)
    queue.confirm(call.get("offset", 0))
    world.tell({"kind": "polled"})
    found = await queue.poll(call.get("offset", 0), min(max(limit, 1), limits.POLL_UPDATES.value), timeout)
    return [update.body() for update in found]


@method("setWebhook")
def set_webhook(world: World, call: Call) -> bool:
    """Have updates posted to an address; plain http is taken here, because everything is on this machine."""
    url = call.text("url")
    secret = call.text("secret_token")
    if len(secret) > limits.SECRET_TOKEN.value:
        raise errors.SECRET_TOO_LONG.error()
    if not _SECRET.fullmatch(secret):
        raise errors.SECRET_CHARACTERS.error()
    if url and not url.startswith(("http://", "https://")):
        raise errors.WEBHOOK_URL.error()
    queue = world.updates
    if call.flag("drop_pending_updates"):
        queue.clear()
    queue.set_allowed(call.get("allowed_updates"))
    queue.webhook_url = url
    queue.webhook_secret = secret
    queue.webhook_connections = call.get("max_connections", 40)
    if url:
        queue.abort_poller(by_webhook=True)
        queue.wake()
    return True


@method("deleteWebhook")
def delete_webhook(world: World, call: Call) -> bool:
    """Back to getUpdates."""
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    world.updates.webhook_url = ""
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, call: Call) -> Json:  # noqa: ARG001  every handler has the same shape
    """Where updates go, and how many wait."""
    queue = world.updates
    result: Json = {
        "url": queue.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": len(queue.pending()),
    }
    if queue.webhook_url:
        result["max_connections"] = queue.webhook_connections
    if queue.webhook_error:
        result |= {"last_error_date": int(world.clock.now().timestamp()), "last_error_message": queue.webhook_error}
    if queue.allowed is not None:
        result["allowed_updates"] = sorted(queue.allowed)
    return result
