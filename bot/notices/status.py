"""The daily summary that a reader subscribed to."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.rights import Action, may
from domain.usecases import status
from handlers.screens import status as screens


@renders("status.daily")
async def daily(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - a renderer's signature
    """The first screen as it stands now; the hour is the reader's own choice, so quiet hours do not hold it back."""
    if reader.actor is None or not may(reader.actor, Action.STATUS):
        return None
    return Outgoing(screens.overview(await status.overview(uow, reader.actor, now=now), reader.words))
