"""Loading a plan: first what it would change, then the change, in one transaction. Loading it again changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.imprints import as_planned
from domain.norms import Norm
from domain.notices import DueTask
from domain.people import Actor
from domain.plan_load import CampaignPlan, Change, Effect, Thing, diff, silence_key
from domain.ports import UnitOfWork
from domain.ports.norms import OwnNorm
from domain.rights import Action, ensure_may
from domain.usecases import imprint_rules


@dataclass(frozen=True)
class Outcome:
    """`kept_regions`: not in the plan any more, but people or pages belong to them, so they stay. `kept_norms`: pages whose
    norm was set in chat, and of which the plan says nothing new."""

    changes: tuple[Change, ...]
    kept_regions: tuple[str, ...]
    kept_norms: tuple[str, ...] = ()


async def preview(uow: UnitOfWork, plan: CampaignPlan) -> Outcome:
    """What loading the plan would change. Read-only."""
    now, typed = await _stored(uow), _said_in_chat(plan, await uow.norms.own())
    plan = _with_lanes(replace(plan, norms={**plan.norms, **typed}), now)
    kept = [code for code in now.regions if code not in plan.regions and await _in_use(uow, code)]
    wanted = replace(plan, regions={**plan.regions, **{code: now.regions[code] for code in kept}})
    return Outcome(tuple(diff(now, wanted)), tuple(kept), tuple(sorted(typed)))


async def apply(uow: UnitOfWork, actor: Actor | None, plan: CampaignPlan, *, now: datetime) -> Outcome:
    """Make the campaign what the plan says (`actor` None: the command line). Pages are taken out, never deleted."""
    if actor is not None:
        ensure_may(actor, Action.PLAN_LOAD)
    plan = _with_lanes(plan, await _stored(uow))
    outcome = await preview(uow, plan)
    if not outcome.changes:
        return outcome
    store, before = uow.campaign, await uow.campaign.pages()
    if plan.campaign is not None:
        await store.save_campaign(plan.campaign)
    await store.save_regions(plan.regions.values())
    await store.save_pages(plan.pages.values())
    await store.deactivate_pages(_removed(outcome, Thing.PAGE))
    await store.remove_regions(_removed(outcome, Thing.REGION))
    await store.save_norms(norm for code, norm in plan.norms.items() if code in _new(outcome, Thing.NORM))
    await store.remove_norms(_removed(outcome, Thing.NORM))
    await store.save_targets(plan.targets.values())
    await store.save_blackouts(plan.silences.values())
    await uow.rubrics.replace(plan.rubrics.values())
    pack = next(iter(plan.packs.values()), None)
    await imprint_rules.load(uow, pack, plan.imprints.values(), before, now)
    counts = {effect.value: sum(change.effect is effect for change in outcome.changes) for effect in Effect}
    by = 0 if actor is None else actor.number
    await uow.journal.add(at=now, actor=by, action=Action.PLAN_LOAD, object_="campaign", payload=counts)
    # New zones need their daily round, slots of lost pages an end: done by the running program, or at its next start.
    await uow.tasks.add(
        *(DueTask(f"{kind}:load:{now.isoformat()}", kind, "campaign", now) for kind in ("calendar", "plan.recheck"))
    )
    return outcome


def _with_lanes(plan: CampaignPlan, stored: CampaignPlan) -> CampaignPlan:
    """A lane that the plan leaves open stays as it is."""
    kept = {code: plan.pages[code].in_lane(stored.pages[code].lane) for code in plan.open_lanes if code in stored.pages}
    return replace(plan, pages={**plan.pages, **kept})


def _said_in_chat(plan: CampaignPlan, own: Mapping[str, OwnNorm]) -> dict[str, Norm]:
    """Norms that were set in chat, as long as the plan's own norm of the page is the one it was then."""
    return {
        code: one.norm
        for code, one in own.items()
        if one.by_hand and code in plan.pages and one.planned == plan.norms.get(code)
    }


def _new(outcome: Outcome, thing: Thing) -> set[str]:
    return {c.key for c in outcome.changes if c.thing is thing and c.effect is not Effect.REMOVED}


def _removed(outcome: Outcome, thing: Thing) -> list[str]:
    return [c.key for c in outcome.changes if c.thing is thing and c.effect is Effect.REMOVED]


async def _stored(uow: UnitOfWork) -> CampaignPlan:
    """The active campaign as if it were a plan."""
    pages = await uow.campaign.pages()
    norms = await uow.norms.own()
    pack = await uow.imprints.find_pack()
    return CampaignPlan(
        campaign=await uow.campaign.find_campaign(),
        regions=await uow.campaign.regions(),
        pages={code: as_planned(page) for code, page in pages.items()},
        norms={code: one.norm for code, one in norms.items() if code in pages},
        targets={target.code: target for target in await uow.campaign.targets() if not target.by_hand},
        silences={silence_key(one): one for one in await uow.campaign.blackouts() if not one.by_hand},
        packs={} if pack is None else {pack.name: pack},
        imprints={rule.id: rule for rule in await uow.imprints.rules()},
        rubrics={rubric.code: rubric for rubric in await uow.rubrics.all()},
    )


async def _in_use(uow: UnitOfWork, region: str) -> bool:
    pages = await uow.campaign.pages(inactive=True)
    return any(page.region == region for page in pages.values()) or bool(await uow.people.team(frozenset({region})))
