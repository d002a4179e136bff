"""Port: emergency stops and the work they hold."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.halts import Halt, HaltReason, Scope
from domain.plan import Assignment


@dataclass(frozen=True)
class HeldWork:
    """An assignment with where it belongs; of `open_work` an open one of a filled slot."""

    assignment: Assignment
    page: str
    page_title: str
    region: str


class Halts(Protocol):
    async def add(self, scope: Scope, reason: HaltReason, by_id: int, now: datetime) -> Halt | None:
        """None when exactly this is stopped already."""

    async def get(self, halt_id: int) -> Halt: ...

    async def find_in_force(self, scope: Scope) -> Halt | None:
        """The stop of exactly this."""

    async def in_force(self) -> list[Halt]:
        """Oldest first."""

    async def since(self, at: datetime) -> list[Halt]:
        """In force at `at` or later."""

    async def save(self, halt: Halt) -> Halt:
        """Save with `halt.version` as the seen one; returns it with the next version, or raises Conflict."""

    async def open_work(self, scope: Scope) -> list[HeldWork]:
        """Open assignments on these pages, by moment."""

    async def ended_unposted(self, region: str, since: date) -> list[HeldWork]:
        """Assignments of days from `since` on that ended without a post: missed, cancelled, declined, given to others."""

    async def count_work(self, scope: Scope) -> int: ...
