"""The database fails: at any call, on a full disk, while another program holds it. All of it: `python -m bench.failures`."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bench.failures import failures
from bot import supervisor
from domain.notices import Guarantee, Notice, NoticeStatus
from domain.people import Role
from storage.database import CannotWrite, Database, open_database
from storage.sqlite import SqliteDatabase, integrity
from storage.tables import outbox
from storage.uow import SqlUnitOfWork
from storage.verify import verify
from tests.harness import START, Headquarters, Phone, headquarters

TEXT = "The yard opens on Saturday."


@pytest.fixture
async def hq(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Headquarters]:
    """Starts its children anew at once, and does not wait for a lock: how long is no matter here."""
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE", 0.01)
    async with headquarters(sqlite_url, tmp_path) as running:
        await _pragma(running.app.db, "busy_timeout=20")
        yield running


async def _pragma(db: Database, words: str) -> None:
    async with cast("SqliteDatabase", db)._writer._aio.execute(f"PRAGMA {words}"):
        pass


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - another task's write, which sets no event
            await asyncio.sleep(0)


async def _write(hq: Headquarters, words: str = "x") -> None:
    """A write of some pages."""
    notice = Notice(
        "resume", "person:1", START + timedelta(days=365), words[:100], person_id=None, chat_id=1, params={"w": words}
    )
    await hq.app.db.run(lambda uow: uow.outbox.add(notice))


@contextmanager
def _held_by_another_program(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def _drafts(hq: Headquarters, anna: Phone) -> list[str]:
    return [draft.text for draft in await hq.read(lambda uow: uow.drafts.of_author(anna.id))]


async def test_while_another_program_holds_the_database_health_says_so_and_what_people_did_is_done_afterwards(
    hq: Headquarters, tmp_path: Path
) -> None:
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", "en")
    with capture_logs() as logs, _held_by_another_program(tmp_path / "hq.sqlite3"):
        anna.user.send(TEXT)
        await _until(lambda: bool(hq.app.db.trouble))
        status, facts = await hq.app.health.health()
        assert (status, facts["database"]) == (503, "does not answer")
    said = [entry["why"] for entry in logs if entry["event"] == "the database cannot be written"]
    assert said == ["database is locked"], "once, however often it is tried"
    await hq.settle()
    assert await _drafts(hq, anna) == [TEXT]
    assert TEXT in anna.screen
    assert (await hq.app.health.health())[0] == 200
    assert await verify(f"sqlite+aiosqlite:///{tmp_path}/hq.sqlite3", None) == []


async def test_a_full_disk_is_told_and_with_room_again_everything_goes_on(hq: Headquarters, tmp_path: Path) -> None:
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", "en")
    await _pragma(hq.app.db, "max_page_count=1")  # SQLite takes the file's present size: SQLITE_FULL at the next page
    with capture_logs() as logs:
        with pytest.raises(OperationalError, match="full"):
            await _write(hq, "much " * 20_000)
        assert (await hq.app.health.health())[0] == 503
        assert (await hq.app.health.readiness())[0] == 503
        anna.user.send(TEXT * 60)
    assert [entry["why"] for entry in logs if "why" in entry] == ["database or disk is full"]
    await _pragma(hq.app.db, "max_page_count=1000000")
    await hq.settle()
    assert await _drafts(hq, anna) == [TEXT * 60]
    assert (await hq.app.health.health())[0] == 200
    assert integrity(str(tmp_path / "hq.sqlite3")) == "ok"


async def test_a_commit_that_fails_leaves_no_transaction_open(sqlite_url: str) -> None:
    """A reference without its row, checked only at the commit: SQLite keeps the transaction after refusing it."""
    db = await open_database(sqlite_url, migrate=False)
    orphan = Notice("resume", "person:1", START, "orphan", person_id=4_242, guarantee=Guarantee.A)

    async def write(uow: SqlUnitOfWork) -> None:
        await uow.outbox.add(orphan)

    try:
        for _ in range(2):
            with pytest.raises(Exception, match="FOREIGN KEY"):
                await db.run(_deferring, write)
        await db.run(_nothing)
    finally:
        await db.close()


async def _deferring(uow: SqlUnitOfWork, write: Callable[[SqlUnitOfWork], object]) -> None:
    await uow.session.execute(text("PRAGMA defer_foreign_keys=1"))
    await write(uow)  # type: ignore[misc]  # a coroutine function


async def _nothing(uow: SqlUnitOfWork) -> None:
    await uow.inbox.heard(START)


async def test_what_was_written_wrongly_is_no_trouble_of_the_database(sqlite_url: str) -> None:
    db = await open_database(sqlite_url, migrate=False)
    orphan = Notice("resume", "person:1", START, "orphan", person_id=4_242)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await db.run(lambda uow: uow.outbox.add(orphan))
    db.ensure_writable()
    db.trouble = "disk I/O error"
    with pytest.raises(CannotWrite, match="disk I/O error"):
        db.ensure_writable()
    await db.run(_nothing)
    db.ensure_writable()
    await db.close()


async def test_a_claim_whose_answer_was_lost_is_sent_without_a_restart(
    hq: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows say "sending", and nobody sends them: the next round takes them up."""
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", "en")
    await hq.app.db.run(
        lambda uow: uow.outbox.add(
            Notice("resume", f"person:{anna.id}", hq.now, "one", person_id=anna.id, guarantee=Guarantee.A)
        )
    )
    run = hq.app.db.run

    async def loses_the_answer(usecase: Callable[..., object], *args: object, **kwargs: object) -> object:
        await run(usecase, *args, **kwargs)  # type: ignore[arg-type]  # handed through
        raise OperationalError(None, None, sqlite3.OperationalError("connection lost"))

    hq.app.delivery._db = hq.app.db
    monkeypatch.setattr(hq.app.db, "run", loses_the_answer)
    with pytest.raises(OperationalError):
        await hq.app.delivery.flush()
    monkeypatch.setattr(hq.app.db, "run", run)
    await hq.settle()
    assert "Anna" in anna.screen
    assert await hq.read(_statuses) == [NoticeStatus.SENT]


async def test_an_update_whose_storing_lost_its_answer_is_handled_when_telegram_brings_it_again(
    hq: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in the database already, so it is not new; but nobody has begun to work on it."""
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", "en")
    keep, lost = hq.app.db.keep, asyncio.Event()

    async def loses_the_first_answer(usecase: Callable[..., object], *args: object, **kwargs: object) -> object:
        result: object = await keep(usecase, *args, **kwargs)  # type: ignore[arg-type]  # handed through
        if not lost.is_set():
            lost.set()
            raise OperationalError(None, None, sqlite3.OperationalError("connection lost"))
        return result

    monkeypatch.setattr(hq.app.db, "keep", loses_the_first_answer)
    anna.user.send(TEXT)
    await asyncio.wait_for(lost.wait(), 20)
    await hq.settle()
    assert await _drafts(hq, anna) == [TEXT]
    assert TEXT in anna.screen


async def _statuses(uow: SqlUnitOfWork) -> list[str]:
    return list((await uow.session.execute(select(outbox.c.status).where(outbox.c.dedup_key == "one"))).scalars())


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
async def test_a_small_campaign_goes_on_whichever_call_of_the_database_fails(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first and the sixth call of every act, and the answer to every act's second commit."""
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", supervisor.FIRST_PAUSE)  # put back what the bench changes
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE", supervisor.LONGEST_PAUSE)
    found = await failures(engine, only=[(1, False), (6, False), (2, True)])
    assert (found["broken_invariants"], found["unanswered"]) == (0, 0), found
    assert found["recovered"] == found["points"] > 60
