"""Who can be reached: blocked bots and people who come back."""

from datetime import datetime, timedelta

from domain.notices import UNREACHABLE, Guarantee, Notice, Priority
from domain.people import Actor, Person, Role
from domain.ports import UnitOfWork

_WHO_HEARS = (Role.COORDINATOR, Role.MANAGER)
"""The first of these that the region has: after a message to thousands a manager would hear of every blocked bot."""
KEPT = timedelta(days=7)
"""How long what somebody must hear waits for their return; what is older has been said another way."""


async def mark_unreachable(uow: UnitOfWork, person_id: int, *, now: datetime) -> None:
    """Telegram refuses to deliver to this person: the coordinators of their region are told once per change."""
    chat = await uow.people.chat_of(person_id)
    person = None if chat is None else await uow.people.set_reachable(chat, reachable=False)
    if person is not None:
        await _tell(uow, person, "person.unreachable", now)


async def chat_member_changed(uow: UnitOfWork, telegram_id: int, *, reachable: bool, now: datetime) -> None:
    """The person blocked or unblocked the bot, or wrote again: then what was kept for them goes out."""
    person = await uow.people.set_reachable(telegram_id, reachable=reachable)
    if person is not None:
        if reachable:
            await uow.outbox.release(person.id, UNREACHABLE, now)
        await _tell(uow, person, "person.reachable" if reachable else "person.unreachable", now)


async def _tell(uow: UnitOfWork, person: Person, kind: str, now: datetime) -> None:
    await uow.journal.add(at=now, actor=0, action=kind, object_=f"person:{person.id}")
    for colleague in await _who_hears(uow, person):
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


async def _who_hears(uow: UnitOfWork, person: Person) -> list[Actor]:
    """The coordinators of their region; the managers when there is none."""
    for role in _WHO_HEARS:
        found = [actor for actor in await uow.people.holders(frozenset({role}), person.region) if actor.id != person.id]
        if found:
            return found
    return []
