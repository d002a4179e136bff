"""`hq evidence`: everything about one post in one file. Needs no Telegram."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.config import DEFAULT_FILE, load


def register(app: typer.Typer) -> None:
    """Add the command to `hq`."""
    app.command()(evidence)


def evidence(
    post: Annotated[str, typer.Argument(help="Its number (its journal shows it), or the link that proves it.")],
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="Where to.")],
    language: Annotated[str, typer.Option(help="ru or en.")] = "ru",
    config: Annotated[Path, typer.Option("--config", help="The configuration file.")] = DEFAULT_FILE,
) -> None:
    """Write the evidence about a post: texts, decisions, proof, files, journal. All names stand in it; the journal keeps that."""
    settings = load(config)
    from bot.evidence_file import evidence_file

    typer.echo(asyncio.run(evidence_file(settings, post, out, language, datetime.now(UTC))))
