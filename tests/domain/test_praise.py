"""A kind word for a first post, a run and a month; silence about everything else."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.praise import RUNS, Kind, Praise, Result, praise_of

FIRST_DAY = datetime(2026, 9, 1, 9, tzinfo=UTC)


def newest_first(*posted: bool, every: timedelta = timedelta(hours=6)) -> list[Result]:
    """Given oldest first."""
    return [Result(FIRST_DAY + n * every, yes) for n, yes in enumerate(posted)][::-1]


def test_the_first_post_is_welcomed() -> None:
    assert praise_of(newest_first(True)) == Praise(Kind.FIRST)


def test_a_first_post_after_a_missed_one_is_an_ordinary_one() -> None:
    assert praise_of(newest_first(False, True)) is None


def test_seven_in_a_row_are_noticed_once() -> None:
    assert praise_of(newest_first(*[True] * 7)) == Praise(Kind.RUN, 7)
    assert praise_of(newest_first(*[True] * 8)) is None
    assert praise_of(newest_first(True, False, *[True] * 7)) == Praise(Kind.RUN, 7)


def test_a_month_without_a_gap_is_noticed_by_the_post_that_completes_it() -> None:
    daily = newest_first(*[True] * 31, every=timedelta(days=1))
    assert praise_of(daily) == Praise(Kind.MONTH, 1)
    assert praise_of(daily[1:]) == Praise(Kind.RUN, 30)
    assert praise_of(newest_first(*[True] * 32, every=timedelta(days=1))) is None
    assert praise_of(newest_first(True, True, every=timedelta(days=70))) == Praise(Kind.MONTH, 2)


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 48))
def test_nothing_is_said_of_a_miss_and_only_milestones_are_said(posted: list[bool], hours: int) -> None:
    said = praise_of(newest_first(*posted, every=timedelta(hours=hours)))
    if not posted or not posted[-1]:
        assert said is None
    elif said is not None and said.kind is Kind.RUN:
        assert said.number in RUNS
        assert all(posted[-said.number :])
