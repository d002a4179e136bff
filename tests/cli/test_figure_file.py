"""`hq import figures`: shown, asked about, all of it or nothing, whether the program runs or not."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.people import Role
from playground import LocalTelegram
from storage.database import open_database
from storage.tables import figure
from tests.cli.conftest import ROOT, Terminal
from tests.joining import joined
from tests.rows import rows_of

pytestmark = pytest.mark.slow  # each story starts the program anew

EXAMPLE = str(ROOT / "examples" / "two-month-campaign.toml")
NOW = datetime.now(UTC)
DAY = (NOW - timedelta(days=2)).date()
"""The command line has no clock to move."""


def write(terminal: Terminal, text: str) -> str:
    path = terminal.folder / "figures.csv"
    path.write_text(f"page;date;members\n{text}", "utf-8")
    return str(path)


async def test_a_file_with_mistakes_names_them_and_ends_with_1(terminal: Terminal) -> None:
    await terminal.hq("plan", "load", EXAMPLE, "--yes")
    file = write(terminal, f"vk-kazan;{DAY};=1+1\nnowhere;{DAY};5\n")

    ran = await terminal.hq("import", "figures", file, "--yes")
    gone = await terminal.hq("import", "figures", "nowhere.csv")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        "Line 2, “members”: “=1+1” is no whole number",
        "Line 3, “page”: there is no page “nowhere”",
    ]
    assert (gone.code, gone.one_line) == (2, "hq: nowhere.csv: no such file")


async def test_a_file_is_shown_asked_about_and_taken_in_once_there_is_an_owner(terminal: Terminal) -> None:
    url = f"sqlite+aiosqlite:///{terminal.folder}/hq.sqlite3"
    terminal.env["HQ_STORAGE__URL"] = url
    await terminal.hq("plan", "load", EXAMPLE, "--yes")
    file = write(terminal, f"vk-kazan;{DAY};12400\n")
    declined = await terminal.hq("import", "figures", file, typed="n\n")
    refused = await terminal.hq("import", "figures", file, "--yes")
    db = await open_database(url)
    try:
        await db.run(lambda uow: joined(uow, "Ольга", Role.OWNER, "*", now=NOW))
        taken = await terminal.hq("import", "figures", file, typed="y\n")
        again = await terminal.hq("import", "figures", file)
        figures = await db.read(rows_of(select(figure.c.page, figure.c.value)))
    finally:
        await db.close()

    assert declined.code == 1
    assert "vk-kazan, " in declined.out
    assert "12,400 members" in declined.out
    assert refused.code == 1
    assert refused.err == "There is no owner yet in whose name the figures could stand. Invite one first.\n"
    assert taken.code == 0
    assert taken.out.endswith("Done: 1 figure.\n")
    assert [tuple(row) for row in figures] == [("vk-kazan", 12_400)]
    assert (again.code, again.out) == (0, "Nothing to change.\n")


async def test_the_running_program_is_asked(terminal: Terminal, telegram: LocalTelegram) -> None:
    terminal.connect(telegram)
    await terminal.hq("plan", "load", EXAMPLE, "--yes")
    file = write(terminal, f"vk-kazan;{DAY};12400\n")

    async with terminal.running():
        ran = await terminal.hq("import", "figures", file, typed="n\n")

    assert ran.code == 1
    assert "12,400 members" in ran.out
