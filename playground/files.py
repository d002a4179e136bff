"""Files of the world: what was uploaded, under ids that only this bot can use."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import Any, Final

from playground import errors, limits

Json = dict[str, Any]

_FOLDERS: Final = {"photo": "photos", "document": "documents", "video": "videos", "voice": "voice", "audio": "music"}
_SUFFIXES: Final = {
    "photo": ".jpg",
    "video": ".mp4",
    "animation": ".mp4",
    "video_note": ".mp4",
    "voice": ".oga",
    "audio": ".mp3",
    "sticker": ".webp",
}
_MIMES: Final = {
    "video": "video/mp4",
    "animation": "video/mp4",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
}
_BY_SUFFIX: Final = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "zip": "application/zip",
    "json": "application/json",
    "mp4": "video/mp4",
}
_THUMB_SIDE: Final = 320
_JPEG_START_OF_FRAME: Final = frozenset(
    {*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request or from a person's phone."""

    data: bytes
    name: str = ""
    mime: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that can be sent again by its id and downloaded by its path."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    data: bytes
    media: Json  # the Bot API object that describes it, without thumbnails


class FileStore:
    """Keeps every upload in memory; equal bytes share a `file_unique_id`, never a `file_id`."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._sizes: dict[str, list[Json]] = {}  # all sizes of a photo by the id of any of them

    def find(self, file_id: str) -> StoredFile | None:
        """The file of this bot with that id."""
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        """The file behind a download path."""
        return self._by_path.get(path)

    def add_photo(self, upload: Upload) -> list[Json]:
        """Store a photo; two sizes as Telegram makes them, smallest first."""
        if len(upload.data) > limits.PHOTO_BYTES.value:
            raise errors.PHOTO_TOO_BIG.error()
        width, height = image_size(upload.data)
        shorter, longer = sorted((width, height))
        if shorter + longer > limits.PHOTO_SIDES.value or longer > limits.PHOTO_RATIO.value * shorter:
            raise errors.PHOTO_DIMENSIONS.error()
        scale = min(1.0, _THUMB_SIDE / max(width, height))
        small = {"width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
        full = {"width": width, "height": height}
        sizes = [small, full] if small != full else [full]
        stored = [self._store("photo", upload, size, f"{size['width']}").media for size in sizes]
        for media in stored:
            self._sizes[media["file_id"]] = stored
        return [dict(media) for media in stored]

    def again(self, stored: StoredFile) -> Json | list[Json]:
        """What a message shows when a file is sent again by its id."""
        if stored.kind == "photo":
            return [dict(media) for media in self._sizes[stored.file_id]]
        return dict(stored.media)

    def add(self, kind: str, upload: Upload, facts: Json) -> Json:
        """Store any other media; `facts` are its duration, title and the like."""
        media = dict(facts)
        if kind == "video_note":
            media = {"length": 240, "duration": 1} | media
        if kind in {"video", "animation", "sticker"}:
            media = {"width": 512, "height": 512} | media
        if kind in {"video", "animation", "voice", "audio"}:
            media = {"duration": 1} | media
        if kind == "sticker":
            media = {"type": "regular", "is_animated": False, "is_video": False} | media
        if kind in {"document", "video", "animation", "audio"} and upload.name:
            media["file_name"] = upload.name
        if kind in {"document", "video", "animation", "audio", "voice"}:
            suffix = upload.name.rpartition(".")[2].lower()
            media["mime_type"] = _MIMES.get(kind) or _BY_SUFFIX.get(suffix) or upload.mime or "application/octet-stream"
        return self._store(kind, upload, media, "").media

    def _store(self, kind: str, upload: Upload, media: Json, variant: str) -> StoredFile:
        if not upload.data:
            raise errors.EMPTY_FILE.error()
        if len(upload.data) > limits.UPLOAD_BYTES.value:
            raise errors.REQUEST_TOO_BIG.error()
        number = len(self._by_id)
        unique = "AQAD" + hashlib.sha256(upload.data + variant.encode()).hexdigest()[:12]
        file_id = f"AgACAgIAAxkBAAI{self._bot_id:x}-{number}-{unique}"
        suffix = _SUFFIXES.get(kind) or ("." + upload.name.rpartition(".")[2] if "." in upload.name else "")
        path = f"{_FOLDERS.get(kind, kind + 's')}/file_{number}{suffix}"
        described = {"file_id": file_id, "file_unique_id": unique, **media, "file_size": len(upload.data)}
        stored = StoredFile(file_id, unique, kind, path, upload.data, described)
        self._by_id[file_id] = self._by_path[path] = stored
        return stored


def image_size(data: bytes) -> tuple[int, int]:
    """Width and height from a PNG or JPEG header; 800x600 for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return max(1, width), max(1, height)
    if data[:2] == b"\xff\xd8":
        at = 2
        while at + 9 < len(data):
            marker = data[at + 1]
            if marker in _JPEG_START_OF_FRAME:
                height, width = struct.unpack(">HH", data[at + 5 : at + 9])
                return max(1, width), max(1, height)
            at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return 800, 600
