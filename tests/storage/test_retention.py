"""What must be gone after 400 days is gone, what must stay stays, column by column as the tables say."""

from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import insert, select

from bench.erasure_stage import NOW, ground, plant, planted
from bot.chores import Chores
from bot.clock import MovableClock
from domain.notices import DueTask
from storage.database import Database
from storage.media import MediaFolder
from storage.repositories.retention import BY_ITSELF, RULES
from storage.tables import lane_claim, metadata
from storage.tables.availability import PASSED
from storage.types import ERASE, KEEP
from storage.uow import SqlUnitOfWork

LATER = timedelta(days=400)
SHORT_LIVED = {"expectation", "draft_claim", "account_move", "figure_import.text", "inbox"}
"""Tables and columns that are cleaned earlier than they promise."""


def _chores(db: Database, clock: MovableClock) -> Chores:
    nothing = cast("Any", None)  # nightly care asks neither what is due nor what is to be sent
    return Chores(db, clock, nothing, nothing, lambda: True)


async def _held(uow: SqlUnitOfWork, words: tuple[str, ...]) -> dict[str, str]:
    """Columns in which any of these words stand, with their retention."""
    found = {}
    for table in metadata.sorted_tables:
        for row in (await uow.session.execute(select(table))).all():
            for column in table.columns:
                if any(word in str(row._mapping[column.name]) for word in words):
                    found[f"{table.name}.{column.name}"] = column.info["retention"]
    return found


@pytest.fixture
async def words(db: Database, tmp_path: Path) -> tuple[str, ...]:
    """What stands in the rows of one person: their marker and their number in Telegram."""
    anna = planted(1)

    async def seed(uow: SqlUnitOfWork) -> None:
        await ground(uow)
        await plant(uow, anna, MediaFolder(tmp_path / "media"))
        await uow.session.execute(insert(lane_claim).values(lane=anna.telegram_id, holder="one", until=NOW))
        await uow.tasks.add(DueTask("old", "calendar", "campaign", NOW))
        await uow.tasks.claim("old", NOW)

    await db.run(seed)
    return anna.marker, str(anna.telegram_id)


async def test_after_400_days_what_is_not_kept_for_the_record_is_gone(db: Database, words: tuple[str, ...]) -> None:
    before = await db.read(_held, words)
    passing = {name for name, retention in before.items() if retention not in {KEEP, ERASE}}
    assert len({before[name] for name in passing}) > 3
    kept = {name for name in before if name not in passing and not {name, name.partition(".")[0]} & SHORT_LIVED}

    await _chores(db, MovableClock(NOW + LATER)).care()

    after = await db.read(_held, words)
    gone = {name for name in passing if before[name] in {rule.retention for rule in RULES} | {PASSED}}
    assert not gone & after.keys()
    assert kept <= after.keys()
    assert await db.read(lambda uow: uow.tasks.find("old")) is None


async def test_what_has_not_served_its_time_stays(db: Database, words: tuple[str, ...]) -> None:
    before = await db.read(_held, words)

    await _chores(db, MovableClock(NOW + timedelta(hours=1))).care()

    assert await db.read(_held, words) == before


def test_every_retention_that_a_column_names_is_carried_out_by_somebody() -> None:
    named = {column.info["retention"] for table in metadata.tables.values() for column in table.columns}

    assert named == {rule.retention for rule in RULES if rule.retention} | set(BY_ITSELF)
