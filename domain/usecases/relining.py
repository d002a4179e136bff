"""Approving again what differs from an approved version by its imprint line alone: every text in one tap."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.drafts import Verdict
from domain.errors import Conflict, DomainError
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.imprints import Relined, WaitingRelined
from domain.rights import Action, ensure_may
from domain.usecases import approvals, imprints


@dataclass(eq=False)
class OtherTexts(Conflict):
    """What waits is no longer what the button was drawn for: texts or lines changed since."""


@dataclass(frozen=True)
class Reapproved:
    """`left`: of those that were shown, how many could not be approved in passing (their lane asks for more)."""

    done: int
    left: int


def fingerprint(texts: Iterable[Relined]) -> str:
    """What a button was drawn for: these versions with these lines."""
    told = sorted((one.draft_id, one.version, one.new) for one in texts)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


async def approve_all(uow: UnitOfWork, actor: Actor, seen: str, *, now: datetime) -> Reapproved:
    """Approve everything that was shown, each a decision of its own on its own version."""
    ensure_may(actor, Action.DRAFT_DECIDE)
    shown = await imprints.waiting(uow, actor)
    if fingerprint(shown) != seen:
        raise OtherTexts
    done = 0
    for text in shown:
        done += await _approve(uow, actor, text, now)
    return Reapproved(done, len(shown) - done)


async def _approve(uow: UnitOfWork, actor: Actor, text: WaitingRelined, now: datetime) -> bool:
    try:
        await approvals.decide(uow, actor, text.draft_id, text.version, Verdict.APPROVE, now=now)
    except DomainError:
        # Refused before anything was written; it stays in the queue, where its card says why.
        return False
    return True
