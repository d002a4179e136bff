"""What a message brings to a draft: its text, its file, whom it was forwarded from, the page behind a link."""

from dataclasses import replace

from aiogram.types import (
    Animation,
    Audio,
    Document,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    PhotoSize,
    Video,
    Voice,
)

from domain.drafts import MediaRef
from domain.link_drafts import bare_link, host_of, proposal
from domain.names import readable
from domain.ports.link_reader import LinkReader
from domain.usecases.drafts import Incoming
from handlers.turn import Turn

File = PhotoSize | Video | Voice | Audio | Animation | Document


async def incoming(message: Message, turn: Turn) -> Incoming:
    """The message as it is; its file is fetched before the transaction."""
    file = file_of(message)
    media: tuple[MediaRef, ...] = ()
    if file is not None:
        kind, what = file
        ref = await turn.media.fetch(
            what.file_id,
            kind,
            size=what.file_size,
            unique_id=what.file_unique_id,
            name=getattr(what, "file_name", None) or "",
            mime=getattr(what, "mime_type", None) or ("image/jpeg" if kind == "photo" else ""),
        )
        media = (ref,)
    return Incoming(
        text=message.text or message.caption or "",
        media=media,
        source=_source(message),
        message_id=message.message_id,
        album=message.media_group_id or "",
    )


async def with_page(came: Incoming, reader: LinkReader | None) -> tuple[Incoming, bool | None]:
    """A bare link becomes a text about its page; whether the page could be read, None for everything else.

    Later edits of the message are not followed then: they could only put the link in place of the text.
    """
    url = bare_link(came.text) if not (came.media or came.source) else None
    if url is None or reader is None:
        return came, None
    page = await reader.read(url)
    if page is None:
        return replace(came, source=host_of(url)), False
    return replace(came, text=proposal(page.title, page.description, url), source=host_of(url), message_id=0), True


def file_of(message: Message) -> tuple[str, File] | None:
    """The kind and the file of a message that a draft can keep. An animation also carries itself as a document."""
    if message.photo:
        return "photo", message.photo[-1]
    named = {
        "video": message.video,
        "voice": message.voice,
        "audio": message.audio,
        "animation": message.animation,
        "document": message.document,
    }
    return next(((kind, file) for kind, file in named.items() if file is not None), None)


def _source(message: Message) -> str:
    """Who wrote a forwarded message, as Telegram names them."""
    match message.forward_origin:
        case MessageOriginUser(sender_user=user):
            return readable(user.full_name)
        case MessageOriginHiddenUser(sender_user_name=name):
            return readable(name)
        case MessageOriginChat(sender_chat=chat):
            return readable(chat.full_name)
        case MessageOriginChannel(chat=chat):
            return readable(chat.full_name)
        case _:
            return ""
