"""`hq backup`, `hq restore` and `hq db verify` as an operator types them."""

import asyncio
import json
import sqlite3
import sys
from pathlib import Path

import pytest

from playground import LocalTelegram
from tests.cli.conftest import ROOT, Terminal

pytestmark = (
    pytest.mark.slow
)  # every test starts processes; `tests/storage/test_backup.py` asks the same of the functions

EXAMPLE = str(ROOT / "examples" / "two-month-campaign.toml")
CONFIG = '[backup]\nkey_file = "backup.key"\n'


@pytest.fixture
async def ready(terminal: Terminal) -> Terminal:
    """A configured headquarters with a plan and a key."""
    terminal.config.write_text(CONFIG, "utf-8")
    await terminal.hq("plan", "load", EXAMPLE, "--yes")
    made = await terminal.hq("backup", "--new-key", "backup.key")
    assert (made.code, made.err) == (0, "")
    return terminal


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("hq-*.hqb"))


async def test_a_headquarters_is_backed_up_lost_and_restored(ready: Terminal) -> None:
    """And the place it lies in is never written over."""
    taken = await ready.hq("backup")
    (backup,) = backups(ready.folder / "var" / "backups")
    again = await ready.hq("restore", str(backup))
    (ready.folder / "var" / "hq.sqlite3").rename(ready.folder / "lost.sqlite3")
    restored = await ready.hq("restore", str(backup))
    checked = await ready.hq("db", "verify")

    assert taken.code == 0
    assert "restored once and found whole" in taken.out
    assert (again.code, again.one_line) == (1, "hq: var/hq.sqlite3: is there already; restore into a new file")
    assert restored.code == 0
    assert "is back" in restored.out
    assert (checked.code, checked.out) == (0, "ok     the database and its media hold together\n")
    assert rows(ready.folder / "lost.sqlite3") == rows(ready.folder / "var" / "hq.sqlite3")
    for path in (backup, ready.folder / "var" / "hq.sqlite3", ready.folder / "backup.key"):
        assert path.stat().st_mode & 0o777 == 0o600


def rows(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return sorted(line for line in connection.iterdump() if line.startswith("INSERT"))


async def test_a_backup_goes_elsewhere_and_comes_back_elsewhere_without_a_configuration(ready: Terminal) -> None:
    there, media = "sqlite+aiosqlite:///else/hq.sqlite3", ready.folder / "else" / "media"
    taken = await ready.hq("backup", "--to", "other", "--json")
    made = json.loads(taken.out)
    ready.config.unlink()

    restored = await ready.hq("restore", made["path"], "--key", "backup.key", "--into", there, "--media", str(media))

    assert made["problems"] == []
    assert backups(ready.folder / "other") == [ready.folder / made["path"]]
    assert restored.code == 0
    assert f"{made['rows']} rows" in restored.out


async def test_check_says_whether_there_are_backups(ready: Terminal) -> None:
    none_yet = await ready.hq("check")
    await ready.hq("backup")
    fresh = await ready.hq("check")
    (backup,) = backups(ready.folder / "var" / "backups")
    backup.rename(backup.with_name("hq-20200101T000000Z.hqb"))
    (ready.folder / "backup.key").chmod(0o644)
    old = await ready.hq("check")
    ready.config.write_text("", "utf-8")
    without = await ready.hq("check")

    assert "note   backups: there is none in var/backups yet" in none_yet.out
    assert "ok     backups: 1 in var/backups, the newest 0 h old" in fresh.out
    assert "wrong  backups: 1 in var/backups, the newest" in old.out
    assert "config backup.key_file: backup.key: others on this machine may open it" in old.out
    assert "note   backups: none are made" in without.out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["backup", "--key", "nowhere.key"], 2, "nowhere.key: No such file"),
        (["backup", "--new-key", "backup.key"], 2, "is there already"),
        (["restore", "nowhere.hqb", "--into", "sqlite+aiosqlite:///x/y.sqlite3"], 1, "nowhere.hqb: No such file"),
        (
            ["restore", "backup.key", "--into", "sqlite+aiosqlite:///x/y.sqlite3"],
            1,
            "no sealed backup or archive of Headquarters",
        ),
        (["restore", "backup.key", "--into", "mysql://x"], 2, "--into: must be sqlite"),
    ],
)
async def test_what_cannot_be_is_one_line(ready: Terminal, words: list[str], code: int, says: str) -> None:
    ran = await ready.hq(*words)

    assert ran.code == code
    assert says in ran.one_line
    assert not (ready.folder / "x").exists()


async def test_without_a_key_file_it_says_how_to_make_one(terminal: Terminal) -> None:
    ran = await terminal.hq("backup")

    assert (ran.code, "hq backup --new-key FILE" in ran.one_line) == (2, True)


async def test_verify_names_what_is_wrong_and_ends_with_1(ready: Terminal) -> None:
    with sqlite3.connect(ready.folder / "var" / "hq.sqlite3") as connection:
        connection.execute("DROP INDEX ix_journal_object")

    ran, as_json = await ready.hq("db", "verify"), await ready.hq("db", "verify", "--json")

    assert ran.code == as_json.code == 1
    assert ran.out.startswith("wrong  schema: ")
    assert [problem["name"] for problem in json.loads(as_json.out)["problems"]] == ["schema"]


async def test_a_running_headquarters_makes_its_own_and_bears_one_by_hand(
    ready: Terminal, telegram: LocalTelegram
) -> None:
    """Right after the first start, since there is none yet."""
    ready.connect(telegram)
    async with ready.running() as process:
        assert process.stderr is not None
        async with asyncio.timeout(120):
            while b"backup made" not in (line := await process.stderr.readline()):
                assert line, "hq run ended"
        by_hand = await ready.hq("backup", "--to", "other")

    assert by_hand.code == 0
    assert len(backups(ready.folder / "var" / "backups")) == 1


async def test_without_a_key_a_running_headquarters_says_that_there_are_no_backups(
    terminal: Terminal, telegram: LocalTelegram
) -> None:
    terminal.connect(telegram)
    process = await terminal.start("run")
    assert process.stderr is not None
    async with asyncio.timeout(120):
        while b"no backups are made: backup.key_file is not set" not in (line := await process.stderr.readline()):
            assert line, "hq run ended"
        process.terminate()
        await process.communicate()

    assert process.returncode == 0


async def test_these_commands_do_not_load_telegram() -> None:
    """aiogram alone takes longer to import than a small backup takes to make."""
    code = "import sys, bot.cli, bot.backup, storage.restore, storage.verify; sys.exit('aiogram' in sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT)

    assert await process.wait() == 0
