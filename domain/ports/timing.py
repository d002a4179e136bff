"""Port: embargo and expiry of drafts."""

from typing import Protocol

from domain.drafts import Draft


class Timings(Protocol):
    async def save(self, draft: Draft) -> bool:
        """Store both ends of `draft`; False unless it is at this version and its author's turn."""
