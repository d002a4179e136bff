"""All that is stored of a person, for themselves."""

from dataclasses import dataclass
from typing import Protocol

from domain.people import Person, PersonStatus, Stranger
from domain.ports import UnitOfWork
from domain.privacy import Part


class Visitor(Protocol):
    """The account behind an update."""

    @property
    def telegram_id(self) -> int: ...


@dataclass(frozen=True)
class MyFile:
    """What a person's file is made of."""

    person: Person
    parts: tuple[Part, ...]


async def whose(uow: UnitOfWork, visitor: Visitor) -> Person | None:
    """Who is behind an account now, also when they have left. An account that was replaced by another is nobody's."""
    person = await uow.people.find_person(visitor.telegram_id)
    if person is None or await uow.people.chat_of(person.id) != visitor.telegram_id:
        return None
    return person


async def ensure_own(uow: UnitOfWork, visitor: Visitor) -> Person:
    """The same; `Stranger` for nobody, and while access is closed: an account may be in the wrong hands."""
    person = await whose(uow, visitor)
    if person is None or person.status is PersonStatus.SUSPENDED:
        raise Stranger
    return person


async def collect(uow: UnitOfWork, visitor: Visitor) -> MyFile:
    """Their own file, and nothing of others. Read-only."""
    person = await ensure_own(uow, visitor)
    return MyFile(person, await uow.my_data.parts(person.id))
