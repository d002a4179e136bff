"""`hq` as in the scenarios, on SQLite: who may is decided in the domain."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness import Headquarters, headquarters


@pytest.fixture
async def hq(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Headquarters]:
    async with headquarters(sqlite_url, tmp_path) as running:
        yield running
        assert running.troubles() == []
