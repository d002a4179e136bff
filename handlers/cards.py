"""Approvers' cards: sending one, finding the copy that was pressed, drawing its control anew."""

from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, TelegramObject

from domain.errors import Forbidden
from domain.notices import CardCopy
from domain.ports import UnitOfWork
from domain.usecases import approvals
from domain.usecases.approvals import CardFacts
from domain.usecases.decided import ASKED_ON
from handlers.live import make_live
from handlers.middleware import Handler
from handlers.post import Poster
from handlers.screens import approval_outcomes as outcomes
from handlers.screens import approvals as screens
from handlers.screens.approval_button import ApprovalButton
from handlers.screens.base import Screen
from handlers.show import show
from handlers.turn import Turn


class WithoutRights(BaseMiddleware):
    """A control whose reader may not decide any more loses its buttons; why is said as everywhere."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except Forbidden:
            if isinstance(event, CallbackQuery) and isinstance(data.get("callback_data"), ApprovalButton):
                turn: Turn = data["turn"]
                await show(event, outcomes.not_yours(turn.words))
            raise


def place(query: CallbackQuery) -> tuple[int, int]:
    """Where the pressed control is."""
    return query.from_user.id, query.message.message_id if query.message else 0


async def facts_of(query: CallbackQuery, turn: Turn, cb: ApprovalButton) -> CardFacts:
    """The card as of now, compared with the version whose text stands above the pressed control."""
    copy = await turn.db.read(lambda uow: uow.cards.find(*place(query)))
    return await turn.read(approvals.card, cb.id, copy.version if copy else cb.version, now=turn.now)


async def control_of(query: CallbackQuery, turn: Turn, cb: ApprovalButton) -> Screen:
    """What belongs on the pressed control now."""
    facts = await facts_of(query, turn, cb)
    return screens.control(facts, turn.actor.id, turn.actor.person.zone, turn.now, turn.words)


async def card_elsewhere(query: CallbackQuery, turn: Turn, cb: ApprovalButton) -> CardCopy | None:
    """The person's card of this draft, when the pressed message is another one."""
    person = turn.actor.id
    copies = await turn.db.read(lambda uow: uow.cards.of_person(person, "card", f"draft:{cb.id}"))
    return None if any((c.chat_id, c.message_id) == place(query) for c in copies) else next(iter(copies), None)


async def _ask_no_more(uow: UnitOfWork, person_id: int, subject: str, now: datetime) -> None:
    """A question that was asked over the card goes with it: what is written next is not its answer."""
    asked = await uow.expectations.find(person_id, now)
    if asked is not None and asked.subject == subject and ASKED_ON.get(asked.kind) == "card":
        await uow.expectations.clear(person_id, asked.kind)


async def send_card(turn: Turn, post: Poster, facts: CardFacts, *, every: bool = False) -> None:
    """Content, control, bookkeeping; then a look whether it was decided or changed while in the air.

    `every`: each text as its network will read it.
    """
    actor, chat_id = turn.actor, turn.visitor.telegram_id
    zone, draft = actor.person.zone, facts.sheet.draft
    card = screens.card(facts, actor.id, zone, turn.now, turn.words, turn.bot.id, every=every)
    content_ids = await post.content(chat_id, card.content)
    message_id = await post.screen(chat_id, card.control)

    async def keep(uow: UnitOfWork) -> tuple[list[CardCopy], CardFacts]:
        older = await make_live(
            uow,
            turn,
            message_id,
            card.control,
            subject=draft.subject,
            purpose="card",
            version=draft.version,
            content_ids=content_ids,
        )
        if older:
            await _ask_no_more(uow, actor.id, draft.subject, turn.now)
        return older, await approvals.card(uow, actor, draft.id, draft.version, now=turn.now)

    older, current = await turn.db.run(keep)
    now_drawn = screens.control(current, actor.id, zone, turn.now, turn.words)
    if now_drawn.fingerprint != card.control.fingerprint:
        await post.redraw(chat_id, message_id, now_drawn)
    for copy in older:
        await post.delete(chat_id, [*copy.content_ids, copy.message_id])
