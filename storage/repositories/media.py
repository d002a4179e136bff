"""Files by content hash."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from domain.ports.drafts import StoredMedia
from storage.repositories.base import Repository
from storage.rows import all_
from storage.tables import media


class MediaRepository(Repository):
    """See `domain.ports.drafts.MediaIndex`."""

    async def add(
        self,
        *,
        sha256: str,
        size: int,
        mime: str,
        kind: str,
        name: str,
        bot_id: int | None,
        file_id: str | None,
        file_unique_id: str | None,
        stored: bool,
        now: datetime,
    ) -> None:
        statement = self._insert(media).values(
            sha256=sha256,
            size=size,
            mime=mime[:100],
            kind=kind,
            name=name[:200],
            bot_id=bot_id,
            file_id=file_id,
            file_unique_id=file_unique_id,
            stored=stored,
            added_at=now,
        )
        fresh = {
            "bot_id": func.coalesce(statement.excluded.bot_id, media.c.bot_id),
            "file_id": func.coalesce(statement.excluded.file_id, media.c.file_id),
            "file_unique_id": func.coalesce(statement.excluded.file_unique_id, media.c.file_unique_id),
        }
        await self._session.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_=fresh))

    async def get_many(self, sha256s: Iterable[str]) -> dict[str, StoredMedia]:
        wanted = list(sha256s)
        if not wanted:
            return {}
        rows = await self._session.execute(select(media).where(media.c.sha256.in_(wanted)))
        return {found.sha256: found for found in all_(StoredMedia, rows)}
