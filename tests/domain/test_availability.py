"""Declared hours as pure rules: what fits, what is typed, what is left of a window."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.availability import (
    MIDNIGHT,
    Availability,
    BadAmount,
    DayPassed,
    DayTooFar,
    NoWeekday,
    ensure_amount,
    ensure_day,
    holds,
    merged,
    overlaps_quiet,
    with_weekday,
    without,
)
from domain.norms import Window
from domain.typed_hours import BadDays, BadHours, read_days, read_hours
from tests.domain.test_drafts import PRESS

PERSON = replace(PRESS.person, zone="Europe/Moscow", quiet_from=time(22), quiet_to=time(8))
TODAY = date(2026, 9, 7)
MORNING, EVENING = Window(time(9), time(12)), Window(time(18), time(21))


def at(hour: int, minute: int = 0, day: int = 7) -> datetime:
    """Moscow's clock in September 2026."""
    return datetime(2026, 9, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


def test_who_declared_nothing_may_be_given_anything_outside_quiet_hours() -> None:
    nothing = Availability(1)
    assert [nothing.allows(PERSON, at(hour)) for hour in (3, 7, 8, 12, 21, 22)] == [
        False,
        False,
        True,
        True,
        True,
        False,
    ]


def test_hours_weekdays_days_off_and_the_yes_to_quiet_hours() -> None:
    hours = Availability(1, (MORNING, EVENING))
    assert [hours.allows(PERSON, at(*clock)) for clock in ((8, 59), (9, 0), (11, 59), (12, 0), (18, 0))] == [
        False,
        True,
        True,
        False,
        True,
    ]
    no_mondays = with_weekday(Availability(1), 1, on=False)
    assert [no_mondays.allows(PERSON, at(12, day=day)) for day in (7, 8)] == [False, True]
    off = Availability(1, days_off=frozenset({date(2026, 9, 8)}))
    assert [off.allows(PERSON, at(12, day=day)) for day in (7, 8, 9)] == [True, False, True]
    night = Availability(1, at_night=True)
    assert night.allows(PERSON, at(3)) is True
    assert Availability(1, (MORNING,), at_night=True).allows(PERSON, at(3)) is False


def test_a_day_is_the_persons_own() -> None:
    off = Availability(1, days_off=frozenset({date(2026, 9, 8)}), at_night=True)
    far = replace(PERSON, zone="Asia/Vladivostok")
    moment = at(20)  # Monday evening in Moscow, Tuesday 03:00 in Vladivostok
    assert off.allows(PERSON, moment) is True
    assert off.allows(far, moment) is False


# --- windows ---------------------------------------------------------------------------------------------------------

minutes = st.integers(0, 1438)
windows = st.builds(
    lambda a, b: Window(time(*divmod(min(a, b), 60)), time(*divmod(max(a, b) + 1, 60))), minutes, minutes
)


def covered(some: tuple[Window, ...] | list[Window]) -> set[int]:
    def end(clock: time) -> int:
        return 1440 if clock == MIDNIGHT else clock.hour * 60 + clock.minute

    return {m for one in some for m in range(one.start.hour * 60 + one.start.minute, end(one.end))}


@given(st.lists(windows, max_size=6))
def test_merging_changes_no_minute_and_leaves_no_overlap(some: list[Window]) -> None:
    result = merged(some)
    assert covered(result) == (covered(some) if len(covered(some)) < 1440 else set())
    assert all(one.end < two.start for one, two in pairwise(result))


@given(st.lists(windows, max_size=5), windows)
def test_taking_a_window_away_takes_exactly_its_minutes(some: list[Window], gone: Window) -> None:
    result = without(some, gone)
    assert covered(result) == covered(some) - covered([gone])
    assert holds(merged([*some, gone]) or (Window(time(), MIDNIGHT),), gone)


def test_part_of_the_hours_in_quiet_hours_is_noticed() -> None:
    assert overlaps_quiet(PERSON, (MORNING, EVENING)) is False
    assert overlaps_quiet(PERSON, (Window(time(18), MIDNIGHT),)) is True
    assert overlaps_quiet(PERSON, (Window(time(6), time(9)),)) is True
    assert (
        overlaps_quiet(replace(PERSON, quiet_from=time(13), quiet_to=time(15)), (Window(time(12), time(16)),)) is True
    )
    assert overlaps_quiet(replace(PERSON, quiet_from=time(0), quiet_to=time(0)), (Window(time(0), time(9)),)) is False


# --- typed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9-12, 18-21", "09:00-12:00 18:00-21:00"),
        ("с 9 до 12 и с 18 до 21", "09:00-12:00 18:00-21:00"),
        ("From 9 to 12 and 18:30 – 21.15", "09:00-12:00 18:30-21:15"),
        ("18-21\n9-12", "09:00-12:00 18:00-21:00"),
        ("9-13, 11-15", "09:00-15:00"),
        ("22-2", "00:00-02:00 22:00-23:59"),
        ("18-24", "18:00-23:59"),
        ("0-24", ""),
    ],
)
def test_hours_as_people_type_them(text: str, expected: str) -> None:
    assert " ".join(f"{one.start:%H:%M}-{one.end:%H:%M}" for one in read_hours(text)) == expected


@pytest.mark.parametrize(
    "text", ["", "утром", "9", "9-12 наверное", "25-26", "9-12, 12-12", "9:75-12", "9-12-15", "x" * 5000]
)
def test_hours_that_cannot_be_read_are_refused_as_a_whole(text: str) -> None:
    with pytest.raises(BadHours):
        read_hours(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3-5 окт", "10-03 10-04 10-05"),
        ("3 октября", "10-03"),
        ("3.10", "10-03"),
        ("3.10-5.10", "10-03 10-04 10-05"),
        ("28 сент - 2 окт", "09-28 09-29 09-30 10-01 10-02"),
        ("с 3 по 5 октября и 12 окт", "10-03 10-04 10-05 10-12"),
        ("3-5 Oct, 12 Oct", "10-03 10-04 10-05 10-12"),
        ("сегодня, завтра", "09-07 09-08"),
    ],
)
def test_days_as_people_type_them(text: str, expected: str) -> None:
    assert " ".join(f"{day:%m-%d}" for day in read_days(text, TODAY)) == expected


def test_days_over_the_new_year() -> None:
    assert read_days("30 дек - 2 янв", date(2026, 12, 20))[-1] == date(2027, 1, 2)
    assert read_days("2 сентября", TODAY) == (date(2026, 9, 2),)  # just past: whoever asked says so


@pytest.mark.parametrize(
    "text", ["", "как-нибудь", "31 февраля", "5-3 окт", "3 окт - 5 дек", "3.13", "0", "12", "3.10 окт"]
)
def test_days_that_cannot_be_read_are_refused_as_a_whole(text: str) -> None:
    with pytest.raises(BadDays):
        read_days(text, TODAY)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_hours_or_a_refusal(text: str) -> None:
    for read in (read_hours, lambda typed: read_days(typed, TODAY)):
        try:
            read(text)
        except (BadHours, BadDays):
            continue


# --- limits ----------------------------------------------------------------------------------------------------------


def test_limits_that_nobody_can_mean() -> None:
    only_monday = replace(Availability(1), weekdays=frozenset({1}))
    with pytest.raises(NoWeekday):
        with_weekday(only_monday, 1, on=False)
    assert with_weekday(only_monday, 9, on=True) == only_monday
    assert [ensure_amount(n) for n in (None, 1, 10)] == [None, 1, 10]
    for amount in (0, 11, -1):
        with pytest.raises(BadAmount):
            ensure_amount(amount)
    assert ensure_day(TODAY, TODAY) == TODAY
    with pytest.raises(DayPassed):
        ensure_day(TODAY - timedelta(days=1), TODAY)
    with pytest.raises(DayTooFar):
        ensure_day(TODAY + timedelta(days=61), TODAY)
