"""`hq journal verify`, `hq archive` and `hq unseal` as an operator types them."""

import re
import sqlite3

import pytest

from tests.cli.conftest import ROOT, Terminal

pytestmark = pytest.mark.slow  # every test starts processes

EXAMPLE = str(ROOT / "examples" / "two-month-campaign.toml")


@pytest.fixture
async def ready(terminal: Terminal) -> Terminal:
    """A headquarters with a plan, and a journal that says who loaded it."""
    await terminal.hq("plan", "load", EXAMPLE, "--yes")
    return terminal


async def test_the_journal_is_whole_until_somebody_touches_it(ready: Terminal) -> None:
    fine = await ready.hq("journal", "verify")
    noted = await ready.hq("journal", "verify", "--head", "0123456789abcdef")
    wrong = await ready.hq("journal", "verify", "--head", "what?")
    with sqlite3.connect(ready.folder / "var" / "hq.sqlite3") as connection:
        connection.execute("UPDATE journal_payload SET payload = '{}'")
    touched = await ready.hq("journal", "verify")

    assert fine.code == 0, fine.out
    assert "only against a head noted before (--head)" in fine.out
    assert (noted.code, "rewritten or cut" in noted.out) == (1, True)
    assert (wrong.code, wrong.one_line) == (2, "hq: --head: a head is 16 to 64 of the digits 0-9 and letters a-f")
    assert (touched.code, "details of entry" in touched.out) == (1, True)


async def test_an_archive_is_written_once_and_a_sealed_one_opens_with_its_key(ready: Terminal) -> None:
    await ready.hq("backup", "--new-key", "archive.key")
    plain = await ready.hq("archive", "campaign.zip")
    again = await ready.hq("archive", "campaign.zip")
    sealed = await ready.hq("archive", "campaign.hqa", "--key", "archive.key")
    opened = await ready.hq("unseal", "campaign.hqa", "open.zip", "--key", "archive.key")
    broken = await ready.hq("unseal", "campaign.zip", "other.zip", "--key", "archive.key")

    assert plain.code == 0, plain.err
    assert re.search(r"^seal   [0-9a-f]{64}$", plain.out, re.MULTILINE)
    assert (again.code, again.one_line) == (1, "hq: campaign.zip: is there already")
    assert (sealed.code, opened.code) == (0, 0)
    assert ("hq unseal campaign.hqa" in sealed.out, "hq unseal" in plain.out) == (True, False)
    assert (ready.folder / "open.zip").read_bytes()[:2] == b"PK"
    assert broken.code == 1
    assert not (ready.folder / "other.zip").exists()


async def test_what_lies_where_an_archive_should_be_opened_is_left_alone(ready: Terminal) -> None:
    await ready.hq("backup", "--new-key", "archive.key")
    kept = ready.folder / "kept.zip"
    kept.write_text("somebody's", "utf-8")
    missing = await ready.hq("unseal", "nowhere.hqa", "kept.zip", "--key", "archive.key")
    there = await ready.hq("unseal", "archive.key", "kept.zip", "--key", "archive.key")

    assert (missing.code, missing.one_line) == (2, "hq: nowhere.hqa: no such file")
    assert (there.code, there.one_line) == (2, "hq: kept.zip: is there already")
    assert kept.read_text("utf-8") == "somebody's"


async def test_an_archive_for_which_there_is_no_room_is_not_opened_halfway(ready: Terminal) -> None:
    await ready.hq("backup", "--new-key", "archive.key")
    await ready.hq("archive", "campaign.hqa", "--key", "archive.key")
    full = await ready.hq("unseal", "campaign.hqa", "open.zip", "--key", "archive.key", room=1000)

    assert (full.code, full.one_line) == (1, "hq: open.zip: File too large; nothing was kept of it")
    assert not (ready.folder / "open.zip").exists()
