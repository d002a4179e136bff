"""The outbox: what must reach people."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from domain.notices import Guarantee, Notice, NoticeStatus, QueuedNotice
from storage.repositories.base import Repository
from storage.rows import as_
from storage.tables import outbox


def _values(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "person_id": notice.person_id,
        "chat_id": notice.chat_id,
        "guarantee": notice.guarantee,
        "priority": int(notice.priority),
        "subject": notice.subject,
        "params": dict(notice.params),
        "due_at": notice.due_at,
        "dedup_key": notice.dedup_key,
        "next_try_at": notice.due_at,
        "status": NoticeStatus.WAITING,
    }


class OutboxRepository(Repository):
    """See `domain.ports.record.Outbox`."""

    async def add(self, *notices: Notice) -> None:
        if notices:
            await self._session.execute(
                self._insert(outbox).on_conflict_do_nothing(index_elements=["dedup_key"]), [_values(n) for n in notices]
            )

    async def cancel(self, subject: str, kinds: Iterable[str] | None = None) -> int:
        statement = update(outbox).where(outbox.c.subject == subject, outbox.c.status == NoticeStatus.WAITING)
        if kinds is not None:
            statement = statement.where(outbox.c.kind.in_(list(kinds)))
        return (await self._session.execute(statement.values(status=NoticeStatus.CANCELLED))).rowcount

    async def claim(self, now: datetime, limit: int, held_chats: Sequence[int] = ()) -> list[QueuedNotice]:
        statement = select(outbox).where(outbox.c.status == NoticeStatus.WAITING, outbox.c.next_try_at <= now)
        if held_chats:
            statement = statement.where(outbox.c.chat_id.is_(None) | outbox.c.chat_id.not_in(held_chats))
        rows = (
            await self._session.execute(
                statement.order_by(outbox.c.priority, outbox.c.due_at, outbox.c.id).limit(limit)
            )
        ).all()
        if not rows:
            return []
        taken = update(outbox).where(outbox.c.id.in_([row.id for row in rows]))
        await self._session.execute(taken.values(status=NoticeStatus.SENDING, attempts=outbox.c.attempts + 1))
        return [as_(QueuedNotice, row, attempts=row.attempts + 1) for row in rows]

    async def sent(self, notice_id: int, chat_id: int | None, message_id: int | None, now: datetime) -> None:
        await self._mark(
            notice_id, status=NoticeStatus.SENT, chat_id=chat_id, message_id=message_id, sent_at=now, params={}
        )

    async def dropped(self, notice_id: int, reason: str) -> None:
        await self._mark(notice_id, status=NoticeStatus.DROPPED, last_error=reason[:300])

    async def retry(self, notice_id: int, at: datetime, error: str) -> None:
        await self._mark(notice_id, status=NoticeStatus.WAITING, next_try_at=at, last_error=error[:300])

    async def failed(self, notice_id: int, error: str) -> None:
        await self._mark(notice_id, status=NoticeStatus.FAILED, last_error=error[:300])

    async def _mark(self, notice_id: int, **values: Any) -> None:
        await self._session.execute(update(outbox).where(outbox.c.id == notice_id).values(**values))

    async def forget_strangers(self, subject: str) -> None:
        mine = update(outbox).where(outbox.c.subject == subject, outbox.c.person_id.is_(None))
        await self._session.execute(
            mine.where(outbox.c.status != NoticeStatus.WAITING).values(chat_id=None, message_id=None, params={})
        )

    async def next_due(self) -> datetime | None:
        statement = (
            select(outbox.c.next_try_at)
            .where(outbox.c.status == NoticeStatus.WAITING)
            .order_by(outbox.c.next_try_at)
            .limit(1)
        )
        found: datetime | None = (await self._session.execute(statement)).scalar()
        return found

    async def recover(self) -> tuple[int, int]:
        counts = []
        for guarantee, status in ((Guarantee.A, NoticeStatus.WAITING), (Guarantee.B, NoticeStatus.UNCERTAIN)):
            statement = (
                update(outbox)
                .where(outbox.c.status == NoticeStatus.SENDING, outbox.c.guarantee == guarantee)
                .values(status=status)
            )
            counts.append((await self._session.execute(statement)).rowcount)
        return counts[0], counts[1]
