"""The archive of a campaign: one moment of the database in open formats with its media, readable in twenty years.

A zip with a JSON line per row of each table, what each column means, every media file under its hash, a manifest of hashes, and the script
that verifies all of it with nothing but Python. Written as a stream; no table is held in memory.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import portable
from storage.media import MediaFolder
from storage.migrate import newest, revision_of
from storage.repositories.journal import LAST_SEALED
from storage.sealed import SealedWriter
from storage.tables import campaign, media, metadata
from storage.verify_archive import MANIFEST

FORMAT = 1
SCRIPT = "verify_archive.py"
_PIECE = 1024 * 1024
_DATE = (1980, 1, 1, 0, 0, 0)
"""Of every file inside: when it was taken stands in the manifest."""
_README = """This is the archive of a campaign's headquarters. / Это архив штаба кампании.

tables/*.jsonl   one line of JSON for each row / по строке JSON на каждую запись
schema.json      what each column holds and why / что хранит каждый столбец и зачем
media/           pictures and films, each under the SHA-256 of its content / картинки и видео, имя файла — SHA-256 содержимого
manifest.json    every file with its hash / все файлы и их хэши

To verify it / Проверить:   python3 verify_archive.py ARCHIVE.zip
"""


class NoArchive(Exception):
    """No archive was made; the text says why."""


@dataclass(frozen=True)
class Made:
    """`seal`: the SHA-256 of the manifest, to be noted down. `head`: where the journal ends. `lost`: media that were missing."""

    path: Path
    rows: int
    files: int
    seal: str
    head: str
    lost: tuple[str, ...]


async def make(url: str, media_folder: Path, path: Path, *, now: datetime, key: bytes | None = None) -> Made:
    """Write what is there now to a new file, sealed when there is a key; `NoArchive` leaves no file."""
    try:
        with path.open("xb") as file:
            try:
                return await _write(url, MediaFolder(media_folder), file, path, key, now)
            except BaseException:
                path.unlink()  # noqa: ASYNC240 - one file of a command that does nothing else
                raise
    except FileExistsError:
        raise NoArchive(f"{path}: is there already") from None
    except OSError as error:
        raise NoArchive(f"{path}: {error.strerror}") from error
    except portable.NoDatabase as error:
        raise NoArchive(str(error)) from None


async def _write(url: str, folder: MediaFolder, file: BinaryIO, path: Path, key: bytes | None, now: datetime) -> Made:
    sealed = None if key is None else SealedWriter(file, key)
    target: IO[bytes] = file if sealed is None else cast("IO[bytes]", _Sealing(sealed))
    async with AsyncExitStack() as stack:
        connection = await stack.enter_async_context(portable.snapshot(url))
        book = _Book(stack.enter_context(zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)))
        made = await _fill(book, connection, folder, now)
    if sealed is not None:
        sealed.finish()
    return Made(path, book.rows, made["media"], book.seal, made["head"], tuple(made["lost"]))


class _Sealing(io.RawIOBase):
    """Where a zip is written as a stream."""

    def __init__(self, writer: SealedWriter) -> None:
        self._writer = writer

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._writer.write(piece)
        return len(piece)


class _Book:
    """The zip with the manifest of what was written into it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._files: dict[str, dict[str, Any]] = {}
        self.rows = 0
        self.seal = ""

    def put(self, name: str, data: bytes) -> None:
        self._archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
        self._files[name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}

    async def stream(self, name: str, lines: AsyncIterator[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, _DATE)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self._archive.open(info, "w", force_zip64=True) as target:
            async for line in lines:
                digest.update(line)
                size += len(line)
                self.rows += 1
                target.write(line)
        self._files[name] = {"size": size, "sha256": digest.hexdigest()}

    def copy(self, name: str, source: Path, sha256: str) -> None:
        """A media file as it is: it does not get smaller."""
        with (
            source.open("rb") as file,
            self._archive.open(zipfile.ZipInfo(name, _DATE), "w", force_zip64=True) as target,
        ):
            while piece := file.read(_PIECE):
                target.write(piece)
        self._files[name] = {"size": source.stat().st_size, "sha256": sha256}

    def close(self, about: dict[str, Any]) -> None:
        manifest = _json({"format": FORMAT, **about, "files": self._files})
        self.seal = hashlib.sha256(manifest).hexdigest()
        self._archive.writestr(zipfile.ZipInfo(MANIFEST, _DATE), manifest, zipfile.ZIP_DEFLATED)


async def _fill(book: _Book, connection: AsyncConnection, folder: MediaFolder, now: datetime) -> dict[str, Any]:
    """Everything, in the order in which somebody would look at it."""
    revision = await connection.run_sync(revision_of)
    if revision != newest():
        raise NoArchive(
            f"the database is at revision {revision} and not at {newest()}: start this version of the program once"
        )
    book.put("README.txt", _README.encode())
    book.put(SCRIPT, (Path(__file__).parent / SCRIPT).read_bytes())
    tables = portable.spec()
    book.put("schema.json", _json({name: _meant(name, columns) for name, columns in tables.items()}))
    for name, columns in tables.items():
        await book.stream(f"tables/{name}.jsonl", _objects(portable.lines(connection, name, columns), list(columns)))
    stored = list(await connection.scalars(select(media.c.sha256).where(media.c.stored).order_by(media.c.sha256)))
    whole = [sha256 for sha256 in stored if folder.is_whole(sha256)]
    for sha256 in whole:
        book.copy(f"media/{sha256[:2]}/{sha256}", folder.path(sha256), sha256)
    lost = sorted(set(stored) - set(whole))
    title = await connection.scalar(select(campaign.c.name))
    about = {
        "campaign": title or "",
        "revision": revision,
        "taken_at": now.isoformat(),
        "head": await _head(connection),
        "lost": lost,
    }
    book.close(about)
    return {**about, "media": len(whole)}


async def _head(connection: AsyncConnection) -> str:
    """The last seal; empty while nothing is sealed."""
    last = (await connection.execute(LAST_SEALED)).one_or_none()
    return "" if last is None else last.seal or ""


async def _objects(lines: AsyncIterator[bytes], columns: list[str]) -> AsyncIterator[bytes]:
    """Rows with the names of their columns: whoever reads them has no schema in mind."""
    async for line in lines:
        yield _json(dict(zip(columns, json.loads(line), strict=True)))


def _meant(name: str, columns: Any) -> dict[str, Any]:
    return {
        column: {"kind": kind, "purpose": metadata.tables[name].c[column].info["purpose"]}
        for column, kind in columns.items()
    }


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
