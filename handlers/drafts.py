"""Writing drafts: a message in, the draft's panel out."""

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from domain.drafts import CloseText, DraftClosed
from domain.ports.link_reader import LinkReader
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import drafts
from domain.usecases.drafts import Incoming, Panel
from handlers.access import needs
from handlers.draft_panel import below, here, redraw, then_panel
from handlers.filters import Expecting, Private
from handlers.incoming import file_of, incoming, with_page
from handlers.post import Poster
from handlers.screens import drafts as screens
from handlers.screens.drafts import DraftButton
from handlers.screens.nav import Go
from handlers.show import send, show, toast
from handlers.turn import Turn

router = Router(name="drafts")
router.message.filter(Private())
intake = Router(name="drafts.intake")
"""Asked last: what nobody else wanted and could be a post becomes a draft."""

Write = Callable[[Incoming], Awaitable[Panel]]
WRITE = needs(Action.DRAFT_WRITE)


class CouldBePost(Filter):
    """A member's private message with a text or a file that can be published; commands are not."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        if message.chat.type != "private" or (message.text or "").startswith("/"):
            return False
        return bool(message.text or file_of(message)) and await turn.find_actor() is not None


# --- messages --------------------------------------------------------------------------------------------------------


@router.message(Command("draft"), flags=WRITE)
@router.callback_query(Go.filter(F.to == "draft"), flags=WRITE)
async def begin(event: Message | CallbackQuery, turn: Turn) -> None:
    unfinished = await turn.run(drafts.begin, new=False, now=turn.now)
    await show(event, screens.unfinished(unfinished, turn.words) if unfinished else screens.ask(turn.words))


@router.message(Expecting(drafts.QUESTION), CouldBePost(), flags=WRITE)
async def text_asked_for(
    message: Message, turn: Turn, expectation: Expectation, post: Poster, link_reader: LinkReader | None
) -> None:
    """The first message of a new draft, or what replaces the text of draft N as it stands."""
    number = expectation.subject_id
    reader = None if number else link_reader
    await begun(message, turn, post, reader, lambda came: turn.run(drafts.answer, number, came, now=turn.now))


@intake.message(CouldBePost(), flags=WRITE)
async def plain_message(message: Message, turn: Turn, post: Poster, link_reader: LinkReader | None) -> None:
    await begun(message, turn, post, link_reader, lambda came: turn.run(drafts.write, came, now=turn.now))


@router.edited_message(CouldBePost(), flags=WRITE)
async def own_message_edited(message: Message, turn: Turn, post: Poster) -> None:
    """The draft made from the message follows, or its author hears why not; edits of anything else mean nothing."""
    text = message.text or message.caption or ""
    view = await turn.run(drafts.edited, message.message_id, text, now=turn.now)
    if view is not None:
        await redraw(turn, post, view)


# --- buttons ---------------------------------------------------------------------------------------------------------


@router.callback_query(DraftButton.filter(F.verb == "new"), flags=WRITE)
async def new_draft(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(drafts.begin, new=True, now=turn.now)
    await show(query, screens.ask(turn.words))


@router.callback_query(DraftButton.filter(F.verb == "open"), flags=WRITE)
async def open_draft(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    await here(query, turn, await turn.read(drafts.panel, callback_data.id, now=turn.now))


@router.callback_query(DraftButton.filter(F.verb == "fix"), flags=WRITE)
async def fix_draft(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    """From the news of a decision, which stays readable above: the next message is the mended text."""
    draft = await turn.run(drafts.ask_text, callback_data.id, now=turn.now)
    await send(query, screens.ask_new_text(draft, turn.words))


@router.callback_query(DraftButton.filter(F.verb == "back"), flags=WRITE)
async def stop_asking(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    await here(query, turn, await turn.run(drafts.stop_asking, callback_data.id))


@router.callback_query(DraftButton.filter(F.verb == "pages"), flags=WRITE)
async def other_pages(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    await here(query, turn, await turn.read(drafts.panel, callback_data.id, now=turn.now), first=_number(callback_data))


@router.callback_query(DraftButton.filter(F.verb == "page"), flags=WRITE)
async def toggle_page(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    cb = callback_data
    act = turn.run(drafts.toggle_page, cb.id, cb.version, cb.arg, now=turn.now)
    await then_panel(query, turn, cb, act)


@router.callback_query(DraftButton.filter(F.verb == "text"), flags=WRITE)
async def change_text(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    draft = await turn.run(drafts.ask_text, callback_data.id, now=turn.now)
    await show(query, screens.ask_new_text(draft, turn.words))


@router.callback_query(DraftButton.filter(F.verb == "preview"), flags=WRITE)
async def preview(_: CallbackQuery, callback_data: DraftButton, turn: Turn, post: Poster) -> None:
    view, stored = await turn.read(drafts.preview, callback_data.id)
    content = screens.reading(view, stored, turn.bot.id, turn.words)
    await below(turn, post, view, content)


@router.callback_query(DraftButton.filter(F.verb.in_({"submit", "submit!"})), flags=WRITE)
async def submit(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    cb, hours, sure = callback_data, turn.settings.decide_hours, callback_data.verb == "submit!"
    act = turn.run(drafts.submit, cb.id, cb.version, hours=hours, work=turn.settings.work, sure=sure, now=turn.now)
    try:
        await then_panel(query, turn, cb, act)
    except CloseText:
        view = await turn.read(drafts.panel, cb.id, now=turn.now)
        await show(query, screens.confirm_close(view.draft, turn.words))


@router.callback_query(DraftButton.filter(F.verb == "take"), flags=WRITE)
async def take_back(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    cb = callback_data
    await then_panel(query, turn, cb, turn.run(drafts.take_back, cb.id, cb.version, now=turn.now))


@router.callback_query(DraftButton.filter(F.verb == "join"), flags=WRITE)
async def join(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    cb = callback_data
    try:
        view = await turn.run(drafts.join, cb.id, cb.version, _number(cb), now=turn.now)
    except DraftClosed:
        await toast(query, screens.not_joined_toast(turn.words), alert=True)
        view = await turn.read(drafts.panel, cb.id, now=turn.now)
    await here(query, turn, view)


@router.callback_query(DraftButton.filter(F.verb == "delete"), flags=WRITE)
async def ask_before_deleting(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    view = await turn.read(drafts.panel, callback_data.id, now=turn.now)
    await show(query, screens.confirm_delete(view.draft, turn.words))


@router.callback_query(DraftButton.filter(F.verb == "delete!"), flags=WRITE)
async def delete(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    cb = callback_data
    await then_panel(query, turn, cb, turn.run(drafts.delete, cb.id, cb.version, now=turn.now))


# --- inside ----------------------------------------------------------------------------------------------------------


def _number(cb: DraftButton) -> int:
    """A number in a button's argument; whatever else a client may send counts as 0."""
    return int(cb.arg) if cb.arg.isdecimal() else 0


async def begun(message: Message, turn: Turn, post: Poster, link_reader: LinkReader | None, write: Write) -> None:
    """A new draft from a message; a bare link brings what its page says."""
    came, could_read = await with_page(await incoming(message, turn), link_reader)
    view = await write(came)
    if view.grown:
        await redraw(turn, post, view)
    else:
        note = None if could_read is None else screens.link_note(turn.words, could_read=could_read)
        await below(turn, post, view, note=note)
