"""Notices about swaps between colleagues."""

from datetime import datetime

from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.swaps import SwapState
from domain.usecases import swaps as usecases
from handlers.screens import swaps as screens

OFFER = "swap"
"""Purpose of the colleague's message."""


@renders("swap.offer")
async def offer(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    swap = await uow.swaps.get(int(notice.params["swap"]))
    if swap.state is not SwapState.OPEN or now >= swap.expires_at:
        return None
    view = await usecases.look(uow, swap)
    if not usecases.is_unchanged(view):
        return None
    screen = screens.offer(view, reader.words, now)
    return Outgoing(screen, purpose=OFFER, subject=swap.subject, version=swap.version)


@renders("swap.answered")
async def answered(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To whoever asked; a no, or no answer, only while the post is still theirs."""
    swap = await uow.swaps.get(int(notice.params["swap"]))
    view = await usecases.look(uow, swap)
    if swap.state is not SwapState.AGREED and not usecases.is_still_theirs(view):
        return None
    return Outgoing(screens.answered(view, reader.words, now))


@renders("swap.redraw")
async def redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The colleague's message shows how it ended."""
    swap = await uow.swaps.get(int(notice.params["swap"]))
    copies = await uow.cards.of_subject(swap.subject, OFFER)
    copy = next((one for one in copies if one.id == notice.params["copy"]), None)
    if copy is None:
        return None
    screen = screens.outcome(await usecases.look(uow, swap), reader.words, now)
    return Outgoing(screen, mode=Mode.EDIT, target=copy, purpose=OFFER, subject=swap.subject, version=swap.version)
