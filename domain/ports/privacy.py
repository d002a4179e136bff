"""Ports: a person's own data, corrections, erasures."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from domain.corrections import Correction, CorrectionState, Renamed, Wish
from domain.privacy import Erased, ErasureMark, Part


class MyData(Protocol):
    async def parts(self, person_id: int) -> tuple[Part, ...]:
        """All that is stored of somebody, and nothing of others; tables without a row of theirs are left out."""


class Corrections(Protocol):
    async def add(self, person_id: int, wish: Wish, value: str, now: datetime) -> Correction | None:
        """None when the same is open already."""

    async def get(self, correction_id: int) -> Correction: ...

    async def settle(self, correction_id: int, state: CorrectionState, by: int, now: datetime) -> bool:
        """False when it was settled before."""

    async def move(self, person_id: int, region: str, zone: str) -> None:
        """Another home region, and the roles of the old one with it; `zone` is the clock they live by from now on."""

    async def renamings(self, person_id: int, since: datetime) -> list[Renamed]:
        """What somebody's name was and became, the oldest first; nothing once they are erased. Read-only."""


class Retention(Protocol):
    async def carry_out(self, now: datetime) -> int:
        """Delete or empty what has served its time; how many rows."""


class Erasures(Protocol):
    async def erase(
        self, person_id: int, *, by_operator: str, now: datetime, mark: ErasureMark | None = None
    ) -> Erased:
        """Identity and words leave, the record stays. `by_operator`: "self" or "operator". `mark`: erased before, done again."""

    async def open_drafts(self, person_id: int) -> list[tuple[int, int]]:
        """Their drafts that are neither public nor at an end, with their versions."""

    async def named(self, username: str) -> int | None:
        """Who has this name in Telegram, if exactly one person does."""

    async def marks(self) -> list[ErasureMark]:
        """Everybody who was erased, oldest first."""

    async def unsettled(self) -> list[Erased]:
        """Those of whom the database's files, or media files, may still hold something."""

    async def settle(self, people: Iterable[int], now: datetime) -> None:
        """Nothing is left in any file of these."""
