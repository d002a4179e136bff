"""What a lane asks of every approval, and whether enough people there may give it; used by all who decide or show."""

from collections.abc import Iterable
from dataclasses import replace

from domain import lanes as rules
from domain.appeals import others
from domain.lanes import Check, Lane, Shortage
from domain.people import Actor, Role
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.rights import DECIDERS, may_grant


async def checks_for(uow: UnitOfWork, actor: Actor, sheet: DraftSheet) -> tuple[Check, ...]:
    """What goes with an approval; refuses it where the lane asks for sources or for what the actor has not ticked."""
    if sheet.lane is not Lane.BOLD:
        return ()
    rules.ensure_sourced(sheet.lane, sheet.draft.sources)
    return rules.ensure_checked(sheet.lane, await ticked(uow, actor, sheet))


async def ticked(uow: UnitOfWork, actor: Actor, sheet: DraftSheet) -> tuple[Check, ...]:
    """The actor's own ticks on this version; no statement in the other lanes."""
    if sheet.lane is not Lane.BOLD:
        return ()
    return tuple(await uow.risks.checks(sheet.draft.id, sheet.draft.version, actor.id))


def lacking(sheet: DraftSheet, holders: Iterable[Actor]) -> Shortage | None:
    """Whether too few of the region's `holders` may approve this draft: its author never does."""
    able = [a for a in others(holders, sheet.appeal) if a.id != sheet.draft.author_id and a.person.reachable]
    agreed = {decision.approver_id for decision in sheet.decisions}
    return rules.shortage(sheet.draft.region, len({a.id for a in able} | agreed), sheet.lane)


async def find_lacking(uow: UnitOfWork, sheet: DraftSheet) -> Shortage | None:
    """The same for an approver's card: one approver is there, so a lane that needs no second takes no statement."""
    if sheet.lane is Lane.ORDINARY:
        return None
    return await named(uow, lacking(sheet, await uow.people.holders(DECIDERS, sheet.draft.region)))


async def named(uow: UnitOfWork, short: Shortage | None) -> Shortage | None:
    """With the name of its region; no statement when enough people are there."""
    if short is None:
        return None
    region = (await uow.campaign.regions()).get(short.region)
    return replace(short, name=region.name if region is not None else "")


def may_appoint(actor: Actor, short: Shortage | None) -> bool:
    """Whether the reader can send the invite themselves."""
    return short is not None and may_grant(actor, Role.PRESS_SECRETARY, short.region)
