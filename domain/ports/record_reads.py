"""Port: the journal, read by what it is about."""

from collections.abc import Collection, Mapping
from typing import Protocol

from domain.record import About, Entry, Kind, Known, Sealed


class RecordReads(Protocol):
    """Read-only."""

    async def entries(self, kind: Kind, key: str, skip: int, limit: int) -> tuple[list[Entry], int]:
        """What the journal holds about a post, draft, page or person (by its number or code), newest first, and how much.

        Of a person: what they did, and what was done to them, to their drafts and to their posts.
        """

    async def sealed(self, slot_id: int) -> list[Sealed]:
        """Everything about a post, oldest first, with its place in the chain."""

    async def people(self, numbers: Collection[int]) -> dict[int, Known]:
        """By the numbers that stand in the journal; those of nobody are left out."""

    async def persons(self, ids: Collection[int]) -> dict[int, Known]:
        """By person."""

    async def person(self, person_id: int) -> Known | None: ...

    async def about(self, objects: Collection[str]) -> Mapping[str, About]:
        """What these are: drafts, posts and pages; of anything else nothing is said."""

    async def count(self) -> int:
        """How many entries stand in the chain."""
