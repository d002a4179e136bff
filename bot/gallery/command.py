"""`hq gallery`."""

import os
import tempfile
import webbrowser
from pathlib import Path

import typer

from bot.config import ConfigError
from bot.gallery.page import LANGUAGES, build


def write(out: Path | None, language: str | None) -> None:
    """Write the page to `out`, or to a temporary file and open it in a browser."""
    html = build((language,) if language else LANGUAGES)
    path = out or _temporary()
    try:
        path.write_text(html, "utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    typer.echo(f"The gallery is in {path}")
    if out is None and not webbrowser.open(path.as_uri()):
        typer.echo("No browser was found: open the file yourself.")


def _temporary() -> Path:
    handle, name = tempfile.mkstemp(prefix="hq-gallery-", suffix=".html")
    os.close(handle)
    return Path(name)
