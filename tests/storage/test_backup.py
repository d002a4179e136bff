"""Backups: what comes back is what was there; what was damaged never comes back at all."""

import json
import random
import tracemalloc
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, insert, select, text, update

from bench.backup import backup
from bench.damage import DAMAGES
from domain.people import EVERYWHERE, Role
from storage import portable
from storage.backup import BackupFailed, Made, backups, make, rotate
from storage.database import Database, open_database
from storage.media import MediaFolder
from storage.migrate import known, migrate_to, newest
from storage.repositories.journal import JournalRepository
from storage.restore import restore
from storage.sealed import KeyFileError, Refused, SealedWriter, new_key, open_sealed, read_key
from storage.tables import inbox, journal, lease, media, metadata, person
from storage.uow import SqlUnitOfWork
from storage.verify import verify
from tests.drafting import approve
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 3, 30, tzinfo=UTC)
KEY = bytes(range(32))
CANARY = "a word that nobody decided to keep"


@dataclass(frozen=True)
class Place:
    """A database and its media folder."""

    url: str
    media: Path


async def fill(uow: SqlUnitOfWork, folder: Path) -> None:
    """A little of everything: people, approved texts, two pictures, a sealed journal, updates in every state, a lease."""
    await load_campaign(uow)
    anna = await joined(uow, "Анна «Аня» 🌷", Role.VOLUNTEER, "kazan", now=NOW)
    press = await joined(uow, "Павел", Role.PRESS_SECRETARY, EVERYWHERE, now=NOW)
    for number in range(3):
        await approve(uow, anna.id, press.id, f"Текст {number}\nвторая строка", "vk-kazan", now=NOW)
        await uow.journal.add(
            at=NOW, actor=0, action="tested", object_=f"draft:{number}", payload={"n": number, "к": "я"}
        )
    await uow.journal.seal()
    for number in range(2):
        data = random.Random(number).randbytes(150_000)  # noqa: S311 - a stand-in for a picture
        await add_file(uow, folder, data)
    for number, status in enumerate(("new", "aside", "done", "shown"), 100):
        body = {"text": CANARY} if status in {"new", "aside"} else None
        row = {"update_id": number, "lane": 5, "status": status, "body": body, "received_at": NOW}
        await uow.session.execute(insert(inbox).values(**row))
    await uow.session.execute(insert(lease).values(name="holder", holder="me", term=7, until=NOW))


async def add_file(uow: SqlUnitOfWork, folder: Path, data: bytes) -> str:
    digest = MediaFolder(folder).keep(data)
    row = {"sha256": digest, "size": len(data), "mime": "image/jpeg", "kind": "photo", "stored": True, "added_at": NOW}
    await uow.session.execute(insert(media).values(**row))
    return digest


@pytest.fixture
async def place(db: Database, db_url: str, tmp_path: Path) -> Place:
    """The filled database on each engine."""
    folder = tmp_path / "media"
    await db.run(lambda uow: fill(uow, folder))
    return Place(db_url, folder)


@pytest.fixture
async def small(sqlite_url: str, tmp_path: Path) -> Place:
    """The same on SQLite alone."""
    db = await open_database(sqlite_url, migrate=False)
    folder = tmp_path / "media"
    await db.run(lambda uow: fill(uow, folder))
    await db.close()
    return Place(sqlite_url, folder)


@pytest.fixture
def empty(postgres: Any, tmp_path: Path) -> dict[str, str]:
    """A new, wholly empty database of each engine. Not asked for in the middle of a test: the server starts in a loop of its own."""
    return {"sqlite": f"sqlite+aiosqlite:///{tmp_path}/new/hq.sqlite3", "postgresql": postgres.create_empty()}


@pytest.fixture
def postgres_url(postgres: Any) -> str:
    """A migrated PostgreSQL without a row."""
    return str(postgres.create())


async def take(place: Place, folder: Path) -> Made:
    return await make(place.url, place.media, folder, KEY, now=NOW)


async def all_of(uow: SqlUnitOfWork, statement: Select[Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await uow.session.execute(statement)]


async def everything(url: str) -> dict[str, list[Any]]:
    """All rows of all tables, by this program's own tables and not by the backup's idea of them."""
    db = await open_database(url, migrate=False)

    async def rows(uow: SqlUnitOfWork) -> dict[str, list[Any]]:
        found = {t.name: (await uow.session.execute(select(t))).all() for t in metadata.sorted_tables}
        return {name: sorted(map(repr, some)) for name, some in found.items()}

    try:
        return await db.read(rows)
    finally:
        await db.close()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- what comes back -----------------------------------------------------------------------------------------------------------


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
    rewrite(made.path, old, revision=oldest, tables=await tables_of(oldest, tmp_path))
    url = f"sqlite+aiosqlite:///{tmp_path}/restored.sqlite3"

    await restore(old, KEY, url, tmp_path / "restored-media")

    assert oldest != newest()
    assert await verify(url, tmp_path / "restored-media") == []
    assert (await everything(url))["content"] == (await everything(small.url))["content"]


async def tables_of(revision: str, folder: Path) -> set[str]:
    from sqlalchemy import inspect
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/of-{revision}.sqlite3")
    async with engine.connect() as connection:
        await connection.run_sync(migrate_to, revision)
        names = await connection.run_sync(lambda c: inspect(c).get_table_names())
    await engine.dispose()
    return set(names)


def rewrite(path: Path, to: Path, *, tables: set[str] | None = None, **head: Any) -> None:
    """The same backup with another head, of these tables only."""
    with path.open("rb") as source, to.open("wb") as target:
        reader, writer = open_sealed(source, KEY), SealedWriter(target, KEY)
        first = json.loads(reader.readline()) | head
        if tables is not None:
            first["tables"] = {name: spec for name, spec in first["tables"].items() if name in tables}
        writer.write(json.dumps(first).encode() + b"\n")
        while line := reader.readline():
            note = json.loads(line) if line.startswith(b"{") else {}
            if tables is not None and "table" in note and note["table"] not in tables:
                continue  # such a table was empty
            if tables is not None and "end" in note:
                note["end"]["tables"] = {name: s for name, s in note["end"]["tables"].items() if name in tables}
                line = json.dumps(note).encode() + b"\n"
            writer.write(line)
            if "file" in note:
                writer.write(reader.read(note["size"]))
        writer.finish()


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
    size = 24 * 1024 * 1024
    await db.run(lambda uow: add_file(uow, small.media, bytes(size)))
    await db.close()
    await take(small, tmp_path / "warm")  # what is loaded once is not what is measured
    tracemalloc.start()
    try:
        made = await take(small, tmp_path / "backups")
        await restore(made.path, KEY, f"sqlite+aiosqlite:///{tmp_path}/r.sqlite3", tmp_path / "restored-media")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert made.path.stat().st_size > size
    assert peak < size / 2


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
async def test_backups_under_load_restore_to_what_was_committed_and_damaged_ones_are_refused(engine: str) -> None:
    """Fifty and a hundred: `python -m bench.backup --cycles 50 --damaged 100`."""
    result = await backup(cycles=3, damaged=20, engine=engine)

    assert (result["restored"], result["verify_failures"], result["refused"]) == (3, 0, 20)
    assert result["stale_s_max"] <= 60
    assert result["rows"] > 200


# --- what is refused -----------------------------------------------------------------------------------------------------------


async def refuse(file: Path, tmp_path: Path, key: bytes = KEY) -> str:
    """The reason; nothing may be left where it was to go."""
    with pytest.raises(Refused) as refused:
        await restore(file, key, f"sqlite+aiosqlite:///{tmp_path}/new/hq.sqlite3", tmp_path / "new" / "media")
    assert not (tmp_path / "new").exists()
    return str(refused.value)


async def test_a_damaged_backup_is_refused_and_leaves_no_trace(small: Place, tmp_path: Path) -> None:
    data = (await take(small, tmp_path / "backups")).path.read_bytes()
    bad = tmp_path / "bad.hqb"
    for kind, damage in DAMAGES.items():
        for seed in range(5):
            bad.write_bytes(damage(data, random.Random(seed)))  # noqa: S311 - repeatable
            assert await refuse(bad, tmp_path), kind


async def test_each_refusal_says_why(small: Place, tmp_path: Path) -> None:
    path = (await take(small, tmp_path / "backups")).path
    data = path.read_bytes()
    bad = tmp_path / "bad"

    def changed(content: bytes) -> Path:
        bad.write_bytes(content)
        return bad

    assert "another key" in await refuse(path, tmp_path, bytes(32))
    assert "cut off" in await refuse(changed(data[:-100]), tmp_path)
    assert "is damaged (part 1)" in await refuse(changed(data[:100] + b"x" + data[101:]), tmp_path)
    assert "not a backup" in await refuse(changed(b"PK" + data), tmp_path)
    assert "has format 2" in await refuse(changed(data[:8] + b"\x02" + data[9:]), tmp_path)
    assert "No such file" in await refuse(tmp_path / "nowhere", tmp_path)
    rewrite(path, bad, revision="9999")
    assert "made by a newer version" in await refuse(bad, tmp_path)
    rewrite(path, bad, tables={"person"})
    assert "nothing was written" in await refuse(bad, tmp_path)


async def test_rows_that_do_not_add_up_are_refused(small: Place, tmp_path: Path) -> None:
    """Sealed by somebody with the key, but not what the end line says."""
    path = (await take(small, tmp_path / "backups")).path
    bad = tmp_path / "bad"
    with path.open("rb") as source, bad.open("wb") as target:
        writer = SealedWriter(target, KEY)
        writer.write(open_sealed(source, KEY).read().replace("Павел".encode(), "Пабел".encode()))
        writer.finish()

    assert "does not add up" in await refuse(bad, tmp_path)


async def test_a_place_that_is_not_empty_is_left_as_it_is(small: Place, tmp_path: Path) -> None:
    path = (await take(small, tmp_path / "backups")).path
    before, pictures = await everything(small.url), files(small.media)
    fresh = f"sqlite+aiosqlite:///{tmp_path}/fresh.sqlite3"

    with pytest.raises(Refused, match="is there already"):
        await restore(path, KEY, small.url, tmp_path / "restored-media")
    with pytest.raises(Refused, match="media folder is not empty"):
        await restore(path, KEY, fresh, small.media)
    (tmp_path / "fresh.sqlite3-wal").write_bytes(b"of an older file")
    with pytest.raises(Refused, match="sqlite3-wal"):
        await restore(path, KEY, fresh, tmp_path / "restored-media")

    assert (await everything(small.url), files(small.media)) == (before, pictures)
    assert not (tmp_path / "restored-media").exists()
    assert not (tmp_path / "fresh.sqlite3").exists()


async def test_a_postgresql_that_holds_tables_is_left_as_it_is(small: Place, tmp_path: Path, postgres_url: str) -> None:
    path = (await take(small, tmp_path / "backups")).path

    with pytest.raises(Refused, match="not empty"):
        await restore(path, KEY, postgres_url, tmp_path / "restored-media")

    assert not any((await everything(postgres_url)).values())
    assert not (tmp_path / "restored-media").exists()


async def test_a_database_that_does_not_take_a_row_gets_nothing(
    small: Place, tmp_path: Path, empty: dict[str, str]
) -> None:
    """A text that PostgreSQL cannot hold stops everything, media included, and is not told."""
    db = await open_database(small.url, migrate=False)
    await db.run(lambda uow: uow.session.execute(update(person).values(name="secret \x00 name")))
    await db.close()
    path = (await take(small, tmp_path / "backups")).path
    url = empty["postgresql"]

    with pytest.raises(Refused, match="did not take it") as refused:
        await restore(path, KEY, url, tmp_path / "restored-media")

    assert "secret" not in str(refused.value)
    assert not (tmp_path / "restored-media").exists()
    assert await tables_at(url) == []


async def tables_at(url: str) -> list[str]:
    from sqlalchemy import inspect
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda c: inspect(c).get_table_names())
    await engine.dispose()
    return names


async def test_no_database_or_one_of_another_version_makes_no_backup_and_no_file(small: Place, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with pytest.raises(BackupFailed, match="there is no database"):
        await make(f"sqlite+aiosqlite:///{tmp_path}/nothing.sqlite3", small.media, folder, KEY, now=NOW)
    db = await open_database(small.url, migrate=False)
    await db.run(lambda uow: uow.session.execute(text("UPDATE alembic_version SET version_num = '0000'")))
    await db.close()
    with pytest.raises(BackupFailed, match="at revision 0000"):
        await take(small, folder)

    assert files(folder) == {}
    assert not (tmp_path / "nothing.sqlite3").exists()
    assert not any(".hq-scratch-" in path for path in files(tmp_path))


async def test_a_backup_never_replaces_another(small: Place, tmp_path: Path) -> None:
    made = await take(small, tmp_path / "backups")
    before = made.path.read_bytes()

    with pytest.raises(BackupFailed, match="is there already"):
        await take(small, tmp_path / "backups")

    assert files(tmp_path / "backups") == {made.path.name: before}


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


# --- keys and the folder -------------------------------------------------------------------------------------------------------


def test_a_key_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "backup.key"
    new_key(path)
    key = read_key(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert len(key) == 32
    with pytest.raises(KeyFileError, match="is there already"):
        new_key(path)
    assert read_key(path) == key
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        read_key(path)


@pytest.mark.parametrize("content", [b"", b"hq-backup-key-1 short", b"\xff\xfe", b"other " + b"A" * 44])
def test_what_is_no_key_is_not_taken_for_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(KeyFileError, match="is no backup key"):
        read_key(path)


def test_rotation_keeps_days_and_weeks_and_touches_nothing_else(tmp_path: Path) -> None:
    now = datetime(2026, 10, 30, 12, tzinfo=UTC)
    moments = [now - timedelta(hours=12 * n + 1) for n in range(120)]
    for at in moments:
        (tmp_path / f"hq-{at:%Y%m%dT%H%M%SZ}.hqb").touch()
    others = [tmp_path / name for name in ("notes.txt", "hq-old.hqb", "hq-20200101T000000Z.hqb.copy")]
    for other in others:
        other.touch()

    deleted = rotate(tmp_path, daily=7, weekly=4, now=now)

    kept = [at for at, _ in backups(tmp_path)]
    assert kept[:2] == moments[:2], "all of the last 24 hours"
    assert len({at.date() for at in kept} & {now.date() - timedelta(days=n) for n in range(7)}) == 7
    assert len({at.isocalendar()[:2] for at in kept}) == 4
    assert len(kept) == 9
    assert len(deleted) == 111
    assert all(other.exists() for other in others)


def test_the_newest_backup_is_never_deleted(tmp_path: Path) -> None:
    only = tmp_path / "hq-20200101T000000Z.hqb"
    only.touch()

    assert rotate(tmp_path, daily=1, weekly=0, now=NOW) == []
    assert only.exists()


def test_every_column_has_a_kind_that_a_backup_can_carry() -> None:
    """All but the body of updates, and the tables of running processes."""
    carried = {(table, column) for table, columns in portable.spec().items() for column in columns}
    stored = {(t.name, c.name) for t in metadata.sorted_tables for c in t.columns}

    left_out = {(table, column) for table, column in stored - carried if table not in {"lease", "lane_claim"}}
    assert left_out == {("inbox", "body")}
