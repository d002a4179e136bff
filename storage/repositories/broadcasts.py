"""Messages to the team; their recipients are rows of the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Integer,
    Row,
    String,
    case,
    func,
    insert,
    literal,
    select,
    update,
)

from domain.broadcasts import RUNNING, Audience, Broadcast, BroadcastChanged, BroadcastState, Missed, Tally
from domain.drafts import MediaRef
from domain.errors import NotFound
from domain.notices import UNREACHABLE, Guarantee, NoticeStatus, Priority
from domain.people import PersonStatus, Role
from domain.ports.broadcasts import Circle
from storage.repositories.base import Repository
from storage.rows import as_
from storage.tables import broadcast, membership, outbox, person, telegram_account
from storage.types import Moment

KIND = "broadcast"
_OPEN = (BroadcastState.WRITING, *RUNNING)
_LEFT = frozenset({NoticeStatus.WAITING, NoticeStatus.SENDING})


def _found(row: Row[Any]) -> Broadcast:
    media = tuple(MediaRef(sha256, kind) for sha256, kind in row.media)
    return as_(Broadcast, row, media=media, entities=tuple(row.entities), roles=tuple(Role(role) for role in row.roles))


class BroadcastRepository(Repository):
    """See `domain.ports.broadcasts.Broadcasts`."""

    async def add(
        self,
        *,
        author_id: int,
        text: str,
        entities: Sequence[Mapping[str, Any]],
        media: Sequence[MediaRef],
        album: str,
        now: datetime,
    ) -> Broadcast:
        number = await self._new_id(
            insert(broadcast).values(
                author_id=author_id,
                state=BroadcastState.WRITING,
                version=1,
                text=text,
                entities=[dict(entity) for entity in entities],
                media=[[m.sha256, m.kind] for m in media],
                album=album[:32],
                roles=(),
                regions=(),
                created_at=now,
            )
        )
        return await self.get(number)

    async def get(self, broadcast_id: int) -> Broadcast:
        row = (await self._session.execute(select(broadcast).where(broadcast.c.id == broadcast_id))).one_or_none()
        if row is None:
            raise NotFound("broadcast")
        return _found(row)

    async def find_open(self, author_id: int) -> Broadcast | None:
        return await self._newest(broadcast.c.author_id == author_id, broadcast.c.state.in_(_OPEN))

    async def find_by_album(self, author_id: int, album: str) -> Broadcast | None:
        writing = broadcast.c.state == BroadcastState.WRITING
        return await self._newest(broadcast.c.author_id == author_id, broadcast.c.album == album, writing)

    async def _newest(self, *conditions: ColumnElement[bool]) -> Broadcast | None:
        statement = select(broadcast).where(*conditions).order_by(broadcast.c.id.desc()).limit(1)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else _found(row)

    async def save(self, changed: Broadcast) -> Broadcast:
        statement = (
            update(broadcast)
            .where(broadcast.c.id == changed.id, broadcast.c.version == changed.version)
            .values(
                state=changed.state,
                version=changed.version + 1,
                text=changed.text,
                entities=[dict(entity) for entity in changed.entities],
                media=[[m.sha256, m.kind] for m in changed.media],
                album=changed.album,
                roles=changed.roles,
                regions=changed.regions,
                people=changed.people,
                started_at=changed.started_at,
                ended_at=changed.ended_at,
            )
        )
        if (await self._session.execute(statement)).rowcount != 1:
            raise BroadcastChanged
        return await self.get(changed.id)

    async def audience(self, circle: Circle) -> Audience:
        statement = select(person.c.reachable, func.count().label("people")).where(*_inside(circle))
        rows = await self._session.execute(statement.group_by(person.c.reachable))
        counts = {bool(row.reachable): row.people for row in rows}
        return Audience(counts.get(True, 0), counts.get(False, 0))

    async def enqueue(self, sending: Broadcast, circle: Circle, now: datetime) -> int:
        gone = person.c.reachable.is_(False)
        chosen = select(
            literal(KIND, String),
            person.c.id,
            literal(Guarantee.A.value, String),
            literal(int(Priority.BULK), Integer),
            literal(sending.subject, String),
            literal({"broadcast": sending.id}, JSON),
            literal(now, Moment),
            literal(f"{sending.subject}:", String).concat(person.c.id.cast(String)),
            literal(now, Moment),
            case((gone, NoticeStatus.FAILED.value), else_=NoticeStatus.WAITING.value),
            case((gone, UNREACHABLE), else_=""),
        ).where(*_inside(circle))
        columns = ["kind", "person_id", "guarantee", "priority", "subject", "params", "due_at", "dedup_key"]
        columns += ["next_try_at", "status", "last_error"]
        await self._session.execute(insert(outbox).from_select(columns, chosen.order_by(person.c.id)))
        return (await self.tally(sending)).left

    async def tally(self, of: Broadcast) -> Tally:
        gone = case((outbox.c.last_error == UNREACHABLE, 1), else_=0).cast(BigInteger)
        statement = (
            select(outbox.c.status, gone.label("gone"), func.count().label("people"))
            .where(outbox.c.kind == KIND, outbox.c.subject == of.subject)
            .group_by(outbox.c.status, gone)
        )
        counts = dict.fromkeys(("delivered", "left", "unreachable", "failed", "uncertain", "cancelled"), 0)
        for row in await self._session.execute(statement):
            counts[_standing(NoticeStatus(row.status), gone=bool(row.gone))] += row.people
        return Tally(**counts)

    async def missed(self, of: Broadcast, limit: int | None = None) -> list[Missed]:
        statement = (
            select(person.c.name, person.c.region, outbox.c.status, outbox.c.last_error)
            .join(person, person.c.id == outbox.c.person_id)
            .where(
                outbox.c.kind == KIND,
                outbox.c.subject == of.subject,
                outbox.c.status.in_([NoticeStatus.FAILED, NoticeStatus.UNCERTAIN]),
            )
            .order_by(person.c.name, person.c.id)
        )
        rows = await self._session.execute(statement if limit is None else statement.limit(limit))
        return [
            Missed(row.name, row.region, _standing(NoticeStatus(row.status), gone=row.last_error == UNREACHABLE))
            for row in rows
        ]


def _standing(status: NoticeStatus, *, gone: bool) -> str:
    """A field of `Tally`. Dropped: the person left before it was sent."""
    if status in _LEFT:
        return "left"
    if status is NoticeStatus.FAILED:
        return "unreachable" if gone else "failed"
    return {NoticeStatus.SENT: "delivered", NoticeStatus.UNCERTAIN: "uncertain"}.get(status, "cancelled")


def _inside(circle: Circle) -> list[ColumnElement[bool]]:
    """Active people with an account who hold such a role; nobody who has left or not agreed has a row that passes."""
    held = select(membership.c.person_id)
    if circle.roles:
        held = held.where(membership.c.role.in_(circle.roles))
    if circle.regions is not None:
        held = held.where(membership.c.region.in_(circle.regions))
    accounts = select(telegram_account.c.person_id).where(telegram_account.c.active)
    return [
        person.c.status == PersonStatus.ACTIVE,
        person.c.id != circle.author_id,
        person.c.id.in_(held),
        person.c.id.in_(accounts),
    ]
