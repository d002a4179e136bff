"""The slots of a day, the texts that may fill them and the people who may post them, the least burdened first. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import heapify, heappop, heappush, heapreplace
from typing import Any, NamedTuple

from domain.availability import Availability
from domain.people import Person
from domain.timing import SOON

Burden = tuple[int, int, float, float, int]
"""For comparing people: asked that day, in seven days, since when, their place among equals, id."""
_GOLDEN = 0.618033988749894848


class Ready(NamedTuple):
    """A text that a page may publish. `approved` is anything that sorts by age; `again`: how often it was there before."""

    draft_id: int
    version: int
    approved: Any
    not_before: datetime | None = None
    expires_at: datetime | None = None
    rubric: str = ""
    region: str = ""
    again: int = 0

    def fits(self, at: datetime) -> bool:
        """See `domain.timing.fits`."""
        return (self.not_before is None or self.not_before <= at) and (self.expires_at is None or at < self.expires_at)


@dataclass(slots=True, eq=False)
class Clock:
    """The hours that several people share; what was once worked out for them is kept."""

    person: Person
    _days: dict[datetime, date] = field(default_factory=dict)
    _quiet: dict[datetime, bool] = field(default_factory=dict)

    def day(self, at: datetime) -> date:
        found = self._days.get(at)
        if found is None:
            found = self._days[at] = self.person.local(at).date()
        return found

    def is_quiet(self, at: datetime) -> bool:
        found = self._quiet.get(at)
        if found is None:
            found = self._quiet[at] = self.person.is_quiet(at)
        return found


@dataclass(slots=True, eq=False)
class Poster:
    """Somebody who may post, with what they were asked for; kept up to date while slots are given.

    `held`, `asked`: by their own day, what they have and all they were asked for. `busy`: moments at which they post.
    `refused`: slots they were asked for before. `cap`: posts a day.
    """

    id: int
    clock: Clock
    cap: int
    reachable: bool = True
    declared: Availability | None = None
    away: tuple[datetime, datetime] | None = None
    held: dict[date, int] = field(default_factory=dict)
    asked: dict[date, int] = field(default_factory=dict)
    busy: set[datetime] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    week: int = 0
    since: float = 0.0

    def is_off(self, at: datetime) -> bool:
        """Whether it is their day off, or they are away."""
        if self.away is not None and self.away[0] <= at < self.away[1]:
            return True
        return self.declared is not None and self.declared.is_day_off(self.clock.day(at))

    def may_take(self, seat: "Seat") -> bool:
        """Whether it could ever be theirs, whatever else they have that day."""
        at = seat.at
        if not self.reachable or seat.slot_id in self.refused:
            return False
        if self.away is not None and self.away[0] <= at < self.away[1]:
            return False
        if self.declared is not None:
            return self.declared.allows(self.clock.person, at)
        return not self.clock.is_quiet(at)

    def can_take(self, seat: "Seat") -> bool:
        """Whether it can be theirs now: one slot at a moment, no more than their cap a day."""
        if seat.at in self.busy or not self.may_take(seat):
            return False
        return self.held.get(self.clock.day(seat.at), 0) < self.cap

    def burden(self, at: datetime, *, spins: bool = False) -> Burden:
        day = self.clock.day(at)
        place = (self.id + day.toordinal()) * _GOLDEN % 1 if spins else 0.0
        return self.asked.get(day, 0), self.week, self.since, place, self.id

    def was_asked(self, slot_id: int, at: datetime, *, is_held: bool, is_busy: bool) -> None:
        """For this slot, before slots are given."""
        day = self.clock.day(at)
        self.asked[day] = self.asked.get(day, 0) + 1
        self.held[day] = self.held.get(day, 0) + is_held
        self.refused.add(slot_id)
        if is_busy:
            self.busy.add(at)

    def take(self, at: datetime, by: int = 1) -> None:
        """A slot at this moment is theirs from now on; with -1 no longer."""
        day = self.clock.day(at)
        self.held[day] = self.held.get(day, 0) + by
        self.asked[day] = self.asked.get(day, 0) + by
        self.week += by
        if by > 0:
            self.busy.add(at)
            self.since = max(self.since, at.timestamp())
        else:
            self.busy.discard(at)


class Pool:
    """The people who may post on some pages, the least burdened first.

    Among equals the lowest id; `spins`: another one each day, for pools in which most have no turn for weeks.
    """

    def __init__(self, people: Iterable[Poster], *, spins: bool = False) -> None:
        self.people = {person.id: person for person in people}
        self._spins = spins
        self._queues: dict[date, list[Burden]] = {}

    def widen(self, people: Iterable[Poster]) -> None:
        """These belong to it as well."""
        self.people |= {person.id: person for person in people}
        self._queues.clear()

    def best(self, seat: "Seat") -> Poster | None:
        """Fewest that day, fewest in seven days, longest since, lowest id, of those who can take it."""
        if len(self.people) == 1:
            (only,) = self.people.values()
            return only if only.can_take(seat) else None
        queue = self._queues.get(seat.day)
        if queue is None:
            queue = [person.burden(seat.at, spins=self._spins) for person in self.people.values()]
            heapify(queue)
            self._queues[seat.day] = queue
        found, passed = None, list[Burden]()
        while queue and found is None:
            person = self.people[queue[0][-1]]
            burden = person.burden(seat.at, spins=self._spins)
            if burden != queue[0]:  # given something since: to its new place
                heapreplace(queue, burden)
            elif person.can_take(seat):
                found = person
            else:
                passed.append(heappop(queue))
        for burden in passed:
            heappush(queue, burden)
        return found


@dataclass(slots=True, eq=False)
class Mix:
    """Rubrics of a page: what is wanted in percent, and what it has lately had and will have."""

    shares: Mapping[str, int]
    have: dict[str, int]

    def lacking(self, rubric: str) -> int:
        """By how many posts the rubric is short, were there one more post."""
        share = self.shares.get(rubric, 0)
        total = sum(self.have.values()) + 1
        return max(0, (share * total + 50) // 100 - self.have.get(rubric, 0)) if share else 0


@dataclass(slots=True, eq=False)
class Seat:
    """An empty slot with what it can be filled with. `slot_id` 0: it is only being added. `texts`: of its page, in no order,
    and the same objects for each of the page's seats: one text is in one slot of a page.
    """

    page: str
    day: date
    at: datetime
    pool: Pool
    texts: Sequence[Ready]
    region: str = ""
    slot_id: int = 0
    mix: Mix | None = None
    text: Ready | None = None
    poster: Poster | None = None

    def rank(self, text: Ready) -> tuple[Any, ...]:
        """What goes first: fresh before what was there already, what would be lost soon, what its rubrics lack, age, its region."""
        lost = text.expires_at if text.expires_at is not None and text.expires_at <= self.at + SOON else None
        lacking = 0 if self.mix is None else self.mix.lacking(text.rubric)
        expiry = (0, lost) if lost is not None else (1, self.at)
        return text.again > 0, expiry, -lacking, text.approved, text.region != self.region, text.draft_id

    def key(self, text: Ready) -> "Key":
        return self.page, text.draft_id, text.again


class Own(NamedTuple):
    """A slot of somebody's own page that was theirs without anything to weigh."""

    page: str
    region: str
    day: date
    at: datetime
    text: Ready
    person_id: int
    clock: Clock


Key = tuple[str, int, int]
"""Of a text on a page: page, draft, time of coming again."""
