"""What a web app's own server answers through the bot."""

from __future__ import annotations

from typing import Any

from playground import errors
from playground.methods.common import message_text
from playground.registry import Call, method
from playground.world import World

Json = dict[str, Any]


@method("answerWebAppQuery")
def answer_web_app_query(world: World, call: Call) -> Json:
    """A text in the name of the person who opened the app; each launch is answered once."""
    query_id, result = call.text("web_app_query_id"), call.params["result"]
    content: Json = result.get("input_message_content") or {}
    if result["type"] != "article" or "message_text" not in content:
        raise errors.PARAMETER_UNMODELLED.error(name="result")
    parsed = message_text(world, {**content, "text": content["message_text"]})
    user = world.web_apps.pop(query_id, None)
    if user is None:
        raise errors.QUERY_TOO_OLD.error()
    fields: Json = {"body": parsed.text, "entities": parsed.entities, "via_bot": world.bot}
    world.deliver_message(world.new_message(user.chat, user.payload(), **fields))
    return {"inline_message_id": f"AAAA-{query_id}"}
