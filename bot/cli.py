"""`hq`: the command line. Heavy libraries (aiogram, SQLAlchemy) are imported by the command that needs them."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from bot import cli_care, cli_erase, cli_evidence, cli_export, cli_import, cli_inbox, cli_invite, cli_record
from bot.config import DEFAULT_FILE, ConfigError, ensure_language, ensure_token, ensure_webhook, load
from bot.config_text import example
from bot.logs import configure, redact

FINE, FAILED, CONFIG_WRONG = 0, 1, 2
PRIVATE = 0o077
"""What the program makes (configuration, database, media) nobody else on the machine may read."""

app = typer.Typer(
    name="hq",
    help="Headquarters: a Telegram bot that runs a campaign.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # tracebacks with values would show tokens and people's words
    rich_markup_mode=None,
)
plan_app = typer.Typer(help="The campaign's plan.", no_args_is_help=True)
app.add_typer(plan_app, name="plan")

ConfigOption = Annotated[Path, typer.Option("--config", help="The configuration file.")]


def main() -> None:
    """Exit codes: 0 fine, 2 a configuration error (one line), 1 anything else."""
    os.umask(PRIVATE)
    try:
        app()
    except ConfigError as error:
        _end(str(error), CONFIG_WRONG)
    except Exception as error:  # noqa: BLE001 - the last place: one line for the operator instead of a traceback
        _end(_in_one_line(error), getattr(error, "code", FAILED) or FAILED)


def _end(line: str, code: int) -> None:
    typer.echo(f"hq: {redact(line)}", err=True)
    sys.exit(code)


def _in_one_line(error: Exception) -> str:
    name = type(error).__name__
    if os.environ.get("HQ_DEBUG"):
        import traceback

        typer.echo(redact("".join(traceback.format_exception(error))), err=True)
    text = " ".join(str(error).split())
    ours = type(error).__module__.partition(".")[0] in {"bot", "storage"}  # their texts are whole sentences
    return text if ours and text else f"{name}: {text}".rstrip(": ")


def _show_version(wanted: bool) -> None:
    if wanted:
        try:
            number = version("headquarters")
        except PackageNotFoundError:
            number = "(from source, not installed)"
        typer.echo(f"hq {number}")
        raise typer.Exit


@app.callback()
def hq(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Headquarters: a Telegram bot that runs a campaign."""


@app.command()
def init(
    config: ConfigOption = DEFAULT_FILE,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Write a commented configuration file."""
    if config.exists() and not force:
        raise ConfigError(f"{config}: is there already (--force overwrites it)")
    try:
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(example(), "utf-8")
    except OSError as error:
        raise ConfigError(f"{config}: {error.strerror}") from None
    config.chmod(0o600)  # an old file keeps its rights otherwise, and this one will hold the token
    named = "" if config == DEFAULT_FILE else f" --config {config}"
    typer.echo(
        f"{config} is written. Next: put in the token and your own Telegram id ([staff] owners), then hq check{named}"
    )


@app.command()
def run(
    config: ConfigOption = DEFAULT_FILE,
    demo_clock: Annotated[datetime | None, typer.Option(hidden=True, formats=["%Y-%m-%dT%H:%M:%S"])] = None,
) -> None:
    """Run headquarters until SIGTERM or SIGINT."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _nothing_begun)  # while libraries load; `serve` takes over
    settings = load(config)
    ensure_token(settings)
    ensure_webhook(settings)
    configure(as_json=not sys.stderr.isatty())
    from aiogram.exceptions import TelegramUnauthorizedError

    from bot.clock import MovableClock
    from bot.running import serve

    # The demo's clock (UTC) stands still until the demo moves it through the control socket.
    clock = None if demo_clock is None else MovableClock(demo_clock.replace(tzinfo=UTC))
    try:
        _run_fast(serve(settings, clock))
    except TelegramUnauthorizedError:
        raise ConfigError(f"telegram.token: {settings.telegram.api_url} does not know this token") from None


@app.command()
def check(config: ConfigOption = DEFAULT_FILE) -> None:
    """Say exactly what is wrong, one line per finding."""
    settings = load(config)
    from bot import check as checking

    async def report() -> list[checking.Finding]:
        findings = []
        async for finding in checking.check(settings, config):
            typer.echo(str(finding))
            findings.append(finding)
        return findings

    raise typer.Exit(checking.exit_code(asyncio.run(report())))


@plan_app.command("new")
def plan_new(
    plan: Annotated[Path, typer.Argument(help="The file to write, such as plan.toml.")],
    starts: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The campaign's first day; today when left out.")
    ] = None,
    imprints: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also an example of imprint rules, with the same days.")
    ] = None,
) -> None:
    """Write the example campaign as a plan file of your own, with days that lie ahead."""
    from bot.plan_days import write_example

    made = write_example(plan, (starts or datetime.now().astimezone()).date(), imprints)
    typer.echo(f"{plan} is written: an example campaign from {made.starts} to {made.ends}.")
    if imprints is not None:
        typer.echo(f"{imprints} is written: imprint rules for these days; its first lines say how the plan names it.")
    typer.echo(f"Next: make it yours, then hq plan load {plan}")


@plan_app.command("load")
def plan_load(
    plan: Annotated[Path, typer.Argument(help="A plan file; hq plan new writes one.")],
    config: ConfigOption = DEFAULT_FILE,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what a plan file changes, ask, and change it."""
    settings = load(config)
    from bot import operations

    before = asyncio.run(operations.load_plan(settings, plan, datetime.now(UTC), apply=False))
    for line in before.lines:
        typer.echo(line)
    if before.note:
        typer.echo(f"note   the campaign: {before.note}.")
    if not before.summary:
        typer.echo("Nothing to change.")
        return
    typer.echo(f"To change: {before.summary}.")
    if not yes and not typer.confirm("Change it?", default=False):
        raise typer.Exit(FAILED)
    done = asyncio.run(operations.load_plan(settings, plan, datetime.now(UTC), apply=True))
    typer.echo(f"Done: {done.summary or 'nothing, somebody else was faster'}.")


@app.command()
def demo(
    play: Annotated[
        str | None, typer.Option(help="day, week or month: a scripted cast lives it, nobody need be there.")
    ] = None,
    pack: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="With --play: the month pack and the workbook of what was lived."),
    ] = None,
    json: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the counts as JSON; - is standard output.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="What the phones speak, ru or en; your system's language when left out.")
    ] = None,
) -> None:
    """Live in it without an account: the local Telegram, a cast, their phones in a browser."""
    if play not in {None, "day", "week", "month"}:
        raise ConfigError(f"--play: {play!r} is neither day nor week nor month")
    if pack is not None and (play is None or not pack.is_dir()):
        raise ConfigError("--pack: goes with --play, into a folder that exists")
    ensure_language(language)
    from bot.demo import command

    raise typer.Exit(command(play=play, json_file=json, language=language, pack=pack))


@app.command()
def gallery(
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="Write it there; without it a browser opens.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="ru or en: only that one; both side by side when left out.")
    ] = None,
) -> None:
    """Show every screen and card with sample data on one page: no configuration, no token, no network."""
    ensure_language(language)
    from bot.gallery import command

    command.write(out, language)


cli_care.register(app)
cli_erase.register(app)
cli_inbox.register(app)
cli_import.register(app)
cli_invite.register(app)
cli_export.register(app)
cli_evidence.register(app)
cli_record.register(app)


def _nothing_begun(_number: int, _frame: FrameType | None) -> None:
    """Asked to end before anything was started: a clean end."""
    sys.exit(FINE)


def _run_fast(serving: Coroutine[Any, Any, None]) -> None:
    """On uvloop where it exists."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(serving)
    else:
        uvloop.run(serving)
