"""Periods of the status on both engines: what the roll-ups hold, whose it is, and what it costs to read."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import insert, select, update

from domain.commitments import CommitmentState
from domain.drafts import DraftState, Verdict
from domain.errors import Forbidden, NotFound
from domain.forecast import TREND_DAYS
from domain.notices import DueTask
from domain.pages import page_key
from domain.people import EVERYWHERE, Actor, Role
from domain.rollups import Measure
from domain.status_periods import Deciding, Growth, Period, Place, Span, Tally
from domain.targets import headline, outlook
from domain.usecases import status, status_digests, status_periods
from storage.database import Database, measured
from storage.tables import decision, draft, due_task, outbox, rollup, status_view
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.reporting import MONDAY, NOW, join, new_id, posted
from tests.rows import rows_of

DAY = timedelta(days=1)
ALL = frozenset({EVERYWHERE})
FIGURES = (Measure.MEMBERS, Measure.FOLLOWERS)


@pytest.fixture
async def boss(db: Database) -> Actor:
    async def prepare(uow: SqlUnitOfWork) -> Actor:
        await load_campaign(uow)
        return await join(uow, "Мария", Role.MANAGER, EVERYWHERE)

    return await db.run(prepare)


# -- figures -----------------------------------------------------------------------------------------------------------


async def report(uow: SqlUnitOfWork, page: str, day: date, value: int) -> None:
    await uow.rollups.set(page, "kazan", day, {Measure.MEMBERS: value})


async def test_every_figure_knows_how_much_it_added_whatever_the_order_they_come_in(db: Database, boss: Actor) -> None:
    random, told = Random(7), dict[date, int]()  # noqa: S311 - the same on every run, nothing secret
    for _ in range(40):  # corrections among them
        day, value = MONDAY - random.randrange(12) * DAY, random.randrange(1_000)
        told[day] = value
        await db.run(report, "vk-kazan", day, value)
        await db.run(report, "ok-kazan", day, 5)
    mine = select(rollup.c.day, rollup.c.grown).where(rollup.c.page == "vk-kazan").order_by(rollup.c.day)
    rows = await db.read(rows_of(mine))
    days = sorted(told)
    steps = [None, *(told[later] - told[day] for day, later in pairwise(days))]
    assert [(row.day, row.grown) for row in rows] == list(zip(days, steps, strict=True))


async def figures_of_weeks(uow: SqlUnitOfWork) -> None:
    random = Random(3)  # noqa: S311 - the same on every run, nothing secret
    for page, region, measure in (
        ("vk-kazan", "kazan", Measure.MEMBERS),
        ("ok-kazan", "kazan", Measure.MEMBERS),
        ("vk-omsk", "omsk", Measure.MEMBERS),
        ("x-main", EVERYWHERE, Measure.FOLLOWERS),
    ):
        value = random.randrange(1_000, 9_000)
        for n in range(40):
            value += random.randrange(-5, 90)
            if random.random() < 0.6 or n in {0, 39}:
                await uow.rollups.set(page, region, date(2026, 7, 30) + n * DAY, {measure: value})


@pytest.mark.parametrize("recorded", [True, False])
async def test_headlines_from_sums_say_the_same_as_from_every_figure(db: Database, boss: Actor, recorded: bool) -> None:
    await db.run(figures_of_weeks)
    if not recorded:  # rows from before the upgrade
        await db.run(lambda uow: uow.session.execute(update(rollup).values(grown=None)))
    view = await db.read(status.overview, boss, now=NOW)

    async def slowly(uow: SqlUnitOfWork) -> Sequence[object]:
        campaign = await uow.campaign.find_campaign()
        assert campaign is not None
        pages = list((await uow.campaign.pages()).values())
        histories = await uow.status.histories(MONDAY - (TREND_DAYS + 1) * DAY)
        chosen = headline(await uow.campaign.targets(), MONDAY)
        return [outlook(target, pages, histories, starts=campaign.starts, today=MONDAY) for target in chosen]

    expected = await db.read(slowly)
    assert list(view.outlooks) == expected
    assert all(one.forecast is not None and one.pace is not None for one in view.outlooks)


async def test_growth_says_from_how_many_pages_and_what_is_first_is_not_growth(db: Database, boss: Actor) -> None:
    week = Span(MONDAY - 6 * DAY, MONDAY)

    async def report(uow: SqlUnitOfWork) -> None:
        await uow.rollups.set("vk-kazan", "kazan", MONDAY - 9 * DAY, {Measure.MEMBERS: 100})
        await uow.rollups.set("vk-kazan", "kazan", MONDAY - DAY, {Measure.MEMBERS: 130})
        await uow.rollups.set("vk-omsk", "omsk", MONDAY, {Measure.MEMBERS: 9_000})

    assert await db.read(lambda uow: uow.periods.growth(ALL, Place(), week)) == Growth(0, 6)
    await db.run(report)
    assert await db.read(lambda uow: uow.periods.growth(ALL, Place(), week)) == Growth(2, 6, 30, MONDAY)
    omsk = await db.read(lambda uow: uow.periods.growth(ALL, Place("omsk"), week))
    assert (omsk.pages, omsk.gained) == (1, None), "no data is not 0"


# -- decisions ---------------------------------------------------------------------------------------------------------


async def decided(uow: SqlUnitOfWork, author: Actor, region: str, at: datetime, waited: int | None) -> None:
    values = {"author_id": author.id, "region": region, "state": DraftState.APPROVED, "version": 1, "updated_at": at}
    draft_id = await new_id(uow, draft, values)
    made = {"draft_id": draft_id, "version": 1, "approver_id": author.id, "verdict": Verdict.APPROVE, "at": at}
    await uow.session.execute(insert(decision).values(**made, waited=waited))


async def test_half_and_nine_in_ten_of_the_decisions(db: Database, boss: Actor) -> None:
    async def many(uow: SqlUnitOfWork) -> None:
        for n in range(1, 11):
            await decided(uow, boss, "kazan", NOW - n * timedelta(hours=1), 60 * n)
        await decided(uow, boss, "omsk", NOW - timedelta(hours=1), 9_999)
        await decided(uow, boss, "omsk", NOW - 9 * DAY, 1)
        await decided(uow, boss, "omsk", NOW, 1)
        await decided(uow, boss, "kazan", NOW - timedelta(hours=1), None)  # older than the record

    await db.run(many)
    week = (NOW - 7 * DAY, NOW)
    assert await db.read(lambda uow: uow.periods.deciding(ALL, Place("kazan"), *week)) == Deciding(10, 300, 540)
    assert await db.read(lambda uow: uow.periods.deciding(ALL, Place(), *week)) == Deciding(11, 360, 600)
    mine = frozenset({"omsk"})
    assert await db.read(lambda uow: uow.periods.deciding(mine, Place(), *week)) == Deciding(1, 9_960, 9_960), (
        "whole minutes"
    )
    assert await db.read(lambda uow: uow.periods.deciding(mine, Place("kazan"), *week)) == Deciding()


# -- periods -----------------------------------------------------------------------------------------------------------


async def test_a_week_beside_the_week_before(db: Database, boss: Actor) -> None:
    async def weeks(uow: SqlUnitOfWork) -> None:
        for n in range(1, 15):
            late = {Measure.LATE: 1} if n <= 7 else {}
            counts = {Measure.SLOTS: 3, Measure.ON_TIME: 1, **late}
            await uow.rollups.add("vk-kazan", "kazan", MONDAY - n * DAY, counts)
        await uow.rollups.add("vk-kazan", "kazan", MONDAY, {Measure.SLOTS: 9})
        await uow.commitments.add(
            title="Т", region="kazan", page="", person_id=boss.id, by_id=boss.id, state=CommitmentState.OPEN,
            due=MONDAY - DAY, now=NOW,
        )  # fmt: skip

    await db.run(weeks)
    view = await db.read(status_periods.view, boss, Period.WEEK, Place(), now=NOW)
    assert view.here.tally == Tally(21, 7, 7)
    assert view.before is not None
    assert view.before.tally == Tally(21, 7)
    assert sum((day for day in view.days.values()), Tally()) == view.here.tally
    assert view.here.promised is not None
    assert view.here.promised.late == 1
    today = await db.read(status_periods.view, boss, Period.TODAY, Place(region="kazan"), now=NOW)
    assert (today.here.tally, today.names) == (Tally(9), ("Казань",))
    page = await db.read(status_periods.page_by_key, boss, page_key("vk-kazan"))
    assert (await db.read(status_periods.view, boss, Period.WEEK, page, now=NOW)).here.tally == Tally(21, 7, 7)


async def test_posts_whose_hour_is_still_to_come_are_not_missing_from_the_norm(db: Database, boss: Actor) -> None:
    vera = await db.run(join, "Вера", Role.VOLUNTEER, "kazan")

    async def plan(uow: SqlUnitOfWork) -> None:
        hours = [NOW + timedelta(hours=hour) for hour in (-1, 1, 2)]
        await uow.plan.add_slots([("vk-kazan", MONDAY, at) for at in hours])
        await uow.rollups.add("vk-kazan", "kazan", MONDAY, {Measure.SLOTS: 3})

    await db.run(posted, "vk-kazan", vera.id, NOW - timedelta(hours=2))
    before = (await db.read(status_periods.view, boss, Period.TODAY, Place(), now=NOW)).here.tally
    await db.run(plan)
    for period in (Period.TODAY, Period.WEEK, Period.MONTH):
        after = (await db.read(status_periods.view, boss, period, Place(), now=NOW)).here.tally
        ends_today = period is not Period.WEEK
        assert (after.ahead, after.due) == ((2, before.due + 1) if ends_today else (0, 0))
    elsewhere = await db.read(status_periods.view, boss, Period.TODAY, Place("omsk"), now=NOW)
    assert elsewhere.here.tally.ahead == 0


async def test_periods_keep_to_the_readers_regions(db: Database, boss: Actor) -> None:
    olga = await db.run(join, "Ольга", Role.COORDINATOR, "omsk")
    vera = await db.run(join, "Вера", Role.VOLUNTEER, "omsk")
    await db.run(posted, "vk-kazan", vera.id, NOW)
    await db.run(posted, "vk-omsk", vera.id, NOW - timedelta(hours=1))
    view = await db.read(status_periods.view, olga, Period.TODAY, Place(), now=NOW)
    assert (view.here.tally.posted, view.names) == (1, ("Омск",))
    for place in (Place("kazan"), Place(EVERYWHERE), Place(page="vk-kazan"), Place(page="x-main")):
        with pytest.raises(Forbidden):
            await db.read(status_periods.view, olga, Period.TODAY, place, now=NOW)
    with pytest.raises(NotFound):
        await db.read(status_periods.page_by_key, olga, page_key("vk-kazan"))
    with pytest.raises(Forbidden):
        await db.read(status_periods.view, vera, Period.TODAY, Place(), now=NOW)
    own = await db.read(status_periods.view, boss, Period.TODAY, Place(EVERYWHERE), now=NOW)
    assert own.here.tally == Tally(), "pages of the whole campaign, not all pages"


async def test_a_region_s_screen_is_its_own_alone(db: Database, boss: Actor) -> None:
    vera = await db.run(join, "Вера", Role.VOLUNTEER, "kazan")
    await db.run(posted, "vk-kazan", vera.id, NOW)
    lines = {line.code: line for line in await db.read(status.regions, boss, now=NOW)}
    for code in ("kazan", "omsk", EVERYWHERE):
        view = await db.read(status.region, boss, code, now=NOW)
        assert view.line == lines[code]
        assert {line.page.region for line in view.pages} == {code}


async def test_a_post_tells_who_had_a_hand_in_it(db: Database, boss: Actor) -> None:
    vera = await db.run(join, "Вера", Role.VOLUNTEER, "kazan")
    olga = await db.run(join, "Ольга", Role.COORDINATOR, "omsk")
    number = await db.run(posted, "vk-kazan", vera.id, NOW - timedelta(hours=1))
    view = await db.read(status.post, boss, number, now=NOW)
    assert (view.page.code, view.region_name, view.trail.text) == ("vk-kazan", "Казань", "")
    assert [holder.name for holder in view.trail.holders] == ["Вера"]
    assert view.trail.url is not None
    with pytest.raises(Forbidden):
        await db.read(status.post, olga, number, now=NOW)
    with pytest.raises(NotFound):
        await db.read(status.post, boss, number + 1, now=NOW)


async def test_screens_take_as_many_statements_however_much_there_is(db: Database, boss: Actor) -> None:
    async def cost() -> list[int]:
        found = []
        for query, arguments in (
            (status.overview, ()),
            (status.region, ("kazan",)),
            (status.regions, ()),
            (status_periods.view, (Period.WEEK, Place())),
        ):
            with measured() as spent:
                await db.read(query, boss, *arguments, now=NOW)  # type: ignore[arg-type]  # reads of different shape
            found.append(spent.statements)
        return found

    empty = await cost()
    vera = await db.run(join, "Вера", Role.VOLUNTEER, "kazan")
    await db.run(figures_of_weeks)
    for n in range(20):
        await db.run(posted, ("vk-kazan", "ok-kazan", "vk-omsk")[n % 3], vera.id, NOW - n * timedelta(hours=7))
    full = await cost()
    assert full == empty
    assert full[0] <= 20
    assert max(full) <= 22


# -- summaries ---------------------------------------------------------------------------------------------------------


async def due(uow: SqlUnitOfWork) -> list[tuple[str, str]]:
    open_ = select(due_task.c.key, due_task.c.due_at).where(due_task.c.done_at.is_(None)).order_by(due_task.c.due_at)
    return [(row.key.split(":", 1)[0], f"{row.due_at:%d.%m %H:%M}") for row in await uow.session.execute(open_)]


async def test_weekly_and_monthly_summaries_come_on_mondays_and_on_the_first(db: Database, boss: Actor) -> None:
    await db.run(status_digests.subscribe, boss, "daily", time(9), now=NOW)
    await db.run(status_digests.subscribe, boss, "weekly", time(10), now=NOW)
    await db.run(status_digests.subscribe, boss, "monthly", time(12), now=NOW)
    expected = [("status.daily", "08.09 06:00"), ("status.weekly", "14.09 07:00"), ("status.monthly", "01.10 09:00")]
    assert await db.read(due) == expected
    at = datetime.fromisoformat("2026-09-14T07:00:00+00:00")
    task = await db.run(lambda uow: uow.tasks.claim(f"status.weekly:{boss.id}:2026-09-14", at))
    assert isinstance(task, DueTask)
    await db.run(status_digests.send, task, now=at)
    assert ("status.weekly", "21.09 07:00") in await db.read(due)
    assert [row.kind for row in await db.read(rows_of(select(outbox.c.kind)))] == ["status.weekly"]
    await db.run(status_digests.subscribe, boss, "weekly", None, now=at)
    assert [kind for kind, _ in await db.read(due)] == ["status.daily", "status.monthly"], "each by itself"
    seen = await db.run(status_digests.set_pictured, boss, True, now=at)
    assert (seen.pictured, seen.daily_at, seen.weekly_at, seen.monthly_at) == (True, time(9), None, time(12))
    with pytest.raises(NotFound):
        await db.run(status_digests.subscribe, boss, "hourly", time(9), now=at)


async def test_looking_keeps_what_was_subscribed_to(db: Database, boss: Actor) -> None:
    await db.run(status_digests.subscribe, boss, "monthly", time(12), now=NOW)
    view = await db.read(status.overview, boss, now=NOW)
    await db.run(status.looked, boss, view.marks, now=NOW)
    rows = await db.read(rows_of(select(status_view.c.monthly_at, status_view.c.looked_at)))
    assert [(row.monthly_at, row.looked_at) for row in rows] == [(time(12), NOW)]
