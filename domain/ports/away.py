"""Port: absences. Each is removed when it ends; the journal keeps that it was."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from domain.away import Absence, Absent


class Absences(Protocol):
    async def of_person(self, person_id: int, now: datetime) -> Absence | None:
        """The one that holds or lies ahead."""

    async def find(self, absence_id: int) -> Absence | None: ...

    async def open(self, now: datetime, people: Iterable[int] | None = None) -> list[Absence]:
        """All that hold or lie ahead (of these people), by when they end."""

    async def absent(self, now: datetime) -> Absent:
        """Who is away at this moment, with who is asked instead."""

    async def add(
        self, person_id: int, starts: datetime, ends: datetime, deputy_id: int | None, now: datetime
    ) -> Absence | None:
        """None when the person has one already; one that is over makes room."""

    async def remove(self, absence_id: int) -> bool:
        """False when it is gone already."""
