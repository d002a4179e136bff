"""How full the queues are, on both engines."""

from datetime import UTC, datetime, timedelta

from domain.notices import DueTask, Notice
from storage.database import Database
from storage.queues import queues
from storage.uow import SqlUnitOfWork

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)


async def test_an_empty_database_has_nothing_waiting(db: Database) -> None:
    found = await db.read(queues, NOW)

    assert set(found.inbox.values()) | set(found.outbox.values()) == {0}
    assert (found.inbox_oldest, found.outbox_oldest, found.schedule_lag) == (0, 0, 0)


async def test_what_waits_is_counted_and_its_age_told(db: Database) -> None:
    async def fill(uow: SqlUnitOfWork) -> None:
        await uow.inbox.store([(1, 7, {"update_id": 1}), (2, 7, {"update_id": 2})], NOW)
        await uow.inbox.shown([2])
        await uow.outbox.add(
            Notice("resume", "person:1", NOW, "a", chat_id=7),
            Notice("resume", "person:1", NOW + timedelta(hours=1), "b", chat_id=7),
        )
        await uow.tasks.add(DueTask("t", "calendar", "campaign", NOW + timedelta(seconds=20)))

    await db.run(fill)
    found = await db.read(queues, NOW + timedelta(seconds=60))

    assert found.inbox == {"new": 1, "done": 0, "aside": 0}
    assert found.outbox["waiting"] == 2
    assert (found.inbox_oldest, found.outbox_oldest, found.schedule_lag) == (60, 60, 40)
