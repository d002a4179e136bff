"""Port: daily roll-ups of pages."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from domain.rollups import Measure


class Rollups(Protocol):
    async def add(self, page: str, region: str, day: date, deltas: Mapping[Measure, int]) -> None:
        """Add to counts; a missing row starts at 0."""

    async def set(self, page: str, region: str, day: date, values: Mapping[Measure, int]) -> None:
        """Replace latest values."""
