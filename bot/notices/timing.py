"""Notices about texts whose time is over."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.drafts import DraftState
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.timing import is_expired
from domain.usecases.timing import EXPIRED
from handlers.screens import timing as screens


@renders(EXPIRED)
async def expired(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To its author and the press secretaries."""
    sheet = await uow.drafts.get_sheet(int(notice.params["draft"]))
    waits = sheet.draft.state in {DraftState.SUBMITTED, DraftState.APPROVED}
    if reader.actor is None or not waits or not is_expired(sheet.draft, now):
        return None
    person, posted = reader.actor.person, int(notice.params["posted"])
    own = person.id == sheet.draft.author_id
    return Outgoing(screens.expired(sheet, posted, own, person.zone, now, reader.words))
