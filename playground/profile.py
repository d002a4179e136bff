"""What the bot says of itself: commands per scope and language, menu buttons, name and descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(slots=True)
class BotProfile:
    """The bot's card. Languages are codes, "" stands for everybody else."""

    commands: dict[tuple[Key, str], list[Json]] = field(default_factory=dict)
    menus: dict[int | None, Json] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    wished_rights: dict[bool, Json] = field(default_factory=dict)  # as administrator, by whether of channels

    def commands_seen(self, user_id: int, language: str, chat_id: int, *, administrator: bool) -> list[Json]:
        """What a person sees in a chat: the narrowest scope first, in it their language first (D BotCommandScope)."""
        for scope in _scopes(user_id, chat_id, administrator=administrator):
            for code in (language, ""):
                found = self.commands.get((scope, code))
                if found:
                    return found
        return []

    def menu_seen(self, user_id: int) -> Json:
        """The menu button of a private chat."""
        return self.menus.get(user_id) or self.menus.get(None) or {"type": "commands"}


def scope_key(scope: Json | None) -> Key:
    """A scope as a dictionary key."""
    scope = scope or {"type": "default"}
    return (scope["type"], *(scope[name] for name in ("chat_id", "user_id") if name in scope))


def _scopes(user_id: int, chat_id: int, *, administrator: bool) -> Iterator[Key]:
    if chat_id > 0:
        yield ("chat", user_id)
        yield ("all_private_chats",)
    else:
        yield ("chat_member", chat_id, user_id)
        if administrator:
            yield ("chat_administrators", chat_id)
        yield ("chat", chat_id)
        if administrator:
            yield ("all_chat_administrators",)
        yield ("all_group_chats",)
    yield ("default",)
