"""Databases for every ring: real SQLite files and a real PostgreSQL, each copied from a migrated template."""

import asyncio
import itertools
import logging
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import bench.databases
from bench.databases import created
from bot import logs
from storage.database import Database, open_database
from storage.migrate import upgrade

settings.register_profile("hq", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("hq")
_numbers = itertools.count()


@pytest.fixture(autouse=True)
def _ordinary_logs() -> None:
    """What a test sees in the log does not hang on the one before it: benches set a level of their own."""
    logs.configure(level=logging.ERROR)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file; copying it costs milliseconds, migrating a quarter of a second."""
    path = tmp_path_factory.mktemp("template") / "hq.sqlite3"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "hq.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


class _Postgres:
    """A PostgreSQL server of this test session with one migrated template database."""

    def __init__(self, server: Any) -> None:
        self._server = server
        # Nobody cuts the power here; with hundreds of databases a last checkpoint took half a minute.
        self._server.psql("ALTER SYSTEM SET fsync = off;")
        self._server.psql("SELECT pg_reload_conf();")
        asyncio.run(upgrade(created(server, "template_hq")))

    def create(self) -> str:
        return created(self._server, self._name(), "template_hq")

    def create_empty(self) -> str:
        """A database without a table."""
        return created(self._server, self._name())

    def _name(self) -> str:
        return f"hq_{os.getpid()}_{next(_numbers)}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[_Postgres]:
    with bench.databases.postgres() as server:
        yield _Postgres(server)


@pytest.fixture(params=["sqlite", "postgres"])
def db_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database on each engine."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    server: _Postgres = request.getfixturevalue("postgres")
    return server.create()


@pytest.fixture
async def db(db_url: str) -> AsyncIterator[Database]:
    """An open database on each engine."""
    database = await open_database(db_url, migrate=False)
    yield database
    await database.close()
