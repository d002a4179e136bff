"""A draft's rubric, what a writer's pages lack, and the campaign's mix."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain import drafts as draft_rules
from domain import rubrics as rules
from domain.errors import NotFound
from domain.pages import Region
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.rights import DECIDERS, Action, ensure_may
from domain.rubrics import Need
from domain.usecases import draft_steps as steps
from domain.usecases.draft_steps import Panel


async def choose(uow: UnitOfWork, actor: Actor, draft_id: int, *, now: datetime) -> Panel:
    """The draft with every rubric, the most lacking on its pages first. Read-only."""
    return await steps.panel_of(uow, actor, await steps.own(uow, actor, draft_id), now)


async def put(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, code: str, *, now: datetime) -> Panel:
    """It is of this rubric ("": of none)."""
    sheet = await steps.own(uow, actor, draft_id)
    draft_rules.ensure_version(sheet.draft, version)
    if code and code not in {one.code for one in await uow.rubrics.all()}:
        raise NotFound("button")
    new = rules.with_rubric(sheet.draft, code)
    if not await uow.rubrics.save(new):
        raise draft_rules.DraftChanged(draft_id, version, version)
    await steps.journal(uow, actor, "draft_rubric", new, now, rubric=code)
    return await steps.panel_of(uow, actor, await uow.drafts.get_sheet(draft_id), now)


@dataclass(frozen=True)
class Mix:
    """Wanted against fact over the last two weeks. `region` None: everywhere. `other`: posts of no rubric.

    `regions`: those the reader may look at one by one.
    """

    needs: tuple[Need, ...]
    total: int
    other: int
    region: Region | None
    regions: Mapping[str, Region]


async def mix(uow: UnitOfWork, actor: Actor, region: str | None = None, *, now: datetime) -> Mix:
    """/mix of one region, or (None) of all that are the reader's. Read-only."""
    ensure_may(actor, Action.MIX, region)
    mine, known = actor.regions(DECIDERS), await uow.campaign.regions()
    seen = known if EVERYWHERE in mine else {code: one for code, one in known.items() if code in mine}
    since = actor.person.local(now - rules.LOOK_BACK).date()
    if region is not None:
        wanted: Iterable[str] | None = [region]
    else:
        wanted = None if EVERYWHERE in mine else sorted(mine)
    counts = await uow.rubrics.published(wanted, since)
    total, rubrics = sum(counts.values()), await uow.rubrics.all()
    found = rules.needs(rubrics, counts, total)
    named = sum(need.have for need in found)
    ordered = tuple(sorted(found, key=lambda need: need.rubric.place))
    return Mix(ordered, total, total - named, known.get(region) if region else None, seen)
