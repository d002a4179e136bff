"""The planner on both engines: what it writes in bulk is what is written one by one, in portions, and kept when planned again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from domain.availability import Availability
from domain.norms import Norm, Window
from domain.notices import DueTask
from domain.pages import Page, PageKind
from domain.people import Actor, Role
from domain.plan import AssignmentState, EmptyReason, Excuse, SlotState
from domain.planning import PlanRules
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.ports.planner import Placed, Telling
from domain.rollups import Measure
from domain.usecases import planning, rungs, staffing
from storage.database import Database
from storage.tables import due_task, journal_payload, outbox, rollup
from tests.drafting import approve
from tests.harness import WINDOWS, load_campaign
from tests.joining import joined

DAY = date(2026, 9, 8)
NOW = datetime(2026, 9, 7, 16, tzinfo=UTC)
AT = datetime(2026, 9, 8, 7, 30, tzinfo=UTC)
RULES = PlanRules(timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=20), timedelta(minutes=60), 3)


def page(code: str, kind: PageKind = PageKind.GROUP, **more: Any) -> Page:
    return Page(code, Platform.VK, kind, code, "kazan", "Europe/Moscow", (), "", 1, None, active=True, **more)


async def own_page(uow: UnitOfWork, keeper: Actor, code: str, per_day: int = 1) -> Page:
    """Of a volunteer, with an approved text of their own."""
    mine = page(code, PageKind.PERSONAL)
    await uow.campaign.save_pages([mine])
    await uow.campaign.set_keeper(code, keeper.id)
    await uow.campaign.save_norms([Norm(code, (per_day,) * 7, WINDOWS[:per_day], 120, 3)])
    await approve(uow, keeper.id, keeper.id, f"Свои слова {code}", code, now=NOW)
    return replace(mine, keeper_id=keeper.id)


async def plan(uow: UnitOfWork, *pages: Page, day: date = DAY, now: datetime = NOW) -> None:
    await planning.plan_days(uow, pages, {one.code: [day] for one in pages}, now=now, rules=RULES)


async def test_what_is_written_in_bulk_is_what_is_written_one_by_one(db: Database) -> None:
    """Cards, lists of the day, first reminders: field by field but for the numbers in them."""

    async def story(uow: Any) -> None:
        await load_campaign(uow)
        anna = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)
        one_by_one = await own_page(uow, anna, "one")
        in_bulk = await own_page(uow, await joined(uow, "Борис", Role.VOLUNTEER, "kazan", now=NOW), "two")
        (slot,) = await uow.plan.add_slots([("one", DAY, AT)])
        await plan(uow, one_by_one, in_bulk)
        assert (await uow.plan.get_slot(slot.id)).state is SlotState.FILLED
        notices = (await uow.session.execute(select(outbox).order_by(outbox.c.kind, outbox.c.person_id))).all()
        fields = ("kind", "guarantee", "priority", "due_at", "next_try_at", "status", "attempts", "last_error")
        assert [n.kind for n in notices] == ["assignment.card"] * 2 + ["digest"] * 2
        for first, second in (notices[:2], notices[2:]):
            assert [getattr(first, name) for name in fields] == [getattr(second, name) for name in fields]
        for notice in notices[:2]:
            number = notice.params["assignment"]
            assigned = await uow.plan.get_assignment(number)
            assert assigned.person_id == notice.person_id
            made = staffing.card(assigned, notice.due_at)
            assert (notice.subject, notice.dedup_key, notice.params) == (made.subject, made.dedup_key, made.params)
        for notice in notices[2:]:
            number = notice.person_id
            named = (f"person:{number}", f"digest:{number}:{DAY}", {"day": DAY.isoformat()})
            assert (notice.subject, notice.dedup_key, notice.params) == named
        steps = (await uow.session.execute(select(due_task).where(due_task.c.kind == "ladder"))).all()
        assert len(steps) == 2
        for step in steps:
            planned = await uow.plan.get_slot(step.params["slot"])
            own, person = await rungs.rungs_of(uow, planned, RULES)
            task = staffing.first_step(planned, NOW, own, person)
            assert task is not None
            found = (step.key, step.subject, step.due_at, step.params)
            assert found == (task.key, task.subject, task.due_at, dict(task.params))

    await db.run(story)


async def test_a_day_off_of_the_keeper_excuses_the_page_and_is_taken_back(db: Database) -> None:
    async def story(uow: Any) -> None:
        await load_campaign(uow)
        anna = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)
        mine = await own_page(uow, anna, "own")
        await uow.availability.save(Availability(anna.id))
        await uow.availability.add_day_off(anna.id, DAY)
        for _ in range(2):
            await plan(uow, mine)
            (slot,) = await uow.plan.slots_of_pages(["own"], [DAY])
            assert (slot.state, slot.excuse) == (SlotState.CANCELLED, Excuse.DAY_OFF)
            assert await counts(uow, "own") == {Measure.EXCUSED: 1}
        await uow.availability.remove_day_off(anna.id, DAY)
        await plan(uow, mine)
        (slot,) = await uow.plan.slots_of_pages(["own"], [DAY])
        assert (slot.state, slot.excuse) == (SlotState.FILLED, None)
        assert await counts(uow, "own") == {Measure.EXCUSED: 0, Measure.SLOTS: 1, Measure.FILLED: 1}

    await db.run(story)


async def counts(uow: Any, code: str) -> dict[Measure, int]:
    rows = await uow.session.execute(select(rollup.c.measure, rollup.c.value).where(rollup.c.page == code))
    return {Measure(measure): value for measure, value in rows}


async def test_declared_hours_are_kept_and_somebody_else_posts(db: Database) -> None:
    async def story(uow: Any) -> None:
        await load_campaign(uow)
        anna = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)
        boris = await joined(uow, "Борис", Role.VOLUNTEER, "kazan", now=NOW)
        evenings = (Window(WINDOWS[1].start, WINDOWS[1].end),)
        await uow.availability.save(Availability(anna.id, hours=evenings, daily_cap=1))
        await uow.campaign.save_pages([page("group")])
        await uow.campaign.save_norms([Norm("group", (2,) * 7, WINDOWS, 120, 3)])
        for number in range(2):
            await approve(uow, anna.id, boris.id, f"Текст {number}", "group", now=NOW)
        await plan(uow, page("group"))
        views = await uow.plan.slots_of_day(DAY, ["group"])
        assert [view.assignee_id for view in views] == [boris.id, anna.id]

    await db.run(story)


async def test_a_dry_run_says_what_the_round_then_does_and_writes_nothing(db: Database) -> None:
    async def prepare(uow: Any) -> Page:
        await load_campaign(uow)
        anna = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)
        return await own_page(uow, anna, "own", per_day=2)

    mine = await db.run(prepare)

    async def sketch(uow: UnitOfWork) -> tuple[planning.Sketched, ...]:
        return await planning.sketch(uow, [mine], DAY, now=NOW, rules=RULES)

    sketched = await db.read(sketch)
    assert await db.read(lambda uow: uow.plan.slots_of_day(DAY)) == []
    await db.run(lambda uow: plan(uow, mine))
    views = await db.read(lambda uow: uow.plan.slots_of_day(DAY))
    assert [(s.page, s.at, s.draft_id, s.reason) for s in sketched] == [
        (v.slot.page, v.slot.at, v.slot.draft_id, v.slot.empty_reason) for v in views
    ]
    assert [s.person_id for s in sketched] == [v.assignee_id for v in views]
    assert [s.reason for s in sketched] == [None, EmptyReason.NO_TEXT]
    (left,) = await db.read(sketch)
    assert (left.slot_id, left.reason) == (views[1].slot.id, EmptyReason.NO_TEXT)


async def test_a_zone_with_many_pages_is_planned_in_portions_and_told_of_once(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "PORTION", 3)

    async def story(uow: Any) -> None:
        await load_campaign(uow)
        pages = [page(f"p{number}") for number in range(8)]
        await uow.campaign.save_pages(pages)
        await uow.campaign.save_norms(Norm(one.code, (2,) * 7, WINDOWS, 120, 3) for one in pages)
        params = {"zone": "Europe/Moscow", "day": (DAY - timedelta(days=1)).isoformat()}
        await planning.evening(uow, DueTask("e", "plan.evening", "z", NOW, params), now=NOW, rules=RULES)
        planned = []
        while (task := await uow.tasks.first_due(NOW)) is not None:
            await uow.tasks.claim(task.key, NOW)
            planned.append(task.kind)
            if task.kind == planning.PART:
                await planning.part(uow, task, now=NOW, rules=RULES)
                assert len({v.slot.page for v in await uow.plan.slots_of_day(DAY)}) <= 3 * len(planned)
        kinds = [kind for kind in planned if kind.startswith("plan.")]
        assert kinds[-1] == "plan.gaps"
        assert len(kinds) >= 4
        assert set(kinds[:-1]) == {planning.PART}
        norms = await uow.campaign.norms()
        views = await uow.plan.slots_of_day(DAY)
        here = await uow.planner.pages_of(norms.keys())
        assert len(views) == sum(norms[one.code].wanted(DAY) for one in here if one.zone == "Europe/Moscow")

    await db.run(story)


async def test_a_page_that_has_something_at_such_a_moment_already_is_left_out(db: Database) -> None:
    """As after its clock was changed: the slot there belongs to what was another day."""

    async def story(uow: Any) -> None:
        await load_campaign(uow)
        anna = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)
        number = await approve(uow, anna.id, anna.id, "Текст", "vk-kazan", now=NOW)
        await uow.plan.add_slots([("vk-kazan", DAY - timedelta(days=1), AT)])
        told = Telling(NOW, None, None, None, None)
        one = Placed("vk-kazan", "kazan", DAY, AT, SlotState.FILLED, None, None, number, 1, 0, anna.id, told)
        other = Placed("ok-kazan", "kazan", DAY, AT, SlotState.EMPTY, EmptyReason.NO_TEXT)
        await uow.planner.place([one, other], NOW)
        assert [view.slot.page for view in await uow.plan.slots_of_day(DAY)] == ["ok-kazan"]
        assert await counts(uow, "vk-kazan") == {}
        assert await uow.plan.bookings([anna.id], NOW) == []
        left = (await uow.session.execute(text("SELECT count(*) FROM placed"))).scalar_one()
        assert left == 0

    await db.run(story)


async def test_one_entry_of_the_journal_names_every_slot_of_a_round(db: Database) -> None:
    async def story(uow: Any) -> None:
        await load_campaign(uow)
        anna = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)
        mine = await own_page(uow, anna, "own", per_day=2)
        await plan(uow, mine)
        filled, empty = await uow.plan.slots_of_day(DAY, ["own"])
        said = (await uow.session.execute(select(journal_payload.c.payload))).scalars().all()
        entry = next(payload for payload in said if "slots" in payload)
        assert entry["slots"] == [[filled.slot.id, filled.slot.draft_id, filled.assignment_id], [empty.slot.id]]
        assigned = await uow.plan.get_assignment(filled.assignment_id)
        assert assigned.state is AssignmentState.ASSIGNED

    await db.run(story)
