"""How full the queues are and how old what waits in them is: for metrics and health."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, func, select

from domain.notices import NoticeStatus
from storage.database import Database
from storage.tables import due_task, inbox, outbox
from storage.uow import SqlUnitOfWork

_OPEN_NOTICES = (NoticeStatus.WAITING, NoticeStatus.SENDING, NoticeStatus.FAILED, NoticeStatus.UNCERTAIN)
_OPEN_UPDATES = ("new", "done", "aside")


@dataclass(frozen=True)
class Queues:
    """Counts by status. Ages in seconds, 0 when nothing waits: of the oldest unhandled update, due notice and due task."""

    inbox: dict[str, int]
    inbox_oldest: float
    outbox: dict[str, int]
    outbox_oldest: float
    schedule_lag: float


async def queues(uow: SqlUnitOfWork, now: datetime) -> Queues:
    """Read at `now`."""
    by_inbox = await _by_status(uow, inbox, _OPEN_UPDATES)
    by_outbox = await _by_status(uow, outbox, [str(status) for status in _OPEN_NOTICES])
    oldest = (
        await uow.session.execute(select(func.min(inbox.c.received_at)).where(inbox.c.status.in_(["new", "done"])))
    ).scalar()
    return Queues(
        inbox=by_inbox,
        inbox_oldest=_age(oldest, now),
        outbox=by_outbox,
        outbox_oldest=_age(await uow.outbox.next_due(), now),
        schedule_lag=_age(await uow.tasks.next_due(), now),
    )


async def alive(uow: SqlUnitOfWork) -> bool:
    """Whether the database answers."""
    return (await uow.session.execute(select(due_task.c.key).limit(1))) is not None


async def usable(db: Database) -> None:
    """Raises unless the database answers and the last write to it could be made."""
    await db.read(alive)
    db.ensure_writable()


async def _by_status(uow: SqlUnitOfWork, table: Table, statuses: Sequence[str]) -> dict[str, int]:
    counted = select(table.c.status, func.count().label("number")).where(table.c.status.in_(statuses))
    rows = (await uow.session.execute(counted.group_by(table.c.status))).all()
    return dict.fromkeys(statuses, 0) | {str(row.status): int(row.number) for row in rows}


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
