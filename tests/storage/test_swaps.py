"""Swaps, open posts and campaign tags on both engines."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.campaign_tags import NO_TAGS, TagRule
from domain.errors import Conflict
from domain.open_slots import SlotTaken
from domain.people import Actor, Role
from domain.plan import Assignment, AssignmentState, EmptyReason, Slot, SlotState
from domain.planning import PlanRules
from domain.swaps import Swap, SwapClosed, SwapState
from domain.usecases import open_slots, swaps
from domain.usecases.swaps import SwapView
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
AT = NOW + timedelta(hours=2)
LEAD = timedelta(minutes=30)
RULES = PlanRules(LEAD, timedelta(hours=1), timedelta(minutes=20), timedelta(hours=1), 3)


async def filled(uow: SqlUnitOfWork) -> tuple[list[int], list[Slot], list[Assignment]]:
    """Anna and Boris; slots of VK, Odnoklassniki and Omsk at one moment; Anna has the first."""
    await load_campaign(uow)
    people = [
        (await joined(uow, name, Role.VOLUNTEER, "kazan", now=NOW, telegram_id=number)).id
        for number, name in enumerate(("Анна", "Борис"), 1001)
    ]
    pages = ("ok-kazan", "vk-kazan", "vk-omsk")
    slots = await uow.plan.add_slots([(code, AT.date(), AT) for code in pages])
    slots.sort(key=lambda slot: slot.page)
    slots[1] = await uow.plan.save_slot(replace(slots[1], state=SlotState.FILLED))
    for at in (0, 2):
        slots[at] = await uow.plan.save_slot(replace(slots[at], empty_reason=EmptyReason.NO_PERSON))
    one = await uow.plan.put_assignment(slots[1], people[0], AssignmentState.ASSIGNED, substitute=False, now=NOW)
    return people, slots, [one]


def swap(assignment: Assignment, to: int, other: int | None = None) -> Swap:
    at = None if other is None else AT
    return Swap(0, assignment.id, assignment.person_id, to, other, AT, at, SwapState.OPEN, AT, 1)


async def test_one_open_swap_a_post_and_only_the_seen_version_is_changed(db: Database) -> None:
    people, _, (one,) = await db.run(filled)
    first = await db.run(lambda uow: uow.swaps.add(swap(one, people[1]), NOW))
    assert await db.read(lambda uow: uow.swaps.find_open(one.id)) == first
    with pytest.raises(IntegrityError):
        await db.run(lambda uow: uow.swaps.add(swap(one, people[1]), NOW))
    ended = await db.run(lambda uow: uow.swaps.save(replace(first, state=SwapState.REFUSED)))
    assert (ended.state, ended.version) == (SwapState.REFUSED, 2)
    with pytest.raises(Conflict):
        await db.run(lambda uow: uow.swaps.save(replace(first, state=SwapState.AGREED)))
    assert await db.read(lambda uow: uow.swaps.find_open(one.id)) is None
    again = await db.run(lambda uow: uow.swaps.add(swap(one, people[1]), NOW))
    assert await db.read(lambda uow: uow.swaps.get(again.id)) == again


async def test_a_post_given_in_exchange_is_found_too(db: Database) -> None:
    people, slots, (one,) = await db.run(filled)

    async def exchange(uow: SqlUnitOfWork) -> tuple[Swap, Assignment]:
        theirs = await uow.plan.put_assignment(slots[0], people[1], AssignmentState.ASSIGNED, substitute=False, now=NOW)
        return await uow.swaps.add(swap(one, people[1], theirs.id), NOW), theirs

    made, theirs = await db.run(exchange)
    assert await db.read(lambda uow: uow.swaps.find_open(theirs.id)) == made


async def test_open_posts_are_empty_ones_and_those_for_which_somebody_is_asked(db: Database) -> None:
    (anna, boris), slots, (one,) = await db.run(filled)
    kazan, end = ["kazan"], NOW + timedelta(days=2)

    async def listed(person: int, regions: list[str] | None = kazan, now: datetime = NOW) -> list[tuple[str, bool]]:
        found = await db.read(lambda uow: uow.open_slots.listed(person, regions, now, end))
        return [(one.view.slot.page, one.asked) for one in found]

    assert await listed(boris) == [("ok-kazan", False)]
    assert await listed(boris, None) == [("vk-omsk", False), ("ok-kazan", False)]
    assert await listed(anna) == [], "she posts at that moment herself"
    assert await listed(boris, []) == []

    async def keep(uow: SqlUnitOfWork) -> None:
        await uow.campaign.set_keeper("vk-omsk", boris)

    await db.run(keep)
    assert await listed(boris, []) == [("vk-omsk", False)]

    async def ask(uow: SqlUnitOfWork) -> None:
        await uow.plan.save_assignment(replace(one, state=AssignmentState.DECLINED))
        await uow.plan.put_assignment(slots[1], boris, AssignmentState.OFFERED, substitute=True, now=NOW)

    await db.run(ask)
    assert await listed(anna) == [("vk-kazan", True), ("ok-kazan", False)]
    late = AT + timedelta(hours=1)
    assert await listed(anna, kazan, late) == [("vk-kazan", True)], "late, and still to be posted"


async def test_a_yes_is_kept_until_the_post_goes_to_somebody_again(db: Database) -> None:
    people, slots, (one,) = await db.run(filled)
    said = await db.run(lambda uow: uow.plan.save_assignment(replace(one, accepted_at=NOW)))
    assert (await db.read(lambda uow: uow.plan.get_assignment(one.id))).accepted_at == NOW
    views = await db.read(lambda uow: uow.plan.slots_of_day(AT.date(), ["vk-kazan"]))
    assert [view.accepted_at for view in views] == [NOW]

    async def again(uow: SqlUnitOfWork) -> Assignment:
        await uow.plan.save_assignment(replace(said, state=AssignmentState.DECLINED))
        return await uow.plan.put_assignment(slots[1], people[0], AssignmentState.ASSIGNED, substitute=False, now=NOW)

    assert (await db.run(again)).accepted_at is None


async def test_there_is_one_rule_for_campaign_tags(db: Database) -> None:
    assert await db.read(lambda uow: uow.tags.get()) == NO_TAGS
    first, second = TagRule(("example.org",), "one"), TagRule(("example.org", "example.net"), "")
    await db.run(lambda uow: uow.tags.save(first))
    assert await db.read(lambda uow: uow.tags.get()) == first
    await db.run(lambda uow: uow.tags.save(second))
    assert await db.read(lambda uow: uow.tags.get()) == second


# --- races -------------------------------------------------------------------------------------------------------------


async def test_of_eight_who_claim_at_once_one_has_it(db: Database) -> None:
    (anna, _), slots, (one,) = await db.run(filled)

    async def many(uow: SqlUnitOfWork) -> list[Actor]:
        found = []
        for number in range(8):
            person = await joined(uow, f"Гость {number}", Role.VOLUNTEER, "kazan", now=NOW, telegram_id=2000 + number)
            found.append(person)
        await uow.plan.put_assignment(slots[1], found[0].id, AssignmentState.OFFERED, substitute=True, now=NOW)
        return found

    people = await db.run(many)

    async def claim(actor: Actor) -> bool:
        try:
            await db.run(open_slots.claim, actor, slots[1].id, slots[1].version, now=NOW, rules=RULES)
        except SlotTaken:
            return False
        return True

    assert sum(await asyncio.gather(*(claim(actor) for actor in people))) == 1
    states = [a.state for a in await db.read(lambda uow: uow.plan.assignments_of(slots[1].id))]
    assert states.count(AssignmentState.ASSIGNED) == 1
    assert (await db.read(lambda uow: uow.plan.get_assignment(one.id))).state is AssignmentState.REPLACED
    assert one.person_id == anna


async def test_a_yes_and_taking_it_back_at_once_have_one_outcome(db: Database) -> None:
    (anna, boris), slots, (one,) = await db.run(filled)
    made = await db.run(lambda uow: uow.swaps.add(replace(swap(one, boris), expires_at=AT - LEAD), NOW))

    async def actor_of(person: int) -> Actor:
        found: Actor | None = await db.read(lambda uow: uow.people.find_actor_by_person(person))
        assert found is not None
        return found

    asker, colleague = await actor_of(anna), await actor_of(boris)

    async def wins(doing: Awaitable[SwapView]) -> bool:
        try:
            await doing
        except SwapClosed:
            return False
        return True

    yes = db.run(swaps.agree, colleague, made.id, 1, now=NOW, rules=RULES)
    back = db.run(swaps.take_back, asker, made.id, 1, now=NOW)
    agreed, withdrawn = await asyncio.gather(wins(yes), wins(back))
    assert agreed is not withdrawn
    now_with = [a.person_id for a in await db.read(lambda uow: uow.plan.assignments_of(slots[1].id)) if _has(a)]
    assert now_with == [boris if agreed else anna]


def _has(assignment: Assignment) -> bool:
    return assignment.state is AssignmentState.ASSIGNED
