"""Empty places for what is restored: a new database and a new media folder that appear whole or not at all."""

import contextlib
import hashlib
import io
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage import portable
from storage.media import MediaFolder
from storage.migrate import LOCK
from storage.sealed import Refused

_PIECE = 1024 * 1024


@asynccontextmanager
async def database_place(url: str) -> AsyncIterator[AsyncConnection]:
    """An empty database; what is written appears when the block ends well, and not at all otherwise."""
    file = portable.sqlite_path(url)
    if file is None:
        async with _connected(url) as connection:
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK}
            )  # nobody starts meanwhile
            if await connection.run_sync(lambda c: inspect(c).get_table_names()):
                raise Refused("the database is not empty: restore into a new one")
            yield connection
            await connection.commit()
        return
    with _new_file(file) as temporary:
        async with _connected(
            make_url(url).set(database=str(temporary)).render_as_string(hide_password=False)
        ) as connection:
            await connection.exec_driver_sql("PRAGMA synchronous=OFF")  # made durable as a whole
            await connection.exec_driver_sql("PRAGMA secure_delete=ON")  # of who is erased again nothing may be left
            yield connection
            await connection.commit()


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


@contextlib.contextmanager
def _new_file(file: Path) -> Iterator[Path]:
    for there in (file, *(file.with_name(file.name + suffix) for suffix in ("-wal", "-shm", "-journal"))):
        if there.exists():
            raise Refused(f"{there}: is there already; restore into a new file")
    temporary = file.with_name(f".{file.name}.restoring")
    with _folder(file.parent):
        try:
            temporary.unlink(missing_ok=True)
            temporary.touch(0o600)
            yield temporary
            with temporary.open("rb") as written:
                os.fsync(written.fileno())
            os.link(temporary, file)  # unlike a rename it never replaces a file
            sync_folder(file.parent)
        finally:
            for suffix in ("", "-wal", "-shm", "-journal"):
                temporary.with_name(temporary.name + suffix).unlink(missing_ok=True)


class MediaPlace:
    """Files wait in a folder of their own until all of them are there."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._waiting = folder / ".restoring" if folder is not None else None
        self._parts: list[Path] = []

    def take(self, sha256: str, size: int, reader: io.BufferedReader) -> None:
        """Read `size` bytes that must be what the name says."""
        digest = hashlib.sha256()
        with self._open(sha256) as target:
            while size and (piece := reader.read(min(size, _PIECE))):
                size -= len(piece)
                digest.update(piece)
                target.write(piece)
            if self._waiting is not None:
                target.flush()
                os.fsync(target.fileno())
        if size or digest.hexdigest() != sha256:
            raise Refused(f"the media file {sha256} in the backup is damaged: nothing was written")

    def _open(self, sha256: str) -> io.BufferedWriter:
        if self._waiting is None:
            return Path(os.devnull).open("wb")
        path = MediaFolder(self._waiting).path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")

    def drop(self, sha256: str) -> None:
        """One that is not to be kept after all."""
        if self._waiting is not None:
            MediaFolder(self._waiting).path(sha256).unlink(missing_ok=True)

    def settle(self) -> None:
        """Into the folder itself; part by part, since a mounted folder cannot be replaced."""
        if self._folder is None or self._waiting is None or not self._waiting.exists():
            return
        for part in list(self._waiting.iterdir()):
            self._parts.append(part.rename(self._folder / part.name))
        self._waiting.rmdir()
        sync_folder(self._folder)

    def undo(self) -> None:
        """Take away what was put there."""
        for part in (*self._parts, *([self._waiting] if self._waiting is not None else [])):
            shutil.rmtree(part, ignore_errors=True)


@contextlib.contextmanager
def media_place(folder: Path | None) -> Iterator[MediaPlace]:
    place = MediaPlace(folder)
    if folder is None:
        yield place
        return
    if folder.is_dir() and any(folder.iterdir()):
        raise Refused(f"{folder}: the media folder is not empty; restore into a new one")
    with _folder(folder):
        try:
            yield place
        except BaseException:
            place.undo()
            raise


@contextlib.contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """The folder, made when it is missing; what was made goes away again when the block fails."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for path in missing:
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
