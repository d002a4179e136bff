"""Declared hours and days off on both engines; and two of one person's taps at once."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.availability import Availability, Passed
from domain.norms import Window
from domain.people import Role
from domain.plan import AssignmentClosed, AssignmentState
from domain.planning import PlanRules
from domain.usecases import availability, planning, substitutes
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.drafting import approve
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
DAY = date(2026, 9, 7)


async def three_people(uow: SqlUnitOfWork) -> list[int]:
    await load_campaign(uow)
    return [
        (await joined(uow, name, Role.VOLUNTEER, "kazan", now=NOW, telegram_id=number)).id
        for number, name in enumerate(("Анна", "Борис", "Вера"), 1001)
    ]


async def test_what_is_saved_comes_back_and_who_declared_nothing_is_missing(db: Database) -> None:
    anna, boris, vera = await db.run(three_people)
    everything = Availability(
        anna,
        (Window(time(9), time(12)), Window(time(18), time(23, 59))),
        frozenset({1, 3, 7}),
        frozenset({DAY, DAY + timedelta(days=2)}),
        2,
        timedelta(minutes=90),
        True,
        3,
    )

    async def fill(uow: SqlUnitOfWork) -> None:
        await uow.availability.save(Availability(anna, daily_cap=5))
        await uow.availability.save(everything)
        for day in everything.days_off:
            assert await uow.availability.add_day_off(anna, day)
        assert await uow.availability.add_day_off(boris, DAY)

    await db.run(fill)
    only_a_day = Availability(boris, days_off=frozenset({DAY}))
    assert await db.read(lambda uow: uow.availability.of()) == {anna: everything, boris: only_a_day}
    assert await db.read(lambda uow: uow.availability.of([boris, vera])) == {boris: only_a_day}
    assert await db.read(lambda uow: uow.availability.of([])) == {}
    assert await db.read(lambda uow: uow.availability.of(range(boris, boris + 9999))) == {boris: only_a_day}
    assert await db.read(lambda uow: uow.availability.get(anna)) == everything
    assert await db.read(lambda uow: uow.availability.get(vera)) == Availability(vera)


async def test_it_takes_two_statements_whatever_the_number(db: Database) -> None:
    people = await db.run(three_people)

    async def count(uow: SqlUnitOfWork) -> list[int]:
        counts = []
        for asked in (people[:1], people, None):
            before = uow.session.statements
            await uow.availability.of(asked)
            counts.append(uow.session.statements - before)
        return counts

    assert await db.read(count) == [2, 2, 2]


async def test_a_day_off_is_there_once_keeps_what_was_passed_on_and_goes(db: Database) -> None:
    anna, _, _ = await db.run(three_people)

    passed = (Passed(7, 12, 1), Passed(8, None, None))

    async def fill(uow: SqlUnitOfWork) -> list[bool]:
        days = uow.availability
        added = [await days.add_day_off(anna, day) for day in (DAY - timedelta(days=30), DAY, DAY)]
        await days.note_passed(anna, DAY, passed)
        return added

    async def empty(uow: SqlUnitOfWork) -> list[bool]:
        return [await uow.availability.remove_day_off(anna, DAY) for _ in range(2)]

    assert await db.run(fill) == [True, True, False]
    assert await db.read(lambda uow: uow.availability.passed(anna, DAY)) == passed
    await db.run(lambda uow: uow.availability.clean(DAY))
    declared = await db.read(lambda uow: uow.availability.get(anna))
    assert declared.days_off == {DAY}  # the day of a month ago is forgotten
    assert await db.run(empty) == [True, False]
    assert await db.read(lambda uow: uow.availability.passed(anna, DAY)) == ()


async def test_posts_that_were_asked_about_are_remembered_beside_the_hours(db: Database) -> None:
    anna, _, _ = await db.run(three_people)

    async def story(uow: SqlUnitOfWork) -> list[tuple[int, ...]]:
        await uow.availability.save(Availability(anna))
        before = await uow.availability.asked(anna)
        await uow.availability.note_asked(anna, {9, 3})
        await uow.availability.save(Availability(anna, daily_cap=2))
        return [before, await uow.availability.asked(anna)]

    assert await db.run(story) == [(), (3, 9)]


RULES = PlanRules(
    lead=timedelta(minutes=30),
    on_time=timedelta(minutes=60),
    substitute_after=timedelta(minutes=20),
    press_after=timedelta(minutes=60),
    person_daily_cap=3,
)


async def handed_on(uow: SqlUnitOfWork) -> tuple[int, int, int]:
    """Anna cannot today, Boris is asked: (Anna, Boris, his offer)."""
    anna, boris, vera = await three_people(uow)
    await uow.people.remove_memberships(vera)
    await uow.people.remove_memberships(boris)
    await approve(uow, vera, vera, "Текст", "vk-kazan", now=NOW)
    page = await uow.campaign.get_page("vk-kazan")
    await planning.plan_days(uow, [page], {page.code: [DAY]}, now=NOW, rules=RULES)
    await uow.people.add_membership(boris, Role.VOLUNTEER, "kazan", None, NOW)
    actor = await uow.people.find_actor_by_person(anna)
    assert actor is not None
    assert (await availability.not_today(uow, actor, NOW, RULES)).posts == 1
    (slot,) = [one for one in await uow.plan.slots_of_pages([page.code], [DAY]) if one.draft_id is not None]
    mine, his = await uow.plan.assignments_of(slot.id)
    assert (mine.state, his.state, his.person_id) == (AssignmentState.DECLINED, AssignmentState.OFFERED, boris)
    return anna, boris, his.id


@pytest.mark.parametrize("first", ["anna", "boris"])
async def test_whoever_is_faster_one_of_two_has_the_post(db: Database, first: str) -> None:
    anna, boris, offer = await db.run(handed_on)

    async def back(uow: SqlUnitOfWork) -> int:
        actor = await uow.people.find_actor_by_person(anna)
        assert actor is not None
        done = await availability.after_all(uow, actor, DAY, now=NOW, rules=RULES)
        return len(done.returned)

    async def accept(uow: SqlUnitOfWork) -> int:
        actor = await uow.people.find_actor_by_person(boris)
        assert actor is not None
        version = (await uow.plan.get_assignment(offer)).version
        try:
            await substitutes.accept_offer(uow, actor, offer, version, now=NOW)
        except AssignmentClosed:
            return 0
        return 1

    both = (back, accept) if first == "anna" else (accept, back)
    won = await asyncio.gather(*(db.run(one) for one in both))
    slot_id = await db.read(lambda uow: uow.plan.get_assignment(offer))
    states = [one.state for one in await db.read(lambda uow: uow.plan.assignments_of(slot_id.slot_id))]
    assert sum(won) == 1
    assert states.count(AssignmentState.ASSIGNED) == 1
    assert AssignmentState.OFFERED not in states
    assert (await db.read(lambda uow: uow.availability.get(anna))).days_off == frozenset()
