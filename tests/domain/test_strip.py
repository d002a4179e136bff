"""One colour per day: the gravest of what happened, and grey is never held against a page."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.strip import DAYS, Colour, DayCount, Strip, colour, strip

TODAY = date(2026, 9, 21)


def day(n: int) -> date:
    return TODAY - timedelta(days=n)


def count(n: int = 1, **counts: int) -> DayCount:
    return DayCount("vk", day(n), **counts)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"kept": 2}, Colour.KEPT),
        ({"kept": 1, "late": 1}, Colour.LATE),
        ({"kept": 1, "overdue": 1}, Colour.LATE),
        ({"late": 1, "missed": 1}, Colour.MISSED),
        ({"kept": 5, "missed": 1}, Colour.MISSED),
        ({"kept": 1, "removed": 1}, Colour.KEPT),
        ({"kept": 1, "excused": 1}, Colour.KEPT),
        ({"excused": 1}, Colour.EXCUSED),
        ({"dropped": 2}, Colour.EXCUSED),
        ({"ahead": 1}, Colour.NOTHING),
        ({}, Colour.NOTHING),
    ],
)
def test_a_day_has_the_colour_of_the_gravest_that_happened(counts: dict[str, int], expected: Colour) -> None:
    assert colour(count(**counts)) is expected


def test_a_day_that_the_calendar_takes_off_is_excused_only_while_nothing_happened() -> None:
    assert colour(count(), excused=True) is Colour.EXCUSED
    assert colour(count(kept=1), excused=True) is Colour.KEPT
    assert colour(count(missed=1), excused=True) is Colour.MISSED


def test_the_strip_ends_yesterday_and_today_stands_apart() -> None:
    found = strip("vk", [count(0, missed=1, kept=1), count(1, late=1), count(14, kept=1), count(15, missed=1)], TODAY)
    assert len(found.days) == DAYS
    assert found.days[0] == (day(14), Colour.KEPT)
    assert found.days[-1] == (day(1), Colour.LATE)
    assert Colour.MISSED not in found.colours, "neither today nor the day before these two weeks"
    assert found.behind
    assert (found.posted, found.due) == (2, 3), "today and the six days before it"


def test_a_week_of_posts_is_counted_with_today_as_its_last_day() -> None:
    found = strip("vk", [count(n, kept=1) for n in range(10)], TODAY)
    assert (found.posted, found.due) == (7, 7)


def test_a_page_without_any_plan_has_no_strip_to_show() -> None:
    assert strip("vk", [], TODAY).is_blank
    assert strip("vk", [count(0, ahead=1)], TODAY).is_blank, "today is not among its days"
    assert not strip("vk", [count(9, dropped=1)], TODAY).is_blank


def test_only_the_last_three_days_count_as_lately() -> None:
    assert strip("vk", [count(3, missed=1), count(4, missed=1)], TODAY).red_lately == 1


COUNTS = st.builds(
    DayCount,
    page=st.just("vk"),
    day=st.integers(0, 20).map(day),
    **dict.fromkeys(("kept", "late", "missed", "overdue", "ahead", "excused", "dropped"), st.integers(0, 2)),
)


@given(st.lists(COUNTS, max_size=20, unique_by=lambda one: one.day))
def test_every_day_has_one_colour_and_what_is_spoken_adds_up(counts: list[DayCount]) -> None:
    found: Strip = strip("vk", counts, TODAY)
    assert [one for one, _ in found.days] == [day(n) for n in range(DAYS, 0, -1)]
    assert sum(found.counts.values()) == DAYS
    reds = {one.day for one in counts if one.missed and day(DAYS) <= one.day < TODAY}
    assert set(found.on(Colour.MISSED)) == reds
