"""Walking the queue: card after card, skipping, narrowing it down."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.errors import NotFound
from domain.rights import Action
from domain.usecases import approvals, claims, queue
from handlers.access import needs
from handlers.cards import WithoutRights, place, send_card
from handlers.filters import Private
from handlers.post import Poster
from handlers.screens import queue as screens
from handlers.screens.approval_button import ApprovalButton
from handlers.screens.base import Screen
from handlers.screens.nav import Go
from handlers.show import send, show, toast
from handlers.turn import Turn

router = Router(name="queue")
router.message.filter(Private())
router.callback_query.middleware(WithoutRights())

DECIDE = needs(Action.DRAFT_DECIDE)
QUEUE = needs(Action.QUEUE)


@router.message(Command("queue"), flags=QUEUE)
@router.callback_query(Go.filter(F.to == "queue"), flags=QUEUE)
@router.callback_query(ApprovalButton.filter(F.verb == "open"), flags=QUEUE)
async def open_queue(event: Message | CallbackQuery, turn: Turn, post: Poster) -> None:
    facts = await turn.read(approvals.next_card, now=turn.now)
    if facts is None:
        await show(event, screens.nothing_waits(await turn.read(queue.view), turn.words))
    else:
        await send_card(turn, post, facts)


@router.callback_query(ApprovalButton.filter(F.verb == "next"), flags=DECIDE)
async def next_card(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn, post: Poster) -> None:
    facts = await turn.read(approvals.next_card, callback_data.id, now=turn.now)
    if facts is None:
        await send(query, await _end(turn))
    else:
        await send_card(turn, post, facts)


@router.callback_query(ApprovalButton.filter(F.verb == "skip"), flags=DECIDE)
async def skip(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn, post: Poster) -> None:
    """The card leaves the chat, not the queue."""
    facts = await turn.read(approvals.next_card, callback_data.id, now=turn.now)
    copy = await turn.db.read(lambda uow: uow.cards.find(*place(query)))
    if facts is None:
        await show(query, await _end(turn))
        gone = list(copy.content_ids) if copy else []
    else:
        await send_card(turn, post, facts)
        gone = [*(copy.content_ids if copy else ()), place(query)[1]]
    await turn.run(claims.skip, callback_data.id, copy.id if copy else None, now=turn.now)
    await post.delete(turn.visitor.telegram_id, gone)


@router.callback_query(ApprovalButton.filter(F.verb == "show"), flags=DECIDE)
async def show_anew(_: CallbackQuery, callback_data: ApprovalButton, turn: Turn, post: Poster) -> None:
    """The current version in full, in place of the card that showed an older one."""
    await send_card(turn, post, await turn.read(approvals.card, callback_data.id, now=turn.now))


# --- narrowing it down -----------------------------------------------------------------------------------------------


@router.callback_query(ApprovalButton.filter(F.verb == "filter"), flags=QUEUE)
async def ask_filter(query: CallbackQuery, turn: Turn) -> None:
    """Below the card: it stays as it is."""
    await send(query, screens.choose(await turn.read(queue.choices), 0, turn.words))


@router.callback_query(ApprovalButton.filter(F.verb == "filters"), flags=QUEUE)
async def other_filters(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    """Another page of them."""
    await show(query, screens.choose(await turn.read(queue.choices), callback_data.id, turn.words))


@router.callback_query(ApprovalButton.filter(F.verb == "shut"), flags=QUEUE)
async def close_filter(query: CallbackQuery, turn: Turn, post: Poster) -> None:
    await post.delete(turn.visitor.telegram_id, [place(query)[1]])


@router.callback_query(ApprovalButton.filter(F.verb == "only"), flags=QUEUE)
async def narrow(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn, post: Poster) -> None:
    """The first card of what was chosen, in place of the choice."""
    name, _, key = callback_data.arg.partition(".")
    facet = screens.facet_of(name)
    if facet is None:
        raise NotFound("button")
    if await turn.run(queue.narrow, facet, key) is None:
        await toast(query, screens.none_there(turn.words), alert=True)
        await show(query, screens.choose(await turn.read(queue.choices), 0, turn.words))
        return
    await _begin(query, turn, post)


@router.callback_query(ApprovalButton.filter(F.verb == "all"), flags=QUEUE)
async def widen(query: CallbackQuery, turn: Turn, post: Poster) -> None:
    """From the choice, from an empty queue, or from a card."""
    await turn.run(queue.widen)
    await _begin(query, turn, post)


async def _begin(query: CallbackQuery, turn: Turn, post: Poster) -> None:
    """The first card; it takes the place of the choice, while a card stays."""
    facts = await turn.read(approvals.next_card, now=turn.now)
    if facts is None:
        await show(query, screens.nothing_waits(await turn.read(queue.view), turn.words))
        return
    await send_card(turn, post, facts)
    copy = await turn.db.read(lambda uow: uow.cards.find(*place(query)))
    if copy is None:
        await post.delete(turn.visitor.telegram_id, [place(query)[1]])


async def _end(turn: Turn) -> Screen:
    left = await turn.read(approvals.count)
    if left:
        return screens.end_of_queue(left, turn.words)
    return screens.nothing_waits(await turn.read(queue.view), turn.words)
