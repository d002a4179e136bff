"""Disputed looks in /checks: which ones the reader can decide, and which of their own somebody else decides."""

from dataclasses import dataclass

from domain.errors import NotFound
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.rights import DECIDERS, Action, ensure_may
from domain.spot_checks import CheckDecided, CheckState, PastProof
from domain.usecases import spot_checks
from domain.usecases.spot_checks import Looked


@dataclass(frozen=True)
class Disputes:
    """`to_decide`: the oldest first. `mine`: looks of the reader's own that wait for a second person."""

    to_decide: tuple[Looked, ...] = ()
    mine: int = 0


async def of_reader(uow: UnitOfWork, actor: Actor) -> Disputes:
    """What is disputed in the actor's regions. Read-only."""
    ensure_may(actor, Action.SPOT_CHECK)
    found = await uow.proofs.disputed(actor.regions(DECIDERS))
    others = [one for one in found if actor.id not in {one.by_id, one.person_id}]
    mine = sum(one.by_id == actor.id for one in found)
    return Disputes(tuple([await spot_checks.about(uow, one.id) for one in others]), mine)


async def look(uow: UnitOfWork, actor: Actor, check_id: int) -> tuple[Looked, PastProof | None]:
    """One to decide, with the proof in question; CheckDecided when it is settled already. Read-only."""
    found = await spot_checks.about(uow, check_id)
    ensure_may(actor, Action.SPOT_CHECK, found.view.page.region)
    if actor.id in {found.check.by_id, found.check.person_id}:
        raise NotFound("button")
    if found.check.state is not CheckState.DISPUTED:
        raise CheckDecided
    return found, await uow.proofs.last_past(found.check.slot_id)
