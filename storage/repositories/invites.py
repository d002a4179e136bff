"""Many invites at once, shared links and who waits behind them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from domain.errors import NotFound
from domain.invites import Arrival, Entry, EntryState, InviteOrder, OrderState
from domain.people import PersonStatus, Role
from domain.ports.invites import NewLink
from domain.ports.people import Invite
from storage.many import among
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import invite, invite_entry, invite_order, membership, person


class InviteRepository(Repository):
    """See `domain.ports.invites.Invites`."""

    # -- orders ------------------------------------------------------------------------------------------------------

    async def add_order(
        self,
        *,
        person_id: int | None,
        name: str,
        digest: str,
        role: Role | None,
        region: str,
        number: int,
        state: OrderState,
        at: datetime,
    ) -> InviteOrder:
        values: dict[str, Any] = {
            "version": 1,
            "person_id": person_id,
            "name": name,
            "digest": digest,
            "role": role,
            "region": region,
            "number": number,
            "state": state,
            "at": at,
            "decided_at": None if state is OrderState.WAITING else at,
        }
        return InviteOrder(id=await self._new_id(insert(invite_order).values(values)), **values)

    async def get_order(self, order_id: int) -> InviteOrder:
        found = await self.orders([order_id])
        if not found:
            raise NotFound("order")
        return found[order_id]

    async def orders(self, ids: Sequence[int]) -> dict[int, InviteOrder]:
        if not ids:
            return {}
        rows = await self._session.execute(select(invite_order).where(invite_order.c.id.in_(list(ids))))
        return {order.id: order for order in all_(InviteOrder, rows)}

    async def decide_order(self, order: InviteOrder, state: OrderState, now: datetime) -> InviteOrder | None:
        statement = (
            update(invite_order)
            .where(
                invite_order.c.id == order.id,
                invite_order.c.version == order.version,
                invite_order.c.state == OrderState.WAITING,
            )
            .values(state=state, decided_at=now, version=order.version + 1)
            .returning(invite_order)
        )
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(InviteOrder, row)

    # -- links -------------------------------------------------------------------------------------------------------

    async def add_links(
        self, links: Sequence[NewLink], order_id: int, created_by: int | None, now: datetime, expires_at: datetime
    ) -> None:
        same = {"order_id": order_id, "created_by": created_by, "created_at": now, "expires_at": expires_at}
        rows = [{"token_hash": link.token_hash, "role": link.role, "region": link.region, **same} for link in links]
        if rows:
            await self._session.execute(insert(invite), rows)

    async def of_order(self, order_id: int) -> list[Invite]:
        rows = await self._session.execute(select(invite).where(invite.c.order_id == order_id).order_by(invite.c.id))
        return all_(Invite, rows)

    async def revoke_order(self, order_id: int, now: datetime) -> int:
        unused = (invite.c.order_id == order_id, invite.c.revoked_at.is_(None), invite.c.uses < invite.c.max_uses)
        return (await self._session.execute(update(invite).where(*unused).values(revoked_at=now))).rowcount

    async def over(self, now: datetime, since: datetime) -> list[Invite]:
        ended = invite.c.revoked_at.is_not(None) | (invite.c.expires_at <= now) | (invite.c.uses >= invite.c.max_uses)
        statement = select(invite).where(invite.c.created_at >= since, invite.c.uses > 0, ended)
        return all_(Invite, await self._session.execute(statement.order_by(invite.c.id.desc())))

    async def give_back(self, invite_id: int) -> None:
        used = update(invite).where(invite.c.id == invite_id, invite.c.uses > 0)
        await self._session.execute(used.values(uses=invite.c.uses - 1))

    async def arrivals(self, invite_ids: Sequence[int]) -> list[Arrival]:
        statement = (
            select(
                membership.c.person_id,
                person.c.name,
                membership.c.role,
                membership.c.region,
                membership.c.granted_at.label("at"),
            )
            .join(person, person.c.id == membership.c.person_id)
            .where(
                among(self._session.dialect, membership.c.invite_id, invite_ids),
                person.c.status != PersonStatus.LEFT,
            )
            .order_by(membership.c.granted_at.desc(), membership.c.id.desc())
        )
        return all_(Arrival, await self._session.execute(statement))

    # -- entries -----------------------------------------------------------------------------------------------------

    async def add_entry(
        self,
        *,
        invite_id: int,
        telegram_id: int,
        name: str,
        username: str,
        language: str,
        consent_version: int,
        now: datetime,
    ) -> int | None:
        values = {
            **self._unused(invite_entry, now),
            "invite_id": invite_id,
            "telegram_id": telegram_id,
            "name": name,
            "username": username,
            "language": language,
            "state": EntryState.WAITING,
            "asked_at": now,
            "consent_version": consent_version,
        }
        added = self._insert(invite_entry).values(values).on_conflict_do_nothing()
        row = (await self._session.execute(added.returning(invite_entry.c.id))).one_or_none()
        return None if row is None else int(row.id)

    async def find_entry(self, entry_id: int) -> Entry | None:
        row = (await self._session.execute(select(invite_entry).where(invite_entry.c.id == entry_id))).one_or_none()
        return None if row is None else as_(Entry, row)

    async def entry_of(self, invite_id: int, telegram_id: int) -> Entry | None:
        mine = (invite_entry.c.invite_id == invite_id, invite_entry.c.telegram_id == telegram_id)
        row = (await self._session.execute(select(invite_entry).where(*mine))).one_or_none()
        return None if row is None else as_(Entry, row)

    async def of_account(self, telegram_id: int) -> list[Entry]:
        mine = select(invite_entry).where(invite_entry.c.telegram_id == telegram_id)
        return all_(Entry, await self._session.execute(mine.order_by(invite_entry.c.id)))

    async def waiting(self, invite_id: int) -> list[Entry]:
        statement = select(invite_entry).where(
            invite_entry.c.invite_id == invite_id, invite_entry.c.state == EntryState.WAITING
        )
        return all_(Entry, await self._session.execute(statement.order_by(invite_entry.c.id)))

    async def let_in(self, entry_id: int, person_id: int, by: int, now: datetime) -> None:
        gone = {"telegram_id": None, "name": "", "username": ""}
        await self._decide(entry_id, state=EntryState.IN, person_id=person_id, decided_by=by, decided_at=now, **gone)

    async def refuse(self, entry_id: int, by: int, now: datetime) -> None:
        gone = {"name": "", "username": ""}
        await self._decide(entry_id, state=EntryState.REFUSED, decided_by=by, decided_at=now, **gone)

    async def _decide(self, entry_id: int, **values: object) -> None:
        await self._session.execute(update(invite_entry).where(invite_entry.c.id == entry_id).values(values))

    async def delete_entry(self, entry_id: int) -> None:
        await self._session.execute(delete(invite_entry).where(invite_entry.c.id == entry_id))
