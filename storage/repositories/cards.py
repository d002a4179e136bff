"""Message copies of cards, and what a person's next message answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from domain.notices import CardCopy
from domain.ports.record import Expectation
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import card_copy, expectation


class CardRepository(Repository):
    """See `domain.ports.record.Cards`."""

    async def add(
        self,
        *,
        person_id: int,
        chat_id: int,
        message_id: int,
        content_ids: Sequence[int],
        subject: str,
        purpose: str,
        version: int,
        fingerprint: str,
        now: datetime,
    ) -> None:
        values = {
            "person_id": person_id,
            "content_ids": tuple(content_ids),
            "subject": subject,
            "purpose": purpose,
            "version": version,
            "fingerprint": fingerprint,
            "drawn_at": now,
        }
        statement = self._insert(card_copy).values(chat_id=chat_id, message_id=message_id, **values)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=values)
        )

    async def of_subject(self, subject: str, purpose: str | None = None) -> list[CardCopy]:
        statement = select(card_copy).where(card_copy.c.subject == subject)
        if purpose is not None:
            statement = statement.where(card_copy.c.purpose == purpose)
        return all_(CardCopy, await self._session.execute(statement.order_by(card_copy.c.id)))

    async def of_person(self, person_id: int, purpose: str, subject: str | None = None) -> list[CardCopy]:
        statement = select(card_copy).where(card_copy.c.person_id == person_id, card_copy.c.purpose == purpose)
        if subject is not None:
            statement = statement.where(card_copy.c.subject == subject)
        return all_(CardCopy, await self._session.execute(statement.order_by(card_copy.c.id.desc())))

    async def find(self, chat_id: int, message_id: int) -> CardCopy | None:
        statement = select(card_copy).where(card_copy.c.chat_id == chat_id, card_copy.c.message_id == message_id)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(CardCopy, row)

    async def drawn(self, copy_id: int, version: int, fingerprint: str, now: datetime) -> None:
        await self._session.execute(
            update(card_copy)
            .where(card_copy.c.id == copy_id)
            .values(version=version, fingerprint=fingerprint, drawn_at=now)
        )

    async def remove(self, copy_id: int) -> None:
        await self._session.execute(delete(card_copy).where(card_copy.c.id == copy_id))


class ExpectationRepository(Repository):
    """See `domain.ports.record.Expectations`."""

    async def set(
        self,
        person_id: int,
        kind: str,
        subject: str,
        *,
        now: datetime,
        version: int = 0,
        params: Mapping[str, Any] | None = None,
        hours: int = 24,
    ) -> None:
        await self._session.execute(delete(expectation).where(expectation.c.person_id == person_id))
        values = {
            "kind": kind,
            "subject": subject,
            "version": version,
            "params": dict(params or {}),
            "expires_at": now + timedelta(hours=hours),
        }
        await self._session.execute(insert(expectation).values(person_id=person_id, **values))

    async def find(self, person_id: int, now: datetime) -> Expectation | None:
        statement = select(expectation).where(expectation.c.person_id == person_id, expectation.c.expires_at > now)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(Expectation, row)

    async def clear(self, person_id: int, kind: str | None = None) -> bool:
        statement = delete(expectation).where(expectation.c.person_id == person_id)
        if kind is not None:
            statement = statement.where(expectation.c.kind == kind)
        return (await self._session.execute(statement)).rowcount > 0
