"""Describing the pictures of a draft, one message each."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from domain.drafts import DraftChanged
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import alts
from domain.usecases.alts import Picture
from domain.usecases.drafts import Panel
from handlers.access import needs
from handlers.draft_panel import below, here, stale
from handlers.filters import Expecting, Private
from handlers.post import Poster
from handlers.screens import alts as screens
from handlers.screens.drafts import DraftButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="alts")
router.message.filter(Private())

WRITE = needs(Action.DRAFT_WRITE)


class Words(Filter):
    """A text of one's own that says something."""

    async def __call__(self, message: Message) -> bool:
        return bool((message.text or "").strip()) and message.forward_origin is None


@router.callback_query(DraftButton.filter(F.verb.in_({"alt", "alts"})), flags=WRITE)
async def describe(query: CallbackQuery, callback_data: DraftButton, turn: Turn, post: Poster) -> None:
    """The next picture: of those without a description, or of all."""
    cb, every = callback_data, callback_data.verb == "alts"
    after = int(cb.arg) if cb.arg.isdecimal() else 0
    try:
        found = await turn.run(alts.ask, cb.id, cb.version, after, every=every, now=turn.now)
    except DraftChanged:
        await stale(query, turn, cb.id)
    else:
        await _next(turn, post, found, every=every)


@router.message(Expecting(alts.QUESTION), Words(), flags=WRITE)
async def described(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    """One that is too long is refused in words; it is still awaited."""
    number, picture, every = expectation.subject_id, expectation.params["picture"], bool(expectation.params["every"])
    text = message.text or ""
    found = await turn.run(alts.describe, number, picture, text, every=every, now=turn.now)
    await _next(turn, post, found, every=every)


@router.message(Expecting(alts.QUESTION), flags=WRITE)
async def not_words(message: Message, turn: Turn, expectation: Expectation) -> None:
    await show(message, screens.no_words(expectation.subject_id, expectation.version, turn.words))


@router.callback_query(DraftButton.filter(F.verb == "altback"), flags=WRITE)
async def stop(query: CallbackQuery, callback_data: DraftButton, turn: Turn, post: Poster) -> None:
    await here(query, turn, await turn.run(alts.stop_asking, callback_data.id), without_content=post)


async def _next(turn: Turn, post: Poster, found: Picture | Panel, *, every: bool) -> None:
    """The picture with its question, in place of the panel; behind the last one the panel."""
    if isinstance(found, Picture):
        content = screens.content(found, turn.bot.id)
        await below(turn, post, Panel(found.draft), content, screen=screens.ask(found, turn.words, every=every))
    else:
        await below(turn, post, found)
