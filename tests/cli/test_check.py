"""`hq check` names exactly what is wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import check as checking
from bot.check import Finding, Level
from playground import LocalTelegram
from storage.database import open_database
from tests.cli.conftest import ROOT, Ran, Terminal
from tests.harness import load_campaign

pytestmark = pytest.mark.slow  # each story starts the program anew

EXAMPLE = str(ROOT / "examples" / "two-month-campaign.toml")


def line(ran: Ran, about: str) -> str:
    """The one finding about something."""
    found = [text for text in ran.out.splitlines() if f" {about}: " in text]
    assert len(found) == 1, ran.out
    return found[0]


async def test_without_a_token_it_says_so_and_goes_on(terminal: Terminal) -> None:
    ran = await terminal.hq("check")

    assert ran.code == 2
    assert line(ran, "token").startswith("config")
    assert "fsync takes" in line(ran, "disk")
    assert "does not exist yet" in line(ran, "database")


async def test_it_asks_telegram_for_the_bots_name_and_compares_clocks(
    terminal: Terminal, telegram: LocalTelegram
) -> None:
    terminal.connect(telegram)

    ran = await terminal.hq("check")

    assert ran.code == 0, ran.out
    assert "the bot is @" in line(ran, "telegram")
    assert line(ran, "clock").startswith("ok")


async def test_a_token_telegram_does_not_know_is_a_configuration_error(
    terminal: Terminal, telegram: LocalTelegram
) -> None:
    terminal.connect(telegram)
    secret = "43:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    ran = await terminal.hq("check", HQ_TELEGRAM__TOKEN=secret)

    assert ran.code == 2
    assert "does not know this token" in line(ran, "telegram")
    assert secret not in ran.out + ran.err


async def test_an_address_that_is_away_is_exit_code_1(terminal: Terminal) -> None:
    ran = await terminal.hq("check", HQ_TELEGRAM__TOKEN="1:AAA", HQ_TELEGRAM__API_URL="http://127.0.0.1:9")

    assert ran.code == 1
    assert "cannot be reached" in line(ran, "telegram")


async def test_a_proxy_that_is_away_is_one_finding_and_the_rest_is_said(
    terminal: Terminal, telegram: LocalTelegram
) -> None:
    terminal.connect(telegram)

    ran = await terminal.hq("check", HQ_TELEGRAM__PROXY="socks5://user:secretword@127.0.0.1:9")

    assert ran.code == 1
    assert "through telegram.proxy" in line(ran, "telegram")
    assert "does not exist yet" in line(ran, "database")
    assert "secretword" not in ran.out + ran.err


async def test_a_campaign_that_is_over_is_said_with_its_day(terminal: Terminal) -> None:
    await terminal.hq("plan", "new", "over.toml", "--starts", "2001-01-01")
    await terminal.hq("plan", "load", "over.toml", "--yes")

    ran = await terminal.hq("check")

    assert line(ran, "days").startswith("note   days: it ended on 2001-03-02: ")
    assert "hq plan new" in line(ran, "days")


async def test_a_folder_in_the_databases_place_is_no_file_whose_rights_should_change(terminal: Terminal) -> None:
    ran = await terminal.hq("check", HQ_STORAGE__URL=f"sqlite+aiosqlite:///{terminal.folder}")

    assert ran.code == 2
    assert line(ran, "database file").endswith("is no file")
    assert "chmod" not in ran.out


async def test_pages_without_enough_people_are_listed(terminal: Terminal, telegram: LocalTelegram) -> None:
    terminal.connect(telegram)
    await terminal.hq("plan", "load", EXAMPLE, "--yes")

    ran = await terminal.hq("check")

    assert ran.code == 1
    two = next(text for text in ran.out.splitlines() if "2 different approvers needed" in text)
    assert two.endswith("none there: ok-candidate, vk-candidate")
    assert line(ran, "posters").endswith(": all 25 pages")
    assert line(ran, "keepers").startswith("note")


async def test_a_database_others_may_read_is_named(terminal: Terminal, telegram: LocalTelegram) -> None:
    terminal.connect(telegram)
    await terminal.hq("plan", "load", EXAMPLE, "--yes")
    (terminal.folder / "var" / "hq.sqlite3").chmod(0o644)

    ran = await terminal.hq("check")

    assert "chmod 600" in line(ran, "database file")


@pytest.mark.parametrize("folder", ["in-the-way", "/proc/nothing"])
async def test_a_database_folder_that_cannot_be_is_one_finding_and_the_rest_is_said(
    terminal: Terminal, telegram: LocalTelegram, folder: str
) -> None:
    terminal.connect(telegram)
    (terminal.folder / "in-the-way").write_text("a file", "utf-8")

    ran = await terminal.hq("check", HQ_STORAGE__URL=f"sqlite+aiosqlite:///{folder}/hq.sqlite3")

    assert (ran.code, ran.err) == (1, "")
    assert line(ran, "database folder").startswith("wrong")
    assert " database: " not in ran.out
    assert "the bot is @" in line(ran, "telegram")


async def test_a_misspelt_variable_is_mentioned(terminal: Terminal) -> None:
    ran = await terminal.hq("check", HQ_TELEGRAM_TOKEN="1:x", HQ_DEBUG="1")

    assert "HQ_TELEGRAM_TOKEN is not a setting" in line(ran, "environment")
    assert "HQ_DEBUG" not in ran.out


async def test_a_page_with_everybody_it_needs_is_fine(sqlite_url: str) -> None:
    db = await open_database(sqlite_url, migrate=False)
    await db.run(load_campaign)

    found = await db.read(checking._staffing)
    await db.close()

    assert {finding.about for finding in found} == {"approvers", "posters", "keepers"}


@pytest.mark.parametrize(
    ("levels", "code"),
    [([], 0), ([Level.OK, Level.NOTE], 0), ([Level.WRONG, Level.OK], 1), ([Level.WRONG, Level.CONFIG], 2)],
)
def test_the_worst_finding_decides_the_exit_code(levels: list[Level], code: int) -> None:
    assert checking.exit_code([Finding(level, "x", "y") for level in levels]) == code


def test_a_clock_that_is_off_is_said_in_seconds() -> None:
    now = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)

    assert checking._clock(now, now + timedelta(seconds=90)).text.startswith("90 s ahead of")
    assert checking._clock(now, now - timedelta(seconds=90)).text.startswith("90 s behind")
    assert checking._clock(now, now + timedelta(seconds=2)).level is Level.OK
