"""`hq import figures`: figures from a table file, shown first."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.config import DEFAULT_FILE, load

FAILED = 1

import_app = typer.Typer(help="Take in what others have counted.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to `hq`."""
    app.add_typer(import_app, name="import")


@import_app.callback()
def _what() -> None:
    """Take in what others have counted."""


@import_app.command()
def figures(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="page;date;metric;value or page;date;members;views…")
    ],
    config: Annotated[Path, typer.Option("--config", help="The configuration file.")] = DEFAULT_FILE,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what a file of figures changes, ask, and take in all of it or nothing. `hq run` may be up."""
    settings = load(config)
    from bot import figure_file

    before = asyncio.run(figure_file.import_figures(settings, file, datetime.now(UTC), apply=False))
    for line in before.lines:
        typer.echo(line, err=not before.sound)
    if not before.sound:
        raise typer.Exit(FAILED)
    if not before.figures:
        typer.echo("Nothing to change.")
        return
    if not yes and not typer.confirm("Take it in?", default=False):
        raise typer.Exit(FAILED)
    done = asyncio.run(figure_file.import_figures(settings, file, datetime.now(UTC), apply=True))
    if not done.sound:
        for line in done.lines:
            typer.echo(line, err=True)
        raise typer.Exit(FAILED)
    typer.echo(f"Done: {done.figures} {'figure' if done.figures == 1 else 'figures'}.")
