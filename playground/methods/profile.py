"""The bot itself: who it is, its commands, menu buttons, name and descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from playground import errors, limits, rights
from playground.profile import scope_key
from playground.registry import METHODS, Call, method
from playground.world import World

Json = dict[str, Any]

_LANGUAGE: Final = re.compile(r"([a-z]{2})?")
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
        name = command["command"].strip().removeprefix("/")
        if not name:
            raise errors.COMMAND_EMPTY.error()
        if len(name) > limits.COMMAND_NAME.value:
            raise errors.COMMAND_LONG.error()
        if not _COMMAND.fullmatch(name):
            raise errors.COMMAND_INVALID.error()
        if not command["description"].strip():
            raise errors.COMMAND_DESCRIPTION.error()
        if len(command["description"]) > limits.COMMAND_DESCRIPTION.value:
            raise errors.COMMAND_DESCRIPTION_LONG.error()
    _ensure_language(call)
    cleaned = [{**command, "command": command["command"].strip().removeprefix("/")} for command in commands]
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


def _ensure_language(call: Call) -> None:
    """T validate_bot_language_code: two small letters, or none."""
    if not _LANGUAGE.fullmatch(call.text("language_code")):
        raise errors.LANGUAGE_INVALID.error()


def _list_key(call: Call) -> tuple[tuple[Any, ...], str]:
    _ensure_language(call)
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
        _ensure_language(call)
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


@method("setMyDefaultAdministratorRights")
def set_my_default_administrator_rights(world: World, call: Call) -> bool:
    """What the bot asks for when somebody makes it an administrator; without rights the wish is forgotten."""
    world.profile.wished_rights[call.flag("for_channels")] = call.get("rights") or {}
    return True


@method("getMyDefaultAdministratorRights")
def get_my_default_administrator_rights(world: World, call: Call) -> Json:
    """The rights wished for, all named."""
    channels = call.flag("for_channels")
    wished = world.profile.wished_rights.get(channels, {})
    return {"is_anonymous": False} | dict.fromkeys(rights.names_in(channels=channels), False) | wished


@method("getUserProfilePhotos")
def get_user_profile_photos(world: World, call: Call) -> Json:
    """Nobody here has one."""
    if world.find_user(call.integer("user_id")) is None:
        raise errors.USER_NOT_FOUND.error()
    return {"total_count": 0, "photos": []}


METHODS["setMyName"], METHODS["getMyName"] = _own_text("names", "name", limits.BOT_NAME)
METHODS["setMyDescription"], METHODS["getMyDescription"] = _own_text(
    "descriptions", "description", limits.BOT_DESCRIPTION
)
METHODS["setMyShortDescription"], METHODS["getMyShortDescription"] = _own_text(
    "short_descriptions", "short_description", limits.BOT_SHORT_DESCRIPTION
)
