"""Port: commitments, their moves, and how they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.commitments import Commitment, CommitmentState, CommitmentSummary, Move


@dataclass(frozen=True)
class Filter:
    """What a list shows. `regions`: codes, with "*" in it all. `own`: also those that this person made or wrote down."""

    regions: frozenset[str] = frozenset()
    own: int | None = None
    person_id: int | None = None
    region: str = ""
    states: tuple[CommitmentState, ...] = ()
    due_from: date | None = None
    due_to: date | None = None


class Commitments(Protocol):
    async def get(self, commitment_id: int) -> Commitment:
        """Raises NotFound."""

    async def add(
        self,
        *,
        title: str,
        region: str,
        page: str,
        person_id: int,
        by_id: int,
        state: CommitmentState,
        due: date,
        now: datetime,
    ) -> Commitment: ...

    async def save(self, changed: Commitment) -> bool:
        """False when the row is not at `changed.version` any more; the stored version is one higher afterwards."""

    async def add_move(self, commitment_id: int, move: Move) -> None: ...

    async def moves(self, commitment_id: int) -> list[Move]:
        """Oldest first."""

    async def find(self, chosen: Filter) -> list[Commitment]:
        """By day, then as they were made."""

    async def summary(
        self, period: tuple[date, date], regions: Iterable[str], today: date, *, older_late: bool = False
    ) -> CommitmentSummary:
        """Those due from the first to the last day of `period` (both included); `regions` with "*" in it: all.

        `older_late`: also those that were due before it and are still open.
        """
