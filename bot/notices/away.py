"""Notices about absences: to deputies, and to whoever is back."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.rights import DECIDERS
from handlers.screens import away as screens


@renders("away.deputy")
async def deputy(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """While the absence holds or lies ahead."""
    absence = await uow.away.find(int(notice.params["absence"]))
    if absence is None or reader.actor is None or absence.deputy_id != reader.actor.id:
        return None
    name = (await uow.people.get(absence.person_id)).name
    return Outgoing(screens.deputy_asked(name, absence, reader.actor.person, now, reader.words))


@renders("away.deputy.done")
async def deputy_done(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - a renderer's signature
    """Unless they may decide no more: then they did not stand in to the end."""
    if reader.actor is None or not reader.actor.regions(DECIDERS):
        return None
    name = (await uow.people.get(int(notice.params["person"]))).name
    return Outgoing(screens.deputy_done(name, reader.words))


@renders("away.back")
async def back(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - a renderer's signature
    """Unless they have left again already."""
    if reader.actor is None or reader.actor.id in await uow.away.absent(now):
        return None
    return Outgoing(screens.welcome_back(reader.words))
