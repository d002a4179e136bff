"""Port: what is stored about one post."""

from typing import Protocol

from domain.evidence import Rows


class EvidenceReads(Protocol):
    async def rows(self, slot_id: int, draft_id: int | None) -> Rows:
        """Everything but the journal; of a post without a text only what happened to the post. Read-only."""

    async def slot_of_link(self, identity: str) -> int | None:
        """The post that this link proves; `identity` as in `domain.links.PostLink`. Read-only."""
