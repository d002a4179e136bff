"""Port: messages to the team and whom they reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from domain.broadcasts import Audience, Broadcast, Missed, Tally
from domain.drafts import MediaRef
from domain.people import Role


@dataclass(frozen=True)
class Circle:
    """Whom a message is meant for: colleagues with one of `roles` (empty: any) in one of `regions` (None: anywhere); not the author."""

    author_id: int
    roles: tuple[Role, ...]
    regions: frozenset[str] | None


class Broadcasts(Protocol):
    async def add(
        self,
        *,
        author_id: int,
        text: str,
        entities: Sequence[Mapping[str, Any]],
        media: Sequence[MediaRef],
        album: str,
        now: datetime,
    ) -> Broadcast:
        """A new one, being written, to everybody."""

    async def get(self, broadcast_id: int) -> Broadcast: ...

    async def find_open(self, author_id: int) -> Broadcast | None:
        """The author's newest one that is not over: being written, sent or stopped."""

    async def find_by_album(self, author_id: int, album: str) -> Broadcast | None:
        """One being written that came as this album of Telegram's."""

    async def save(self, broadcast: Broadcast) -> Broadcast:
        """Write it if nobody changed it since; returns it with the next version."""

    async def audience(self, circle: Circle) -> Audience: ...

    async def enqueue(self, broadcast: Broadcast, circle: Circle, now: datetime) -> int:
        """One notice per person of the circle, in one statement; who cannot be reached counts as failed at once. Returns how many wait."""

    async def tally(self, broadcast: Broadcast) -> Tally: ...

    async def missed(self, broadcast: Broadcast, limit: int | None = None) -> list[Missed]:
        """Whom it did not reach, by name."""
