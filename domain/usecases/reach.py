"""Who can be reached: blocked bots and people who come back."""

from datetime import datetime

from domain.notices import Guarantee, Notice, Priority
from domain.people import Person, Role
from domain.ports import UnitOfWork

_COORDINATORS = frozenset({Role.COORDINATOR, Role.MANAGER})


async def mark_unreachable(uow: UnitOfWork, person_id: int, *, now: datetime) -> None:
    """Telegram refuses to deliver to this person: the coordinators of their region are told once per change."""
    chat = await uow.people.chat_of(person_id)
    person = None if chat is None else await uow.people.set_reachable(chat, reachable=False)
    if person is not None:
        await _tell(uow, person, "person.unreachable", now)


async def chat_member_changed(uow: UnitOfWork, telegram_id: int, *, reachable: bool, now: datetime) -> None:
    """The person blocked or unblocked the bot."""
    person = await uow.people.set_reachable(telegram_id, reachable=reachable)
    if person is not None:
        await _tell(uow, person, "person.reachable" if reachable else "person.unreachable", now)


async def _tell(uow: UnitOfWork, person: Person, kind: str, now: datetime) -> None:
    await uow.journal.add(at=now, actor=0, action=kind, object_=f"person:{person.id}")
    for colleague in await uow.people.holders(_COORDINATORS, person.region):
        if colleague.id != person.id:
            await uow.outbox.add(
                Notice(
                    kind=kind,
                    subject=f"person:{person.id}",
                    due_at=now,
                    dedup_key=f"{kind}:{person.id}:{colleague.id}:{now.isoformat()}",
                    person_id=colleague.id,
                    guarantee=Guarantee.A,
                    priority=Priority.DIGEST,
                    params={"person": person.id},
                )
            )
