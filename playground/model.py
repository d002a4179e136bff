"""What the world is made of: chats, topics, messages, buttons and toasts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from playground import formatting, rights

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

MEDIA_KINDS: Final = ("photo", "video", "animation", "audio", "document", "voice", "video_note", "sticker")
CONTENTS: Final = frozenset({*MEDIA_KINDS, "contact", "location", "venue", "dice", "poll"})
CAPTIONED: Final = frozenset({"photo", "video", "animation", "audio", "document", "voice"})


class Toast(NamedTuple):
    """What a press was answered with: a passing line, or an alert box."""

    text: str
    alert: bool


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message, or one key of a reply keyboard (then only the label counts)."""

    label: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    web_app: str | None = None


@dataclass(slots=True)
class Topic:
    """A thread of a forum; its id is the id of the service message that opened it, General's is 1."""

    thread_id: int
    name: str
    icon_color: int = 0x6FB9F0
    closed: bool = False
    icon_emoji: str | None = None
    by_bot: bool = True


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a member of a supergroup is denied, and until when (None: for good)."""

    permissions: dict[str, bool]
    until: datetime | None = None


@dataclass(slots=True)
class Chat:
    """Any chat the bot may know. `members` maps user ids to creator, administrator or member; rights.py reads the rest."""

    chat_id: int
    kind: str  # private, group, supergroup, channel
    title: str = ""
    username: str | None = None
    forum: bool = False
    profile: Json = field(default_factory=dict)  # first_name and so on of a private chat
    members: dict[int, str] = field(default_factory=dict)
    bot_status: str = "administrator"
    bot_rights: frozenset[str] = rights.ALL
    granted: dict[int, frozenset[str]] = field(default_factory=dict)  # of administrators; those not named have all
    permissions: dict[str, bool] = field(default_factory=lambda: dict(rights.PERMISSIONS))
    restricted: dict[int, Restriction] = field(default_factory=dict)
    banned: dict[int, datetime | None] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    promoted_by_bot: set[int] = field(default_factory=set)
    description: str = ""
    links: dict[str, Json] = field(default_factory=dict)  # invite links by their address
    requests: dict[int, int] = field(default_factory=dict)  # who asks to join, and from where they can be written to
    general: Topic = field(default_factory=lambda: Topic(1, "General"))
    general_hidden: bool = False
    migrated_to: int | None = None
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    by_id: dict[int, Message] = field(default_factory=dict)
    reply_keyboard: Json | None = None
    last_message_id: int = 0
    action: str | None = None  # the latest sendChatAction since the last message

    @property
    def private(self) -> bool:
        """Whether this is a one-to-one chat with the bot."""
        return self.kind == "private"

    @property
    def messages(self) -> list[Message]:
        """What is visible now, oldest first; deleted messages are left out."""
        return [message for message in self.by_id.values() if not message.deleted]

    def find(self, message_id: int) -> Message | None:
        """A message that is still there, or None."""
        message = self.by_id.get(message_id)
        return None if message is None or message.deleted else message

    def standing(self, user_id: int) -> str:
        """Somebody's status in the Bot API's words."""
        status = self.members.get(user_id)
        if status in {"creator", "administrator"}:
            return status
        if user_id in self.banned:
            return "kicked"
        return "restricted" if user_id in self.restricted else status or "left"

    def payload(self) -> Json:
        """As the Bot API shows a chat inside other objects."""
        if self.private:
            return {"id": self.chat_id, "type": "private", **self.profile}
        result: Json = {"id": self.chat_id, "type": self.kind, "title": self.title}
        if self.username:
            result["username"] = self.username
        if self.forum:
            result["is_forum"] = True
        return result


@dataclass(slots=True)
class Message:
    """One message. `content` holds what is neither text nor caption, under the Bot API's own names."""

    chat: Chat
    message_id: int
    date: datetime
    sender: Json | None  # None for posts of a channel
    from_bot: bool
    body: str = ""
    entities: tuple[Json, ...] = ()
    content: Json = field(default_factory=dict)
    markup: Json | None = None
    reply_to: Message | None = None
    thread_id: int | None = None
    media_group_id: str | None = None
    forward_origin: Json | None = None
    via_bot: Json | None = None
    edited_at: datetime | None = None
    deleted: bool = False
    protected: bool = False
    silent: bool = False
    above_media: bool = False
    spoiler: bool = False
    quote: Json | None = None
    link_preview: Json | None = None
    keyed: bool = False  # sent with a markup of the chat (reply keyboard, its removal, force reply)
    reactions: dict[int, list[str]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """`text`, a kind of media, or the name of the service content."""
        return next(iter(self.content), "text")

    @property
    def service(self) -> bool:
        """Whether this is an event line rather than something somebody wrote."""
        return bool(self.content) and self.kind not in CONTENTS

    @property
    def text(self) -> str:
        """The plain text of a text message; empty for anything else."""
        return "" if self.content else self.body

    @property
    def caption(self) -> str:
        """The plain caption of a media message; empty when there is none."""
        return self.body if self.content else ""

    @property
    def html(self) -> str:
        """Text or caption as Telegram HTML."""
        return formatting.to_html(self.body, self.entities)

    @property
    def photo(self) -> list[Json]:
        """The sizes of a photo, smallest first; empty for anything else."""
        sizes: list[Json] = self.content.get("photo", [])
        return sizes

    @property
    def document(self) -> Json | None:
        """The document object, if this is one."""
        return self.content.get("document")

    @property
    def video(self) -> Json | None:
        """The video object, if this is one."""
        return self.content.get("video")

    @property
    def voice(self) -> Json | None:
        """The voice object, if this is one."""
        return self.content.get("voice")

    @property
    def file_id(self) -> str | None:
        """The file behind a media message (the largest size of a photo)."""
        if self.photo:
            return str(self.photo[-1]["file_id"])
        media = self.content.get(self.kind)
        return media.get("file_id") if isinstance(media, dict) else None

    @property
    def buttons(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return [[_button(raw) for raw in row] for row in rows]

    def all_buttons(self) -> Iterator[Button]:
        """The inline keyboard as one sequence."""
        for row in self.buttons:
            yield from row

    def payload(self, *, nested: bool = False) -> Json:
        """As the Bot API shows it; a nested one (a reply's target) leaves out its own target."""
        result: Json = {"message_id": self.message_id, "date": int(self.date.timestamp()), "chat": self.chat.payload()}
        if self.sender is not None:
            result["from"] = self.sender
        elif self.chat.kind == "channel":
            result["sender_chat"] = self.chat.payload()
        if self.thread_id is not None:
            result |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.edited_at is not None:
            result["edit_date"] = int(self.edited_at.timestamp())
        if self.media_group_id is not None:
            result["media_group_id"] = self.media_group_id
        if self.forward_origin is not None:
            result["forward_origin"] = self.forward_origin
        if self.via_bot is not None:
            result["via_bot"] = self.via_bot
        if self.reply_to is not None and not nested:
            result["reply_to_message"] = self.reply_to.payload(nested=True)
        if self.quote is not None:
            result["quote"] = self.quote
        if self.protected:
            result["has_protected_content"] = True
        if self.link_preview is not None:
            result["link_preview_options"] = self.link_preview
        result |= self._body_payload()
        return result

    def _body_payload(self) -> Json:
        result: Json = dict(self.content)
        if "animation" in result:
            result.setdefault("document", {k: v for k, v in result["animation"].items() if k in _DOCUMENT_FIELDS})
        if self.body:
            names = ("caption", "caption_entities") if self.content else ("text", "entities")
            result[names[0]] = self.body
            if self.entities:
                result[names[1]] = list(self.entities)
        if self.above_media:
            result["show_caption_above_media"] = True
        if self.spoiler:
            result["has_media_spoiler"] = True
        if self.markup is not None:
            result["reply_markup"] = self.markup
        return result


_DOCUMENT_FIELDS: Final = frozenset({"file_id", "file_unique_id", "file_name", "mime_type", "file_size"})


def _button(raw: Json) -> Button:
    return Button(
        label=raw["text"],
        data=raw.get("callback_data"),
        url=raw.get("url"),
        copy_text=(raw.get("copy_text") or {}).get("text"),
        web_app=(raw.get("web_app") or {}).get("url"),
    )


@dataclass(slots=True)
class Query:
    """One press of an inline button, alive until it expires or is answered."""

    query_id: str
    user_id: int
    message: Message
    data: str
    pressed_at: datetime
    expires_at: datetime
    update_id: int = 0
    answered_at: datetime | None = None
    answer: Json = field(default_factory=dict)
