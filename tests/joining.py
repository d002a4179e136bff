"""People who have joined long ago, written directly: joining is told in its own scenario."""

import itertools
from datetime import datetime, time

from domain.people import Actor, Role
from domain.ports import UnitOfWork

_accounts = itertools.count(500_001)


async def joined(
    uow: UnitOfWork,
    name: str,
    role: Role,
    region: str,
    *,
    now: datetime,
    zone: str = "Europe/Moscow",
    language: str = "ru",
    telegram_id: int | None = None,
) -> Actor:
    """A person with one role, digest at 08:00, quiet from 22:00 to 08:00; an account of their own unless one is named."""
    person = await uow.people.add(
        telegram_id=telegram_id or next(_accounts),
        username="",
        name=name,
        language=language,
        zone=zone,
        region=region,
        digest_at=time(8),
        quiet_from=time(22),
        quiet_to=time(8),
        now=now,
    )
    await uow.people.add_membership(person.id, role, region, None, now)
    actor = await uow.people.find_actor_by_person(person.id)
    assert actor is not None
    return actor
