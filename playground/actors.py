"""People: what somebody can do with the bot on their phone, and what they see there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from playground import formatting, limits, manners, membership, polls, presses, topics, transcript
from playground.files import Upload
from playground.model import Button, Chat, Message, Toast, Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.world import World

Json = dict[str, Any]

_WEBP: Final = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"


class User:
    """A person with a phone. Methods act at once: they queue updates and wake the poller; they return update ids."""

    def __init__(
        self,
        world: World,
        chat: Chat,
        user_id: int,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "ru",
        *,
        started: bool = False,
    ) -> None:
        self._world = world
        self.chat = chat
        self.user_id = user_id
        self.first_name = first_name
        self.last_name = last_name
        self.username = username
        self.language_code = language_code
        self.started = started
        self.blocked = False
        self.deactivated = False
        self.toasts: list[Toast] = []

    def __repr__(self) -> str:
        return f"User({self.user_id}, {self.first_name!r})"

    # What others see of them

    def payload(self) -> Json:
        """As the Bot API shows a user."""
        result: Json = {"id": self.user_id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            value = getattr(self, name)
            if value is not None:
                result[name] = value
        return result

    def chat_profile(self) -> Json:
        """The names inside a private chat object."""
        return {
            name: value for name, value in self.payload().items() if name in {"first_name", "last_name", "username"}
        }

    def rename(self, first_name: str, *, last_name: str | None = None, username: str | None = None) -> None:
        """Change the names shown from now on."""
        self.first_name, self.last_name, self.username = first_name, last_name, username
        self.chat.profile = self.chat_profile()

    def speak(self, language_code: str) -> None:
        """Switch the phone to another language; bots learn of it with the next update."""
        self.language_code = language_code
        self._world.tell({"kind": "chats"})

    # What they see

    @property
    def last(self) -> Message | None:
        """The newest message from the bot in the private chat."""
        return next((message for message in reversed(self.chat.messages) if message.from_bot), None)

    @property
    def screen(self) -> str:
        """Text or caption of the newest message from the bot; empty when there is none."""
        return "" if self.last is None else self.last.body

    @property
    def labels(self) -> list[str]:
        """Every button label that can be pressed in the private chat, newest message first."""
        shown = [button.label for message in self._with_buttons(self.chat) for button in message.all_buttons()]
        return shown + self.keys

    @property
    def keys(self) -> list[str]:
        """The labels of the reply keyboard, if the bot put one up."""
        rows = (self.chat.reply_keyboard or {}).get("keyboard", [])
        return [key["text"] for row in rows for key in row]

    def transcript(self, chat: Chat | None = None) -> str:
        """The chat as readable text."""
        return transcript.as_text(chat or self.chat)

    # What they write

    def start(self, payload: str = "") -> int:
        """Press START (or follow a deep link); lifts a block, as Telegram does."""
        manners.ensure_payload(payload)
        if self.blocked:
            self.unblock()
        self.started = True
        return self.send(f"/start {payload}".rstrip())

    def send(
        self, text: str, *, chat: Chat | None = None, thread_id: int | None = None, reply_to: Message | None = None
    ) -> int:
        """Write a text message."""
        typed = formatting.plain(text)
        manners.ensure_one_message(typed.text)
        return self._say(chat, body=typed.text, entities=typed.entities, thread_id=thread_id, reply_to=reply_to)

    def send_photo(self, data: bytes, caption: str = "", *, chat: Chat | None = None, **place: Any) -> int:
        """Send a picture; `place` is thread_id and reply_to, as in `send`."""
        return self._send_media("photo", Upload(data, "photo.jpg"), caption, chat, **place)

    def send_document(
        self, data: bytes, name: str = "file.bin", caption: str = "", *, chat: Chat | None = None, **place: Any
    ) -> int:
        """Send a file."""
        return self._send_media("document", Upload(data, name), caption, chat, **place)

    def send_voice(
        self,
        data: bytes = b"OggS",
        caption: str = "",
        *,
        chat: Chat | None = None,
        duration: int = 3,
        **place: Any,
    ) -> int:
        """Send a voice message."""
        return self._send_media("voice", Upload(data), caption, chat, {"duration": duration}, **place)

    def send_video(self, data: bytes, caption: str = "", *, chat: Chat | None = None, **place: Any) -> int:
        """Send a video."""
        return self._send_media("video", Upload(data, "video.mp4"), caption, chat, **place)

    def send_sticker(self, emoji: str = "👍", *, chat: Chat | None = None) -> int:
        """Send a sticker."""
        return self._send_media("sticker", Upload(_WEBP), "", chat, {"emoji": emoji})

    def send_contact(self, phone: str = "+79990000000", *, chat: Chat | None = None) -> int:
        """Share one's own contact."""
        contact = {"phone_number": phone, "first_name": self.first_name, "user_id": self.user_id}
        return self._say(chat, content={"contact": contact})

    def send_location(self, latitude: float, longitude: float, *, chat: Chat | None = None) -> int:
        """Share a place."""
        return self._say(chat, content={"location": {"latitude": latitude, "longitude": longitude}})

    def send_album(
        self,
        photos: Sequence[bytes],
        caption: str = "",
        *,
        chat: Chat | None = None,
        captions: Sequence[str] = (),
        **place: Any,
    ) -> list[int]:
        """Send several pictures at once: one update each, tied by media_group_id; the caption goes to the first."""
        assert limits.ALBUM_LEAST.value <= len(photos) <= limits.ALBUM_MOST.value, "an album has 2-10 items"
        group = str(13_000_000_000_000 + self._world.next_number())
        texts = [*(captions or [caption]), *[""] * len(photos)]
        return [
            self._send_media("photo", Upload(data, "photo.jpg"), text, chat, album=group, **place)
            for data, text in zip(photos, texts, strict=False)
        ]

    def send_web_app_data(self, button_text: str, data: str) -> int:
        """What a web app opened from a reply keyboard hands back."""
        return self._say(None, content={"web_app_data": {"button_text": button_text, "data": data}})

    def forward(self, message: Message, *, chat: Chat | None = None) -> int:
        """Forward a message they can see."""
        return self._say(
            chat,
            body=message.body,
            entities=message.entities,
            content=dict(message.content),
            forward_origin=transcript.origin_of(message),
        )

    def forward_from(self, name: str, text: str, *, chat_id: int = -1009999999999, chat: Chat | None = None) -> int:
        """Forward a post of some channel the bot knows nothing of."""
        origin = {
            "type": "channel",
            "date": int(self._world.clock.now().timestamp()),
            "chat": {"id": chat_id, "type": "channel", "title": name},
            "message_id": self._world.next_number(),
        }
        typed = formatting.plain(text)
        return self._say(chat, body=typed.text, entities=typed.entities, forward_origin=origin)

    def edit(self, message: Message | int, text: str) -> int:
        """Change a message of their own; an update id comes for `edited_message`."""
        found = self.chat.find(message) if isinstance(message, int) else message
        assert found is not None, "there is no such message"
        manners.ensure_can_edit(self, found)
        typed = formatting.plain(text)
        found.body, found.entities, found.edited_at = typed.text, typed.entities, self._world.clock.now()
        self._world.tell_chat(found.chat)
        return self._world.deliver_message(found, edited=True)

    def delete(self, message: Message) -> None:
        """Delete a message for both sides; bots are not told (D)."""
        manners.ensure_can_delete(self, message)
        message.deleted = True
        self._world.tell_chat(message.chat)

    def sent(self, chat: Chat | None = None) -> Message:
        """Their own newest message, to edit or to reply to."""
        mine = [m for m in (chat or self.chat).messages if (m.sender or {}).get("id") == self.user_id]
        assert mine, f"{self.first_name} has written nothing"
        return mine[-1]

    # What they press

    def press(
        self, label: str = "", *, message: Message | None = None, data: str | None = None, chat: Chat | None = None
    ) -> int:
        """Press a button by a part of its label or by its exact callback data, in the newest message that has it."""
        candidates = [message] if message is not None else self._with_buttons(chat or self.chat)
        for candidate in candidates:
            for button in candidate.all_buttons():
                if (button.data == data) if data is not None else label in button.label:
                    return self._press_button(candidate, button)
        if message is None and data is None:
            for key in self.keys:
                if label in key:
                    return self.send(key)
        labels = [button.label for candidate in candidates for button in candidate.all_buttons()] + self.keys
        msg = f"{self.first_name} sees no button {data or label!r}; there are: {labels}\n{self.transcript(chat)}"
        raise AssertionError(msg)

    def press_raw(self, message: Message, data: str) -> int:
        """A forged press: data that need not be on any button of the message."""
        manners.ensure_can_tap(self, message.chat)
        return presses.press(self._world, self, message, data)

    def copy(self, label: str, *, message: Message | None = None) -> str:
        """Press a copy button; what lands in the clipboard."""
        for candidate in [message] if message is not None else self._with_buttons(self.chat):
            for button in candidate.all_buttons():
                if label in button.label and button.copy_text is not None:
                    return button.copy_text
        raise AssertionError(f"{self.first_name} sees no copy button {label!r}; there are: {self.labels}")

    def open_web_app(self, label: str = "") -> tuple[str, str]:
        """Press a web app button under a message; the app's address and the query id it was opened with."""
        buttons = [button for message in self._with_buttons(self.chat) for button in message.all_buttons()]
        return presses.open_web_app(self._world, self, [button for button in buttons if label in button.label])

    def react(self, message: Message, emoji: str | None) -> int:
        """Put a reaction on a message, or take it away with None."""
        manners.ensure_can_react(self, message.chat, emoji)
        return presses.react(self._world, self, message, emoji)

    # Blocking, coming and going

    def block(self) -> int:
        """Stop the bot."""
        self.blocked = True
        return self._membership_of_bot("member", "kicked")

    def unblock(self) -> int:
        """Let the bot write again."""
        self.blocked = False
        return self._membership_of_bot("kicked", "member")

    def deactivate(self) -> None:
        """Delete the account."""
        self.deactivated = True

    def join(self, chat: Chat, status: str = "member") -> int:
        """Enter a group: an event line and, when asked for, a chat_member update."""
        return membership.join(self._world, chat, self, status)

    def leave(self, chat: Chat) -> int:
        """Leave a group."""
        return membership.leave(self._world, chat, self)

    def ask_to_join(self, chat: Chat, bio: str = "") -> int:
        """Ask to be let into a closed group or channel; comes as `chat_join_request`."""
        return membership.ask_to_join(self._world, chat, self, bio)

    def open_topic(self, chat: Chat, name: str) -> Topic:
        """Open a thread in a forum, as its administrators can."""
        assert chat.forum, f"{chat.title} is not a forum"
        return topics.open_topic(self._world, chat, name, sender=self.payload())

    def vote(self, message: Message, options: Sequence[int]) -> int:
        """Choose in a poll by the numbers of its options, or take the vote back with []."""
        poll = polls.poll_of(self._world, message)
        assert poll is not None, "there is no poll in that message"
        manners.ensure_can_tap(self, message.chat)
        return polls.vote(self._world, self, poll, options)

    # Underneath

    def _with_buttons(self, chat: Chat) -> list[Message]:
        return [message for message in reversed(chat.messages) if message.from_bot and message.markup]

    def _say(self, chat: Chat | None, **fields: Any) -> int:
        place = chat or self.chat
        manners.ensure_can_write(self, place, fields, self._world.clock.now())
        sender = None if place.kind == "channel" else self.payload()
        message = self._world.new_message(place, sender, **fields)
        return self._world.deliver_message(message)

    def _send_media(
        self,
        kind: str,
        upload: Upload,
        caption: str,
        chat: Chat | None,
        facts: Json | None = None,
        album: str | None = None,
        **place: Any,
    ) -> int:
        files = self._world.files
        media = files.add_photo(upload) if kind == "photo" else files.add(kind, upload, facts or {})
        typed = formatting.plain(caption)
        words = {"body": typed.text, "entities": typed.entities}
        return self._say(chat, content={kind: media}, media_group_id=album, **words, **place)

    def _press_button(self, message: Message, button: Button) -> int:
        if button.data is None:
            start = f"https://t.me/{self._world.bot['username']}?start="
            if button.url is not None and button.url.startswith(start):
                return self.start(button.url.removeprefix(start))
            raise AssertionError(f"{button.label!r} is no callback button (url={button.url}, copy={button.copy_text})")
        manners.ensure_can_tap(self, message.chat)
        return presses.press(self._world, self, message, button.data)

    def _membership_of_bot(self, old: str, new: str) -> int:
        self.chat.bot_status = old
        self._world.tell({"kind": "chats"})
        return self._world.set_bot_status(self.chat, new, by=self)
