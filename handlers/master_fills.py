"""Filling a master in: a question at a time, then handed in as an ordinary draft."""

from collections.abc import Awaitable

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from domain.drafts import CloseText
from domain.masters import BadAnswer, MasterChanged
from domain.ports import UnitOfWork
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import master_fills as fills
from domain.usecases import masters
from domain.usecases.master_fills import FillView
from handlers import draft_panel
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.incoming import incoming
from handlers.masters import number
from handlers.post import Poster
from handlers.screens import master_fills as screens
from handlers.screens import masters as list_screens
from handlers.screens.base import Card
from handlers.screens.masters import MasterButton
from handlers.show import show, toast
from handlers.turn import Turn

router = Router(name="master_fills")
router.message.filter(Private())

FILL = needs(Action.MASTER_FILL)
PURPOSE = "fill"
"""Of the card copy that shows the open question: there is one at a time."""


# --- the way in ------------------------------------------------------------------------------------------------------


@router.callback_query(MasterButton.filter(F.verb == "fill"), flags=FILL)
async def fill(query: CallbackQuery, callback_data: MasterButton, turn: Turn, post: Poster) -> None:
    """Straight to the first question, or to where they left it, when there is only one possibility."""
    choice = await turn.read(fills.choose, callback_data.id, now=turn.now)
    offered = [target for target in choice.targets if choice.open or target.key in choice.running]
    if len(offered) == 1:
        view = await turn.run(fills.begin, callback_data.id, offered[0].key, now=turn.now)
        await _below(turn, post, view)
    else:
        await show(query, screens.targets(choice, number(callback_data.arg), turn.words))


@router.callback_query(MasterButton.filter(F.verb == "begin"), flags=FILL)
async def begin(_: CallbackQuery, callback_data: MasterButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    await _below(turn, post, await turn.run(fills.begin, cb.id, cb.arg, now=turn.now))


# --- answers ---------------------------------------------------------------------------------------------------------


@router.message(Expecting(fills.QUESTION), F.text, flags=FILL)
async def answered(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    text = message.text or ""
    await _below(turn, post, await turn.run(fills.answer, expectation.subject_id, text, now=turn.now))


@router.message(Expecting(fills.QUESTION), F.photo, flags=FILL)
async def photo(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    """Looked at before it is fetched: at another question it is only said that words are wanted."""
    shown = await turn.read(fills.view, expectation.subject_id)
    if not (shown.wants_photo or shown.ready):
        raise BadAnswer("words")
    came = await incoming(message, turn)
    view = await turn.run(fills.photo, expectation.subject_id, came.media, came.album, now=turn.now)
    await _below(turn, post, view)


@router.message(Expecting(fills.QUESTION), flags=FILL)
async def not_an_answer(_: Message, turn: Turn, expectation: Expectation) -> None:
    """A voice, a sticker, a file: what is wanted is said, and still awaited."""
    shown = await turn.read(fills.view, expectation.subject_id)
    raise BadAnswer("photo" if shown.wants_photo or shown.ready else "words")


STEPS = {
    "back": fills.back,
    "keep": fills.keep,
    "nophoto": fills.without_photo,
    "redo": fills.redo,
    "anew": fills.anew,
}


@router.callback_query(MasterButton.filter(F.verb.in_(set(STEPS))), flags=FILL)
async def step(query: CallbackQuery, callback_data: MasterButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    view = await _or_as_it_stands(query, turn, post, cb, turn.run(STEPS[cb.verb], cb.id, cb.version, now=turn.now))
    if view is not None:
        await _below(turn, post, view)


@router.callback_query(MasterButton.filter(F.verb.in_({"hand", "hand!", "draft"})), flags=FILL)
async def hand_in(query: CallbackQuery, callback_data: MasterButton, turn: Turn, post: Poster) -> None:
    """The question's message becomes the panel of the draft, as after any handing in."""
    cb = callback_data
    act = turn.run(
        fills.hand_in,
        cb.id,
        cb.version,
        hours=turn.settings.decide_hours,
        work=turn.settings.work,
        sure=cb.verb == "hand!",
        submit=cb.verb != "draft",
        now=turn.now,
    )
    try:
        panel = await act
    except CloseText:
        await show(query, screens.confirm_close_text(await turn.read(fills.view, cb.id), turn.words))
    except MasterChanged:
        await _as_it_stands(query, turn, post, cb)
    else:
        await draft_panel.here(query, turn, panel)


# --- inside ----------------------------------------------------------------------------------------------------------


async def _or_as_it_stands(
    query: CallbackQuery, turn: Turn, post: Poster, cb: MasterButton, act: Awaitable[FillView]
) -> FillView | None:
    try:
        return await act
    except MasterChanged:
        await _as_it_stands(query, turn, post, cb)
        return None


async def _as_it_stands(query: CallbackQuery, turn: Turn, post: Poster, cb: MasterButton) -> None:
    """An old button: the question that is open now, or, when it was handed in, the list."""
    await toast(query, list_screens.stale_toast(turn.words))
    view = await turn.read(fills.view, cb.id)
    if view.fill.draft_id is None:
        await _below(turn, post, view)
    else:
        await show(query, list_screens.listing(await turn.read(masters.listing, now=turn.now), 0, turn.words))


async def _below(turn: Turn, post: Poster, view: FillView) -> None:
    """The open question at the end of the chat, at last the text with its photo; the one before goes away."""
    chat_id, w = turn.visitor.telegram_id, turn.words
    card = screens.preview(view, w, turn.bot.id) if view.ready else Card((), screens.question(view, w))
    content_ids = await post.content(chat_id, card.content)
    message_id = await post.screen(chat_id, card.control)
    person, fill = turn.actor.id, view.fill

    async def keep(uow: UnitOfWork) -> list[int]:
        older = await uow.cards.of_person(person, PURPOSE)
        for copy in older:
            await uow.cards.remove(copy.id)
        await uow.cards.add(
            person_id=person,
            chat_id=chat_id,
            message_id=message_id,
            content_ids=content_ids,
            subject=fill.subject,
            purpose=PURPOSE,
            version=fill.version,
            fingerprint=card.control.fingerprint,
            now=turn.now,
        )
        return [number for copy in older for number in (*copy.content_ids, copy.message_id)]

    await post.delete(chat_id, await turn.db.run(keep))
