"""The list of the erased, kept beside the backups: without it an older backup would bring them back."""

import json
import os
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from domain.privacy import ErasureMark
from storage.places import sync_folder

NAME = "erased.json"
"""In the folder of the backups. It holds hashes alone."""


class ListDamaged(Exception):
    """The list cannot be read: restoring without it would bring people back."""


def read_list(path: Path) -> tuple[ErasureMark, ...]:
    """Nobody when there is no such file; `ListDamaged`."""
    try:
        rows = json.loads(path.read_text("utf-8"))
        return tuple(
            ErasureMark(**{**row, "at": datetime.fromisoformat(row["at"]), "accounts": tuple(row["accounts"])})
            for row in rows
        )
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ListDamaged(f"{path}: the list of the erased cannot be read ({type(error).__name__})") from error


def write_list(path: Path, marks: Iterable[ErasureMark]) -> None:
    """Who is on it already stays on it; the file is replaced as a whole."""
    everybody = {mark.mark: mark for mark in (*read_list(path), *marks)}
    rows = [{**vars(mark), "at": mark.at.isoformat(), "accounts": list(mark.accounts)} for mark in everybody.values()]
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".hq-", suffix=".part", delete=False) as temporary:
        json.dump(rows, temporary)
        temporary.flush()
        os.fsync(temporary.fileno())
    Path(temporary.name).replace(path)
    sync_folder(path.parent)
