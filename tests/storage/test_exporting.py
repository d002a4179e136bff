"""Files that are owed: made again after a stop in the middle, not made for who may not have them, given up after three failures."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.export_work import NotMade, Order
from bot.exporting import Exporting, Making
from domain.exports import KEPT, ExportFailure, ExportFormat, ExportState, ExportWish
from domain.people import EVERYWHERE, Actor, Role
from domain.usecases import exports
from domain.usecases.exports import Made
from storage.database import Database
from storage.media import MediaFolder
from storage.tables import outbox
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.reporting import NOW, join
from tests.rows import rows_of

WISH = ExportWish(ExportFormat.CSV, "m1")


@pytest.fixture
async def boss(db: Database) -> Actor:
    async def prepare(uow: SqlUnitOfWork) -> Actor:
        await load_campaign(uow)
        return await join(uow, "Мария", Role.MANAGER, EVERYWHERE)

    return await db.run(prepare)


class Bench:
    """Exports of one program over `db`, with a way to make files that a test chooses."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        self.folder = MediaFolder(folder)
        self.clock = MovableClock(NOW)
        self.orders: list[Order] = []

    def program(self, make: Making) -> Exporting:
        return Exporting(self.db, "url", self.folder.folder, self.clock, make)

    async def put(self, order: Order) -> Made:
        """Makes a small file."""
        self.orders.append(order)
        return Made(self.folder.keep(b"a;b"), 3, "a.csv")

    async def told(self) -> list[str]:
        return [row.kind for row in await self.db.read(rows_of(select(outbox.c.kind).order_by(outbox.c.id)))]

    async def state(self, number: int) -> tuple[ExportState, ExportFailure | None]:
        one = await self.db.read(lambda uow: uow.exports.get(number))
        return one.state, one.failure


@pytest.fixture
def bench(db: Database, tmp_path: Path) -> Bench:
    return Bench(db, tmp_path / "media")


async def test_a_program_stopped_in_the_middle_makes_the_file_at_its_next_start(bench: Bench, boss: Actor) -> None:
    one = await bench.db.run(exports.ask, boss, WISH, now=NOW)
    begun = asyncio.Event()

    async def never(_: Order) -> Made:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    first = asyncio.ensure_future(bench.program(never).run())
    await begun.wait()
    first.cancel()
    await asyncio.wait([first])
    assert await bench.state(one.id) == (ExportState.WAITING, None)
    assert await bench.told() == []
    assert await bench.program(bench.put).make_owed() == 1
    assert await bench.state(one.id) == (ExportState.MADE, None)
    assert await bench.told() == ["export.ready"]
    assert (bench.orders[0].regions, bench.orders[0].now, bench.orders[0].comma) == (("*",), NOW, True)


async def test_who_has_lost_the_role_meanwhile_gets_no_file(bench: Bench, boss: Actor) -> None:
    one = await bench.db.run(exports.ask, boss, WISH, now=NOW)
    await bench.db.run(lambda uow: uow.people.remove_memberships(boss.id))
    await bench.program(bench.put).make_owed()
    assert bench.orders == []
    assert await bench.state(one.id) == (ExportState.FAILED, ExportFailure.RIGHTS)
    assert await bench.told() == ["export.failed"]


async def test_a_file_that_cannot_be_made_is_tried_three_times_and_one_too_large_once(
    bench: Bench, boss: Actor
) -> None:
    tries = list[ExportFailure]()

    async def broken(order: Order) -> Made:
        tries.append(ExportFailure.TOO_BIG if order.format == ExportFormat.PDF else ExportFailure.BROKEN)
        raise NotMade(tries[-1])

    one = await bench.db.run(exports.ask, boss, WISH, now=NOW)
    two = await bench.db.run(exports.ask, boss, ExportWish(ExportFormat.PDF, "m1"), now=NOW)
    program = bench.program(broken)
    assert await program.make_owed() == 4
    assert sorted(tries) == [ExportFailure.BROKEN] * 3 + [ExportFailure.TOO_BIG]
    assert await bench.state(one.id) == (ExportState.FAILED, ExportFailure.BROKEN)
    assert await bench.state(two.id) == (ExportState.FAILED, ExportFailure.TOO_BIG)
    assert len(program.failures) == 3, "a file too large is nobody's failure"
    assert await program.make_owed() == 0


async def test_a_sent_file_is_deleted_a_day_later(bench: Bench, boss: Actor) -> None:
    one = await bench.db.run(exports.ask, boss, WISH, now=NOW)
    program = bench.program(bench.put)
    await program.make_owed()
    path = bench.folder.path((await bench.db.read(lambda uow: uow.exports.get(one.id))).sha256)
    await program.tidy()
    assert path.exists()
    bench.clock.move_to(NOW + KEPT + timedelta(minutes=1))
    await program.tidy()
    assert not path.exists()
    assert await bench.state(one.id) == (ExportState.GONE, None)
