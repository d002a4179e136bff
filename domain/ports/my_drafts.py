"""Port: an author's own drafts, and what became of one."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from domain.drafts import Draft, DraftState
from domain.my_drafts import DraftVersion, Publication


class MyDrafts(Protocol):
    async def counts(self, author_id: int) -> Mapping[DraftState, int]:
        """How many there are in each state; deleted ones are left out, here and below."""

    async def texts(self, author_id: int, limit: int) -> list[tuple[int, tuple[str, ...]]]:
        """The newest drafts' ids with everything that is written in their current versions."""

    async def of_ids(self, ids: Iterable[int]) -> list[Draft]:
        """Newest first."""

    async def versions(self, draft_id: int) -> list[DraftVersion]:
        """From the first to the current one."""

    async def publications(self, draft_id: int) -> list[Publication]:
        """Proven ones, by moment."""
