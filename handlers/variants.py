"""A text of its own for one network: list, look, write, back to the master; all texts for whoever decides."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from domain.drafts import DraftChanged
from domain.errors import NotFound
from domain.platforms import Platform
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import approvals, drafts, variants
from domain.usecases.drafts import Panel
from handlers.access import needs
from handlers.cards import send_card
from handlers.draft_panel import below, here, stale
from handlers.filters import Expecting, Private
from handlers.incoming import incoming
from handlers.post import Poster
from handlers.screens import variants as screens
from handlers.screens.drafts import DraftButton
from handlers.screens.variants import VariantButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="variants")
router.message.filter(Private())

WRITE = needs(Action.DRAFT_WRITE)


class PlainText(Filter):
    """A text in the author's own words: nothing forwarded, no file."""

    async def __call__(self, message: Message) -> bool:
        return bool((message.text or "").strip()) and message.forward_origin is None


@router.callback_query(DraftButton.filter(F.verb == "nets"), flags=WRITE)
async def networks(query: CallbackQuery, callback_data: DraftButton, turn: Turn, post: Poster) -> None:
    view = await turn.read(drafts.panel, callback_data.id)
    await here(query, turn, view, screen=screens.listing(view, turn.words), without_content=post)


@router.callback_query(VariantButton.filter(F.verb == "net"), flags=WRITE)
async def network(_: CallbackQuery, callback_data: VariantButton, turn: Turn, post: Poster) -> None:
    """The text as the network's readers will see it, in messages of its own."""
    await _shown(turn, post, callback_data.id, _network(callback_data.network))


@router.callback_query(VariantButton.filter(F.verb == "own"), flags=WRITE)
async def own_text(query: CallbackQuery, callback_data: VariantButton, turn: Turn) -> None:
    cb, where = callback_data, _network(callback_data.network)
    try:
        view = await turn.run(variants.ask, cb.id, cb.version, where, now=turn.now)
    except DraftChanged:
        await stale(query, turn, cb.id)
    else:
        await show(query, screens.ask(view, where, turn.words))


@router.message(Expecting(variants.QUESTION), PlainText(), flags=WRITE)
async def text_sent(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    number, where = expectation.subject_id, _network(expectation.params["network"])
    came = await incoming(message, turn)
    view = await turn.run(variants.write, number, where, came, now=turn.now)
    if view.draft.id == number:
        await _shown(turn, post, number, where)
    else:
        await below(turn, post, view)


@router.message(Expecting(variants.QUESTION), flags=WRITE)
async def no_text(message: Message, turn: Turn, expectation: Expectation) -> None:
    """A file, a forward: the text is still awaited."""
    where = _network(expectation.params["network"])
    await show(message, screens.no_text(expectation.subject_id, expectation.version, where, turn.words))


@router.callback_query(VariantButton.filter(F.verb == "keep"), flags=WRITE)
async def keep(query: CallbackQuery, callback_data: VariantButton, turn: Turn) -> None:
    view: Panel = await turn.run(variants.stop_asking, callback_data.id)
    await show(query, screens.one(view, _network(callback_data.network), turn.words))


@router.callback_query(VariantButton.filter(F.verb == "master"), flags=WRITE)
async def as_the_master(query: CallbackQuery, callback_data: VariantButton, turn: Turn, post: Poster) -> None:
    cb, where = callback_data, _network(callback_data.network)
    try:
        await turn.run(variants.drop, cb.id, cb.version, where, now=turn.now)
    except DraftChanged:
        await stale(query, turn, cb.id)
    else:
        await _shown(turn, post, cb.id, where)


@router.callback_query(VariantButton.filter(F.verb == "all"), flags=needs(Action.DRAFT_DECIDE))
async def every_text(_: CallbackQuery, callback_data: VariantButton, turn: Turn, post: Poster) -> None:
    """The card anew, with each text as its network will read it."""
    facts = await turn.read(approvals.card, callback_data.id, now=turn.now)
    await send_card(turn, post, facts, every=True)


# --- inside ----------------------------------------------------------------------------------------------------------


def _network(name: str) -> Platform:
    """Of a button; NotFound for what no button of ours says."""
    try:
        return Platform(name)
    except ValueError:
        raise NotFound("page") from None


async def _shown(turn: Turn, post: Poster, draft_id: int, where: Platform) -> None:
    view, stored = await turn.read(variants.look, draft_id, where)
    content = screens.content(view, where, stored, turn.bot.id, turn.words)
    await below(turn, post, view, content, screen=screens.one(view, where, turn.words))
