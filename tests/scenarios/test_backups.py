"""The nightly backup: made, made up for, and told about when it does not work."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.people import EVERYWHERE, Role
from storage.backup import backups
from storage.sealed import new_key
from tests.harness import Headquarters, headquarters


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key that is not there yet; `new_key(key)` makes it."""
    return tmp_path / "backup.key"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.mark.slow  # takes seconds
async def test_a_backup_is_made_once_a_night_and_made_up_for(
    sqlite_url: str, tmp_path: Path, key: Path, folder: Path
) -> None:
    """Half past three on headquarters' clock; one that was missed is made as soon as the program is up."""
    new_key(key)
    backup = {"key_file": key, "folder": folder, "keep_daily": 2, "keep_weekly": 0}
    async with headquarters(sqlite_url, tmp_path, backup=backup) as hq:
        owner = await hq.join("Ольга", Role.OWNER, EVERYWHERE)
        look = hq.app.backups.look
        await look()
        await look()
        made = [at for at, _ in backups(folder)]
        await hq.move_to(hq.now.replace(hour=0, minute=29) + timedelta(days=1))
        await look()
        before = len(backups(folder))
        await hq.move_to(hq.now + timedelta(minutes=1))
        await look()
        await hq.settle()

        assert made == [hq.now.replace(hour=5, minute=0) - timedelta(days=1)]
        assert before == 1
        assert [at for at, _ in backups(folder)] == [hq.now, *made]
        assert "копи" not in owner.said
        numbers = dict(line.rsplit(" ", 1) for line in hq.app.metrics.page(None, held=True).decode().splitlines())
        assert float(numbers["hq_last_backup_timestamp_seconds"]) == hq.now.timestamp()


@pytest.mark.slow
async def test_owners_hear_that_it_failed_when_it_works_again_and_when_none_was_made_for_two_days(
    sqlite_url: str, tmp_path: Path, key: Path, folder: Path
) -> None:
    """The key is missing at first; a try each hour is told once."""
    async with headquarters(sqlite_url, tmp_path, backup={"key_file": key, "folder": folder}) as hq:
        olga = await hq.join("Ольга", Role.OWNER, EVERYWHERE)
        boss = await hq.join("Oscar", Role.OWNER, EVERYWHERE, "en")
        maria = await hq.join("Мария", Role.MANAGER, EVERYWHERE)

        await look_for(hq, hours=0)
        assert "Ночная резервная копия не получилась" in olga.screen
        assert "Удачной копии пока нет ни одной." in olga.screen
        assert "The nightly backup did not work." in boss.screen
        told = len(boss.messages)

        await look_for(hq, hours=1)
        assert len(boss.messages) == told, "the same night is told once"

        new_key(key)
        await look_for(hq, hours=1)
        assert "Резервная копия снова делается" in olga.screen
        assert "The backup works again." in boss.screen
        assert hq.now.hour == 7

        open_to_others(key)
        await look_for(hq, hours=49)
        assert "Уже двое суток нет удачной резервной копии" in olga.screen
        assert "There has been no good backup for two days." in boss.screen
        assert "The last good one: Mon 7 Sept 10:00." in boss.screen
        assert "копи" not in maria.said, "nobody but owners"


def open_to_others(key: Path) -> None:
    """Such a key is not taken."""
    key.chmod(0o644)


async def look_for(hq: Headquarters, hours: int) -> None:
    """Look after so many hours."""
    await hq.advance(hours=hours)
    await hq.app.backups.look()
    await hq.settle()
