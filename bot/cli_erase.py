"""`hq erase`: somebody's personal data leaves, because the operator says that they asked for it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.config import DEFAULT_FILE, load

FAILED = 1


def register(app: typer.Typer) -> None:
    """Add the command to `hq`."""
    app.command()(erase)


def erase(
    person: Annotated[str, typer.Argument(help="Their number, @name in Telegram, or telegram:ID.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: Annotated[Path, typer.Option("--config", help="The configuration file.")] = DEFAULT_FILE,
) -> None:
    """Erase a person: identity and own words leave, what was published and the journal's numbers stay. For ever."""
    settings = load(config)
    from bot import erasing

    whom = asyncio.run(erasing.find(settings, person))
    typer.echo(f"{whom.name} ({whom.region}), number {whom.person}: everything personal is erased, for ever.")
    if not yes and not typer.confirm("Erase them?", default=False):
        raise typer.Exit(FAILED)
    done = asyncio.run(erasing.erase(settings, whom.person, datetime.now(UTC)))
    if done is erasing.Outcome.ASKED:
        typer.echo("Two people decide: whoever leads has been asked in the bot. The first yes within 24 hours erases.")
        return
    gone = done is erasing.Outcome.GONE
    typer.echo("Erased." if gone else "Erased; the database's files are rewritten by hq run tonight.")
    typer.echo(f"Keep {settings.backup.folder}/erased.json with the backups: hq restore erases them again by it.")
