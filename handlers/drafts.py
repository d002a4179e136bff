"""Writing drafts: a message in, the draft's panel out."""

from collections.abc import Awaitable, Sequence

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import (
    Animation,
    Audio,
    CallbackQuery,
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

from domain.drafts import CloseText, DraftChanged, MediaRef, page_key
from domain.ports import UnitOfWork
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import drafts
from domain.usecases.drafts import Incoming, Panel
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.post import Poster
from handlers.screens import drafts as screens
from handlers.screens.base import Content, Screen
from handlers.screens.drafts import LIST_SHOWN, DraftButton
from handlers.screens.nav import Go
from handlers.show import send, show, toast
from handlers.turn import Turn

router = Router(name="drafts")
router.message.filter(Private())
intake = Router(name="drafts.intake")
"""Asked last: what nobody else wanted and could be a post becomes a draft."""

File = PhotoSize | Video | Voice | Audio | Animation | Document
WRITE = needs(Action.DRAFT_WRITE)


class CouldBePost(Filter):
    """A member's private message with a text or a file that can be published; commands are not."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        if message.chat.type != "private" or (message.text or "").startswith("/"):
            return False
        return bool(message.text or _file(message)) and await turn.find_actor() is not None


# --- messages --------------------------------------------------------------------------------------------------------


@router.message(Command("draft"), flags=WRITE)
@router.callback_query(Go.filter(F.to == "draft"), flags=WRITE)
async def begin(event: Message | CallbackQuery, turn: Turn) -> None:
    unfinished = await turn.run(drafts.begin, new=False, now=turn.now)
    await show(event, screens.unfinished(unfinished, turn.words) if unfinished else screens.ask(turn.words))


@router.message(Command("drafts"), flags=WRITE)
@router.callback_query(Go.filter(F.to == "drafts"), flags=WRITE)
async def listing(event: Message | CallbackQuery, turn: Turn) -> None:
    found = await turn.read(drafts.mine, LIST_SHOWN + 1)
    await show(event, screens.listing(found, 0, turn.words))


@router.message(Expecting(drafts.QUESTION), CouldBePost(), flags=WRITE)
async def text_asked_for(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    came = await _incoming(message, turn)
    await _below(turn, post, await turn.run(drafts.answer, expectation.subject_id, came, now=turn.now))


@intake.message(CouldBePost(), flags=WRITE)
async def plain_message(message: Message, turn: Turn, post: Poster) -> None:
    came = await _incoming(message, turn)
    view = await turn.run(drafts.write, came, now=turn.now)
    if view.grown:
        await _redraw(turn, post, view)
    else:
        await _below(turn, post, view)


@router.edited_message(CouldBePost(), flags=WRITE)
async def own_message_edited(message: Message, turn: Turn, post: Poster) -> None:
    """The draft made from the message follows; edits of anything else mean nothing."""
    text = message.text or message.caption or ""
    view = await turn.run(drafts.edited, message.message_id, text, now=turn.now)
    if view is not None:
        await _redraw(turn, post, view)


# --- buttons ---------------------------------------------------------------------------------------------------------


@router.callback_query(DraftButton.filter(F.verb == "new"), flags=WRITE)
async def new_draft(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(drafts.begin, new=True, now=turn.now)
    await show(query, screens.ask(turn.words))


@router.callback_query(DraftButton.filter(F.verb == "list"), flags=WRITE)
async def drafts_page(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    first = _number(callback_data)
    found = await turn.read(drafts.mine, LIST_SHOWN + 1, first)
    await show(query, screens.listing(found, first, turn.words))


@router.callback_query(DraftButton.filter(F.verb == "open"), flags=WRITE)
async def open_draft(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    await _here(query, turn, await turn.read(drafts.panel, callback_data.id))


@router.callback_query(DraftButton.filter(F.verb == "fix"), flags=WRITE)
async def fix_draft(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    """From the news of a decision, which stays readable above: the next message is the mended text."""
    draft = await turn.run(drafts.ask_text, callback_data.id, now=turn.now)
    await send(query, screens.ask_new_text(draft, turn.words))


@router.callback_query(DraftButton.filter(F.verb == "back"), flags=WRITE)
async def stop_asking(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    await _here(query, turn, await turn.run(drafts.stop_asking, callback_data.id))


@router.callback_query(DraftButton.filter(F.verb == "pages"), flags=WRITE)
async def other_pages(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    await _here(query, turn, await turn.read(drafts.panel, callback_data.id), first=_number(callback_data))


@router.callback_query(DraftButton.filter(F.verb == "page"), flags=WRITE)
async def toggle_page(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    cb = callback_data
    act = turn.run(drafts.toggle_page, cb.id, cb.version, cb.arg, now=turn.now)
    await _then_panel(query, turn, cb, act)


@router.callback_query(DraftButton.filter(F.verb == "text"), flags=WRITE)
async def change_text(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    draft = await turn.run(drafts.ask_text, callback_data.id, now=turn.now)
    await show(query, screens.ask_new_text(draft, turn.words))


@router.callback_query(DraftButton.filter(F.verb == "preview"), flags=WRITE)
async def preview(_: CallbackQuery, callback_data: DraftButton, turn: Turn, post: Poster) -> None:
    view, stored = await turn.read(drafts.preview, callback_data.id)
    content = screens.reading(view, stored, turn.bot.id, turn.words)
    await _below(turn, post, view, content)


@router.callback_query(DraftButton.filter(F.verb.in_({"submit", "submit!"})), flags=WRITE)
async def submit(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    cb, hours, sure = callback_data, turn.settings.decide_hours, callback_data.verb == "submit!"
    act = turn.run(drafts.submit, cb.id, cb.version, hours=hours, sure=sure, now=turn.now)
    try:
        await _then_panel(query, turn, cb, act)
    except CloseText:
        view = await turn.read(drafts.panel, cb.id)
        await show(query, screens.confirm_close(view.draft, turn.words))


@router.callback_query(DraftButton.filter(F.verb == "take"), flags=WRITE)
async def take_back(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    cb = callback_data
    await _then_panel(query, turn, cb, turn.run(drafts.take_back, cb.id, cb.version, now=turn.now))


@router.callback_query(DraftButton.filter(F.verb == "join"), flags=WRITE)
async def join(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    cb = callback_data
    view = await turn.run(drafts.join, cb.id, cb.version, _number(cb), now=turn.now)
    await _here(query, turn, view)


@router.callback_query(DraftButton.filter(F.verb == "delete"), flags=WRITE)
async def ask_before_deleting(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    view = await turn.read(drafts.panel, callback_data.id)
    await show(query, screens.confirm_delete(view.draft, turn.words))


@router.callback_query(DraftButton.filter(F.verb == "delete!"), flags=WRITE)
async def delete(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    cb = callback_data
    await _then_panel(query, turn, cb, turn.run(drafts.delete, cb.id, cb.version, now=turn.now))


# --- inside ----------------------------------------------------------------------------------------------------------


def _number(cb: DraftButton) -> int:
    """A number in a button's argument; whatever else a client may send counts as 0."""
    return int(cb.arg) if cb.arg.isdecimal() else 0


def _panel(turn: Turn, view: Panel, first: int = 0, *, previewed: bool = False) -> Screen:
    return screens.panel(view, turn.actor.person.zone, turn.now, turn.words, first, previewed=previewed)


def _page_shown(view: Panel, key: str) -> int:
    """The first page of the choice's screen on which a key stands, so that a toggle does not turn the page."""
    keys = [page_key(page.code) for page in view.choice]
    return keys.index(key) // screens.PAGES_SHOWN * screens.PAGES_SHOWN if key in keys else 0


async def _then_panel(query: CallbackQuery, turn: Turn, cb: DraftButton, act: Awaitable[Panel]) -> None:
    """The panel after a press; a button drawn for an older version only shows how things stand now."""
    try:
        view = await act
    except DraftChanged:
        await toast(query, screens.stale_toast(turn.words))
        await _here(query, turn, await turn.read(drafts.panel, cb.id))
    else:
        await show(query, _panel(turn, view, first=_page_shown(view, cb.arg)))


async def _here(query: CallbackQuery, turn: Turn, view: Panel, first: int = 0) -> None:
    """The pressed message becomes the draft's panel."""
    screen = _panel(turn, view, first)
    await show(query, screen)
    if query.message is not None:
        await _remember(turn, view, query.message.message_id, [], screen)


async def _below(turn: Turn, post: Poster, view: Panel, content: Sequence[Content] = ()) -> None:
    """A new panel at the end of the chat, with the preview above it; the older one goes away."""
    chat_id = turn.visitor.telegram_id
    screen = _panel(turn, view, previewed=bool(content))
    content_ids = await post.content(chat_id, content)
    message_id = await post.screen(chat_id, screen)
    gone = await _remember(turn, view, message_id, content_ids, screen)
    await post.delete(chat_id, gone)


async def _redraw(turn: Turn, post: Poster, view: Panel) -> None:
    """The panel that is on the screen follows its draft; without one it is sent."""
    person = turn.actor.id
    copies = await turn.db.read(lambda uow: uow.cards.of_person(person, "panel", view.draft.subject))
    if not copies or not await post.redraw(copies[0].chat_id, copies[0].message_id, _panel(turn, view)):
        await _below(turn, post, view)


async def _remember(turn: Turn, view: Panel, message_id: int, content_ids: list[int], screen: Screen) -> list[int]:
    """Bookkeeping: this message is the draft's panel now; returns the messages of older ones."""
    actor, chat_id, draft = turn.actor, turn.visitor.telegram_id, view.draft

    async def keep(uow: UnitOfWork) -> list[int]:
        older = [
            copy
            for copy in await uow.cards.of_person(actor.id, "panel", draft.subject)
            if copy.message_id != message_id
        ]
        for copy in older:
            await uow.cards.remove(copy.id)
        await uow.cards.add(
            person_id=actor.id,
            chat_id=chat_id,
            message_id=message_id,
            content_ids=content_ids,
            subject=draft.subject,
            purpose="panel",
            version=draft.version,
            fingerprint=screen.fingerprint,
            now=turn.now,
        )
        return [number for copy in older for number in (*copy.content_ids, copy.message_id)]

    return await turn.db.run(keep)


async def _incoming(message: Message, turn: Turn) -> Incoming:
    """What a message brings; its file is fetched before the transaction."""
    file = _file(message)
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


def _file(message: Message) -> tuple[str, File] | None:
    """The kind and the file of a message that can be published. An animation also carries itself as a document."""
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
            return user.full_name
        case MessageOriginHiddenUser(sender_user_name=name):
            return name
        case MessageOriginChat(sender_chat=chat):
            return chat.full_name
        case MessageOriginChannel(chat=chat):
            return chat.full_name
        case _:
            return ""
