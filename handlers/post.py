"""What handlers need of `bot.post.Post`, which the dispatcher hands them as `post`."""

from collections.abc import Sequence
from typing import Protocol

from handlers.screens.base import Content, Screen


class Poster(Protocol):
    async def content(self, chat_id: int, parts: Sequence[Content]) -> list[int]:
        """Send content messages; returns their ids."""

    async def screen(self, chat_id: int, screen: Screen) -> int:
        """Send one screen; returns its message id."""

    async def redraw(self, chat_id: int, message_id: int, screen: Screen) -> bool:
        """Edit a message in place; False when it is gone or was the same."""

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> None:
        """Delete messages; those already gone do not matter."""
