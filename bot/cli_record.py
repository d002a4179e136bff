"""`hq journal verify`, `hq archive`, `hq unseal`: what shows afterwards who decided what. None of them needs Telegram."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.config import DEFAULT_FILE, ConfigError, load

FAILED = 1

journal_app = typer.Typer(help="The record of who decided what.", no_args_is_help=True)
ConfigOption = Annotated[Path, typer.Option("--config", help="The configuration file.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `hq`."""
    app.add_typer(journal_app, name="journal")
    app.command()(archive)
    app.command()(unseal)


@journal_app.command("verify")
def verify(
    head: Annotated[str, typer.Option(help="A head that a daily digest showed; 16 digits of it at least.")] = "",
    config: ConfigOption = DEFAULT_FILE,
) -> None:
    """Say whether the journal is whole; changes nothing. Exit code 1 when it is not, or does not hold the noted head."""
    settings = load(config)
    from storage.journal_chain import NoHead, look

    try:
        seen = asyncio.run(look(settings.storage.url, head))
    except NoHead as error:
        raise ConfigError(f"--head: {error}") from None
    for line in seen.wrong:
        typer.echo(f"wrong  {line}")
    if not seen.wrong:
        typer.echo(
            f"ok     {seen.entries} sealed entries follow from one another; the head is {seen.head or 'not there yet'}"
        )
    if seen.noted is not None:
        typer.echo(f"ok     the noted head is entry {seen.noted} of them")
    elif not head:
        typer.echo("note   a journal that was rewritten as a whole shows only against a head noted before (--head)")
    raise typer.Exit(FAILED if seen.wrong else 0)


def archive(
    file: Annotated[Path, typer.Argument(help="A new file, such as campaign.zip.")],
    key: Annotated[Path | None, typer.Option(help="Seal it with this key file; hq unseal opens it.")] = None,
    config: ConfigOption = DEFAULT_FILE,
) -> None:
    """Write the whole campaign into one file of open formats, with a script that verifies it. `hq run` may be up."""
    settings = load(config)
    from storage.archive import make
    from storage.sealed import read_key

    secret = None if key is None else read_key(key)
    made = asyncio.run(make(settings.storage.url, settings.storage.media_dir, file, now=datetime.now(UTC), key=secret))
    typer.echo(f"{made.path}: {made.rows} rows, {made.files} media files.")
    typer.echo(f"seal   {made.seal}")
    opened = "" if key is None else f"once hq unseal {made.path} FILE.zip --key {key} has opened it, "
    typer.echo(
        f"Note the seal down elsewhere: {opened}python3 verify_archive.py (inside) checks the archive against it."
    )
    for sha256 in made.lost:
        typer.echo(f"note   media file {sha256} is missing or altered, so the archive lacks it")


def unseal(
    file: Annotated[Path, typer.Argument(help="A sealed archive.")],
    to: Annotated[Path, typer.Argument(help="A new file for the archive itself.")],
    key: Annotated[Path, typer.Option(help="The key file it was sealed with.")],
) -> None:
    """Open an archive that was sealed with a key."""
    from storage.archive import NoArchive
    from storage.sealed import open_sealed, read_key

    secret = read_key(key)
    try:
        source, target = file.open("rb"), to.open("xb")
    except OSError as error:  # nothing is made yet, so nothing is taken away: what lies there is somebody's
        raise ConfigError(f"{error.filename}: {_why(error)}") from None
    try:
        with source, target:
            shutil.copyfileobj(open_sealed(source, secret), target)
    except OSError as error:  # a full disk, mostly
        to.unlink(missing_ok=True)
        raise NoArchive(f"{to}: {_why(error)}; nothing was kept of it") from None
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    typer.echo(f"{to} is the archive itself; python3 verify_archive.py (inside) checks it.")


def _why(error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return "is there already"
    return "no such file" if isinstance(error, FileNotFoundError) else str(error.strerror)
