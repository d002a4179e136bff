"""Port: figures."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Protocol

from domain.figures import Figure, FigureSource, FigureState, PostedSlot
from domain.typed_figures import Metric


class Figures(Protocol):
    async def add(
        self,
        *,
        page: str,
        slot_id: int | None,
        metric: Metric,
        value: int,
        day: date,
        state: FigureState,
        source: FigureSource,
        typed_by: int,
        for_person: int,
        at: datetime,
        screenshot: str = "",
    ) -> Figure: ...

    async def get(self, figure_id: int) -> Figure: ...

    async def current(self, page: str, metric: Metric, day: date) -> list[Figure]:
        """What stands for a page on `day` (confirmed or doubtful), then the newest confirmed figure of a day before."""

    async def of_slot(self, slot_id: int) -> list[Figure]:
        """What stands for a publication: confirmed or doubtful."""

    async def set_state(self, figure_ids: Iterable[int], state: FigureState) -> None: ...

    async def newest(self, pages: Collection[str]) -> dict[str, tuple[date, int]]:
        """Day and value of the newest confirmed page figure, by page."""

    async def reported(self, pages: Collection[str], day: date) -> frozenset[str]:
        """Which of the pages have a figure of that day, doubtful ones included."""

    async def find_posted(self, slot_id: int) -> PostedSlot | None:
        """The publication, when it is (still) proven."""

    async def posted(self, person_id: int, since: datetime, until: datetime) -> list[PostedSlot]:
        """This person's publications proven from `since` to `until`, oldest first."""

    async def day_sums(self, page: str, day: date) -> list[Figure]:
        """What stands for all posts of a day together (views, likes…), as files bring it."""

    async def past(self, like: Figure) -> list[Figure]:
        """All figures of the same post, or of the same page's day and metric, oldest first, corrected ones included."""

    async def attach(self, figure_ids: Collection[int], screenshot: str) -> None:
        """The screenshot (SHA-256) that these were read off."""

    async def active(self, people: Collection[int]) -> frozenset[int]:
        """Which of these people still take part."""
