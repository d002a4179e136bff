"""The seam with aiosqlite that is not public, and the engine that all databases of a process share."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.sqlite import SqliteDatabase, UseCaseSuspended


async def _threads(uow: Any) -> tuple[int, int]:
    """Where a use case runs before and after a statement."""
    before = threading.get_ident()
    await uow.session.execute(text("SELECT 1"))
    return before, threading.get_ident()


async def _put(uow: Any, value: str) -> None:
    await uow.session.execute(text("CREATE TABLE IF NOT EXISTS note (value TEXT)"))
    await uow.session.execute(text("INSERT INTO note VALUES (:value)"), {"value": value})


async def _notes(uow: Any) -> list[str]:
    return list((await uow.session.execute(text("SELECT value FROM note ORDER BY rowid"))).scalars())


async def test_a_whole_use_case_runs_in_one_thread_that_is_not_the_loop_s(tmp_path: Path) -> None:
    db = await SqliteDatabase.open(str(tmp_path / "hq.sqlite3"))
    try:
        first, second = await db.run(_threads)
        assert first == second != threading.get_ident()
        assert (await db.read(_threads))[0] not in {first, threading.get_ident()}  # a report never makes a write wait
    finally:
        await db.close()


async def test_databases_of_one_process_share_an_engine_and_nothing_else(tmp_path: Path) -> None:
    here = await SqliteDatabase.open(str(tmp_path / "here.sqlite3"))
    there = await SqliteDatabase.open(str(tmp_path / "there.sqlite3"))
    try:
        await asyncio.gather(*(db.run(_put, f"{name} {n}") for n in range(5) for name, db in _named(here, there)))
        assert await here.read(_notes) == [f"here {n}" for n in range(5)]
        assert await there.read(_notes) == [f"there {n}" for n in range(5)]
        await here.close()
        await there.run(_put, "still open")
        assert (await there.read(_notes))[-1] == "still open"
    finally:
        await there.close()
    again = await SqliteDatabase.open(str(tmp_path / "here.sqlite3"))
    try:
        assert len(await again.read(_notes)) == 5
    finally:
        await again.close()


def _named(here: SqliteDatabase, there: SqliteDatabase) -> list[tuple[str, SqliteDatabase]]:
    return [("here", here), ("there", there)]


async def test_a_use_case_that_awaits_anything_else_is_undone_and_said_so(tmp_path: Path) -> None:
    async def sleepy(uow: Any) -> None:
        await _put(uow, "half")
        await asyncio.sleep(0)

    db = await SqliteDatabase.open(str(tmp_path / "hq.sqlite3"))
    try:
        await db.run(_put, "whole")
        with pytest.raises(UseCaseSuspended):
            await db.run(sleepy)
        assert await db.read(_notes) == ["whole"]
    finally:
        await db.close()


async def test_the_reading_line_cannot_write(tmp_path: Path) -> None:
    db = await SqliteDatabase.open(str(tmp_path / "hq.sqlite3"))
    try:
        await db.run(_put, "written")
        with pytest.raises(OperationalError, match="readonly"):
            await db.read(_put, "by a report")
        assert await db.read(_notes) == ["written"]
    finally:
        await db.close()
