"""When those who were given slots learn of them, and when they are reminded: worked out once for people who are alike."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from domain import digests, handout, ladder
from domain.ladder import PageLadder
from domain.people import Person
from domain.plan import Slot, SlotState
from domain.planning import PlanRules, card_now, digest_moment
from domain.sharing import Clock, Poster, Seat
from domain.usecases import staffing

_A_HAIR = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_USUAL = PageLadder("")


class Telling(NamedTuple):
    """`listed_at`, `listed_day`: when the list of a day leaves, None when it is out. `step`, `step_at`: of the ladder of reminders,
    with what its task says besides the slot; None when all are past."""

    card_at: datetime
    listed_at: datetime | None
    listed_day: date | None
    step: Mapping[str, Any] | None
    step_at: datetime | None


Step = tuple[Mapping[str, Any] | None, datetime | None]


class _Alike(NamedTuple):
    """`floor`: the list leaves no earlier, None when it is out; `telling`: but for the moments that are each person's own."""

    hour: datetime
    floor: datetime | None
    telling: Telling


@dataclass
class Tellings:
    """`ladders`: of pages that have their own. `times`: as many people are told in all as in this part of the round."""

    now: datetime
    rules: PlanRules
    ladders: Mapping[str, PageLadder]
    times: float = 1.0
    _crowds: Counter[datetime] = field(default_factory=Counter)
    _hours: dict[tuple[int, datetime], datetime] = field(default_factory=dict)
    _alike: dict[tuple[Any, ...], "_Alike"] = field(default_factory=dict)

    def expect(self, seats: Iterable[Seat]) -> None:
        """Count how many are told at the same hour: the more there are, the earlier their lists leave."""
        people = {(seat.poster.id, self._hour(seat.poster.clock, seat.at)) for seat in seats if seat.poster is not None}
        self._crowds.update(hour for _, hour in people)

    def _hour(self, clock: Clock, at: datetime) -> datetime:
        key = id(clock), at
        if key not in self._hours:
            self._hours[key] = digest_moment(clock.person, at, self.rules.lead)
        return self._hours[key]

    def of(self, poster: Poster, at: datetime, page: str) -> Telling:
        """See `domain.usecases.staffing.told`; the list of the day leaves so early that everybody has theirs by the hour."""
        key = id(poster.clock), at, page if page in self.ladders else "", poster.declared and poster.declared.lead
        alike = self._alike.get(key)
        if alike is None:
            alike = self._alike[key] = self._times(poster, at, page)
        if alike.floor is None:
            return alike.telling
        crowd = self._crowds[alike.hour] * self.times
        leaves = max(alike.hour - digests.early(poster.id, round(crowd), self.rules.per_second), alike.floor)
        card_at = handout.card_moment(leaves, at, self.rules.lead)
        return Telling(card_at, leaves - _A_HAIR, *alike.telling[2:])

    def _times(self, poster: Poster, at: datetime, page: str) -> "_Alike":
        """What people with the same hours and slots at the same moment have in common."""
        clock, hour = poster.clock, self._hour(poster.clock, at)
        step, step_at = self._step(poster, at, page)
        if hour <= self.now:
            card_at = card_now(clock.person, self.now, at, self.rules.lead)
            return _Alike(hour, None, Telling(card_at, None, None, step, step_at))
        woken = datetime.combine(clock.day(hour), clock.person.quiet_to, ZoneInfo(clock.person.zone)).astimezone(UTC)
        floor = hour if clock.is_quiet(hour - _MINUTE) else min(woken, hour)
        return _Alike(hour, max(floor, self.now), Telling(hour, hour, clock.day(at), step, step_at))

    def _step(self, poster: Poster, at: datetime, page: str) -> Step:
        """Where the slot's ladder of reminders begins."""
        own = self.ladders.get(page, _USUAL)
        person = poster.clock.person
        times = ladder.rungs(self.rules, own, poster.declared)
        task = staffing.first_step(_some_slot(at), self.now, times, person)
        if task is None:
            return None, None
        return {name: value for name, value in task.params.items() if name != "slot"}, task.due_at


def _some_slot(at: datetime) -> Slot:
    """One at this moment: which one makes no difference to its times."""
    return Slot(0, "", at.date(), at, SlotState.FILLED, None, None, None, None, 1)


def as_person(poster: Poster) -> Person:
    """With their own number and hours; their name is not known here."""
    return replace(poster.clock.person, id=poster.id)
