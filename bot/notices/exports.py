"""Notices about exports: the file itself, or why there is none."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.exports import ExportFailure, ExportFormat, ExportState, is_everything
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.usecases import exports
from handlers.screens import exports as screens
from handlers.screens import journal


@renders(exports.READY)
async def ready(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - a renderer's signature
    """While the file lies there and its reader may have it: rights are those of the sending."""
    one = await uow.exports.get(int(notice.params["export"]))
    if reader.actor is None or one.state is not ExportState.MADE or not exports.may_have(reader.actor, one):
        return None
    if one.format is ExportFormat.EVIDENCE:
        return Outgoing(None, (journal.bundle(one, reader.words),))
    names = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    regions = () if is_everything(one.regions) else sorted(names.get(code, code) for code in one.regions)
    return Outgoing(None, (screens.file(one, regions, reader.words),))


@renders(exports.FAILED)
async def failed(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - a renderer's signature
    one = await uow.exports.get(int(notice.params["export"]))
    if reader.actor is None or one.state is not ExportState.FAILED:
        return None
    if one.format is ExportFormat.EVIDENCE:
        return Outgoing(journal.not_made(one, reader.words))
    return Outgoing(screens.failed(one.failure or ExportFailure.BROKEN, reader.words))
