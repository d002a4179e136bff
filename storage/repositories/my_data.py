"""All of one person's own data, from the inventory in `storage.personal`, and nothing of anybody else."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, or_, select

from domain.people import ROLE_ORDER, Role
from domain.privacy import Part, Value, Who
from storage.personal import ADDRESSED, ONLY, VIA, WORDS, people_in, shown_columns, shown_tables
from storage.repositories.base import Repository
from storage.tables import access_request, journal, journal_payload, membership, metadata, person, telegram_account

_REQUEST = ("name", "username", "telegram_id", "language", "region", "state", "requested_at", "decided_at")


class MyDataRepository(Repository):
    """See `domain.ports.privacy.MyData`."""

    async def parts(self, person_id: int) -> tuple[Part, ...]:
        """Table by table; tables without a row of theirs are left out."""
        found = {table: await self._rows(table, person_id) for table in shown_tables()}
        others = {
            row._mapping[column]  # noqa: SLF001 - SQLAlchemy's documented mapping view of a row
            for table, rows in found.items()
            for row in rows
            for column in people_in(table)
        }
        roles = await self._roles(others - {None, person_id})
        parts = [
            Part(table.name, tuple(_told(table, row, person_id, roles) for row in rows))
            for table, rows in found.items()
            if rows
        ]
        more = (await self._requests(person_id), await self._journal(person_id))
        return (*parts, *(part for part in more if part.rows))

    async def _rows(self, table: Table, person_id: int) -> list[Row[Any]]:
        theirs: list[ColumnElement[bool]] = [
            table.c[name] == person_id for name in ONLY.get(table.name, people_in(table))
        ]
        if table.name in VIA:
            column, parent, owner = VIA[table.name]
            above = metadata.tables[parent]
            theirs.append(table.c[column].in_(select(above.c.id).where(above.c[owner] == person_id)))
        return list(
            (await self._session.execute(select(table).where(or_(*theirs)).order_by(*table.primary_key.columns))).all()
        )

    async def _roles(self, people: Iterable[Any]) -> Mapping[int, Role]:
        rows = await self._session.execute(
            select(membership.c.person_id, membership.c.role).where(membership.c.person_id.in_(sorted(people)))
        )
        held: dict[int, Role] = {}
        for row in sorted(rows, key=lambda row: -ROLE_ORDER.index(row.role)):
            held[row.person_id] = row.role
        return held

    async def _requests(self, person_id: int) -> Part:
        """What they asked for before they joined is known by their account alone."""
        accounts = select(telegram_account.c.telegram_id).where(telegram_account.c.person_id == person_id)
        rows = await self._session.execute(
            select(*(access_request.c[name] for name in _REQUEST)).where(access_request.c.telegram_id.in_(accounts))
        )
        return Part("access_request", tuple(dict(row._mapping) for row in rows))  # noqa: SLF001 - as above

    async def _journal(self, person_id: int) -> Part:
        """What they did, with its details, and what was done about them."""
        number = (await self._session.execute(select(person.c.number).where(person.c.id == person_id))).scalar()
        rows = await self._session.execute(
            select(journal.c.at, journal.c.actor, journal.c.action, journal.c.object, journal_payload.c.payload)
            .join(journal_payload, journal_payload.c.seq == journal.c.seq, isouter=True)
            .where(or_(journal.c.actor == number, journal.c.object == f"person:{person_id}"))
            .order_by(journal.c.seq)
        )
        return Part("journal", tuple(_entry(row, mine=row.actor == number) for row in rows))


def _entry(row: Row[Any], *, mine: bool) -> Mapping[str, Value]:
    told: dict[str, Value] = {"at": row.at, "by": Who(mine), "action": row.action, "object": row.object}
    return told | ({"details": row.payload} if mine and row.payload else {})


def _told(table: Table, row: Row[Any], person_id: int, roles: Mapping[int, Role]) -> Mapping[str, Value]:
    """A row as its person may see it: others by their role, words of others not at all."""
    found = dict(row._mapping)  # noqa: SLF001 - as above
    told: dict[str, Value] = {}
    for name in shown_columns(table):
        value = found[name]
        if name in people_in(table):
            told[name] = None if value is None else Who(value == person_id, roles.get(value))
        elif _may_see(f"{table.name}.{name}", found, person_id):
            told[name] = value
    return told


def _may_see(name: str, row: Mapping[str, Any], person_id: int) -> bool:
    words = WORDS.get(name)
    if words is None or words.by in {"", "draft", "master"} or name in ADDRESSED:
        return True
    return bool(row[words.by] == person_id)
