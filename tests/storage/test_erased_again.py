"""An older backup brings nobody back who was erased since; what is left in files leaves too."""

import json
from pathlib import Path

import pytest

from bench.erasure_stage import NOW, Planted, plant_all, planted
from bot.clock import MovableClock
from bot.traces import Traces
from domain.privacy import NOBODY
from storage import backup
from storage.database import Database, open_database
from storage.erased import NAME, ListDamaged, read_list, write_list
from storage.media import MediaFolder
from storage.restore import restore
from storage.sealed import new_key, read_key


@pytest.fixture
async def people(db: Database, tmp_path: Path) -> list[Planted]:
    both = [planted(1), planted(2)]
    await db.run(plant_all, both, MediaFolder(tmp_path / "media"))
    return both


@pytest.mark.slow  # whole databases are written and read back
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_who_was_erased_is_erased_in_an_older_backup_too(
    db: Database, db_url: str, people: list[Planted], tmp_path: Path, empty: dict[str, str], engine: str
) -> None:
    anna, boris = people
    new_key(tmp_path / "key")
    key = read_key(tmp_path / "key")
    made = await backup.make(db_url, tmp_path / "media", tmp_path / "backups", key, now=NOW)
    await db.run(lambda uow: uow.erasures.erase(anna.person_id, by_operator="self", now=NOW))
    write_list(tmp_path / NAME, await db.read(lambda uow: uow.erasures.marks()))

    done = await restore(made.path, key, empty[engine], tmp_path / "again", read_list(tmp_path / NAME))

    restored = await open_database(empty[engine], migrate=False)
    names = await restored.read(lambda uow: uow.people.names([anna.person_id, boris.person_id]))
    marks = await restored.read(lambda uow: uow.erasures.marks())
    await restored.close()
    assert done.erased == 1
    assert names == {anna.person_id: NOBODY, boris.person_id: boris.marker}
    assert [one.person_id for one in marks] == [anna.person_id]
    assert not MediaFolder(tmp_path / "again").path(anna.keys["file"]).exists()
    assert MediaFolder(tmp_path / "again").path(boris.keys["file"]).exists()


async def test_files_that_were_only_theirs_are_deleted_and_the_list_is_kept(
    db: Database, people: list[Planted], tmp_path: Path
) -> None:
    anna, boris = people
    traces = Traces(db, db, MovableClock(NOW), tmp_path / "media", tmp_path / "backups")
    assert await traces.clear(thorough=True) == 0
    await db.run(lambda uow: uow.erasures.erase(anna.person_id, by_operator="self", now=NOW))

    assert await traces.clear(thorough=True) == 1

    folder = MediaFolder(tmp_path / "media")
    assert not folder.path(anna.keys["file"]).exists()
    assert folder.path(boris.keys["file"]).exists()
    assert await traces.clear(thorough=True) == 0
    text = (tmp_path / "backups" / NAME).read_text()
    assert len(json.loads(text)) == 1
    assert anna.marker not in text
    assert str(anna.telegram_id) not in text


def _bytes(path: Path) -> bytes:
    return path.read_bytes()


async def test_the_log_of_sqlite_is_cut_to_nothing(sqlite_url: str, tmp_path: Path) -> None:
    db = await open_database(sqlite_url, migrate=False)
    anna = planted(3)
    await db.run(plant_all, [anna], MediaFolder(tmp_path / "media"))
    log = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///") + "-wal")
    assert anna.marker.encode() in _bytes(log)

    assert await db.forget(thorough=False)

    assert _bytes(log) == b""
    await db.close()


def test_the_list_grows_and_a_damaged_one_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / NAME
    assert read_list(path) == ()
    path.write_text("[{}]")
    with pytest.raises(ListDamaged):
        read_list(path)
