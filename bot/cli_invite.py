"""`hq invite`: one link, or a table of people that comes back with a link for each."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.config import DEFAULT_FILE, ConfigError, load

FAILED = 1


def register(app: typer.Typer) -> None:
    """Add the command to `hq`."""
    app.command()(invite)


def invite(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE.csv]", help="name;role;region[;note]: a link for each line.")
    ] = None,
    role: Annotated[
        str | None, typer.Option(help="owner, manager, coordinator, press_secretary, volunteer or candidate.")
    ] = None,
    region: Annotated[str | None, typer.Option(help="Code of a region; without it the role holds everywhere.")] = None,
    uses: Annotated[int, typer.Option(min=1, help="How many people may join with the link.")] = 1,
    hours: Annotated[int | None, typer.Option(min=1, help="How long it works; as configured when left out.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Where the table with the links goes; else it is printed.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: Annotated[Path, typer.Option("--config", help="The configuration file.")] = DEFAULT_FILE,
) -> None:
    """Print an invite link: opening it in Telegram gives the role. With a table: a link for everybody in it."""
    settings = load(config)
    if file is not None:
        if role is not None or region is not None or uses != 1:
            raise ConfigError("invite: role and region stand in the table; leave out --role, --region and --uses")
        _from_table(config, file, out, hours, yes=yes)
        return
    if role is None:
        raise ConfigError("invite: --role, or a table of people")
    from bot import operations

    order = operations.InviteOrder(role, region, uses, hours)
    typer.echo(asyncio.run(operations.make_invite(settings, order, datetime.now(UTC))))


def _confirmed() -> bool:
    """Asked on standard error alone: typer's own question leaves a space on standard output, which is for the table."""
    typer.echo("Make the links? [y/N]: ", nl=False, err=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _from_table(config: Path, file: Path, out: Path | None, hours: int | None, *, yes: bool) -> None:
    settings = load(config)
    from bot import invite_file

    if out is not None:
        invite_file.ensure_new(out)
    before = asyncio.run(invite_file.order(settings, file, datetime.now(UTC), hours=hours, apply=False))
    for line in before.lines:
        typer.echo(line, err=True)  # standard output is for the table
    if not before.sound:
        raise typer.Exit(FAILED)
    if not yes and not _confirmed():
        raise typer.Exit(FAILED)
    done = asyncio.run(invite_file.order(settings, file, datetime.now(UTC), hours=hours, apply=True))
    if not done.sound:
        for line in done.lines:
            typer.echo(line, err=True)
        raise typer.Exit(FAILED)
    if out is None:
        sys.stdout.buffer.write(done.table.encode())
    else:
        invite_file.save(out, done.table)
    typer.echo(f"Done: {done.links} {'link' if done.links == 1 else 'links'}.", err=True)
