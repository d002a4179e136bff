"""Morning digests leave early enough, and evenly, so that everybody has theirs by their hour."""

import random
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.digests import early
from domain.people import Person, PersonStatus
from domain.planning import PlanRules
from domain.sharing import Clock
from domain.usecases.plan_telling import Tellings

HOUR = datetime(2026, 9, 7, 6, tzinfo=UTC)
"""09:00 in Moscow."""
RATE = 25.0
LONGEST = timedelta(minutes=7)
"""Ten thousand at 25 a second take 6 min 40 s."""


def person(number: int, quiet_to: time = time(8), zone: str = "Europe/Moscow") -> Person:
    return Person(
        number, "Anna", "en", zone, "kazan", PersonStatus.ACTIVE, True, time(9), time(22), quiet_to, version=1
    )


def drained_after(due: Collection[datetime], per_second: float) -> datetime:
    """When a queue of these messages is empty, sending `per_second`."""
    step, free = timedelta(seconds=1 / per_second), min(due)
    for at in sorted(due):
        free = max(at, free) + step
    return free


def listed(numbers: Sequence[int], quiet_to: time = time(8)) -> list[datetime]:
    """When the planner has the lists of people leave who are all alike and have a post at noon."""
    half = timedelta(minutes=30)
    rules = PlanRules(*(half, half, half, half), person_daily_cap=3, per_second=RATE)
    clock, noon = Clock(person(1, quiet_to)), HOUR + timedelta(hours=3)
    tellings = Tellings(HOUR - timedelta(hours=12), rules, {})
    tellings.expect((number, clock, noon) for number in numbers)
    told = [tellings.of(number, clock, noon, "page").listed_at for number in numbers]
    # A list leaves a second before the card that comes with it.
    return [at + timedelta(seconds=1) for at in told if at is not None]


def crowds(size: int) -> dict[str, list[int]]:
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret
    return {
        "joined one after the other": list(range(1, size + 1)),
        "every 85th": list(range(3, 3 + 85 * size, 85)),
        "every 144th": list(range(144, 144 * size + 1, 144)),
        "scattered": chance.sample(range(1, 200_000), size),
    }


@pytest.mark.parametrize("people", crowds(10_000).values(), ids=crowds(1))
def test_ten_thousand_with_the_same_hour_have_their_digest_by_then(people: list[int]) -> None:
    due = listed(people)
    assert len(due) == len(people)
    assert drained_after(due, RATE) <= HOUR
    assert min(due) >= HOUR - LONGEST, "nobody's comes much too early"


@settings(max_examples=60)
@given(st.integers(2, 3_000), st.integers(1, 60), st.integers(0, 10_000))
def test_any_crowd_at_any_rate_is_served_within_moments_of_the_hour(size: int, rate: int, seed: int) -> None:
    people = random.Random(seed).sample(range(1, 100_000), size)  # noqa: S311 - repeatable, not secret
    due = [HOUR - early(number, size, rate) for number in people]
    # Strangers' numbers can cluster more than is spared for: what that costs is bounded.
    assert drained_after(due, rate) <= HOUR + timedelta(seconds=(sqrt(size) + 2) / rate)
    assert min(due) >= HOUR - timedelta(seconds=(size + 2 * sqrt(size)) / rate + 1)


@given(st.integers(1, 10**9), st.integers(1, 100_000))
def test_a_persons_place_is_the_same_every_day_and_one_alone_gets_it_at_the_hour(number: int, crowd: int) -> None:
    assert early(number, crowd, RATE) == early(number, crowd, RATE)
    assert early(number, 1, RATE) == timedelta()


def test_nobody_is_woken_before_the_end_of_their_quiet_hours() -> None:
    due = listed(range(1, 10_001), quiet_to=time(8, 58))
    assert min(due) == HOUR - timedelta(minutes=2)
    assert max(due) <= HOUR


def test_an_hour_inside_quiet_hours_means_their_end() -> None:
    assert set(listed(range(1, 101), quiet_to=time(10))) == {HOUR + timedelta(hours=1)}


def test_a_queue_that_is_too_full_is_seen() -> None:
    assert drained_after([HOUR] * 100, RATE) == HOUR + timedelta(seconds=4)
