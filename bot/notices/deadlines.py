"""Notices about drafts that wait too long, and about lanes that too few people may approve."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.drafts import DraftState
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.rights import DECIDERS, Action, may
from domain.usecases import lane_checks
from handlers.screens import deadlines as screens
from handlers.screens import lanes as lane_screens
from handlers.screens.draft_parts import title


@renders("draft.late")
async def late(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To a manager, unless it was decided or changed meanwhile."""
    sheet = await uow.drafts.get_sheet(notice.params["draft"])
    draft, actor = sheet.draft, reader.actor
    if draft.state is not DraftState.SUBMITTED or draft.version != notice.params["version"]:
        return None
    if actor is None or not may(actor, Action.DRAFT_DECIDE, draft.region):
        return None
    names = await uow.people.names(notice.params["asked"])
    region = (await uow.campaign.regions()).get(draft.region)
    shown = region.name if region is not None else draft.region
    asked = [names[number] for number in notice.params["asked"] if number in names]
    return Outgoing(screens.late(sheet, shown, asked, actor.person.zone, now, reader.words))


@renders("lane.short")
async def short(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - a renderer's signature
    """To a manager, unless enough people are there by now."""
    sheet = await uow.drafts.get_sheet(notice.params["draft"])
    if reader.actor is None or sheet.draft.state is not DraftState.SUBMITTED:
        return None
    found = lane_checks.lacking(sheet, await uow.people.holders(DECIDERS, sheet.draft.region))
    missing = await lane_checks.named(uow, found)
    if missing is None:
        return None
    return Outgoing(lane_screens.short_told(missing, sheet.author_name, title(sheet.draft, reader.words), reader.words))
