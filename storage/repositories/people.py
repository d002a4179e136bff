"""People, accounts, roles, invites, requests."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, delete, func, insert, or_, select, update

from domain.consent import CONSENT
from domain.errors import NotFound
from domain.people import EVERYWHERE, ROLE_ORDER, Actor, Membership, Person, PersonStatus, Role
from domain.plan import AssignmentState
from domain.ports.people import AccessRequest, Invite, RoleCount, TeamMember
from storage.repositories.base import Repository
from storage.rows import as_
from storage.tables import access_request, assignment, invite, membership, person, telegram_account

_ACTORS = (
    select(
        person,
        telegram_account.c.telegram_id,
        telegram_account.c.username,
        membership.c.role,
        membership.c.region.label("scope"),
    )
    .join(telegram_account, and_(telegram_account.c.person_id == person.c.id, telegram_account.c.active))
    .join(membership, membership.c.person_id == person.c.id, isouter=True)
    .where(person.c.status == PersonStatus.ACTIVE)
    .order_by(person.c.id)
)

# Asked at every tap, so made once.
_BY_ACCOUNT = _ACTORS.where(telegram_account.c.telegram_id == bindparam("number"))
_BY_PERSON = _ACTORS.where(person.c.id == bindparam("number"))


def _actors(rows: Sequence[Row[Any]]) -> list[tuple[Actor, str]]:
    """One actor per person from one row per membership, with the username."""
    by_person: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_person[row.id].append(row)
    made = []
    for group in by_person.values():
        first = group[0]
        held = sorted(
            (Membership(row.role, row.scope) for row in group if row.role),
            key=lambda m: (ROLE_ORDER.index(m.role), m.region),
        )
        made.append((Actor(as_(Person, first), first.telegram_id, first.number, tuple(held)), first.username))
    return made


def _inside(regions: frozenset[str] | None) -> list[ColumnElement[bool]]:
    """Active people who live in one of `regions` or hold a role there."""
    active = [person.c.status == PersonStatus.ACTIVE]
    if regions is None or EVERYWHERE in regions:
        return active
    held = select(membership.c.person_id).where(membership.c.region.in_(regions))
    return [*active, or_(person.c.id.in_(held), person.c.region.in_(regions))]


class PeopleRepository(Repository):
    """See `domain.ports.people.People`."""

    async def find_actor(self, telegram_id: int) -> Actor | None:
        return await self._actor(_BY_ACCOUNT, telegram_id)

    async def find_actor_by_person(self, person_id: int) -> Actor | None:
        return await self._actor(_BY_PERSON, person_id)

    async def _actor(self, statement: Select[Any], number: int) -> Actor | None:
        found = _actors((await self._session.execute(statement, {"number": number})).all())
        return found[0][0] if found else None

    async def get(self, person_id: int) -> Person:
        row = (await self._session.execute(select(person).where(person.c.id == person_id))).one_or_none()
        if row is None:
            raise NotFound("person")
        return as_(Person, row)

    async def find_person(self, telegram_id: int) -> Person | None:
        statement = select(person).join(telegram_account, telegram_account.c.person_id == person.c.id)
        mine = statement.where(telegram_account.c.telegram_id == telegram_id)
        row = (await self._session.execute(mine)).one_or_none()
        return None if row is None else as_(Person, row)

    async def chat_of(self, person_id: int) -> int | None:
        statement = select(telegram_account.c.telegram_id).where(
            telegram_account.c.person_id == person_id, telegram_account.c.active
        )
        found: int | None = (await self._session.execute(statement)).scalar()
        return found

    async def add(
        self,
        *,
        telegram_id: int,
        username: str,
        name: str,
        language: str,
        zone: str,
        region: str,
        digest_at: time,
        quiet_from: time,
        quiet_to: time,
        now: datetime,
    ) -> Person:
        person_id = await self._new_id(
            insert(person).values(
                number=secrets.randbelow(2**53 - 1) + 1,
                name=name,
                language=language,
                zone=zone,
                region=region,
                status=PersonStatus.ACTIVE,
                digest_at=digest_at,
                quiet_from=quiet_from,
                quiet_to=quiet_to,
                consent_at=now,
                consent_version=CONSENT,
            )
        )
        await self._session.execute(
            insert(telegram_account).values(
                telegram_id=telegram_id, person_id=person_id, username=username, linked_at=now
            )
        )
        return await self.get(person_id)

    async def update(self, person_id: int, **changes: object) -> None:
        await self._session.execute(
            update(person).where(person.c.id == person_id).values(version=person.c.version + 1, **changes)
        )

    async def set_reachable(self, telegram_id: int, reachable: bool) -> Person | None:
        ids = select(telegram_account.c.person_id).where(
            telegram_account.c.telegram_id == telegram_id, telegram_account.c.active
        )
        row = (
            await self._session.execute(select(person).where(person.c.id.in_(ids), person.c.reachable != reachable))
        ).one_or_none()
        if row is None:
            return None
        await self._session.execute(update(person).where(person.c.id == row.id).values(reachable=reachable))
        return as_(Person, row, reachable=reachable)

    async def add_membership(
        self,
        person_id: int,
        role: Role,
        region: str,
        granted_by: int | None,
        now: datetime,
        *,
        invite_id: int | None = None,
    ) -> bool:
        statement = self._insert(membership).values(
            person_id=person_id, role=role, region=region, granted_by=granted_by, granted_at=now, invite_id=invite_id
        )
        return (await self._session.execute(statement.on_conflict_do_nothing())).rowcount == 1

    async def remove_memberships(self, person_id: int) -> None:
        await self._session.execute(delete(membership).where(membership.c.person_id == person_id))

    async def holders(self, roles: frozenset[Role], region: str, *, exactly: bool = False) -> list[Actor]:
        scopes = [region] if exactly or region == EVERYWHERE else [region, EVERYWHERE]
        wanted = select(membership.c.person_id).where(membership.c.role.in_(roles), membership.c.region.in_(scopes))
        rows = (await self._session.execute(_ACTORS.where(person.c.id.in_(wanted)))).all()
        return [actor for actor, _ in _actors(rows)]

    async def team(self, regions: frozenset[str] | None = None) -> list[TeamMember]:
        return await self._members(_ACTORS.where(*_inside(regions)))

    async def team_page(self, regions: frozenset[str] | None, offset: int, limit: int) -> list[TeamMember]:
        statement = select(person.c.id).where(*_inside(regions))
        order = statement.order_by(person.c.reachable, person.c.name, person.c.id)
        ids = list((await self._session.execute(order.offset(offset).limit(limit))).scalars())
        found = await self._members(_ACTORS.where(person.c.id.in_(ids)))
        return sorted(found, key=lambda member: ids.index(member.person.id))

    async def find_member(self, person_id: int) -> TeamMember | None:
        found = await self._members(_ACTORS.where(person.c.id == person_id))
        return found[0] if found else None

    async def count_team(self, regions: frozenset[str] | None = None) -> tuple[int, int]:
        statement = (
            select(person.c.reachable, func.count().label("people"))
            .where(*_inside(regions))
            .group_by(person.c.reachable)
        )
        counts = {row.reachable: row.people for row in await self._session.execute(statement)}
        return sum(counts.values()), counts.get(False, 0)

    async def count_roles(self, regions: frozenset[str] | None = None) -> list[RoleCount]:
        statement = (
            select(membership.c.role, membership.c.region, func.count().label("people"))
            .join(person, person.c.id == membership.c.person_id)
            .where(person.c.status == PersonStatus.ACTIVE)
            .group_by(membership.c.role, membership.c.region)
        )
        if regions is not None and EVERYWHERE not in regions:
            statement = statement.where(membership.c.region.in_(regions))
        return [as_(RoleCount, row) for row in await self._session.execute(statement)]

    async def next_posting(self, person_id: int, now: datetime) -> datetime | None:
        statement = select(func.min(assignment.c.at)).where(
            assignment.c.person_id == person_id,
            assignment.c.state == AssignmentState.ASSIGNED,
            assignment.c.at >= now,
        )
        found: datetime | None = (await self._session.execute(statement)).scalar()
        return found

    async def _members(self, statement: Select[Any]) -> list[TeamMember]:
        return [
            TeamMember(actor.person, username, actor.memberships)
            for actor, username in _actors((await self._session.execute(statement)).all())
        ]

    async def names(self, ids: Sequence[int]) -> dict[int, str]:
        rows = await self._session.execute(select(person.c.id, person.c.name).where(person.c.id.in_(ids)))
        return {row.id: row.name for row in rows}

    async def add_invite(
        self,
        *,
        token_hash: str,
        role: Role,
        region: str,
        created_by: int | None,
        now: datetime,
        expires_at: datetime,
        max_uses: int,
        shared: bool = False,
        order_id: int | None = None,
    ) -> int:
        values = {
            "token_hash": token_hash,
            "role": role,
            "region": region,
            "created_by": created_by,
            "expires_at": expires_at,
            "max_uses": max_uses,
            "shared": shared,
            "order_id": order_id,
        }
        return await self._new_id(insert(invite).values(created_at=now, **values))

    async def get_invite(self, invite_id: int) -> Invite:
        row = (await self._session.execute(select(invite).where(invite.c.id == invite_id))).one_or_none()
        if row is None:
            raise NotFound("invite")
        return as_(Invite, row)

    async def find_invite(self, token_hash: str) -> Invite | None:
        row = (await self._session.execute(select(invite).where(invite.c.token_hash == token_hash))).one_or_none()
        return None if row is None else as_(Invite, row)

    async def use_invite(self, invite_id: int) -> bool:
        statement = (
            update(invite)
            .where(invite.c.id == invite_id, invite.c.uses < invite.c.max_uses)
            .values(uses=invite.c.uses + 1)
        )
        return (await self._session.execute(statement)).rowcount == 1

    async def open_invites(self, now: datetime) -> list[Invite]:
        statement = select(invite).where(
            invite.c.expires_at > now, invite.c.revoked_at.is_(None), invite.c.uses < invite.c.max_uses
        )
        return [as_(Invite, row) for row in await self._session.execute(statement.order_by(invite.c.id.desc()))]

    async def revoke_invite(self, invite_id: int, now: datetime) -> bool:
        statement = update(invite).where(invite.c.id == invite_id, invite.c.revoked_at.is_(None)).values(revoked_at=now)
        return (await self._session.execute(statement)).rowcount == 1

    async def add_request(
        self, *, telegram_id: int, name: str, username: str, language: str, region: str, now: datetime
    ) -> int | None:
        values = {
            **self._unused(access_request, now),
            "telegram_id": telegram_id,
            "name": name,
            "username": username,
            "language": language,
            "region": region,
        }
        statement = (
            self._insert(access_request).values(state="open", requested_at=now, **values).on_conflict_do_nothing()
        )
        row = (await self._session.execute(statement.returning(access_request.c.id))).one_or_none()
        return None if row is None else int(row.id)

    async def find_request(self, request_id: int) -> AccessRequest | None:
        row = (
            await self._session.execute(select(access_request).where(access_request.c.id == request_id))
        ).one_or_none()
        return None if row is None else as_(AccessRequest, row)

    async def requests_of(self, telegram_id: int) -> list[AccessRequest]:
        mine = select(access_request).where(access_request.c.telegram_id == telegram_id)
        return [as_(AccessRequest, row) for row in await self._session.execute(mine.order_by(access_request.c.id))]

    async def open_requests(self, regions: frozenset[str] | None = None) -> list[AccessRequest]:
        statement = select(access_request).where(access_request.c.state == "open").order_by(access_request.c.id)
        if regions is not None and EVERYWHERE not in regions:
            statement = statement.where(access_request.c.region.in_(regions))
        return [as_(AccessRequest, row) for row in await self._session.execute(statement)]

    async def delete_request(self, request_id: int) -> None:
        await self._session.execute(delete(access_request).where(access_request.c.id == request_id))

    async def decide_request(self, request_id: int, state: str, by: int, now: datetime) -> bool:
        statement = update(access_request).where(access_request.c.id == request_id, access_request.c.state == "open")
        return (await self._session.execute(statement.values(state=state, decided_by=by, decided_at=now))).rowcount == 1
