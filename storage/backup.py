"""Backups: one moment of the database with its media, encrypted, tried out before it counts, rotated.

Inside the sealed file (`storage.sealed`) stand a head line; for each table a line and then a line per row; for each media file a line
and then its bytes; at last an end line with what all of it comes to.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import portable
from storage.media import MediaFolder
from storage.migrate import newest as newest_revision
from storage.migrate import revision_of
from storage.places import sync_folder
from storage.restore import restore
from storage.sealed import FORMAT, Refused, SealedWriter
from storage.tables import campaign, inbox, media
from storage.verify import Problem, verify

_NAME = re.compile(r"hq-(\d{8}T\d{6}Z)\.hqb")
_STAMP = "%Y%m%dT%H%M%SZ"
_PIECE = 1024 * 1024
_DAY = timedelta(days=1)


class BackupFailed(Exception):
    """No backup was made; the text says why."""


@dataclass(frozen=True)
class Made:
    """A backup that was restored once. `left_out`: unfinished updates. `problems`: of the database itself, kept as they are."""

    path: Path
    rows: int
    files: int
    left_out: int
    problems: tuple[Problem, ...]


async def make(url: str, media_folder: Path, folder: Path, key: bytes, *, now: datetime) -> Made:
    """Back up what is there now, restore it into a scratch place and look it over; `BackupFailed` leaves nothing behind."""
    path = folder / f"hq-{now.astimezone(UTC):{_STAMP}}.hqb"
    temporary: Path | None = None
    try:
        temporary = _begin(path)
        end = await _write(url, MediaFolder(media_folder), temporary, key, now)
        problems = await _try_out(temporary, key, media_folder)
        _finish(temporary, path)
    except (OSError, SQLAlchemyError, Refused, portable.NoDatabase) as error:
        raise BackupFailed(f"no backup was made: {portable.in_one_line(error)}") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    lost = [
        Problem("media", f"{sha256}: the file is missing or altered, so the backup lacks it") for sha256 in end["lost"]
    ]
    rows = sum(count for count, _ in end["tables"].values())
    return Made(path, rows, end["files"], end["left_out"], (*lost, *problems))


# --- writing -------------------------------------------------------------------------------------------------------------------


async def _write(url: str, folder: MediaFolder, path: Path, key: bytes, now: datetime) -> dict[str, Any]:
    """Returns what the end line says."""
    with path.open("wb") as file:
        writer = SealedWriter(file, key)
        async with portable.snapshot(url) as connection:
            tables, left_out = await _write_rows(connection, writer, now)
            stored = await connection.scalars(select(media.c.sha256).where(media.c.stored).order_by(media.c.sha256))
            names = list(stored)
        lost = [sha256 for sha256 in names if not _write_file(folder, sha256, writer)]
        end = {"tables": tables, "files": len(names) - len(lost), "lost": lost, "left_out": left_out}
        writer.write(_json({"end": end}))
        writer.finish()
        file.flush()
        os.fsync(file.fileno())
    return end


async def _write_rows(
    connection: AsyncConnection, writer: SealedWriter, now: datetime
) -> tuple[dict[str, list[Any]], int]:
    """All tables as of one moment; returns what each comes to, and how many updates were left out."""
    revision = await connection.run_sync(revision_of)
    if revision != newest_revision():
        raise BackupFailed(
            f"the database is at revision {revision} and not at {newest_revision()}: start this version of the program once"
        )
    tables = portable.spec()
    name = await connection.scalar(select(campaign.c.name))
    head = {
        "format": FORMAT,
        "campaign": name or "",
        "revision": revision,
        "taken_at": now.isoformat(),
        "tables": tables,
    }
    writer.write(_json(head))
    sums = {table: portable.Sum() for table in tables}
    for table, columns in tables.items():
        writer.write(_json({"table": table}))
        async for line in portable.lines(connection, table, columns):
            sums[table].add(line)
            writer.write(line)
    updates = await connection.scalar(select(func.count()).select_from(inbox)) or 0
    return {table: found.said() for table, found in sums.items()}, updates - sums[inbox.name].rows


def _write_file(folder: MediaFolder, sha256: str, writer: SealedWriter) -> bool:
    """False, and nothing written, when the file is missing or is not what its name says."""
    if not folder.is_whole(sha256):
        return False
    digest = hashlib.sha256()
    with folder.path(sha256).open("rb") as file:
        writer.write(_json({"file": sha256, "size": os.fstat(file.fileno()).st_size}))
        while piece := file.read(_PIECE):
            digest.update(piece)
            writer.write(piece)
    if digest.hexdigest() != sha256:
        raise BackupFailed(f"no backup was made: media file {sha256} changed while it was read")
    return True


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


async def _try_out(path: Path, key: bytes, media_folder: Path) -> list[Problem]:
    """Restore into a scratch place beside the media (where the same things lie in the open already) and verify there."""
    with _scratch(media_folder) as scratch:
        url = f"sqlite+aiosqlite:///{scratch}/hq.sqlite3"
        await restore(path, key, url, None)
        return await verify(url, None)


def _scratch(media_folder: Path) -> "tempfile.TemporaryDirectory[str]":
    near = media_folder.absolute().parent
    near.mkdir(parents=True, exist_ok=True)
    for left in near.glob(".hq-scratch-*"):  # by a backup that was killed
        if _age(left) > _DAY:
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=".hq-scratch-", dir=near)


def _age(path: Path) -> timedelta:
    return timedelta(seconds=time.time() - path.stat().st_mtime)


def _begin(path: Path) -> Path:
    """A file of another name beside it, for its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise BackupFailed(f"{path}: is there already")
    handle, name = tempfile.mkstemp(prefix=".hq-", suffix=".part", dir=path.parent)
    os.close(handle)
    return Path(name)


def _finish(temporary: Path, path: Path) -> None:
    temporary.replace(path)
    sync_folder(path.parent)


# --- the folder of backups -----------------------------------------------------------------------------------------------------


def backups(folder: Path) -> list[tuple[datetime, Path]]:
    """The backups in a folder with the moment each was taken, newest first; whatever else lies there is left alone."""
    try:
        names = [(_NAME.fullmatch(path.name), path) for path in folder.iterdir()]
    except FileNotFoundError:
        return []
    return sorted(((_moment(found[1]), path) for found, path in names if found), reverse=True)


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)


def rotate(folder: Path, *, daily: int, weekly: int, now: datetime) -> list[Path]:
    """Keep all of the last 24 hours, then the newest of each of so many days and weeks that have one; returns what was deleted."""
    there = backups(folder)
    kept = {path for at, path in there if at > now - _DAY} | {path for _, path in there[:1]}
    kept |= _newest_of(((at.date(), path) for at, path in there), daily)
    kept |= _newest_of(((at.isocalendar()[:2], path) for at, path in there), weekly)
    deleted = [path for _, path in there if path not in kept]
    for path in deleted:
        path.unlink(missing_ok=True)
    for part in folder.glob(".hq-*.part"):  # of a backup that was killed
        if _age(part) > _DAY:
            part.unlink(missing_ok=True)
    return deleted


def _newest_of(newest_first: Iterable[tuple[Any, Path]], periods: int) -> set[Path]:
    first: dict[Any, Path] = {}
    for period, path in newest_first:
        first.setdefault(period, path)
    return set(list(first.values())[:periods])
