"""Commitments, their moves and their sums on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.commitments import Commitment, CommitmentState, CommitmentSummary, Move
from domain.errors import NotFound
from domain.people import Role
from domain.ports.commitments import Filter
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
PERIOD = (date(2026, 9, 1), date(2026, 9, 30))


async def made(
    uow: SqlUnitOfWork, who: int, day: int, region: str = "kazan", state: CommitmentState = CommitmentState.OPEN
) -> Commitment:
    return await uow.commitments.add(
        title=f"дело {day}", region=region, page="", person_id=who, by_id=who, state=state, due=date(2026, 9, day), now=NOW
    )  # fmt: skip


async def two_people(uow: SqlUnitOfWork) -> tuple[int, int]:
    await load_campaign(uow)
    anna = await joined(uow, "Анна", Role.COORDINATOR, "kazan", now=NOW, telegram_id=1001)
    oleg = await joined(uow, "Олег", Role.COORDINATOR, "omsk", now=NOW, telegram_id=1002)
    return anna.id, oleg.id


async def test_only_the_version_that_was_seen_is_changed_and_moves_are_kept(db: Database) -> None:
    anna, _ = await db.run(two_people)
    one = await db.run(made, anna, 10)
    later = replace(one, due=date(2026, 9, 15))

    async def move(uow: SqlUnitOfWork) -> tuple[bool, bool]:
        await uow.commitments.add_move(one.id, Move(NOW, anna, one.due, later.due, "ждём ключи"))
        return await uow.commitments.save(later), await uow.commitments.save(later)

    assert await db.run(move) == (True, False)
    found = await db.read(lambda uow: uow.commitments.get(one.id))
    assert found == replace(later, version=2)
    assert await db.read(lambda uow: uow.commitments.moves(one.id)) == [
        Move(NOW, anna, date(2026, 9, 10), date(2026, 9, 15), "ждём ключи")
    ]
    with pytest.raises(NotFound):
        await db.read(lambda uow: uow.commitments.get(one.id + 1))


async def test_lists_hold_ones_regions_and_ones_own_by_day(db: Database) -> None:
    anna, oleg = await db.run(two_people)
    first, second = await db.run(made, anna, 20), await db.run(made, anna, 12)
    other, wide = await db.run(made, oleg, 11, "omsk"), await db.run(made, oleg, 13, "*")

    async def ids(chosen: Filter) -> list[int]:
        return [one.id for one in await db.read(lambda uow: uow.commitments.find(chosen))]

    kazan = frozenset({"kazan"})
    assert await ids(Filter(kazan)) == [second.id, first.id]
    assert await ids(Filter(kazan, own=oleg)) == [other.id, second.id, wide.id, first.id]
    assert await ids(Filter(frozenset({"*"}))) == [other.id, second.id, wide.id, first.id]
    assert await ids(Filter(frozenset({"*"}), person_id=anna, due_to=date(2026, 9, 12))) == [second.id]
    assert await ids(Filter(frozenset({"*"}), region="omsk", states=(CommitmentState.OPEN,))) == [other.id]
    assert await ids(Filter(frozenset({"*"}), states=(CommitmentState.DONE,))) == []


async def test_a_period_is_summed_up(db: Database) -> None:
    anna, oleg = await db.run(two_people)

    async def fill(uow: SqlUnitOfWork) -> None:
        in_time, late = await made(uow, anna, 8), await made(uow, anna, 9)
        await uow.commitments.save(replace(in_time, state=CommitmentState.DONE, settled_on=in_time.due))
        await uow.commitments.save(replace(late, state=CommitmentState.DONE, settled_on=date(2026, 9, 10)))
        moved = await made(uow, anna, 10)
        await uow.commitments.save(replace(moved, due=date(2026, 9, 20)))
        dropped = await made(uow, anna, 11)
        await uow.commitments.save(replace(dropped, state=CommitmentState.DROPPED, settled_on=date(2026, 9, 9)))
        await made(uow, anna, 12)
        await made(uow, anna, 13, state=CommitmentState.ASKED)
        await made(uow, oleg, 12, "omsk")

    await db.run(fill)
    today = date(2026, 9, 15)
    found = await db.read(lambda uow: uow.commitments.summary(PERIOD, {"kazan"}, today))
    assert found == CommitmentSummary(done_in_time=1, done_late=1, open=1, late=1, dropped=1, moved=1)
    assert found.total == 5
    assert (await db.read(lambda uow: uow.commitments.summary(PERIOD, {"*"}, today))).late == 2
    later = (date(2026, 9, 14), date(2026, 9, 15))
    assert await db.read(lambda uow: uow.commitments.summary(later, {"kazan"}, today)) == CommitmentSummary()
    owed = await db.read(lambda uow: uow.commitments.summary(later, {"kazan"}, today, older_late=True))
    assert owed == CommitmentSummary(late=1), "what is still owed is not forgotten after the period"
    october = (date(2026, 10, 1), date(2026, 10, 31))
    assert await db.read(lambda uow: uow.commitments.summary(october, {"*"}, today)) == CommitmentSummary()
