"""Port: figures from files, written by the thousand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.figure_import import FigureImport, ImportState
from domain.figures import Figure
from domain.rollups import Measure
from domain.typed_figures import Metric


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A confirmed figure of a page, to be written."""

    page: str
    day: date
    metric: Metric
    value: int
    typed_by: int
    for_person: int


@dataclass(frozen=True, slots=True)
class Rolled:
    """What one figure does to the roll-ups."""

    page: str
    region: str
    day: date
    measure: Measure
    value: int


class FigureImports(Protocol):
    async def add(
        self, *, person_id: int | None, name: str, text: str, state: ImportState, figures: int, at: datetime
    ) -> FigureImport:
        """A file that waits, or (state DONE) was taken in at once."""

    async def get(self, import_id: int) -> FigureImport: ...

    async def decide(self, row: FigureImport, state: ImportState, now: datetime) -> FigureImport | None:
        """Take it in or put it away; None when it was decided since. Its text is emptied."""

    async def put_away(self, person_id: int, now: datetime) -> None:
        """What this person sent before and did not decide."""

    async def forget(self, before: datetime) -> None:
        """Put away what has waited since before that moment."""

    async def names(self, import_ids: Collection[int]) -> dict[int, tuple[str, int | None]]:
        """File name and sender of these imports."""

    async def standing(self, pages: Collection[str], since: date, until: date) -> list[Figure]:
        """The page figures (of no single post) that stand for these days."""

    async def with_posts(self, pages: Collection[str], since: date, until: date) -> frozenset[tuple[str, date, Metric]]:
        """Of which pages, days and metrics single posts have figures."""

    async def write(self, figures: Sequence[NewFigure], import_id: int, at: datetime) -> None: ...

    async def replace(self, figure_ids: Sequence[int]) -> None:
        """They are history now."""

    async def roll_up(self, latest: Sequence[Rolled], deltas: Sequence[Rolled]) -> None:
        """Set the latest values, add to the sums."""
