"""Open posts: nobody has them, or whoever has them asks for a substitute. The first to claim one gets it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from domain import timing
from domain.errors import Forbidden
from domain.open_slots import AHEAD, SlotTaken
from domain.pages import Page, PostedBy, keeper_posts_too, posted_by
from domain.people import EVERYWHERE, Actor
from domain.plan import (
    Assignment,
    AssignmentState,
    DoubleBooked,
    EmptyReason,
    Slot,
    SlotState,
    filled_with,
)
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.drafts import ApprovedDraft
from domain.ports.open_slots import OpenSlot
from domain.ports.plan import AssignmentView
from domain.rights import POSTERS, Action, ensure_may
from domain.rollups import Measure
from domain.usecases import staffing, substitutes, urgent_card
from domain.usecases.authority_plan import Owners
from domain.usecases.evergreen import Resting
from domain.usecases.imprints import Lines
from domain.usecases.publishing import Gate
from domain.usecases.silences import Silences

_BUSY = frozenset({AssignmentState.ASSIGNED, AssignmentState.POSTED})


@dataclass(frozen=True)
class Texts:
    """The texts that the planner would give to empty slots of some pages: loaded once for many slots."""

    waiting: Mapping[str, list[ApprovedDraft]]
    resting: Resting
    lines: Lines
    owners: Owners
    silences: Silences

    @classmethod
    async def load(cls, uow: UnitOfWork, pages: Iterable[Page]) -> "Texts":
        chosen = list(pages)
        waiting = {page.code: list(await uow.drafts.approved_for_page(page.code)) for page in chosen}
        resting = await Resting.load(uow, chosen)
        lines = await Lines.load(uow, chain(*waiting.values(), *resting.by_page.values()))
        return cls(waiting, resting, lines, await Owners.load(uow, chosen), await Silences.load(uow))

    def find(self, slot: Slot, page: Page) -> ApprovedDraft | None:
        """None: there is none, or nothing may be published there then."""
        if not page.may_publish_on(slot.day) or self.silences.hold(page.region, slot.at):
            return None
        fresh = chain(timing.in_turn(self.waiting[page.code], slot.at), self.resting.on(slot))
        allowed = (one for one in fresh if self.owners.allow(page, one.draft_id))
        return next((one for one in allowed if self.lines.allow(page, slot.day, one)), None)


# --- who and what ------------------------------------------------------------------------------------------------------


async def may_post_on(uow: UnitOfWork, actor: Actor, pages: Iterable[Page]) -> set[str]:
    """On which of these the person may post: the same people as `staffing.Crew` would ask."""
    barred = {block.platform for block in await uow.proofs.blocks(actor.id)}  # by the network itself
    chosen = [page for page in pages if page.active and page.platform not in barred]
    named = await uow.plan.posters(page.code for page in chosen)
    return {page.code for page in chosen if await _may_post_on(uow, actor, page, named)}


async def _may_post_on(uow: UnitOfWork, actor: Actor, page: Page, named: Mapping[str, frozenset[int]]) -> bool:
    keeps = page.keeper_id == actor.id
    match posted_by(page.kind, named=page.code in named):
        case PostedBy.KEEPER:
            return keeps
        case PostedBy.NAMED:
            return actor.id in named.get(page.code, frozenset())
        case PostedBy.VOLUNTEERS:
            if actor.holds(POSTERS, page.region) or not keeps:
                return actor.holds(POSTERS, page.region)
            volunteers = await uow.people.holders(POSTERS, page.region)
            return keeper_posts_too(page.region, volunteers=bool(volunteers))


async def list_open(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[OpenSlot]:
    """What the reader could take, by moment. Read-only."""
    ensure_may(actor, Action.OPEN_SLOTS)
    regions = actor.regions(POSTERS)
    found = await uow.open_slots.listed(actor.id, None if EVERYWHERE in regions else regions, now, now + AHEAD)
    if not found:
        return []
    pages = await uow.campaign.pages({one.view.slot.page for one in found})
    mine = await may_post_on(uow, actor, pages.values())
    gate = await Gate.load(uow)
    found = [one for one in found if one.view.slot.page in mine and gate.stopped(pages[one.view.slot.page]) is None]
    lacking = {one.view.slot.page for one in found if not one.asked}
    texts = await Texts.load(uow, [pages[code] for code in sorted(lacking)])
    return [one for one in found if one.asked or texts.find(one.view.slot, pages[one.view.slot.page]) is not None]


async def _substitute_wanted(uow: UnitOfWork, slot: Slot, actor: Actor) -> bool:
    others = await uow.plan.assignments_of(slot.id)
    if any(one.person_id == actor.id and one.state in _BUSY for one in others):
        return False
    return any(one.state is AssignmentState.OFFERED for one in others)


# --- taking one --------------------------------------------------------------------------------------------------------


async def claim(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, *, now: datetime, rules: PlanRules
) -> AssignmentView:
    """[I'll take it]: the first tap wins; whoever had it or was asked is told. Raises `SlotTaken` for the others."""
    ensure_may(actor, Action.OPEN_SLOTS)
    slot = await uow.plan.get_slot(slot_id)
    page = await uow.campaign.get_page(slot.page)
    if page.code not in await may_post_on(uow, actor, [page]):
        raise Forbidden(Action.OPEN_SLOTS.value)
    if slot.version != version or not await _is_open(uow, slot, actor, now):
        raise SlotTaken
    (await Gate.load(uow)).ensure_open(page, actor.person.zone, now)
    if any(one.at == slot.at and one.state in _BUSY for one in await uow.plan.bookings([actor.id], slot.at)):
        raise DoubleBooked
    if slot.state is SlotState.EMPTY:
        mine = await _take_empty(uow, actor, slot, page, now, rules)
    else:
        mine = await _take_over(uow, actor, slot, page, now)
    await uow.outbox.add(staffing.card(mine, now))
    await uow.journal.add(at=now, actor=actor.number, action="slot.claimed", object_=mine.subject, version=mine.version)
    return await uow.plan.view(mine.id)


async def _is_open(uow: UnitOfWork, slot: Slot, actor: Actor, now: datetime) -> bool:
    if slot.urgent_id is not None:  # an urgent call asks people itself
        return False
    if slot.state is SlotState.EMPTY:
        return slot.empty_reason is EmptyReason.NO_PERSON and slot.at > now
    return slot.state is SlotState.FILLED and await _substitute_wanted(uow, slot, actor)


async def _take_empty(
    uow: UnitOfWork, actor: Actor, slot: Slot, page: Page, now: datetime, rules: PlanRules
) -> Assignment:
    texts = await Texts.load(uow, [page])
    text = texts.find(slot, page)
    if text is None:
        raise SlotTaken
    filled = await uow.plan.save_slot(filled_with(slot, text))
    await uow.rollups.add(page.code, page.region, slot.day, {Measure.FILLED: 1})
    mine = await _give(uow, actor, filled, now, substitute=False)
    await uow.outbox.add(*texts.owners.told(filled, now, rules.owner_notice))
    await staffing.start_ladder(uow, filled, now, rules)
    await staffing.redraw_press(uow, filled, now)
    return mine


async def _take_over(uow: UnitOfWork, actor: Actor, slot: Slot, page: Page, now: datetime) -> Assignment:
    for other in await uow.plan.assignments_of(slot.id):
        if other.state is AssignmentState.ASSIGNED:
            replaced, _ = await staffing.end(uow, other, AssignmentState.REPLACED, now)
            await substitutes.tell_replaced(uow, replaced, now)
        elif other.state is AssignmentState.OFFERED and other.person_id != actor.id:
            await staffing.end(uow, other, AssignmentState.CANCELLED, now)
    mine = await _give(uow, actor, slot, now, substitute=True)
    await uow.rollups.add(page.code, page.region, slot.day, {Measure.SUBSTITUTES: 1})
    await staffing.redraw(uow, mine, now)  # what they were asked themselves, too
    await urgent_card.changed(uow, slot, now)
    return mine


async def _give(uow: UnitOfWork, actor: Actor, slot: Slot, now: datetime, *, substitute: bool) -> Assignment:
    given = await uow.plan.put_assignment(slot, actor.id, AssignmentState.ASSIGNED, substitute=substitute, now=now)
    return await uow.plan.save_assignment(replace(given, accepted_at=now))
