"""Tomorrow's empty slots, to those who can fill them."""

from datetime import date, datetime

from bot.outgoing import Outgoing, Reader, gathering, renders
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.usecases import gaps
from handlers.screens import gaps as screens


@renders(gaps.WRITE)
async def write(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """What still lacks a text when it is read; nothing is asked where one has come, in a silence or in a stop."""
    if reader.actor is None:
        return None
    day = date.fromisoformat(notice.params["day"])
    views = await gaps.to_write(uow, reader.actor, day, notice.params["pages"], now)
    return Outgoing(screens.write_for(day, views, reader.words, reader.actor.person.zone)) if views else None


@renders(gaps.PEOPLE)
async def people(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """All of that day where the reader coordinates: one message, though their zones' evenings differ."""
    if reader.actor is None:
        return None
    day = date.fromisoformat(notice.params["day"])
    views = await gaps.to_post(uow, reader.actor, day, now)
    if not views:
        return None
    screen = screens.nobody_to_post(day, views, reader.words, reader.actor.person.zone)
    return await gathering(uow, reader.actor.id, screen, purpose="unposted", subject=notice.subject, now=now)
