"""/drafts: the list, the search, one draft's story and versions, withdrawing, copying."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.drafts import DraftState
from domain.errors import NotFound
from domain.rights import Action
from domain.usecases import my_drafts
from handlers.access import needs
from handlers.draft_panel import below
from handlers.filters import Expecting, Private
from handlers.post import Poster
from handlers.screens import my_drafts as screens
from handlers.screens.drafts import DraftButton
from handlers.screens.my_drafts_button import MyButton
from handlers.screens.nav import Go
from handlers.show import send, show
from handlers.turn import Turn

router = Router(name="my_drafts")
router.message.filter(Private())

WRITE = needs(Action.DRAFT_WRITE)


@router.message(Command("drafts"), flags=WRITE)
@router.callback_query(Go.filter(F.to == "drafts"), flags=WRITE)
async def listing(event: Message | CallbackQuery, turn: Turn) -> None:
    await show(event, screens.listing(await turn.read(my_drafts.listing), turn.words))


@router.callback_query(DraftButton.filter(F.verb == "list"), flags=WRITE)
async def from_elsewhere(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> None:
    """Also pages of lists from before there were states; `arg` was the first one shown."""
    first = int(callback_data.arg) if callback_data.arg.isdecimal() else 0
    await show(query, screens.listing(await turn.read(my_drafts.listing, None, first // my_drafts.PAGE), turn.words))


@router.callback_query(MyButton.filter(F.verb == "list"), flags=WRITE)
async def some(query: CallbackQuery, callback_data: MyButton, turn: Turn) -> None:
    view = await turn.read(my_drafts.listing, _state(callback_data.arg), callback_data.page)
    await show(query, screens.listing(view, turn.words))


# --- searching -------------------------------------------------------------------------------------------------------


@router.callback_query(MyButton.filter(F.verb == "search"), flags=WRITE)
async def ask_words(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(my_drafts.ask_words, now=turn.now)
    await show(query, screens.ask_words(turn.words))


@router.message(Expecting(my_drafts.QUESTION), flags=WRITE)
async def search(message: Message, turn: Turn) -> None:
    words = (message.text or "").strip()
    if not words:
        await show(message, screens.no_words(turn.words))
        return
    await show(message, screens.found(await turn.run(my_drafts.search, words), turn.words))


# --- one draft -------------------------------------------------------------------------------------------------------


@router.callback_query(MyButton.filter(F.verb == "story"), flags=WRITE)
async def story(query: CallbackQuery, callback_data: MyButton, turn: Turn) -> None:
    view = await turn.read(my_drafts.story, callback_data.id)
    await show(query, screens.story(view, turn.actor.person.zone, turn.now, turn.words))


@router.callback_query(MyButton.filter(F.verb == "version"), flags=WRITE)
async def version(query: CallbackQuery, callback_data: MyButton, turn: Turn) -> None:
    old, _ = await turn.read(my_drafts.version, callback_data.id, callback_data.page)
    await show(query, screens.version(old, turn.actor.person.zone, turn.now, turn.words))


@router.callback_query(MyButton.filter(F.verb == "whole"), flags=WRITE)
async def whole(query: CallbackQuery, callback_data: MyButton, turn: Turn, post: Poster) -> None:
    """In full below, with the same buttons after it."""
    old, stored = await turn.read(my_drafts.version, callback_data.id, callback_data.page)
    await post.content(turn.visitor.telegram_id, screens.whole(old, stored, turn.bot.id))
    await send(query, screens.version(old, turn.actor.person.zone, turn.now, turn.words))


@router.callback_query(MyButton.filter(F.verb == "withdraw"), flags=WRITE)
async def ask_before_withdrawing(query: CallbackQuery, callback_data: MyButton, turn: Turn) -> None:
    view = await turn.read(my_drafts.story, callback_data.id)
    await show(query, screens.confirm_withdraw(view.sheet.draft, turn.words))


@router.callback_query(MyButton.filter(F.verb == "withdraw!"), flags=WRITE)
async def withdraw(query: CallbackQuery, callback_data: MyButton, turn: Turn) -> None:
    await turn.run(my_drafts.withdraw, callback_data.id, callback_data.version, now=turn.now)
    view = await turn.read(my_drafts.listing)
    await show(query, screens.listing(view, turn.words, screens.withdrawn_line(turn.words)))


@router.callback_query(MyButton.filter(F.verb == "copy"), flags=WRITE)
async def copy(_: CallbackQuery, callback_data: MyButton, turn: Turn, post: Poster) -> None:
    view = await turn.run(my_drafts.copy, callback_data.id, now=turn.now)
    await below(turn, post, view, note=screens.copied(turn.words))


def _state(value: str) -> DraftState | None:
    try:
        return DraftState(value) if value else None
    except ValueError:
        raise NotFound("button") from None
