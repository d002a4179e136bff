"""Port: posts that somebody could take."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ports.plan import SlotView


@dataclass(frozen=True)
class OpenSlot:
    """`asked`: it is filled, but a substitute is being asked for; else it has a text and nobody."""

    view: SlotView
    asked: bool


class OpenSlots(Protocol):
    async def listed(
        self, person_id: int, regions: Iterable[str] | None, start: datetime, end: datetime
    ) -> list[OpenSlot]:
        """start < at < end (late ones too where a substitute is asked), by moment, on active pages.

        Of these regions (None: all), of which the person is the keeper, or on which they are a named poster. Left out: urgent ones,
        those that are the person's own already, those at a moment at which they post something else.
        """
