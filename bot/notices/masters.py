"""Notices about masters: the one invitation to fill in."""

from datetime import datetime

from bot.outgoing import NotYet, Outgoing, Reader, renders
from domain.errors import DomainError
from domain.notices import QueuedNotice
from domain.planning import outside_quiet
from domain.ports import UnitOfWork
from domain.usecases import master_fills
from handlers.screens.master_fills import invitation


@renders("master.sent")
async def sent(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Asks for work, so it waits for the reader's day; nothing once it is over or for no page of theirs any more."""
    actor = reader.actor
    if actor is None:
        return None
    try:
        choice = await master_fills.choose(uow, actor, int(notice.params["master"]), now=now)
    except DomainError:
        return None
    if not choice.open:
        return None
    if actor.person.is_quiet(now):
        raise NotYet(outside_quiet(actor.person, now))
    return Outgoing(invitation(choice, actor.person.zone, now, reader.words))
