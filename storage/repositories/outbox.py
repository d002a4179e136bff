"""The outbox: what must reach people."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Row, bindparam, select, union_all, update

from domain.notices import Guarantee, Notice, NoticeStatus, Priority, QueuedNotice, Reader, reader_of
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


def _due_ones(besides: Collection[Reader] = ()) -> CompoundSelect[Any]:
    """Of each priority the first `most` that are due at `now`, in one statement.

    Each part walks `ix_outbox_claim` from its beginning, so neither a long queue nor a future full of reminders makes it slower.
    """
    people = [person for person, _ in besides if person is not None]
    chats = [chat for person, chat in besides if person is None]
    parts = []
    for priority in Priority:
        due = select(outbox).where(
            outbox.c.status == NoticeStatus.WAITING,
            outbox.c.priority == int(priority),
            outbox.c.due_at <= bindparam("now"),
            outbox.c.next_try_at <= bindparam("now"),
        )
        if people:
            due = due.where(outbox.c.person_id.is_(None) | outbox.c.person_id.not_in(people))
        if chats:
            due = due.where(outbox.c.person_id.is_not(None) | outbox.c.chat_id.not_in(chats))
        parts.append(due.order_by(outbox.c.due_at, outbox.c.id).limit(bindparam("most")).subquery())
    return union_all(*(select(part) for part in parts))


_DUE = _due_ones()


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

    async def waits(self, subject: str, kinds: Iterable[str], until: datetime) -> bool:
        statement = select(outbox.c.id).where(
            outbox.c.subject == subject,
            outbox.c.status == NoticeStatus.WAITING,
            outbox.c.kind.in_(list(kinds)),
            outbox.c.next_try_at <= until,
        )
        return (await self._session.execute(statement.limit(1))).one_or_none() is not None

    async def retime(self, subject: str, kinds: Iterable[str], due_at: datetime, now: datetime) -> int:
        statement = update(outbox).where(
            outbox.c.subject == subject,
            outbox.c.status == NoticeStatus.WAITING,
            outbox.c.kind.in_(list(kinds)),
            outbox.c.next_try_at > now,
        )
        return (await self._session.execute(statement.values(due_at=due_at, next_try_at=due_at))).rowcount

    async def claim(self, now: datetime, limit: int, busy: Collection[Reader] = ()) -> list[QueuedNotice]:
        taken: dict[Reader, QueuedNotice] = {}
        rows = await self._due(now, limit)
        self._take(rows, taken, limit, busy)
        while len(taken) < limit and len(rows) >= limit:
            # Several of one reader stood in front: look again without those who have theirs.
            rows = await self._due(now, limit, {*busy, *taken})
            self._take(rows, taken, limit, busy)
        if taken:
            chosen = update(outbox).where(outbox.c.id.in_([notice.id for notice in taken.values()]))
            await self._session.execute(chosen.values(status=NoticeStatus.SENDING, attempts=outbox.c.attempts + 1))
        return list(taken.values())

    async def any_due(self, now: datetime, busy: Collection[Reader]) -> bool:
        return bool(await self._due(now, 1, busy))

    async def _due(self, now: datetime, limit: int, besides: Collection[Reader] = ()) -> Sequence[Row[Any]]:
        """The first due ones of each priority, the most urgent first."""
        statement = _due_ones(besides) if besides else _DUE
        rows = (await self._session.execute(statement, {"now": now, "most": limit})).all()
        return sorted(rows, key=lambda row: (row.priority, row.due_at, row.id))

    @staticmethod
    def _take(
        rows: Sequence[Row[Any]], taken: dict[Reader, QueuedNotice], limit: int, busy: Collection[Reader]
    ) -> None:
        for row in rows:
            notice = as_(QueuedNotice, row, attempts=row.attempts + 1)
            if len(taken) < limit and reader_of(notice) not in busy:
                taken.setdefault(reader_of(notice), notice)

    async def sent(self, notice_id: int, chat_id: int | None, message_id: int | None, now: datetime) -> None:
        await self._mark(
            notice_id, status=NoticeStatus.SENT, chat_id=chat_id, message_id=message_id, sent_at=now, params={}
        )

    async def dropped(self, notice_id: int, reason: str) -> None:
        await self._mark(notice_id, status=NoticeStatus.DROPPED, last_error=reason[:300])

    async def retry(self, notice_id: int, at: datetime, error: str) -> None:
        await self._mark(notice_id, status=NoticeStatus.WAITING, next_try_at=at, last_error=error[:300])

    async def postpone(self, notice_id: int, at: datetime, why: str) -> None:
        untried = {"attempts": outbox.c.attempts - 1}
        await self._mark(notice_id, status=NoticeStatus.WAITING, next_try_at=at, last_error=why[:300], **untried)

    async def failed(self, notice_id: int, error: str) -> None:
        await self._mark(notice_id, status=NoticeStatus.FAILED, last_error=error[:300])

    async def uncertain(self, notice_id: int, error: str) -> None:
        await self._mark(notice_id, status=NoticeStatus.UNCERTAIN, last_error=error[:300])

    async def release(self, person_id: int, why: str, now: datetime) -> int:
        waiting = update(outbox).where(outbox.c.person_id == person_id, outbox.c.status == NoticeStatus.WAITING)
        return (
            await self._session.execute(
                waiting.where(outbox.c.last_error == why).values(next_try_at=now, last_error="")
            )
        ).rowcount

    async def follow(self, old_chat: int, new_chat: int) -> None:
        await self._session.execute(update(outbox).where(outbox.c.chat_id == old_chat).values(chat_id=new_chat))

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
