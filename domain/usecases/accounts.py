"""A network has blocked somebody's account: others are asked there, their own page rests, excused, until it works again.

Nobody is ever asked for a password or a code (H7).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.mishaps import ASK_AGAIN, AccountBlock, MishapSettled
from domain.notices import Notice, Priority
from domain.pages import Page, PageKind
from domain.people import Actor, Role
from domain.plan import AssignmentState, DeclineReason, EmptyReason, Excuse, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.rights import Action, ensure_may
from domain.rollups import Measure
from domain.usecases import mishaps, planning, staffing, substitutes
from domain.usecases.assignments import my_open

_AHEAD = timedelta(days=14)
"""No plan reaches farther."""


@dataclass(frozen=True)
class BlockFacts:
    """`excused`: slots of the person's own pages that rest; `passed`: what somebody else is asked for now."""

    block: AccountBlock
    page: Page
    name: str
    excused: int = 0
    passed: int = 0


async def block(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime, rules: PlanRules
) -> BlockFacts:
    """[My account is blocked]: what they have on that network goes to others, their own page rests until it works again."""
    view = await my_open(uow, actor, assignment_id, version)
    page = view.page
    held = await uow.proofs.add_block(actor.id, page.platform, page.code, now)
    excused = passed = 0
    for one in await uow.plan.views_of_person(actor.id, now - timedelta(days=1), now + _AHEAD):
        if one.page.platform is not page.platform:
            continue
        if await _hand_on(uow, actor, one, now, rules):
            excused += 1
        elif one.assignment.state is AssignmentState.ASSIGNED:
            passed += 1
    excused += await _rest(uow, actor, page, now)
    await uow.outbox.add(_ask(held, now))
    params = {"block": held.id, "excused": excused, "passed": passed}
    readers = await _readers(uow, page, actor)
    await mishaps.tell(uow, "account.blocked", held.subject, readers, params, "on", now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="account.blocked",
        object_=held.subject,
        payload={"platform": page.platform.value, "excused": excused, "passed": passed},
    )
    return BlockFacts(held, page, actor.person.name, excused, passed)


async def _readers(uow: UnitOfWork, page: Page, besides: Actor) -> list[Actor]:
    """The press secretaries and the coordinators of the page's region."""
    coordinators = await uow.people.holders(frozenset({Role.COORDINATOR}), page.region)
    readers = {reader.id: reader for reader in (*await staffing.press(uow, page.region), *coordinators)}
    return [reader for reader in readers.values() if reader.id != besides.id]


async def _hand_on(uow: UnitOfWork, actor: Actor, view: AssignmentView, now: datetime, rules: PlanRules) -> bool:
    """Somebody else is asked; where nobody else can post, the slot is excused (True)."""
    one, page = view.assignment, view.page
    if one.state is AssignmentState.OFFERED:
        await substitutes.refuse_offer(uow, actor, one.id, one.version, now=now, rules=rules)
    if one.state is not AssignmentState.ASSIGNED:
        return False
    if page.kind is PageKind.PERSONAL:
        await staffing.end(uow, one, AssignmentState.DECLINED, now)
        await staffing.withdraw(uow, view.slot, page, now, "blocked", Excuse.BLOCKED)
        return True
    await substitutes.decline(uow, actor, one.id, one.version, DeclineReason.NO_ACCESS, now=now, rules=rules)
    slot = await uow.plan.get_slot(view.slot.id)
    if slot.state is SlotState.EMPTY and slot.empty_reason is EmptyReason.NO_PERSON:
        await uow.outbox.cancel(slot.subject, ["slot.nobody"])
        await staffing.withdraw(uow, slot, page, now, "blocked", Excuse.BLOCKED)
        return True
    return False


async def _rest(uow: UnitOfWork, actor: Actor, of: Page, now: datetime) -> int:
    """What is still empty on the person's own pages of that network."""
    mine = await _own_pages(uow, actor.id, of)
    empty = [
        slot
        for slot in await uow.plan.slots_of_pages(mine, _days(of, now))
        if slot.state is SlotState.EMPTY and slot.at > now
    ]
    for slot in empty:
        await staffing.withdraw(uow, slot, mine[slot.page], now, "blocked", Excuse.BLOCKED)
    return len(empty)


async def _own_pages(uow: UnitOfWork, person_id: int, of: Page) -> dict[str, Page]:
    return {
        page.code: page
        for page in (await uow.campaign.pages()).values()
        if page.kind is PageKind.PERSONAL and page.keeper_id == person_id and page.platform is of.platform
    }


def _days(page: Page, now: datetime) -> list[date]:
    return [page.local_day(now) + timedelta(days=ahead) for ahead in range(_AHEAD.days + 1)]


def _ask(block: AccountBlock, now: datetime) -> Notice:
    return Notice(
        kind="account.ask",
        subject=block.subject,
        due_at=now + ASK_AGAIN,
        dedup_key=f"account.ask:{block.id}:{now.isoformat()}",
        person_id=block.person_id,
        priority=Priority.DIGEST,
        params={"block": block.id},
    )


async def facts(uow: UnitOfWork, block_id: int) -> BlockFacts:
    """A block as notices tell of it. Read-only."""
    held = await uow.proofs.get_block(block_id)
    names = await uow.people.names([held.person_id])
    return BlockFacts(held, await uow.campaign.get_page(held.page), names.get(held.person_id, ""))


async def _mine(uow: UnitOfWork, actor: Actor, block_id: int) -> BlockFacts:
    found = await facts(uow, block_id)
    ensure_may(actor, Action.ASSIGNMENT_ANSWER, mine=found.block.person_id == actor.id)
    if found.block.until is not None:
        raise MishapSettled
    return found


async def still(uow: UnitOfWork, actor: Actor, block_id: int, *, now: datetime) -> BlockFacts:
    """[Not yet]: asked again in some days."""
    found = await _mine(uow, actor, block_id)
    await uow.outbox.cancel(found.block.subject, ["account.ask"])
    await uow.outbox.add(_ask(found.block, now))
    return found


async def works_again(uow: UnitOfWork, actor: Actor, block_id: int, *, now: datetime, rules: PlanRules) -> BlockFacts:
    """[My account works again]: they are asked as before, and what rested of their own pages is planned again."""
    found = await _mine(uow, actor, block_id)
    if not await uow.proofs.end_block(block_id, now):
        raise MishapSettled
    await uow.outbox.cancel(found.block.subject, ["account.ask", "account.blocked"])
    await _plan_again(uow, actor, found.page, now, rules)
    readers = await _readers(uow, found.page, actor)
    await mishaps.tell(uow, "account.works", found.block.subject, readers, {"block": block_id}, "off", now)
    await uow.journal.add(at=now, actor=actor.number, action="account.works", object_=found.block.subject)
    return replace(found, block=replace(found.block, until=now))


async def _plan_again(uow: UnitOfWork, actor: Actor, of: Page, now: datetime, rules: PlanRules) -> None:
    """What rested on pages of that network comes back into the plan, today's and tomorrow's at once."""
    mine = await _own_pages(uow, actor.id, of)
    rested = {slot.id: slot for slot in await uow.proofs.rested(actor.id, now)}
    for slot in await uow.plan.slots_of_pages(mine, _days(of, now)):
        if slot.excuse is Excuse.BLOCKED and slot.state is SlotState.CANCELLED and slot.at > now:
            rested[slot.id] = slot
    pages = mine | await uow.campaign.pages({slot.page for slot in rested.values()} - mine.keys())
    pages = {code: page for code, page in pages.items() if page.platform is of.platform}
    for slot in rested.values():
        if slot.page in pages:
            await _back(uow, slot, pages[slot.page])
    days = {code: [page.local_day(now), page.local_day(now) + timedelta(days=1)] for code, page in pages.items()}
    if days:
        await planning.plan_days(uow, pages.values(), days, now=now, rules=rules)


async def _back(uow: UnitOfWork, slot: Slot, page: Page) -> None:
    await uow.plan.save_slot(
        replace(slot, state=SlotState.EMPTY, empty_reason=None, excuse=None, draft_id=None, draft_version=None)
    )
    await uow.rollups.add(page.code, page.region, slot.day, {Measure.SLOTS: 1, Measure.EXCUSED: -1})
