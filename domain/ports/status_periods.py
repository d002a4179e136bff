"""Port: how a stretch of days went; sums come from the roll-ups."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.figure_sums import FigureSum
from domain.ports.status import Regions
from domain.status_periods import Deciding, Growth, Place, Span, Tally
from domain.targets import Target


class PeriodReads(Protocol):
    """`regions`: the reader's, with "*" in it all; a `place` narrows them further."""

    async def days(self, regions: Regions, place: Place, span: Span) -> dict[date, Tally]:
        """By the pages' own local days; days without anything are left out."""

    async def ahead(self, regions: Regions, place: Place, span: Span, now: datetime) -> int:
        """Planned posts of the stretch's last days whose hour is still to come."""

    async def growth(self, regions: Regions, place: Place, span: Span) -> Growth: ...

    async def deciding(self, regions: Regions, place: Place, since: datetime, until: datetime) -> Deciding:
        """Of decisions made in [`since`, `until`); a `place` counts by its region."""

    async def figure_sums(self, since: date, starts: date) -> Sequence[FigureSum]:
        """Figures of active pages, summed by network and kind of page. `since`: the trend's first day."""

    async def figures_grown(self, targets: Sequence[Target], since: date, until: date) -> Sequence[Mapping[date, int]]:
        """For each target what its active pages gained by day; days on which none of them was reported are left out."""
