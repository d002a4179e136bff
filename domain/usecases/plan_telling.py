"""When those who were given slots learn of them, and when they are reminded: worked out once for people who are alike."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from domain import digests, handout, ladder
from domain.availability import Availability
from domain.ladder import PageLadder
from domain.people import Person
from domain.plan import Slot, SlotState
from domain.planning import PlanRules, card_now, digest_moment
from domain.ports.planner import Telling
from domain.sharing import Clock, Poster
from domain.usecases import staffing

_A_HAIR = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_USUAL = PageLadder("")


Step = tuple[Mapping[str, Any] | None, datetime | None]


class _Alike(NamedTuple):
    """`floor`: the list leaves no earlier, None when it is out; `telling`: but for the moments that are each person's own;
    `told`: with them, by how much earlier their list leaves; `crowd`: how many have theirs at that `hour`.
    """

    hour: datetime
    floor: datetime | None
    telling: Telling
    told: dict[timedelta, Telling]
    crowd: int


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

    def expect(self, told: Iterable[tuple[int, Clock, datetime]]) -> None:
        """Whoever (id, hours) is told of a slot at a moment: the more have the same hour, the earlier their lists leave.

        Of all of them together, before anybody's times are asked for.
        """
        people = {(number, self._hour(clock, at)) for number, clock, at in told}
        self._crowds.update(hour for _, hour in people)

    def _hour(self, clock: Clock, at: datetime) -> datetime:
        key = id(clock), at
        found = self._hours.get(key)
        if found is None:
            found = self._hours[key] = digest_moment(clock.person, at, self.rules.lead)
        return found

    def of(self, number: int, clock: Clock, at: datetime, page: str, declared: Availability | None = None) -> Telling:
        """See `domain.usecases.staffing.told`; the list of the day leaves so early that everybody has theirs by the hour."""
        key = id(clock), at, page if page in self.ladders else "", declared and declared.lead
        alike = self._alike.get(key)
        if alike is None:
            alike = self._alike[key] = self._times(clock, at, page, declared)
        if alike.floor is None:
            return alike.telling
        early = digests.early(number, alike.crowd, self.rules.per_second)
        told = alike.told.get(early)
        if told is None:
            leaves = max(alike.hour - early, alike.floor)
            card_at = handout.card_moment(leaves, at, self.rules.lead)
            told = alike.told[early] = alike.telling._replace(card_at=card_at, listed_at=leaves - _A_HAIR)
        return told

    def _times(self, clock: Clock, at: datetime, page: str, declared: Availability | None) -> "_Alike":
        """What people with the same hours and slots at the same moment have in common."""
        hour = self._hour(clock, at)
        crowd = round(self._crowds[hour] * self.times)
        step, step_at = self._step(clock.person, at, page, declared)
        if hour <= self.now:
            card_at = card_now(clock.person, self.now, at, self.rules.lead)
            return _Alike(hour, None, Telling(card_at, None, None, step, step_at), {}, crowd)
        woken = datetime.combine(clock.day(hour), clock.person.quiet_to, ZoneInfo(clock.person.zone)).astimezone(UTC)
        floor = hour if clock.is_quiet(hour - _MINUTE) else min(woken, hour)
        telling = Telling(hour, hour, clock.day(at), step, step_at)
        return _Alike(hour, max(floor, self.now), telling, {}, crowd)

    def _step(self, person: Person, at: datetime, page: str, declared: Availability | None) -> Step:
        """Where the slot's ladder of reminders begins."""
        own = self.ladders.get(page, _USUAL)
        times = ladder.rungs(self.rules, own, declared)
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
