"""Port: calendar feeds and what they show."""

from datetime import datetime
from typing import Protocol

from domain.feeds import Event, Feed


class Feeds(Protocol):
    async def find(self, token_hash: str) -> Feed | None: ...

    async def of_person(self, person_id: int) -> list[Feed]:
        """Their own first, then by region."""

    async def put(self, person_id: int, region: str, token_hash: str, now: datetime) -> Feed:
        """In the place of the one there was."""

    async def remove(self, feed_id: int, person_id: int) -> bool:
        """False when it is gone already, or somebody else's."""

    async def events_of_person(self, person_id: int, start: datetime, end: datetime) -> list[Event]:
        """Everything they were asked with start ≤ at < end, ended things too, by moment."""

    async def events_of_region(self, region: str, start: datetime, end: datetime) -> list[Event]:
        """Slots of the region's pages, cancelled ones too, by moment; without names."""
