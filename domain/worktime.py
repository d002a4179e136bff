"""Working time: when somebody who decides can be expected to, on their own clock."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.people import Person

LONGEST = timedelta(days=21)
"""How far working time is looked for: longer than any row of holidays."""
LONGEST_WAIT = timedelta(days=4)
"""For people whose quiet hours leave nothing of their working day: a promise must not become endless."""

Span = tuple[datetime, datetime]
"""From, until (not included); aware."""


def _no_holidays(_: date) -> bool:
    return False


@dataclass(frozen=True)
class WorkRules:
    """`days`: weekdays, Monday is 0. `is_holiday`: the campaign's country has the day off. Hours are each person's own."""

    start: time = time(9)
    end: time = time(19)
    days: frozenset[int] = frozenset(range(6))
    is_holiday: Callable[[date], bool] = _no_holidays


USUAL = WorkRules()


def spans(person: Person, day: date, rules: WorkRules) -> list[Span]:
    """The person's working time on a day of their clock: without their quiet hours; nothing on a day off."""
    if day.weekday() not in rules.days or rules.is_holiday(day):
        return []
    free = [(rules.start, rules.end)]
    for quiet in _quiet(person):
        free = [part for whole in free for part in _without(whole, quiet)]
    return [(_utc(day, start, person.zone), _utc(day, end, person.zone)) for start, end in free]


def is_working(person: Person, at: datetime, rules: WorkRules = USUAL) -> bool:
    """Whether `at` (aware) falls into the person's working time."""
    return any(start <= at < end for start, end in spans(person, person.local(at).date(), rules))


def next_working(person: Person, at: datetime, rules: WorkRules = USUAL) -> datetime:
    """`at` when the person works then, else when they next do; `at` when that is beyond `LONGEST`."""
    return next((max(start, at) for start, _ in _ahead([person], at, rules)), at)


def add_working(at: datetime, span: timedelta, people: Iterable[Person], rules: WorkRules = USUAL) -> datetime:
    """`span` later, counting only time in which at least one of `people` works; plain time when there is nobody."""
    some, left = list(people), span
    if not some:
        return at + span
    for start, end in _ahead(some, at, rules):
        begun = max(start, at)
        if end - begun >= left:
            return begun + left
        left -= end - begun
    return at + max(span, LONGEST_WAIT)


def worked(since: datetime, until: datetime, people: Iterable[Person], rules: WorkRules = USUAL) -> timedelta:
    """How much working time of `people` lies in between; plain time when there is nobody."""
    some = list(people)
    if not some:
        return until - since
    total = timedelta()
    for start, end in _ahead(some, since, rules):
        if start >= until:
            break
        total += min(end, until) - max(start, since)
    return total


def _ahead(people: list[Person], at: datetime, rules: WorkRules) -> Iterator[Span]:
    """Spans that end after `at`, in order, where those of different people meet as one; day by day, so that few are made."""
    held: Span | None = None
    for span in _in_order(people, at, rules):
        if held is None:
            held = span
        elif span[0] <= held[1]:
            held = (held[0], max(held[1], span[1]))
        else:
            yield held
            held = span
    if held is not None:
        yield held


def _in_order(people: list[Person], at: datetime, rules: WorkRules) -> Iterator[Span]:
    first, waiting = at.astimezone(UTC).date() - timedelta(days=1), list[Span]()
    for number in range(LONGEST.days + 2):
        day = first + timedelta(days=number)
        waiting += [span for person in people for span in spans(person, day, rules) if span[1] > at]
        # A day later begins at most 14 hours before its midnight in UTC, so what begins earlier is complete.
        complete = datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(hours=14)
        yield from sorted(span for span in waiting if span[0] < complete)
        waiting = [span for span in waiting if span[0] >= complete]
    yield from sorted(waiting)


def _quiet(person: Person) -> list[tuple[time, time]]:
    """Quiet hours as parts of one day; they may run over midnight."""
    if person.quiet_from <= person.quiet_to:
        return [(person.quiet_from, person.quiet_to)]
    return [(time(), person.quiet_to), (person.quiet_from, time.max)]


def _without(whole: tuple[time, time], part: tuple[time, time]) -> list[tuple[time, time]]:
    (start, end), (begun, ended) = whole, part
    pieces = [(start, min(end, begun)), (max(start, ended), end)] if begun < end and ended > start else [whole]
    return [piece for piece in pieces if piece[0] < piece[1]]


def _utc(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
