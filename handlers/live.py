"""Bookkeeping: which message is somebody's live card of something. There is one; what it takes the place of goes away."""

from collections.abc import Sequence

from domain.notices import CardCopy
from domain.ports import UnitOfWork
from handlers.screens.base import Screen
from handlers.turn import Turn


async def make_live(
    uow: UnitOfWork,
    turn: Turn,
    message_id: int,
    screen: Screen,
    *,
    subject: str,
    purpose: str,
    version: int,
    content_ids: Sequence[int] = (),
) -> list[CardCopy]:
    """From now on `message_id` of the private chat is redrawn as the card; returns the copies it replaces, already forgotten."""
    known = await uow.cards.of_person(turn.actor.id, purpose, subject)
    older = [copy for copy in known if copy.message_id != message_id]
    for copy in older:
        await uow.cards.remove(copy.id)
    await uow.cards.add(
        person_id=turn.actor.id,
        chat_id=turn.visitor.telegram_id,
        message_id=message_id,
        content_ids=content_ids,
        subject=subject,
        purpose=purpose,
        version=version,
        fingerprint=screen.fingerprint,
        now=turn.now,
    )
    return older
