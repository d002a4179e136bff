"""Figures on both engines: what is kept, what counts, what is asked."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.errors import Forbidden
from domain.figures import BadPostFigures, FigureSettled, FigureState, PageReported, PostReported
from domain.notices import DueTask
from domain.people import Actor, Role
from domain.rollups import Measure
from domain.typed_figures import BadFigure, Metric
from domain.usecases import figures, figures_posts
from storage.database import Database
from storage.tables import figure, journal, outbox, rollup
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.reporting import MONDAY, NOW, join, posted
from tests.rows import rows_of

TUESDAY = MONDAY + timedelta(days=1)
LATER = NOW + timedelta(days=1)


@pytest.fixture
async def anna(db: Database) -> Actor:
    """A volunteer who keeps two of Kazan's pages."""

    async def prepare(uow: SqlUnitOfWork) -> Actor:
        await load_campaign(uow)
        found = await join(uow, "Анна", Role.VOLUNTEER)
        await uow.campaign.set_keeper("vk-kazan", found.id)
        await uow.campaign.set_keeper("ok-kazan", found.id)
        return found

    return await db.run(prepare)


async def rolled(uow: SqlUnitOfWork, page: str, day: date) -> dict[str, int]:
    rows = await uow.session.execute(
        select(rollup.c.measure, rollup.c.value).where(rollup.c.page == page, rollup.c.day == day)
    )
    return {row.measure: row.value for row in rows}


async def states(uow: SqlUnitOfWork) -> list[tuple[int, str]]:
    rows = await uow.session.execute(select(figure.c.value, figure.c.state).order_by(figure.c.id))
    return [(row.value, row.state.value) for row in rows]


async def test_a_figure_is_confirmed_summed_and_the_next_page_is_asked_for(db: Database, anna: Actor) -> None:
    done = await db.run(figures.report_page, anna, "vk-kazan", MONDAY, "12,4к", now=NOW)
    assert (done.figure.value, done.figure.state, done.figure.typed_by) == (12_400, FigureState.CONFIRMED, anna.id)
    assert done.then is not None
    assert done.then.page.code == "ok-kazan"
    assert await db.read(rolled, "vk-kazan", MONDAY) == {Measure.MEMBERS: 12_400}
    expected = await db.read(lambda uow: uow.expectations.find(anna.id, NOW))
    assert expected is not None
    assert (expected.kind, expected.params["page"]) == ("figure.page", "ok-kazan")
    last = await db.run(figures.report_page, anna, "ok-kazan", MONDAY, "5 120", now=NOW)
    assert last.then is None
    expected = await db.read(lambda uow: uow.expectations.find(anna.id, NOW))
    assert expected is not None
    assert expected.params["page"] == "ok-kazan", "another number corrects it"
    assert await db.read(lambda uow: uow.expectations.find(anna.id, NOW + timedelta(hours=2))) is None
    await db.run(figures.confirm, anna, last.figure.id, now=NOW)
    assert await db.read(lambda uow: uow.expectations.find(anna.id, NOW)) is None
    entries = await db.read(rows_of(select(journal.c.action)))
    assert [row.action for row in entries] == ["figures_report", "figures_report"]


async def test_a_jump_counts_only_once_it_is_confirmed(db: Database, anna: Actor) -> None:
    await db.run(figures.report_page, anna, "vk-kazan", MONDAY, "12400", now=NOW)
    jump = await db.run(figures.report_page, anna, "vk-kazan", TUESDAY, "124000", now=LATER)
    assert jump.figure.state is FigureState.DOUBTFUL
    assert jump.before is not None
    assert jump.before.value == 12_400
    assert await db.read(rolled, "vk-kazan", TUESDAY) == {}
    for _ in range(2):  # saying yes twice changes nothing
        sure = await db.run(figures.confirm, anna, jump.figure.id, now=LATER)
        assert isinstance(sure, PageReported)
        assert sure.figure.state is FigureState.CONFIRMED
    assert await db.read(rolled, "vk-kazan", TUESDAY) == {Measure.MEMBERS: 124_000}


async def test_a_correction_keeps_what_was_said_before(db: Database, anna: Actor) -> None:
    first = await db.run(figures.report_page, anna, "vk-kazan", MONDAY, "12400", now=NOW)
    await db.run(figures.report_page, anna, "vk-kazan", TUESDAY, "124000", now=LATER)
    await db.run(figures.report_page, anna, "vk-kazan", TUESDAY, "12500", now=LATER)
    await db.run(figures.change, anna, first.figure.id, now=NOW)
    await db.run(figures.report_page, anna, "vk-kazan", MONDAY, "12450", now=NOW)
    assert await db.read(states) == [
        (12_400, "replaced"),
        (124_000, "replaced"),
        (12_500, "confirmed"),
        (12_450, "confirmed"),
    ]
    assert await db.read(rolled, "vk-kazan", MONDAY) == {Measure.MEMBERS: 12_450}
    with pytest.raises(FigureSettled):
        await db.run(figures.confirm, anna, first.figure.id, now=LATER)


async def test_only_those_it_concerns_and_those_who_lead_may_report(db: Database, anna: Actor) -> None:
    async def others(uow: SqlUnitOfWork) -> list[Actor]:
        return [
            await join(uow, "Вера", Role.VOLUNTEER),
            await join(uow, "Олег", Role.COORDINATOR, "omsk"),
            await join(uow, "Пётр", Role.PRESS_SECRETARY),
            await join(uow, "Мария", Role.COORDINATOR),
        ]

    vera, oleg, petr, maria = await db.run(others)
    for stranger in (vera, oleg, petr):
        with pytest.raises(Forbidden):
            await db.run(figures.report_page, stranger, "vk-kazan", MONDAY, "1", now=NOW)
    done = await db.run(figures.report_page, maria, "vk-kazan", MONDAY, "12400", now=NOW)
    assert (done.typed_by, done.for_person, done.figure.for_person) == ("Мария", "Анна", anna.id)
    kept_by_nobody = await db.run(figures.report_page, petr, "tg-kazan", MONDAY, "900", now=NOW)
    assert kept_by_nobody.for_person is None


async def test_what_cannot_be_read_changes_nothing(db: Database, anna: Actor) -> None:
    with pytest.raises(BadFigure):
        await db.run(figures.report_page, anna, "vk-kazan", MONDAY, "abc", now=NOW)
    slot_id = await db.run(posted, "vk-kazan", anna.id, NOW)
    for text in ("abc", "340", "340 участников", ""):
        with pytest.raises(BadPostFigures):
            await db.run(figures_posts.report, anna, slot_id, text, now=NOW)
    assert await db.read(states) == []


async def test_the_evening_asks_every_keeper_once_and_the_coordinator_for_pages_without(
    db: Database, anna: Actor
) -> None:
    maria = await db.run(join, "Мария", Role.COORDINATOR)
    petr = await db.run(join, "Пётр", Role.PRESS_SECRETARY, "*")
    await db.run(join, "Ольга", Role.MANAGER, "*")
    await db.run(figures.report_page, anna, "vk-kazan", MONDAY, "12400", now=NOW)
    task = DueTask("k", "figures.ask", "zone", NOW, {"zone": "Europe/Moscow", "day": MONDAY.isoformat()})
    for _ in range(2):
        await db.run(figures.ask, task, now=NOW)
    rows = await db.read(rows_of(select(outbox).order_by(outbox.c.person_id)))
    assert [(row.kind, row.person_id, row.params["pages"]) for row in rows] == [
        ("figures.ask", anna.id, ["ok-kazan"]),
        ("figures.ask", maria.id, ["tg-kazan"]),
        ("figures.ask", petr.id, ["x-main"]),
    ]
    single = await db.read(lambda uow: uow.expectations.find(petr.id, NOW))
    assert single is not None
    assert single.params == {"page": "x-main", "day": "2026-09-07", "unasked": True}


async def test_nobody_who_leads_all_regions_is_asked_for_pages_without_a_keeper(db: Database, anna: Actor) -> None:
    for role in (Role.OWNER, Role.MANAGER, Role.COORDINATOR, Role.PRESS_SECRETARY):
        await db.run(join, f"Все регионы, {role}", role, "*")
    task = DueTask("k", "figures.ask", "zone", NOW, {"zone": "Europe/Moscow", "day": MONDAY.isoformat()})
    await db.run(figures.ask, task, now=NOW)
    rows = await db.read(rows_of(select(outbox).order_by(outbox.c.person_id)))
    assert [row.params["pages"] for row in rows] == [["ok-kazan", "vk-kazan"], ["x-main"]]
    assert rows[0].person_id == anna.id


async def test_figures_of_a_post_are_summed_and_reversed_on_correction(db: Database, anna: Actor) -> None:
    first = await db.run(posted, "vk-kazan", anna.id, NOW)
    second = await db.run(posted, "vk-kazan", anna.id, NOW + timedelta(hours=1))
    done = await db.run(figures_posts.report, anna, first, "340 просмотров 12 лайков", now=LATER + timedelta(hours=1))
    assert {f.metric: f.value for f in done.figures} == {Metric.VIEWS: 340, Metric.LIKES: 12}
    assert done.then is not None
    assert done.then.post.slot_id == second
    await db.run(figures_posts.report, anna, second, "60 2 0 1", now=LATER)
    counts = await db.read(rolled, "vk-kazan", MONDAY)
    assert {m: counts[m] for m in ("views", "likes", "reposts")} == {"views": 400, "likes": 14, "reposts": 1}
    again = await db.run(figures_posts.report, anna, first, "300 views", now=LATER)
    assert {f.metric: f.value for f in again.figures} == {Metric.VIEWS: 300, Metric.LIKES: 12}
    assert (await db.read(rolled, "vk-kazan", MONDAY))["views"] == 360


async def test_more_likes_than_views_wait_for_a_yes(db: Database, anna: Actor) -> None:
    slot_id = await db.run(posted, "vk-kazan", anna.id, NOW)
    odd = await db.run(figures_posts.report, anna, slot_id, "12 просмотров 340 лайков", now=LATER)
    assert odd.doubtful
    assert "views" not in await db.read(rolled, "vk-kazan", MONDAY)
    fixed = await db.run(figures_posts.report, anna, slot_id, "1200 просмотров", now=LATER)
    assert not fixed.doubtful, "the likes were right all along"
    counts = await db.read(rolled, "vk-kazan", MONDAY)
    assert (counts["views"], counts["likes"]) == (1_200, 340)


async def test_an_odd_post_can_be_confirmed(db: Database, anna: Actor) -> None:
    slot_id = await db.run(posted, "vk-kazan", anna.id, NOW)
    odd = await db.run(figures_posts.report, anna, slot_id, "12 просмотров 340 лайков", now=LATER)
    for _ in range(2):
        sure = await db.run(figures.confirm, anna, odd.figures[0].id, now=LATER)
        assert isinstance(sure, PostReported)
        assert not sure.doubtful
    counts = await db.read(rolled, "vk-kazan", MONDAY)
    assert (counts["views"], counts["likes"]) == (12, 340)


async def test_posts_of_the_last_week_that_lack_figures_are_on_the_list(db: Database, anna: Actor) -> None:
    old, due, fresh = [await db.run(posted, "vk-kazan", anna.id, NOW - timedelta(days=days)) for days in (9, 2, 0)]
    view = await db.read(figures.to_report, anna, now=NOW)
    assert [ask.post.slot_id for ask in view.posts] == [due]
    assert [p.page.code for p in view.mine] == ["vk-kazan", "ok-kazan"]
    assert view.others == ()
    assert {old, fresh}.isdisjoint({ask.post.slot_id for ask in view.posts})


async def claim(uow: SqlUnitOfWork, key: str, at: datetime) -> DueTask:
    task = await uow.tasks.claim(key, at)
    assert task is not None
    return task


async def test_a_post_is_asked_about_at_three_moments_and_a_task_from_before_goes_on(db: Database, anna: Actor) -> None:
    slot_id = await db.run(posted, "vk-kazan", anna.id, NOW)
    key = f"figures.post:{slot_id}"
    await db.run(figures_posts.expect_figures, slot_id, NOW)
    due = []
    while (task := await db.read(lambda uow: uow.tasks.find(key))) is not None:
        due.append(task.due_at - NOW)
        claimed = await db.run(claim, key, task.due_at)
        await db.run(figures_posts.ask, claimed, now=task.due_at)
    assert due == [timedelta(hours=2), timedelta(hours=24), timedelta(days=7)]
    notices = await db.read(rows_of(select(outbox.c.dedup_key).order_by(outbox.c.id)))
    assert [row.dedup_key for row in notices] == [f"{key}:{step}" for step in range(3)]
    out = NOW - timedelta(hours=1)
    second = await db.run(posted, "ok-kazan", anna.id, out)
    old = DueTask(f"figures.post:{second}", "figures.post", f"slot:{second}", LATER, {"slot": second})
    await db.run(lambda uow: uow.tasks.add(old))
    await db.run(figures_posts.ask, await db.run(claim, old.key, LATER), now=LATER)
    then = await db.read(lambda uow: uow.tasks.find(old.key))
    assert then is not None
    assert then.due_at - out == timedelta(days=7)


async def test_after_a_pause_only_the_last_moment_is_asked_at(db: Database, anna: Actor) -> None:
    slot_id = await db.run(posted, "vk-kazan", anna.id, NOW)
    await db.run(figures_posts.expect_figures, slot_id, NOW)
    task = await db.read(lambda uow: uow.tasks.find(f"figures.post:{slot_id}"))
    assert task is not None
    await db.run(figures_posts.ask, task, now=NOW + timedelta(days=3))
    notices = await db.read(rows_of(select(outbox.c.dedup_key)))
    assert [row.dedup_key for row in notices] == [f"figures.post:{slot_id}:1"]


async def test_a_posts_figures_that_could_be_read_otherwise_or_fell_wait_for_a_yes(db: Database, anna: Actor) -> None:
    slot_id = await db.run(posted, "vk-kazan", anna.id, NOW)
    unclear = await db.run(figures_posts.report, anna, slot_id, "12,400к просмотров", now=LATER)
    assert unclear.doubtful
    assert "views" not in await db.read(rolled, "vk-kazan", MONDAY)
    await db.run(figures_posts.report, anna, slot_id, "12,4к просмотров", now=LATER)
    fell = await db.run(figures_posts.report, anna, slot_id, "1240 просмотров", now=LATER)
    assert (fell.doubtful, dict(fell.before)) == (True, {Metric.VIEWS: 12_400})
    assert (await db.read(rolled, "vk-kazan", MONDAY))["views"] == 12_400
