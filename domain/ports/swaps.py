"""Port: swaps between colleagues."""

from datetime import datetime
from typing import Protocol

from domain.swaps import Swap


class Swaps(Protocol):
    async def get(self, swap_id: int) -> Swap:
        """Raises NotFound."""

    async def find_open(self, assignment_id: int) -> Swap | None:
        """The one in which this assignment is being asked for or offered in exchange."""

    async def add(self, new: Swap, now: datetime) -> Swap:
        """`new.id` and `new.version` are given by the storage."""

    async def save(self, changed: Swap) -> Swap:
        """Save with `changed.version` as the seen one; returns it with the next version, or raises Conflict."""
