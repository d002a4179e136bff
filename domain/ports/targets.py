"""Port: targets that were set in chat; the plan's come with the campaign."""

from datetime import date
from typing import Protocol

from domain.targets import Target


class Targets(Protocol):
    async def get(self, code: str) -> Target:
        """One that was set in chat and is not closed; raises NotFound."""

    async def add(self, new: Target) -> Target:
        """With a code of its own that no plan can have."""

    async def change(self, changed: Target) -> bool:
        """Value and day. False when the row is not at `changed.version` any more; the version grows by one."""

    async def close(self, code: str, version: int, on: date, reason: str) -> bool:
        """False when it was changed or closed meanwhile."""
