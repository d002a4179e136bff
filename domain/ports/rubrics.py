"""Port: rubrics and the mix of what was published."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from domain.drafts import Draft
from domain.rubrics import Rubric


class Rubrics(Protocol):
    async def all(self) -> list[Rubric]:
        """In the order of the plan."""

    async def replace(self, rubrics: Iterable[Rubric]) -> None:
        """These and no others."""

    async def save(self, draft: Draft) -> bool:
        """Store the rubric of `draft`; False unless it is at this version and its author's turn."""

    async def planned(self, pages: Iterable[str], since: date, now: datetime) -> Mapping[str, int]:
        """Slots of these pages from a local day on, by the rubric of their text ("": of none): posted, filled, and
        those ahead that are still empty (under "")."""

    async def published(self, regions: Iterable[str] | None, since: date) -> Mapping[str, int]:
        """Posts since a local day by rubric ("": of none), on pages of these regions (None: all pages)."""
