"""Port: the short course for newcomers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.course import Course, CourseState


@dataclass(frozen=True)
class Learner:
    """Somebody with a role, and where they are; `state` None: not begun."""

    person_id: int
    name: str
    region: str
    state: CourseState | None


class Training(Protocol):
    async def find(self, person_id: int) -> Course | None: ...

    async def begin(self, person_id: int, now: datetime) -> Course:
        """At the first card; one that was begun before stays as it is."""

    async def save(self, course: Course) -> bool:
        """False when it changed since it was read."""

    async def learners(self, regions: frozenset[str] | None) -> Sequence[Learner]:
        """Active people with a role in these regions (None: everybody), those not finished first, then by name."""
