"""What must not be kept is put away: nothing of it stays, only that it happened."""

from datetime import datetime

from domain.people import Actor
from domain.ports import UnitOfWork
from domain.sensitive import Sensitive


async def put_away(uow: UnitOfWork, actor: Actor, what: Sensitive, *, now: datetime) -> None:
    """The update's stored body goes with the same commit that marks it as handled; what the person was asked stays asked."""
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="sensitive.refused",
        object_=f"person:{actor.id}",
        payload={"what": what.value},
    )
