"""Alembic migrations, run at start under a lock, forwards only."""

import re
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

FOLDER = Path(__file__).parent / "migrations"
LOCK = 0x4851
"""PostgreSQL advisory lock; "HQ"."""


class ForeignDatabase(Exception):
    """The database is newer than this program or belongs to another one; nothing was touched."""


class DatabaseAway(Exception):
    """The database cannot be opened; the text says why, without its address and password."""


def plainly(error: Exception) -> str:
    """What the database or its driver said, without SQLAlchemy's additions."""
    said = str(getattr(error, "orig", None) or error).partition("\n")[0]
    return re.sub(r"^<class '[\w.]+'>: ", "", said)


def alembic_config() -> Config:
    """Alembic's configuration without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def newest() -> str:
    """The revision this program needs."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert head is not None  # noqa: S101 - there is always a first migration
    return head


def known() -> frozenset[str]:
    """Every revision this program has ever had."""
    return frozenset(r.revision for r in ScriptDirectory.from_config(alembic_config()).walk_revisions())


async def current(url: str) -> str | None:
    """The revision the database at `url` is at, None for an empty one; changes nothing."""
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(revision_of)
    finally:
        await engine.dispose()


def revision_of(connection: Connection) -> str | None:
    """The revision of the database behind a connection, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate_to(connection: Connection, revision: str) -> None:
    """Make the tables of a revision (or "head"), in the transaction of the connection where the engine can."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest revision; refuse a newer or foreign one with `ForeignDatabase`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
            await connection.commit()
    except (OSError, DBAPIError) as error:
        raise DatabaseAway(
            f"storage.url: the database cannot be opened or brought up to date: {plainly(error)}"
        ) from error
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    script = ScriptDirectory.from_config(alembic_config())
    at = revision_of(connection)
    if at == script.get_current_head():
        return
    if at is not None and at not in known():
        raise ForeignDatabase(
            f"the database is at revision {at}, which this program does not know: it was made by a newer version"
        )
    if at is None and [name for name in inspect(connection).get_table_names() if name != "alembic_version"]:
        raise ForeignDatabase("the database holds tables of another program")
    migrate_to(connection, "head")
