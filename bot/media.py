"""Files in: fetched on arrival, stripped of EXIF and GPS, kept under their content hash, so that approvals bind exactly what was seen."""

import asyncio
import hashlib
import io
from datetime import datetime

import structlog
from aiogram import Bot
from PIL import Image, ImageOps, UnidentifiedImageError

from bot.clock import Clock
from bot.file_guard import MOST_PIXELS, ensure_keepable
from domain.drafts import MediaRef
from domain.names import readable
from domain.ports import Database
from storage.media import MediaFolder

log = structlog.get_logger(__name__)

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bot API, getFile: a bot can download at most 20 MB."""


def without_metadata(data: bytes) -> bytes:
    """A picture re-encoded without EXIF, GPS and the like, turned upright; other files and broken pictures unchanged."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS or picture.format not in {"JPEG", "PNG", "WEBP"}:
                return data
            upright = ImageOps.exif_transpose(picture)
            clean = io.BytesIO()
            upright.info = {}
            upright.save(clean, format=picture.format, quality=92)
            return clean.getvalue()
    except (UnidentifiedImageError, OSError, ValueError):
        return data


class Intake:
    """See `handlers.turn.MediaIntake`."""

    def __init__(self, bot: Bot, db: Database, folder: MediaFolder, clock: Clock) -> None:
        self._bot = bot
        self._db = db
        self._folder = folder
        self._clock = clock

    async def fetch(
        self, file_id: str, kind: str, *, size: int | None, unique_id: str, name: str, mime: str
    ) -> MediaRef:
        """Fetch one file; over 20 MB it is known by Telegram's id only, hashed over its unique id.

        Raises `UnsafeFile` or `NotKept`; nothing is stored then.
        """
        stored = size is None or size <= DOWNLOAD_LIMIT
        if stored:
            file = await self._bot.get_file(file_id)
            buffer = await self._bot.download_file(file.file_path or "", destination=io.BytesIO())
            data = buffer.read() if buffer is not None else b""
            if kind in {"photo", "document", "animation"}:
                await asyncio.to_thread(ensure_keepable, data, name)
            clean = await asyncio.to_thread(without_metadata, data) if kind in {"photo", "document"} else data
            digest, length = await asyncio.to_thread(self._folder.keep, clean), len(clean)
        else:
            digest, length = hashlib.sha256(f"telegram:{unique_id}".encode()).hexdigest(), size or 0
        now: datetime = self._clock.now()
        # A photo document was cleaned: Telegram's own copy still carries the metadata, so its file_id must not be reused.
        reusable = not stored or kind != "document"
        await self._db.run(
            lambda uow: uow.media.add(
                sha256=digest,
                size=length,
                mime=mime,
                kind=kind,
                name=readable(name),
                bot_id=self._bot.id,
                file_id=file_id if reusable else None,
                file_unique_id=unique_id,
                stored=stored,
                now=now,
            )
        )
        return MediaRef(digest, kind)
