"""Notices to owners about backups."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.people import Role
from domain.ports import UnitOfWork
from handlers.screens import backups as screens
from handlers.screens.base import Screen

_OWNERS = frozenset({Role.OWNER})


@renders("backup.failed", "backup.overdue", "backup.works")
async def backup(_: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """For whoever is still an owner."""
    if reader.actor is None or not reader.actor.holds(_OWNERS):
        return None
    return Outgoing(_screen(notice, reader, reader.actor.person.zone, now))


def _screen(notice: QueuedNotice, reader: Reader, zone: str, now: datetime) -> Screen:
    if notice.kind == "backup.works":
        return screens.works(reader.words)
    said = notice.params["newest"]
    newest = datetime.fromisoformat(said) if said else None
    draw = screens.failed if notice.kind == "backup.failed" else screens.overdue
    return draw(newest, reader.words, zone, now)
