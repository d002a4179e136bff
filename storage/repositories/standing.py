"""What is decided about people: access, accounts, a second yes, and what moves to a successor."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update

from domain.account_move import AccountMove, MoveState
from domain.broadcasts import BroadcastState
from domain.drafts import OPEN_STATES, Draft
from domain.errors import NotFound
from domain.people import Person, PersonStatus, Role
from domain.ports.team import Closed
from domain.team import Suspension
from domain.two_people import Kind, Wish, WishState
from storage.repositories.base import Repository
from storage.repositories.draft_rows import DRAFTS, drafts_of
from storage.rows import as_
from storage.tables import (
    account_move,
    broadcast,
    card_copy,
    decision,
    draft,
    membership,
    page_poster,
    person,
    second_yes,
    suspension,
    telegram_account,
)


class StandingRepository(Repository):
    """See `domain.ports.team.Standing`."""

    # -- access ------------------------------------------------------------------------------------------------------

    async def closed(self, telegram_id: int) -> Closed | None:
        statement = (
            select(person, telegram_account.c.active)
            .join(telegram_account, telegram_account.c.person_id == person.c.id)
            .where(telegram_account.c.telegram_id == telegram_id, person.c.status != PersonStatus.LEFT)
        )
        row = (await self._session.execute(statement)).one_or_none()
        if row is None or (row.active and row.status is PersonStatus.ACTIVE):
            return None
        return Closed(as_(Person, row), not row.active)

    async def suspend(self, person_id: int, by: int | None, successor: int | None, now: datetime) -> bool:
        active = update(person).where(person.c.id == person_id, person.c.status == PersonStatus.ACTIVE)
        values = {"status": PersonStatus.SUSPENDED, "version": person.c.version + 1}
        if (await self._session.execute(active.values(**values))).rowcount != 1:
            return False
        row = {"person_id": person_id, "by_id": by, "at": now, "successor_id": successor}
        await self._session.execute(insert(suspension).values(**row))
        return True

    async def suspension(self, person_id: int) -> Suspension | None:
        holds = (suspension.c.person_id == person_id, suspension.c.lifted_at.is_(None))
        row = (await self._session.execute(select(suspension).where(*holds))).one_or_none()
        return None if row is None else as_(Suspension, row)

    async def lift(self, person_id: int, by: int, now: datetime) -> bool:
        closed = update(person).where(person.c.id == person_id, person.c.status == PersonStatus.SUSPENDED)
        values = {"status": PersonStatus.ACTIVE, "version": person.c.version + 1}
        if (await self._session.execute(closed.values(**values))).rowcount != 1:
            return False
        holds = (suspension.c.person_id == person_id, suspension.c.lifted_at.is_(None))
        await self._session.execute(update(suspension).where(*holds).values(lifted_by=by, lifted_at=now))
        return True

    async def owners(self) -> int:
        statement = (
            select(func.count(func.distinct(membership.c.person_id)))
            .join(person, person.c.id == membership.c.person_id)
            .where(membership.c.role == Role.OWNER, person.c.status == PersonStatus.ACTIVE)
        )
        return int((await self._session.execute(statement)).scalar() or 0)

    async def remove_role(self, person_id: int, role: Role, region: str) -> bool:
        one = (membership.c.person_id == person_id, membership.c.role == role, membership.c.region == region)
        return (await self._session.execute(delete(membership).where(*one))).rowcount == 1

    async def live_copies(self, person_id: int) -> list[int]:
        statement = (
            select(card_copy.c.id)
            .join(telegram_account, telegram_account.c.telegram_id == card_copy.c.chat_id)
            .where(card_copy.c.person_id == person_id, telegram_account.c.person_id == person_id)
        )
        return list((await self._session.execute(statement.order_by(card_copy.c.id))).scalars())

    async def sending(self, person_id: int) -> list[int]:
        mine = (broadcast.c.author_id == person_id, broadcast.c.state == BroadcastState.SENDING)
        return list(
            (await self._session.execute(select(broadcast.c.id).where(*mine).order_by(broadcast.c.id))).scalars()
        )

    # -- what somebody has -------------------------------------------------------------------------------------------

    async def open_drafts(self, person_id: int) -> list[Draft]:
        mine = select(draft.c.id).where(draft.c.author_id == person_id, draft.c.state.in_(OPEN_STATES))
        found = drafts_of((await self._session.execute(DRAFTS.where(draft.c.id.in_(mine)))).all())
        return sorted(found, key=lambda one: one.id)

    async def decided_on(self, person_id: int, drafts: Collection[int]) -> frozenset[int]:
        statement = (
            select(decision.c.draft_id)
            .join(draft, and_(draft.c.id == decision.c.draft_id, draft.c.version == decision.c.version))
            .where(decision.c.approver_id == person_id, decision.c.draft_id.in_(list(drafts)))
        )
        return frozenset((await self._session.execute(statement)).scalars())

    async def set_author(self, draft_id: int, person_id: int, seen: int) -> bool:
        # The message whose later edit changed the text is somebody else's now.
        values = {"author_id": person_id, "message_id": None, "album": ""}
        mine = update(draft).where(draft.c.id == draft_id, draft.c.author_id == seen, draft.c.state.in_(OPEN_STATES))
        return (await self._session.execute(mine.values(**values))).rowcount == 1

    async def poster_of(self, person_id: int) -> list[str]:
        statement = select(page_poster.c.page).where(page_poster.c.person_id == person_id).order_by(page_poster.c.page)
        return list((await self._session.execute(statement)).scalars())

    # -- accounts ----------------------------------------------------------------------------------------------------

    async def add_move(
        self, person_id: int, code_hash: str, by: int, now: datetime, expires_at: datetime
    ) -> AccountMove:
        waiting = (MoveState.OPEN, MoveState.CLAIMED)
        before = update(account_move).where(account_move.c.person_id == person_id, account_move.c.state.in_(waiting))
        await self._session.execute(before.values(state=MoveState.DECLINED, decided_by=by, decided_at=now))
        values = {"person_id": person_id, "code_hash": code_hash, "by_id": by, "at": now, "expires_at": expires_at}
        values |= self._unused(account_move, now)
        return await self.get_move(await self._new_id(insert(account_move).values(state=MoveState.OPEN, **values)))

    async def find_move(self, code_hash: str) -> AccountMove | None:
        row = (
            await self._session.execute(select(account_move).where(account_move.c.code_hash == code_hash))
        ).one_or_none()
        return None if row is None else as_(AccountMove, row)

    async def get_move(self, move_id: int) -> AccountMove:
        row = (await self._session.execute(select(account_move).where(account_move.c.id == move_id))).one_or_none()
        if row is None:
            raise NotFound("account move")
        return as_(AccountMove, row)

    async def open_move(self, person_id: int, now: datetime) -> AccountMove | None:
        waiting = account_move.c.state.in_((MoveState.OPEN, MoveState.CLAIMED))
        statement = select(account_move).where(
            account_move.c.person_id == person_id, waiting, account_move.c.expires_at > now
        )
        row = (await self._session.execute(statement.order_by(account_move.c.id.desc()).limit(1))).one_or_none()
        return None if row is None else as_(AccountMove, row)

    async def claim_move(self, move_id: int, telegram_id: int, name: str, username: str, expires_at: datetime) -> bool:
        values = {"telegram_id": telegram_id, "name": name, "username": username, "expires_at": expires_at}
        waiting = update(account_move).where(account_move.c.id == move_id, account_move.c.state == MoveState.OPEN)
        return (await self._session.execute(waiting.values(state=MoveState.CLAIMED, **values))).rowcount == 1

    async def claimed_until(self, telegram_id: int) -> datetime | None:
        mine = (account_move.c.telegram_id == telegram_id, account_move.c.state == MoveState.CLAIMED)
        return (await self._session.execute(select(func.max(account_move.c.expires_at)).where(*mine))).scalar()

    async def decide_move(self, move_id: int, seen: MoveState, state: MoveState, by: int, now: datetime) -> bool:
        waiting = update(account_move).where(account_move.c.id == move_id, account_move.c.state == seen)
        # Whose account it is now stands with the accounts, and of a refused one nothing is kept.
        values: dict[str, Any] = {"state": state, "decided_by": by, "decided_at": now}
        values |= {"telegram_id": None, "name": "", "username": ""}
        return (await self._session.execute(waiting.values(**values))).rowcount == 1

    async def owner_of_account(self, telegram_id: int) -> int | None:
        statement = select(telegram_account.c.person_id).where(telegram_account.c.telegram_id == telegram_id)
        return (await self._session.execute(statement)).scalar_one_or_none()

    async def link_account(self, person_id: int, telegram_id: int, username: str, now: datetime) -> None:
        mine = telegram_account.c.person_id == person_id
        await self._session.execute(update(telegram_account).where(mine).values(active=False))
        row = {"person_id": person_id, "username": username, "linked_at": now, "active": True}
        new = self._insert(telegram_account).values(telegram_id=telegram_id, **row)
        await self._session.execute(new.on_conflict_do_update(index_elements=["telegram_id"], set_=row, where=mine))

    # -- a second yes ------------------------------------------------------------------------------------------------

    async def add_wish(
        self,
        kind: Kind,
        person_id: int,
        by: int | None,
        *,
        role: Role | None,
        region: str,
        successor_id: int | None,
        now: datetime,
        expires_at: datetime,
    ) -> Wish:
        values = {"role": role, "region": region, "successor_id": successor_id, "at": now, "expires_at": expires_at}
        row = insert(second_yes).values(kind=kind, person_id=person_id, by_id=by, state=WishState.OPEN, **values)
        return await self.get_wish(await self._new_id(row))

    async def get_wish(self, wish_id: int) -> Wish:
        row = (await self._session.execute(select(second_yes).where(second_yes.c.id == wish_id))).one_or_none()
        if row is None:
            raise NotFound("proposal")
        return as_(Wish, row)

    async def open_wish(self, kind: Kind, person_id: int, now: datetime) -> Wish | None:
        statement = select(second_yes).where(
            second_yes.c.kind == kind,
            second_yes.c.person_id == person_id,
            second_yes.c.state == WishState.OPEN,
            second_yes.c.expires_at > now,
        )
        row = (await self._session.execute(statement.order_by(second_yes.c.id.desc()).limit(1))).one_or_none()
        return None if row is None else as_(Wish, row)

    async def decide_wish(self, wish_id: int, state: WishState, by: int, now: datetime) -> bool:
        waiting = update(second_yes).where(second_yes.c.id == wish_id, second_yes.c.state == WishState.OPEN)
        return (await self._session.execute(waiting.values(state=state, decided_by=by, decided_at=now))).rowcount == 1

    async def accounts(self, people: Collection[int]) -> Mapping[int, int]:
        statement = select(telegram_account.c.person_id, telegram_account.c.telegram_id).where(
            telegram_account.c.person_id.in_(list(people)), telegram_account.c.active
        )
        return {row.person_id: row.telegram_id for row in await self._session.execute(statement)}
