"""Reminders that people do not mute: one message a person, few a day, none that was answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Conflict
from domain.ladder import Step
from domain.plan import Assignment

TOGETHER = timedelta(minutes=5)
"""What falls due so soon after a reminder comes with it; what follows it so soon changes it in place."""
SNOOZES = (timedelta(minutes=15), timedelta(hours=1))
_QUARTER = timedelta(minutes=15)
_HAIR = timedelta(minutes=1)
"""A snooze ends before a substitute is asked, not with it."""
MOMENTS = 8
"""So many are offered to choose from."""


def may_wait(until: datetime | None, at: datetime) -> bool:
    """Whether a post of which somebody else hears at `until` (None: has heard) may be reminded of at `at`."""
    return until is not None and at <= until - _HAIR


def snoozes(untils: Iterable[datetime | None], now: datetime) -> list[timedelta]:
    """Those of `SNOOZES` that one of the posts can wait for."""
    some = list(untils)
    return [wait for wait in SNOOZES if any(may_wait(until, now + wait) for until in some)]


def moments(untils: Iterable[datetime | None], now: datetime) -> list[datetime]:
    """Quarters of an hour to choose from, at most `MOMENTS`, evenly until the last that is possible."""
    last = max((until for until in untils if until is not None), default=now) - _HAIR
    start = now.replace(minute=now.minute - now.minute % 15, second=0, microsecond=0) + _QUARTER
    quarters = int((last - start) / _QUARTER) + 1 if last >= start else 0
    step = -(-quarters // MOMENTS) or 1
    return [start + n * _QUARTER for n in range(0, quarters, step) if start + n * _QUARTER - now >= _HAIR]


def may_remind(told: int, limit: int, step: Step, assignment: Assignment, to_come: int) -> bool:
    """Whether one more reminder is allowed today, of which `told` have come.

    The one at the moment of a post that nobody said yes to goes before all others: `to_come` of those are kept free.
    """
    if step is Step.AT and assignment.accepted_at is None:
        return told < limit
    return told + to_come < limit


@dataclass(eq=False)
class TooLateToSnooze(Conflict):
    """Somebody else is asked at `until` (None: has been); `zone` is the reader's."""

    until: datetime | None
    zone: str
    now: datetime


@dataclass(eq=False)
class RemindersChanged(Conflict):
    """The list has changed since it was drawn."""
