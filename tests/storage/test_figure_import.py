"""A file of figures on both engines: all of it or nothing, history kept, sums right."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.errors import Forbidden, NotFound
from domain.figure_import import WAITS, Fault, ImportOver, ImportState, ImportView, NobodyToImportFor, read
from domain.figures import FigureSource
from domain.people import Actor, Role
from domain.rollups import Measure
from domain.usecases import figure_import, figures, figures_past, figures_posts
from storage.database import Database
from storage.tables import figure
from storage.tables import figure_import as table
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.reporting import MONDAY, NOW, join, posted
from tests.rows import rows_of
from tests.storage.test_figures import rolled, states

SMALL = (
    "page;date;members;views\nvk-kazan;2026-09-06;12300;900\nvk-kazan;2026-09-07;12400;\nok-kazan;2026-09-07;5120;\n"
)


@pytest.fixture
async def maria(db: Database) -> Actor:
    async def prepare(uow: SqlUnitOfWork) -> Actor:
        await load_campaign(uow)
        return await join(uow, "Мария", Role.COORDINATOR)

    return await db.run(prepare)


async def receive(db: Database, actor: Actor, text: str) -> ImportView:
    return await db.run(figure_import.receive, actor, "август.csv", text, read(text), now=NOW)


async def take(db: Database, actor: Actor, view: ImportView, text: str) -> ImportView:
    assert view.row is not None
    return await db.run(figure_import.take, actor, view.row.id, view.row.version, read(text), now=NOW)


async def test_a_file_waits_for_a_tap_and_is_then_taken_in_as_a_whole(db: Database, maria: Actor) -> None:
    view = await receive(db, maria, SMALL)
    assert (view.figures, view.pages, view.first, view.last) == (4, 2, MONDAY - timedelta(days=1), MONDAY)
    assert await db.read(states) == [], "nothing before the tap"
    done = await take(db, maria, view, SMALL)
    assert (done.figures, done.by) == (4, "Мария")
    sunday = MONDAY - timedelta(days=1)
    assert await db.read(rolled, "vk-kazan", sunday) == {Measure.MEMBERS: 12_300, Measure.VIEWS: 900}
    assert await db.read(rolled, "vk-kazan", MONDAY) == {Measure.MEMBERS: 12_400}
    rows = await db.read(rows_of(select(figure)))
    assert {(row.source, row.typed_by) for row in rows} == {(FigureSource.IMPORTED, maria.id)}
    (row,) = await db.read(rows_of(select(table)))
    assert (row.state, row.text, row.figures) == (ImportState.DONE, "", 4)
    with pytest.raises(ImportOver):
        await take(db, maria, view, SMALL)


async def test_one_mistake_keeps_the_whole_file_out(db: Database, maria: Actor) -> None:
    text = SMALL + "vk-omsk;2026-09-07;1;\nvk-kazna;2026-09-07;1;\ntg-kazan;2026-09-08;1;\ntg-kazan;2020-01-01;1;\n"
    view = await receive(db, maria, text)
    assert view.row is None
    assert [(m.line, m.column, m.fault, m.cell) for m in view.mistakes] == [
        (5, "page", Fault.PAGE_FOREIGN, "vk-omsk"),
        (6, "page", Fault.PAGE_UNKNOWN, "vk-kazna"),
        (7, "date", Fault.DAY_AHEAD, "2026-09-08"),
        (8, "date", Fault.DAY_OLD, "2020-01-01"),
    ]
    assert await db.read(states) == []


async def test_what_stood_before_becomes_history_and_what_is_the_same_stays(db: Database, maria: Actor) -> None:
    await db.run(figures.report_page, maria, "vk-kazan", MONDAY, "12 310", now=NOW)
    await db.run(figures.report_page, maria, "ok-kazan", MONDAY, "5120", now=NOW)
    view = await receive(db, maria, SMALL)
    assert (view.figures, view.same, view.replaced, view.jumps) == (3, 1, 1, 0)
    await take(db, maria, view, SMALL)
    assert await db.read(rolled, "vk-kazan", MONDAY) == {Measure.MEMBERS: 12_400}
    (newest,) = await db.read(rows_of(select(figure).where(figure.c.value == 12_400)))
    past = await db.read(figures_past.history, maria, newest.id)
    assert [(e.figure.value, e.figure.state.value, e.typed_by, e.file) for e in past.entries] == [
        (12_310, "replaced", "Мария", ""),
        (12_400, "confirmed", "Мария", "август.csv"),
    ]
    again = await receive(db, maria, SMALL)
    assert (again.figures, again.same, again.row) == (0, 4, None)


async def test_a_second_file_of_the_same_days_replaces_sums_and_does_not_add_to_them(
    db: Database, maria: Actor
) -> None:
    await take(db, maria, await receive(db, maria, SMALL), SMALL)
    text = "page;date;views\nvk-kazan;2026-09-06;1000\n"
    await take(db, maria, await receive(db, maria, text), text)
    assert (await db.read(rolled, "vk-kazan", MONDAY - timedelta(days=1)))[Measure.VIEWS] == 1_000


async def test_a_days_sum_and_its_posts_are_not_counted_twice(db: Database, maria: Actor) -> None:
    slot_id = await db.run(posted, "vk-kazan", maria.id, NOW)
    text = "page;date;views;likes\nvk-kazan;2026-09-07;900;30\n"
    await take(db, maria, await receive(db, maria, text), text)
    await db.run(figures_posts.report, maria, slot_id, "340 просмотров", now=NOW + timedelta(hours=3))
    counts = await db.read(rolled, "vk-kazan", MONDAY)
    assert (counts[Measure.VIEWS], counts[Measure.LIKES]) == (340, 30), "the post's views take the place of the sum"
    view = await receive(db, maria, text)
    assert [(m.line, m.column, m.fault) for m in view.mistakes] == [(2, "views", Fault.HAS_POSTS)]


async def test_figures_far_from_those_before_are_counted_for_the_reader(db: Database, maria: Actor) -> None:
    await db.run(figures.report_page, maria, "vk-kazan", MONDAY, "12400", now=NOW - timedelta(days=3))
    text = "page;date;members\nvk-kazan;2026-09-05;124000\nvk-kazan;2026-09-06;124100\nok-kazan;2026-09-06;5\n"
    assert (await receive(db, maria, text)).jumps == 1


async def test_only_the_sender_decides_and_only_while_it_waits(db: Database, maria: Actor) -> None:
    async def others(uow: SqlUnitOfWork) -> tuple[Actor, Actor]:
        return await join(uow, "Ольга", Role.MANAGER, "*"), await join(uow, "Вера", Role.VOLUNTEER)

    olga, vera = await db.run(others)
    with pytest.raises(Forbidden):
        await receive(db, vera, SMALL)
    first = await receive(db, maria, SMALL)
    with pytest.raises(NotFound):
        await take(db, olga, first, SMALL)
    second = await receive(db, maria, SMALL)
    with pytest.raises(ImportOver):
        await take(db, maria, first, SMALL)
    assert second.row is not None
    for _ in range(2):
        row = await db.run(figure_import.cancel, maria, second.row.id, second.row.version, now=NOW)
        assert (row.state, row.text) == (ImportState.CANCELLED, "")
    third = await receive(db, maria, SMALL)
    assert third.row is not None
    key = third.row.id, third.row.version
    with pytest.raises(ImportOver):
        await db.run(figure_import.take, maria, *key, read(SMALL), now=NOW + WAITS + timedelta(minutes=1))
    await db.run(lambda uow: uow.figure_imports.forget(NOW + timedelta(days=1)))
    assert (await db.read(lambda uow: uow.figure_imports.get(key[0]))).text == ""
    assert await db.read(states) == []


async def test_the_operators_file_stands_in_the_owners_name_and_says_whence(db: Database, maria: Actor) -> None:
    with pytest.raises(NobodyToImportFor):
        await db.run(figure_import.take_at_once, "server.csv", read(SMALL), now=NOW)
    await db.run(join, "Ольга", Role.OWNER, "*")
    look = await db.read(figure_import.look, None, "server.csv", read(SMALL), now=NOW)
    assert (look.figures, await db.read(states)) == (4, [])
    done = await db.run(figure_import.take_at_once, "server.csv", read(SMALL), now=NOW)
    assert done.figures == 4
    row = (await db.read(rows_of(select(figure))))[0]
    past = await db.read(figures_past.history, maria, row.id)
    assert [(e.typed_by, e.file) for e in past.entries] == [("", "server.csv")]
