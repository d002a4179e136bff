"""Lists of people for those who lead them, in few statements."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, or_, select

from domain.people import EVERYWHERE, ROLE_ORDER, Membership, Person, PersonStatus
from domain.plan import AssignmentState
from domain.ports.people import TeamMember
from domain.ports.team import Busy, Scope
from domain.team import Span
from storage.repositories.base import Repository
from storage.rows import as_
from storage.tables import assignment, membership, person, person_note, slot, telegram_account

_HERE = (PersonStatus.ACTIVE, PersonStatus.SUSPENDED)
_BY_NAME = (person.c.name, person.c.id)


def _inside(regions: Scope) -> ColumnElement[bool] | None:
    if regions is None or EVERYWHERE in regions:
        return None
    held = select(membership.c.person_id).where(membership.c.region.in_(regions))
    return or_(person.c.id.in_(held), person.c.region.in_(regions))


def _scoped(statement: Select[Any], regions: Scope) -> Select[Any]:
    condition = _inside(regions)
    return statement if condition is None else statement.where(condition)


class TeamRepository(Repository):
    """See `domain.ports.team.TeamReads`."""

    async def names(self, regions: Scope) -> list[tuple[int, str]]:
        statement = _scoped(select(person.c.id, person.c.name).where(person.c.status.in_(_HERE)), regions)
        return [(row.id, row.name) for row in await self._session.execute(statement.order_by(*_BY_NAME))]

    async def unreachable(self, regions: Scope) -> list[int]:
        return await self._ids(and_(person.c.status == PersonStatus.ACTIVE, person.c.reachable.is_(False)), regions)

    async def suspended(self, regions: Scope) -> list[int]:
        return await self._ids(person.c.status == PersonStatus.SUSPENDED, regions)

    async def inside(self, people: Collection[int], regions: Scope) -> list[int]:
        if not people:
            return []
        return await self._ids(and_(person.c.status == PersonStatus.ACTIVE, person.c.id.in_(list(people))), regions)

    async def _ids(self, condition: ColumnElement[bool], regions: Scope) -> list[int]:
        statement = _scoped(select(person.c.id).where(condition), regions).order_by(*_BY_NAME)
        return list((await self._session.execute(statement)).scalars())

    async def busy(self, regions: Scope, now: datetime, span: Span) -> list[Busy]:
        active = self._counts(now, span).where(person.c.status == PersonStatus.ACTIVE)
        return await self._busy(_scoped(active, regions), span)

    async def busy_one(self, person_id: int, now: datetime, span: Span) -> Busy:
        found = await self._busy(self._counts(now, span).where(person.c.id == person_id), span)
        return found[0] if found else Busy(person_id, 0, 0)

    def _counts(self, now: datetime, span: Span) -> Select[Any]:
        """Rows that may count; which of the posted ones were late is told apart below, since engines subtract times differently."""
        ahead = and_(assignment.c.state == AssignmentState.ASSIGNED, assignment.c.at >= now)
        missed = assignment.c.state == AssignmentState.MISSED
        posted = and_(assignment.c.state == AssignmentState.POSTED, slot.c.posted_at > slot.c.at, slot.c.at < now)
        return (
            select(
                person.c.id,
                case((ahead, 1), else_=0).label("ahead"),
                case((missed, 1), else_=0).label("missed"),
                slot.c.at,
                slot.c.posted_at,
            )
            .join(assignment, assignment.c.person_id == person.c.id)
            .join(slot, slot.c.id == assignment.c.slot_id)
            .where(assignment.c.at >= span.since, assignment.c.at < span.until, or_(ahead, missed, posted))
            .order_by(*_BY_NAME)
        )

    async def _busy(self, statement: Select[Any], span: Span) -> list[Busy]:
        counts: dict[int, list[int]] = {}
        for row in await self._session.execute(statement):
            found = counts.setdefault(row.id, [0, 0])
            late = row.posted_at is not None and (row.posted_at - row.at).total_seconds() > span.on_time
            found[0] += row.ahead
            found[1] += int(bool(row.missed) or (late and not row.ahead))
        return [Busy(number, ahead, late) for number, (ahead, late) in counts.items()]

    async def members(self, ids: Sequence[int]) -> list[TeamMember]:
        statement = (
            select(person, telegram_account.c.username, membership.c.role, membership.c.region.label("scope"))
            .join(
                telegram_account,
                and_(telegram_account.c.person_id == person.c.id, telegram_account.c.active),
                isouter=True,
            )
            .join(membership, membership.c.person_id == person.c.id, isouter=True)
            .where(person.c.id.in_(list(ids)))
        )
        found: dict[int, tuple[Person, str, list[Membership]]] = {}
        for row in await self._session.execute(statement):
            one = found.setdefault(row.id, (as_(Person, row), row.username or "", []))
            if row.role:
                one[2].append(Membership(row.role, row.scope))
        return [_member(*found[number]) for number in ids if number in found]

    async def note(self, person_id: int, author_id: int) -> str:
        mine = (person_note.c.person_id == person_id, person_note.c.author_id == author_id)
        return (await self._session.execute(select(person_note.c.text).where(*mine))).scalar() or ""

    async def set_note(self, person_id: int, author_id: int, text: str, now: datetime) -> None:
        mine = (person_note.c.person_id == person_id, person_note.c.author_id == author_id)
        await self._session.execute(delete(person_note).where(*mine))
        if text:
            row = {"person_id": person_id, "author_id": author_id, "text": text, "at": now}
            await self._session.execute(self._insert(person_note).values(**row))

    async def forget_notes(self, person_id: int) -> None:
        await self._session.execute(delete(person_note).where(person_note.c.person_id == person_id))


def _member(one: Person, username: str, held: list[Membership]) -> TeamMember:
    in_order = sorted(held, key=lambda m: (ROLE_ORDER.index(m.role), m.region))
    return TeamMember(one, username, tuple(in_order))
