"""A phone in the hands of a scripted character: acts go through the local Telegram, then everybody waits for the bot."""

import re
from collections.abc import Iterator

from bot.demo.stage import Stage
from playground import Button, Message, User


class Phone:
    """What a character can do. Buttons are found by their typed data, so that the same script works in both languages."""

    def __init__(self, stage: Stage, user: User) -> None:
        self.stage = stage
        self.user = user
        self._seen: dict[int, str] = {}

    @property
    def name(self) -> str:
        return self.user.first_name

    async def start(self, payload: str = "") -> None:
        self.user.start(payload)
        await self.stage.settle()

    async def send(self, text: str) -> None:
        self.user.send(text)
        await self.stage.settle()

    async def send_photo(self, data: bytes, caption: str) -> None:
        self.user.send_photo(data, caption)
        await self.stage.settle()

    async def tap(self, pattern: str, message: Message | None = None) -> Message:
        """Press the newest button whose data matches; returns its message."""
        found = self.find(pattern, message)
        if found is None:
            raise AssertionError(f"{self.name} sees no button like {pattern}\n{self.user.transcript()}")
        where, button = found
        self.user.press(message=where, data=button.data)
        await self.stage.settle()
        return where

    def find(self, pattern: str, message: Message | None = None) -> tuple[Message, Button] | None:
        """The newest button whose data matches."""
        for where in [message] if message is not None else reversed(self.messages):
            for row in where.buttons:
                for button in row:
                    if button.data is not None and re.search(pattern, button.data):
                        return where, button
        return None

    def datas(self, pattern: str) -> list[str]:
        """The data of all matching buttons of the newest message that has any."""
        for message in reversed(self.messages):
            found = [b.data for row in message.buttons for b in row if b.data and re.search(pattern, b.data)]
            if found:
                return found
        return []

    @property
    def messages(self) -> list[Message]:
        return [m for m in self.user.chat.messages if m.from_bot and not m.deleted]

    def news(self) -> Iterator[Message]:
        """Messages of the bot that are new or have changed since the last look."""
        for message in self.messages:
            face = repr((message.body, [[b.data for b in row] for row in message.buttons]))
            if self._seen.get(message.message_id) != face:
                self._seen[message.message_id] = face
                yield message
