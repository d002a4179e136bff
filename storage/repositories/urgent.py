"""Urgent calls and who is asked."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, or_, select, true, update

from domain.drafts import DraftState
from domain.errors import NotFound
from domain.people import EVERYWHERE
from domain.plan import AssignmentState, SlotState
from domain.ports.urgent import ApprovedText, NamedAsk, RunningCall
from domain.urgent import UNANSWERED, AskState, CallState, UrgentAsk, UrgentCall, UrgentChanged
from storage.repositories.base import Repository
from storage.repositories.recalls import DECLARED
from storage.rows import all_, as_
from storage.tables import assignment, content, draft, draft_page, person, slot, urgent_ask, urgent_call

_TEXT = and_(content.c.draft_id == draft.c.id, content.c.version == draft.c.version)


def _in(regions: Collection[str]) -> ColumnElement[bool]:
    return true() if EVERYWHERE in regions else draft.c.region.in_(sorted(regions))


class UrgentRepository(Repository):
    """See `domain.ports.urgent.Urgent`."""

    async def add(
        self, *, draft_id: int, draft_version: int, started_by: int, pages: Iterable[str], minutes: int, now: datetime
    ) -> UrgentCall:
        values: dict[str, Any] = {"draft_id": draft_id, "draft_version": draft_version, "started_by": started_by}
        values |= {"state": CallState.PREPARING, "pages": tuple(pages), "minutes": minutes, "over": ()}
        return await self.get(await self._new_id(insert(urgent_call).values(**values, created_at=now)))

    async def get(self, call_id: int) -> UrgentCall:
        row = (await self._session.execute(select(urgent_call).where(urgent_call.c.id == call_id))).one_or_none()
        if row is None:
            raise NotFound("urgent")
        return as_(UrgentCall, row)

    async def find_preparing(self, person_id: int, draft_id: int, version: int) -> UrgentCall | None:
        statement = select(urgent_call).where(
            urgent_call.c.started_by == person_id,
            urgent_call.c.draft_id == draft_id,
            urgent_call.c.draft_version == version,
            urgent_call.c.state == CallState.PREPARING,
        )
        rows = await self._session.execute(statement.order_by(urgent_call.c.id.desc()).limit(1))
        row = rows.one_or_none()
        return None if row is None else as_(UrgentCall, row)

    async def save(self, call: UrgentCall) -> UrgentCall:
        names = ("state", "pages", "minutes", "over", "why", "note", "started_at")
        values = {name: getattr(call, name) for name in names}
        statement = update(urgent_call).where(urgent_call.c.id == call.id, urgent_call.c.version == call.version)
        if (await self._session.execute(statement.values(version=call.version + 1, **values))).rowcount != 1:
            raise UrgentChanged
        return replace(call, version=call.version + 1)

    async def touch(self, call_id: int) -> UrgentCall:
        statement = update(urgent_call).where(urgent_call.c.id == call_id).values(version=urgent_call.c.version + 1)
        await self._session.execute(statement)
        return await self.get(call_id)

    async def approved(
        self, regions: Collection[str], since: datetime, limit: int, offset: int = 0, *, now: datetime
    ) -> tuple[list[ApprovedText], int]:
        current = or_(draft.c.expires_at.is_(None), draft.c.expires_at > now)
        posted = select(slot.c.id).where(
            slot.c.page == draft_page.c.page, slot.c.draft_id == draft.c.id, slot.c.state == SlotState.POSTED
        )
        left = func.sum(case((posted.exists(), 0), else_=1))
        found = (
            select(
                draft.c.id.label("draft_id"),
                draft.c.version,
                content.c.text,
                person.c.name.label("author"),
                func.count().label("pages"),
                left.label("left"),
            )
            .join(content, _TEXT)
            .join(person, person.c.id == draft.c.author_id)
            .join(draft_page, draft_page.c.draft_id == draft.c.id)
            .where(draft.c.state == DraftState.APPROVED, draft.c.updated_at >= since, current, _in(regions), ~DECLARED)
            .group_by(draft.c.id, draft.c.version, content.c.text, person.c.name, draft.c.updated_at)
            .having(left > 0)
        )
        many = int((await self._session.execute(select(func.count()).select_from(found.subquery()))).scalar_one())
        newest = found.order_by(draft.c.updated_at.desc(), draft.c.id.desc()).limit(limit).offset(offset)
        return all_(ApprovedText, await self._session.execute(newest)), many

    async def running(self, regions: Collection[str], since: datetime) -> list[RunningCall]:
        taken = select(assignment.c.id).where(
            assignment.c.slot_id == slot.c.id, assignment.c.state == AssignmentState.ASSIGNED
        )
        posted = case((slot.c.state == SlotState.POSTED, 1), else_=0)
        still = case((slot.c.state == SlotState.FILLED, 1), else_=0)
        statement = (
            select(
                urgent_call.c.id.label("call_id"),
                content.c.text,
                func.count().label("pages"),
                func.sum(case((and_(slot.c.state == SlotState.FILLED, taken.exists()), 1), else_=posted)).label(
                    "accepted"
                ),
                func.sum(posted).label("posted"),
            )
            .join(draft, draft.c.id == urgent_call.c.draft_id)
            .join(content, _TEXT)
            .join(slot, slot.c.urgent_id == urgent_call.c.id)
            .where(urgent_call.c.started_at >= since, _in(regions))
            .group_by(urgent_call.c.id, content.c.text)
            .having(func.sum(still) > 0)
            .order_by(urgent_call.c.id.desc())
        )
        return all_(RunningCall, await self._session.execute(statement))

    async def hand_on(self, call_id: int, person_id: int) -> None:
        mine = update(urgent_call).where(urgent_call.c.id == call_id)
        await self._session.execute(mine.values(started_by=person_id))

    # -- who is asked --------------------------------------------------------------------------------------------------

    async def choose(self, call_id: int, page: str, people: Iterable[int], *, loud: bool = False) -> None:
        rows = [
            {"call_id": call_id, "page": page, "person_id": number, "state": AskState.CHOSEN, "loud": loud}
            for number in people
        ]
        if rows:
            statement = self._insert(urgent_ask)
            keys = ["call_id", "page", "person_id"]
            again = statement.on_conflict_do_update(index_elements=keys, set_={"loud": statement.excluded.loud})
            await self._session.execute(again, rows)

    async def unchoose(self, call_id: int, page: str, person_id: int | None = None) -> None:
        statement = delete(urgent_ask).where(
            urgent_ask.c.call_id == call_id, urgent_ask.c.page == page, urgent_ask.c.state == AskState.CHOSEN
        )
        if person_id is not None:
            statement = statement.where(urgent_ask.c.person_id == person_id)
        await self._session.execute(statement)

    async def asks(self, call_id: int, page: str | None = None) -> list[NamedAsk]:
        statement = (
            select(urgent_ask, person.c.name)
            .join(person, person.c.id == urgent_ask.c.person_id)
            .where(urgent_ask.c.call_id == call_id)
            .order_by(urgent_ask.c.page, urgent_ask.c.round, urgent_ask.c.id)
        )
        if page is not None:
            statement = statement.where(urgent_ask.c.page == page)
        return [NamedAsk(as_(UrgentAsk, row), row.name) for row in await self._session.execute(statement)]

    async def get_ask(self, ask_id: int) -> UrgentAsk:
        row = (await self._session.execute(select(urgent_ask).where(urgent_ask.c.id == ask_id))).one_or_none()
        if row is None:
            raise NotFound("urgent")
        return as_(UrgentAsk, row)

    async def ask(
        self,
        call_id: int,
        page: str,
        people: Iterable[int],
        *,
        slot_id: int,
        number: int,
        deadline: datetime,
        now: datetime,
    ) -> list[UrgentAsk]:
        wanted = list(people)
        values = {"state": AskState.ASKED, "slot_id": slot_id, "round": number, "asked_at": now, "deadline": deadline}
        rows = [{"call_id": call_id, "page": page, "person_id": one, **values} for one in wanted]
        if rows:
            again = self._insert(urgent_ask).on_conflict_do_update(
                index_elements=["call_id", "page", "person_id"], set_=values
            )
            await self._session.execute(again, rows)
        return [one.ask for one in await self.asks(call_id, page) if one.ask.person_id in wanted]

    async def open_asks(self, person_id: int) -> list[UrgentAsk]:
        mine = (
            select(urgent_ask)
            .join(urgent_call, urgent_call.c.id == urgent_ask.c.call_id)
            .join(slot, slot.c.id == urgent_ask.c.slot_id)
            .where(urgent_ask.c.person_id == person_id, urgent_ask.c.state.in_(UNANSWERED))
            .where(urgent_call.c.state == CallState.ASKING, slot.c.state == SlotState.FILLED)
        )
        return all_(UrgentAsk, await self._session.execute(mine.order_by(urgent_ask.c.id)))

    async def answer(self, ask: UrgentAsk, state: AskState) -> bool:
        statement = update(urgent_ask).where(urgent_ask.c.id == ask.id, urgent_ask.c.state == ask.state)
        return (await self._session.execute(statement.values(state=state))).rowcount == 1
