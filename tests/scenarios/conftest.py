"""`hq`: a running headquarters on SQLite (slow: on PostgreSQL too); a scenario ends with no malformed request and no failure inside."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness import Headquarters, headquarters


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def hq_url(request: pytest.FixtureRequest) -> str:
    """A fresh database. Not asked for inside the async fixture: the templates are migrated in a loop of their own."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return str(request.getfixturevalue("postgres").create())


@pytest.fixture
async def hq(hq_url: str, tmp_path: Path) -> AsyncIterator[Headquarters]:
    async with headquarters(hq_url, tmp_path) as running:
        yield running
        assert running.troubles() == []
