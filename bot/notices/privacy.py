"""Notices about names that changed and corrections that people asked for."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.corrections import CorrectionState
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.usecases import corrections
from handlers.screens.privacy import renamed, request, settled


@renders("person.renamed")
async def person_renamed(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """To whoever answers for them; nothing once they are gone."""
    number = int(notice.params["person"])
    told = await uow.corrections.renamed(number, datetime.fromisoformat(notice.params["at"]))
    if told is None or await uow.people.find_member(number) is None:
        return None
    return Outgoing(renamed(number, told, reader.words))


@renders("correction.asked")
async def correction_asked(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To whoever decides; nothing once somebody did."""
    view = await corrections.find(uow, int(notice.params["correction"]), now=now)
    if view is None or view.correction.state is not CorrectionState.OPEN:
        return None
    return Outgoing(request(view, reader.words))


@renders("correction.settled")
async def correction_settled(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To whoever asked."""
    view = await corrections.find(uow, int(notice.params["correction"]), now=now)
    if view is None or view.correction.state is CorrectionState.OPEN:
        return None
    return Outgoing(settled(view, reader.words, now))
