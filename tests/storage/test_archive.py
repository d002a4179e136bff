"""The archive of a campaign: complete, readable without the program, and verified by the script inside it."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from storage.archive import SCRIPT, Made, NoArchive, make
from storage.database import open_database
from storage.portable import spec
from storage.sealed import open_sealed
from storage.tables import lease
from storage.verify_archive import MANIFEST
from tests.storage.backing import CANARY, KEY, NOW, Place

pytestmark = pytest.mark.slow  # whole databases are written, and a bare interpreter is started for each verdict


def bare(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script in an interpreter that sees no installed package."""
    return subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-I", "-S", str(script), *arguments], capture_output=True, text=True, check=False
    )


async def archived(place: Place, folder: Path) -> tuple[Made, Path]:
    """An archive, and the script taken out of it."""
    made = await make(place.url, place.media, folder / "campaign.zip", now=NOW)
    with zipfile.ZipFile(made.path) as archive:
        archive.extract(SCRIPT, folder)
    return made, folder / SCRIPT


async def test_an_archive_is_whole_and_holds_everything(small: Place, tmp_path: Path) -> None:
    made, script = await archived(small, tmp_path)
    seen = bare(script, str(made.path), "--seal", made.seal, "--head", made.head[:32])

    assert (seen.returncode, seen.stderr) == (0, ""), seen.stdout
    assert seen.stdout.endswith("whole\n")
    assert made.seal in seen.stdout
    with zipfile.ZipFile(made.path) as archive:
        names = set(archive.namelist())
        people = [json.loads(line) for line in archive.read("tables/person.jsonl").splitlines()]
        schema = json.loads(archive.read("schema.json"))
        everything = b"".join(archive.read(name) for name in names)
    assert {f"tables/{name}.jsonl" for name in spec()} < names
    assert "Анна «Аня» 🌷" in {one["name"] for one in people}
    assert all(column["purpose"] for columns in schema.values() for column in columns.values())
    assert len([name for name in names if name.startswith("media/")]) == made.files == 2
    assert CANARY.encode() not in everything, "words that nobody decided to keep stay out"
    assert lease.name not in schema


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes | None], **added: bytes) -> Path:
    """The same archive with files changed (None: left out)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name, data in added.items():
            new.writestr(name, data)
    return target


def changed(name: str, old: str, new: str) -> Callable[[str, bytes], bytes]:
    return lambda one, data: data.replace(old.encode(), new.encode(), 1) if one == name else data


def resealed(change: Callable[[dict[str, Any]], None], table: str) -> Callable[[Path, Path], None]:
    """A forger who also writes the manifest anew."""

    def forge(source: Path, target: Path) -> None:
        import hashlib

        with zipfile.ZipFile(source) as old:
            files = {name: old.read(name) for name in old.namelist()}
        name = f"tables/{table}.jsonl"
        rows = [json.loads(line) for line in files[name].splitlines()]
        change(rows[1])
        files[name] = "".join(
            json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows
        ).encode()
        manifest = json.loads(files[MANIFEST])
        manifest["files"][name] = {"size": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
        files[MANIFEST] = json.dumps(manifest).encode()
        with zipfile.ZipFile(target, "w") as new:
            for one, data in files.items():
                new.writestr(one, data)

    return forge


DAMAGES: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "an altered row": (
        lambda s, t: rewritten(s, t, changed("tables/person.jsonl", "Анна", "Инна")),
        "person.jsonl: is not what",
    ),
    "a missing file": (
        lambda s, t: rewritten(s, t, lambda n, d: None if n == "schema.json" else d),
        "schema.json: is missing",
    ),
    "a foreign file": (lambda s, t: rewritten(s, t, lambda _, d: d, extra=b"x"), "extra: is not in the manifest"),
    "an altered picture": (
        lambda s, t: rewritten(s, t, lambda n, d: b"x" + d[1:] if n.startswith("media/") else d),
        "is not what its name says",
    ),
    "a forged entry under a new manifest": (resealed(lambda row: row.update(actor=99), "journal"), "does not follow"),
    "forged details under a new manifest": (
        resealed(lambda row: row.update(payload={"n": 99}), "journal_payload"),
        "are not those that were sealed",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
async def test_what_was_altered_is_named(name: str, small: Place, tmp_path: Path) -> None:
    made, script = await archived(small, tmp_path)
    damage, told = DAMAGES[name]
    bad = tmp_path / "bad.zip"
    damage(made.path, bad)
    seen = bare(script, str(bad))

    assert seen.returncode == 1, seen.stderr
    assert told in seen.stdout
    assert seen.stdout.endswith("NOT WHOLE\n")


async def test_an_archive_made_anew_shows_only_against_the_noted_seal_and_head(small: Place, tmp_path: Path) -> None:
    made, script = await archived(small, tmp_path)
    other = tmp_path / "other.zip"
    resealed(lambda row: row.update(name="Инна"), "person")(made.path, other)

    assert bare(script, str(other)).returncode == 0
    assert "not the one that was noted" in bare(script, str(other), "--seal", made.seal).stdout
    assert "noted head is nowhere" in bare(script, str(made.path), "--head", "0" * 32).stdout


async def test_what_is_no_archive_is_said_to_be_none(small: Place, tmp_path: Path) -> None:
    made, script = await archived(small, tmp_path)
    (tmp_path / "cut.zip").write_bytes(made.path.read_bytes()[:-40])
    (tmp_path / "empty.zip").write_bytes(b"")
    for name in ("cut.zip", "empty.zip", "nothing.zip"):
        seen = bare(script, str(tmp_path / name))
        assert (seen.returncode, seen.stderr[:14]) == (2, "not an archive"), name


async def test_a_sealed_archive_opens_with_its_key_and_is_the_same(small: Place, tmp_path: Path) -> None:
    made = await make(small.url, small.media, tmp_path / "campaign.hqa", now=NOW, key=KEY)
    with made.path.open("rb") as source, (tmp_path / "open.zip").open("wb") as target:
        shutil.copyfileobj(open_sealed(source, KEY), target)
    _, script = await archived(small, tmp_path)

    assert "Анна".encode() not in made.path.read_bytes()
    assert bare(script, str(tmp_path / "open.zip"), "--seal", made.seal).returncode == 0


async def test_nothing_is_written_over_and_nothing_half_done_is_left(small: Place, tmp_path: Path) -> None:
    there = tmp_path / "there.zip"
    there.write_bytes(b"mine")
    with pytest.raises(NoArchive, match="is there already"):
        await make(small.url, small.media, there, now=NOW)
    with pytest.raises(NoArchive, match="there is no database"):
        await make(f"sqlite+aiosqlite:///{tmp_path}/none.sqlite3", small.media, tmp_path / "a.zip", now=NOW)
    with pytest.raises(NoArchive, match="No such file"):
        await make(small.url, small.media, tmp_path / "nowhere" / "a.zip", now=NOW)

    assert there.read_bytes() == b"mine"
    assert not (tmp_path / "a.zip").exists()


async def test_what_postgresql_writes_reads_the_same(postgres_url: str, tmp_path: Path) -> None:
    db = await open_database(postgres_url, migrate=False)
    await db.run(lambda uow: uow.journal.add(at=NOW, actor=1, action="tested", object_="x:1", payload={"к": "я"}))
    await db.run(lambda uow: uow.journal.seal())
    await db.run(lambda uow: uow.session.execute(insert(lease).values(name="holder", holder="me", term=1, until=NOW)))
    await db.close()
    made, script = await archived(Place(postgres_url, tmp_path / "media"), tmp_path)

    assert bare(script, str(made.path), "--head", made.head).returncode == 0
