"""Ports: files that were asked for, and what goes into them, read in portions."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.export_rows import ApprovalRow, FigureRow, NormRow, NormSum, PersonRow, PostRow
from domain.exports import Export, ExportWish, Span

Regions = frozenset[str]
"""Codes; with "*" in it: all."""
Days = tuple[date, date]
"""First and last day, both included."""


class Exports(Protocol):
    async def add(
        self, person_id: int, wish: ExportWish, span: Span, regions: Sequence[str], language: str, now: datetime
    ) -> Export: ...

    async def get(self, export_id: int) -> Export:
        """Raises NotFound."""

    async def save(self, changed: Export) -> bool:
        """False when the row is not at `changed.version` any more; the stored version is one higher afterwards."""

    async def waiting(self) -> Export | None:
        """The one to be made next: the oldest of those that failed least."""

    async def waiting_of(self, person_id: int) -> list[Export]:
        """What this person is still owed, the oldest first."""

    async def made_before(self, moment: datetime) -> list[Export]:
        """Whose file lies on the disk since before."""


class ExportReads(Protocol):
    """Portions are bounded, so that a file of any size is made in little memory."""

    def norm_rows(self, regions: Regions, days: Days) -> AsyncIterator[Sequence[NormRow]]: ...

    def post_rows(self, regions: Regions, days: Days) -> AsyncIterator[Sequence[PostRow]]: ...

    def figure_rows(self, regions: Regions, days: Days) -> AsyncIterator[Sequence[FigureRow]]: ...

    def approval_rows(
        self, regions: Regions, begin: datetime, end: datetime
    ) -> AsyncIterator[Sequence[ApprovalRow]]: ...

    def person_rows(self, regions: Regions, days: Days) -> AsyncIterator[Sequence[PersonRow]]: ...

    async def norm_sums(self, regions: Regions, days: Days) -> list[NormSum]:
        """By page (code and title); pages without a slot in these days stand in it with zeros."""

    async def day_sums(self, regions: Regions, days: Days) -> list[tuple[date, int, int]]:
        """Day, wanted, published."""

    async def pages_with_figures(self, regions: Regions, days: Days) -> frozenset[str]: ...

    async def posts_measured(self, regions: Regions, days: Days) -> tuple[int, int, int]:
        """Published posts, those of them without a figure, those proven by a screenshot alone."""

    async def names(self, people: Sequence[int]) -> Mapping[int, str]: ...
