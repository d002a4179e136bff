"""/broadcast: a message to the team, from the text to its summary."""

from collections.abc import Awaitable
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import (
    Animation,
    Audio,
    BufferedInputFile,
    CallbackQuery,
    Document,
    Message,
    MessageEntity,
    PhotoSize,
    Video,
    Voice,
)

from domain.broadcasts import BroadcastChanged, BroadcastState
from domain.drafts import MediaRef
from domain.notices import CardCopy
from domain.ports import UnitOfWork
from domain.ports.record import Expectation
from domain.rights import Action, may
from domain.usecases import broadcasts, team
from domain.usecases.broadcasts import View, Written
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.live import make_live
from handlers.post import Poster
from handlers.screens import broadcasts as screens
from handlers.screens.base import Screen
from handlers.screens.broadcasts import BroadcastButton
from handlers.screens.nav import Go
from handlers.show import send, show, toast
from handlers.turn import Turn

router = Router(name="broadcasts")
router.message.filter(Private())

SEND = needs(Action.BROADCAST)
File = PhotoSize | Video | Animation | Voice | Audio | Document
KEPT_ENTITIES = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "text_link",
        "blockquote",
        "expandable_blockquote",
    }
)
"""Formatting that a bot can send on; links, mentions and hashtags Telegram finds again by itself."""


class JoinsAlbum(Filter):
    """A further item of the album that the author's message came as."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        album = message.media_group_id
        if not album or not may(await turn.find_actor(), Action.BROADCAST):
            return False
        return await turn.read(broadcasts.joins, album)


# --- messages --------------------------------------------------------------------------------------------------------


@router.message(Command("broadcast"), flags=SEND)
@router.callback_query(Go.filter(F.to == "broadcast"), flags=SEND)
async def begin(event: Message | CallbackQuery, turn: Turn, post: Poster) -> None:
    found = await turn.run(broadcasts.begin, new=False, now=turn.now)
    if found is None:
        await show(event, screens.ask(turn.words))
    else:
        await _below(turn, post, found)


@router.message(Expecting(broadcasts.QUESTION), flags=SEND)
async def written(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    came = await _written(message, turn)
    await _below(turn, post, await turn.run(broadcasts.write, expectation.subject_id, came, now=turn.now))


@router.message(JoinsAlbum(), flags=SEND)
async def album_goes_on(message: Message, turn: Turn, post: Poster) -> None:
    await _below(turn, post, await turn.run(broadcasts.join_album, await _written(message, turn)))


# --- buttons ---------------------------------------------------------------------------------------------------------


@router.callback_query(BroadcastButton.filter(F.verb == "new"), flags=SEND)
async def another(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(broadcasts.begin, new=True, now=turn.now)
    await show(query, screens.ask(turn.words))


@router.callback_query(BroadcastButton.filter(F.verb == "show"), flags=SEND)
async def panel(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn, post: Poster) -> None:
    await _here(query, turn, post, await turn.read(broadcasts.view, callback_data.id))


@router.callback_query(BroadcastButton.filter(F.verb == "text"), flags=SEND)
async def change_text(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    try:
        broadcast = await turn.run(broadcasts.ask_text, cb.id, cb.version, now=turn.now)
    except BroadcastChanged:
        await _as_it_stands(query, turn, post, cb)
    else:
        await show(query, screens.ask_new_text(broadcast, turn.words))


@router.callback_query(BroadcastButton.filter(F.verb == "roles"), flags=SEND)
async def roles(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn) -> None:
    view = await turn.read(broadcasts.view, callback_data.id)
    await show(query, screens.roles(view, turn.settings.send_rate, turn.words))


@router.callback_query(BroadcastButton.filter(F.verb == "role"), flags=SEND)
async def toggle_role(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    view = await _changed(query, turn, post, cb, turn.run(broadcasts.toggle_role, cb.id, cb.version, cb.arg))
    if view is not None:
        await show(query, screens.roles(view, turn.settings.send_rate, turn.words))


@router.callback_query(BroadcastButton.filter(F.verb == "regions"), flags=SEND)
async def regions(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn) -> None:
    view = await turn.read(broadcasts.view, callback_data.id)
    page = int(callback_data.arg) if callback_data.arg.isdecimal() else 0
    await show(query, screens.regions(view, page, turn.settings.send_rate, turn.words))


@router.callback_query(BroadcastButton.filter(F.verb == "region"), flags=SEND)
async def toggle_region(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    view = await _changed(query, turn, post, cb, turn.run(broadcasts.toggle_region, cb.id, cb.version, cb.arg))
    if view is not None:
        page = screens.page_of(view, cb.arg)
        await show(query, screens.regions(view, page, turn.settings.send_rate, turn.words))


@router.callback_query(BroadcastButton.filter(F.verb == "all"), flags=SEND)
async def to_everybody(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    view = await _changed(query, turn, post, cb, turn.run(broadcasts.to_everybody, cb.id, cb.version))
    if view is not None:
        await _here(query, turn, post, view)


@router.callback_query(BroadcastButton.filter(F.verb == "send"), flags=SEND)
async def ask_before_sending(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn, post: Poster) -> None:
    view = await turn.read(broadcasts.view, callback_data.id)
    if view.broadcast.version != callback_data.version:
        await _as_it_stands(query, turn, post, callback_data)
    else:
        await show(query, screens.confirm(view, turn.settings.send_rate, turn.words))


@router.callback_query(BroadcastButton.filter(F.verb == "send!"), flags=SEND)
async def start(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    view = await _changed(query, turn, post, cb, turn.run(broadcasts.start, cb.id, cb.version, now=turn.now))
    if view is not None:
        await _here(query, turn, post, view)


@router.callback_query(BroadcastButton.filter(F.verb == "stop"), flags=SEND)
async def ask_before_stopping(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn, post: Poster) -> None:
    """Asked below, since the card itself goes on being redrawn; the answer's message becomes the card."""
    view = await turn.read(broadcasts.view, callback_data.id)
    if view.broadcast.state is not BroadcastState.SENDING:
        await _as_it_stands(query, turn, post, callback_data)
    else:
        await send(query, screens.confirm_stop(view, turn.words))


@router.callback_query(BroadcastButton.filter(F.verb == "stop!"), flags=SEND)
async def stop(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    view = await _changed(query, turn, post, cb, turn.run(broadcasts.stop, cb.id, cb.version, now=turn.now))
    if view is not None:
        await _here(query, turn, post, view)


@router.callback_query(BroadcastButton.filter(F.verb == "drop"), flags=SEND)
async def drop(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    try:
        await turn.run(broadcasts.drop, cb.id, cb.version, now=turn.now)
    except BroadcastChanged:
        await _as_it_stands(query, turn, post, cb)
    else:
        await show(query, screens.dropped(turn.words))


@router.callback_query(BroadcastButton.filter(F.verb == "missed"), flags=SEND)
async def missed(query: CallbackQuery, callback_data: BroadcastButton, turn: Turn) -> None:
    """Everybody it did not reach, as a file below."""
    _, found = await turn.read(broadcasts.all_missed, callback_data.id)
    w = turn.words
    text = screens.missed_file(found, await turn.db.read(team.names_of_regions), w)
    file = BufferedInputFile(text.encode(), screens.missed_file_name(w))
    await turn.bot.send_document(query.from_user.id, file)


# --- inside ----------------------------------------------------------------------------------------------------------


async def _changed(
    query: CallbackQuery, turn: Turn, post: Poster, cb: BroadcastButton, act: Awaitable[View]
) -> View | None:
    """What a press changed; None when its button was old: then it shows how things stand now."""
    try:
        return await act
    except BroadcastChanged:
        await _as_it_stands(query, turn, post, cb)
        return None


async def _as_it_stands(query: CallbackQuery, turn: Turn, post: Poster, cb: BroadcastButton) -> None:
    await toast(query, screens.stale_toast(turn.words))
    await _here(query, turn, post, await turn.read(broadcasts.view, cb.id))


def _panel(turn: Turn, view: View) -> Screen:
    return screens.panel(view, turn.settings.send_rate, turn.words, turn.actor.person.zone, turn.now)


async def _here(query: CallbackQuery, turn: Turn, post: Poster, view: View) -> None:
    """The pressed message becomes the panel, and from the start on its progress card."""
    screen = _panel(turn, view)
    await show(query, screen)
    if query.message is not None and view.broadcast.started_at is not None:
        await _remember(turn, post, view, query.message.message_id, screen)


async def _below(turn: Turn, post: Poster, view: View) -> None:
    """A new panel at the end of the chat; what is still being written stands above it, exactly as everybody gets it."""
    chat_id = turn.visitor.telegram_id
    if view.broadcast.state is BroadcastState.WRITING:
        shown, stored = await turn.read(broadcasts.preview, view.broadcast.id)
        await post.content(chat_id, screens.message(shown.broadcast, stored, turn.bot.id))
    screen = _panel(turn, view)
    message_id = await post.screen(chat_id, screen)
    if view.broadcast.started_at is not None:
        await _remember(turn, post, view, message_id, screen)


async def _remember(turn: Turn, post: Poster, view: View, message_id: int, screen: Screen) -> None:
    """Bookkeeping: this message is the progress card now; an older one goes away."""
    subject, version = broadcasts.card_subject(view.broadcast.id), view.broadcast.version

    async def keep(uow: UnitOfWork) -> list[CardCopy]:
        return await make_live(uow, turn, message_id, screen, subject=subject, purpose="broadcast", version=version)

    older = await turn.db.run(keep)
    await post.delete(turn.visitor.telegram_id, [copy.message_id for copy in older])


async def _written(message: Message, turn: Turn) -> Written:
    """What the message brings; its file is fetched before the transaction."""
    entities: list[MessageEntity] = message.entities or message.caption_entities or []
    kept = tuple(_as_json(entity) for entity in entities if entity.type in KEPT_ENTITIES)
    media = await _media(message, turn)
    return Written(message.text or message.caption or "", kept, media, message.media_group_id or "")


def _as_json(entity: MessageEntity) -> dict[str, Any]:
    return entity.model_dump(mode="json", exclude_none=True)


async def _media(message: Message, turn: Turn) -> tuple[MediaRef, ...]:
    """The message's file, stored under its hash. An animation also carries itself as a document."""
    photo = message.photo[-1] if message.photo else None
    named: dict[str, File | None] = {
        "photo": photo,
        "video": message.video,
        "animation": message.animation,
        "voice": message.voice,
        "audio": message.audio,
        "document": message.document,
    }
    found = next(((kind, file) for kind, file in named.items() if file is not None), None)
    if found is None:
        return ()
    kind, file = found
    name = getattr(file, "file_name", None) or ""
    mime = getattr(file, "mime_type", None) or ("image/jpeg" if kind == "photo" else "")
    unique_id = file.file_unique_id
    ref = await turn.media.fetch(file.file_id, kind, size=file.file_size, unique_id=unique_id, name=name, mime=mime)
    return (ref,)
