"""Urgent calls on both engines: the rows, and two people who say yes at the same moment."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from domain.errors import DomainError, Forbidden, NotFound
from domain.notices import DueTask
from domain.people import Actor, Role
from domain.plan import AssignmentState, SlotState
from domain.planning import PlanRules
from domain.urgent import AskState, CallState, UrgentChanged, UrgentTaken
from domain.usecases import urgent, urgent_asking
from storage.database import Database
from storage.tables import draft, due_task, outbox
from storage.uow import SqlUnitOfWork
from tests.drafting import approve
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
RULES = PlanRules(timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=20), timedelta(minutes=60), 3)


async def sent(uow: SqlUnitOfWork, people: int = 2) -> tuple[int, list[Actor]]:
    """An urgent text on its way to one page; returns the call and who was asked."""
    await load_campaign(uow)
    vera = await joined(uow, "Вера", Role.PRESS_SECRETARY, "kazan", now=NOW)
    asked = [await joined(uow, f"p{n}", Role.VOLUNTEER, "kazan", now=NOW) for n in range(people)]
    number = await approve(uow, vera.id, vera.id, "Срочно", "vk-kazan", now=NOW)
    await uow.session.execute(update(draft).where(draft.c.id == number).values(settled_at=NOW))
    view = await urgent.mark(uow, vera, number, 1, now=NOW, plan=RULES, minutes=10)
    started = await urgent_asking.start(uow, vera, view.call.id, view.call.version, now=NOW, plan=RULES)
    return started.call.id, asked


async def test_of_two_who_say_yes_at_the_same_moment_exactly_one_has_the_page(db: Database) -> None:
    call, people = await db.run(sent)
    asks = {one.ask.person_id: one.ask.id for one in await db.read(lambda uow: uow.urgent.asks(call))}
    answers = await asyncio.gather(
        *(db.run(urgent_asking.accept, p, asks[p.id], now=NOW, plan=RULES) for p in people), return_exceptions=True
    )
    refused = [one for one in answers if isinstance(one, BaseException)]
    assert [type(one) for one in refused] == [UrgentTaken]
    (slot,) = await db.read(lambda uow: uow.plan.slots_of_call(call))
    held = await db.read(lambda uow: uow.plan.assignments_of(slot.slot.id))
    assert [one.state for one in held] == [AssignmentState.ASSIGNED]
    states = sorted(one.ask.state for one in await db.read(lambda uow: uow.urgent.asks(call)))
    assert states == [AskState.ACCEPTED, AskState.ASKED]


async def test_a_yes_and_the_stop_at_the_same_moment_never_leave_half_of_each(db: Database) -> None:
    call, people = await db.run(sent, 1)
    anna = people[0]
    vera = await db.read(_press)
    (one,) = await db.read(lambda uow: uow.urgent.asks(call))
    await asyncio.gather(
        db.run(urgent_asking.accept, anna, one.ask.id, now=NOW, plan=RULES),
        db.run(urgent_asking.stop, vera, call, now=NOW),
        return_exceptions=True,
    )
    (view,) = await db.read(lambda uow: uow.plan.slots_of_call(call))
    assert (view.slot.state, view.assignee) in {(SlotState.FILLED, anna.person.name), (SlotState.CANCELLED, None)}
    assert (await db.read(lambda uow: uow.urgent.get(call))).state is CallState.STOPPED


async def _press(uow: SqlUnitOfWork) -> Actor:
    (vera,) = await uow.people.holders(frozenset({Role.PRESS_SECRETARY}), "kazan")
    return vera


async def test_a_step_that_runs_twice_asks_nobody_twice(db: Database) -> None:
    """As after a kill between the step and its mark."""
    call, _ = await db.run(sent, 5)
    (view,) = await db.read(lambda uow: uow.plan.slots_of_call(call))
    params = {"call": call, "slot": view.slot.id, "round": 0}
    task = DueTask("again", urgent_asking.STEP, view.slot.subject, NOW, params)
    late = NOW + timedelta(minutes=10)
    await db.run(urgent_asking.step, task, now=late, plan=RULES)
    after = await db.read(lambda uow: uow.urgent.asks(call))
    await db.run(urgent_asking.step, task, now=late, plan=RULES)
    assert await db.read(lambda uow: uow.urgent.asks(call)) == after
    assert sorted(one.ask.round for one in after) == [0, 0, 0, 1, 1]
    assert await db.read(_told) == 5
    assert await db.read(_steps) == {"urgent.step:1:vk-kazan:0", "urgent.step:1:vk-kazan:1"}


async def _told(uow: SqlUnitOfWork) -> int:
    rows = await uow.session.execute(outbox.select().where(outbox.c.kind == "urgent.ask"))
    return len(rows.all())


async def _steps(uow: SqlUnitOfWork) -> set[str]:
    rows = await uow.session.execute(due_task.select().where(due_task.c.kind == urgent_asking.STEP))
    return {row.key for row in rows}


async def test_what_was_changed_meanwhile_is_not_saved_over(db: Database) -> None:
    call, _ = await db.run(sent)
    seen = await db.read(lambda uow: uow.urgent.get(call))
    await db.run(lambda uow: uow.urgent.touch(call))
    with pytest.raises(UrgentChanged):
        await db.run(lambda uow: uow.urgent.save(replace(seen, minutes=5)))
    with pytest.raises(NotFound):
        await db.read(lambda uow: uow.urgent.get(99))


async def test_the_lists_name_what_is_left_and_what_is_on_its_way(db: Database) -> None:
    call, people = await db.run(sent)
    since = NOW - timedelta(days=1)
    texts, many = await db.read(lambda uow: uow.urgent.approved(["kazan"], since, 5, now=NOW))
    assert [(one.text, one.author, one.pages, one.left) for one in texts] == [("Срочно", "Вера", 1, 1)]
    assert many == 1
    assert await db.read(lambda uow: uow.urgent.approved(["omsk"], since, 5, now=NOW)) == ([], 0)
    assert await db.read(lambda uow: uow.urgent.approved(["*"], NOW + timedelta(days=1), 5, now=NOW)) == ([], 0)
    (one,) = await db.read(lambda uow: uow.urgent.running(["kazan"], since))
    assert (one.call_id, one.pages, one.accepted, one.posted) == (call, 1, 0, 0)
    asks = {one.ask.person_id: one.ask.id for one in await db.read(lambda uow: uow.urgent.asks(call))}
    await db.run(urgent_asking.accept, people[0], asks[people[0].id], now=NOW, plan=RULES)
    (one,) = await db.read(lambda uow: uow.urgent.running(["kazan"], since))
    assert (one.pages, one.accepted, one.posted) == (1, 1, 0)


async def test_only_who_was_asked_and_may_still_post_there_can_say_yes(db: Database) -> None:
    call, people = await db.run(sent)
    asks = {one.ask.person_id: one.ask.id for one in await db.read(lambda uow: uow.urgent.asks(call))}
    anna, boris = people
    with pytest.raises(Forbidden):
        await db.run(urgent_asking.accept, boris, asks[anna.id], now=NOW, plan=RULES)
    await db.run(lambda uow: uow.people.remove_memberships(anna.id))
    with pytest.raises(Forbidden):
        await db.run(urgent_asking.accept, replace(anna, memberships=()), asks[anna.id], now=NOW, plan=RULES)
    await db.run(lambda uow: uow.campaign.deactivate_pages(["vk-kazan"]))
    with pytest.raises(DomainError):
        await db.run(urgent_asking.accept, boris, asks[boris.id], now=NOW, plan=RULES)
