"""`hq export`: a file with or beside the running program, and a line in the journal either way."""

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.targets import Campaign
from playground import LocalTelegram
from storage.database import open_database
from storage.tables import journal
from storage.uow import SqlUnitOfWork
from tests.cli.conftest import Terminal
from tests.harness import load_campaign
from tests.rows import rows_of

pytestmark = pytest.mark.slow  # each story starts the program anew

MOSCOW = ZoneInfo("Europe/Moscow")


def today() -> date:
    """As the staged campaign's headquarters counts it: the command line has no clock to move."""
    return datetime.now(MOSCOW).date()


async def begun(uow: SqlUnitOfWork) -> None:
    """A campaign in its first month."""
    await load_campaign(uow)
    starts = today() - timedelta(days=9)
    await uow.campaign.save_campaign(
        Campaign("Проба", starts, starts + timedelta(days=29), starts + timedelta(days=60), MOSCOW.key)
    )


async def stage(terminal: Terminal) -> str:
    url = f"sqlite+aiosqlite:///{terminal.folder}/hq.sqlite3"
    terminal.env["HQ_STORAGE__URL"] = url
    db = await open_database(url)
    await db.run(begun)
    await db.close()
    return url


async def taken(url: str) -> list[tuple[str, int]]:
    db = await open_database(url, migrate=False)
    rows = await db.read(rows_of(journal.select().where(journal.c.action == "export")))
    await db.close()
    return [(row.object, row.actor) for row in rows]


async def test_a_workbook_comes_under_its_own_name_and_a_pack_where_it_is_wanted(terminal: Terminal) -> None:
    url = await stage(terminal)
    before = today()

    book = await terminal.hq("export")
    pack = await terminal.hq("export", "--format", "pdf", "--period", "1", "--language", "en", "--out", "pack.pdf")

    assert (book.code, pack.code) == (0, 0), (book.err, pack.err)
    names = {f"Проба-Вся-кампания-{day}.xlsx" for day in (before, today())}  # midnight may pass meanwhile
    assert Path(book.out.strip()).name in names
    assert zipfile.is_zipfile(book.out.strip())
    assert (terminal.folder / "pack.pdf").read_bytes().startswith(b"%PDF-")
    assert await taken(url) == [("export:operator", 0)] * 2
    assert not [path for path in terminal.folder.iterdir() if path.name.startswith(".hq-export")]


async def test_beside_the_running_program_one_table_is_taken(terminal: Terminal, telegram: LocalTelegram) -> None:
    url = await stage(terminal)
    terminal.connect(telegram)

    async with terminal.running():
        ran = await terminal.hq("export", "--format", "csv", "--table", "targets", "--region", "omsk")

    assert ran.code == 0, ran.err
    assert "Омск" in ran.out
    with open(ran.out.strip(), encoding="utf-8-sig") as file:  # noqa: ASYNC230, PTH123 - a small file of a test
        assert file.readline().startswith("Цель;Срок;")
    assert await taken(url) == [("export:operator", 0)]


async def test_what_does_not_exist_is_one_line_and_exit_code_2(terminal: Terminal) -> None:
    await stage(terminal)

    for arguments in (
        ("--format", "doc"),
        ("--period", "2"),
        ("--region", "nowhere"),
        ("--table", "posts"),
        ("--language", "de"),
        ("--out", "nowhere/x.xlsx"),
    ):
        ran = await terminal.hq("export", *arguments)
        assert ran.code == 2, arguments
        assert arguments[0] in ran.one_line
