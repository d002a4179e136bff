"""Port: what each approver has narrowed their queue down to."""

from collections.abc import Iterable
from typing import Protocol

from domain.queue import Choice, Only


class QueueFilters(Protocol):
    async def find(self, person_id: int) -> Only | None:
        """What this person wants to see; None: everything."""

    async def set(self, person_id: int, only: Only | None) -> None:
        """Remember it; None: everything again."""

    async def choices(self, regions: Iterable[str], reader: int) -> list[Choice]:
        """Regions, pages and rubrics of what waits for this reader: by facet, then the fullest first."""
