"""`hq inbox`: the same whether `hq run` is up or not; never anybody's words."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from playground import LocalTelegram
from storage.database import Database, open_database
from storage.migrate import upgrade
from tests.cli.conftest import Terminal
from tests.inboxes import text_of

pytestmark = (
    pytest.mark.slow
)  # every test starts processes; `tests/scenarios/test_inbox.py` asks the same of the program

SECRET_WORDS = "тайна-канарейка"


async def set_aside(db: Database, number: int, age: timedelta = timedelta(hours=1)) -> None:
    """As after five failures."""
    row = (number, 5000, text_of(number, 5000, SECRET_WORDS))
    await db.run(lambda uow: uow.inbox.store([row], datetime.now(UTC) - age))
    await db.run(lambda uow: uow.inbox.failed(number, "ValueError", 1))


async def database(terminal: Terminal) -> Database:
    url = f"sqlite+aiosqlite:///{terminal.folder / 'var' / 'hq.sqlite3'}"
    (terminal.folder / "var").mkdir(exist_ok=True)
    await upgrade(url)
    return await open_database(url)


async def test_what_is_set_aside_is_listed_without_content(terminal: Terminal) -> None:
    db = await database(terminal)
    await set_aside(db, 41)
    await set_aside(db, 40, timedelta(hours=80))  # too old to be replayed
    await db.run(lambda uow: uow.inbox.store_unreadable(SECRET_WORDS, "JSONDecodeError", datetime.now(UTC)))
    await db.close()

    plain, as_json = await terminal.hq("inbox"), await terminal.hq("inbox", "--json")

    assert (plain.code, plain.err) == (0, "")
    assert "41  message  " in plain.out
    assert "1 h 00 min old  tried once  ValueError  kept until " in plain.out
    listed = json.loads(as_json.out)
    assert [(row["number"], row["kind"], row["attempts"], row["error"]) for row in listed] == [
        (41, "message", 1, "ValueError"),
        (-1, "unreadable", 1, "JSONDecodeError"),
    ]
    assert SECRET_WORDS not in plain.out + as_json.out


async def test_while_nothing_runs_a_replay_waits_for_the_next_start(terminal: Terminal) -> None:
    db = await database(terminal)
    await set_aside(db, 41)
    await db.run(lambda uow: uow.inbox.store_unreadable("{", "JSONDecodeError", datetime.now(UTC)))
    ran = await terminal.hq("inbox", "replay", "-1")
    assert (ran.code, ran.out) == (0, "-1: handled when hq run starts; hq inbox shows what fails again.\n")
    ran = await terminal.hq("inbox", "replay", "all")
    assert ran.out.startswith("41: handled when hq run starts")
    assert await db.read(lambda uow: uow.inbox.open_numbers(10)) == [(-1, 0), (41, 5000)]
    assert (await terminal.hq("inbox", "replay", "all")).out == "Nothing is set aside.\n"
    await db.close()


async def test_what_is_dropped_is_gone(terminal: Terminal) -> None:
    db = await database(terminal)
    await set_aside(db, 41)
    assert (await terminal.hq("inbox", "drop", "41")).code == 0
    again = await terminal.hq("inbox", "drop", "41")
    assert (again.code, again.err) == (1, "hq: number 41 is not set aside\n")
    assert (await terminal.hq("inbox")).out == "Nothing is set aside.\n"
    await db.close()


@pytest.mark.parametrize("command", ["replay", "drop"])
async def test_a_number_that_is_none_is_refused_in_one_line(terminal: Terminal, command: str) -> None:
    ran = await terminal.hq("inbox", command, "soon")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "'soon' is not a number" in ran.err


async def test_the_running_program_replays_at_once(terminal: Terminal, telegram: LocalTelegram) -> None:
    """Through the control socket: the person gets the answer they have been waiting for."""
    terminal.connect(telegram)
    somebody = telegram.world.add_user(5000, "Somebody", language_code="en", started=True)
    db = await database(terminal)
    await set_aside(db, 41)
    await db.close()
    async with terminal.running():
        assert json.loads((await terminal.hq("inbox", "--json")).out)[0]["number"] == 41
        ran = await terminal.hq("inbox", "replay", "41")
        assert ran.out.startswith("41: being handled now")
        await telegram.world.until(lambda: bool(somebody.chat.messages), 20)
        missing = await terminal.hq("inbox", "replay", "7")
        assert (missing.code, missing.err) == (1, "hq: number 7 is not set aside, or is older than 72 h\n")
        assert (await terminal.hq("inbox", "drop", "7")).code == 1
        assert (await terminal.hq("inbox")).out == "Nothing is set aside.\n"


async def test_a_webhook_without_a_secret_does_not_start(terminal: Terminal) -> None:
    terminal.config.write_text('[telegram]\ntoken = "42:A"\n[telegram.webhook]\nurl = "https://bot.example.org/tg"\n')
    ran = await terminal.hq("run")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("hq: telegram.webhook.secret: is empty")
    assert ran.err.count("\n") == 1
