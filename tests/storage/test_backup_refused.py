"""Backups that are refused, keys, and the folder of backups: nothing is ever written over or left half done."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bench.damage import DAMAGES
from storage.backup import BackupFailed, backups, make, rotate
from storage.database import open_database
from storage.portable import spec
from storage.restore import restore
from storage.sealed import KeyFileError, Refused, SealedWriter, new_key, open_sealed, read_key
from storage.tables import person
from tests.storage.backing import KEY, NOW, Place, everything, files, rewrite, tables_at, take

pytestmark = pytest.mark.slow  # whole databases are written, read back and broken


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
    assert "is damaged (part 1)" in await refuse(changed(data[:100] + bytes([data[100] ^ 1]) + data[101:]), tmp_path)
    assert "no sealed backup" in await refuse(changed(b"PK" + data), tmp_path)
    assert "has format 2" in await refuse(changed(data[:8] + b"\x02" + data[9:]), tmp_path)
    assert "No such file" in await refuse(tmp_path / "nowhere", tmp_path)
    rewrite(path, bad, revision="9999")
    assert "made by a newer version" in await refuse(bad, tmp_path)
    rewrite(path, bad, tables={"person": spec()["person"]})
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
