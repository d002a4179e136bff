"""The zip with the evidence about one post: texts, files, the journal, a page to read, and SHA256SUMS over all of it."""

import hashlib
import zipfile
from datetime import datetime
from pathlib import Path

from domain.evidence import Evidence, FileOf
from domain.exports import safe_name
from domain.ports import UnitOfWork
from domain.usecases import evidence
from reports import evidence as pages
from storage.media import MediaFolder
from texts.words import Words

_PIECE = 1 << 20
SUMS = "SHA256SUMS"
"""What `sha256sum -c` reads."""


async def write_evidence(
    uow: UnitOfWork,
    post: int,
    reader: int | None,
    media: MediaFolder,
    path: Path,
    w: Words,
    now: datetime,
    room: int = 0,
) -> str:
    """Into `path`, in one read-only transaction; returns the file's name. `room`: bytes for its files, 0 for any number.

    Files that do not fit, or that Telegram alone has, are named in it by their hash.
    """
    found = await evidence.collect(uow, post, reader, now=now)
    taken = _taken(found, media, room)
    _zip(path, found, taken, media, w)
    return safe_name(
        w.plain("Evidence"), found.campaign[:30], found.page.title[:30], f"{found.slot.day}", f"{post}", ending="zip"
    )


def _taken(found: Evidence, media: MediaFolder, room: int) -> list[FileOf]:
    """In the order of the post's story; a damaged file is worse than none."""
    taken, size = [], 0
    for sha256 in found.rows.files:
        one = found.files.get(sha256)
        if one is None or not one.stored or (room and size + one.size > room) or not media.is_whole(sha256):
            continue
        taken.append(one)
        size += one.size
    return taken


def _zip(path: Path, found: Evidence, taken: list[FileOf], media: MediaFolder, w: Words) -> None:
    left_out = frozenset(found.rows.files) - {one.sha256 for one in taken}
    sums: list[str] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:

        def put(name: str, data: bytes) -> None:
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
            bundle.writestr(name, data)

        put("index.html", _bytes(pages.page(found, left_out, w)))
        put("post.json", _bytes(pages.post_json(found, left_out, w)))
        put("journal.json", _bytes(pages.journal_json(found, w)))
        for version in found.rows.versions:
            put(f"versions/{version.version}.txt", _bytes(version.text))
        for one in taken:
            name = pages.file_name(one)
            with media.path(one.sha256).open("rb") as source, bundle.open(name, "w") as target:
                while piece := source.read(_PIECE):
                    target.write(piece)
            sums.append(f"{one.sha256}  {name}\n")
        bundle.writestr(SUMS, "".join(sums))


def _bytes(text: str) -> bytes:
    """Half of an emoji, which a client once sent, breaks no file."""
    return text.encode("utf-8", "surrogatepass")
