"""`hq backup`, `hq restore`, `hq db verify`: taking care of what is stored. None of them needs Telegram."""

import asyncio
import json as json_text
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.config import DEFAULT_FILE, ConfigError, Settings, load
from bot.config_sections import Storage

FAILED = 1

db_app = typer.Typer(help="The database.", no_args_is_help=True)
ConfigOption = Annotated[Path, typer.Option("--config", help="The configuration file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `hq`."""
    app.command()(backup)
    app.command()(restore)
    app.add_typer(db_app, name="db")


def backup(
    to: Annotated[
        Path | None, typer.Option(help="Another folder than backup.folder; nothing is deleted there.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Another key file than backup.key_file.")] = None,
    new_key: Annotated[Path | None, typer.Option(metavar="FILE", help="Only write a new key file.")] = None,
    config: ConfigOption = DEFAULT_FILE,
    json: JsonOption = False,
) -> None:
    """Back up database and media into one encrypted file, and try it out. `hq run` may be up."""
    if new_key is not None:
        from storage.sealed import new_key as write_key

        write_key(new_key)
        typer.echo(
            f"{new_key} is written. Keep a copy of it where the backups are not: without it nobody can read them."
        )
        return
    from bot.backup import Order, said, take

    made = asyncio.run(take(Order.of(load(config), to, key), datetime.now(UTC)))
    if json:
        typer.echo(json_text.dumps(said(made), ensure_ascii=False))
        return
    typer.echo(f"{made.path}: {made.rows} rows, {made.files} media files; restored once and found whole.")
    if made.left_out:
        typer.echo(f"note   {made.left_out} updates that are not handled yet stay out of it")
    for problem in made.problems:
        typer.echo(f"wrong  {problem} (in the database itself; the backup keeps it as it is)")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup (*.hqb).")],
    key: Annotated[Path | None, typer.Option(help="The key file; backup.key_file when left out.")] = None,
    into: Annotated[
        str | None, typer.Option(metavar="URL", help="An empty database; storage.url when left out.")
    ] = None,
    media: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="An empty media folder; storage.media_dir when left out.")
    ] = None,
    erased: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The list of the erased; erased.json beside the backup when left out."),
    ] = None,
    config: ConfigOption = DEFAULT_FILE,
) -> None:
    """Put a backup into an empty database and an empty media folder: all of it or nothing."""
    settings = load(config) if key is None or into is None or media is None else Settings.model_construct()
    key_file = key or settings.backup.key_file
    if key_file is None:
        raise ConfigError("--key: is missing, and backup.key_file is not set")
    from storage.erased import NAME, read_list
    from storage.restore import restore as put
    from storage.sealed import read_key

    url, folder = _address(into) if into else settings.storage.url, media or settings.storage.media_dir
    listed = erased or file.parent / NAME
    again = read_list(listed)
    done = asyncio.run(put(file, read_key(key_file), url, folder, again))
    typer.echo(
        f"{done.campaign or 'A headquarters without a plan'} as of {done.taken_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC is back:"
    )
    typer.echo(f"{done.rows} rows, {done.files} media files in {folder}.")
    if done.erased:
        typer.echo(f"Erased again, since they were erased after the backup: {done.erased}.")
    if not listed.exists():
        typer.echo(f"note   {listed} is not there: whoever was erased since is back")
    for sha256 in done.lost:
        typer.echo(f"note   media file {sha256} was missing already when the backup was made")


def _address(url: str) -> str:
    try:
        return Storage(url=url).url
    except ValidationError as error:
        reason = error.errors(include_input=False)[0]["msg"].removeprefix("Value error, ")
        raise ConfigError(f"--into: {reason}") from None


@db_app.command("verify")
def verify(config: ConfigOption = DEFAULT_FILE, json: JsonOption = False) -> None:
    """Say whether the database and the media hold together; changes nothing. Exit code 1 when something is wrong."""
    settings = load(config)
    from storage.verify import verify as look

    problems = asyncio.run(look(settings.storage.url, settings.storage.media_dir))
    if json:
        found = [{"name": problem.name, "text": problem.text} for problem in problems]
        typer.echo(json_text.dumps({"problems": found}, ensure_ascii=False))
    else:
        for problem in problems:
            typer.echo(f"wrong  {problem}")
        if not problems:
            typer.echo("ok     the database and its media hold together")
    raise typer.Exit(FAILED if problems else 0)
