"""Port: declared hours and days off."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from domain.availability import Availability, Passed


class Availabilities(Protocol):
    async def of(self, person_ids: Iterable[int] | None = None) -> Mapping[int, Availability]:
        """What these people (None: all) declared; who declared nothing is missing. Two statements, whatever their number."""

    async def get(self, person_id: int) -> Availability:
        """One person's; the defaults when they declared nothing."""

    async def save(self, declared: Availability) -> None:
        """Everything but the days off, which have methods of their own."""

    async def add_day_off(self, person_id: int, day: date) -> bool:
        """False when it is one already."""

    async def remove_day_off(self, person_id: int, day: date) -> bool:
        """False when it is none."""

    async def clean(self, before: date) -> None:
        """Forget everybody's days off that lie before this day."""

    async def asked(self, person_id: int) -> tuple[int, ...]:
        """Assignments outside the declared hours, of which the person has not yet said whether they keep them."""

    async def note_asked(self, person_id: int, assignments: Iterable[int]) -> None:
        """In the place of what was noted before; needs something saved."""

    async def passed(self, person_id: int, day: date) -> tuple[Passed, ...]:
        """What was handed on because of this day off."""

    async def note_passed(self, person_id: int, day: date, passed: Iterable[Passed]) -> None:
        """In the place of what was noted before."""
