"""Notices of the talk at the desk: a comment, the weekly card."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.usecases import comments, patterns
from handlers.screens import comments as comment_screens
from handlers.screens import patterns as pattern_screens


@renders("draft.comment")
async def comment(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To whoever takes part; nothing for one who lost the right meanwhile."""
    actor = reader.actor
    if actor is None:
        return None
    heard = await comments.heard(uow, actor, notice.params["draft"], notice.params["comment"])
    if heard is None:
        return None
    sheet, said = heard
    return Outgoing(comment_screens.heard(sheet, said, actor.id, actor.person.zone, now, reader.words))


@renders("pattern.week")
async def week(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - the renderer's signature
    """As of the moment it was due, unless it was switched off since."""
    if reader.actor is None:
        return None
    pattern, muted = await patterns.view(uow, reader.actor, now=datetime.fromisoformat(notice.params["at"]))
    return None if muted or pattern is None else Outgoing(pattern_screens.week(pattern, reader.words))
