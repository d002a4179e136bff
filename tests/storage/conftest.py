"""Places that backups are taken of, and places that they go to."""

from pathlib import Path
from typing import Any

import pytest

from storage.database import Database, open_database
from tests.storage.backing import Place, fill


@pytest.fixture
async def place(db: Database, db_url: str, tmp_path: Path) -> Place:
    """The filled database on each engine."""
    folder = tmp_path / "media"
    await db.run(lambda uow: fill(uow, folder))
    return Place(db_url, folder)


@pytest.fixture
async def small(sqlite_url: str, tmp_path: Path) -> Place:
    """The same on SQLite alone."""
    db = await open_database(sqlite_url, migrate=False)
    folder = tmp_path / "media"
    await db.run(lambda uow: fill(uow, folder))
    await db.close()
    return Place(sqlite_url, folder)


@pytest.fixture
def empty(postgres: Any, tmp_path: Path) -> dict[str, str]:
    """A new, wholly empty database of each engine. Not asked for in the middle of a test: the server starts in a loop of its own."""
    return {"sqlite": f"sqlite+aiosqlite:///{tmp_path}/new/hq.sqlite3", "postgresql": postgres.create_empty()}


@pytest.fixture
def postgres_url(postgres: Any) -> str:
    """A migrated PostgreSQL without a row."""
    return str(postgres.create())
