"""A slot moved, skipped, brought back or added by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from domain import day_plan as rules_of
from domain.day_plan import (
    Doubtful,
    Kind,
    MomentGone,
    MomentTaken,
    PageStopped,
    SilentMoment,
    SlotSettled,
    Standing,
)
from domain.day_plan_moments import doubts, moment_of, parse_clock, suggestions
from domain.day_plan_people import Candidate, CannotTake, candidate
from domain.errors import NotFound
from domain.pages import Page, page_key
from domain.people import Actor
from domain.plan import AssignmentState, Excuse, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may, may
from domain.timing import fits
from domain.usecases import day_plan as board
from domain.usecases.day_plan import Scene, Sheet, sheet
from domain.usecases.day_plan_apply import Hand, apply
from domain.usecases.day_plan_apply import undo as apply_undo
from domain.usecases.publishing import Gate

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Choice:
    """Where a slot could go. `slot_id` 0: one that is being added; `moments` in UTC."""

    page: Page
    day: date
    moments: tuple[datetime, ...]
    slot_id: int = 0
    version: int = 0
    at: datetime | None = None


# -- moving -----------------------------------------------------------------------------------------------------------


async def ask_moment(uow: UnitOfWork, actor: Actor, slot_id: int, version: int, *, now: datetime) -> Choice:
    """Suggested moments; the next message may name another."""
    scene = await board.scene(uow, actor, slot_id, version, now)
    slot, page = scene.slot, scene.page
    await uow.expectations.set(actor.id, board.TIME, slot.subject, now=now, version=version, hours=1)
    moments = await _suggested(uow, page, slot.day, slot.id, now, slot.at)
    return Choice(page, slot.day, moments, slot.id, version, slot.at)


async def _suggested(
    uow: UnitOfWork, page: Page, day: date, besides: int, now: datetime, at: datetime | None = None
) -> tuple[datetime, ...]:
    gate = await Gate.load(uow)
    if gate.stopped(page) is not None:
        raise PageStopped(page.title)
    norm = await board.norm_of(uow, page)
    others = await uow.day_plan.others(page.code, day - _DAY, day + _DAY, besides)
    return suggestions(norm, day, page.zone, others, now, lambda moment: gate.silences.hold(page.region, moment), at)


async def move_typed(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, text: str, *, now: datetime, rules: PlanRules
) -> Sheet:
    """The same from a message, by the page's own clock on the slot's day."""
    row = await uow.day_plan.get_row(slot_id)
    at = moment_of(row.slot.day, parse_clock(text), row.zone)
    return await move(uow, actor, slot_id, version, at, now=now, rules=rules)


async def move(
    uow: UnitOfWork,
    actor: Actor,
    slot_id: int,
    version: int,
    at: datetime,
    *,
    now: datetime,
    rules: PlanRules,
    reason: str = "",
) -> Sheet:
    """To another moment of its day. Against the norm only with a `reason`: else raises `Doubtful`."""
    scene = await board.scene(uow, actor, slot_id, version, now)
    slot, page = scene.slot, scene.page
    if at <= now or at == slot.at or page.local_day(at) != slot.day:
        raise MomentGone
    await _ensure_fitting(uow, scene, at, now, rules)
    norm = await board.norm_of(uow, page)
    others = await uow.day_plan.others(page.code, slot.day - _DAY, slot.day + _DAY, slot.id)
    await _ensure_free(uow, page, at, slot.id)
    found = doubts(norm, at, page.zone, others)
    if found and not reason:
        raise Doubtful(at, tuple(found), page.zone)
    hand = Hand(actor, Kind.MOVE, slot.id, now, rules, reason)
    await apply(uow, hand, scene.standing, rules_of.moved(scene.standing, slot.id, at))
    return await _done(uow, actor, slot.id, Kind.MOVE, now)


async def _ensure_fitting(uow: UnitOfWork, scene: Scene, at: datetime, now: datetime, rules: PlanRules) -> None:
    """Neither silence nor stop, its text may be published then, and whoever has it can do it."""
    slot, page = scene.slot, scene.page
    gate = await Gate.load(uow)
    if gate.silences.hold(page.region, at):
        raise SilentMoment
    if slot.draft_id is not None and not fits(await uow.drafts.get(slot.draft_id), at):
        raise rules_of.NotCarried(page.title, rules_of.Unfit.TIME)
    for one in scene.standing.of(slot.id):
        if one.state is AssignmentState.ASSIGNED:
            found = await stands_to(uow, replace(slot, at=at), one.person_id, now, rules)
            if found.why is not None:
                raise CannotTake(found.person.name, found.why)


async def stands_to(uow: UnitOfWork, slot: Slot, person_id: int, now: datetime, rules: PlanRules) -> Candidate:
    """How the one who has a slot stands to another moment of it; their load is what it was."""
    person = await uow.people.get(person_id)
    absence = next((one for one in await uow.away.open(now) if one.person_id == person_id), None)
    declared = await uow.availability.get(person_id)
    return candidate(person, slot, (), declared, absence, rules.person_daily_cap + 1, now)


async def _ensure_free(uow: UnitOfWork, page: Page, at: datetime, besides: int) -> None:
    """Told before anything about windows and gaps."""
    other = await uow.day_plan.at_moment(page.code, at, besides)
    if other is not None and (other.state is not SlotState.CANCELLED or other.excuse is Excuse.SKIPPED):
        raise MomentTaken(at, page.zone, other.state is SlotState.CANCELLED)


async def _done(uow: UnitOfWork, actor: Actor, slot_id: int, kind: Kind, now: datetime) -> Sheet:
    await board.stop_asking(uow, actor)
    return await sheet(uow, actor, slot_id, now=now, done=kind)


async def undo(uow: UnitOfWork, actor: Actor, change_id: int, *, now: datetime, rules: PlanRules) -> Sheet:
    """See `day_plan_apply.undo`."""
    change = await apply_undo(uow, actor, change_id, now=now, rules=rules)
    return await _done(uow, actor, change.slot_id, Kind.UNDO, now)


# -- skipping ---------------------------------------------------------------------------------------------------------


async def look_open(uow: UnitOfWork, actor: Actor, slot_id: int, version: int, *, now: datetime) -> Sheet:
    """A slot that can be changed, before a reason is chosen. Read-only."""
    await board.scene(uow, actor, slot_id, version, now)
    return await sheet(uow, actor, slot_id, now=now)


async def skip(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, reason: str, *, now: datetime, rules: PlanRules
) -> Sheet:
    """Out of the day's plan with a reason (a `Cause` or own words); it counts apart, nothing comes in its place."""
    scene = await board.scene(uow, actor, slot_id, version, now)
    hand = Hand(actor, Kind.SKIP, slot_id, now, rules, rules_of.ensure_reason(reason))
    await apply(uow, hand, scene.standing, rules_of.skipped(scene.standing, slot_id))
    return await _done(uow, actor, slot_id, Kind.SKIP, now)


async def bring_back(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, *, now: datetime, rules: PlanRules
) -> Sheet:
    """A skipped slot is in the plan again, empty."""
    standing = await uow.day_plan.standing([slot_id])
    slot = standing.slot(slot_id)
    page = await uow.campaign.get_page(slot.page)
    ensure_may(actor, Action.PLAN_CHANGE, page.region)
    await board.ensure_seen(uow, actor, slot, version)
    if slot.excuse is not Excuse.SKIPPED or slot.state is not SlotState.CANCELLED or slot.day < page.local_day(now):
        raise SlotSettled(slot.state)
    hand = Hand(actor, Kind.BACK, slot_id, now, rules)
    await apply(uow, hand, standing, rules_of.brought_back(standing, slot_id))
    return await _done(uow, actor, slot_id, Kind.BACK, now)


# -- adding -----------------------------------------------------------------------------------------------------------


async def pages_to_add(uow: UnitOfWork, actor: Actor, *, now: datetime) -> tuple[Page, ...]:
    """Pages of the board's region that may get an extra slot. Read-only."""
    seen = await board.board(uow, actor, now=now)
    ensure_may(actor, Action.PLAN_CHANGE, seen.region)
    codes = await uow.day_plan.page_codes(seen.region, personal=seen.personal)
    found = (await uow.campaign.pages(codes)).values() if codes else ()
    return tuple(sorted(found, key=lambda page: (page.platform.order, page.title, page.code)))


async def _page(uow: UnitOfWork, actor: Actor, key: str) -> Page:
    found = next((page for page in (await uow.campaign.pages()).values() if page_key(page.code) == key), None)
    if found is None or not may(actor, Action.PLAN_SEE, found.region):
        raise NotFound("page")
    ensure_may(actor, Action.PLAN_CHANGE, found.region)
    return found


async def ask_extra(uow: UnitOfWork, actor: Actor, key: str, day: date, *, now: datetime) -> Choice:
    """Where an extra slot of a page could lie; the next message may name another moment."""
    page = await _page(uow, actor, key)
    if day < page.local_day(now):
        raise MomentGone
    params = {"key": key, "day": day.isoformat()}
    await uow.expectations.set(actor.id, board.ADD, "plan", now=now, params=params, hours=1)
    return Choice(page, day, await _suggested(uow, page, day, 0, now))


async def add_typed(
    uow: UnitOfWork, actor: Actor, params: Mapping[str, Any], text: str, *, now: datetime, rules: PlanRules
) -> Sheet:
    """The same from a message, by the page's own clock."""
    key, day = str(params["key"]), date.fromisoformat(str(params["day"]))
    page = await _page(uow, actor, key)
    return await add(uow, actor, key, moment_of(day, parse_clock(text), page.zone), now=now, rules=rules)


async def add(
    uow: UnitOfWork, actor: Actor, key: str, at: datetime, *, now: datetime, rules: PlanRules, reason: str = ""
) -> Sheet:
    """One more, beyond the norm and empty. Against the norm's hours, gap or cap only with a `reason`."""
    page = await _page(uow, actor, key)
    day = page.local_day(at)
    if at <= now:
        raise MomentGone
    await _ensure_free(uow, page, at, 0)
    others = await uow.day_plan.others(page.code, day - _DAY, day + _DAY, 0)
    found = doubts(await board.norm_of(uow, page), at, page.zone, others, adding=True)
    if (await Gate.load(uow)).silences.hold(page.region, at):
        raise SilentMoment
    if found and not reason:
        raise Doubtful(at, tuple(found), page.zone)
    added = await uow.plan.add_slots([(page.code, day, at)])
    if not added:
        raise MomentTaken(at, page.zone, skipped=False)
    there = await uow.day_plan.standing([added[0].id])
    before = Standing((replace(added[0], state=SlotState.CANCELLED),), there.assignments)
    after = there.put(replace(added[0], extra=True))
    await apply(uow, Hand(actor, Kind.ADD, added[0].id, now, rules, reason), before, after)
    return await _done(uow, actor, added[0].id, Kind.ADD, now)


# -- reasons in own words ---------------------------------------------------------------------------------------------


async def ask_reason(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, what: Mapping[str, Any], *, now: datetime
) -> None:
    """The next message says why. `what`: "do" (skip, move, add), "at", "key"."""
    ensure_may(actor, Action.PLAN_CHANGE)
    await uow.expectations.set(
        actor.id, board.REASON, f"slot:{slot_id}", now=now, version=version, params=what, hours=1
    )


async def because(
    uow: UnitOfWork,
    actor: Actor,
    slot_id: int,
    version: int,
    what: Mapping[str, Any],
    text: str,
    *,
    now: datetime,
    rules: PlanRules,
) -> Sheet:
    """Do it, for this reason: a `Cause` by button, or own words."""
    reason = rules_of.ensure_reason(text)
    if what["do"] == Kind.SKIP:
        return await skip(uow, actor, slot_id, version, reason, now=now, rules=rules)
    at = datetime.fromisoformat(what["at"])
    if what["do"] == Kind.ADD:
        return await add(uow, actor, str(what["key"]), at, now=now, rules=rules, reason=reason)
    return await move(uow, actor, slot_id, version, at, now=now, rules=rules, reason=reason)
