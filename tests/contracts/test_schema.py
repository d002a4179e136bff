"""Contracts of the stored data: purposes, retentions, migrations, the privacy page."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrate import current, newest
from storage.privacy import page
from storage.tables import metadata

ROOT = Path(__file__).parents[2]
COLUMNS = [
    pytest.param(column, id=f"{table.name}.{column.name}")
    for table in metadata.tables.values()
    for column in table.columns
]


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_says_why_it_is_stored_and_for_how_long(column: "Column[Any]") -> None:
    assert column.info["purpose"]
    assert column.info["retention"]


def test_the_privacy_page_lists_every_column_as_the_tables_say() -> None:
    written = (ROOT / "docs" / "privacy.md").read_text("utf-8")

    assert page(written) == written, "run: python -m storage.privacy"


async def test_the_migrations_make_exactly_the_tables(db_url: str) -> None:
    engine = create_async_engine(db_url)
    async with engine.connect() as connection:
        differences = await connection.run_sync(
            lambda c: compare_metadata(MigrationContext.configure(c, opts={"compare_type": True}), metadata)
        )
    await engine.dispose()

    assert differences == []


async def test_a_migrated_database_is_at_the_newest_revision(db_url: str) -> None:
    assert await current(db_url) == newest()


def test_a_database_nobody_has_used_has_no_revision(tmp_path: Path) -> None:
    assert asyncio.run(current(f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite3'}")) is None
