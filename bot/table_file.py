"""A table in a file on the server, as text."""

from pathlib import Path

from bot.config import ConfigError
from domain.figure_import import MAX_BYTES, decode


def read_table(path: Path) -> str:
    """`ConfigError` when it cannot be read; a `DomainError` says what is wrong with it."""
    try:
        with path.open("rb") as file:
            return decode(file.read(MAX_BYTES + 1))
    except OSError as error:
        told = "no such file" if isinstance(error, FileNotFoundError) else error.strerror
        raise ConfigError(f"{path}: {told}") from None
