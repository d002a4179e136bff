"""Setting up from the command line."""

import asyncio
import os
import signal
import socket
import stat
import sys

import pytest

from playground import LocalTelegram
from tests.cli.conftest import ROOT, Terminal

pytestmark = pytest.mark.slow  # each story starts the program anew

EXAMPLE = str(ROOT / "examples" / "two-month-campaign.toml")
PLAN = (ROOT / "examples" / "two-month-campaign.toml").read_text("utf-8")


async def test_init_writes_the_example_for_its_owner_only_and_never_over_a_file_that_is_there(
    terminal: Terminal,
) -> None:
    terminal.config.unlink()

    first, again = await terminal.hq("init"), await terminal.hq("init")

    assert (first.code, again.code) == (0, 2)
    assert "is there already" in again.one_line
    assert terminal.config.read_text("utf-8") == (ROOT / "config.example.toml").read_text("utf-8")
    assert stat.S_IMODE(terminal.config.stat().st_mode) == 0o600
    assert (await terminal.hq("init", "--force")).code == 0


@pytest.mark.parametrize("command", [["run"], ["check"], ["plan", "load", EXAMPLE], ["invite", "--role", "owner"]])
async def test_a_missing_configuration_is_exit_code_2_and_one_line(terminal: Terminal, command: list[str]) -> None:
    ran = await terminal.hq(*command, "--config", "nowhere.toml")

    assert ran.code == 2
    assert "nowhere.toml" in ran.one_line


async def test_an_unknown_key_is_exit_code_2_and_named(terminal: Terminal) -> None:
    terminal.config.write_text('[telegram]\ntokken = "1:x"\n', "utf-8")

    ran = await terminal.hq("run")

    assert ran.code == 2
    assert "telegram.tokken: unknown key" in ran.one_line


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[staff]\nowners = ["x"]', "staff.owners[1]: must be a number such as 123456789"),
        ("[staff]\nowners = 5", "staff.owners: must be a list such as [1, 2]"),
        ('[plan]\nmorning = "25:00"', "plan.morning: must be a time such as 06:30"),
        ('[plan]\nlead_minutes = "soon"', "plan.lead_minutes: must be a number"),
        ("[plan]\nlead_minutes = 0", "plan.lead_minutes: must be 1 or more"),
        ("[pace]\noverall = 0", "pace.overall: must be more than 0"),
        ("[telegram]\ntoken = 5", "telegram.token: must be text in quotes"),
        ("[backup]\nat = 3", "backup.at: must be a time such as 06:30"),
        ("[backup]\nkeep_daily = true", "backup.keep_daily: must be a number"),
        ("plan = 5", "plan: must be a section with keys of its own"),
        ("[staff]\nowners = [-1001]", "staff.owners[1]: must be more than 0"),
        ('[web]\nlisten = "127.0.0.1:99999"', "web.listen: must be host:port, such as 127.0.0.1:8080 (or be empty)"),
        (
            '[people]\ntwo_for = ["all"]',
            "people.two_for[1]: must be 'suspend_leader', 'appoint_manager' or 'erase'",
        ),
    ],
)
async def test_a_wrong_value_is_named_in_plain_words(terminal: Terminal, written: str, said: str) -> None:
    terminal.config.write_text(written + "\n", "utf-8")

    ran = await terminal.hq("check")

    assert (ran.code, ran.one_line) == (2, f"hq: config.toml: {said}")


async def test_a_file_from_another_editor_is_read_or_told_apart(terminal: Terminal) -> None:
    terminal.config.write_text("[staff]\nowners = [5]\n", "utf-8-sig")
    read = await terminal.hq("check")
    terminal.config.write_text('[tags]\ncampaign = "Край"\n', "cp1251")
    refused = await terminal.hq("check")

    assert "staff.owners" not in read.out
    assert (refused.code, refused.one_line) == (2, "hq: config.toml: not UTF-8 text: save it as UTF-8")


async def test_a_database_that_is_away_and_an_address_that_is_taken_name_their_keys(
    terminal: Terminal, telegram: LocalTelegram
) -> None:
    terminal.connect(telegram)
    listen = telegram.url.removeprefix("http://")

    away = await terminal.hq("run", HQ_STORAGE__URL="postgresql+asyncpg://hq:secretword@127.0.0.1:9/hq")
    taken = await terminal.hq("run", HQ_WEB__LISTEN=listen)

    assert (away.code, taken.code) == (1, 1), "both may pass: a supervisor tries again"
    assert away.one_line.startswith("hq: storage.url: the database cannot be opened")
    assert "secretword" not in away.err
    assert taken.one_line.startswith(f"hq: web.listen: cannot listen on {listen}: ")


async def test_a_new_plan_runs_today_and_one_that_is_over_or_ahead_is_said_before_it_is_loaded(
    terminal: Terminal,
) -> None:
    written = await terminal.hq("plan", "new", "plan.toml")
    again = await terminal.hq("plan", "new", "plan.toml")
    await terminal.hq("plan", "new", "over.toml", "--starts", "2001-01-01")
    await terminal.hq("plan", "new", "ahead.toml", "--starts", "2999-01-01")
    over = await terminal.hq("plan", "load", "over.toml", typed="n\n")
    ahead = await terminal.hq("plan", "load", "ahead.toml", typed="n\n")
    loaded = await terminal.hq("plan", "load", "plan.toml", "--yes")
    ran = await terminal.hq("check")

    assert "hq plan load plan.toml" in written.out
    assert (again.code, again.one_line) == (2, "hq: plan.toml: is there already; name another file")
    assert "note   the campaign: it ended on 2001-03-02: no posts are planned any more." in over.out
    assert "note   the campaign: it begins on 2999-01-01, in " in ahead.out
    assert "the campaign:" not in loaded.out
    assert "ok     days: from " in ran.out


@pytest.mark.parametrize("kept", [False, True])
async def test_the_end_of_the_terminal_ends_it_cleanly_and_nohup_keeps_it_up(
    terminal: Terminal, telegram: LocalTelegram, kept: bool
) -> None:
    terminal.connect(telegram)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN if kept else signal.SIG_DFL)
    try:
        process = await terminal.start("run")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert process.stderr is not None
    async with asyncio.timeout(60):
        while b"headquarters is running" not in (line := await process.stderr.readline()):
            assert line, "hq run ended before it was up"
        process.send_signal(signal.SIGHUP)
        if kept:
            again = await terminal.hq("run")
            assert "another hq run is up" in again.err
            process.terminate()
        assert await process.wait() == 0
    assert not (terminal.folder / "var" / "hq.control").exists()


async def test_imprint_rules_come_with_a_new_plan_and_have_its_days(terminal: Terminal) -> None:
    made = await terminal.hq("plan", "new", "plan.toml", "--starts", "2999-01-01", "--imprints", "imprints.toml")
    again = await terminal.hq("plan", "new", "second.toml", "--imprints", "imprints.toml")
    rules = (terminal.folder / "imprints.toml").read_text("utf-8")
    plan = (terminal.folder / "plan.toml").read_text("utf-8")
    unsaid = [line for line in plan.splitlines() if not line.startswith("imprint = ")]
    (terminal.folder / "plan.toml").write_text("\n".join(['imprints = "imprints.toml"', *unsaid]), "utf-8")
    loaded = await terminal.hq("plan", "load", "plan.toml", "--yes")

    assert "imprints.toml is written" in made.out
    assert "valid_from = 2999-01-01" in rules
    assert "expires = 2999-03-02" in rules
    assert "2026-" not in rules
    assert (again.code, again.one_line) == (2, "hq: imprints.toml: is there already; name another file")
    assert not (terminal.folder / "second.toml").exists()
    assert loaded.code == 0, loaded.err


async def test_running_without_a_token_is_exit_code_2(terminal: Terminal) -> None:
    ran = await terminal.hq("run")

    assert ran.code == 2
    assert "telegram.token" in ran.one_line


async def test_running_with_a_token_that_telegram_refuses_is_exit_code_2_and_the_token_is_not_shown(
    terminal: Terminal, telegram: LocalTelegram
) -> None:
    terminal.connect(telegram)
    secret = "43:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    ran = await terminal.hq("run", HQ_TELEGRAM__TOKEN=secret)

    assert ran.code == 2
    assert "telegram.token" in ran.err
    assert secret not in ran.err + ran.out


async def test_a_plan_is_shown_asked_about_and_loaded_and_the_second_time_there_is_nothing_to_change(
    terminal: Terminal,
) -> None:
    refused = await terminal.hq("plan", "load", EXAMPLE, typed="n\n")
    loaded = await terminal.hq("plan", "load", EXAMPLE, typed="y\n")
    again = await terminal.hq("plan", "load", EXAMPLE)

    assert refused.code == 1
    assert "+ region kazan" in refused.out
    assert "+ page vk-kazan" in loaded.out
    assert "Done: " in loaded.out
    assert again.code == 0
    assert again.out.splitlines()[-1] == "Nothing to change."


async def test_an_edited_plan_changes_only_what_differs(terminal: Terminal) -> None:
    await terminal.hq("plan", "load", EXAMPLE, "--yes")
    plan = terminal.folder / "plan.toml"
    plan.write_text(PLAN.replace("per_day = 3", "per_day = 4"), "utf-8")

    ran = await terminal.hq("plan", "load", str(plan), "--yes")

    assert ran.out.splitlines()[0] == "~ norm x-candidate: per_weekday 3, 3, 3, 3, 3, 3, 3 → 4, 4, 4, 4, 4, 4, 4"
    assert "Done: 0 added, 1 changed, 0 removed." in ran.out


async def test_a_bad_plan_is_exit_code_2_with_key_and_reason(terminal: Terminal) -> None:
    plan = terminal.folder / "plan.toml"
    plan.write_text(PLAN.replace("Asia/Omsk", "Asia/Omks"), "utf-8")

    ran = await terminal.hq("plan", "load", str(plan), "--yes")

    assert ran.code == 2
    assert "regions[6].zone" in ran.one_line
    assert "'Asia/Omks' is not a zone name" in ran.one_line


async def test_an_invite_prints_the_link_and_nothing_else(terminal: Terminal, telegram: LocalTelegram) -> None:
    terminal.connect(telegram)
    await terminal.hq("plan", "load", EXAMPLE, "--yes")

    ran = await terminal.hq("invite", "--role", "volunteer", "--region", "kazan", "--uses", "5", "--hours", "2")

    assert ran.code == 0
    link = ran.out.strip()
    assert link.startswith("https://t.me/")
    assert "?start=" in link
    assert "\n" not in link


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--role", "boss"], "press_secretary"),
        (["--role", "volunteer", "--region", "atlantis"], "no region 'atlantis'"),
    ],
)
async def test_an_invite_for_an_unknown_role_or_region_is_exit_code_2(
    terminal: Terminal, telegram: LocalTelegram, arguments: list[str], says: str
) -> None:
    terminal.connect(telegram)

    ran = await terminal.hq("invite", *arguments)

    assert ran.code == 2
    assert says in ran.one_line


async def test_an_invite_while_telegram_is_away_is_exit_code_1(terminal: Terminal) -> None:
    ran = await terminal.hq(
        "invite", "--role", "owner", HQ_TELEGRAM__TOKEN="1:AAA", HQ_TELEGRAM__API_URL="http://127.0.0.1:9"
    )

    assert ran.code == 1
    assert ran.out == ""
    assert "cannot be reached" in ran.one_line


async def test_while_it_runs_commands_go_through_its_socket_and_sigterm_ends_it_cleanly(
    terminal: Terminal, telegram: LocalTelegram
) -> None:
    terminal.connect(telegram)

    async with terminal.running():
        control = terminal.folder / "var" / "hq.control"
        assert stat.S_IMODE(control.stat().st_mode) == 0o600
        loaded = await terminal.hq("plan", "load", EXAMPLE, "--yes")
        again = await terminal.hq("plan", "load", EXAMPLE, "--yes")
        invited = await terminal.hq("invite", "--role", "volunteer", "--region", "omsk")
        unknown = await terminal.hq("invite", "--role", "volunteer", "--region", "atlantis")
        second = await terminal.hq("run")

    assert "Done: " in loaded.out
    assert again.out.splitlines()[-1] == "Nothing to change."
    assert "?start=" in invited.out
    assert (unknown.code, "no region 'atlantis'" in unknown.one_line) == (2, True)
    assert second.code == 1
    assert "another hq run is up" in second.err
    assert not control.exists()
    assert stat.S_IMODE((terminal.folder / "var" / "hq.sqlite3").stat().st_mode) == 0o600


EARLY = """
import os, signal, sys
from bot.cli import main

class Early:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "aiogram":
            os.kill(os.getpid(), signal.SIGTERM)

sys.meta_path.insert(0, Early())
sys.argv = ["hq", "run"]
main()
"""


async def test_sigterm_ends_it_cleanly_while_it_still_loads(terminal: Terminal, telegram: LocalTelegram) -> None:
    terminal.connect(telegram)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **terminal.env}

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", EARLY, cwd=terminal.folder, env=environment, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(30):
        _, said = await process.communicate()

    assert (process.returncode, said) == (0, b"")


async def test_sigterm_also_ends_it_while_it_waits_for_telegram(terminal: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts and never answers
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        process = await terminal.start("run", HQ_TELEGRAM__TOKEN="1:AAA", HQ_TELEGRAM__API_URL=url)
        async with asyncio.timeout(30):
            while not (terminal.folder / "var" / "hq.control").exists():  # noqa: ASYNC110 - another process makes it
                await asyncio.sleep(0.05)
        process.terminate()
        async with asyncio.timeout(10):
            await process.communicate()

    assert process.returncode == 0
    assert not (terminal.folder / "var" / "hq.control").exists()
