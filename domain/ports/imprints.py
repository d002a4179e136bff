"""Port: imprint rules, and the versions that a changed line brought back for another approval."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.drafts import DraftState
from domain.imprints import BoundLine, ImprintRule, Pack
from domain.pages import Page


@dataclass(frozen=True)
class Concerned:
    """A text that waits for a decision, or is approved and not yet in a slot of `page`.

    `lines`: under which its current version was approved; None: not approved, or before lines were recorded.
    """

    draft_id: int
    version: int
    state: DraftState
    page: str
    lines: tuple[BoundLine, ...] | None


@dataclass(frozen=True)
class Relined:
    """A version that differs from the one before by the line alone. `approved`: the one before was approved."""

    draft_id: int
    version: int
    approved: bool
    old: str
    new: str
    at: datetime


@dataclass(frozen=True)
class WaitingRelined(Relined):
    """One that waits for a reader, with what helps to recognise it."""

    author_name: str
    text: str


class Imprints(Protocol):
    async def find_pack(self) -> Pack | None: ...

    async def rules(self) -> list[ImprintRule]:
        """All that are loaded, by id."""

    async def save(self, pack: Pack | None, rules: Iterable[ImprintRule]) -> None:
        """Replaces what was loaded before."""

    async def set_lines(self, pages: Iterable[Page]) -> None:
        """Store the line in force of each page, with its rule and span."""

    async def concerned(self, pages: Iterable[str]) -> list[Concerned]:
        """Texts meant for these pages, by draft; one row per text and page."""

    async def lines_of(self, drafts: Iterable[int]) -> Mapping[tuple[int, int], tuple[BoundLine, ...] | None]:
        """By draft and approved version: under which lines; None: before lines were recorded."""

    async def add_relined(self, new: Relined) -> None: ...

    async def find_relined(self, draft_id: int, version: int) -> Relined | None: ...

    async def waiting(self, regions: Iterable[str], reader: int) -> list[WaitingRelined]:
        """Approved before, waiting now for this reader: not their own, not approved by them already; oldest first."""
