"""Acting as a person over the control API: each verb is a method of User with JSON arguments."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any, Final

from playground import limits
from playground.actors import User
from playground.model import Chat, Message
from playground.world import World

Json = dict[str, Any]

BOT_STATUSES: Final = ("administrator", "member", "left", "kicked")


class ActError(ValueError):
    """What was asked for cannot be done; the text says why."""


class _Act:
    """The arguments of one act, looked up in the world."""

    def __init__(self, world: World, user: User, body: Json) -> None:
        self.world = world
        self.user = user
        self.body = body

    def text(self, name: str, default: str = "") -> str:
        return str(self.body.get(name, default))

    @property
    def chat(self) -> Chat | None:
        chat_id = self.body.get("chat_id")
        if chat_id is None:
            return None
        if chat_id not in self.world.chats:
            raise ActError(f"there is no chat {chat_id}")
        return self.world.chats[chat_id]

    def message(self, name: str = "message_id") -> Message | None:
        message_id = self.body.get(name)
        if message_id is None:
            return None
        found = (self.chat or self.user.chat).find(message_id)
        if found is None:
            raise ActError(f"there is no message {message_id}")
        return found

    def needed_message(self) -> Message:
        found = self.message()
        if found is None:
            raise ActError("message_id is needed")
        return found

    def place(self) -> Chat:
        if self.chat is None:
            raise ActError("chat_id is needed")
        return self.chat


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except ValueError:
        raise ActError("files are given as base64") from None


def _press(act: _Act) -> int:
    data = act.body.get("data")
    return act.user.press(act.text("label"), message=act.message(), data=data, chat=act.chat)


def _send(act: _Act) -> int | list[int]:
    """A phone sends a long text as several messages; only the first is the answer to another one."""
    text, most, place = act.text("text"), limits.TEXT.value, _place(act)
    first = act.user.send(text[:most], chat=act.chat, **place)
    rest = [text[at : at + most] for at in range(most, len(text), most) if text[at : at + most].strip()]
    later = [act.user.send(piece, chat=act.chat, thread_id=place["thread_id"]) for piece in rest]
    return [first, *later] if later else first


def _place(act: _Act) -> Json:
    return {"thread_id": act.body.get("thread_id"), "reply_to": act.message("reply_to")}


def _photo(act: _Act) -> int:
    return act.user.send_photo(_bytes(act.body.get("data")), act.text("caption"), chat=act.chat, **_place(act))


def _album(act: _Act) -> list[int]:
    photos = [_bytes(item) for item in act.body.get("photos", ())]
    return act.user.send_album(photos, act.text("caption"), chat=act.chat, **_place(act))


def _document(act: _Act) -> int:
    data, name = _bytes(act.body.get("data")), act.text("name", "file.bin")
    return act.user.send_document(data, name, act.text("caption"), chat=act.chat, **_place(act))


def _voice(act: _Act) -> int:
    data, duration = _bytes(act.body.get("data")), int(act.body.get("duration", 3))
    return act.user.send_voice(data, act.text("caption"), chat=act.chat, duration=duration, **_place(act))


def _video(act: _Act) -> int:
    return act.user.send_video(_bytes(act.body.get("data")), act.text("caption"), chat=act.chat, **_place(act))


def _location(act: _Act) -> int:
    latitude, longitude = float(act.body["latitude"]), float(act.body["longitude"])
    return act.user.send_location(latitude, longitude, chat=act.chat)


def _forward(act: _Act) -> int:
    source_id = act.body.get("from_chat_id", act.user.user_id)
    source = act.world.chats.get(source_id)
    message = None if source is None else source.find(act.body.get("message_id", 0))
    if message is None:
        raise ActError("there is no such message")
    return act.user.forward(message, chat=act.chat)


def _post(act: _Act) -> int:
    return act.world.post(act.place(), act.text("text"))


def _set_bot(act: _Act) -> int:
    granted, status = act.body.get("rights"), act.text("status", "member")
    if status not in BOT_STATUSES:
        raise ActError(f"status is one of {', '.join(BOT_STATUSES)}")
    return act.world.set_bot_status(act.place(), status, by=act.user, granted=granted)


def _migrate(act: _Act) -> None:
    act.world.migrate(act.place(), int(act.body["to"]))


def _open_topic(act: _Act) -> int:
    return act.user.open_topic(act.place(), act.text("name")).thread_id


VERBS: Final[dict[str, Callable[[_Act], int | list[int] | None]]] = {
    "start": lambda act: act.user.start(act.text("payload")),
    "send": _send,
    "send_photo": _photo,
    "send_album": _album,
    "send_document": _document,
    "send_voice": _voice,
    "send_video": _video,
    "send_sticker": lambda act: act.user.send_sticker(act.text("emoji", "👍"), chat=act.chat),
    "send_contact": lambda act: act.user.send_contact(act.text("phone", "+79990000000"), chat=act.chat),
    "send_location": _location,
    "forward": _forward,
    "forward_from": lambda act: act.user.forward_from(act.text("name"), act.text("text"), chat=act.chat),
    "edit": lambda act: act.user.edit(act.needed_message(), act.text("text")),
    "vote": lambda act: act.user.vote(act.needed_message(), [int(number) for number in act.body.get("options", ())]),
    "send_web_app_data": lambda act: act.user.send_web_app_data(act.text("button"), act.text("data")),
    "press": _press,
    "press_raw": lambda act: act.user.press_raw(act.needed_message(), act.text("data")),
    "react": lambda act: act.user.react(act.needed_message(), act.body.get("emoji")),
    "delete": lambda act: act.user.delete(act.needed_message()),
    "language": lambda act: act.user.speak(act.text("code", "en")),
    "block": lambda act: act.user.block(),
    "unblock": lambda act: act.user.unblock(),
    "deactivate": lambda act: act.user.deactivate(),
    "join": lambda act: act.user.join(act.place(), act.text("status", "member")),
    "leave": lambda act: act.user.leave(act.place()),
    "post": _post,
    "set_bot": _set_bot,
    "migrate": _migrate,
    "open_topic": _open_topic,
    "ask_to_join": lambda act: act.user.ask_to_join(act.place(), act.text("bio")),
}


def act_as(world: World, user_id: int, body: Json) -> Json:
    """Do one thing as a person; returns the update id (or ids) it caused."""
    user = world.users.get(user_id)
    if user is None:
        raise ActError(f"there is no user {user_id}")
    verb = VERBS.get(str(body.get("do")))
    if verb is None:
        raise ActError(f"do is one of {', '.join(sorted(VERBS))}")
    try:
        done = verb(_Act(world, user, body))
    except AssertionError as problem:  # the actors' own word for "a person could not do that"
        raise ActError(str(problem)) from None
    return {"update_ids": done} if isinstance(done, list) else {"update_id": done}
