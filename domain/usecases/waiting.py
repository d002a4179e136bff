"""What is kept of an account that is nobody's yet: it has asked to be let in. Seen and taken back by whoever asked."""

from dataclasses import dataclass
from datetime import datetime

from domain.consent import OPEN
from domain.invites import Entry, EntryState
from domain.notices import card_gone
from domain.ports import UnitOfWork
from domain.ports.people import AccessRequest
from domain.usecases import access, invites_entries
from domain.usecases.my_data import Visitor


@dataclass(frozen=True)
class Kept:
    """`claims`: the account was named as somebody's new one; `lapsed`: nobody can confirm that any more."""

    entries: tuple[Entry, ...]
    requests: tuple[AccessRequest, ...]
    claims: bool
    lapsed: bool = False

    @property
    def waits(self) -> bool:
        """Whether somebody still has to answer."""
        entries = any(one.state is EntryState.WAITING for one in self.entries)
        return (self.claims and not self.lapsed) or entries or any(one.state == OPEN for one in self.requests)

    @property
    def named(self) -> bool:
        """Whether the name is kept: of who was refused at a link only the account's number is, so that the answer holds."""
        return bool(self.requests) or any(one.state is EntryState.WAITING for one in self.entries)

    @property
    def refused(self) -> bool:
        return any(one.state is EntryState.REFUSED for one in self.entries)


async def kept(uow: UnitOfWork, visitor: Visitor, *, now: datetime) -> Kept:
    """Read-only."""
    account = visitor.telegram_id
    until = await uow.standing.claimed_until(account)
    return Kept(
        tuple(await uow.invites.of_account(account)),
        tuple(await uow.people.requests_of(account)),
        claims=until is not None,
        lapsed=until is not None and until <= now,
    )


async def take_back(uow: UnitOfWork, visitor: Visitor, *, now: datetime) -> Kept:
    """What they asked is deleted with their name, here and on the cards of those who were to decide. What is left."""
    found = await kept(uow, visitor, now=now)
    for entry in found.entries:
        if entry.state is EntryState.WAITING:
            await invites_entries.withdraw(uow, entry, now=now)
    for request in found.requests:
        await _withdraw(uow, request, now)
    return await kept(uow, visitor, now=now)


async def _withdraw(uow: UnitOfWork, request: AccessRequest, now: datetime) -> None:
    subject = access.subject_of(request.id)
    for copy in await uow.cards.of_subject(subject, "access"):
        await uow.outbox.add(card_gone(copy.id, copy.chat_id, subject, now))
    await access.delete(uow, request.id, now=now)
