"""The bot itself: who it is, its commands, menu buttons, name and descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from playground import errors, limits
from playground.profile import scope_key
from playground.registry import METHODS, Call, method
from playground.world import World

Json = dict[str, Any]

_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")


@method("getMe")
def get_me(world: World, call: Call) -> Json:  # noqa: ARG001  every handler has the same shape
    """The bot as a user."""
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": bool(world.bot.get("can_read_all_group_messages", False)),
        "supports_inline_queries": False,
    }


@method("setMyCommands")
def set_my_commands(world: World, call: Call) -> bool:
    """Replace the list of one scope and language."""
    commands: list[Json] = call.params["commands"]
    if len(commands) > limits.COMMANDS.value:
        raise errors.TOO_MANY_COMMANDS.error()
    for command in commands:
        if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise errors.COMMAND_INVALID.error()
        if not command["description"].strip():
            raise errors.COMMAND_DESCRIPTION.error()
        if len(command["description"]) > limits.COMMAND_DESCRIPTION.value:
            raise errors.COMMAND_DESCRIPTION_LONG.error()
    cleaned = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
    _ensure_scope_chat(world, call)
    world.profile.commands[_list_key(call)] = cleaned
    world.tell({"kind": "commands"})
    return True


@method("getMyCommands")
def get_my_commands(world: World, call: Call) -> list[Json]:
    """The list of exactly that scope and language."""
    return world.profile.commands.get(_list_key(call), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, call: Call) -> bool:
    """Forget the list of one scope and language."""
    world.profile.commands.pop(_list_key(call), None)
    world.tell({"kind": "commands"})
    return True


def _list_key(call: Call) -> tuple[tuple[Any, ...], str]:
    return scope_key(call.get("scope")), call.text("language_code")


def _ensure_scope_chat(world: World, call: Call) -> None:
    """A list for one chat needs that chat to exist for the bot."""
    scope: Json = call.get("scope") or {}
    if "chat_id" in scope:
        world.chat_for(scope["chat_id"], reading=True)


@method("setChatMenuButton")
def set_chat_menu_button(world: World, call: Call) -> bool:
    """The button beside the text field, for one person or for everybody."""
    button: Json = call.get("menu_button") or {"type": "default"}
    chat_id: int | None = call.get("chat_id")
    if chat_id is not None:
        world.chat_for(chat_id, reading=True)
    if button["type"] == "default":
        world.profile.menus.pop(chat_id, None)
    else:
        world.profile.menus[chat_id] = button
    world.tell({"kind": "commands"})
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, call: Call) -> Json:
    """The button one person sees, or everybody's."""
    chat_id: int | None = call.get("chat_id")
    return world.profile.menus.get(chat_id) or world.profile.menus.get(None) or {"type": "commands"}


def _own_text(attribute: str, parameter: str, limit: limits.Limit) -> tuple[Callable[..., bool], Callable[..., Json]]:
    """A setter and a getter for one text per language."""

    def store(world: World, call: Call) -> bool:
        text = call.text(parameter)
        if len(text) > limit.value:
            raise errors.OWN_TEXT_TOO_LONG.error(what=parameter.replace("_", " "))
        texts: dict[str, str] = getattr(world.profile, attribute)
        texts[call.text("language_code")] = text
        return True

    def show(world: World, call: Call) -> Json:
        texts: dict[str, str] = getattr(world.profile, attribute)
        fallback = world.bot["first_name"] if parameter == "name" else ""
        return {parameter: texts.get(call.text("language_code")) or texts.get("") or fallback}

    return store, show


METHODS["setMyName"], METHODS["getMyName"] = _own_text("names", "name", limits.BOT_NAME)
METHODS["setMyDescription"], METHODS["getMyDescription"] = _own_text(
    "descriptions", "description", limits.BOT_DESCRIPTION
)
METHODS["setMyShortDescription"], METHODS["getMyShortDescription"] = _own_text(
    "short_descriptions", "short_description", limits.BOT_SHORT_DESCRIPTION
)
