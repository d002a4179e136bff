"""`hq inbox`: updates that could not be handled. What people wrote is never shown."""

import asyncio
import json as json_text
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.config import DEFAULT_FILE, ConfigError, load

if TYPE_CHECKING:
    from bot.set_aside import Listed  # brings SQLAlchemy, which `hq --help` need not wait for

inbox_app = typer.Typer(help="Updates that were set aside because they could not be handled.")
ConfigOption = Annotated[Path, typer.Option("--config", help="The configuration file.")]
NumberArgument = Annotated[str, typer.Argument(metavar="NUMBER", help="Telegram's number of the update.")]
ALL = "all"
BELOW_ZERO = {"ignore_unknown_options": True}
"""`hq inbox replay -1`: what came without a number of its own has one below zero, which is no option."""


def register(app: typer.Typer) -> None:
    """Add the commands to `hq`."""
    app.add_typer(inbox_app, name="inbox")


@inbox_app.callback(invoke_without_command=True)
def inbox(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: ConfigOption = DEFAULT_FILE,
) -> None:
    """List what was set aside: number, kind, when, how often it was tried, the class of its error. Never its content."""
    if context.invoked_subcommand is not None:
        return
    from bot import set_aside

    found = asyncio.run(set_aside.listed(load(config), datetime.now(UTC)))
    if json:
        typer.echo(json_text.dumps([asdict(row) for row in found]))
        return
    if not found:
        typer.echo("Nothing is set aside.")
    for row in found:
        typer.echo(_line(row))


def _line(row: "Listed") -> str:
    hours, minutes = divmod(row.age_s // 60, 60)
    tried = "once" if row.attempts == 1 else f"{row.attempts} times"
    return (
        f"{row.number}  {row.kind}  {row.received_at}  {hours} h {minutes:02} min old  "
        f"tried {tried}  {row.error}  kept until {row.gone_at}"
    )


@inbox_app.command(context_settings=BELOW_ZERO)
def replay(
    number: Annotated[str, typer.Argument(metavar="NUMBER|all", help="Which one; `all`: every one of them.")],
    config: ConfigOption = DEFAULT_FILE,
) -> None:
    """Handle one (or all) once more, say after an upgrade. If it fails again it is set aside again."""
    wanted = None if number == ALL else _number(number)
    from bot import set_aside

    done = asyncio.run(set_aside.replay(load(config), wanted, datetime.now(UTC)))
    if not done.numbers:
        typer.echo("Nothing is set aside.")
        return
    when = "being handled now" if done.running else "handled when hq run starts"
    typer.echo(f"{', '.join(map(str, done.numbers))}: {when}; hq inbox shows what fails again.")


@inbox_app.command(context_settings=BELOW_ZERO)
def drop(number: NumberArgument, config: ConfigOption = DEFAULT_FILE) -> None:
    """Give one up: its content is deleted at once."""
    from bot import set_aside

    asyncio.run(set_aside.drop(load(config), _number(number)))
    typer.echo(f"{number} is deleted.")


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ConfigError(f"NUMBER: {text!r} is not a number (hq inbox lists them)") from None
