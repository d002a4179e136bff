"""Message copies of cards, and what a person's next message answers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, String, and_, cast, delete, insert, or_, select, update

from domain.consent import OPEN
from domain.corrections import CorrectionState
from domain.drafts import DraftState
from domain.notices import CardCopy
from domain.plan import OPEN_ASSIGNMENTS, SlotState
from domain.ports.record import Expectation
from domain.spot_checks import CheckState
from storage.repositories.base import Repository
from storage.rows import all_, as_
from storage.tables import (
    access_request,
    assignment,
    card_copy,
    correction,
    draft,
    expectation,
    question,
    slot,
    spot_check,
)

_DRAFTS_WITH_BUTTONS = (DraftState.WRITING, DraftState.SUBMITTED, DraftState.RETURNED, DraftState.WITHDRAWN)
_OPEN_WORK = tuple(OPEN_ASSIGNMENTS)
_CHUNK = 500
_OPEN_SLOTS = (SlotState.FILLED, SlotState.EMPTY)


def _subjects(word: str, number: Column[int], condition: ColumnElement[bool]) -> Select[Any]:
    """Subjects such as "draft:12" of the rows that fulfil the condition."""
    return select(f"{word}:" + cast(number, String)).where(condition)


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
        key = {**self._unused(card_copy, now), "chat_id": chat_id, "message_id": message_id}
        statement = self._insert(card_copy).values(**key, **values)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=values)
        )

    async def of_subject(self, subject: str, purpose: str | None = None) -> list[CardCopy]:
        statement = select(card_copy).where(card_copy.c.subject == subject)
        if purpose is not None:
            statement = statement.where(card_copy.c.purpose == purpose)
        return all_(CardCopy, await self._session.execute(statement.order_by(card_copy.c.id)))

    async def of_subjects(self, subjects: Collection[str], purpose: str) -> list[CardCopy]:
        wanted, found = sorted(subjects), list[CardCopy]()
        for at in range(0, len(wanted), _CHUNK):
            some = card_copy.c.subject.in_(wanted[at : at + _CHUNK])
            statement = select(card_copy).where(card_copy.c.purpose == purpose, some).order_by(card_copy.c.id)
            found += all_(CardCopy, await self._session.execute(statement))
        return found

    async def of_person(self, person_id: int, purpose: str, subject: str | None = None) -> list[CardCopy]:
        statement = select(card_copy).where(card_copy.c.person_id == person_id, card_copy.c.purpose == purpose)
        if subject is not None:
            statement = statement.where(card_copy.c.subject == subject)
        return all_(CardCopy, await self._session.execute(statement.order_by(card_copy.c.id.desc())))

    async def find(self, chat_id: int, message_id: int) -> CardCopy | None:
        statement = select(card_copy).where(card_copy.c.chat_id == chat_id, card_copy.c.message_id == message_id)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else as_(CardCopy, row)

    async def to_press(self, drawn_after: datetime) -> list[CardCopy]:
        open_drafts = _subjects("draft", draft.c.id, draft.c.state.in_(_DRAFTS_WITH_BUTTONS))
        statement = select(card_copy).where(
            card_copy.c.drawn_at > drawn_after,
            or_(
                and_(card_copy.c.purpose == "queue", card_copy.c.version > 0),
                card_copy.c.subject.startswith("reminders:"),
                card_copy.c.subject.startswith("late:"),
                card_copy.c.subject.in_(open_drafts),
                card_copy.c.subject.in_(_subjects("assignment", assignment.c.id, assignment.c.state.in_(_OPEN_WORK))),
                card_copy.c.subject.in_(_subjects("slot", slot.c.id, slot.c.state.in_(_OPEN_SLOTS))),
                card_copy.c.subject.in_(_subjects("access", access_request.c.id, access_request.c.state == OPEN)),
                card_copy.c.subject.in_(_subjects("question", question.c.id, question.c.answered_at.is_(None))),
                card_copy.c.subject.in_(
                    _subjects("correction", correction.c.id, correction.c.state == CorrectionState.OPEN)
                ),
                and_(
                    card_copy.c.purpose == "dispute",
                    card_copy.c.subject.in_(
                        _subjects("check", spot_check.c.id, spot_check.c.state == CheckState.DISPUTED)
                    ),
                ),
            ),
        )
        return all_(CardCopy, await self._session.execute(statement.order_by(card_copy.c.id)))

    async def get(self, copy_id: int) -> CardCopy | None:
        row = (await self._session.execute(select(card_copy).where(card_copy.c.id == copy_id))).one_or_none()
        return None if row is None else as_(CardCopy, row)

    async def drawn(self, copy_id: int, version: int, fingerprint: str, now: datetime) -> None:
        await self._session.execute(
            update(card_copy)
            .where(card_copy.c.id == copy_id)
            .values(version=version, fingerprint=fingerprint, drawn_at=now)
        )

    async def bared(self, copy_id: int) -> None:
        await self._session.execute(update(card_copy).where(card_copy.c.id == copy_id).values(content_ids=[]))

    async def remove(self, copy_id: int) -> None:
        await self._session.execute(delete(card_copy).where(card_copy.c.id == copy_id))

    async def follow(self, old_chat: int, new_chat: int) -> None:
        there = select(card_copy.c.message_id).where(card_copy.c.chat_id == new_chat)
        moving = update(card_copy).where(card_copy.c.chat_id == old_chat, card_copy.c.message_id.not_in(there))
        await self._session.execute(moving.values(chat_id=new_chat))


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
