"""Corrections that people asked for: what deciding one costs, on both engines."""

from datetime import UTC, datetime

from domain.corrections import CorrectionState
from domain.people import Role
from domain.usecases import corrections
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)


async def test_deciding_does_not_look_up_what_somebody_has_open(db: Database) -> None:
    await db.run(load_campaign)
    anna = await db.run(lambda uow: joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW))
    irina = await db.run(lambda uow: joined(uow, "Ирина", Role.COORDINATOR, "omsk", now=NOW))
    asked = await db.run(corrections.ask_region, anna, "omsk", now=NOW)

    async def looked(uow: SqlUnitOfWork) -> int:
        before = uow.session.statements
        await corrections.view(uow, asked.id, now=NOW)
        return uow.session.statements - before

    async def decided(uow: SqlUnitOfWork) -> int:
        before = uow.session.statements
        await corrections.decide(uow, irina, asked.id, yes=False, now=NOW)
        return uow.session.statements - before

    shown, cost = await db.read(looked), await db.run(decided)
    ended = await db.read(looked)
    settled = await db.read(lambda uow: uow.corrections.get(asked.id))
    assert settled.state is CorrectionState.DECLINED
    assert ended < shown, "what is open is read for an open card only"
    assert cost < shown + ended, "the decision itself does not draw the open card first"
