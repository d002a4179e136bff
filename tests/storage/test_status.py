"""Status summaries on both engines: scoped, counted from roll-ups, honest about what is not known."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert, select

from domain.drafts import DraftState, Verdict
from domain.errors import Forbidden
from domain.notices import DueTask
from domain.people import EVERYWHERE, Actor, Role
from domain.plan import SlotState
from domain.rollups import Measure
from domain.status import Kept, Slots
from domain.usecases import figures, status, status_digests
from storage.database import Database
from storage.tables import decision, draft, due_task, outbox, slot
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.reporting import MONDAY, NOW, join, new_id, posted
from tests.rows import rows_of


@pytest.fixture
async def boss(db: Database) -> Actor:
    async def prepare(uow: SqlUnitOfWork) -> Actor:
        await load_campaign(uow)
        return await join(uow, "Мария", Role.MANAGER, EVERYWHERE)

    return await db.run(prepare)


async def waiting_draft(uow: SqlUnitOfWork, author: Actor, region: str, hours: float) -> int:
    at = NOW - timedelta(hours=hours)
    values = {"author_id": author.id, "region": region, "state": DraftState.SUBMITTED, "version": 1}
    times = {"updated_at": at, "submitted_at": at, "decide_by": at + timedelta(hours=3)}
    return await new_id(uow, draft, {**values, **times})


async def approve(uow: SqlUnitOfWork, draft_id: int, by: Actor) -> None:
    values = {"draft_id": draft_id, "version": 1, "approver_id": by.id, "verdict": Verdict.APPROVE, "at": NOW}
    await uow.session.execute(insert(decision).values(values))
    await uow.session.execute(draft.update().where(draft.c.id == draft_id).values(state=DraftState.APPROVED))


async def test_an_empty_campaign_promises_nothing(db: Database, boss: Actor) -> None:
    view = await db.read(status.overview, boss, now=NOW)
    assert (view.slots, view.waiting.count, view.kept, view.since) == (Slots(), 0, Kept(), None)
    assert len(view.silent) == 6, "no page has ever reported"
    assert {outlook.target.code: outlook.fact for outlook in view.outlooks} == {"members-1": None, "x-1": None}


async def test_today_is_each_pages_own_local_day(db: Database, boss: Actor) -> None:
    async def plan(uow: SqlUnitOfWork) -> None:
        # At 20:00 in Moscow it is 23:00 in Omsk (the same Monday).
        await uow.rollups.add("vk-kazan", "kazan", MONDAY, {Measure.SLOTS: 2, Measure.FILLED: 1, Measure.LATE: 1})
        await uow.rollups.add("vk-omsk", "omsk", MONDAY, {Measure.SLOTS: 1, Measure.FILLED: 1})
        await uow.rollups.add("vk-omsk", "omsk", MONDAY + timedelta(days=1), {Measure.SLOTS: 2})
        values = {"page": "vk-omsk", "day": MONDAY, "at": NOW - timedelta(hours=2), "state": SlotState.FILLED}
        await uow.session.execute(insert(slot).values(values))

    await db.run(plan)
    view = await db.read(status.overview, boss, now=NOW)
    assert view.slots == Slots(total=3, filled=2, late=1, overdue=1)
    # Two hours later Tuesday has begun in Omsk, and Monday is still on in Moscow.
    later = await db.read(status.overview, boss, now=NOW + timedelta(hours=2))
    assert later.slots == Slots(total=4, filled=1, late=1, overdue=1)


async def test_a_coordinator_sees_their_own_regions_only(db: Database, boss: Actor) -> None:
    olga = await db.run(join, "Ольга", Role.COORDINATOR, "omsk")
    vera = await db.run(join, "Вера", Role.VOLUNTEER, "kazan")
    await db.run(posted, "vk-kazan", vera.id, NOW)
    await db.run(posted, "vk-omsk", vera.id, NOW - timedelta(hours=1))
    await db.run(waiting_draft, vera, "kazan", 5)
    await db.run(waiting_draft, vera, "omsk", 1)
    mine = await db.read(status.overview, olga, now=NOW)
    assert (mine.slots.posted, mine.waiting.count, mine.waiting.overdue, mine.regions) == (1, 1, 0, ("Омск",))
    assert {page.code for page in mine.silent} == {"vk-omsk"}
    everything = await db.read(status.overview, boss, now=NOW)
    assert (everything.slots.posted, everything.waiting.count, everything.waiting.overdue) == (2, 2, 1)
    assert [line.code for line in await db.read(status.regions, olga, now=NOW)] == ["omsk"]
    for query, code in ((status.region, "kazan"), (status.page, "vk-kazan"), (status.page, "x-main")):
        with pytest.raises(Forbidden):
            await db.read(query, olga, code, now=NOW)
    with pytest.raises(Forbidden):
        await db.read(status.overview, vera, now=NOW)


async def test_a_page_below_its_norm_over_the_last_whole_week_is_named(db: Database, boss: Actor) -> None:
    async def week(uow: SqlUnitOfWork) -> None:
        for back in range(9):
            day = MONDAY - timedelta(days=back)
            await uow.rollups.add("vk-kazan", "kazan", day, {Measure.SLOTS: 2, Measure.ON_TIME: 2 if back else 0})
            await uow.rollups.add("ok-kazan", "kazan", day, {Measure.SLOTS: 2, Measure.ON_TIME: 1})

    await db.run(week)
    view = await db.read(status.overview, boss, now=NOW)
    assert view.kept == Kept(2, 1, 21, 28, "ОК Казань")
    short, names = await db.read(status.short_pages, boss, now=NOW)
    assert [(page.code, page.posted, page.wanted) for page in short] == [("ok-kazan", 7, 14)]
    assert names["kazan"] == "Казань"


async def test_since_you_last_looked(db: Database, boss: Actor) -> None:
    vera = await db.run(join, "Вера", Role.VOLUNTEER, "kazan")
    draft_id = await db.run(waiting_draft, vera, "kazan", 1)
    first = await db.read(status.overview, boss, now=NOW)
    await db.run(status.looked, boss, first.marks, now=NOW)
    await db.run(posted, "vk-kazan", vera.id, NOW)
    await db.run(approve, draft_id, boss)
    await db.run(join, "Илья", Role.VOLUNTEER, "omsk")
    for minutes in (120, 121, 125):  # one sitting: going back and forth keeps the news
        at = NOW + timedelta(minutes=minutes)
        view = await db.read(status.overview, boss, now=at)
        await db.run(status.looked, boss, view.marks, now=at)
        assert view.since is not None
        assert (view.since.at, view.since.posted, view.since.approved, view.since.joined) == (NOW, 1, 1, 1)
    at = NOW + timedelta(hours=5)
    view = await db.read(status.overview, boss, now=at)
    assert view.since is not None
    assert (view.since.posted, view.since.approved, view.since.joined) == (0, 0, 0)


async def test_the_histories_for_a_trend_hold_first_newest_and_the_last_two_weeks(db: Database, boss: Actor) -> None:
    async def report(uow: SqlUnitOfWork) -> None:
        for n in range(40):
            await uow.rollups.set("vk-kazan", "kazan", date(2026, 8, 1) + timedelta(days=n), {Measure.MEMBERS: 100 + n})
        await uow.rollups.set("ok-kazan", "kazan", date(2026, 8, 3), {Measure.MEMBERS: 7})

    await db.run(report)
    since = date(2026, 9, 1)
    found = await db.read(lambda uow: uow.status.histories(since))
    assert min(found["vk-kazan"]) == date(2026, 8, 1)
    assert sorted(found["vk-kazan"])[1:3] == [date(2026, 8, 31), since]
    assert len(found["vk-kazan"]) == 11
    assert found["ok-kazan"] == {date(2026, 8, 3): 7}
    assert len((await db.read(lambda uow: uow.status.histories(None)))["vk-kazan"]) == 40


async def test_a_page_shows_its_posts_and_who_typed_its_figures(db: Database, boss: Actor) -> None:
    vera = await db.run(join, "Вера", Role.VOLUNTEER, "kazan")
    await db.run(lambda uow: uow.campaign.set_keeper("vk-kazan", vera.id))
    await db.run(posted, "vk-kazan", vera.id, NOW - timedelta(hours=1))
    await db.run(figures.report_page, boss, "vk-kazan", MONDAY, "12400", now=NOW)
    view = await db.read(status.page, boss, "vk-kazan", now=NOW)
    assert (view.keeper, view.line.value, view.line.day, view.region_name) == ("Вера", 12_400, MONDAY, "Казань")
    assert [(post.state, post.who) for post in view.posts] == [(SlotState.POSTED, "Вера")]
    assert [(f.figure.value, f.typed_by, f.for_person) for f in view.figures] == [(12_400, "Мария", "Вера")]
    region = await db.read(status.region, boss, "kazan", now=NOW)
    assert [line.page.code for line in region.pages if not line.trouble] == ["vk-kazan"]


async def due(uow: SqlUnitOfWork) -> list[tuple[str, str]]:
    rows = await uow.session.execute(
        select(due_task.c.key, due_task.c.due_at).where(due_task.c.done_at.is_(None)).order_by(due_task.c.due_at)
    )
    return [(row.key, f"{row.due_at:%d %H:%M}") for row in rows]


async def test_the_daily_summary_comes_at_the_readers_hour_until_they_stop_it(db: Database, boss: Actor) -> None:
    await db.run(status_digests.subscribe, boss, "daily", time(9), now=NOW)
    assert await db.read(due) == [(f"status.daily:{boss.id}:2026-09-08", "08 06:00")]
    await db.run(status_digests.subscribe, boss, "daily", time(21), now=NOW)
    assert await db.read(due) == [(f"status.daily:{boss.id}:2026-09-07", "07 18:00")]
    at = NOW + timedelta(hours=1)
    task = await db.run(lambda uow: uow.tasks.claim(f"status.daily:{boss.id}:2026-09-07", at))
    assert isinstance(task, DueTask)
    await db.run(status_digests.send, task, now=at)
    assert await db.read(due) == [(f"status.daily:{boss.id}:2026-09-08", "08 18:00")]
    kinds = await db.read(rows_of(select(outbox.c.kind)))
    assert [row.kind for row in kinds] == ["status.daily"]
    # A later hour of the same day comes the same day, though today's was sent.
    await db.run(status_digests.subscribe, boss, "daily", time(22), now=at)
    assert await db.read(due) == [(f"status.daily:{boss.id}:2026-09-07", "07 19:00")]
    await db.run(status_digests.subscribe, boss, "daily", None, now=at)
    assert await db.read(due) == []
