"""Backups: what comes back is what was there."""

import tracemalloc
from pathlib import Path

import pytest
from sqlalchemy import select

from bench.backup import backup
from domain.people import Role
from storage import portable
from storage.database import open_database
from storage.migrate import known, migrate_to, newest
from storage.repositories.journal import JournalRepository
from storage.restore import restore
from storage.sealed import open_sealed
from storage.tables import inbox, journal, metadata, person
from storage.verify import verify
from tests.joining import joined
from tests.storage.backing import CANARY, KEY, NOW, Place, add_file, all_of, everything, files, rewrite, take

pytestmark = pytest.mark.slow  # whole databases are written, read back and broken


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
async def test_what_comes_back_is_what_was_there_on_either_engine(
    place: Place, into: str, empty: dict[str, str], tmp_path: Path
) -> None:
    """Every row and every byte, but for updates that were not handled and what belongs to running processes."""
    before = await everything(place.url)
    made = await take(place, tmp_path / "backups")
    url = empty[into]

    done = await restore(made.path, KEY, url, tmp_path / "restored-media")

    after = await everything(url)
    for gone in ("inbox", "lease", "lane_claim"):
        before.pop(gone)
        after.pop(gone)
    assert after == before
    assert files(tmp_path / "restored-media") == files(place.media)
    assert (done.campaign, done.taken_at, done.files, done.lost) == ("Пробная кампания", NOW, 2, ())
    assert done.rows == made.rows == sum(map(len, after.values())) + 2
    assert await verify(url, tmp_path / "restored-media") == []


async def test_words_of_updates_are_not_in_it_and_only_handled_ones_come_back(
    place: Place, tmp_path: Path, empty: dict[str, str]
) -> None:
    made = await take(place, tmp_path / "backups")
    with made.path.open("rb") as file:
        inside = open_sealed(file, KEY).read()
    url = empty["sqlite"]
    await restore(made.path, KEY, url, None)
    db = await open_database(url, migrate=False)
    rows = await db.read(all_of, select(inbox.c.update_id, inbox.c.body))
    await db.close()

    assert "Текст 0".encode() in inside, "the canary would be readable if it were there"
    assert CANARY.encode() not in inside
    assert sorted(rows) == [(102, None), (103, None)]
    assert made.left_out == 2


async def test_work_goes_on_after_a_restore(place: Place, tmp_path: Path, empty: dict[str, str]) -> None:
    """New rows take numbers that nobody has."""
    made = await take(place, tmp_path / "backups")
    url = empty[place.url.partition("+")[0]]
    await restore(made.path, KEY, url, None)
    db = await open_database(url)

    new = await db.run(lambda uow: joined(uow, "Новая", Role.VOLUNTEER, "omsk", now=NOW))
    await db.run(lambda uow: uow.journal.add(at=NOW, actor=0, action="tested", object_="x"))
    await db.run(lambda uow: uow.journal.seal())
    people = await db.read(all_of, select(person.c.id))
    await db.close()

    assert new.id == max(people)[0] == 3
    assert await verify(url, None) == []


async def test_a_backup_from_before_an_upgrade_is_brought_up_to_date(small: Place, tmp_path: Path) -> None:
    """It is loaded into the tables of its own time and migrated from there."""
    made = await take(small, tmp_path / "backups")
    oldest = min(known())
    old = made.path.with_name("old")
    rewrite(made.path, old, revision=oldest, only=await columns_of(oldest, tmp_path))
    url = f"sqlite+aiosqlite:///{tmp_path}/restored.sqlite3"

    await restore(old, KEY, url, tmp_path / "restored-media")

    assert oldest != newest()
    assert await verify(url, tmp_path / "restored-media") == []
    assert (await everything(url))["content"] == (await everything(small.url))["content"]


async def columns_of(revision: str, folder: Path) -> dict[str, set[str]]:
    from sqlalchemy import inspect
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/of-{revision}.sqlite3")
    async with engine.connect() as connection:
        await connection.run_sync(migrate_to, revision)
        found = await connection.run_sync(lambda c: inspect(c).get_multi_columns())
    await engine.dispose()
    return {name: {column["name"] for column in columns} for (_, name), columns in found.items()}


async def test_a_missing_picture_is_said_and_the_rest_is_kept(small: Place, tmp_path: Path) -> None:
    lost, kept = sorted(small.media.rglob("*/*"))
    lost.write_bytes(b"another picture")

    made = await take(small, tmp_path / "backups")
    done = await restore(made.path, KEY, f"sqlite+aiosqlite:///{tmp_path}/r.sqlite3", tmp_path / "restored-media")

    assert [problem.name for problem in made.problems] == ["media"]
    assert lost.name in made.problems[0].text
    assert done.lost == (lost.name,)
    assert [path.name for path in (tmp_path / "restored-media").rglob("*/*")] == [kept.name]


async def test_a_large_media_folder_does_not_go_through_memory(small: Place, tmp_path: Path) -> None:
    db = await open_database(small.url, migrate=False)
    size = 64 * 1024 * 1024  # far more than what a migration allocates
    await db.run(lambda uow: add_file(uow, small.media, bytes(size)))
    await db.close()
    warm = await take(small, tmp_path / "warm")  # what is loaded once is not what is measured
    await restore(warm.path, KEY, f"sqlite+aiosqlite:///{tmp_path}/w.sqlite3", tmp_path / "warm-media")
    tracemalloc.start()
    try:
        made = await take(small, tmp_path / "backups")
        await restore(made.path, KEY, f"sqlite+aiosqlite:///{tmp_path}/r.sqlite3", tmp_path / "restored-media")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert made.path.stat().st_size > size
    assert peak < size / 2


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
async def test_backups_under_load_restore_to_what_was_committed_and_damaged_ones_are_refused(engine: str) -> None:
    """Fifty and a hundred: `python -m bench.backup --cycles 50 --damaged 100`."""
    result = await backup(cycles=3, damaged=20, engine=engine)

    assert (result["restored"], result["verify_failures"], result["refused"]) == (3, 0, 20)
    assert result["stale_s_max"] <= 60
    assert result["rows"] > 200


async def test_the_journals_chain_comes_back_sealed(place: Place, tmp_path: Path, empty: dict[str, str]) -> None:
    """Seals are hashes over the moments as they are read back: the other engine must read them alike."""
    url = empty["sqlite" if place.url.startswith("postgres") else "postgresql"]
    await restore((await take(place, tmp_path / "backups")).path, KEY, url, None)
    db = await open_database(url)
    entries = await db.read(all_of, select(journal.c.seal))
    sealed = await db.read(lambda uow: JournalRepository(uow.session).has_unsealed())
    await db.close()

    assert len(set(entries)) == 3
    assert sealed is False
    assert await verify(url, None) == []


def test_every_column_has_a_kind_that_a_backup_can_carry() -> None:
    """All but the body of updates, and the tables of running processes."""
    carried = {(table, column) for table, columns in portable.spec().items() for column in columns}
    stored = {(t.name, c.name) for t in metadata.sorted_tables for c in t.columns}

    left_out = {(table, column) for table, column in stored - carried if table not in {"lease", "lane_claim"}}
    assert left_out == {("inbox", "body")}
