"""`hq erase`, and what `hq restore` makes of an older backup afterwards, as an operator types them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.people import Role
from domain.privacy import NOBODY
from storage.database import open_database
from storage.erased import NAME, read_list
from tests.cli.conftest import ROOT, Terminal
from tests.joining import joined

pytestmark = pytest.mark.slow  # every test starts processes; `tests/storage` asks the same of the functions

EXAMPLE = str(ROOT / "examples" / "two-month-campaign.toml")
NOW = datetime(2026, 9, 7, 9, tzinfo=UTC)


@pytest.fixture
async def ready(terminal: Terminal) -> Terminal:
    """A headquarters with two people and a backup of them."""
    terminal.config.write_text('[backup]\nkey_file = "backup.key"\n', "utf-8")
    await terminal.hq("plan", "load", EXAMPLE, "--yes")
    await terminal.hq("backup", "--new-key", "backup.key")
    db = await open_database(_url(terminal.folder / "var" / "hq.sqlite3"))
    for name in ("Анна Соколова", "Борис Орлов"):
        await db.run(joined, name, Role.VOLUNTEER, "kazan", now=NOW, telegram_id=len(name) * 1000)
    await db.close()
    await terminal.hq("backup")
    return terminal


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def _names(path: Path) -> list[str]:
    db = await open_database(_url(path))
    names = await db.read(lambda uow: uow.people.names([1, 2]))
    await db.close()
    return sorted(names.values())


async def test_somebody_is_erased_and_an_older_backup_does_not_bring_them_back(ready: Terminal) -> None:
    backups = ready.folder / "var" / "backups"
    unsure = await ready.hq("erase", "telegram:13000", typed="n\n")
    unknown = await ready.hq("erase", "@anna")
    done = await ready.hq("erase", "telegram:13000", "--yes")
    (ready.folder / "var" / "hq.sqlite3").rename(ready.folder / "before.sqlite3")
    restored = await ready.hq("restore", str(next(backups.glob("hq-*.hqb"))))

    assert (unsure.code, "Erase them?" in unsure.out) == (1, True)
    assert (unknown.code, "nobody is called so" in unknown.one_line) == (1, True)
    assert (done.code, "Erased." in done.out) == (0, True)
    assert len(read_list(backups / NAME)) == 1
    assert "Erased again, since they were erased after the backup: 1." in restored.out
    assert await _names(ready.folder / "before.sqlite3") == ["Борис Орлов", NOBODY]
    assert await _names(ready.folder / "var" / "hq.sqlite3") == ["Борис Орлов", NOBODY]


async def test_without_the_list_a_restore_says_so(ready: Terminal) -> None:
    (ready.folder / "var" / "hq.sqlite3").rename(ready.folder / "before.sqlite3")
    restored = await ready.hq("restore", str(next((ready.folder / "var" / "backups").glob("hq-*.hqb"))))

    assert "erased.json is not there: whoever was erased since is back" in restored.out
