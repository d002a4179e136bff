"""The world: people, chats, messages and the clock they live by. No HTTP here."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterable
from typing import Any

from playground import errors, formatting, limits, membership, rights
from playground.actors import User
from playground.clock import Clock
from playground.faults import FaultKind, Faults
from playground.files import FileStore
from playground.model import Chat, Message, Query
from playground.pace import Pace
from playground.polls import Poll
from playground.profile import BotProfile
from playground.updates import UpdateQueue
from playground.wire import Violation, WireEntry, WireFile, remember

Json = dict[str, Any]
Listener = Callable[[Json], None]


def stand_in(chat: Chat, group: Chat) -> Json:
    """The user that stands before whoever writes on behalf of a chat (D Message.from: for backward compatibility)."""
    if chat is group:
        return {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    return {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


class World:
    """Everything the local Telegram knows. Give it a clock to share time with the program under test."""

    def __init__(self, clock: Clock | None = None, *, bot_id: int = 42, bot_username: str = "playground_bot") -> None:
        self.clock = clock or Clock()
        self.bot: Json = {"id": bot_id, "is_bot": True, "first_name": "Playground bot", "username": bot_username}
        self.profile = BotProfile()
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore(bot_id)
        self.updates = UpdateQueue(self.clock)
        self.queries: dict[str, Query] = {}
        self.polls: dict[str, Poll] = {}
        self.web_apps: dict[str, User] = {}  # launches that a web app can answer, by query id
        self.faults = Faults()
        self.pace = Pace()
        self.wire: list[WireEntry] = []
        self.wire_file: WireFile | None = None
        self.violations: list[Violation] = []
        self._listeners: list[Listener] = []
        self._numbers = itertools.count(1)
        self._private_message_ids = itertools.count(1)  # private chats and basic groups share one sequence
        self.clock.on_move(lambda now: self._time_changed())  # noqa: ARG005  the shape of a listener

    # People and places

    def add_user(
        self,
        user_id: int,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "ru",
        started: bool = False,
    ) -> User:
        """A person with a phone; `started` spares them pressing START."""
        chat = Chat(user_id, "private", members={user_id: "member"}, bot_status="member")
        user = User(self, chat, user_id, first_name, last_name, username, language_code, started=started)
        chat.profile = user.chat_profile()
        self.users[user_id] = user
        self.chats[user_id] = chat
        self.tell({"kind": "chats"})
        return user

    def add_group(
        self,
        chat_id: int,
        title: str,
        *,
        members: Iterable[User] = (),
        forum: bool = False,
        supergroup: bool = True,
        username: str | None = None,
        bot_status: str = "administrator",
        bot_rights: Iterable[str] | None = None,
    ) -> Chat:
        """A group the bot is in; a forum is always a supergroup. `bot_rights` are the bot's as administrator: all, or those."""
        kind = "supergroup" if supergroup or forum else "group"
        chat = Chat(chat_id, kind, title=title, username=username, forum=forum, bot_status=bot_status)
        chat.bot_rights = rights.ALL if bot_rights is None else frozenset(bot_rights)
        chat.members = {user.user_id: "member" for user in members}
        return self._add_chat(chat)

    def add_channel(
        self,
        chat_id: int,
        title: str,
        *,
        username: str | None = None,
        bot_status: str = "administrator",
        bot_rights: Iterable[str] | None = None,
    ) -> Chat:
        """A channel; the bot can post there while it is an administrator with that right."""
        chat = Chat(chat_id, "channel", title=title, username=username, bot_status=bot_status)
        chat.bot_rights = rights.ALL if bot_rights is None else frozenset(bot_rights)
        return self._add_chat(chat)

    def _add_chat(self, chat: Chat) -> Chat:
        self.chats[chat.chat_id] = chat
        if chat.kind != "group":
            chat.last_message_id = (
                1  # the first message is always the event of its creation; 1 means General in a forum
            )
        self.tell({"kind": "chats"})
        return chat

    def post(self, channel: Chat, text: str) -> int:
        """Somebody else's post in a channel; comes as `channel_post`."""
        typed = formatting.plain(text)
        return self.deliver_message(self.new_message(channel, None, body=typed.text, entities=typed.entities))

    def speak_for(self, chat: Chat, group: Chat, text: str) -> int:
        """Somebody writes in a group on behalf of it (a hidden administrator) or of a channel."""
        typed = formatting.plain(text)
        message = self.new_message(group, stand_in(chat, group), body=typed.text, entities=typed.entities)
        shown = message.payload() | {"sender_chat": chat.payload()}
        return self.deliver("message", shown, f"chat:{group.chat_id}")

    def migrate(self, group: Chat, new_chat_id: int) -> Chat:
        """Upgrade a basic group: the old one points to its successor, both tell of it."""
        return membership.migrate(self, group, new_chat_id)

    def set_bot_status(self, chat: Chat, status: str, *, by: User, granted: Iterable[str] | None = None) -> int:
        """Somebody adds, promotes (with all rights or those), demotes or removes the bot; comes as `my_chat_member`."""
        return membership.set_bot_status(self, chat, status, by=by, granted=granted)

    def unanswered(self) -> list[Query]:
        """Presses that the bot has not answered yet: on a phone their buttons still spin."""
        return [query for query in self.queries.values() if query.answered_at is None]

    def find_user(self, user_id: int) -> Json | None:
        """A person as the Bot API shows them, or None."""
        if user_id == self.bot["id"]:
            return self.bot
        user = self.users.get(user_id)
        return None if user is None else user.payload()

    # Reaching a chat

    def chat_for(self, chat_id: int | str, *, reading: bool = False) -> Chat:
        """The chat a request names; raises exactly what Telegram answers when it cannot be reached."""
        chat = self._named(chat_id)
        if chat.private:
            self._ensure_reachable(self.users[chat.chat_id], reading=reading)
            return chat
        if chat.migrated_to is not None:
            raise errors.GROUP_UPGRADED.error({"migrate_to_chat_id": chat.migrated_to})
        if chat.bot_status == "kicked":
            raise errors.KICKED.error(kind=chat.kind)
        if chat.bot_status == "left" and not (reading and chat.username):
            raise errors.NOT_A_MEMBER.error(kind=chat.kind)
        if chat.kind == "channel" and not reading and chat.bot_status != "administrator":
            raise errors.CHANNEL_RIGHTS.error()
        return chat

    def _named(self, chat_id: int | str) -> Chat:
        if isinstance(chat_id, str) and chat_id.startswith("@"):
            name = chat_id[1:].lower()
            for chat in self.chats.values():
                if not chat.private and (chat.username or "").lower() == name:
                    return chat
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if found is None:
            raise errors.CHAT_NOT_FOUND.error()
        return found

    def _ensure_reachable(self, user: User, *, reading: bool) -> None:
        if user.deactivated and not reading:
            raise errors.DEACTIVATED.error()
        if not user.started:
            if any(user.user_id in chat.requests for chat in self.chats.values()):
                return  # D ChatJoinRequest: who asks to join may be written to
            known = any(user.user_id in chat.members for chat in self.chats.values() if not chat.private)
            raise errors.CANT_INITIATE.error() if known and not reading else errors.CHAT_NOT_FOUND.error()
        if user.blocked and not reading:
            raise errors.BLOCKED.error()

    # Messages

    def next_number(self) -> int:
        """A number nobody had before: for queries, albums and the like."""
        return next(self._numbers)

    def new_message(self, chat: Chat, sender: Json | None, *, from_bot: bool = False, **fields: Any) -> Message:
        """Put a message into a chat and tell the listeners; no update is sent."""
        shared = chat.kind in {"private", "group"}
        message_id = next(self._private_message_ids) if shared else chat.last_message_id + 1
        chat.last_message_id = message_id
        message = Message(chat, message_id, self.clock.now(), sender, from_bot, **fields)
        chat.by_id[message_id] = message
        chat.action = None
        self.tell_chat(chat)
        return message

    def bot_message(self, chat: Chat, **fields: Any) -> Message:
        """A message of the bot; a channel's posts are signed by the channel."""
        sender = None if chat.kind == "channel" else self.bot
        return self.new_message(chat, sender, from_bot=True, **fields)

    def service_message(self, chat: Chat, content: Json, *, sender: Json | None = None, **fields: Any) -> Message:
        """An event line; the bot gets an update for it even when it caused it (S)."""
        by_bot = sender is None or sender is self.bot
        signed = None if chat.kind == "channel" else sender or self.bot
        message = self.new_message(chat, signed, content=content, from_bot=by_bot, **fields)
        self.deliver_message(message)
        return message

    # Updates

    def deliver(self, kind: str, payload: Json, lane: str, *, query: bool = False) -> int:
        """Queue an update, unless a fault loses or doubles it; returns its id (0: the bot did not ask for it)."""
        life = self.clock.patience(limits.QUERY_LIFE) if query else limits.UPDATE_LIFE
        if not self.updates.wants(kind):
            return 0
        fault = self.faults.for_update(kind, payload)
        if fault is None:
            return self.updates.add(kind, payload, lane, life)
        if fault.kind is FaultKind.REORDER_UPDATE:
            return self.updates.add_overtaken(kind, payload, lane, life, seconds=fault.seconds)
        update_id = self.updates.add(kind, payload, lane, life)
        if fault.kind is FaultKind.DROP_UPDATE:
            self.updates.drop(update_id)
        else:
            self.updates.add_again(update_id)
        return update_id

    def deliver_message(self, message: Message, *, edited: bool = False) -> int:
        """The update for a new or edited message, as far as the bot may see it."""
        if not self._bot_sees(message):
            return 0
        kind = "channel_post" if message.chat.kind == "channel" else "message"
        return self.deliver(f"edited_{kind}" if edited else kind, message.payload(), f"chat:{message.chat.chat_id}")

    def _bot_sees(self, message: Message) -> bool:
        """Privacy mode: an ordinary member of a group is shown commands, mentions, replies and events only (D)."""
        chat = message.chat
        if chat.private or message.service or self.bot.get("can_read_all_group_messages"):
            return True
        if chat.bot_status != "member":
            return chat.bot_status == "administrator"
        answered = message.reply_to is not None and message.reply_to.from_bot
        return message.body.startswith("/") or answered or f"@{self.bot['username']}" in message.body

    @property
    def confirmed_up_to(self) -> int:
        """The highest update id that an offset has confirmed."""
        return self.updates.confirmed_up_to

    @property
    def last_update_id(self) -> int:
        """The id of the newest update."""
        return self.updates.last_id

    # Who watches

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear of every change; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def until(self, condition: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait for something to become true, looking again after each change; TimeoutError when it does not."""
        changed = asyncio.Event()
        end = self.listen(lambda event: changed.set())  # noqa: ARG005  any change may be the one
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    changed.clear()
                    await changed.wait()
        finally:
            end()

    def tell(self, event: Json) -> None:
        """Let the listeners know."""
        for listener in list(self._listeners):
            listener(event)

    def tell_chat(self, chat: Chat) -> None:
        """Something in a chat changed."""
        if self._listeners:
            self.tell({"kind": "chat", "chat_id": chat.chat_id})

    def time(self) -> Json:
        """The clock as the page and the feed see it; a whole speed is a whole number."""
        speed = self.clock.speed
        shown = int(speed) if speed.is_integer() else speed
        return {"now": self.clock.now().isoformat(), "running": self.clock.running, "speed": shown}

    def _time_changed(self) -> None:
        self.tell({"kind": "clock", **self.time()})

    def log(self, entry: WireEntry) -> None:
        """Keep what went over the wire."""
        remember(self.wire, entry)
        if self.wire_file is not None:
            self.wire_file.write(entry)

    def sees_violation(self, method: str, params: Json, description: str) -> None:
        """Keep a request that no correct program sends."""
        violation = Violation(self.clock.now(), method, params, description)
        self.violations.append(violation)
        self.tell({"kind": "violation", "text": str(violation)})
