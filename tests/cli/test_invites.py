"""`hq invite FILE.csv`: shown, asked about, a link in each line; all of it or nothing."""

import csv
import io
import stat

import pytest

from playground import LocalTelegram
from tests.cli.conftest import ROOT, Terminal

pytestmark = pytest.mark.slow  # each story starts the program anew

EXAMPLE = str(ROOT / "examples" / "two-month-campaign.toml")


def write(terminal: Terminal, text: str) -> str:
    path = terminal.folder / "people.csv"
    path.write_text(f"name;role;region\n{text}", "utf-8")
    return str(path)


async def test_a_table_with_mistakes_names_them_and_ends_with_1(terminal: Terminal) -> None:
    await terminal.hq("plan", "load", EXAMPLE, "--yes")
    file = write(terminal, "Anna;boss;kazan\nPetr;volunteer;atlantis\n")

    ran = await terminal.hq("invite", file, "--yes")
    both = await terminal.hq("invite", file, "--role", "volunteer")
    neither = await terminal.hq("invite")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        "Line 2: there is no role “boss”",
        "Line 3: there is no region “atlantis”",
    ]
    assert (both.code, neither.code) == (2, 2)
    assert "leave out --role" in both.one_line


async def test_a_table_comes_back_with_links_whether_the_program_runs_or_not(
    terminal: Terminal, telegram: LocalTelegram
) -> None:
    terminal.connect(telegram)
    await terminal.hq("plan", "load", EXAMPLE, "--yes")
    file = write(terminal, "Anna;volunteer;kazan\nPetr;owner;*\n")
    out = terminal.folder / "links.csv"

    declined = await terminal.hq("invite", file, typed="n\n")
    printed = await terminal.hq("invite", file, "--yes")
    async with terminal.running():
        saved = await terminal.hq("invite", file, "--yes", "--out", str(out))
    again = await terminal.hq("invite", file, "--yes", "--out", str(out))

    assert (declined.code, declined.out) == (1, "")
    assert "owner, the whole campaign: 1" in declined.err
    rows = [
        list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        for text in (printed.out, out.read_text("utf-8"))
    ]
    for heads, *people in rows:
        assert heads == ["name", "role", "region", "note", "link", "works until"]
        assert [person[:2] for person in people] == [["Anna", "volunteer"], ["Petr", "owner"]]
        assert all("?start=" in person[4] for person in people)
    assert saved.err.endswith("Done: 2 links.\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert (again.code, "is there already" in again.one_line) == (2, True)
