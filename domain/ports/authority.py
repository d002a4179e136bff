"""Port: written authorities of pages that belong to somebody else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from domain.authority import Authority
from domain.plan import Slot


class AuthorityStore(Protocol):
    async def add(self, page: str, by_id: int, now: datetime) -> Authority: ...

    async def get(self, authority_id: int) -> Authority: ...

    async def save(self, authority: Authority) -> Authority:
        """Save with `authority.version` as the seen one; returns it with the next version, or raises Conflict."""

    async def current(self, page: str) -> Authority | None:
        """The one that is recorded and not revoked; its days may be over."""

    async def put_in_force(self, page: str, authority: Authority | None) -> None:
        """The page knows on which days it may be published on."""

    async def find_by_token(self, token_hash: str) -> Authority | None: ...

    async def owners(self, pages: Iterable[str]) -> dict[str, int]:
        """Owners' own accounts, by page, where they are linked and the authority is not revoked."""

    async def add_veto(self, slot: Slot, person_id: int, now: datetime) -> None:
        """The slot's text is not planned on its page again."""

    async def vetoed(self, pages: Iterable[str]) -> set[tuple[str, int]]:
        """Page and draft of what owners stopped."""
