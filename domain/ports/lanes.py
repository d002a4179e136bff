"""Port: what approvers of bold texts have looked for so far."""

from datetime import datetime
from typing import Protocol

from domain.lanes import Check


class Risks(Protocol):
    async def checks(self, draft_id: int, version: int, person_id: int) -> list[Check]:
        """What this person has ticked for this version."""

    async def set(self, draft_id: int, version: int, person_id: int, check: Check, now: datetime) -> None:
        """Tick one item, or tick it anew with another reason."""

    async def clear(self, draft_id: int, version: int, person_id: int, risk: str) -> None:
        """Take a tick back."""
