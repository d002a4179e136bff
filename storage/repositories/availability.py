"""Declared hours and days off."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta

from sqlalchemy import delete, select, update

from domain.availability import Availability, Passed
from domain.norms import Window
from storage.many import among
from storage.repositories.base import Repository
from storage.tables import day_off, person_availability


class AvailabilityRepository(Repository):
    """See `domain.ports.availability.Availabilities`."""

    async def of(self, person_ids: Iterable[int] | None = None) -> Mapping[int, Availability]:
        wanted = None if person_ids is None else set(person_ids)
        declared, free = select(person_availability), select(day_off.c.person_id, day_off.c.day)
        if wanted is not None:
            declared = declared.where(among(self._session.dialect, person_availability.c.person_id, wanted))
            free = free.where(among(self._session.dialect, day_off.c.person_id, wanted))
        days: defaultdict[int, set[date]] = defaultdict(set)
        for row in await self._session.execute(free):
            days[row.person_id].add(row.day)
        found = {}
        for row in await self._session.execute(declared):
            number = row.person_id
            found[number] = Availability(
                number,
                tuple(_window(text) for text in row.hours),
                frozenset(row.weekdays),
                frozenset(days.pop(number, ())),
                row.daily_cap,
                None if row.lead_minutes is None else timedelta(minutes=row.lead_minutes),
                row.at_night,
                row.reminders_a_day,
            )
        found |= {number: Availability(number, days_off=frozenset(some)) for number, some in days.items()}
        return found

    async def get(self, person_id: int) -> Availability:
        return (await self.of([person_id])).get(person_id) or Availability(person_id)

    async def save(self, declared: Availability) -> None:
        values = {
            "hours": [f"{w.start:%H:%M}-{w.end:%H:%M}" for w in declared.hours],
            "weekdays": sorted(declared.weekdays),
            "daily_cap": declared.daily_cap,
            "lead_minutes": None if declared.lead is None else int(declared.lead.total_seconds()) // 60,
            "at_night": declared.at_night,
            "reminders_a_day": declared.reminders_a_day,
        }
        put = self._insert(person_availability).values(person_id=declared.person_id, **values)
        await self._session.execute(put.on_conflict_do_update(index_elements=["person_id"], set_=values))

    async def add_day_off(self, person_id: int, day: date) -> bool:
        put = self._insert(day_off).values(person_id=person_id, day=day, passed=[]).on_conflict_do_nothing()
        return (await self._session.execute(put)).rowcount == 1

    async def remove_day_off(self, person_id: int, day: date) -> bool:
        gone = delete(day_off).where(day_off.c.person_id == person_id, day_off.c.day == day)
        return (await self._session.execute(gone)).rowcount == 1

    async def clean(self, before: date) -> None:
        await self._session.execute(delete(day_off).where(day_off.c.day < before))

    async def asked(self, person_id: int) -> tuple[int, ...]:
        one = select(person_availability.c.asked).where(person_availability.c.person_id == person_id)
        row = (await self._session.execute(one)).one_or_none()
        return () if row is None else tuple(row.asked)

    async def note_asked(self, person_id: int, assignments: Iterable[int]) -> None:
        change = update(person_availability).where(person_availability.c.person_id == person_id)
        await self._session.execute(change.values(asked=sorted(assignments)))

    async def passed(self, person_id: int, day: date) -> tuple[Passed, ...]:
        one = select(day_off.c.passed).where(day_off.c.person_id == person_id, day_off.c.day == day)
        row = (await self._session.execute(one)).one_or_none()
        return () if row is None else tuple(Passed(*entry) for entry in row.passed)

    async def note_passed(self, person_id: int, day: date, passed: Iterable[Passed]) -> None:
        noted = [[one.assignment_id, one.draft_id, one.draft_version] for one in passed]
        change = update(day_off).where(day_off.c.person_id == person_id, day_off.c.day == day).values(passed=noted)
        await self._session.execute(change)


def _window(text: str) -> Window:
    start, _, end = text.partition("-")
    return Window(time.fromisoformat(start), time.fromisoformat(end))
