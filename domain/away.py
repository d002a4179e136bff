"""Absences: who is away, until when, and who is asked in their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from domain.errors import Conflict, Invalid
from domain.people import Actor, Person

LONGEST = 60
"""Days that one absence may last."""


@dataclass(frozen=True)
class Absence:
    """`ends` is the midnight after the last day, on the person's own clock. `deputy_id` None: the usual routing goes on."""

    id: int
    person_id: int
    starts: datetime
    ends: datetime
    deputy_id: int | None

    def covers(self, at: datetime) -> bool:
        return self.starts <= at < self.ends

    @property
    def subject(self) -> str:
        return f"away:{self.id}"


@dataclass(eq=False)
class AlreadyAway(Conflict):
    """There is an absence already: it has to end before another one begins."""


@dataclass(eq=False)
class BadAbsence(Invalid):
    """The last day is past, or too far ahead."""


@dataclass(eq=False)
class NotEligible(Invalid):
    """This person may not decide everywhere where the other does, or is away themselves."""


Absent = Mapping[int, int | None]
"""Who is away now, by person; with whom to ask instead."""
NOBODY_AWAY: Absent = MappingProxyType({})


def midnight(person: Person, day: date) -> datetime:
    """The beginning of a day on the person's clock."""
    return datetime.combine(day, time(), ZoneInfo(person.zone)).astimezone(UTC)


def last_day(absence: Absence, person: Person) -> date:
    """The last day on which the person is away, on their own clock."""
    return person.local(absence.ends - timedelta(seconds=1)).date()


def span(person: Person, now: datetime, *, tomorrow: bool, until: date) -> tuple[datetime, datetime]:
    """From now or from tomorrow until the end of `until`; `BadAbsence` when that is no time, or too much."""
    today = person.local(now).date()
    first = today + timedelta(days=1) if tomorrow else today
    if not first <= until <= today + timedelta(days=LONGEST):
        raise BadAbsence
    starts = midnight(person, first) if tomorrow else now
    return starts, midnight(person, until + timedelta(days=1))


def present(tier: Iterable[Actor], everybody: Iterable[Actor], absent: Absent) -> list[Actor]:
    """A tier as it can be asked: instead of who is away their deputy, where the deputy may decide and is there."""
    may_decide = {actor.id: actor for actor in everybody}
    found: dict[int, Actor] = {}
    for actor in tier:
        stand_in = absent.get(actor.id, actor.id)
        if stand_in is not None and stand_in in may_decide and stand_in not in absent:
            found.setdefault(stand_in, may_decide[stand_in])
    return list(found.values())
