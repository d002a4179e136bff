"""Notices about pages."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from handlers.screens import pages as screens


@renders("page.keeper")
async def keeper(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    page = await uow.campaign.get_page(str(notice.params["page"]))
    if page.keeper_id != notice.person_id or not page.active:
        return None
    return Outgoing(screens.keeper_told(page.title, reader.words))


@renders("page.keeper.gone")
async def no_keeper(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    page = await uow.campaign.get_page(str(notice.params["page"]))
    if page.keeper_id == notice.person_id or not page.active:
        return None
    return Outgoing(screens.keeper_relieved(page.title, reader.words))
