"""Notices about page authority: to its owner before a post, to the staff when it ends, is revoked or an owner stops a post."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.plan import SlotState
from domain.ports import UnitOfWork
from domain.usecases.publishing import Gate
from handlers.screens import authority as screens


@renders("authority.posting")
async def posting(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Only while it is planned, may go out, and this is still the owner."""
    slot = await uow.plan.get_slot(int(notice.params["slot"]))
    if reader.actor is None or slot.state is not SlotState.FILLED or slot.draft_id != notice.params["draft"]:
        return None
    page = await uow.campaign.get_page(slot.page)
    one = await uow.authorities.current(page.code)
    if one is None or one.owner_id != reader.actor.id or (await Gate.load(uow)).stopped(page) is not None:
        return None
    draft, zone = await uow.drafts.get(int(notice.params["draft"])), reader.actor.person.zone
    text = draft.text_for(page.platform)
    return Outgoing(screens.posting(page, text, slot.at, (slot.id, draft.id), reader.words, zone, now))


@renders("authority.stopped")
async def stopped(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    one = await uow.authorities.get(int(notice.params["authority"]))
    page, draft = await uow.campaign.get_page(one.page), await uow.drafts.get(int(notice.params["draft"]))
    return Outgoing(screens.told_stopped(page, draft.text, reader.words))


@renders("authority.revoked")
async def revoked(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    one = await uow.authorities.get(int(notice.params["authority"]))
    if await uow.authorities.current(one.page) is not None:
        return None
    return Outgoing(screens.told_revoked(await uow.campaign.get_page(one.page), reader.words))


@renders("authority.ending")
async def ending(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    one = await uow.authorities.get(int(notice.params["authority"]))
    if not one.in_force or one.expires is None:
        return None
    page = await uow.campaign.get_page(one.page)
    days = (one.expires - page.local_day(now)).days
    return None if days < 0 else Outgoing(screens.ending(page, one, days, reader.words))
