"""Groups and topics that show a region's queue."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import ColumnElement, delete, select, update

from domain.notices import CardCopy
from domain.people import EVERYWHERE
from domain.staff_chats import StaffChat, Trouble
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import card_copy, staff_chat


class StaffChatRepository(Repository):
    """See `domain.ports.staff_chats.StaffChats`."""

    async def bind(self, chat: StaffChat) -> StaffChat:
        values = {name: value for name, value in asdict(chat).items() if name != "id"}
        # Drawn by lot: keys of notices hold for ever, and SQLite would give a removed row's number to the next.
        added = self._insert(staff_chat).values(id=secrets.randbelow(2**53 - 1) + 1, **values)
        placed = added.on_conflict_do_update(index_elements=["chat_id", "thread_id"], set_=values)
        return as_(StaffChat, (await self._session.execute(placed.returning(staff_chat))).one())

    async def find(self, staff_chat_id: int) -> StaffChat | None:
        return next(iter(await self._all(staff_chat.c.id == staff_chat_id)), None)

    async def find_at(self, chat_id: int, thread_id: int) -> StaffChat | None:
        found = await self._all(staff_chat.c.chat_id == chat_id, staff_chat.c.thread_id == thread_id)
        return next(iter(found), None)

    async def of_chat(self, chat_id: int) -> list[StaffChat]:
        return await self._all(staff_chat.c.chat_id == chat_id)

    async def showing(self, region: str) -> list[StaffChat]:
        return await self._all(staff_chat.c.region.in_([region, EVERYWHERE]), staff_chat.c.trouble.is_(None))

    async def of_regions(self, regions: Iterable[str]) -> list[StaffChat]:
        wanted = list(regions)
        return await self._all(*(() if EVERYWHERE in wanted else (staff_chat.c.region.in_(wanted),)))

    async def set_trouble(self, staff_chat_id: int, trouble: Trouble | None) -> None:
        await self._session.execute(update(staff_chat).where(staff_chat.c.id == staff_chat_id).values(trouble=trouble))

    async def remove(self, staff_chat_id: int) -> None:
        await self._session.execute(delete(staff_chat).where(staff_chat.c.id == staff_chat_id))

    async def move(self, old_chat: int, new_chat: int) -> None:
        there = select(staff_chat.c.thread_id).where(staff_chat.c.chat_id == new_chat)
        moving = update(staff_chat).where(staff_chat.c.chat_id == old_chat, staff_chat.c.thread_id.not_in(there))
        await self._session.execute(moving.values(chat_id=new_chat))

    async def cards(self, chat_id: int) -> list[CardCopy]:
        mine = select(card_copy).where(card_copy.c.chat_id == chat_id, card_copy.c.purpose == "staff_card")
        return all_(CardCopy, await self._session.execute(mine.order_by(card_copy.c.id)))

    async def _all(self, *conditions: ColumnElement[bool]) -> list[StaffChat]:
        found = select(staff_chat).where(*conditions).order_by(staff_chat.c.region, staff_chat.c.title, staff_chat.c.id)
        return all_(StaffChat, await self._session.execute(found))
