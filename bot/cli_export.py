"""`hq export`: a period of the campaign as a file. Needs no Telegram."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.config import DEFAULT_FILE, load


def register(app: typer.Typer) -> None:
    """Add the command to `hq`."""
    app.command()(export)


def export(
    format_: Annotated[str, typer.Option("--format", help="xlsx, csv or pdf (the month pack).")] = "xlsx",
    period: Annotated[str, typer.Option(help="1 or 2 (a month of the campaign), a month as 2026-10, or all.")] = "all",
    region: Annotated[str, typer.Option(help="Code of a region; the whole campaign when left out.")] = "",
    table: Annotated[
        str,
        typer.Option(help="CSV only: norm, posts, figures, approvals, targets, commitments or people; else a zip."),
    ] = "",
    point: Annotated[bool, typer.Option("--decimal-point", help="CSV only: 1.5 instead of 1,5.")] = False,
    language: Annotated[str, typer.Option(help="ru or en.")] = "ru",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to; under its own name here when left out.")
    ] = None,
    config: Annotated[Path, typer.Option("--config", help="The configuration file.")] = DEFAULT_FILE,
) -> None:
    """Write a workbook, tables or a month pack. `hq run` may be up; the journal keeps that it was done."""
    settings = load(config)
    from bot.export_file import Wanted, export_file

    wanted = Wanted(format_, period, region, table, not point, language, out)
    typer.echo(asyncio.run(export_file(settings, wanted, datetime.now(UTC))))
