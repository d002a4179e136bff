"""Emergency stops on both engines: one stop of one thing, two people, whoever is faster."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Conflict, DomainError, NotFound
from domain.halts import AlreadyHalted, HaltReason, Scope, wanted
from domain.pages import page_key
from domain.people import EVERYWHERE, Actor, Role
from domain.ports import UnitOfWork
from domain.usecases import halts
from domain.usecases.publishing import Gate
from storage.database import Database
from tests.harness import load_campaign
from tests.joining import joined
from tests.storage.test_plan import NOW, a_filled_slot, join


async def test_work_of_a_page_a_region_and_everything_is_found(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, assignment = await a_filled_slot(uow)
        for scope in (Scope("kazan", "vk-kazan"), Scope("kazan"), Scope(EVERYWHERE)):
            assert await uow.halts.count_work(scope) == 1
            (held,) = await uow.halts.open_work(scope)
            assert (held.assignment, held.page, held.region) == (assignment, slot.page, "kazan")
        for scope in (Scope("kazan", "ok-kazan"), Scope("omsk")):
            assert await uow.halts.open_work(scope) == []
            assert await uow.halts.count_work(scope) == 0

    await db.run(story)


async def test_a_stop_shows_on_the_assignment_until_it_is_lifted(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        _, assignment = await a_filled_slot(uow)
        page = await uow.campaign.get_page("vk-kazan")
        omsk = await uow.halts.add(Scope("omsk"), HaltReason.LEGAL, assignment.person_id, NOW)
        assert omsk is not None
        assert not (await uow.plan.view(assignment.id)).halted
        assert (await Gate.load(uow)).is_open(page, NOW)
        halt = await uow.halts.add(Scope("kazan"), HaltReason.LEGAL, assignment.person_id, NOW)
        assert halt is not None
        assert (await uow.plan.view(assignment.id)).halted
        assert (await Gate.load(uow)).stopped(page) == halt
        over = await uow.halts.save(replace(halt, lifted_by=halt.by_id, lifted_at=NOW + timedelta(hours=1)))
        assert not (await uow.plan.view(assignment.id)).halted
        assert await uow.halts.in_force() == [omsk]
        assert await uow.halts.since(NOW) == [omsk, over]
        assert await uow.halts.since(NOW + timedelta(hours=2)) == [omsk]
        with pytest.raises(NotFound):
            await uow.halts.get(999)

    await db.run(story)


async def test_the_same_is_stopped_once_and_again_after_it_was_lifted(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        vera = await join(uow, 1, role=Role.PRESS_SECRETARY)
        halt = await uow.halts.add(Scope("kazan"), HaltReason.ATTACK, vera, NOW)
        assert halt is not None
        assert await uow.halts.add(Scope("kazan"), HaltReason.ATTACK, vera, NOW) is None
        assert await uow.halts.find_in_force(Scope("kazan")) == halt
        await uow.halts.save(wanted(halt, vera, NOW))
        with pytest.raises(Conflict):
            await uow.halts.save(wanted(halt, vera, NOW))
        await uow.halts.save(replace(halt, lifted_by=vera, lifted_at=NOW, version=2))
        assert await uow.halts.add(Scope("kazan"), HaltReason.ATTACK, vera, NOW) is not None

    await db.run(story)


async def four(uow: UnitOfWork) -> list[Actor]:
    await load_campaign(uow)
    return [await joined(uow, f"p{n}", Role.PRESS_SECRETARY, "kazan", now=NOW, telegram_id=n) for n in range(1, 5)]


async def test_of_four_who_stop_and_four_who_resume_at_once_one_stops_and_two_resume(db: Database) -> None:
    actors = await db.run(four)

    async def stop(uow: UnitOfWork, actor: Actor) -> int:
        return (await halts.stop(uow, actor, EVERYWHERE, HaltReason.ATTACK, now=NOW)).halt.id

    stopped = await asyncio.gather(*(db.run(stop, actor) for actor in actors), return_exceptions=True)
    numbers = [one for one in stopped if isinstance(one, int)]
    assert len(numbers) == 1
    assert sum(isinstance(one, AlreadyHalted) for one in stopped) == 3
    managers = [await db.run(_manager, number) for number in range(11, 15)]

    async def resume(uow: UnitOfWork, actor: Actor) -> bool:
        return (await halts.resume(uow, actor, numbers[0], now=NOW)).halt.in_force

    said = await asyncio.gather(*(db.run(resume, actor) for actor in managers), return_exceptions=True)
    assert said.count(True) == 1, "the first yes"
    assert said.count(False) == 1, "the second lifts it"
    assert sum(isinstance(one, DomainError) for one in said) == 2
    halt = await db.read(lambda uow: uow.halts.get(numbers[0]))
    assert halt.lifted_by is not None
    assert halt.lifted_by != halt.resume_by


async def _manager(uow: UnitOfWork, number: int) -> Actor:
    return await joined(uow, f"m{number}", Role.MANAGER, EVERYWHERE, now=NOW, telegram_id=number)


async def test_a_yes_of_somebody_who_lost_the_right_counts_no_more(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        first, second, third, _ = await four(uow)
        halt = (await halts.stop(uow, first, "r" + page_key("kazan"), HaltReason.LEGAL, now=NOW)).halt
        assert (await halts.resume(uow, first, halt.id, now=NOW)).halt.resume_by == first.id
        await uow.people.remove_memberships(first.id)
        assert (await halts.resume(uow, second, halt.id, now=NOW)).halt.resume_by == second.id
        assert (await halts.take_back(uow, second, halt.id, now=NOW)).halt.resume_by is None
        assert (await halts.resume(uow, third, halt.id, now=NOW)).halt.in_force
        assert not (await halts.resume(uow, second, halt.id, now=NOW)).halt.in_force

    await db.run(story)
