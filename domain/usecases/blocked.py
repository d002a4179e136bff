"""Accounts that a network has blocked: whoever has one is not asked there, and a personal page of theirs rests, excused."""

from domain.platforms import Platform
from domain.ports import UnitOfWork


async def load(uow: UnitOfWork) -> frozenset[tuple[int, Platform]]:
    """Everybody whose account is blocked now, with the network."""
    return frozenset((block.person_id, block.platform) for block in await uow.proofs.blocks())
