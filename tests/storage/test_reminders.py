"""Ladders of pages, the tally of reminders, results and weeks, on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.ladder import LadderChanged, PageLadder, Step
from domain.notices import DueTask, Notice
from domain.people import Role
from domain.plan import AssignmentState
from domain.praise import Result
from domain.rollups import Measure
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.joining import joined
from tests.reporting import posted

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
DAY, MONDAY = timedelta(days=1), date(2026, 9, 7)


async def anna_joins(uow: SqlUnitOfWork) -> int:
    await load_campaign(uow)
    return (await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW, telegram_id=1001)).id


async def _save(uow: SqlUnitOfWork, ladder: PageLadder) -> PageLadder:
    return await uow.reminders.save(ladder)


async def test_a_page_has_a_ladder_of_its_own_at_a_version(db: Database) -> None:
    await db.run(anna_joins)
    assert await db.read(lambda uow: uow.reminders.ladder("vk-kazan")) == PageLadder("vk-kazan")
    wanted = PageLadder("vk-kazan", timedelta(minutes=45), None, None, frozenset({Step.PRESS}), "Спасибо!")
    saved = await db.run(lambda uow: uow.reminders.save(wanted))
    assert saved == replace(wanted, version=1)
    assert await db.read(lambda uow: uow.reminders.ladders(["vk-kazan", "ok-kazan"])) == {"vk-kazan": saved}
    for old in (wanted, replace(saved, version=7)):
        with pytest.raises(LadderChanged):
            await db.run(_save, old)
    usual = await db.run(lambda uow: uow.reminders.save(PageLadder("vk-kazan", version=1)))
    assert await db.read(lambda uow: uow.reminders.ladder("vk-kazan")) == usual
    assert usual.is_usual


async def test_reminders_are_counted_by_the_persons_day(db: Database) -> None:
    anna = await db.run(anna_joins)
    for told in (0, 1, 2):
        assert await db.read(lambda uow: uow.reminders.told(anna, MONDAY)) == told
        await db.run(lambda uow: uow.reminders.count(anna, MONDAY))
    await db.run(lambda uow: uow.reminders.count(anna, MONDAY + DAY))
    assert await db.read(lambda uow: uow.reminders.told(anna, MONDAY + DAY)) == 1
    assert await db.read(lambda uow: uow.reminders.told(anna, MONDAY)) == 0


async def test_only_open_steps_of_these_slots_are_read(db: Database) -> None:
    tasks = [DueTask(f"ladder:{n}", "ladder", f"slot:{n}", NOW, {"slot": n, "step": "at"}) for n in (1, 2, 3)]
    await db.run(lambda uow: uow.tasks.add(*tasks))
    await db.run(lambda uow: uow.tasks.claim("ladder:2", NOW))
    rows = await db.read(lambda uow: uow.reminders.rows([1, 2]))
    assert {number: row.params["step"] for number, row in rows.items()} == {1: "at"}


async def test_what_waits_is_seen_and_moved_and_what_is_due_is_not(db: Database) -> None:
    anna = await db.run(anna_joins)
    later, due = (
        Notice(kind, "assignment:1", at, kind, person_id=anna)
        for kind, at in (("assignment.card", NOW + DAY), ("digest", NOW))
    )
    await db.run(lambda uow: uow.outbox.add(later, due))
    kinds = ["assignment.card", "digest"]
    assert not await db.read(lambda uow: uow.outbox.waits("assignment:1", ["assignment.card"], NOW))
    assert await db.read(lambda uow: uow.outbox.waits("assignment:1", ["assignment.card"], NOW + DAY))
    assert await db.run(lambda uow: uow.outbox.retime("assignment:1", kinds, NOW + DAY / 2, NOW)) == 1
    assert await db.read(lambda uow: uow.outbox.waits("assignment:1", ["assignment.card"], NOW + DAY / 2))
    claimed = await db.run(lambda uow: uow.outbox.claim(NOW, 5))
    assert [one.kind for one in claimed] == ["digest"]


async def test_results_are_posted_and_missed_ones_the_newest_first(db: Database) -> None:
    anna = await db.run(anna_joins)

    async def past(uow: SqlUnitOfWork) -> None:
        states = (AssignmentState.POSTED, AssignmentState.DECLINED, AssignmentState.MISSED, AssignmentState.CANCELLED)
        slots = await uow.plan.add_slots([("vk-kazan", MONDAY, NOW + n * DAY) for n in range(len(states))])
        for slot, state in zip(slots, states, strict=True):
            await uow.plan.put_assignment(slot, anna, state, substitute=False, now=NOW)

    await db.run(past)
    results = await db.read(lambda uow: uow.reminders.results(anna, 10))
    assert results == [Result(NOW + 2 * DAY, posted=False), Result(NOW, posted=True)]


async def test_a_region_has_kept_its_week_only_when_everything_came(db: Database) -> None:
    await db.run(anna_joins)

    async def add(uow: SqlUnitOfWork, /, **counts: int) -> None:
        deltas = {Measure(name): number for name, number in counts.items()}
        await uow.rollups.add("vk-kazan", "kazan", MONDAY, deltas)

    async def kept() -> int:
        return await db.read(lambda uow: uow.reminders.kept("kazan", MONDAY, MONDAY + 7 * DAY))

    assert await kept() == 0
    await db.run(add, slots=3, on_time=2)
    assert await kept() == 0
    await db.run(add, late=1, excused=1)
    assert await kept() == 3
    await db.run(add, slots=1, on_time=1, missed=1)
    assert await kept() == 0
    assert await db.read(lambda uow: uow.reminders.kept("omsk", MONDAY, MONDAY + 7 * DAY)) == 0


async def test_a_late_alert_is_kept_with_its_moment_and_the_newest_one_counts(db: Database) -> None:
    async def late(uow: SqlUnitOfWork) -> list[int]:
        anna = await anna_joins(uow)
        return [await posted(uow, "vk-kazan", anna, at) for at in (NOW + timedelta(hours=1), NOW)]

    first, second = await db.run(late)
    assert await db.read(lambda uow: uow.reminders.alerted_at(first)) is None

    async def alert(uow: SqlUnitOfWork) -> None:
        for number, at in ((first, NOW), (second, NOW + DAY), (first, NOW + DAY)):
            await uow.reminders.alert(number, at)

    await db.run(alert)
    assert await db.read(lambda uow: uow.reminders.alerted_at(first)) == NOW + DAY
    found = await db.read(lambda uow: uow.reminders.alerted_between(NOW + DAY, NOW + 2 * DAY))
    assert [(view.slot.id, at) for view, at in found] == [(second, NOW + DAY), (first, NOW + DAY)]
    assert await db.read(lambda uow: uow.reminders.alerted_between(NOW, NOW + DAY)) == []
