"""Praise of a region's team, in its group."""

from datetime import date, datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.usecases import praise
from handlers.screens import praise as screens
from texts.words import words_for


@renders("praise.week")
async def week(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    """Without a sound; not when the group shows something else by now, or the week looks different."""
    chat = await uow.staff_chats.find(notice.params["staff_chat"])
    region = str(notice.params["region"])
    if chat is None or chat.trouble is not None or chat.region != region:
        return None
    kept = await praise.team_week(uow, region, date.fromisoformat(notice.params["day"]))
    if kept is None:
        return None
    return Outgoing(screens.team_week(kept, words_for(chat.language)), thread_id=chat.thread_id, silent=True)
